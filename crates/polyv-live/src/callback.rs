//! Callbacks: what POLYV Live sends to your addresses about streams, recordings and playbacks.
//!
//! ```
//! use std::time::{Duration, UNIX_EPOCH};
//!
//! use polyv_live::callback::{Details, EventKind, Inbound, StreamState, Verifier, sign_for_test};
//!
//! let verifier = Verifier::new("appSecret");
//! let now = UNIX_EPOCH + Duration::from_millis(1_629_334_739_239); // your clock
//!
//! // what your web framework hands you; here one made up for the test
//! let fields = [("channelId", "2191569"), ("status", "live"), ("sessionId", "s1"), ("startTime", "1629334739000")];
//! let request = sign_for_test("appSecret", &fields, "", now);
//!
//! let uri = request.uri().to_string(); // path and query
//! let verified = verifier.verify(Inbound { uri: &uri, headers: request.headers(), body: request.body() }, now)?;
//! // drop what you have seen before: verified.replay_key()
//! let event = verified.event()?;
//! assert_eq!(event.kind, EventKind::LiveStatus);
//! let Details::LiveStatus(change) = event.details() else { panic!("a change of a stream") };
//! assert_eq!((change.channel_id.as_deref(), change.status), (Some("2191569"), Some(StreamState::Live)));
//! # Ok::<(), polyv_live::callback::CallbackError>(())
//! ```
//!
//! # What is signed
//!
//! `sign` is an MD5 over `appSecret` and `timestamp`, and over **nothing else**: neither fields nor body nor which event
//! it is. A good signature proves that its sender knows the secret, or has seen one address and sends other content under
//! its signature while that is fresh. So: https, a part of the address that cannot be guessed, handling that may happen
//! twice, and a call that reads the state back before anything that cannot be undone.
//!
//! Two requests are different. For merged MP4 files ([`EventKind::RecordMergedMp4`]) the vendor lists no `sign`:
//! [`Verifier::verify`] then says [`CallbackError::Missing`], and [`Event::unverified`] reads what only the secrecy of
//! your address protects. And the question for a viewer's points ([`EventKind::PointsQuery`]) is signed over all its
//! fields, with `ts` for the time. It must have exactly the documented ones (only `sessionId` may be missing or empty),
//! in the query or a form, and no JSON body.
//!
//! The vendor joins names and values of that question without a mark, so **borders between its signed fields can still be
//! moved**: under the signature of a viewer called `xts1700000000000viewerIdotherviewerNamen`, another viewer and time can
//! be read, with a strange `channelId`. Compare `appId`, `channelId` and `sessionId` with what you know, and do nothing
//! but answer with a number of points.
//!
//! # Which event it is
//!
//! The vendor does not say it in the request: give each kind an address of its own, and read with [`Event::of`] what comes
//! there. [`Event::kind`] alone is what the fields look like (inferred); a kind whose fields are not documented is
//! [`EventKind::Unknown`], with all fields kept. The table on [`EventKind`] has all 34 that the vendor names.
//!
//! # Answering, repeats, order
//!
//! Most events are a GET with everything in the query; AI courseware is a POST with `timestamp` and `sign` in the query
//! and a JSON body. Answer 200 at once and work afterwards. Events of streams, recordings and playbacks are not repeated;
//! AI courseware is, up to three times, until the answer is 200. For the others nothing is documented, nor is any order.
//! The points query wants a [`PointsAnswer`].
//!
//! No event has an id: [`Verified::replay_key`] is a hash of all fields and the body, without `timestamp` and `sign`.
//! Where a recording comes as m3u8 and as mp4, that is two events. As none of this is signed, also let a second event with
//! the same [`Event::dedup_key`] do nothing.

mod details;
mod event;
mod fields;
mod kind;
mod points;
#[cfg(feature = "test-util")]
mod test_util;
mod verifier;

pub use details::{
    AiPptVideo, ChildUser, Details, GroupQuotaNotice, LiveStatus, MergeFailure, Outcome, Playback, PointsQuery,
    RecordFormat, RecordGenerated, RecordMerged, RecordMergedMp4, RecordOrigin, SessionPart, StreamState,
    SubtitleContent, SubtitleInfo,
};
pub use event::Event;
pub use kind::EventKind;
pub use livecloud_core::callback::{CallbackError, CallbackEvent, Inbound, Staleness, Verified};
pub use points::PointsAnswer;
#[cfg(feature = "test-util")]
pub use test_util::{sign_for_test, sign_points_query_for_test};
pub use verifier::Verifier;

pub(crate) use fields::Fields;
pub(crate) use verifier::signed_at;
