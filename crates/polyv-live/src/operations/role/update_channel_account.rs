//! `UpdateChannelAccount`.

use livecloud_core::wire::{Url, YesNo};
use livecloud_core::{Ack, Secret};

use super::rules::{self, Known};
use crate::account::Profile;

operation! {
    /// Changes an assistant's or guest's details.
    ///
    /// What is left out stays as it is (inferred; the vendor does not say). Nothing can be cleared: an empty text takes no
    /// part in the signature, so the vendor cannot tell it from an absent one.
    ///
    /// Errors worth knowing: code 400 with a text that names the field; `channel not found` and `illegal channel id` for a
    /// channel that is not this account's; `invalid signature` for a wrong secret. The texts are in
    /// [`codes::TEXTS`](crate::codes::TEXTS).
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_live::{Account, Client, UpdateChannelAccount};
    /// # async fn run() -> Result<(), polyv_live::Error> {
    /// # let transport = ReplayTransport::always(Step::json(r#"{"code":200,"status":"success","message":"","data":"success"}"#));
    /// # let client = Client::builder(Account::new("app", "secret")).transport(transport).build()?;
    /// // The role's number is a text: its leading zeros count.
    /// let update = UpdateChannelAccount::new("2191541", "0052191541").nickname("陈老师").notify_enabled(true);
    /// client.call(update).await?;
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct UpdateChannelAccount -> Ack;

    /// Setting the same values twice leaves the role as setting them once does, so a lost answer may be repeated.
    post form "/live/v2/channelAccount/{channelId}/update" in Profile::Api, idempotent;
    page "https://help.polyv.net/#/live/api/channel/operate/update_account";

    path {
        /// The channel's number: digits. Refused when blank under every profile.
        channel_id = "channelId",
    }
    required {
        /// The role's number: digits, leading zeros included. From JSON only as a text: a number would have lost them.
        into account: String,
    }
    optional {
        /// Display name. Newer vendor pages allow 1 to 15 characters.
        into nickname: String,
        /// Password for logging in. Newer vendor pages allow 6 to 16 characters.
        #[serde(with = "livecloud_core::wire::opt_secret")]
        into password: Secret,
        /// Address of the picture, at most 200 characters.
        into avatar: Url,
        /// Title shown beside the name. Newer vendor pages allow 1 to 10 characters.
        into actor: String,
        /// The right to turn pages. One role of a channel has it, and only in the three-split-screen scene (`ppt`).
        into page_turn_enabled: YesNo,
        /// The right to post notices.
        into notify_enabled: YesNo,
    }

    check(self, checks) {
        checks.digits("L01", "channelId", &self.channel_id);
        checks.digits("L02", "account", &self.account);
        for (path, text) in self.texts() {
            checks.not_blank("L03", path, text);
        }
        checks.max_chars("L04", "avatar", self.avatar.as_deref(), 200);

        // The bounds of the page that is to replace this one.
        let [nickname, password, _, actor] = self.texts();
        rules::lengths(checks, Known::Elsewhere, "L05", [nickname, password, actor]);
        let switches = [self.page_turn_enabled, self.notify_enabled];
        if self.texts().iter().all(|(_, text)| text.is_none()) && switches.iter().all(Option::is_none) {
            checks.warn("L06", "account", "is all there is: this update changes nothing");
        }
    }
}

impl UpdateChannelAccount {
    fn texts(&self) -> [(&'static str, Option<&str>); 4] {
        [
            ("nickname", self.nickname.as_deref()),
            ("password", self.password.as_ref().map(Secret::expose)),
            ("avatar", self.avatar.as_deref()),
            ("actor", self.actor.as_deref()),
        ]
    }
}
