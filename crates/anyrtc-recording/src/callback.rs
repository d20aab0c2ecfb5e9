//! Callbacks: what anyRTC's message notification service posts to your address about recordings.
//!
//! ```
//! use std::time::{Duration, UNIX_EPOCH};
//!
//! use anyrtc_recording::callback::{EventKind, Inbound, Verifier, sign_for_test};
//!
//! let verifier = Verifier::new("secret of the notification service");
//! let now = UNIX_EPOCH + Duration::from_secs(1_641_800_000); // your clock
//!
//! // what your web framework hands you; here one made up for the test
//! let body = r#"{"noticeID":"n-1","productId":3,"eventType":40,"payload":{"sid":"s1","details":"{\"status\":0}"}}"#;
//! let request = sign_for_test("secret of the notification service", body);
//!
//! let inbound = Inbound { uri: "/anyrtc", headers: request.headers(), body: request.body() };
//! let verified = verifier.verify(inbound, now)?;
//! // drop what you have seen before: verified.replay_key()
//! let event = verified.event()?;
//! assert_eq!(event.kind, EventKind::RecorderStarted);
//! assert_eq!(event.details["status"], 0);
//! // answer 200 with a JSON body: {}
//! # Ok::<(), anyrtc_recording::callback::CallbackError>(())
//! ```
//!
//! # What is signed
//!
//! The header `Ar-Signature` is an HMAC-SHA1 over the **whole raw body**, with the secret that anyRTC gave you for
//! notifications. Address and other headers are not signed. Hand over the bytes as they came: a body that was parsed and
//! written again has another signature.
//!
//! No time or nonce of its own is signed, so a captured notice stays valid: drop those whose
//! [`Verified::replay_key`] you know. The body holds `notifyMs`, when it was sent; [`Verifier::tolerance`] holds it
//! against your clock.
//!
//! # Answering, repeats, order
//!
//! Answer 200 at once, with a JSON body such as `{}`, and work afterwards. Ten seconds after a failure the notice comes
//! again, three times in all. Expect notices twice (the replay key is `noticeId`, or a hash of the body where there is
//! none), in any order ([`Event::sequence`] orders those of one [`Event::sid`]), or never: the vendor says not to build
//! core logic on them.
//!
//! Support sets the address up, and it must already answer 200 then. Bodies come as `application/json` and as
//! `application/octet-stream`; the header is not looked at.

mod event;
#[cfg(feature = "test-util")]
mod test_util;
mod verifier;

pub use event::{Event, EventKind, Product, Service};
pub use livecloud_core::callback::{CallbackError, CallbackEvent, Inbound, Staleness, Verified};
#[cfg(feature = "test-util")]
pub use test_util::sign_for_test;
pub use verifier::Verifier;
