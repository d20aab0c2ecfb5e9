//! ZEGO's envelope: `Code` decides, whatever the HTTP status.

use bytes::Bytes;
use livecloud_core::{Category, Code, Error, Fault, Payload, Reply, wire};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::codes;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Envelope<'a> {
    #[serde(deserialize_with = "wire::opt_i64")]
    code: Option<i64>,
    #[serde(default, deserialize_with = "wire::opt_text")]
    message: Option<String>,
    #[serde(default, deserialize_with = "wire::opt_text")]
    request_id: Option<String>,
    #[serde(borrow, default)]
    data: Option<&'a RawValue>,
}

pub(crate) fn open(reply: &http::Response<Bytes>) -> Result<Reply, Error> {
    let body = reply.body();
    let unreadable = |what| Error::decode(what, body);
    let envelope: Envelope<'_> = serde_json::from_slice(body).map_err(|_| unreadable("no ZEGO envelope"))?;
    let code = envelope.code.ok_or_else(|| unreadable("the envelope has no Code"))?;
    if code == 0 {
        let payload =
            envelope.data.map_or(Payload::null(), |data| Payload::Json(body.slice_ref(data.get().as_bytes())));
        return Ok(Reply::Ok { payload, status: reply.status(), request_id: envelope.request_id });
    }
    let info = codes::find(code);
    let category = info.map_or(Category::Other, |info| info.category);
    let message = envelope.message.unwrap_or_default();
    let mut fault = Fault::new(reply.status(), Some(Code::from(code)), message, category)
        .with_request_id(envelope.request_id)
        .with_payload(body);
    if let Some(info) = info {
        fault = fault.with_advice(info.advice);
    }
    Ok(Reply::Fault(fault))
}
