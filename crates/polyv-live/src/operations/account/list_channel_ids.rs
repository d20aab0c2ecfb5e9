//! `ListChannelIds`.

use livecloud_core::wire::CommaList;
#[cfg(feature = "full-serde")]
use serde::Serialize;
use serde::{Deserialize, Deserializer};

use crate::account::Profile;

operation! {
    /// The numbers of all channels of the account, or of those that match.
    ///
    /// All at once: the vendor documents no pages here.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_live::{Account, Client, ListChannelIds};
    /// # async fn run() -> Result<(), polyv_live::Error> {
    /// # let transport = ReplayTransport::always(Step::json(r#"{"code":200,"data":{"channels":[2191541,2191569]}}"#));
    /// # let client = Client::builder(Account::new("app", "secret")).transport(transport).build()?;
    /// let found = client.call(ListChannelIds::new().keyword("公开课")).await?;
    /// assert_eq!(found.channels, ["2191541", "2191569"]);
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq, Default)]
    pub struct ListChannelIds -> ChannelIds;

    /// It only reads.
    get query "/live/v3/user/channels" in Profile::Api, safe;
    page "https://help.polyv.net/#/live/api/account/channels";

    optional {
        /// Only channels of this category.
        into category_id: String,
        /// Only channels whose name holds this text.
        into keyword: String,
        /// Only channels with this label.
        into label_id: String,
    }

    check(self, checks) {
        let texts = [("categoryId", &self.category_id), ("keyword", &self.keyword), ("labelId", &self.label_id)];
        for (path, text) in texts {
            checks.not_blank("L03", path, text.as_deref());
        }
    }
}

/// Channels that were found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[non_exhaustive]
pub struct ChannelIds {
    /// Their numbers, which the vendor writes without quotes.
    #[serde(default, deserialize_with = "numbers")]
    pub channels: Vec<String>,
}

fn numbers<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    // a list of numbers or texts is what that type reads, too
    CommaList::deserialize(deserializer).map(|list| list.0)
}
