//! Readers for replies.

use livecloud_core::wire::{self, YesNo};
use serde::Deserializer;

/// A switch. What is neither `Y` nor `N` reads as absent: a reply is not lost for it.
pub(crate) fn switch<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<YesNo>, D::Error> {
    Ok(match wire::opt_text(deserializer)?.as_deref() {
        Some("Y" | "y" | "true") => Some(YesNo::Yes),
        Some("N" | "n" | "false") => Some(YesNo::No),
        _ => None,
    })
}
