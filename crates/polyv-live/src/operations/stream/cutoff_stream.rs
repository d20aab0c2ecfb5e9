//! `CutoffStream`.

use livecloud_core::Ack;
use livecloud_core::wire::{UnixMillis, YesNo};

use crate::account::Profile;

operation! {
    /// Cuts a channel's stream off, and keeps it off for a while.
    ///
    /// Needs the account's [user id](crate::Account::user_id). [`ResumeStream`](crate::ResumeStream) lets the stream on
    /// again before its time. Errors worth knowing: `channel is not live` and its like.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_live::{Account, Client, CutoffStream};
    /// # async fn run() -> Result<(), polyv_live::Error> {
    /// # let transport = ReplayTransport::always(Step::json(r#"{"code":200,"status":"success","message":"","data":"success"}"#));
    /// # let account = Account::new("app", "secret").user_id("1b448be323");
    /// # let client = Client::builder(account).transport(transport).build()?;
    /// client.call(CutoffStream::new("2191569").forbid_time(1_800_000_000_000).playback_forbidden(true)).await?;
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct CutoffStream -> Ack;

    /// What is cut off twice is cut off as by once, so a lost answer may be repeated.
    post form "/live/v2/stream/{channelId}/cutoff" in Profile::Api, idempotent;
    page "https://help.polyv.net/#/live/api/channel/state/live_banpush";

    path {
        /// The channel's number: digits.
        channel_id = "channelId",
    }
    own { "userId" }
    optional {
        /// Until when nothing may be streamed.
        into forbid_time: UnixMillis,
        /// Whether the replay is closed, too; not where absent.
        into playback_forbidden: YesNo,
    }

    check(self, checks) {
        checks.digits("L01", "channelId", &self.channel_id);
        if let Some(time) = self.forbid_time.filter(|time| !time.has_13_digits()) {
            checks.refuse_value("L63", "forbidTime", "must be milliseconds: 13 digits", time.0);
        } else if self.forbid_time.is_some_and(|time| time < checks.now().into()) {
            checks.warn("L64", "forbidTime", "is past");
        }
    }
}
