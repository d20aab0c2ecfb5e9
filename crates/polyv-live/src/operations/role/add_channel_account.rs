//! `AddChannelAccount`.

use livecloud_core::Secret;
use livecloud_core::wire::Url;

use super::channel_account::{ChannelAccount, Role};
use super::rules::{self, Known};
use crate::account::Profile;

operation! {
    /// Adds an assistant or guest to a channel, and returns it with its number and password.
    ///
    /// The vendor has a newer page for the same: [`CreateRoleAccount`](crate::CreateRoleAccount).
    ///
    /// A lost answer is not repeated, since there might be two then: the error's delivery is
    /// [`Unknown`](crate::Delivery::Unknown). [`ListChannelAccounts`](crate::ListChannelAccounts) tells whether it is there: look for its nickname.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_live::{Account, AddChannelAccount, Client, Role};
    /// # async fn run() -> Result<(), polyv_live::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"data":{"account":"0052191541","passwd":"234567"}}"#));
    /// # let client = Client::builder(Account::new("app", "secret")).transport(transport).build()?;
    /// let added = client.call(AddChannelAccount::new("2191541").role(Role::Guest).nickname("陈老师")).await?;
    /// assert_eq!(added.account.as_deref(), Some("0052191541"));
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct AddChannelAccount -> ChannelAccount;

    /// A repeat adds another one.
    post form "/live/v2/channelAccount/{channelId}/add" in Profile::Api;
    page "https://help.polyv.net/#/live/api/channel/operate/add_account";

    path {
        /// The channel's number: digits.
        channel_id = "channelId",
    }
    optional {
        /// What it is. What the vendor makes of its absence is not documented.
        set role: Role,
        /// Display name. Newer vendor pages allow 1 to 15 characters.
        into nickname: String,
        /// Password for logging in. Newer vendor pages allow 6 to 16 characters.
        #[serde(with = "livecloud_core::wire::opt_secret")]
        into password: Secret,
        /// Title shown beside the name. Newer vendor pages allow 1 to 10 characters.
        into actor: String,
        /// Address of the picture.
        into avatar: Url,
    }

    check(self, checks) {
        checks.digits("L01", "channelId", &self.channel_id);
        rules::role(checks, "role", self.role.as_ref());
        let texts = [
            ("nickname", self.nickname.as_deref()),
            ("password", self.password.as_ref().map(Secret::expose)),
            ("actor", self.actor.as_deref()),
        ];
        for (path, text) in texts.into_iter().chain([("avatar", self.avatar.as_deref())]) {
            checks.not_blank("L03", path, text);
        }
        rules::lengths(checks, Known::Elsewhere, "L05", texts);
    }
}
