//! The v3 envelope: `{requestId, code, status, error: {code, desc}, data}`.

use bytes::Bytes;
use http::StatusCode;
use livecloud_core::{Category, Code, Error, Fault, Payload, Reply, wire};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::codes;

/// Everything is taken as it comes: only `code` has to make sense.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Envelope<'a> {
    #[serde(borrow, default)]
    code: Option<&'a RawValue>,
    #[serde(borrow, default)]
    request_id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    message: Option<&'a RawValue>,
    #[serde(borrow, default)]
    error: Option<&'a RawValue>,
    #[serde(borrow, default)]
    data: Option<&'a RawValue>,
}

/// The real error. On success it is null or an empty text.
#[derive(Deserialize, Default)]
struct Inner<'a> {
    #[serde(borrow, default)]
    code: Option<&'a RawValue>,
    #[serde(borrow, default)]
    desc: Option<&'a RawValue>,
}

/// `code` decides, whatever `status`, `error` and the HTTP status say.
pub(crate) fn open_v3(reply: &http::Response<Bytes>) -> Result<Reply, Error> {
    let body = reply.body();
    let (envelope, code) = match read(body) {
        Ok(read) => read,
        Err(_) if reply.status() == StatusCode::FORBIDDEN => return Ok(Reply::Fault(probably_blocked(reply))),
        Err(error) => return Err(error),
    };
    let request_id = text(envelope.request_id);
    if code == 200 {
        let payload =
            envelope.data.map_or(Payload::null(), |data| Payload::Json(body.slice_ref(data.get().as_bytes())));
        return Ok(Reply::Ok { payload, status: reply.status(), request_id });
    }

    let inner: Inner<'_> = envelope
        .error
        .filter(|error| is_object(error.get().as_bytes()))
        .and_then(|error| serde_json::from_str(error.get()).ok())
        .unwrap_or_default();
    let inner_code = text(inner.code);
    let texts = [inner.desc, envelope.error, envelope.message, envelope.data];
    let message = texts.into_iter().find_map(text).unwrap_or_default();

    let info = inner_code.as_deref().and_then(|code| codes::find(code.trim().parse().ok()?));
    let (category, advice) = match info {
        _ if is_throttled(&message) => (Category::Throttled, Some("lower the rate")),
        Some(info) => (info.category, Some(info.advice)),
        None => (category_of(code), None),
    };
    let code = inner_code.map_or_else(|| Code::from(code), |code| Code::from(code.trim()));
    let mut fault =
        Fault::new(reply.status(), Some(code), message, category).with_request_id(request_id).with_payload(body);
    fault.advice = advice;
    Ok(Reply::Fault(fault))
}

fn read(body: &Bytes) -> Result<(Envelope<'_>, i64), Error> {
    let unreadable = |what| Error::decode(what, body);
    // serde would read an array as a struct, too.
    if !is_object(body) {
        return Err(unreadable("no POLYV envelope"));
    }
    let envelope: Envelope<'_> = serde_json::from_slice(body).map_err(|_| unreadable("no POLYV envelope"))?;
    let code =
        envelope.code.and_then(|code| wire::opt_i64(&mut serde_json::Deserializer::from_str(code.get())).ok()?);
    let code = code.ok_or_else(|| unreadable("the envelope has no code"))?;
    Ok((envelope, code))
}

/// A refusal that is not the vendor's application: most likely its 5-minute block of an address that called too often,
/// whose form is not documented. The category is a guess, so no long pause is drawn from it.
fn probably_blocked(reply: &http::Response<Bytes>) -> Fault {
    let mut fault = Fault::from_status(reply);
    fault.category = Category::Throttled;
    fault.with_advice("if this address sent over 1500 requests in 10 s, it is blocked for 5 minutes")
}

fn is_throttled(message: &str) -> bool {
    message.trim_end_matches(['.', ' ']).eq_ignore_ascii_case(codes::THROTTLED_TEXT)
}

/// What the outer `code` means where the inner one is absent or unknown.
fn category_of(code: i64) -> Category {
    match code {
        404 => Category::NotFound,
        429 => Category::Throttled,
        408 | 500..=599 => Category::Transient,
        400..=499 => Category::InvalidArgument,
        _ => Category::Other,
    }
}

fn is_object(json: &[u8]) -> bool {
    json.trim_ascii_start().starts_with(b"{")
}

/// A text, or a number as text; nothing where it is absent, empty or of another type.
fn text(raw: Option<&RawValue>) -> Option<String> {
    let mut json = serde_json::Deserializer::from_str(raw?.get());
    wire::opt_text(&mut json).ok().flatten().filter(|text| !text.is_empty())
}
