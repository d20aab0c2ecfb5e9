//! The part of inbound callbacks that all vendors share: what arrives, what can be wrong with it, and comparing digests.
//!
//! Each vendor crate verifies in two steps: `verify(Inbound) -> Verified`, then [`Verified::event`]. No web framework
//! is involved: hand over address, headers and the raw body as they came.

use std::fmt;
use std::marker::PhantomData;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use subtle::ConstantTimeEq;

/// A callback as it came in. `Debug` shows no content.
#[derive(Clone, Copy)]
pub struct Inbound<'a> {
    /// Path and query of the request, still encoded; empty if a vendor sends everything in the body.
    pub uri: &'a str,
    /// The headers.
    pub headers: &'a http::HeaderMap,
    /// The raw body. Never a re-serialised one: signatures cover bytes.
    pub body: &'a [u8],
}

impl<'a> Inbound<'a> {
    /// The text of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&'a str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The query part of the address, still encoded.
    #[must_use]
    pub fn query(&self) -> &'a str {
        self.uri.split_once('?').map_or("", |(_, query)| query)
    }
}

impl fmt::Debug for Inbound<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Inbound({} headers, {} bytes)", self.headers.len(), self.body.len())
    }
}

/// Why a callback was not accepted. Never holds the expected signature.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CallbackError {
    /// A part that the signature needs is missing. Answer 400.
    #[error("callback has no {0}")]
    Missing(&'static str),
    /// The signature does not fit. Answer 401 and do nothing: anyone may have sent it.
    #[error("callback signature does not match")]
    Mismatch,
    /// Signed too long ago, or too far in the future. Answer 401: it may be a replay, or a clock is off.
    #[error("callback was signed {}", .0)]
    Stale(Staleness),
    /// Not readable, signed or not. Answer 400 and look at it.
    #[error("callback cannot be read: {0}")]
    Malformed(String),
}

/// On which side of the tolerance a callback's time lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Staleness {
    /// Longer ago than tolerated.
    Old,
    /// Further ahead than tolerated.
    Future,
}

impl fmt::Display for Staleness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Old => "too long ago",
            Self::Future => "in the future",
        })
    }
}

/// Reads an event out of a verified callback.
pub trait CallbackEvent: Sized {
    /// Reads it. An unknown kind of event is kept, not refused.
    fn parse(verified: &Verified<Self>) -> Result<Self, CallbackError>;
}

/// A callback whose signature was checked.
pub struct Verified<E> {
    uri: String,
    body: Bytes,
    replay_key: String,
    event: PhantomData<fn() -> E>,
}

impl<E> Verified<E> {
    /// Made by a vendor crate after its check.
    #[must_use]
    pub fn new(inbound: Inbound<'_>, replay_key: String) -> Self {
        let body = Bytes::copy_from_slice(inbound.body);
        Self { uri: inbound.uri.to_owned(), body, replay_key, event: PhantomData }
    }

    /// Equal for every delivery of one event, different for different events: keep it to drop repeats.
    #[must_use]
    pub fn replay_key(&self) -> &str {
        &self.replay_key
    }

    /// Path and query, still encoded.
    #[must_use]
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// The raw body.
    #[must_use]
    pub const fn body(&self) -> &Bytes {
        &self.body
    }
}

impl<E: CallbackEvent> Verified<E> {
    /// Reads the event.
    pub fn event(&self) -> Result<E, CallbackError> {
        E::parse(self)
    }
}

impl<E> fmt::Debug for Verified<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Verified({} bytes)", self.body.len())
    }
}

/// Compares a digest with its hex text, in constant time and either letter case.
pub fn check_hex(digest: &[u8], given: &str) -> Result<(), CallbackError> {
    let given = hex::decode(given).map_err(|_| CallbackError::Mismatch)?;
    if bool::from(digest.ct_eq(&given)) { Ok(()) } else { Err(CallbackError::Mismatch) }
}

/// Holds a callback's signed time against a tolerance on both sides of `now`.
pub fn check_freshness(signed: SystemTime, now: SystemTime, tolerance: Duration) -> Result<(), CallbackError> {
    match now.duration_since(signed) {
        Ok(age) if age > tolerance => Err(CallbackError::Stale(Staleness::Old)),
        Err(ahead) if ahead.duration() > tolerance => Err(CallbackError::Stale(Staleness::Future)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    #[test]
    fn digests_match_in_either_case_and_nothing_else_does() {
        let digest = [0xab, 0xcd];
        assert_eq!(check_hex(&digest, "abcd"), Ok(()));
        assert_eq!(check_hex(&digest, "ABCD"), Ok(()));
        for wrong in ["", "abce", "abc", "abcdef", "zz"] {
            assert_eq!(check_hex(&digest, wrong), Err(CallbackError::Mismatch), "{wrong}");
        }
    }

    #[test]
    fn times_are_held_against_the_tolerance_on_both_sides() {
        let now = UNIX_EPOCH + Duration::from_secs(1_000);
        let minute = Duration::from_secs(60);
        assert_eq!(check_freshness(now - minute, now, minute), Ok(()));
        assert_eq!(check_freshness(now + minute, now, minute), Ok(()));
        let second = Duration::from_secs(1);
        assert_eq!(check_freshness(now - minute - second, now, minute), Err(CallbackError::Stale(Staleness::Old)));
        assert_eq!(check_freshness(now + minute + second, now, minute), Err(CallbackError::Stale(Staleness::Future)));
    }

    #[test]
    fn an_event_is_read_after_the_check_and_debug_shows_no_content() {
        #[derive(Debug, PartialEq)]
        struct Length(usize);
        impl CallbackEvent for Length {
            fn parse(verified: &Verified<Self>) -> Result<Self, CallbackError> {
                Ok(Self(verified.body().len()))
            }
        }
        let headers = http::HeaderMap::new();
        let inbound = Inbound { uri: "/hook?sign=SECRET", headers: &headers, body: b"SECRET" };
        let verified = Verified::<Length>::new(inbound, "key".into());
        assert_eq!(verified.event(), Ok(Length(6)));
        assert_eq!(inbound.query(), "sign=SECRET");
        assert!(!format!("{inbound:?} {verified:?}").contains("SECRET"));
    }
}
