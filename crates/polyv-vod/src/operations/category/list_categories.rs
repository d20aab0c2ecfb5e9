//! `ListCategories`.

use livecloud_core::wire;
use serde::Deserialize;
#[cfg(feature = "full-serde")]
use serde::Serialize;

use super::super::rules;
use crate::profile::{FixedFields, Profile};

operation! {
    /// Returns the tree of the account's categories, or the part below one of them.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_vod::{Account, Client, ListCategories};
    /// # async fn run() -> Result<(), polyv_vod::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"status":"success","message":"success","data":[{"cataid":1,"cataname":"默认分类","videos":3,"nodes":[]}]}"#));
    /// # let client = Client::builder(Account::main("abcde12345", "key")).transport(transport).build()?;
    /// for category in client.call(ListCategories::new()).await?.0 {
    ///     println!("{:?} with {:?} videos", category.cataname, category.videos);
    /// }
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq, Default)]
    pub struct ListCategories -> Categories;

    /// It only reads.
    post form "/v2/video/{userid}/cataJson" in Profile::V2Fixed(FixedFields::ListCategories), safe;
    page "https://dev.polyv.net/2013/videoproduct/v-api/v-api-vmanage/v-api-vmanage-taxonomy/catajson/";

    optional {
        /// The category to begin with; 1 is the root. **Not signed**: the vendor leaves it out.
        #[serde(rename = "cataid")]
        into cataid: String,
    }

    check(self, checks) {
        rules::optional_texts(checks, &[("cataid", &self.cataid)]);
    }
}

/// Categories, each with those below it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(transparent)]
pub struct Categories(#[serde(deserialize_with = "wire::list")] pub Vec<Category>);

/// A category of the main account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[non_exhaustive]
pub struct Category {
    /// Its id; 1 is the root.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub cataid: Option<String>,
    /// Its name.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub cataname: Option<String>,
    /// Its name and the number of its videos, as the console shows it.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub text: Option<String>,
    /// The ids from the root down to it, with commas.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub catatree: Option<String>,
    /// The category it is in.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub parentid: Option<String>,
    /// Videos in it and below.
    #[serde(default, deserialize_with = "wire::opt_u64")]
    pub videos: Option<u64>,
    /// The categories in it.
    #[serde(default, deserialize_with = "wire::list")]
    pub nodes: Vec<Self>,
}
