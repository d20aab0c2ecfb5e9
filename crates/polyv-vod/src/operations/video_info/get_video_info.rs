//! `GetVideoInfo`.

use livecloud_core::wire::CommaList;

use super::super::rules;
use super::super::video::VideoInfos;
use crate::profile::Profile;

operation! {
    /// Returns up to 100 videos with their renditions, source data and snapshots.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_vod::{Account, Client, GetVideoInfo};
    /// # async fn run() -> Result<(), polyv_vod::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"status":"success","message":"success","data":[{"vid":"v"}]}"#));
    /// # let client = Client::builder(Account::main("abcde12345", "key")).transport(transport).build()?;
    /// for video in client.call(GetVideoInfo::new(["abcde123450f1e2d3c4b5a69788796a5_a"])).await?.0 {
    ///     println!("{:?} {:?}", video.vid, video.basic_info.and_then(|info| info.duration));
    /// }
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct GetVideoInfo -> VideoInfos;

    /// It only reads.
    get query "/v2/video/{userid}/get-video-info" in Profile::V2, safe;
    page "https://polyv.gitbook.io/document/docs/vod/api/video-management/manage/get_video_info";

    required {
        /// The videos, at most 100. One text with commas on the wire.
        #[serde(rename = "vid")]
        into vids: CommaList,
    }

    check(self, checks) {
        rules::vids(checks, "vid", &self.vids, 100);
    }
}
