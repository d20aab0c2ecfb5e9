//! `CreateRoleAccount`.

use livecloud_core::Secret;
use livecloud_core::wire::Url;

use super::channel_account::{ChannelAccount, Role};
use super::purview::Purview;
use super::rules::{self, Known};
use crate::account::Profile;

operation! {
    /// Creates an assistant or guest of a channel with its rights, and returns it with its number and password.
    ///
    /// A lost answer is not repeated, since there might be two then: the error's delivery is
    /// [`Unknown`](crate::Delivery::Unknown). [`ListChannelAccounts`](crate::ListChannelAccounts) tells whether it is there: look for its nickname.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_live::{Account, Client, CreateRoleAccount, Purview, PurviewCode, Role};
    /// # async fn run() -> Result<(), polyv_live::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"success":true,"data":{"account":"0052191541","channelId":2191541}}"#));
    /// # let client = Client::builder(Account::new("app", "secret")).transport(transport).build()?;
    /// let assistant = CreateRoleAccount::new("2191541", Role::Assistant)
    ///     .nick_name("陈老师")
    ///     .purview_list([Purview::new(PurviewCode::ChatListEnabled, true)]);
    /// let created = client.call(assistant).await?;
    /// assert_eq!(created.account.as_deref(), Some("0052191541"));
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct CreateRoleAccount -> ChannelAccount;

    /// A repeat creates another one.
    post json "/live/v4/channel/account/create" in Profile::Api;
    page "https://help.polyv.net/#/live/api/v4/channel/operate/account/add_account";

    query {
        /// The channel's number: digits. Signed and sent in the query, whatever the body holds.
        channel_id = "channelId",
    }
    required {
        /// What it is.
        set role: Role,
    }
    optional {
        /// Title shown beside the name. For updates 1 to 10 characters are documented.
        into actor: String,
        /// Display name. For updates 1 to 15 characters are documented.
        into nick_name: String,
        /// Address of the picture.
        into avatar: Url,
        /// Password for logging in. For updates 6 to 16 characters are documented.
        #[serde(with = "livecloud_core::wire::opt_secret")]
        into passwd: Secret,
        /// Rights given and taken.
        each purview_list: Purview,
    }

    check(self, checks) {
        checks.digits("L01", "channelId", &self.channel_id);
        rules::role(checks, "role", Some(&self.role));
        let texts = [
            ("nickName", self.nick_name.as_deref()),
            ("passwd", self.passwd.as_ref().map(Secret::expose)),
            ("actor", self.actor.as_deref()),
        ];
        rules::lengths(checks, Known::Elsewhere, "L05", texts);
        rules::purviews(checks, Known::Elsewhere, Some(&self.role), self.purview_list.as_deref());
    }
}
