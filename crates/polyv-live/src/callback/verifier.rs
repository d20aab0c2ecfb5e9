//! The check of a callback's signature and time.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use livecloud_core::Secret;
use livecloud_core::callback::{CallbackError, Inbound, Verified, check_freshness, check_hex};
use livecloud_core::signing::Sorted;
use md5::{Digest, Md5};
use serde_json::Value;
use sha2::Sha256;

use super::event::Event;
use super::fields::Fields;

/// Checks callbacks of one account. `Debug` does not show the secret.
#[derive(Debug, Clone)]
pub struct Verifier {
    secret: Secret,
    tolerance: Duration,
}

impl Verifier {
    /// How far `timestamp` may be from `now`, before and after. Inferred: the vendor names no limit.
    pub const TOLERANCE: Duration = Duration::from_secs(300);

    /// With the account's `appSecret`. An empty one accepts nothing.
    #[must_use]
    pub fn new(app_secret: impl Into<String>) -> Self {
        Self { secret: Secret::new(app_secret), tolerance: Self::TOLERANCE }
    }

    /// Another tolerance than [`Self::TOLERANCE`].
    #[must_use]
    pub fn tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// Checks the signature, then its time. Of an event both are looked for in the query, then in the body; a points query
    /// (with `ts` and no `timestamp`) may have no JSON body, and none but the documented fields.
    pub fn verify(&self, inbound: Inbound<'_>, now: SystemTime) -> Result<Verified<Event>, CallbackError> {
        let fields = Fields::read(inbound.query(), inbound.body)?;
        let given = fields.only("sign")?.ok_or(CallbackError::Missing("sign"))?;
        let (digest, time) = match (fields.only("timestamp")?, fields.only("ts")?) {
            (Some(timestamp), _) => (event_digest(self.secret.expose(), &timestamp), timestamp),
            // only pairs are signed: a time out of the body would be anyone's
            (None, Some(ts)) if fields.has_pair("ts") => {
                check_points_query(&fields)?;
                (query_digest(self.secret.expose(), &fields.pairs)?, ts)
            }
            (None, _) => return Err(CallbackError::Missing("timestamp")),
        };
        if self.secret.is_empty() {
            return Err(CallbackError::Mismatch);
        }
        check_hex(&digest, &given)?;
        check_freshness(signed_at(&time)?, now, self.tolerance)?;
        Ok(Verified::new(inbound, replay_key(fields)))
    }
}

/// Events: the secret and the time.
pub(super) fn event_digest(secret: &str, timestamp: &str) -> [u8; 16] {
    let mut md5 = Md5::new();
    md5.update(secret);
    md5.update(timestamp);
    md5.finalize().into()
}

/// The points query: every field that is not empty, between two copies of the secret, as in the account's own requests.
pub(super) fn query_digest(secret: &str, pairs: &[(String, String)]) -> Result<[u8; 16], CallbackError> {
    let signed = pairs.iter().filter(|(name, _)| name != "sign").map(|(name, value)| (name.as_str(), value.as_str()));
    let sorted =
        Sorted::new(signed).map_err(|_| CallbackError::Malformed("a signed field is given twice".to_owned()))?;
    let mut md5 = Md5::new();
    sorted.feed_between(secret, |piece| md5.update(piece));
    Ok(md5.finalize().into())
}

/// Requests of the account are signed by the same rule, and names and values are joined without a mark: only exactly the
/// documented fields are a points query, and nothing beside what is signed.
fn check_points_query(fields: &Fields) -> Result<(), CallbackError> {
    const NAMES: [&str; 7] = ["appId", "channelId", "sessionId", "sign", "ts", "viewerId", "viewerName"];
    if !fields.body.is_null() {
        return Err(CallbackError::Malformed("a points query has a JSON body, which is not signed".to_owned()));
    }
    if fields.pairs.iter().any(|(name, _)| !NAMES.contains(&name.as_str())) {
        return Err(CallbackError::Malformed("a points query has a field that is not documented".to_owned()));
    }
    for name in NAMES {
        if fields.only(name)?.is_none() && name != "sessionId" {
            return Err(CallbackError::Missing(name));
        }
    }
    Ok(())
}

/// Digits only: MD5 over a secret and what follows can be continued by whoever has seen one, but not in digits.
pub(crate) fn signed_at(millis: &str) -> Result<SystemTime, CallbackError> {
    let digits = millis.bytes().all(|byte| byte.is_ascii_digit());
    let since = millis.parse().ok().filter(|_| digits).map(Duration::from_millis);
    let time = since.and_then(|since| UNIX_EPOCH.checked_add(since));
    time.ok_or_else(|| CallbackError::Malformed("the timestamp is no number of milliseconds".to_owned()))
}

/// All that was sent, without what is new in every delivery.
fn replay_key(fields: Fields) -> String {
    let (mut pairs, mut body) = (fields.pairs, fields.body);
    if let Some(members) = body.as_object_mut().filter(|members| members.contains_key("sign")) {
        members.retain(|name, _| name != "sign" && name != "timestamp");
    }
    pairs.retain(|(name, _)| name != "sign" && name != "timestamp");
    pairs.sort();
    let text = Value::from(vec![serde_json::json!(pairs), body]).to_string();
    hex::encode(Sha256::digest(text))
}
