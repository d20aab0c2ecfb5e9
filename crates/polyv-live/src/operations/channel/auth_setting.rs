//! `authSettings` of `UpdateChannelBasic`: the flat form of a watch condition.

use std::fmt;

use livecloud_core::wire::{self, Url, YesNo};
use livecloud_core::{Checks, Secret, Validation};
#[cfg(feature = "full-serde")]
use serde::Deserialize;
use serde::{Serialize, Serializer};

use super::info_field::InfoField;
#[cfg(feature = "full-serde")]
use super::lenient;
use crate::account::Account;

livecloud_core::open_enum! {
    /// Which of a channel's two watch conditions.
    pub enum Rank: i64 {
        /// The primary one.
        Primary = 1,
        /// The secondary one. Cannot be on while the primary one is off.
        Secondary = 2,
    }
}

livecloud_core::open_enum! {
    /// Who may watch.
    pub enum AuthType {
        /// Who has paid.
        Pay = "pay",
        /// Who knows a code.
        Code = "code",
        /// Who is on the white list.
        Phone = "phone",
        /// Who has filled in a form.
        Info = "info",
        /// Whom your server lets in, after the vendor has sent them there.
        Custom = "custom",
        /// Whom your server vouches for, when the vendor asks it.
        External = "external",
        /// Who comes by a link that you signed.
        Direct = "direct",
        /// Everyone. On newer vendor pages only: Strict refuses it.
        Public = "public",
        /// Users of WeChat. On newer vendor pages only: Strict refuses it.
        Wx = "wx",
    }
}

/// A watch condition as it goes on the wire: flat, with every field of every type.
///
/// Make one with [`pay`](Self::pay), [`code`](Self::code), [`phone`](Self::phone), [`info`](Self::info),
/// [`custom`](Self::custom), [`external`](Self::external), [`direct`](Self::direct) or [`off`](Self::off): they ask for
/// what the type requires and offer what belongs to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AuthSetting {
    /// Which of the two conditions.
    pub rank: Rank,
    /// Whether it is on.
    pub enabled: YesNo,
    /// Who may watch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auth_type: Option<AuthType>,
    /// `pay`: the greeting's title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay_auth_tips: Option<String>,
    /// `pay`: the price in yuan. Required by that type.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "finite")]
    #[cfg_attr(feature = "full-serde", serde(deserialize_with = "wire::opt_f64"))]
    pub price: Option<f64>,
    /// `pay`: until when a payment lets in: a text of 13 digits, milliseconds since 1970, or an empty one for never
    /// ending. Newer vendor pages have `yyyy-MM-dd HH:mm`, which [`Validation::Relaxed`] lets pass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "full-serde", serde(deserialize_with = "wire::opt_text"))]
    pub watch_end_time: Option<String>,
    /// `pay`: for how many days a payment lets in. With both this and `watch_end_time` empty: for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "full-serde", serde(deserialize_with = "lenient::opt_int"))]
    pub valid_time_period: Option<u32>,
    /// `code`: the code. Required by that type.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "wire::opt_secret")]
    pub auth_code: Option<Secret>,
    /// `code`: the hint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qcode_tips: Option<String>,
    /// `code`: address of the QR code of a WeChat official account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qcode_img: Option<Url>,
    /// `phone`: the hint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auth_tips: Option<String>,
    /// `phone`: the text of the way in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub white_list_entry_text: Option<String>,
    /// `phone`: the hint beside the input.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub white_list_input_tips: Option<String>,
    /// `phone`: whether a list of who came is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_arrival_enabled: Option<YesNo>,
    /// `info`: the fields of the form; at most 5, according to the vendor's Java SDK.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub info_fields: Option<Vec<InfoField>>,
    /// `info`: the greeting's title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub info_auth_tips: Option<String>,
    /// `info`: the hint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub info_desc: Option<String>,
    /// `info`: the text of the way in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub info_entry_text: Option<String>,
    /// `external`: the secret key. Required by that type.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "wire::opt_secret")]
    pub external_key: Option<Secret>,
    /// `external`: the address on your server that the vendor asks. Required by that type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_uri: Option<Url>,
    /// `external`: where viewers go who are not let in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_redirect_uri: Option<Url>,
    /// `custom`: the secret key. Required by that type.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "wire::opt_secret")]
    pub custom_key: Option<Secret>,
    /// `custom`: the address on your server to which the vendor sends viewers. Required by that type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom_uri: Option<Url>,
    /// `direct`: the secret key. Required by that type.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "wire::opt_secret")]
    pub direct_key: Option<Secret>,
}

