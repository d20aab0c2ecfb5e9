//! The envelope, read tolerantly: `{"Code":200,"Body":{...}}`, the bare payload, and whatever a gateway says.

use bytes::Bytes;
use http::StatusCode;
use http::header::RETRY_AFTER;
use livecloud_core::{Code, Error, Fault, Meta, Payload, Reply};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::class::Class;
use crate::codes;
use crate::model::members::{Members, integer, plain, text};

/// Numbers that a `Code` uses for an HTTP status. They overlap with no error code; 501 is one of those.
const HTTP: [i64; 14] = [200, 201, 206, 400, 401, 403, 404, 408, 413, 429, 500, 502, 503, 504];

/// Opens a reply: success only if status, code and the operation's key field say so.
pub(crate) fn open(meta: &Meta, reply: &http::Response<Bytes>) -> Result<Reply, Error> {
    let answer = match Answer::read(reply.status(), reply.body()) {
        Some(answer) => answer,
        // Nothing tells this success from a gateway's greeting.
        None if reply.status().is_success() => {
            return Err(Error::decode("the reply is no JSON object", reply.body()));
        }
        None => Answer::empty(reply.status()),
    };
    let request_id = reply.headers().get("x-request-id").and_then(|id| id.to_str().ok()).map(str::to_owned);
    let missing = answer.missing(meta.name);
    let is_success = answer.status.is_success() && answer.code.is_none();
    if is_success && answer.is_odd {
        return Err(Error::decode("the reply's Body is no JSON object", reply.body()));
    }
    if is_success && missing.is_none() {
        let payload = if meta.name == "Stop" { answer.payload_with_status() } else { answer.payload };
        return Ok(Reply::Ok { payload: Payload::Json(payload), status: answer.status, request_id });
    }

    let said = answer.message();
    let class = Class::read(meta.name, answer.status, answer.code, said.as_deref());
    let message = match (said, answer.code, missing) {
        (Some(said), ..) => said,
        // Without code and text, "rejected with HTTP status 200" would leave the reader alone.
        (None, None, Some(missing)) if answer.status.is_success() => missing.to_owned(),
        _ => String::new(),
    };
    let advice = answer.code.and_then(codes::find).map_or(class.advice(), |info| info.advice);
    let mut fault = Fault::new(answer.status, answer.code.map(Code::from), message, class.category())
        .with_advice(advice)
        .with_request_id(request_id)
        .with_payload(reply.body());
    fault.uncertain = class == Class::Unexpected;
    if !reply.headers().contains_key(RETRY_AFTER) {
        fault.retry_after = class.pause();
    }
    Ok(Reply::Fault(fault))
}

/// The recording that a failed answer names, as far as it does.
///
/// A failure may still carry ids: above all the sid of a recording that was started by a call whose answer got lost
/// ([`Class::AlreadyStarted`]); whether the service sends it then is not documented.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct ErrorIds {
    /// The resource id.
    pub resource_id: Option<String>,
    /// The recording id.
    pub sid: Option<String>,
}

impl ErrorIds {
    /// Reads the ids out of the beginning of the refused reply.
    #[must_use]
    pub fn of(error: &Error) -> Self {
        let excerpt = error.reply_excerpt().map(Bytes::copy_from_slice);
        let answer = excerpt.and_then(|excerpt| Answer::read(StatusCode::OK, &excerpt));
        let payload = answer.map(|answer| answer.payload);
        let members = payload.as_deref().and_then(Members::of_bytes);
        let id = |name| members.as_ref()?.text(name).filter(|id| !id.is_empty());
        Self { resource_id: id("resourceId"), sid: id("sid") }
    }
}

/// An opened reply, before it is judged.
struct Answer {
    /// The effective status: HTTP's if that is a failure, else the envelope's.
    status: StatusCode,
    /// The error code, also an unknown one.
    code: Option<i64>,
    /// What the vendor says in words.
    text: Option<String>,
    /// There are words in the place of a payload, and nothing that calls it a success.
    words_only: bool,
    /// `Body` is of a type that holds nothing to be read.
    is_odd: bool,
    payload: Bytes,
    has_resource_id: bool,
    has_sid: bool,
    has_server_response: bool,
}

impl Answer {
    fn empty(status: StatusCode) -> Self {
        Self {
            status,
            code: None,
            text: None,
            words_only: false,
            is_odd: false,
            payload: Bytes::from_static(b"{}"),
            has_resource_id: false,
            has_sid: false,
            has_server_response: false,
        }
    }

