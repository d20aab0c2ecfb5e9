//! `UpdateVideoCategoryV3`.

use livecloud_core::Ack;
use livecloud_core::wire::CommaList;

use super::super::rules;
use crate::profile::Profile;

operation! {
    /// Puts videos into a category, as a sub-account.
    ///
    /// Errors worth knowing: [`CATEGORY_NOT_FOUND`](crate::codes::CATEGORY_NOT_FOUND),
    /// [`INVALID_VID`](crate::codes::INVALID_VID).
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_vod::{Account, Client, UpdateVideoCategoryV3};
    /// # async fn run() -> Result<(), polyv_vod::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"status":"success","error":null,"data":null}"#));
    /// # let client = Client::builder(Account::sub("app", "secret")).transport(transport).build()?;
    /// client.call(UpdateVideoCategoryV3::new(["abcde123450f1e2d3c4b5a69788796a5_a"]).cate_id("1602300731843")).await?;
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct UpdateVideoCategoryV3 -> Ack;

    /// A video is in one category, so a lost answer may be repeated.
    post form "/v3/video/update-category" in Profile::V3, idempotent;
    page "https://dev.polyv.net/2020/videoproduct/v-api/v-api-subaccount/update-video-category/";

    required {
        /// The videos. One text with commas on the wire. How many at most is not documented.
        into vids: CommaList,
    }
    optional {
        /// The category. What happens without one is not documented.
        into cate_id: String,
    }

    check(self, checks) {
        rules::vids(checks, "vids", &self.vids, usize::MAX);
        rules::optional_texts(checks, &[("cateId", &self.cate_id)]);
        if self.cate_id.is_none() {
            checks.warn("V04", "cateId", "is not there: this update says no category");
        }
    }
}
