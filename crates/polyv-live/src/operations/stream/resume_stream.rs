//! `ResumeStream`.

use livecloud_core::Ack;

use crate::account::Profile;

operation! {
    /// Lets a channel stream again after [`CutoffStream`](crate::CutoffStream).
    ///
    /// Needs the account's [user id](crate::Account::user_id).
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_live::{Account, Client, ResumeStream};
    /// # async fn run() -> Result<(), polyv_live::Error> {
    /// # let transport = ReplayTransport::always(Step::json(r#"{"code":200,"status":"success","message":"","data":"success"}"#));
    /// # let account = Account::new("app", "secret").user_id("1b448be323");
    /// # let client = Client::builder(account).transport(transport).build()?;
    /// client.call(ResumeStream::new("2191569")).await?;
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct ResumeStream -> Ack;

    /// What may stream twice may stream as by once, so a lost answer may be repeated.
    post form "/live/v2/stream/{channelId}/resume" in Profile::Api, idempotent;
    page "https://help.polyv.net/#/live/api/channel/state/live_resume";

    path {
        /// The channel's number: digits.
        channel_id = "channelId",
    }
    own { "userId" }

    check(self, checks) {
        checks.digits("L01", "channelId", &self.channel_id);
    }
}
