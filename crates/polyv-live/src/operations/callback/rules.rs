//! Rules of all callback addresses.

use livecloud_core::wire::{CommaList, Url};
use livecloud_core::{Checks, is_http_url};

use crate::account::Account;

/// Addresses that are there are absolute, and not longer than an old page of the vendor allows. `may_be_empty`: in JSON
/// an empty text arrives, and clears.
pub(super) fn addresses(checks: &mut Checks<'_, Account>, addresses: &[(&str, Option<&Url>)], may_be_empty: bool) {
    for (path, url) in addresses {
        let Some(url) = url.filter(|url| !(may_be_empty && url.is_empty())) else { continue };
        if !is_http_url(url) {
            checks.refuse("L65", path, "must be an absolute http:// or https:// address");
        } else if url.chars().count() > 255 {
            checks.warn("L66", path, "should have at most 255 characters");
        }
    }
}

/// The kinds of files of which a recording's event tells.
pub(super) fn video_type(checks: &mut Checks<'_, Account>, kinds: Option<&CommaList>) {
    let known = |kind: &String| matches!(kind.as_str(), "m3u8" | "mp4");
    if kinds.is_some_and(|kinds| kinds.0.is_empty() || !kinds.0.iter().all(known)) {
        checks.refuse("L67", "recordCallbackVideoType", "must be m3u8, mp4 or both");
    }
}
