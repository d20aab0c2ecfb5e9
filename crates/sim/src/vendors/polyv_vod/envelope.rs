//! The envelopes: of sub-accounts, of the main account, and of playback tokens.

use http::StatusCode;
use serde_json::{Value, json};

use crate::{answer::Answer, call::Call};

/// Which of the interfaces a call is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    V3,
    V2,
    Playsafe,
}

impl Family {
    pub(super) fn of(call: &Call) -> Self {
        match call.path.as_str() {
            path if path.starts_with("/service/") => Self::Playsafe,
            path if path.starts_with("/v2/") => Self::V2,
            _ => Self::V3,
        }
    }
}

pub(super) fn success(call: &Call, data: &Value) -> Answer {
    let body = match Family::of(call) {
        Family::V3 => {
            json!({"requestId": request_id(call), "code": 200, "status": "success", "error": null, "data": data})
        }
        Family::V2 | Family::Playsafe => {
            json!({"code": 200, "status": "success", "message": "success", "data": data})
        }
    };
    Answer::json(StatusCode::OK, &body).code(200)
}

/// The code is the HTTP status where it can be one; sub-accounts' refusals 103 to 105 are 403.
pub(super) fn failure(call: &Call, code: i64, text: &str) -> Answer {
    let family = Family::of(call);
    let like_code = u16::try_from(code).ok().filter(|code| (400..600).contains(code));
    let status = match like_code.and_then(|code| StatusCode::from_u16(code).ok()) {
        Some(status) if family != Family::V3 => status,
        Some(status) if status == StatusCode::NOT_FOUND => status,
        _ if family == Family::V3 && (103..=105).contains(&code) => StatusCode::FORBIDDEN,
        _ => StatusCode::BAD_REQUEST,
    };
    let body = match family {
        Family::V3 => json!({
            "requestId": request_id(call), "code": status.as_u16(), "status": "error",
            "error": {"code": code, "desc": text}, "data": null,
        }),
        Family::V2 => json!({"code": code, "status": "error", "message": text, "data": ""}),
        // the text stands in `data`
        Family::Playsafe => json!({"code": code, "status": "error", "message": "", "data": text}),
    };
    let sent = if call.settings.polyv_vod.failures_in_http_200 { StatusCode::OK } else { status };
    Answer::json(sent, &body).code(code)
}

fn request_id(call: &Call) -> String {
    format!("5ede3d23-45f0-4661-99be-{:012x}", call.serial)
}
