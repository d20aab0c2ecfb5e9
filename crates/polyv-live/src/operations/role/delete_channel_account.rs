//! `DeleteChannelAccount`.

use livecloud_core::Ack;

use crate::account::Profile;

operation! {
    /// Deletes an assistant or guest of a channel.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_live::{Account, Client, DeleteChannelAccount};
    /// # async fn run() -> Result<(), polyv_live::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"status":"success","message":"","data":"success"}"#));
    /// # let client = Client::builder(Account::new("app", "secret")).transport(transport).build()?;
    /// client.call(DeleteChannelAccount::new("2191541", "0052191541")).await?;
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct DeleteChannelAccount -> Ack;

    /// Gone is gone, so a lost answer may be repeated. The repeat may be refused where the first one did it: then the role
    /// is not found.
    post form "/live/v2/channelAccount/{channelId}/delete" in Profile::Api, idempotent;
    page "https://help.polyv.net/#/live/api/channel/operate/delete_account";

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
