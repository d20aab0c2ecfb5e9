//! `DeleteCategoryV3`.

use livecloud_core::Ack;

use crate::profile::Profile;

operation! {
    /// Deletes a category, as a sub-account. What becomes of its videos is not documented.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_vod::{Account, Client, DeleteCategoryV3};
    /// # async fn run() -> Result<(), polyv_vod::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"status":"success","error":null,"data":null}"#));
    /// # let client = Client::builder(Account::sub("app", "secret")).transport(transport).build()?;
    /// client.call(DeleteCategoryV3::new("1602300731843")).await?;
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct DeleteCategoryV3 -> Ack;

    /// Gone is gone, so a lost answer may be repeated. The repeat may be refused where the first one did it: then the category
    /// is unknown ([`CATEGORY_NOT_FOUND`](crate::codes::CATEGORY_NOT_FOUND)).
    post form "/v3/category/delete" in Profile::V3, idempotent;
    page "https://dev.polyv.net/2020/videoproduct/v-api/v-api-subaccount/delete-video-category/";

    required {
        /// The category.
        into cate_id: String,
    }

    check(self, checks) {
        checks.not_blank("V01", "cateId", Some(&self.cate_id));
    }
}
