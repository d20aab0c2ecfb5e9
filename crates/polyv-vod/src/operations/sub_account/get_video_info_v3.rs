//! `GetVideoInfoV3`.

use livecloud_core::wire::CommaList;

use super::super::rules;
use super::super::video::VideoInfos;
use crate::profile::Profile;

operation! {
    /// Returns videos with their renditions, source data and snapshots, as a sub-account.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_vod::{Account, Client, GetVideoInfoV3};
    /// # async fn run() -> Result<(), polyv_vod::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"error":null,"data":[{"vid":"v"}]}"#));
    /// # let client = Client::builder(Account::sub("app", "secret")).transport(transport).build()?;
    /// let wanted = GetVideoInfoV3::new(["abcde123450f1e2d3c4b5a69788796a5_a"]).filter(["basicInfo", "transcodeInfo"]);
    /// for video in client.call(wanted).await?.0 {
    ///     println!("{:?} has {} renditions", video.vid, video.transcode_infos.len());
    /// }
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct GetVideoInfoV3 -> VideoInfos;

    /// It only reads.
    get query "/v3/video/get-video-info" in Profile::V3, safe;
    page "https://dev.polyv.net/2020/videoproduct/v-api/v-api-subaccount/get-video-info/";

    required {
        /// The videos. One text with commas on the wire. How many at most is not documented.
        into vids: CommaList,
    }
    optional {
        /// Which parts: `basicInfo`, `metaData`, `transcodeInfo`, `snapshotInfo`. One text with commas on the wire.
        into filter: CommaList,
    }

    check(self, checks) {
        rules::vids(checks, "vids", &self.vids, usize::MAX);
        rules::parts(checks, "filter", self.filter.as_ref());
    }
}
