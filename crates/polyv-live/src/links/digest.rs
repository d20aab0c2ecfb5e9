//! The one recipe of all three conditions, and addresses that parameters are added to.

use std::time::{Duration, SystemTime};

use livecloud_core::callback::{CallbackError, Inbound, check_freshness, check_hex};
use livecloud_core::wire::Url;
use livecloud_core::{Error, Secret, is_http_url};
use md5::{Digest, Md5};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::Sha256;

use crate::callback::{Fields, signed_at};

/// How long the vendor takes a signature, and so do we.
pub(super) const LIFE: Duration = Duration::from_secs(180);

const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Key, who or what, key again, time.
pub(super) fn digest(key: &Secret, id: &str, ts: &str) -> [u8; 16] {
    let mut md5 = Md5::new();
    for piece in [key.expose(), id, key.expose(), ts] {
        md5.update(piece);
    }
    md5.finalize().into()
}

/// Lower case, as the vendor's samples have it. An empty key would sign for anyone.
pub(super) fn sign(key: &Secret, id: &str, ts: &str) -> Result<String, Error> {
    if key.is_empty() {
        return Err(Error::config("the key of the watch condition is empty"));
    }
    Ok(hex::encode(digest(key, id, ts)))
}

/// A question of the vendor, checked.
pub(super) struct Question {
    pub(super) fields: Fields,
    pub(super) id: String,
    pub(super) signed: SystemTime,
    /// Equal for every use of one signature.
    pub(super) replay_key: String,
}

/// Checks a question about `id` that is signed in the field `sign`, then its time.
pub(super) fn verify(
    key: &Secret,
    inbound: Inbound<'_>,
    [id, sign]: [&'static str; 2],
    now: SystemTime,
) -> Result<Question, CallbackError> {
    let fields = Fields::read(inbound.query(), b"")?;
    let required = |name| fields.only(name)?.ok_or(CallbackError::Missing(name));
    let (id, ts, given) = (required(id)?, required("ts")?, required(sign)?);
    if key.is_empty() {
        return Err(CallbackError::Mismatch);
    }
    check_hex(&digest(key, &id, &ts), &given)?;
    let signed = signed_at(&ts)?;
    check_freshness(signed, now, LIFE)?;
    let replay_key = hex::encode(Sha256::digest(given.to_ascii_lowercase()));
    Ok(Question { fields, id, signed, replay_key })
}

/// An address with more parameters, before its fragment.
pub(super) fn extended(field: &'static str, page: &str, params: &[(&str, String)]) -> Result<Url, Error> {
    let refused = |rule| Error::invalid_field(field, rule, "W02");
    if !is_http_url(page) {
        return Err(refused("must be an absolute http:// or https:// address"));
    }
    let (address, fragment) = page.split_at(page.find('#').unwrap_or(page.len()));
    let query = address.split_once('?').map(|(_, query)| query);
    let has = |name: &str| query.is_some_and(|query| Fields::names(query).any(|own| own == name));
    if params.iter().any(|(name, _)| has(name)) {
        return Err(refused("must not have a parameter of the link already"));
    }

    let mut url = address.to_owned();
    let mut mark = match query {
        None => "?",
        Some("") => "",
        Some(query) if query.ends_with('&') => "",
        Some(_) => "&",
    };
    for (name, value) in params {
        url.extend([mark, name, "="]);
        url.extend(utf8_percent_encode(value, ENCODED));
        mark = "&";
    }
    url.push_str(fragment);
    Ok(url.into())
}
