//! `UpdateChannelBasic`.

use std::time::Duration;

use livecloud_core::{Ack, Checks};

use super::auth_setting::{AuthSetting, Rank};
use super::basic_setting::BasicSetting;
use crate::account::{Account, Profile};

operation! {
    /// Changes a channel's settings and watch conditions.
    ///
    /// What is left out stays as it is (inferred; the vendor does not say). Success means *accepted*: some of the vendor's
    /// setters answer so without effect (a condition that is on without a type, for one), and reads may lag behind by a
    /// second or two.
    ///
    /// Errors worth knowing: code 400 with a text that names the field; `channel not found` and `illegal channel id` for a
    /// channel that is not this account's; `invalid signature` for a wrong secret; `access forbidden` for a feature that is
    /// not enabled. The texts are in [`codes::TEXTS`](crate::codes::TEXTS).
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_live::{Account, AuthSetting, BasicSetting, Client, Rank, UpdateChannelBasic};
    /// # async fn run() -> Result<(), polyv_live::Error> {
    /// # let transport = ReplayTransport::always(Step::json(r#"{"code":200,"status":"success","message":"","data":""}"#));
    /// # let client = Client::builder(Account::new("app", "secret")).transport(transport).build()?;
    /// let update = UpdateChannelBasic::new("2191569")
    ///     .basic_setting(BasicSetting::new().name("公开课").start_time(1_557_888_134_000).splash_enabled(true))
    ///     .auth(AuthSetting::pay(Rank::Primary, 9.9).valid_time_period(30))
    ///     .auth(AuthSetting::off(Rank::Secondary));
    /// client.call(update).await?;
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    pub struct UpdateChannelBasic -> Ack;

    /// Setting the same values twice leaves the channel as setting them once does, so a lost answer may be repeated.
    post json "/live/v3/channel/basic/update" in Profile::Api, idempotent,
        timing(Duration::from_secs(15), Duration::from_secs(30));
    page "https://help.polyv.net/#/live/api/channel/operate/update_channel_detail_setting";

    query {
        /// The channel's number: digits. Signed and sent in the query; refused when blank under every profile, since
        /// sibling operations of the vendor then change the whole account.
        channel_id = "channelId",
    }
    optional {
        /// Settings.
        set basic_setting: BasicSetting,
        /// Watch conditions: at most one of each rank.
        each auth_settings: AuthSetting,
    }

    check(self, checks) {
        checks.digits("L01", "channelId", &self.channel_id);
        if let Some(basic) = &self.basic_setting {
            basic.check(checks);
        }
        let settings = self.auth_settings.as_deref().unwrap_or_default();
        for (index, setting) in settings.iter().enumerate() {
            setting.check(&format_args!("authSettings[{index}]"), checks);
        }
        Self::check_together(settings, checks);
        let has_no_setting = self.basic_setting.as_ref().is_none_or(|basic| *basic == BasicSetting::new());
        if has_no_setting && settings.is_empty() {
            checks.warn("L06", "channelId", "is all there is: this update changes nothing");
        }
    }
}

impl UpdateChannelBasic {
    /// Adds a watch condition.
    #[must_use]
    pub fn auth(mut self, condition: impl Into<AuthSetting>) -> Self {
        self.auth_settings.get_or_insert_default().push(condition.into());
        self
    }

    /// Rules between conditions: one of each rank, the secondary one only beside a primary one, and of another type.
    fn check_together(settings: &[AuthSetting], checks: &mut Checks<'_, Account>) {
        for (index, setting) in settings.iter().enumerate() {
            if settings[..index].iter().any(|earlier| earlier.rank == setting.rank) {
                checks.refuse_value("L15", format_args!("authSettings[{index}].rank"), "is given twice", setting.rank);
            }
        }
        let of = |rank| settings.iter().position(|setting| setting.rank == rank).map(|at| (at, &settings[at]));
        let (Some((_, primary)), Some((at, secondary))) = (of(Rank::Primary), of(Rank::Secondary)) else { return };
        let broken = match (primary.enabled.is_yes(), secondary.enabled.is_yes()) {
            (false, true) => Some(("enabled", "must be N while the primary condition is off")),
            (true, true) if primary.auth_type.is_some() && primary.auth_type == secondary.auth_type => {
                Some(("authType", "must differ from the primary condition's"))
            }
            _ => None,
        };
        if let Some((field, rule)) = broken {
            let path = format_args!("authSettings[{at}].{field}");
            // Known from sibling pages, not from this operation's own.
            if checks.is_strict() { checks.refuse("L14", path, rule) } else { checks.warn("L14", path, rule) }
        }
    }
}
