//! `DeleteChannel`.

use livecloud_core::Ack;

use crate::account::Profile;

operation! {
    /// Deletes a channel, and with it its roles.
    ///
    /// Needs the account's [user id](crate::Account::user_id). Nothing brings the channel back. Errors worth knowing:
    /// `channel not found`, `userId is error`.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_live::{Account, Client, DeleteChannel};
    /// # async fn run() -> Result<(), polyv_live::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"status":"success","message":"","data":"success"}"#));
    /// # let client = Client::builder(Account::new("app", "secret").user_id("1b448be323")).transport(transport).build()?;
    /// client.call(DeleteChannel::new("2191569")).await?;
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct DeleteChannel -> Ack;

    /// Gone is gone, so a lost answer may be repeated. The repeat may be refused where the first one did it: then the
    /// channel is not found.
    post form "/live/v2/channels/{channelId}/delete" in Profile::Api, idempotent;
    page "https://help.polyv.net/#/live/api/channel/operate/delete_channel";

    path {
        /// The channel's number: digits.
        channel_id = "channelId",
    }
    own { "userId" }

    check(self, checks) {
        checks.digits("L01", "channelId", &self.channel_id);
    }
}
