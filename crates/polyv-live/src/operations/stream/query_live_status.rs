//! `QueryLiveStatus`.

use crate::account::Profile;
use crate::callback::StreamState;

operation! {
    /// Whether a stream runs.
    ///
    /// The oldest operation of all: without a signature, and answered with the bare word `live` or `end`. Anyone who knows
    /// a stream's name can ask. Any other text is an error of kind [`Decode`](livecloud_core::ErrorKind::Decode).
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_live::{Account, Client, QueryLiveStatus};
    /// use polyv_live::callback::StreamState;
    /// # async fn run() -> Result<(), polyv_live::Error> {
    /// # let transport = ReplayTransport::always(Step::reply(200, "live"));
    /// # let client = Client::builder(Account::new("app", "secret")).transport(transport).build()?;
    /// assert_eq!(client.call(QueryLiveStatus::new("demostream")).await?, StreamState::Live);
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct QueryLiveStatus -> StreamState;

    /// It only reads.
    get query "/live_status/query" in Profile::LiveStatus, safe;
    page "https://help.polyv.net/#/live/api/channel/state/get_live_status";

    query {
        /// The stream's name, as the channel's details have it.
        stream = "stream",
    }
}
