//! What POLYV VOD v3 and POLYV Live have in common: the signature.

use std::time::Duration;

use http::Method;
use md5::{Digest, Md5};
use serde_json::{Map, Value};
use sha2::Sha256;

use crate::{
    answer::Answer,
    call::Call,
    fields::{Field, Table, text, whole, words},
    operation::{Operation, Quota, Shape},
    world::World,
};

/// Accepted difference between the signed time and the vendor's, in milliseconds.
const TOLERANCE: u64 = 3 * 60 * 1000;

/// The vendor counts per source address; every caller here has the same one.
pub(crate) const QUOTA: Quota = Quota { most: 1500, window: Duration::from_secs(10) };

/// Parameters of every signed call.
pub(crate) const COMMON: &[Field] = &[
    text("appId").required(),
    whole("timestamp", 0, i64::MAX).required(),
    text("sign").required(),
    words("signatureMethod", &["MD5", "SHA256"]),
    text("signatureNonce"),
    text("requestId"),
];

type Act = fn(&mut World, &Call) -> Answer;

/// A row whose parameters all travel in the query.
pub(crate) const fn get(name: &'static str, path: &'static str, query: Table, act: Act) -> Operation {
    Operation { name, method: Method::GET, path, query, body: Shape::Empty, quota: QUOTA, act }
}

/// A row whose parameters all travel in the form.
pub(crate) const fn post(name: &'static str, path: &'static str, form: Table, act: Act) -> Operation {
    Operation { name, method: Method::POST, path, query: &[], body: Shape::Form(form), quota: QUOTA, act }
}

/// Why a signed call is not admitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    NoAppId,
    NoTimestamp,
    Timestamp,
    UnknownApp,
    Signature,
}

/// The app id of a call, whether it is known or not.
pub(crate) fn app_id(call: &Call) -> Option<&str> {
    call.query.filled("appId").or_else(|| call.form.filled("appId"))
}

/// Checks time and signature of everything that travels in the query or in a form.
pub(crate) fn verify(call: &Call, is_known: impl FnOnce(&str) -> bool, secret: &str) -> Result<(), Refusal> {
    let value = |name| call.query.filled(name).or_else(|| call.form.filled(name));
    let app_id = value("appId").ok_or(Refusal::NoAppId)?;
    let timestamp = value("timestamp").ok_or(Refusal::NoTimestamp)?;
    let signed_at = timestamp.parse::<i64>().map_err(|_| Refusal::Timestamp)?;
    if call.unix_millis().abs_diff(signed_at) > TOLERANCE {
        return Err(Refusal::Timestamp);
    }
    if !is_known(app_id) {
        return Err(Refusal::UnknownApp);
    }
    let pairs = call.query.iter().chain(call.form.iter());
    let expected = sign(pairs, secret);
    if value("sign") == Some(expected.as_str()) { Ok(()) } else { Err(Refusal::Signature) }
}

/// The secret, all non-empty parameters sorted by name, the secret again; upper-case hex of the digest.
pub(crate) fn sign<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>, secret: &str) -> String {
    let mut pairs: Vec<_> = pairs.filter(|(name, value)| *name != "sign" && !value.is_empty()).collect();
    pairs.sort_unstable();
    let with_sha256 = pairs.contains(&("signatureMethod", "SHA256"));
    let middle: String = pairs.into_iter().flat_map(|(name, value)| [name, value]).collect();
    let text = format!("{secret}{middle}{secret}");
    if with_sha256 { hex::encode_upper(Sha256::digest(text)) } else { hex::encode_upper(Md5::digest(text)) }
}

/// Query parameters of a callback, without those the sender adds; numbers travel as text.
pub(crate) fn parameters(fields: Map<String, Value>) -> Vec<(String, String)> {
    let text = |value| if let Value::String(text) = value { text } else { value.to_string() };
    let own = fields.into_iter().filter(|(name, _)| !["sign", "timestamp"].contains(&name.as_str()));
    own.map(|(name, value)| (name, text(value))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "demo-secret-0123456789abcdef";

    #[test]
    fn the_sandwich_vectors_come_out() {
        let minimal = [("appId", "demoApp01"), ("timestamp", "1700000000000")];
        assert_eq!(sign(minimal.into_iter(), SECRET), "D9F5296D646C25E9F895B76AD5C6B0B1");
        let empty = [
            ("timestamp", "1700000000000"),
            ("streamCallbackUrl", ""),
            ("recordCallbackVideoType", "m3u8"),
            ("sign", "whatever"),
            ("channelId", "2191569"),
            ("appId", "demoApp01"),
        ];
        assert_eq!(sign(empty.into_iter(), SECRET), "2F7540B37EEC2E18DAA8F6A40E0F560C");
        let emoji = [
            ("appId", "demoApp01"),
            ("timestamp", "1700000000000"),
            ("content", "直播🎉 café 𠮷野家"),
            ("nickname", "ÄÖÜß"),
        ];
        assert_eq!(sign(emoji.into_iter(), SECRET), "960B7D3C749496500D76818D8A2A551A");
    }

    #[test]
    fn upper_case_names_sort_before_lower_case_ones() {
        let pairs =
            [("alpha", "2"), ("Zeta", "1"), ("Beta", "3"), ("timestamp", "1700000000123"), ("appId", "demoAppId9")];
        assert_eq!(sign(pairs.into_iter(), "DemoSubSecret02"), "84E9CDC34A2C25D2C0E9E2A136AA4880");
    }

    #[test]
    fn sha256_signs_its_own_name() {
        let pairs = [
            ("appId", "demoApp01"),
            ("timestamp", "1700000000000"),
            ("channelId", "2149813"),
            ("signatureMethod", "SHA256"),
        ];
        assert_eq!(sign(pairs.into_iter(), SECRET), "8E706C2F59B4134A4E1D5A24652E5559C33B7089678CD2492888856CD9396AA9");
    }
}
