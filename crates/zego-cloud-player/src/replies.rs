//! Readers for what replies leave out or empty.

use livecloud_core::wire;
use serde::{Deserialize, Deserializer};

/// A list; null is an empty one.
pub(crate) fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// The name of another page; an empty one says that there is none.
pub(crate) fn token<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    wire::opt_text(deserializer).map(|token| token.filter(|token| !token.is_empty()))
}
