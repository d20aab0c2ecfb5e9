//! `DeleteVideoV3`.

use livecloud_core::Ack;

use super::super::rules;
use crate::profile::Profile;

operation! {
    /// Deletes a video, as a sub-account. Whether the recycle bin keeps it is not documented.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_vod::{Account, Client, DeleteVideoV3};
    /// # async fn run() -> Result<(), polyv_vod::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"status":"success","error":null,"data":null}"#));
    /// # let client = Client::builder(Account::sub("app", "secret")).transport(transport).build()?;
    /// client.call(DeleteVideoV3::new("abcde123450f1e2d3c4b5a69788796a5_a")).await?;
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct DeleteVideoV3 -> Ack;

    /// Gone is gone, so a lost answer may be repeated. The repeat may be refused where the first one did it: then the video is
    /// unknown ([`INVALID_VID`](crate::codes::INVALID_VID)).
    post form "/v3/video/delete-video" in Profile::V3, idempotent;
    page "https://dev.polyv.net/2020/videoproduct/v-api/v-api-subaccount/delete-video/";

    required {
        /// The video.
        into vid: String,
    }

    check(self, checks) {
        rules::vid(checks, "vid", &self.vid);
    }
}
