//! `ListChannelAccounts`.

use serde::Deserialize;
#[cfg(feature = "full-serde")]
use serde::Serialize;

use super::channel_account::ChannelAccount;
use crate::account::Profile;

operation! {
    /// Lists all assistants and guests of a channel, passwords and push addresses in clear.
    ///
    /// Reads may lag behind writes by a second or two.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_live::{Account, Client, ListChannelAccounts};
    /// # async fn run() -> Result<(), polyv_live::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"data":[{"account":"0052191541","role":"Guest"}]}"#));
    /// # let client = Client::builder(Account::new("app", "secret")).transport(transport).build()?;
    /// for role in client.call(ListChannelAccounts::new("2191541")).await?.0 {
    ///     println!("{:?} {:?}", role.account, role.role);
    /// }
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct ListChannelAccounts -> ChannelAccounts;

    /// It only reads.
    get query "/live/v2/channelAccount/{channelId}/accounts" in Profile::Api, safe;
    page "https://help.polyv.net/#/live/api/channel/operate/get_accounts";

    path {
        /// The channel's number: digits.
        channel_id = "channelId",
    }

    check(self, checks) {
        checks.digits("L01", "channelId", &self.channel_id);
    }
}

/// The roles of a channel; there may be none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(transparent)]
pub struct ChannelAccounts(#[serde(deserialize_with = "livecloud_core::wire::list")] pub Vec<ChannelAccount>);
