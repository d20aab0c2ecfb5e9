//! Lists that come page by page.

use std::hash::Hash;

use livecloud_core::{Turn, wire};
#[cfg(feature = "full-serde")]
use serde::Serialize;
use serde::{Deserialize, Deserializer};

/// One page of a list; [`Pages`](livecloud_core::Pages) walks through all of them.
///
/// The vendor leaves out a number here and there, so only the entries are certain.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(rename_all = "camelCase", bound(deserialize = "T: Deserialize<'de>"))]
#[non_exhaustive]
pub struct Page<T> {
    /// Which page; the first is 1.
    #[serde(default, deserialize_with = "wire::opt_u64")]
    pub page_number: Option<u64>,
    /// Entries a page.
    #[serde(default, deserialize_with = "wire::opt_u64")]
    pub page_size: Option<u64>,
    /// Entries in all.
    #[serde(default, deserialize_with = "wire::opt_u64")]
    pub total_items: Option<u64>,
    /// Pages in all.
    #[serde(default, deserialize_with = "wire::opt_u64")]
    pub total_pages: Option<u64>,
    /// The entries.
    #[serde(default = "Vec::new", deserialize_with = "list")]
    pub contents: Vec<T>,
}

impl<T> Page<T> {
    /// Turns from page `number` (absent: the first) of `size` entries (absent: the vendor's default) to the next one.
    pub(crate) fn turn<I: Hash>(
        &self,
        number: &mut Option<u32>,
        size: Option<u32>,
        default_size: u32,
        id: impl Fn(&T) -> I,
    ) -> Turn {
        let current = number.unwrap_or(1);
        *number = Some(current.saturating_add(1));
        let size = self.page_size.unwrap_or_else(|| size.unwrap_or(default_size).into());
        Turn::numbered(current.into(), size.max(1), self.total_pages, self.contents.iter().map(id))
    }
}

/// A list, for which the vendor may write null.
pub(crate) fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}
