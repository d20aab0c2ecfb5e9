//! Callbacks: what POLYV VOD sends to your addresses about uploads, renditions, reviews and snapshots.
//!
//! ```
//! use std::time::{Duration, UNIX_EPOCH};
//!
//! use polyv_vod::callback::{Definition, Details, EventKind, Inbound, Verifier, sign_for_test};
//!
//! let verifier = Verifier::new("secretkey");
//! let now = UNIX_EPOCH + Duration::from_secs(1_700_000_000); // your clock; nothing here is signed with a time
//!
//! // what your web framework hands you; here one made up for the test
//! let request = sign_for_test("secretkey", &[("type", "encode"), ("format", "mp4"), ("vid", "v_1"), ("df", "2")], "");
//!
//! let uri = request.uri().to_string(); // path and query
//! let verified = verifier.verify(Inbound { uri: &uri, headers: request.headers(), body: request.body() }, now)?;
//! let event = verified.event()?;
//! assert_eq!(event.kind, EventKind::Encode);
//! assert_eq!(event.kind.signed_fields(), ["format", "vid", "df"]);
//! let Details::Encoded(rendition) = event.details() else { panic!("a rendition") };
//! assert_eq!((rendition.vid.as_deref(), rendition.df), (Some("v_1"), Some(Definition::High)));
//! # Ok::<(), polyv_vod::callback::CallbackError>(())
//! ```
//!
//! The events are those that the vendor's Java SDK describes in `docs/vod/callBack.md` and `docs/vod/screenshotService.md`.
//! An event of a kind that this version does not know is [`EventKind::Other`] with all that came in
//! [`Event::fields`] and [`Event::body`]; a value of a known kind that cannot be read is `None` in its details.
//!
//! # What is signed, and what anyone can forge
//!
//! `sign` is an MD5 over the event's name, at most three of its fields and the main account's `secretkey`.
//! [`EventKind::signed_fields`] names them. There is **no time and no nonce**, so an address that leaks once (a log, a
//! proxy) is good for ever, and with it:
//!
//! - any `DeleteMediaComplete`, `AIContentScanNotPassed` or `CoursewareConvertComplete`, about any video: these three sign
//!   their name only;
//! - any outcome for that video where only `vid` is signed: another `status` or `state`, other renditions, other snapshots,
//!   and `invalidVideo` for an `upload` or the other way round, which share one signature;
//! - an event of a kind that this version does not know: signed texts are joined without a mark between them, so a name
//!   can be cut short. Do nothing but take note of [`EventKind::Other`].
//!
//! The fields of a POST are read from its body only; its query is not signed, and a POST is a snapshot only if its body
//! has no `eventType` at all.
//!
//! Take events as hints: https, a part of the address that cannot be guessed, and a call that reads the video's state
//! before you act on it.
//!
//! # Answering, repeats, order
//!
//! Answer 200 at once and work afterwards; the body of the answer plays no part. For snapshots 200 counts as delivered.
//! Whether other answers are repeated is not documented, nor is any order.
//!
//! No event has an id or a time: [`Verified::replay_key`] is a hash of all fields and the body, without `sign`. A video
//! that is encoded, reviewed or scanned again with the same outcome gives the same key, so forget keys after some hours,
//! and let handling the same event twice do nothing.

mod details;
mod event;
mod fields;
#[cfg(feature = "test-util")]
mod test_util;
mod verifier;

pub use details::{
    ConvertedImage, CoursewareConverted, CoursewareOutcome, Definition, Deleted, DeletionKind, Details, Encoded,
    ImportFailed, Rendition, ScanResult, ScanScene, ScanSource, ScanSuggestion, Scanned, Snapshot, SnapshotsTaken,
    TranscodeOutcome, Transcoded, Uploaded, VideoOnly,
};
pub use event::{Event, EventKind};
pub use livecloud_core::callback::{CallbackError, CallbackEvent, Inbound, Verified};
#[cfg(feature = "test-util")]
pub use test_util::sign_for_test;
pub use verifier::Verifier;
