//! `GetChannelAccount`.

use super::channel_account::ChannelAccount;
use crate::account::Profile;

operation! {
    /// Returns one assistant or guest of a channel, password and push address in clear.
    ///
    /// Reads may lag behind writes by a second or two.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_live::{Account, Client, GetChannelAccount};
    /// # async fn run() -> Result<(), polyv_live::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"data":{"account":"0052191541","role":"Assistant","nickname":"n"}}"#));
    /// # let client = Client::builder(Account::new("app", "secret")).transport(transport).build()?;
    /// let role = client.call(GetChannelAccount::new("2191541", "0052191541")).await?;
    /// assert_eq!(role.nickname.as_deref(), Some("n"));
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct GetChannelAccount -> ChannelAccount;

    /// It only reads.
    get query "/live/v2/channelAccount/{channelId}/account" in Profile::Api, safe;
    page "https://help.polyv.net/#/live/api/channel/operate/get_account";

    path {
        /// The channel's number: digits.
        channel_id = "channelId",
    }
    required {
        /// The role's number: digits, leading zeros included. From JSON only as a text: a number would have lost them.
        into account: String,
    }

    check(self, checks) {
        checks.digits("L01", "channelId", &self.channel_id);
        checks.digits("L02", "account", &self.account);
    }
}
