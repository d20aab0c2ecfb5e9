//! The page of a list, as POLYV writes it.

use std::fmt;
use std::hash::Hash;
use std::marker::PhantomData;

use serde::Deserialize;
#[cfg(feature = "full-serde")]
use serde::Serialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

use super::Turn;
use crate::wire;

/// One page of a list; [`Pages`](super::Pages) walks through all of them.
///
/// The vendor leaves out a number here and there, and some of its lists drift between such an object and the bare list of
/// entries, so only the entries are certain.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[cfg_attr(feature = "full-serde", serde(rename_all = "camelCase"))]
#[non_exhaustive]
pub struct Page<T> {
    /// Which page; the first is 1.
    pub page_number: Option<u64>,
    /// Entries a page.
    pub page_size: Option<u64>,
    /// Entries in all.
    pub total_items: Option<u64>,
    /// Pages in all.
    pub total_pages: Option<u64>,
    /// The entries.
    pub contents: Vec<T>,
}

impl<T> Page<T> {
    /// Turns from page `number` (absent: the first) of `size` entries (absent: the vendor's default) to the next one.
    pub fn turn<I: Hash>(
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

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Page<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Either(PhantomData))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", bound(deserialize = "T: Deserialize<'de>"))]
struct Whole<T> {
    #[serde(default, deserialize_with = "wire::opt_u64")]
    page_number: Option<u64>,
    #[serde(default, deserialize_with = "wire::opt_u64")]
    page_size: Option<u64>,
    #[serde(default, deserialize_with = "wire::opt_u64")]
    total_items: Option<u64>,
    #[serde(default, deserialize_with = "wire::opt_u64")]
    total_pages: Option<u64>,
    #[serde(default = "Vec::new", deserialize_with = "wire::list")]
    contents: Vec<T>,
}

/// The object, or the bare list.
struct Either<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Either<T> {
    type Value = Page<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a page of a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Page<T>, A::Error> {
        let Whole { page_number, page_size, total_items, total_pages, contents } =
            Deserialize::deserialize(MapAccessDeserializer::new(members))?;
        Ok(Page { page_number, page_size, total_items, total_pages, contents })
    }

    /// POLYV writes nothing at all for an empty list, too.
    fn visit_unit<E>(self) -> Result<Page<T>, E> {
        Ok(Page { page_number: None, page_size: None, total_items: None, total_pages: None, contents: Vec::new() })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, entries: A) -> Result<Page<T>, A::Error> {
        let contents = Deserialize::deserialize(SeqAccessDeserializer::new(entries))?;
        Ok(Page { page_number: None, page_size: None, total_items: None, total_pages: None, contents })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Option<Page<String>> {
        serde_json::from_str(json).ok()
    }

    #[test]
    fn a_page_is_an_object_or_the_bare_list_and_nothing_else() {
        let page = read(r#"{"pageNumber":"2","totalPages":3,"contents":["a"],"more":{}}"#).unwrap();
        assert_eq!((page.page_number, page.page_size, page.total_pages), (Some(2), None, Some(3)));
        assert_eq!(page.contents, ["a"]);
        let bare = read(r#"["a","b"]"#).unwrap();
        assert_eq!((bare.total_pages, bare.contents.len()), (None, 2));
        for empty in [r#"{"contents":null}"#, "null"] {
            assert_eq!(read(empty).unwrap().contents, [""; 0]);
        }
        for other in ["7", "\"a\"", "[1]", r#"{"contents":7}"#] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
