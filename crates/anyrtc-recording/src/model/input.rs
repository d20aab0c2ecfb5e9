//! Readers of requests that come as JSON, where ids may be numbers and a missing member is for the checks to find.

use livecloud_core::wire;
use serde::de::{Deserialize, Deserializer};

use super::recording::Mode;

/// A mode that is none.
pub(crate) const fn no_mode() -> Mode {
    Mode::Other(String::new())
}

pub(super) fn opt_texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<String>>, D::Error> {
    #[derive(serde::Deserialize)]
    struct Text(#[serde(deserialize_with = "wire::text")] String);

    let texts = Option::<Vec<Text>>::deserialize(deserializer)?;
    Ok(texts.map(|texts| texts.into_iter().map(|Text(text)| text).collect()))
}
