//! `UpdateCategoryV3`.

use livecloud_core::Ack;

use crate::profile::Profile;

operation! {
    /// Renames a category, as a sub-account.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_vod::{Account, Client, UpdateCategoryV3};
    /// # async fn run() -> Result<(), polyv_vod::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"status":"success","error":null,"data":null}"#));
    /// # let client = Client::builder(Account::sub("app", "secret")).transport(transport).build()?;
    /// client.call(UpdateCategoryV3::new("1602300731843", "公开课")).await?;
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct UpdateCategoryV3 -> Ack;

    /// Setting the same name twice leaves it as setting it once does, so a lost answer may be repeated.
    post form "/v3/category/update-info" in Profile::V3, idempotent;
    page "https://dev.polyv.net/2020/videoproduct/v-api/v-api-subaccount/update-category-info/";

    required {
        /// The category.
        into cate_id: String,
        /// Its new name.
        into cate_name: String,
    }

    check(self, checks) {
        checks.not_blank("V01", "cateId", Some(&self.cate_id));
        checks.not_blank("V01", "cateName", Some(&self.cate_name));
    }
}