impl AuthSetting {
    /// A condition with nothing but its rank and switch, to be filled in field by field.
    #[must_use]
    pub fn new(rank: Rank, enabled: impl Into<YesNo>) -> Self {
        Self {
            rank,
            enabled: enabled.into(),
            auth_type: None,
            pay_auth_tips: None,
            price: None,
            watch_end_time: None,
            valid_time_period: None,
            auth_code: None,
            qcode_tips: None,
            qcode_img: None,
            auth_tips: None,
            white_list_entry_text: None,
            white_list_input_tips: None,
            expected_arrival_enabled: None,
            info_fields: None,
            info_auth_tips: None,
            info_desc: None,
            info_entry_text: None,
            external_key: None,
            external_uri: None,
            external_redirect_uri: None,
            custom_key: None,
            custom_uri: None,
            direct_key: None,
        }
    }

    /// Turns a condition off.
    #[must_use]
    pub fn off(rank: Rank) -> Self {
        Self::new(rank, false)
    }

    pub(super) fn check(&self, at: &dyn fmt::Display, checks: &mut Checks<'_, Account>) {
        if let Rank::Other(rank) = self.rank {
            checks.refuse_value("L15", format_args!("{at}.rank"), "must be 1 or 2", rank);
        }
        self.check_type(at, checks);
        self.check_required(at, checks);
        // Empty is "never", as documented: a JSON body is not signed, so it arrives.
        if let Some(text) = self.watch_end_time.as_ref().filter(|text| !text.is_empty()) {
            let path = format!("{at}.watchEndTime");
            let is_millis = text.len() == 13 && text.bytes().all(|byte| byte.is_ascii_digit());
            let given = format_args!("{text:?}");
            if checks.is_strict() && !is_millis {
                checks.refuse_value("L23", path, "must be 13 digits, milliseconds since 1970, or empty", given);
            } else if !is_millis && !is_date_and_time(text) {
                checks.refuse_value("L23", path, "must be 13 digits, yyyy-MM-dd HH:mm or empty", given);
            }
        }
        let fields = self.info_fields.as_deref().unwrap_or_default();
        if fields.len() > 5 {
            checks.warn("L24", format_args!("{at}.infoFields"), "should have at most 5 items");
        }
        for (index, field) in fields.iter().enumerate() {
            field.check(format_args!("{at}.infoFields[{index}]"), checks);
        }
    }

    fn check_type(&self, at: &dyn fmt::Display, checks: &mut Checks<'_, Account>) {
        let path = format_args!("{at}.authType");
        match &self.auth_type {
            None if self.enabled.is_yes() => checks.warn("L16", path, "is missing: success may be without effect"),
            Some(AuthType::Public | AuthType::Wx) if checks.validation() == Validation::Relaxed => {}
            Some(other @ (AuthType::Public | AuthType::Wx | AuthType::Other(_))) => checks.refuse_value(
                "L16",
                path,
                "must be pay, code, phone, info, custom, external or direct",
                format_args!("{:?}", other.as_str()),
            ),
            _ => {}
        }
        for (field, owner, is_given) in self.owned_fields() {
            if is_given && self.auth_type.as_ref().is_some_and(|own| *own != owner) {
                checks.warn("L22", format_args!("{at}.{field}"), format!("belongs to the type {owner}"));
            }
        }
    }

