//! POLYV VOD v3: calls of a sub-account, real error code in `error.code`.

use http::{Method, StatusCode};
use serde_json::json;

use super::polyv::{self, Refusal};
use crate::{
    answer::Answer,
    call::Call,
    demo,
    dialect::Dialect,
    fields::{Complaint, Field, Flaw, text},
    operation::{Operation, Shape},
    world::World,
};

pub(crate) mod callbacks;

pub(crate) struct PolyvVod;

const UPDATE_INFO: &[Field] =
    &[text("vid").required(), text("title"), text("describ"), text("tag"), text("publishUrl")];

static OPERATIONS: &[Operation] = &[Operation {
    name: "UpdateVideoInfoV3",
    method: Method::POST,
    path: "/v3/video/update-info",
    query: &[],
    body: Shape::Form(&[polyv::COMMON, UPDATE_INFO]),
    quota: polyv::QUOTA,
    act: update_info,
}];

impl Dialect for PolyvVod {
    fn operations(&self) -> &'static [Operation] {
        OPERATIONS
    }

    fn unrouted(&self, call: &Call) -> Answer {
        failure(call, StatusCode::NOT_FOUND, 404, "not found")
    }

    fn admit(&self, call: &Call, operation: &Operation) -> Result<String, Answer> {
        operation.check_format(call).map_err(|complaint| self.complain(call, operation, &complaint))?;
        let account = &call.settings.polyv_vod;
        let ailing = [demo::POLYV_VOD_ORPHAN_APP_ID, demo::POLYV_VOD_EXPIRED_APP_ID, demo::POLYV_VOD_LIMITED_APP_ID];
        let is_known = |app_id: &str| app_id == account.app_id || ailing.contains(&app_id);
        polyv::verify(call, is_known, &account.app_secret).map_err(|refusal| {
            let (code, desc) = match refusal {
                Refusal::NoTimestamp | Refusal::Timestamp => (100, "invalid timestamp"),
                Refusal::NoAppId | Refusal::UnknownApp => (101, "application not exist"),
                Refusal::Signature => (104, "invalid signature"),
            };
            self.coded(call, code, desc)
        })?;
        match polyv::app_id(call) {
            Some(demo::POLYV_VOD_ORPHAN_APP_ID) => Err(self.coded(call, 102, "user children not exist")),
            Some(demo::POLYV_VOD_EXPIRED_APP_ID) => Err(self.coded(call, 103, "user children expired")),
            Some(demo::POLYV_VOD_LIMITED_APP_ID) => Err(self.coded(call, 105, "permission limited")),
            _ => Ok("polyv".to_owned()),
        }
    }

    fn throttled(&self, call: &Call) -> Answer {
        self.coded(call, 400, "qps exceeds number of calls")
    }

    fn complain(&self, call: &Call, _: &Operation, complaint: &Complaint) -> Answer {
        match complaint.flaw {
            Flaw::Missing if complaint.field == "vid" => invalid_vid(call),
            _ => self.coded(call, 400, &format!("param validate error: {}", complaint.sentence())),
        }
    }

    fn coded(&self, call: &Call, code: i64, message: &str) -> Answer {
        let status = if (103..=105).contains(&code) { StatusCode::FORBIDDEN } else { StatusCode::BAD_REQUEST };
        failure(call, status, code, message)
    }
}

/// `UpdateVideoInfoV3`. Only non-empty fields change anything; a text cannot be cleared.
fn update_info(world: &mut World, call: &Call) -> Answer {
    let vid = call.form.filled("vid").unwrap_or_default();
    let Some(video) = world.videos.get_mut(vid).filter(|_| is_vid(vid)) else {
        return invalid_vid(call);
    };
    if video.uploading {
        return failure(call, StatusCode::BAD_REQUEST, 3100, "上传中不允许修改");
    }
    for (name, value) in &mut video.info {
        if let Some(text) = call.form.filled(name) {
            *value = json!(text);
        }
    }
    let body = json!({"requestId": request_id(call), "code": 200, "status": "success", "error": null, "data": null});
    Answer::json(StatusCode::OK, &body).code(200).applied()
}

/// 32 characters, an underscore, and the first character again.
fn is_vid(vid: &str) -> bool {
    let bytes = vid.as_bytes();
    let alphabet = |byte: &u8| byte.is_ascii_digit() || byte.is_ascii_lowercase();
    bytes.len() == 34 && bytes[..32].iter().all(alphabet) && bytes[32] == b'_' && bytes[33] == bytes[0]
}

fn invalid_vid(call: &Call) -> Answer {
    failure(call, StatusCode::BAD_REQUEST, 2000, "invalid vid")
}

fn failure(call: &Call, status: StatusCode, code: i64, desc: &str) -> Answer {
    let body = json!({
        "requestId": request_id(call), "code": status.as_u16(), "status": "error",
        "error": {"code": code, "desc": desc}, "data": null,
    });
    let sent = if call.settings.polyv_vod.failures_in_http_200 { StatusCode::OK } else { status };
    Answer::json(sent, &body).code(code)
}

fn request_id(call: &Call) -> String {
    format!("5ede3d23-45f0-4661-99be-{:012x}", call.serial)
}
