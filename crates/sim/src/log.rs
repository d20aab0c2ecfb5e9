//! The record of what arrived and what was answered.

use bytes::Bytes;
use http::HeaderMap;
use serde_json::Value;

use crate::{answer::Answer, call::Call, vendor::Vendor};

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
    /// HTTP status of the answer; `None` before there is one, and if the connection was dropped instead.
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

/// The record, in order of arrival.
#[derive(Debug, Default)]
pub(crate) struct Log(Vec<(u64, Recorded)>);

impl Log {
    /// Takes down a request before anything happens to it: its client may not wait for the answer.
    pub(crate) fn arrived(&mut self, vendor: Vendor, operation: Option<&'static str>, call: &Call) {
        let recorded = Recorded {
            vendor,
            operation,
            method: call.method.to_string(),
            path: call.path.clone(),
            query: call.query.0.clone(),
            form: call.form.0.clone(),
            headers: call.headers.clone(),
            body: call.body.clone(),
            status: None,
            code: None,
            applied: false,
        };
        self.0.push((call.serial, recorded));
    }

    /// Completes the entry with what became of the request, unless it has been cleared away.
    pub(crate) fn answered(&mut self, serial: u64, answer: Option<&Answer>, applied: bool) {
        if let Some((_, recorded)) = self.0.iter_mut().rfind(|(known, _)| *known == serial) {
            recorded.status = answer.map(|answer| answer.status.as_u16());
            recorded.code = answer.and_then(|answer| answer.code.clone());
            recorded.applied = applied;
        }
    }

    pub(crate) fn all(&self) -> Vec<Recorded> {
        self.0.iter().map(|(_, recorded)| recorded.clone()).collect()
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}
