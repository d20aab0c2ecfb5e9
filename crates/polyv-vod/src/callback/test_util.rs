//! Callbacks for tests of receivers.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method, Request, Uri};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::fields::Fields;
use super::verifier::{digest, signed_texts};

/// The request with which POLYV would deliver an event: a GET with these fields, or a POST where there is a JSON body.
/// `sign` is added to the query; neither time nor nonce take part.
///
/// # Panics
///
/// When a signed field is missing, the body is no JSON object, or the fields make an address longer than 64 KiB.
#[must_use]
pub fn sign_for_test(secret: &str, fields: &[(&str, &str)], body: impl Into<Bytes>) -> Request<Bytes> {
    let body = body.into();
    let encoded = |text| utf8_percent_encode(text, NON_ALPHANUMERIC);
    let mut pairs: Vec<_> =
        fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();

    let read = Fields::read(&pairs.join("&"), &body);
    let text = match read.and_then(|fields| signed_texts(&fields)).map(|texts| texts.into_iter().next()) {
        Ok(Some(text)) => text,
        Ok(None) => panic!("such an event has no signature"),
        Err(error) => panic!("{error}"),
    };
    pairs.push(format!("sign={}", hex::encode(digest(secret, &text))));
    let Ok(uri) = Uri::try_from(format!("/?{}", pairs.join("&"))) else { panic!("the address is too long") };

    let posted = !body.is_empty();
    let mut request = Request::new(body);
    *request.uri_mut() = uri;
    if posted {
        *request.method_mut() = Method::POST;
        request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    request
}
