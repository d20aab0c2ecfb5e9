//! The envelope of every answer: failures travel in HTTP 200.

use http::StatusCode;
use serde_json::{Value, json};

use crate::{answer::Answer, call::Call};

pub(super) const BAD_PARAMETER: i64 = 350_006_003;

fn request_id(call: &Call) -> String {
    format!("{}", 3_433_376_152_562_000 + call.serial)
}

/// The envelope of an accepted call.
pub(super) fn success(call: &Call) -> Answer {
    let body = json!({"Code": 0, "Message": "succeed", "RequestId": request_id(call)});
    Answer::json(StatusCode::OK, &body).code(0)
}

/// The same, with what the call asked for.
pub(super) fn success_with(call: &Call, data: &Value) -> Answer {
    let body = json!({"Code": 0, "Message": "succeed", "RequestId": request_id(call), "Data": data});
    Answer::json(StatusCode::OK, &body).code(0)
}

pub(super) fn failure(call: &Call, code: i64, message: &str) -> Answer {
    let body = json!({"Code": code, "Message": message, "RequestId": request_id(call)});
    Answer::json(StatusCode::OK, &body).code(code)
}
