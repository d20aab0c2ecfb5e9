//! The check of a callback's signature and time.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use livecloud_core::Secret;
use livecloud_core::callback::{CallbackError, Inbound, Verified, check_freshness, check_hex};
use serde_json::Value;
use sha1::{Digest, Sha1};

use super::body::{self, Signed};
use super::event::{Event, identity};

/// Checks callbacks of one project. `Debug` does not show the secret.
#[derive(Debug, Clone)]
pub struct Verifier {
    secret: Secret,
    tolerance: Duration,
}

impl Verifier {
    /// How far `Timestamp` may be from `now`, before and after. The vendor names no limit; this one is inferred from the
    /// ten minutes that a signature of a request lives.
    pub const TOLERANCE: Duration = Duration::from_secs(600);

    /// With the project's `CallbackSecret`, which is neither `ServerSecret` nor `AppSign`. An empty one accepts nothing.
    #[must_use]
    pub fn new(callback_secret: impl Into<String>) -> Self {
        Self { secret: Secret::new(callback_secret), tolerance: Self::TOLERANCE }
    }

    /// Another tolerance than [`Self::TOLERANCE`].
    #[must_use]
    pub fn tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// Checks the signature, then its time. Only the body is looked at; a body that is no JSON is malformed, and so is a
    /// `Timestamp` that does not have ten digits. That the time is fresh is only a hint: see
    /// [what is signed](crate::callback#what-is-signed).
    pub fn verify(&self, inbound: Inbound<'_>, now: SystemTime) -> Result<Verified<Event>, CallbackError> {
        let plain = body::plain(inbound.body);
        let signed = Signed::read(&plain)?;
        if self.secret.is_empty() {
            return Err(CallbackError::Mismatch);
        }
        check_hex(&signed.digest(self.secret.expose()), &signed.signature)?;
        check_freshness(sent_at(&signed.timestamp)?, now, self.tolerance)?;
        Ok(Verified::new(inbound, replay_key(&plain)?))
    }
}

/// `Timestamp` counts seconds, in ten digits from 2001 until 2286. No other number of them: the border between time and
/// nonce is not signed, and this leaves few places for it.
fn sent_at(timestamp: &str) -> Result<SystemTime, CallbackError> {
    let digits = timestamp.len() == 10 && timestamp.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = timestamp.parse().ok().filter(|_| digits).map(Duration::from_secs);
    let time = seconds.and_then(|since| UNIX_EPOCH.checked_add(since));
    time.ok_or_else(|| CallbackError::Malformed("Timestamp is no number of seconds in ten digits".into()))
}

/// Short whatever the event holds.
fn replay_key(plain: &[u8]) -> Result<String, CallbackError> {
    let mut fields = body::members(plain)?;
    // new in every delivery
    fields.retain(|name, _| !["Timestamp", "Nonce", "Signature"].contains(&name.as_str()));
    let identity = identity(&fields).unwrap_or(Value::Object(fields));
    Ok(hex::encode(Sha1::digest(identity.to_string())))
}
