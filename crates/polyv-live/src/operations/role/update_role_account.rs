//! `UpdateRoleAccount`.

use livecloud_core::Secret;
use livecloud_core::wire::Url;

use super::channel_account::ChannelAccount;
use super::purview::Purview;
use super::rules::{self, Known};
use crate::account::Profile;

operation! {
    /// Changes an assistant's or guest's details and rights, and returns it.
    ///
    /// What is left out stays as it is (inferred; the vendor does not say). This is the vendor's newer page for
    /// [`UpdateChannelAccount`](crate::UpdateChannelAccount), which cannot give all rights.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_live::{Account, Client, Purview, PurviewCode, UpdateRoleAccount};
    /// # async fn run() -> Result<(), polyv_live::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"success":true,"data":{"account":"0052191541","monitorEnabled":"Y"}}"#));
    /// # let client = Client::builder(Account::new("app", "secret")).transport(transport).build()?;
    /// let rights = [Purview::new(PurviewCode::MonitorEnabled, true)];
    /// let role = client.call(UpdateRoleAccount::new("2191541", "0052191541").purview_list(rights)).await?;
    /// assert!(role.monitor_enabled.is_some_and(|enabled| enabled.is_yes()));
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct UpdateRoleAccount -> ChannelAccount;

    /// Setting the same values twice leaves the role as setting them once does, so a lost answer may be repeated.
    post json "/live/v4/channel/account/update" in Profile::Api, idempotent;
    page "https://help.polyv.net/#/live/api/v4/channel/operate/account/update_account";

    query {
        /// The channel's number: digits. Signed and sent in the query, whatever the body holds.
        channel_id = "channelId",
    }
    required {
        /// The role's number: digits, leading zeros included. From JSON only as a text: a number would have lost them.
        into account: String,
    }
    optional {
        /// Title shown beside the name, 1 to 10 characters.
        into actor: String,
        /// Display name, 1 to 15 characters.
        into nick_name: String,
        /// Address of the picture.
        into avatar: Url,
        /// Password for logging in, 6 to 16 characters.
        #[serde(with = "livecloud_core::wire::opt_secret")]
        into passwd: Secret,
        /// Rights given and taken.
        each purview_list: Purview,
    }

    check(self, checks) {
        checks.digits("L01", "channelId", &self.channel_id);
        checks.digits("L02", "account", &self.account);
        let texts = [
            ("nickName", self.nick_name.as_deref()),
            ("passwd", self.passwd.as_ref().map(Secret::expose)),
            ("actor", self.actor.as_deref()),
        ];
        rules::lengths(checks, Known::Documented, "L36", texts);
        rules::purviews(checks, Known::Documented, None, self.purview_list.as_deref());
        if texts.iter().all(|(_, text)| text.is_none()) && self.avatar.is_none() && self.purview_list.is_none() {
            checks.warn("L06", "account", "is all there is: this update changes nothing");
        }
    }
}
