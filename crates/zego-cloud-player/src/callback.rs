//! Callbacks: what ZEGO posts to your address when a player or an upload task changes.
//!
//! ```
//! use std::time::{Duration, UNIX_EPOCH};
//!
//! use zego_cloud_player::callback::{EventKind, Inbound, Verifier, sign_for_test};
//!
//! let verifier = Verifier::new("CallbackSecret");
//! let now = UNIX_EPOCH + Duration::from_secs(1_681_221_510); // your clock
//!
//! // what your web framework hands you; here one made up for the test
//! let body = serde_json::json!({"AppID": 1, "PlayerId": "p", "EventType": 1, "EventTime": 1681221510034_u64});
//! let request = sign_for_test("CallbackSecret", body, now, "abcdd22113");
//!
//! let inbound = Inbound { uri: "/zego", headers: request.headers(), body: request.body() };
//! let verified = verifier.verify(inbound, now)?;
//! // drop what you have seen before: verified.replay_key()
//! let event = verified.event()?;
//! assert_eq!(event.kind, EventKind::PlayerCreated);
//! assert_eq!(event.player_id.as_deref(), Some("p"));
//! # Ok::<(), zego_cloud_player::callback::CallbackError>(())
//! ```
//!
//! # What is signed
//!
//! `Signature` is a SHA-1 over the `CallbackSecret` (console, project information), `Timestamp` and `Nonce`, and over
//! **nothing else**: neither the event's type nor any of its content. A good signature proves that its sender knows the
//! secret, or has seen one callback and sends other content under its signature while that is fresh.
//!
//! **Freshness is only a hint.** The three texts are joined without a mark between them, so the border between time and
//! nonce can be moved: digits of the nonce become the time, and a signature captured long ago is fresh again. So:
//!
//! - have ZEGO support register an https address with a part that cannot be guessed;
//! - keep [`Event::signature`] for longer than twice the tolerance, as long as you can: one that comes back with *another*
//!   replay key is forged, however fresh its time looks. A cache of nonces is weaker, because nonces can be cut elsewhere;
//! - ask the vendor (a Describe call) before anything that cannot be undone.
//!
//! # Answering, repeats, order
//!
//! Answer any 2xx at once and work afterwards; the body of the answer is not read. Without an answer the vendor repeats
//! at once, at most twice, and then the event is lost. Whether a status other than 2xx is repeated is not documented.
//!
//! An event has no id: [`Verified::replay_key`] is made of app, player or upload task, kind, `EventTime` and `Detail`
//! (of the whole body without `Timestamp`, `Nonce` and `Signature` where one of the first four is missing). Order is not
//! guaranteed: [`Progress`] tells which events still count. The vendor does not promise that every event arrives.

mod body;
mod detail;
mod event;
mod order;
#[cfg(feature = "test-util")]
mod test_util;
mod verifier;

pub use detail::{CancelRefusal, Detail, PlayerTrouble, UploadFailure, UploadProgress, UploadTrouble};
pub use event::{Event, EventKind};
pub use livecloud_core::callback::{CallbackError, CallbackEvent, Inbound, Staleness, Verified};
pub use order::{Progress, Standing};
#[cfg(feature = "test-util")]
pub use test_util::sign_for_test;
pub use verifier::Verifier;
