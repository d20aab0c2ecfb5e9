//! The envelope `Code`/`Body`, and which HTTP status goes with which code.

use http::StatusCode;
use serde_json::{Value, json};

use crate::{answer::Answer, call::Call};

/// The gateway in front of the service answers without the service's envelope.
pub(super) fn gateway(status: StatusCode, message: &str) -> Answer {
    Answer::json(status, &json!({"message": message})).code(status.as_u16())
}

/// The service's reply, in the envelope unless the simulator was told otherwise.
pub(super) fn enveloped(call: &Call, status: StatusCode, payload: &Value) -> Answer {
    if call.settings.anyrtc.bare {
        return Answer::json(status, payload);
    }
    Answer::json(status, &json!({"Code": status.as_u16(), "Body": payload}))
}

/// A failure of the service.
pub(super) fn coded(call: &Call, code: i64, message: &str) -> Answer {
    enveloped(call, http_status(call, code), &json!({"code": code, "reason": message})).code(code)
}

/// Under which HTTP status a business code travels; the vendor pairs none, its twin's documentation does.
fn http_status(call: &Call, code: i64) -> StatusCode {
    match code {
        7 => StatusCode::CREATED,
        65 | 435 => StatusCode::PARTIAL_CONTENT,
        62 => match call.segments.last().map(String::as_str) {
            Some("acquire") => StatusCode::BAD_REQUEST,
            Some("start") => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::GATEWAY_TIMEOUT,
        },
        // 501 is a business code here, never an HTTP status.
        401 | 403 | 404 | 408 | 413 | 429 | 500 | 502 | 503 | 504 => {
            let status = u16::try_from(code).ok().and_then(|code| StatusCode::from_u16(code).ok());
            status.unwrap_or(StatusCode::BAD_REQUEST)
        }
        _ => StatusCode::BAD_REQUEST,
    }
}
