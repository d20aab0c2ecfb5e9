//! One request, and everything its answer may depend on.

use std::{sync::Arc, time::Duration, time::SystemTime};

use bytes::Bytes;
use http::{HeaderMap, Method, header::CONTENT_TYPE, request::Parts};
use serde_json::{Map, Value};

use crate::{
    clock,
    multipart::{self, Upload},
    settings::Settings,
    wire::{self, Pairs},
};

/// A request as it was received, with the time at which the simulated vendor received it.
#[derive(Debug)]
pub(crate) struct Call {
    /// Counts all requests of the simulator, from 1; request ids are made of it.
    pub(crate) serial: u64,
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) segments: Vec<String>,
    /// Values of the path's placeholders, once the route is known.
    pub(crate) places: Vec<(&'static str, String)>,
    pub(crate) query: Pairs,
    /// A form, or the text parts of a multipart body.
    pub(crate) form: Pairs,
    /// The files of a multipart body.
    pub(crate) files: Vec<Upload>,
    /// Members of the JSON body, once the fields are checked.
    pub(crate) json: Map<String, Value>,
    /// Entries of the body if it is a bare array, once they are checked.
    pub(crate) items: Vec<Value>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Query or form could not be decoded.
    pub(crate) malformed: bool,
    /// Wall time at the vendor.
    pub(crate) now: SystemTime,
    /// Monotonic time.
    pub(crate) elapsed: Duration,
    pub(crate) settings: Arc<Settings>,
}

impl Call {
    pub(crate) fn read(
        parts: Parts,
        body: Bytes,
        settings: Arc<Settings>,
        serial: u64,
        now: SystemTime,
        elapsed: Duration,
    ) -> Self {
        let path = parts.uri.path();
        let query = wire::pairs(parts.uri.query().unwrap_or_default().as_bytes());
        let fields = match media_type(&parts.headers).as_deref() {
            Some("application/x-www-form-urlencoded") => wire::pairs(&body).map(|form| (form, Vec::new())),
            Some("multipart/form-data") => multipart::read(&header(&parts.headers, &CONTENT_TYPE), &body),
            _ => Ok(Default::default()),
        };
        let segments = wire::segments(path);
        let malformed = query.is_err() || fields.is_err() || segments.is_err();
        let (form, files) = fields.unwrap_or_default();
        Self {
            serial,
            method: parts.method,
            path: path.to_owned(),
            malformed,
            segments: segments.unwrap_or_default(),
            places: Vec::new(),
            query: query.unwrap_or_default(),
            form,
            files,
            json: Map::new(),
            items: Vec::new(),
            headers: parts.headers,
            body,
            now,
            elapsed,
            settings,
        }
    }

    /// A placeholder of the path; empty when the route has none of that name.
    pub(crate) fn place(&self, name: &str) -> &str {
        self.places.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }

    /// A header's text.
    pub(crate) fn header(&self, name: http::header::HeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Milliseconds since 1970 at the vendor.
    pub(crate) fn unix_millis(&self) -> i64 {
        clock::unix_millis(self.now)
    }

    /// Text member of the JSON body, empty if absent.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.json.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// The media type of the body, without its parameters, in lower case.
    pub(crate) fn media_type(&self) -> Option<String> {
        media_type(&self.headers)
    }
}

fn header(headers: &HeaderMap, name: &http::header::HeaderName) -> String {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

/// The media type without its parameters, in lower case.
fn media_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    value.split(';').next().map(|kind| kind.trim().to_ascii_lowercase())
}
