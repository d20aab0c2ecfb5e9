//! ZEGO's envelope: `Code` decides, whatever the HTTP status.

use bytes::Bytes;
use livecloud_core::envelope::{self, Member};
use livecloud_core::{Category, Code, Error, Fault, Payload, Reply, category_of};
use serde::Deserialize;

use crate::codes;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Envelope<'a> {
    #[serde(borrow, default)]
    code: Member<'a>,
    #[serde(borrow, default)]
    message: Member<'a>,
    #[serde(borrow, default)]
    request_id: Member<'a>,
    #[serde(borrow, default)]
    data: Member<'a>,
}

/// The content of a cancellation that was requested before.
pub(crate) const ALREADY_REQUESTED: &str = r#"{"AlreadyRequested":true}"#;

pub(crate) fn open(operation: &str, reply: &http::Response<Bytes>) -> Result<Reply, Error> {
    let (body, status) = (reply.body(), reply.status());
    let Envelope { code, message, request_id, data } = envelope::read(body)?;
    let code = envelope::integer(code).ok_or_else(|| Error::decode("the envelope has no Code", body))?;
    let request_id = envelope::text(request_id);
    if code == 0 {
        return Ok(Reply::Ok { payload: envelope::payload(body, data), status, request_id });
    }
    // To cancel twice is to have cancelled: no failure, and nothing to repeat.
    if code == codes::CANCEL_ALREADY_REQUESTED && operation == "CancelUploadTask" {
        let payload = Payload::Json(Bytes::from_static(ALREADY_REQUESTED.as_bytes()));
        return Ok(Reply::Ok { payload, status, request_id });
    }
    let info = codes::find(code);
    let category = match info {
        Some(info) => info.category,
        None if status.is_success() => Category::Other,
        None => category_of(status),
    };
    let message = envelope::text(message).unwrap_or_default();
    let mut fault =
        Fault::new(status, Some(Code::from(code)), message, category).with_request_id(request_id).with_payload(body);
    fault.advice = info.map(|info| info.advice);
    Ok(Reply::Fault(fault))
}
