//! `#[serde(with = "comma")]`: a list that travels as one text with commas.

#[cfg(feature = "full-serde")]
use serde::Deserializer;
use serde::Serializer;

#[expect(clippy::ref_option, reason = "serde hands over the field")]
pub(super) fn serialize<S: Serializer>(items: &Option<Vec<String>>, serializer: S) -> Result<S::Ok, S::Error> {
    match items {
        Some(items) => serializer.serialize_str(&items.join(",")),
        None => serializer.serialize_none(),
    }
}

/// Also from a number, which is a list of one.
#[cfg(feature = "full-serde")]
pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<String>>, D::Error> {
    let text = livecloud_core::wire::opt_text(deserializer)?;
    Ok(text.map(|text| if text.is_empty() { Vec::new() } else { text.split(',').map(str::to_owned).collect() }))
}
