//! A transport that answers from a list and remembers what it was asked: for tests without sockets.

use std::collections::{BTreeSet, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::{ReplyCap, Transport};
use crate::error::{TransportError, TransportErrorKind};

impl fmt::Debug for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reply(reply) => write!(f, "Reply({}, {} bytes)", reply.status().as_u16(), reply.body().len()),
            Self::Fail(kind) => write!(f, "Fail({kind:?})"),
            Self::Hang => f.write_str("Hang"),
        }
    }
}

/// What happens to one request.
#[derive(Debug, Clone)]
pub struct Step {
    outcome: Outcome,
    delay: Duration,
}

#[derive(Clone)]
enum Outcome {
    Reply(Box<http::Response<Bytes>>),
    Fail(TransportErrorKind),
    Hang,
}

impl Step {
    fn new(outcome: Outcome) -> Self {
        Self { outcome, delay: Duration::ZERO }
    }

    /// A reply with that status and body, and no headers.
    #[must_use]
    pub fn reply(status: u16, body: impl Into<Bytes>) -> Self {
        let mut reply = http::Response::new(body.into());
        *reply.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self::new(Outcome::Reply(Box::new(reply)))
    }

    /// A 200 reply with that JSON text.
    #[must_use]
    pub fn json(body: impl Into<Bytes>) -> Self {
        Self::reply(200, body).header("content-type", "application/json")
    }

    /// No reply: the transport fails.
    #[must_use]
    pub fn fail(kind: TransportErrorKind) -> Self {
        Self::new(Outcome::Fail(kind))
    }

    /// No reply, ever: only a timeout ends it.
    #[must_use]
    pub fn hang() -> Self {
        Self::new(Outcome::Hang)
    }

    /// Adds a header to the reply; ignored where there is none.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        if let (Outcome::Reply(reply), Ok(value)) = (&mut self.outcome, HeaderValue::from_str(value)) {
            reply.headers_mut().insert(HeaderName::from_static(name), value);
        }
        self
    }

    /// Lets the outcome come after a while of `tokio` time.
    #[must_use]
    pub const fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }
}

/// A request that the transport was asked to send. `Debug` shows no address, header or body: tests print things too.
#[derive(Clone)]
pub struct Sent(http::Request<Bytes>);

impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sent({}, {} bytes)", self.0.method(), self.0.body().len())
    }
}

impl Sent {
    /// The request itself.
    #[must_use]
    pub const fn request(&self) -> &http::Request<Bytes> {
        &self.0
    }

    /// The path, still encoded.
    #[must_use]
    pub fn path(&self) -> &str {
        self.0.uri().path()
    }

    /// A header's text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.0.headers().get(name)?.to_str().ok()
    }

    /// Names and values of the query, decoded, in order.
    #[must_use]
    pub fn query_pairs(&self) -> Vec<(String, String)> {
        pairs(self.0.uri().query().unwrap_or_default())
    }

    /// One decoded query parameter.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<String> {
        find(self.query_pairs(), name)
    }

    /// Names and values of a form body, decoded, in order.
    #[must_use]
    pub fn form_pairs(&self) -> Vec<(String, String)> {
        pairs(&String::from_utf8_lossy(self.0.body()))
    }

    /// One decoded form parameter.
    #[must_use]
    pub fn form(&self, name: &str) -> Option<String> {
        find(self.form_pairs(), name)
    }

    /// Names and contents of the parts of a multipart body, files included, in order.
    #[must_use]
    pub fn parts(&self) -> Vec<(String, Bytes)> {
        let boundary = self.header("content-type").and_then(|kind| kind.split_once("multipart/form-data; boundary="));
        let Some((_, boundary)) = boundary else { return Vec::new() };
        // every part begins after one mark and ends before the next
        let mark = format!("--{boundary}\r\n");
        let end = format!("\r\n--{boundary}");
        let body = self.0.body();
        let mut parts = Vec::new();
        let mut at = 0;
        while let Some(start) = find_bytes(&body[at..], mark.as_bytes()).map(|found| at + found + mark.len()) {
            let head = find_bytes(&body[start..], b"\r\n\r\n").map_or(body.len(), |found| start + found);
            let content = (head + 4).min(body.len());
            at = find_bytes(&body[content..], end.as_bytes()).map_or(body.len(), |found| content + found);
            let disposition = String::from_utf8_lossy(&body[start..head]).into_owned();
            let name = disposition.split("name=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
            parts.push((name.to_owned(), body.slice(content..at)));
        }
        parts
    }

    /// The text of one part of a multipart body.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<String> {
        let (_, content) = self.parts().into_iter().find(|(key, _)| key == name)?;
        Some(String::from_utf8_lossy(&content).into_owned())
    }

    /// Where every parameter went and what it was called, sorted: `query appId`, `form vid`, `multipart file`,
    /// `json list[].width`.
    #[must_use]
    pub fn names(&self) -> BTreeSet<String> {
        let mut names: BTreeSet<_> = self.query_pairs().into_iter().map(|(name, _)| format!("query {name}")).collect();
        if self.header("content-type").is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded")) {
            names.extend(self.form_pairs().into_iter().map(|(name, _)| format!("form {name}")));
        }
        names.extend(self.parts().into_iter().map(|(name, _)| format!("multipart {name}")));
        members("json ", &self.json(), &mut names);
        names
    }

    /// The body as JSON; null where it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(self.0.body()).unwrap_or_default()
    }
}

/// Paths of all members; lists count once, as `name[]`.
fn members(path: &str, value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                let separator = if path.ends_with(' ') { "" } else { "." };
                let path = format!("{path}{separator}{name}");
                members(&path, value, names);
                names.insert(path);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| members(&format!("{path}[]"), item, names)),
        _ => {}
    }
}

fn find_bytes(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn pairs(encoded: &str) -> Vec<(String, String)> {
    let decode = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    encoded
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect()
}

fn find(pairs: Vec<(String, String)>, name: &str) -> Option<String> {
    pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
}

/// Answers with its steps in order, then with connection failures; clones share everything.
#[derive(Debug, Clone, Default)]
pub struct ReplayTransport(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    steps: VecDeque<Step>,
    always: Option<Step>,
    sent: Vec<Sent>,
}

impl ReplayTransport {
    /// Answers with these, in order.
    pub fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        let state = State { steps: steps.into_iter().collect(), ..State::default() };
        Self(Arc::new(Mutex::new(state)))
    }

    /// Answers every request alike.
    #[must_use]
    pub fn always(step: Step) -> Self {
        Self(Arc::new(Mutex::new(State { always: Some(step), ..State::default() })))
    }

    /// What was sent so far.
    #[must_use]
    pub fn requests(&self) -> Vec<Sent> {
        self.state().sent.clone()
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Transport for ReplayTransport {
    async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        let ReplyCap(cap) = ReplyCap::of(&request);
        let step = {
            let mut state = self.state();
            state.sent.push(Sent(request));
            state.steps.pop_front().or_else(|| state.always.clone())
        };
        let Some(step) = step else {
            return Err(TransportError::new(TransportErrorKind::Connect).with_source("the replay has no step left"));
        };
        if !step.delay.is_zero() {
            tokio::time::sleep(step.delay).await;
        }
        match step.outcome {
            Outcome::Reply(reply) if reply.body().len() > cap => Err(TransportError::new(TransportErrorKind::TooLarge)),
            Outcome::Reply(reply) => Ok(*reply),
            Outcome::Fail(kind) => Err(TransportError::new(kind)),
            Outcome::Hang => std::future::pending().await,
        }
    }
}