    /// `None` if the body is no JSON object.
    fn read(status: StatusCode, body: &Bytes) -> Option<Self> {
        let mut answer = Self::empty(status);
        let top = Members::of_bytes(body)?;
        let outer = top.find("code").and_then(integer);
        let Some(wrapped) = top.find("body") else {
            answer.payload = body.clone();
            answer.read_payload(&top);
            answer.words_only = outer.is_none() && answer.text.is_some() && answer.names_nothing();
            if let Some(code) = outer.filter(|code| !is_fine(*code)) {
                answer.take_status(code);
                if !HTTP.contains(&code) || code >= 400 {
                    answer.code = Some(code);
                }
            }
            return Some(answer);
        };
        answer.take_outer(outer);
        // What the vendor says beside an empty `Body` is better than nothing.
        answer.text = words(&top);
        if let Some(members) = Members::of(wrapped.get()) {
            answer.payload = body.slice_ref(wrapped.get().as_bytes());
            answer.read_inner(&members);
        } else if let Ok(text) = serde_json::from_str::<Option<String>>(wrapped.get()) {
            let text = text.unwrap_or_default();
            if let Some(members) = Members::of(&text) {
                answer.payload = Bytes::copy_from_slice(text.as_bytes());
                answer.read_inner(&members);
            } else if !text.is_empty() {
                answer.text = Some(text);
                answer.words_only = true;
            }
        } else {
            answer.is_odd = true;
        }
        Some(answer)
    }

    /// `Code` beside `Body`: an HTTP status where it is one, else an error code.
    fn take_outer(&mut self, code: Option<i64>) {
        match code {
            Some(code) if HTTP.contains(&code) => self.take_status(code),
            Some(0) | None => {}
            other => self.code = other,
        }
    }

    /// A failing HTTP status wins over whatever the body says.
    fn take_status(&mut self, code: i64) {
        if HTTP.contains(&code) && self.status.is_success() {
            let inner = u16::try_from(code).ok().and_then(|code| StatusCode::from_u16(code).ok());
            self.status = inner.unwrap_or(self.status);
        }
    }

    /// The members of `Body`; a `code` among them is an error code, unless it is a success in HTTP.
    fn read_inner(&mut self, members: &Members<'_>) {
        self.read_payload(members);
        match members.find("code").and_then(integer).filter(|code| !is_fine(*code)) {
            Some(code) if HTTP.contains(&code) && code < 400 => self.take_status(code),
            code => self.code = code.or(self.code),
        }
    }

    fn read_payload(&mut self, members: &Members<'_>) {
        self.text = words(members).or(self.text.take());
        self.has_resource_id = members.get("resourceId").is_some_and(is_id);
        self.has_sid = members.get("sid").is_some_and(is_id);
        self.has_server_response = members.get("serverResponse").is_some_and(|raw| raw.get().starts_with('{'));
    }

    /// What a success of this operation would have to hold, and this answer does not.
    fn missing(&self, operation: &str) -> Option<&'static str> {
        match operation {
            "Acquire" if !self.has_resource_id => Some("the reply has no resourceId"),
            "Start" if !self.has_sid => Some("the reply has no sid"),
            "Stop" if self.status == StatusCode::PARTIAL_CONTENT && !self.has_server_response => Some(
                "the reply has no serverResponse: nothing was recorded, or files did not reach your storage \
                 (often for wrong storage keys or region)",
            ),
            "Stop" if self.status != StatusCode::PARTIAL_CONTENT && self.names_nothing() => {
                Some("the reply has no resourceId, sid or serverResponse")
            }
            "Query" if !self.has_server_response => Some("the reply has no serverResponse"),
            _ if self.words_only => Some("the reply holds words only"),
            _ => None,
        }
    }

    fn names_nothing(&self) -> bool {
        !self.has_resource_id && !self.has_sid && !self.has_server_response
    }

    fn message(&self) -> Option<String> {
        self.text.clone().or_else(|| {
            let payload: Value = serde_json::from_slice(&self.payload).ok()?;
            let text = payload.pointer("/serverResponse/payload/message")?.as_str()?;
            (!text.is_empty()).then(|| text.to_owned())
        })
    }

    /// The payload with the effective status in it, for the one operation whose outcome depends on it.
    fn payload_with_status(&self) -> Bytes {
        let status = RawValue::from_string(self.status.as_u16().to_string()).ok();
        let members = Members::of_bytes(&self.payload).zip(status);
        let written = members.and_then(|(members, status)| members.with("httpStatus", &status).ok());
        written.map_or_else(|| self.payload.clone(), Bytes::from)
    }
}

/// Codes that say nothing beyond "done".
const fn is_fine(code: i64) -> bool {
    matches!(code, 0 | 200 | 201)
}

/// An id that is there: a text or number, not empty.
fn is_id(value: &RawValue) -> bool {
    match plain(value) {
        Some(text) => !text.is_empty(),
        None => text(value).is_some_and(|text| !text.is_empty()),
    }
}

/// The first of the members in which messages are found.
fn words(members: &Members<'_>) -> Option<String> {
    ["reason", "message", "msg", "error"]
        .into_iter()
        .filter_map(|name| serde_json::from_str::<String>(members.find(name)?.get()).ok())
        .find(|text| !text.is_empty())
}
