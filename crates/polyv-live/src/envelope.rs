//! The envelopes, read alike: the legacy one `{code, status, message, data}`, the newer one
//! `{code, status, requestId, error: {code, desc}, data}`, and `{status, result}` of some older operations. Files and one
//! bare text come without an envelope, unless something went wrong.

use bytes::Bytes;
use http::StatusCode;
use http::header::CONTENT_TYPE;
use livecloud_core::envelope::{self, Member};
use livecloud_core::{Category, Code, Error, Fault, Payload, Reply, category_of};
use serde::Deserialize;

use crate::codes;

/// Everything is taken as it comes: only `code` has to make sense.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Envelope<'a> {
    #[serde(borrow, default)]
    code: Member<'a>,
    #[serde(borrow, default)]
    status: Member<'a>,
    #[serde(borrow, default)]
    request_id: Member<'a>,
    #[serde(borrow, default)]
    message: Member<'a>,
    #[serde(borrow, default)]
    error: Member<'a>,
    #[serde(borrow, default)]
    data: Member<'a>,
    #[serde(borrow, default)]
    result: Member<'a>,
}

/// The real error. On success it is null or an empty text.
#[derive(Deserialize, Default)]
struct Inner<'a> {
    #[serde(borrow, default)]
    code: Member<'a>,
    #[serde(borrow, default)]
    desc: Member<'a>,
}

/// `code` decides, whatever `success` and `data` say; `status` only where there is no `code`. Under an HTTP status that is
/// no success, nothing counts as one.
pub(crate) fn open(reply: &http::Response<Bytes>) -> Result<Reply, Error> {
    let body = reply.body();
    let envelope: Envelope<'_> = match envelope::read(body) {
        Ok(envelope) => envelope,
        Err(_) if reply.status() == StatusCode::FORBIDDEN => return Ok(Reply::Fault(probably_blocked(reply))),
        Err(error) => return Err(error),
    };
    let request_id = envelope::text(envelope.request_id);
    let outer = match envelope.outcome() {
        Some(Outcome::Success) if reply.status().is_success() => {
            let payload = envelope::payload(body, envelope.data.or(envelope.result));
            return Ok(Reply::Ok { payload, status: reply.status(), request_id });
        }
        // Body and status contradict each other: nobody knows what has happened.
        Some(Outcome::Success) => {
            let mut fault = Fault::from_status(reply).with_request_id(request_id);
            fault.uncertain = true;
            return Ok(Reply::Fault(fault));
        }
        Some(Outcome::Failure(code)) => code,
        None if reply.status().is_success() => return Err(Error::decode("the envelope has no usable code", body)),
        None => None,
    };

    let inner: Inner<'_> = envelope::object(envelope.error).unwrap_or_default();
    let inner_code = envelope::text(inner.code);
    let texts = [inner.desc, envelope.error, envelope.message, envelope.data, envelope.result];
    let message = texts.into_iter().find_map(envelope::text).unwrap_or_default();

    let by_number = || {
        let inner = inner_code.as_deref().and_then(|code| codes::find(code.trim().parse().ok()?));
        inner.or_else(|| codes::find(outer?)).map(|info| (info.category, info.advice))
    };
    let known = codes::find_text(&message).map(|info| (info.category, info.advice)).or_else(by_number);
    let category = known.map_or_else(|| category_of_unknown(outer, reply.status()), |(category, _)| category);
    let code = inner_code.map(|code| Code::from(code.trim())).or(outer.map(Code::from));
    let mut fault = Fault::new(reply.status(), code, message, category).with_request_id(request_id).with_payload(body);
    fault.advice = known.map(|(_, advice)| advice);
    Ok(Reply::Fault(fault))
}

/// A file, or the envelope of a refusal: by what it is, since its media type is not documented to be right. What no file
/// of the vendor's can be, a page or nothing at all, is unreadable.
pub(crate) fn open_file(reply: &http::Response<Bytes>) -> Result<Reply, Error> {
    let media_type = reply.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_json = media_type.to_ascii_lowercase().contains("json");
    // no spreadsheet begins like an object
    if is_json || !reply.status().is_success() || reply.body().trim_ascii_start().starts_with(b"{") {
        return open(reply);
    }
    if reply.body().is_empty() || media_type.to_ascii_lowercase().starts_with("text/html") {
        return Err(Error::decode("it is neither a file nor the vendor's envelope", reply.body()));
    }
    let payload = Payload::Binary(reply.body().clone());
    Ok(Reply::Ok { payload, status: reply.status(), request_id: None })
}

/// `live` or `end`; the vendor documents no third word, so any other one is unreadable.
pub(crate) fn open_live_status(reply: &http::Response<Bytes>) -> Result<Reply, Error> {
    let text = reply.body().trim_ascii();
    if !reply.status().is_success() || text.starts_with(b"{") {
        return open(reply);
    }
    match text {
        // as JSON, which every typed and untyped output reads
        b"live" => Ok(Reply::Ok { payload: word(br#""live""#), status: reply.status(), request_id: None }),
        b"end" => Ok(Reply::Ok { payload: word(br#""end""#), status: reply.status(), request_id: None }),
        _ => Err(Error::decode("it is neither `live` nor `end`", reply.body())),
    }
}

const fn word(json: &'static [u8]) -> Payload {
    Payload::Json(Bytes::from_static(json))
}

enum Outcome {
    Success,
    /// With the outer code, where there is one.
    Failure(Option<i64>),
}

impl Envelope<'_> {
    /// What the envelope says, if anything.
    fn outcome(&self) -> Option<Outcome> {
        if self.code.is_some() {
            return Some(match envelope::integer(self.code)? {
                200 => Outcome::Success,
                code => Outcome::Failure(Some(code)),
            });
        }
        match envelope::text(self.status)?.as_str() {
            "success" => Some(Outcome::Success),
            "error" | "fail" => Some(Outcome::Failure(None)),
            _ => None,
        }
    }
}

/// A refusal that is not the vendor's application: most likely its 5-minute block of an address that called too often,
/// whose form is not documented. That is a guess, and no repeat gets through a block: none is made, no call held back.
fn probably_blocked(reply: &http::Response<Bytes>) -> Fault {
    let mut fault = Fault::from_status(reply);
    fault.category = Category::Account;
    fault.with_advice("if this address sent over 1500 requests in 10 s, it is blocked for 5 minutes")
}

/// A code that no table knows goes by its class where it looks like an HTTP status; without any code the real one does.
fn category_of_unknown(code: Option<i64>, status: StatusCode) -> Category {
    let Some(code) = code else { return category_of(status) };
    u16::try_from(code)
        .ok()
        .filter(|code| (400..600).contains(code))
        .and_then(|code| StatusCode::from_u16(code).ok())
        .map_or(Category::Other, category_of)
}
