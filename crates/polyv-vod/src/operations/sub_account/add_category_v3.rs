//! `AddCategoryV3`.

use serde::Deserialize;
#[cfg(feature = "full-serde")]
use serde::Serialize;

use super::super::rules;
use crate::profile::Profile;

operation! {
    /// Creates a category, as a sub-account, and returns its id.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_vod::{Account, AddCategoryV3, Client};
    /// # async fn run() -> Result<(), polyv_vod::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"error":null,"data":1602300731843}"#));
    /// # let client = Client::builder(Account::sub("app", "secret")).transport(transport).build()?;
    /// let id = client.call(AddCategoryV3::new("公开课").parent_id("1")).await?;
    /// assert_eq!(id.0, "1602300731843");
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct AddCategoryV3 -> CategoryId;

    /// A repeat would create a second one of the same name, so a lost answer is reported.
    post form "/v3/category/add" in Profile::V3;
    page "https://dev.polyv.net/2020/videoproduct/v-api/v-api-subaccount/add-category/";

    required {
        /// Its name.
        into name: String,
    }
    optional {
        /// The category it is to be in.
        into parent_id: String,
    }

    check(self, checks) {
        checks.not_blank("V01", "name", Some(&self.name));
        rules::optional_texts(checks, &[("parentId", &self.parent_id)]);
    }
}

/// The id of a category: a number beyond 32 bits, kept as text.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(transparent)]
pub struct CategoryId(#[serde(deserialize_with = "livecloud_core::wire::text")] pub String);
