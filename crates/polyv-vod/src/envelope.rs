//! The envelopes: v3 `{requestId, code, status, error: {code, desc}, data}`, v2 `{code, status, message, data}` and
//! v1 `{error, data}`.

use bytes::Bytes;
use http::StatusCode;
use livecloud_core::envelope::{self, Member};
use livecloud_core::{Category, Code, Error, Fault, Reply};
use serde::Deserialize;

use crate::codes;

/// Everything is taken as it comes: only `code` or `error.code` has to make sense.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Envelope<'a> {
    #[serde(borrow, default)]
    code: Member<'a>,
    #[serde(borrow, default)]
    request_id: Member<'a>,
    #[serde(borrow, default)]
    message: Member<'a>,
    #[serde(borrow, default)]
    error: Member<'a>,
    #[serde(borrow, default)]
    data: Member<'a>,
}

/// The real error. On success it is null or an empty text; a code of 0 is none.
#[derive(Deserialize, Default)]
struct Inner<'a> {
    #[serde(borrow, default)]
    code: Member<'a>,
    #[serde(borrow, default)]
    desc: Member<'a>,
}

/// `error.code` is a refusal wherever it stands; without it `code` decides, whatever `status` and the HTTP status say.
pub(crate) fn open_v3(reply: &http::Response<Bytes>) -> Result<Reply, Error> {
    let body = reply.body();
    let envelope: Envelope<'_> = match envelope::read(body) {
        Ok(envelope) => envelope,
        Err(_) if reply.status() == StatusCode::FORBIDDEN => return Ok(Reply::Fault(probably_blocked(reply))),
        Err(error) => return Err(error),
    };
    let request_id = envelope::text(envelope.request_id);
    let inner: Inner<'_> = envelope::object(envelope.error).unwrap_or_default();
    let inner_code = envelope::text(inner.code).map(|code| code.trim().to_owned());
    let inner_code = inner_code.filter(|code| !matches!(&**code, "" | "0"));
    let outer = match (envelope::integer(envelope.code), &inner_code) {
        (Some(200), None) => {
            let payload = envelope::payload(body, envelope.data);
            return Ok(Reply::Ok { payload, status: reply.status(), request_id });
        }
        (None, None) if reply.status().is_success() => {
            return Err(Error::decode("the envelope has no usable code", body));
        }
        (code, _) => code.filter(|code| *code != 200),
    };

    let texts = [inner.desc, envelope.error, envelope.message, envelope.data];
    let message = texts.into_iter().find_map(envelope::text).unwrap_or_default();

    let info = inner_code.as_deref().and_then(|code| codes::find(code.parse().ok()?));
    let (category, advice) = match (info, outer) {
        _ if is_throttled(&message) => (Category::Throttled, Some("lower the rate")),
        (Some(info), _) => (info.category, Some(info.advice)),
        (None, Some(code)) => (category_of(code), None),
        (None, None) => (livecloud_core::category_of(reply.status()), None),
    };
    let code = inner_code.as_deref().map(Code::from).or(outer.map(Code::from));
    let mut fault = Fault::new(reply.status(), code, message, category).with_request_id(request_id).with_payload(body);
    fault.advice = advice;
    Ok(Reply::Fault(fault))
}

/// `code` decides, whatever `status` and the HTTP status say. Almost every refusal is a 400, so its text comes first; where
/// `message` has none it stands in `data`.
pub(crate) fn open_v2(reply: &http::Response<Bytes>, is_playsafe: bool) -> Result<Reply, Error> {
    let body = reply.body();
    let envelope: Envelope<'_> = match envelope::read(body) {
        Ok(envelope) => envelope,
        Err(_) if reply.status() == StatusCode::FORBIDDEN => return Ok(Reply::Fault(probably_blocked(reply))),
        Err(error) => return Err(error),
    };
    let request_id = envelope::text(envelope.request_id);
    let code = match envelope::integer(envelope.code) {
        Some(200) => {
            let payload = envelope::payload(body, envelope.data);
            return Ok(Reply::Ok { payload, status: reply.status(), request_id });
        }
        None if reply.status().is_success() => return Err(Error::decode("the envelope has no usable code", body)),
        code => code,
    };

    // playback tokens say it in `data`, whatever stands in `message`
    let texts = if is_playsafe { [envelope.data, envelope.message] } else { [envelope.message, envelope.data] };
    let message = texts.into_iter().find_map(envelope::text).unwrap_or_default();
    let known = match (codes::find_text(&message), code) {
        (Some(info), _) => Some((info.category, info.advice)),
        // the vendor's page gives no text for it
        (None, Some(403)) if is_playsafe => {
            Some((Category::ClockSkew, "set this machine's clock; times of tokens live 10 minutes"))
        }
        (None, Some(code)) => codes::v2::find(code).map(|info| (info.category, info.advice)),
        (None, None) => None,
    };
    let unknown = || code.map_or_else(|| livecloud_core::category_of(reply.status()), category_of);
    let category = known.map_or_else(unknown, |(category, _)| category);
    let mut fault = Fault::new(reply.status(), code.map(Code::from), message, category);
    fault = fault.with_request_id(request_id).with_payload(body);
    fault.advice = known.map(|(_, advice)| advice);
    Ok(Reply::Fault(fault))
}

#[derive(Deserialize)]
struct LegacyEnvelope<'a> {
    #[serde(borrow, default)]
    error: Member<'a>,
    #[serde(borrow, default)]
    data: Member<'a>,
}

/// `error` 0, as a number or a text, is success.
pub(crate) fn open_v1(reply: &http::Response<Bytes>) -> Result<Reply, Error> {
    let body = reply.body();
    let envelope: LegacyEnvelope<'_> = match envelope::read(body) {
        Ok(envelope) => envelope,
        Err(_) if reply.status() == StatusCode::FORBIDDEN => return Ok(Reply::Fault(probably_blocked(reply))),
        Err(error) => return Err(error),
    };
    let code = match envelope::integer(envelope.error) {
        Some(0) => {
            let payload = envelope::payload(body, envelope.data);
            return Ok(Reply::Ok { payload, status: reply.status(), request_id: None });
        }
        None if reply.status().is_success() => return Err(Error::decode("the envelope has no usable error", body)),
        code => code,
    };
    let info = code.and_then(codes::v1::find);
    let unknown = || if code.is_some() { Category::Other } else { livecloud_core::category_of(reply.status()) };
    let category = info.map_or_else(unknown, |info| info.category);
    let message = envelope::text(envelope.data).unwrap_or_default();
    let mut fault = Fault::new(reply.status(), code.map(Code::from), message, category).with_payload(body);
    fault.advice = info.map(|info| info.advice);
    Ok(Reply::Fault(fault))
}

/// A refusal that is not the vendor's application: most likely its 5-minute block of an address that called too often,
/// whose form is not documented. That is a guess, and no repeat gets through a block: none is made, no call held back.
fn probably_blocked(reply: &http::Response<Bytes>) -> Fault {
    let mut fault = Fault::from_status(reply);
    fault.category = Category::Account;
    fault.with_advice("if this address sent over 1500 requests in 10 s, it is blocked for 5 minutes")
}

/// No code is documented for it.
fn is_throttled(message: &str) -> bool {
    codes::find_text(message).is_some_and(|info| info.category == Category::Throttled)
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
