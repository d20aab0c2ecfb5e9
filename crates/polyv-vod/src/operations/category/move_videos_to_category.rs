//! `MoveVideosToCategory`.

use livecloud_core::wire::{self, CommaList};
use serde::Deserialize;
#[cfg(feature = "full-serde")]
use serde::Serialize;

use super::super::rules;
use crate::profile::{FixedFields, Profile};

operation! {
    /// Puts videos into a category.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_vod::{Account, Client, MoveVideosToCategory};
    /// # async fn run() -> Result<(), polyv_vod::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"status":"success","message":"success","data":true}"#));
    /// # let client = Client::builder(Account::main("abcde12345", "key")).transport(transport).build()?;
    /// let moved = client.call(MoveVideosToCategory::new(["abcde123450f1e2d3c4b5a69788796a5_a"], "1602300731843")).await?;
    /// assert_eq!(moved.0, Some(true));
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct MoveVideosToCategory -> Moved;

    /// A video is in one category, so a lost answer may be repeated.
    post form "/v2/video/{userid}/changeCata" in Profile::V2Fixed(FixedFields::MoveVideos), idempotent;
    page "https://dev.polyv.net/2013/videoproduct/v-api/v-api-vmanage/v-api-vmanage-taxonomy/changecata/";

    required {
        /// The videos. One text with commas on the wire. How many at most is not documented.
        into vids: CommaList,
        /// The category; 1 is the root.
        #[serde(rename = "cataid")]
        into cataid: String,
    }

    check(self, checks) {
        rules::vids(checks, "vids", &self.vids, usize::MAX);
        checks.not_blank("V01", "cataid", Some(&self.cataid));
    }
}

/// Whether the videos were moved, in the vendor's word; none where it said nothing of the kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(transparent)]
pub struct Moved(#[serde(deserialize_with = "wire::or_none::flag")] pub Option<bool>);
