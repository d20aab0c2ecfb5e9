//! `GetCategoryV3`.

use livecloud_core::{Paged, Turn, wire};
use serde::Deserialize;
#[cfg(feature = "full-serde")]
use serde::Serialize;

use super::super::rules;
use crate::profile::Profile;

operation! {
    /// Returns a category and, page by page, its direct children, as a sub-account.
    ///
    /// [`Pages`](crate::core::Pages) walks through all children.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_vod::{Account, Client, GetCategoryV3};
    /// # async fn run() -> Result<(), polyv_vod::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"error":null,"data":{"category":{"cateId":"1"},"subCategoryTotal":0,"subCategories":[]}}"#));
    /// # let client = Client::builder(Account::sub("app", "secret")).transport(transport).build()?;
    /// let found = client.call(GetCategoryV3::new("1")).await?;
    /// println!("{:?} has {:?} children", found.category.and_then(|category| category.cate_name), found.sub_category_total);
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct GetCategoryV3 -> SubCategories;

    /// It only reads.
    get query "/v3/category/get" in Profile::V3, safe;
    page "https://dev.polyv.net/2020/videoproduct/v-api/v-api-subaccount/get-category/";

    required {
        /// The category.
        into cate_id: String,
    }
    optional {
        /// Which page of the children; 1 where absent.
        set page: u32,
        /// Children a page, 1..=1000; 10 where absent.
        set page_size: u32,
    }

    check(self, checks) {
        checks.not_blank("V01", "cateId", Some(&self.cate_id));
        rules::page(checks, self.page, self.page_size);
    }
}

/// A category and a page of its children.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SubCategories {
    /// The category itself.
    #[serde(default)]
    pub category: Option<CategoryNode>,
    /// How many direct children it has.
    #[serde(default, deserialize_with = "wire::opt_u64")]
    pub sub_category_total: Option<u64>,
    /// Direct children.
    #[serde(default, deserialize_with = "wire::list")]
    pub sub_categories: Vec<CategoryNode>,
}

/// A category as sub-accounts see it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CategoryNode {
    /// Its id.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub cate_id: Option<String>,
    /// Its name.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub cate_name: Option<String>,
    /// The category it is in.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub parent_id: Option<String>,
}

impl Paged for GetCategoryV3 {
    type Item = CategoryNode;

    fn begin(&mut self) {
        rules::whole_pages(&mut self.page, &mut self.page_size);
    }

    fn turn(&mut self, page: &SubCategories) -> Turn {
        let number = self.page.unwrap_or(1);
        self.page = Some(number.saturating_add(1));
        let size = u64::from(self.page_size.unwrap_or(10).max(1));
        let pages = page.sub_category_total.map(|total| total.div_ceil(size));
        Turn::numbered(number.into(), size, pages, page.sub_categories.iter().map(|child| &child.cate_id))
    }

    fn items(page: SubCategories) -> Vec<CategoryNode> {
        page.sub_categories
    }
}
