//! Watch conditions by type: each asks for what its type requires and offers what belongs to it.

use livecloud_core::Secret;
use livecloud_core::wire::{Url, YesNo};

use super::auth_setting::{AuthSetting, AuthType, Rank};
use super::info_field::InfoField;

/// A condition of one type around the flat form.
macro_rules! condition {
    ($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name(AuthSetting);

        impl $name {
            $(
                $(#[$field_meta])*
                #[must_use]
                pub fn $field(mut self, $field: impl Into<$type>) -> Self {
                    self.0.$field = Some($field.into());
                    self
                }
            )*

            /// Keeps the details, but turns the condition off.
            #[must_use]
            pub fn disabled(mut self) -> Self {
                self.0.enabled = YesNo::No;
                self
            }
        }

        impl From<$name> for AuthSetting {
            fn from(condition: $name) -> Self {
                condition.0
            }
        }
    };
}

condition! {
    /// Lets in who has paid; made by [`AuthSetting::pay`].
    PayCondition {
        /// Sets the greeting's title.
        pay_auth_tips: String,
    }
}

impl PayCondition {
    /// Sets for how many days a payment lets in.
    #[must_use]
    pub fn valid_time_period(mut self, days: u32) -> Self {
        self.0.valid_time_period = Some(days);
        self
    }

    /// Sets until when a payment lets in, in milliseconds since 1970.
    #[must_use]
    pub fn watch_end_time_ms(mut self, unix_millis: u64) -> Self {
        self.0.watch_end_time = Some(unix_millis.to_string());
        self
    }

    /// Lets a payment in for ever: sends an empty end, so that one set earlier does not stay, and no number of days.
    ///
    /// Whether the vendor then forgets a number of days set earlier is not documented.
    #[must_use]
    pub fn for_ever(mut self) -> Self {
        self.0.watch_end_time = Some(String::new());
        self.0.valid_time_period = None;
        self
    }
}

condition! {
    /// Lets in who knows a code; made by [`AuthSetting::code`].
    CodeCondition {
        /// Sets the hint.
        qcode_tips: String,
        /// Sets the address of the QR code of a WeChat official account.
        qcode_img: Url,
    }
}

condition! {
    /// Lets in who is on the white list; made by [`AuthSetting::phone`].
    PhoneCondition {
        /// Sets the hint.
        auth_tips: String,
        /// Sets the text of the way in.
        white_list_entry_text: String,
        /// Sets the hint beside the input.
        white_list_input_tips: String,
        /// Keeps a list of who came, or not.
        expected_arrival_enabled: YesNo,
    }
}

condition! {
    /// Lets in who has filled in a form; made by [`AuthSetting::info`].
    InfoCondition {
        /// Sets the greeting's title.
        info_auth_tips: String,
        /// Sets the hint.
        info_desc: String,
        /// Sets the text of the way in.
        info_entry_text: String,
    }
}

condition! {
    /// Lets in whom your server sends back; made by [`AuthSetting::custom`].
    CustomCondition {}
}

condition! {
    /// Lets in whom your server vouches for; made by [`AuthSetting::external`].
    ExternalCondition {
        /// Sets where viewers go who are not let in.
        external_redirect_uri: Url,
    }
}

condition! {
    /// Lets in who comes by a link that you signed; made by [`AuthSetting::direct`].
    DirectCondition {}
}

impl AuthSetting {
    fn on(rank: Rank, auth_type: AuthType) -> Self {
        Self { auth_type: Some(auth_type), ..Self::new(rank, true) }
    }

    /// Who has paid so many yuan may watch.
    #[must_use]
    pub fn pay(rank: Rank, price: f64) -> PayCondition {
        PayCondition(Self { price: Some(price), ..Self::on(rank, AuthType::Pay) })
    }

    /// Who knows the code may watch.
    #[must_use]
    pub fn code(rank: Rank, auth_code: impl Into<Secret>) -> CodeCondition {
        CodeCondition(Self { auth_code: Some(auth_code.into()), ..Self::on(rank, AuthType::Code) })
    }

    /// Who is on the white list may watch. The list itself is kept by other operations.
    #[must_use]
    pub fn phone(rank: Rank) -> PhoneCondition {
        PhoneCondition(Self::on(rank, AuthType::Phone))
    }

    /// Who has filled in this form may watch.
    #[must_use]
    pub fn info(rank: Rank, fields: impl IntoIterator<Item = InfoField>) -> InfoCondition {
        InfoCondition(Self { info_fields: Some(fields.into_iter().collect()), ..Self::on(rank, AuthType::Info) })
    }

    /// The vendor sends viewers to that address on your server, which sends those back who may watch, signed with the
    /// key.
    #[must_use]
    pub fn custom(rank: Rank, key: impl Into<Secret>, uri: impl Into<Url>) -> CustomCondition {
        let (custom_key, custom_uri) = (Some(key.into()), Some(uri.into()));
        CustomCondition(Self { custom_key, custom_uri, ..Self::on(rank, AuthType::Custom) })
    }

    /// Viewers come by a link that your server signed with the key, and the vendor asks that address about them.
    #[must_use]
    pub fn external(rank: Rank, key: impl Into<Secret>, uri: impl Into<Url>) -> ExternalCondition {
        let (external_key, external_uri) = (Some(key.into()), Some(uri.into()));
        ExternalCondition(Self { external_key, external_uri, ..Self::on(rank, AuthType::External) })
    }

    /// Who comes by a link that your server signed with the key may watch.
    #[must_use]
    pub fn direct(rank: Rank, key: impl Into<Secret>) -> DirectCondition {
        DirectCondition(Self { direct_key: Some(key.into()), ..Self::on(rank, AuthType::Direct) })
    }
}
