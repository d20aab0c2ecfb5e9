//! The envelopes: the legacy one with code, status, message, data; the newer one with a request id.

use http::StatusCode;
use serde_json::{Value, json};

use crate::{answer::Answer, call::Call};

pub(super) fn success(data: &str) -> Answer {
    success_with(&json!(data))
}

pub(super) fn success_with(data: &Value) -> Answer {
    let body = json!({"code": 200, "status": "success", "message": "", "data": data});
    Answer::json(StatusCode::OK, &body).code(200)
}

/// Of operations below `/live/v4`.
pub(super) fn success_v4(call: &Call, data: &Value) -> Answer {
    let id = format!("live-{:08}", call.serial);
    let body = json!({"code": 200, "status": "success", "requestId": id, "success": true, "data": data});
    Answer::json(StatusCode::OK, &body).code(200)
}

/// The code is the HTTP status where it can be one. Operations below `/live/v4` have an envelope of their own for it.
pub(super) fn failure(call: &Call, code: i64, message: &str) -> Answer {
    let like_code = u16::try_from(code).ok().filter(|code| (400..600).contains(code));
    let status = like_code.and_then(|code| StatusCode::from_u16(code).ok()).unwrap_or(StatusCode::BAD_REQUEST);
    let body = if call.path.starts_with("/live/v4/") {
        let id = format!("live-{:08}", call.serial);
        json!({
            "code": status.as_u16(), "status": "error", "requestId": id, "success": false,
            "error": {"code": inner_code(message).unwrap_or(code), "desc": message},
        })
    } else {
        json!({"code": code, "status": "error", "message": message, "data": ""})
    };
    let sent = if call.settings.polyv_live.failures_in_http_200 { StatusCode::OK } else { status };
    Answer::json(sent, &body).code(code)
}

/// The numbers that the newer envelope has for some of the older one's texts.
fn inner_code(message: &str) -> Option<i64> {
    Some(match message {
        "invalid signature." => 10002,
        "invalid timestamp" => 10003,
        "application not found." => 20001,
        "channel not found" => 30005,
        _ => return None,
    })
}
