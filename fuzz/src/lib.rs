//! What the SDK does with hostile input, as functions of bytes: a target panics where a promise is broken.
//!
//! Three drivers run them: the tests beside this crate over the corpora and over random bytes, libFuzzer in the folder
//! `libfuzzer` (by hand with cargo-fuzz, or by `cargo xtask fuzz`).
#![allow(clippy::expect_used, clippy::panic, reason = "a broken promise ends a target")]

mod callbacks;
mod calls;
mod texts;

/// A target: its name, which is also its corpus's, and what it does with bytes.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: [Target; 12] = [
    ("envelope-zego", calls::envelope_zego),
    ("envelope-polyv-vod", calls::envelope_polyv_vod),
    ("envelope-polyv-live", calls::envelope_polyv_live),
    ("envelope-anyrtc", calls::envelope_anyrtc),
    ("input", calls::input),
    ("dates", calls::dates),
    ("callback-zego", callbacks::zego),
    ("callback-polyv-vod", callbacks::polyv_vod),
    ("callback-polyv-live", callbacks::polyv_live),
    ("callback-anyrtc", callbacks::anyrtc),
    ("open-enums", texts::open_enums),
    ("flatten", texts::flatten),
];

/// The target of that name.
#[must_use]
pub fn target(name: &str) -> Option<fn(&[u8])> {
    TARGETS.into_iter().find(|(known, _)| *known == name).map(|(_, run)| run)
}
