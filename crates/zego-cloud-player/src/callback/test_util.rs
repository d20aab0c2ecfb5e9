//! Callbacks for tests of receivers.

use std::time::SystemTime;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method, Request};
use livecloud_core::unix_millis;
use serde_json::Value;

use super::body::digest;

/// The request with which ZEGO would deliver an event: `Nonce`, `Timestamp` and `Signature` are added to its members. The
/// verifier accepts times from 2001-09-09 until 2286-11-20 only, which have ten digits.
///
/// # Panics
///
/// When the event is no JSON object.
#[must_use]
pub fn sign_for_test(secret: &str, event: Value, now: SystemTime, nonce: &str) -> Request<Bytes> {
    let Value::Object(mut members) = event else { panic!("an event is a JSON object") };
    let timestamp = (unix_millis(now) / 1000).to_string();
    let signature = hex::encode(digest(secret, &timestamp, nonce));
    let signed = [("Nonce", nonce.to_owned()), ("Timestamp", timestamp), ("Signature", signature)];
    members.extend(signed.map(|(name, value)| (name.to_owned(), Value::from(value))));

    let mut request = Request::new(Bytes::from(Value::Object(members).to_string()));
    *request.method_mut() = Method::POST;
    request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    request
}
