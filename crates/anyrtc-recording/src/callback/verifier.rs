//! The check of a notice's signature.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use hmac::{Hmac, KeyInit, Mac};
use livecloud_core::Secret;
use livecloud_core::callback::{CallbackError, Inbound, Verified, check_freshness, check_hex};
use sha1::{Digest, Sha1};

use super::event::{Event, members, notice_id, notify_ms};

/// The header that carries the signature.
pub(super) const HEADER: &str = "ar-signature";

/// Checks notices with one secret. `Debug` does not show it.
#[derive(Debug, Clone)]
pub struct Verifier {
    secret: Secret,
    tolerance: Option<Duration>,
}

impl Verifier {
    /// With the secret that anyRTC gave you for notifications; it is not the customer's. An empty one accepts nothing.
    #[must_use]
    pub fn new(secret: impl Into<String>) -> Self {
        Self { secret: Secret::new(secret), tolerance: None }
    }

    /// Also holds `notifyMs` against `now`, before and after; a notice without it is then refused.
    ///
    /// Off by default: that `notifyMs` is renewed when a notice is repeated is not documented. Ten minutes leave room
    /// for all three attempts (inferred).
    #[must_use]
    pub fn tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = Some(tolerance);
        self
    }

    /// Checks the signature of the raw body; `now` matters only with a [`tolerance`](Self::tolerance).
    pub fn verify(&self, inbound: Inbound<'_>, now: SystemTime) -> Result<Verified<Event>, CallbackError> {
        if inbound.headers.get_all(HEADER).iter().nth(1).is_some() {
            return Err(CallbackError::Malformed("Ar-Signature is given twice".to_owned()));
        }
        let given = inbound.header(HEADER).ok_or(CallbackError::Missing("Ar-Signature"))?;
        if self.secret.is_empty() {
            return Err(CallbackError::Mismatch);
        }
        check_hex(&digest(self.secret.expose(), inbound.body)?, given)?;

        let fields = members(inbound.body).unwrap_or_default();
        if let Some(tolerance) = self.tolerance {
            let millis = notify_ms(&fields).and_then(|millis| u64::try_from(millis).ok());
            let sent = millis.and_then(|millis| UNIX_EPOCH.checked_add(Duration::from_millis(millis)));
            check_freshness(sent.ok_or(CallbackError::Missing("notifyMs"))?, now, tolerance)?;
        }
        let replay_key = notice_id(&fields).unwrap_or_else(|| hex::encode(Sha1::digest(inbound.body)));
        Ok(Verified::new(inbound, replay_key))
    }
}

/// HMAC-SHA1 over the body.
pub(super) fn digest(secret: &str, body: &[u8]) -> Result<[u8; 20], CallbackError> {
    // every length of key is legal
    let mut mac = Hmac::<Sha1>::new_from_slice(secret.as_bytes()).map_err(|_| CallbackError::Mismatch)?;
    mac.update(body);
    Ok(mac.finalize().into_bytes().into())
}
