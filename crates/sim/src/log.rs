//! The record of what arrived and what was answered.

use bytes::Bytes;
use http::HeaderMap;
use serde_json::Value;

use crate::vendors::Vendor;

/// One request, recorded as it arrived.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Recorded {
    /// Whose port it came to.
    pub vendor: Vendor,
    /// The operation's name; `None` for a path, method or action nobody knows.
    pub operation: Option<&'static str>,
    /// HTTP method.
    pub method: String,
    /// Path, still percent-encoded.
    pub path: String,
    /// Query pairs, decoded, in the order sent.
    pub query: Vec<(String, String)>,
    /// Form pairs, decoded, in the order sent; empty unless the body was announced as a form.
    pub form: Vec<(String, String)>,
    /// Headers.
    pub headers: HeaderMap,
    /// Body bytes.
    pub body: Bytes,
    /// HTTP status of the answer; `None` if the connection was dropped before any byte of an answer.
    pub status: Option<u16>,
    /// The vendor's code in the answer, as text: ZEGO's `Code`, POLYV's `error.code` or `code`, anyRTC's business code.
    pub code: Option<String>,
    /// Whether the call changed the vendor's state. An accepted but outdated ZEGO update does not.
    pub applied: bool,
}

impl Recorded {
    /// The first query value of that name.
    pub fn query(&self, name: &str) -> Option<&str> {
        first(&self.query, name)
    }

    /// The first form value of that name.
    pub fn form(&self, name: &str) -> Option<&str> {
        first(&self.form, name)
    }

    /// A header's text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The body as JSON; `Null` if it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

fn first<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}
