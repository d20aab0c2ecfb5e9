//! Readers of reply members that must not fail the reply: what does not fit is absent.

use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde_json::value::RawValue;

use livecloud_core::wire;

/// Reads a member's own text, so that not even a number without a value or a broken escape harms the members beside it.
fn read<'de, T, D, F>(deserializer: D, read: F) -> Result<T, D::Error>
where
    T: Default,
    D: Deserializer<'de>,
    F: FnOnce(&str) -> Option<T>,
{
    let json = Box::<RawValue>::deserialize(deserializer)?;
    Ok(read(json.get()).unwrap_or_default())
}

pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    read(deserializer, |json| wire::opt_text(&mut serde_json::Deserializer::from_str(json)).ok())
}

pub(crate) fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    read(deserializer, |json| wire::opt_i64(&mut serde_json::Deserializer::from_str(json)).ok())
}

pub(super) fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    read(deserializer, |json| wire::opt_bool(&mut serde_json::Deserializer::from_str(json)).ok())
}

/// An open enum or an object.
pub(crate) fn value<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Default + DeserializeOwned,
    D: Deserializer<'de>,
{
    // An object's reader would take an array's elements for the members.
    read(deserializer, |json| if json.starts_with('[') { None } else { serde_json::from_str(json).ok() })
}

/// An array of objects, without the elements that are none.
pub(super) fn list<'de, T, D>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    T: DeserializeOwned,
    D: Deserializer<'de>,
{
    read(deserializer, |json| {
        let elements: Vec<&RawValue> = serde_json::from_str(json).ok()?;
        let objects = elements.iter().map(|element| element.get()).filter(|element| element.starts_with('{'));
        Some(objects.filter_map(|element| serde_json::from_str(element).ok()).collect())
    })
}
