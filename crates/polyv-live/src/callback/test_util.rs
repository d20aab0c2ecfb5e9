//! Callbacks for tests of receivers.

use std::time::SystemTime;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method, Request, Uri};
use livecloud_core::unix_millis;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::verifier::{event_digest, query_digest};

/// The request with which POLYV would deliver an event: a GET, or a POST where there is a (JSON) body. `timestamp` and
/// `sign` are added to the query; no nonce takes part.
///
/// # Panics
///
/// When the fields make an address longer than 64 KiB.
#[must_use]
pub fn sign_for_test(secret: &str, fields: &[(&str, &str)], body: impl Into<Bytes>, now: SystemTime) -> Request<Bytes> {
    let timestamp = unix_millis(now).to_string();
    let sign = hex::encode(event_digest(secret, &timestamp));
    let mut pairs = owned(fields);
    pairs.extend([("timestamp".to_owned(), timestamp), ("sign".to_owned(), sign)]);
    request(&pairs, body.into())
}

/// The request with which POLYV would ask for a viewer's points: `ts` and `sign` are added to the query. The
/// verifier accepts it with `channelId`, `viewerId`, `viewerName`, `appId` and perhaps `sessionId`.
///
/// # Panics
///
/// When a field is given twice, or the fields make an address longer than 64 KiB.
#[must_use]
pub fn sign_points_query_for_test(secret: &str, fields: &[(&str, &str)], now: SystemTime) -> Request<Bytes> {
    let mut pairs = owned(fields);
    pairs.push(("ts".to_owned(), unix_millis(now).to_string()));
    let Ok(digest) = query_digest(secret, &pairs) else { panic!("a field is given twice") };
    pairs.push(("sign".to_owned(), hex::encode_upper(digest)));
    request(&pairs, Bytes::new())
}

fn owned(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn request(pairs: &[(String, String)], body: Bytes) -> Request<Bytes> {
    let encoded = |text| utf8_percent_encode(text, NON_ALPHANUMERIC);
    let query: Vec<_> = pairs.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    let Ok(uri) = Uri::try_from(format!("/?{}", query.join("&"))) else { panic!("the address is too long") };

    let posted = !body.is_empty();
    let mut request = Request::new(body);
    *request.uri_mut() = uri;
    if posted {
        *request.method_mut() = Method::POST;
        request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    request
}
