//! `#[serde(serialize_with = "number::..")]`: ids that the vendor wants as numbers, and that are texts here.

use serde::{Serialize, Serializer};

/// A number only where it comes back as the same text from every JSON reader: up to 2^53, without leading zeros.
struct Id<'a>(&'a str);

impl Serialize for Id<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.parse::<u64>() {
            Ok(number) if number < 1 << 53 && number.to_string() == self.0 => serializer.serialize_u64(number),
            _ => serializer.serialize_str(self.0),
        }
    }
}

#[expect(clippy::ref_option, reason = "serde hands over the field")]
pub(super) fn opt<S: Serializer>(id: &Option<String>, serializer: S) -> Result<S::Ok, S::Error> {
    id.as_deref().map(Id).serialize(serializer)
}

pub(super) fn list<S: Serializer>(ids: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(ids.iter().map(|id| Id(id)))
}

#[expect(clippy::ref_option, reason = "serde hands over the field")]
pub(super) fn opt_list<S: Serializer>(ids: &Option<Vec<String>>, serializer: S) -> Result<S::Ok, S::Error> {
    match ids {
        Some(ids) => list(ids, serializer),
        None => serializer.serialize_none(),
    }
}
