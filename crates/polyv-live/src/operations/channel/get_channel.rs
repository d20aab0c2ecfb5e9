//! `GetChannel`.

use super::channel_basic::ChannelBasic;
use crate::account::Profile;

operation! {
    /// Returns a channel's settings and what its watch page shows.
    ///
    /// Reads may lag behind writes by a second or two.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_live::{Account, Client, GetChannel, WatchStatus};
    /// # async fn run() -> Result<(), polyv_live::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"success":true,"data":{"channelId":"2191569","watchStatus":"live"}}"#));
    /// # let client = Client::builder(Account::new("app", "secret")).transport(transport).build()?;
    /// let channel = client.call(GetChannel::new("2191569")).await?;
    /// assert_eq!(channel.watch_status, Some(WatchStatus::Live));
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct GetChannel -> ChannelBasic;

    /// It only reads.
    get query "/live/v4/channel/basic/get" in Profile::Api, safe;
    page "https://help.polyv.net/#/live/api/v4/channel/operate/get_channel_detail";

    query {
        /// The channel's number: digits.
        channel_id = "channelId",
    }

    check(self, checks) {
        checks.digits("L01", "channelId", &self.channel_id);
    }
}