    /// What each type cannot do without. Keys are secrets: none is repeated.
    fn check_required(&self, at: &dyn fmt::Display, checks: &mut Checks<'_, Account>) {
        let is_blank = |secret: &Option<Secret>| secret.as_ref().is_none_or(|secret| secret.expose().trim().is_empty());
        let is_empty = |url: &Option<Url>| url.as_ref().is_none_or(|url| url.trim().is_empty());
        let needs: &[(&str, &str, bool)] = match &self.auth_type {
            Some(AuthType::Pay) => &[("L17", "price", self.price.is_none())],
            Some(AuthType::Code) => &[("L18", "authCode", is_blank(&self.auth_code))],
            Some(AuthType::External) => &[
                ("L19", "externalKey", is_blank(&self.external_key)),
                ("L19", "externalUri", is_empty(&self.external_uri)),
            ],
            Some(AuthType::Custom) => {
                &[("L20", "customKey", is_blank(&self.custom_key)), ("L20", "customUri", is_empty(&self.custom_uri))]
            }
            Some(AuthType::Direct) => &[("L21", "directKey", is_blank(&self.direct_key))],
            _ => &[],
        };
        for (id, field, _) in needs.iter().filter(|(_, _, is_missing)| *is_missing) {
            checks.refuse(id, format_args!("{at}.{field}"), "is required by this authType");
        }
        for (id, field, url) in [("L19", "externalUri", &self.external_uri), ("L20", "customUri", &self.custom_uri)] {
            let Some(url) = url.as_deref().filter(|url| !url.trim().is_empty()) else { continue };
            if !livecloud_core::is_http_url(url) || url.contains('?') {
                checks.warn(id, format_args!("{at}.{field}"), "is not absolute, http:// or https://, or has a query");
            }
        }
        if let Some(price) = self.price.filter(|price| !price.is_finite() || *price < 0.0) {
            checks.refuse_value("L17", format_args!("{at}.price"), "must be yuan, 0 or more", price);
        }
    }

    /// Every conditional field: its type, and whether it is there.
    fn owned_fields(&self) -> [(&'static str, AuthType, bool); 21] {
        [
            ("payAuthTips", AuthType::Pay, self.pay_auth_tips.is_some()),
            ("price", AuthType::Pay, self.price.is_some()),
            ("watchEndTime", AuthType::Pay, self.watch_end_time.is_some()),
            ("validTimePeriod", AuthType::Pay, self.valid_time_period.is_some()),
            ("authCode", AuthType::Code, self.auth_code.is_some()),
            ("qcodeTips", AuthType::Code, self.qcode_tips.is_some()),
            ("qcodeImg", AuthType::Code, self.qcode_img.is_some()),
            ("authTips", AuthType::Phone, self.auth_tips.is_some()),
            ("whiteListEntryText", AuthType::Phone, self.white_list_entry_text.is_some()),
            ("whiteListInputTips", AuthType::Phone, self.white_list_input_tips.is_some()),
            ("expectedArrivalEnabled", AuthType::Phone, self.expected_arrival_enabled.is_some()),
            ("infoFields", AuthType::Info, self.info_fields.is_some()),
            ("infoAuthTips", AuthType::Info, self.info_auth_tips.is_some()),
            ("infoDesc", AuthType::Info, self.info_desc.is_some()),
            ("infoEntryText", AuthType::Info, self.info_entry_text.is_some()),
            ("externalKey", AuthType::External, self.external_key.is_some()),
            ("externalUri", AuthType::External, self.external_uri.is_some()),
            ("externalRedirectUri", AuthType::External, self.external_redirect_uri.is_some()),
            ("customKey", AuthType::Custom, self.custom_key.is_some()),
            ("customUri", AuthType::Custom, self.custom_uri.is_some()),
            ("directKey", AuthType::Direct, self.direct_key.is_some()),
        ]
    }
}

/// `yyyy-MM-dd HH:mm`, judged by its form.
fn is_date_and_time(text: &str) -> bool {
    let form = b"dddd-dd-dd dd:dd";
    text.len() == form.len()
        && text.bytes().zip(form).all(|(byte, form)| if *form == b'd' { byte.is_ascii_digit() } else { byte == *form })
}

/// JSON has no infinity, and serde_json would write null.
#[expect(clippy::ref_option, reason = "serde hands over the field")]
fn finite<S: Serializer>(price: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match price {
        Some(price) if price.is_finite() => serializer.serialize_f64(*price),
        Some(_) => Err(serde::ser::Error::custom("not a finite number")),
        None => serializer.serialize_none(),
    }
}
