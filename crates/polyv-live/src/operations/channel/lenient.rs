//! Readers for request input whose JSON type is not kept to, beyond those of the core.

use livecloud_core::wire::{self, YesNo};
use serde::de::value::StrDeserializer;
use serde::de::{Error, IntoDeserializer};
use serde::{Deserialize, Deserializer};

/// An integer of a smaller type, also from text.
pub(super) fn opt_int<'de, D: Deserializer<'de>, N: TryFrom<i64>>(deserializer: D) -> Result<Option<N>, D::Error> {
    let number = wire::opt_i64(deserializer)?.map(N::try_from).transpose();
    number.map_err(|_| D::Error::custom("out of range"))
}

/// A list of texts, also from numbers.
pub(super) fn texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    opt_texts(deserializer)?.ok_or_else(|| D::Error::custom("expected a list"))
}

/// The same, optional.
pub(super) fn opt_texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<String>>, D::Error> {
    #[derive(Deserialize)]
    struct Text(#[serde(deserialize_with = "wire::text")] String);

    let texts: Option<Vec<Text>> = Option::deserialize(deserializer)?;
    Ok(texts.map(|texts| texts.into_iter().map(|text| text.0).collect()))
}

/// An empty text is documented as "leave it as it is".
pub(super) fn switch_or_empty<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<YesNo>, D::Error> {
    let Some(text) = wire::opt_text(deserializer)?.filter(|text| !text.is_empty()) else { return Ok(None) };
    let letter: StrDeserializer<'_, serde::de::value::Error> = text.as_str().into_deserializer();
    YesNo::deserialize(letter).map(Some).map_err(|_| D::Error::custom("expected Y, N or nothing"))
}
