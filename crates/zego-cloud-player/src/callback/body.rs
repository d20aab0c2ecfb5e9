//! The JSON of a callback, and the three members that make its signature.

use std::borrow::Cow;

use livecloud_core::callback::CallbackError;
use percent_encoding::percent_decode;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use sha1::{Digest, Sha1};

/// What a signature is made of, as it was written.
pub(super) struct Signed<'a> {
    pub(super) timestamp: Cow<'a, str>,
    pub(super) nonce: Cow<'a, str>,
    pub(super) signature: Cow<'a, str>,
}

impl<'a> Signed<'a> {
    /// Reads it from a [`plain`] body.
    pub(super) fn read(plain: &'a [u8]) -> Result<Self, CallbackError> {
        #[derive(Deserialize)]
        struct Members<'a> {
            #[serde(rename = "Timestamp", borrow)]
            timestamp: Option<&'a RawValue>,
            #[serde(rename = "Nonce", borrow)]
            nonce: Option<&'a RawValue>,
            #[serde(rename = "Signature", borrow)]
            signature: Option<&'a RawValue>,
        }
        let members: Members<'a> = serde_json::from_slice(plain).map_err(|_| unreadable())?;
        let given = |value: Option<&'a RawValue>, name| value.and_then(text).ok_or(CallbackError::Missing(name));
        Ok(Self {
            signature: given(members.signature, "Signature")?,
            timestamp: given(members.timestamp, "Timestamp")?,
            nonce: given(members.nonce, "Nonce")?,
        })
    }

    /// The digest that a sender who knows the secret gives.
    pub(super) fn digest(&self, secret: &str) -> [u8; 20] {
        digest(secret, &self.timestamp, &self.nonce)
    }
}

/// SHA-1 over the three texts in byte order, with nothing between them.
pub(super) fn digest(secret: &str, timestamp: &str, nonce: &str) -> [u8; 20] {
    let mut parts = [secret, timestamp, nonce];
    parts.sort_unstable();
    let mut sha1 = Sha1::new();
    for part in parts {
        sha1.update(part);
    }
    sha1.finalize().into()
}

/// The body as JSON text. The vendor's Chinese page has it percent-encoded as a whole; values are never decoded by
/// themselves, because media addresses hold escapes that mean something.
pub(super) fn plain(body: &[u8]) -> Cow<'_, [u8]> {
    let trimmed = body.trim_ascii_start();
    let encoded = trimmed.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(b"%7B"));
    if encoded { percent_decode(trimmed).into() } else { body.into() }
}

/// All members of a [`plain`] body.
pub(super) fn members(plain: &[u8]) -> Result<Map<String, Value>, CallbackError> {
    serde_json::from_slice(plain).map_err(|_| unreadable())
}

/// Words of our own: serde_json's can quote the body.
fn unreadable() -> CallbackError {
    CallbackError::Malformed("the body is no JSON object; ZEGO support can switch callbacks from forms to JSON".into())
}

/// A text, or a number exactly as it was written.
fn text(value: &RawValue) -> Option<Cow<'_, str>> {
    let written = value.get();
    match written.bytes().next()? {
        b'"' => serde_json::from_str::<String>(written).ok().map(Cow::Owned),
        b'-' | b'0'..=b'9' => Some(Cow::Borrowed(written)),
        _ => None,
    }
}
