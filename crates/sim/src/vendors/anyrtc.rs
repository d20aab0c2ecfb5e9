//! anyRTC Cloud Recording: Basic authentication at a gateway, ids in the path, results in `Code`/`Body`.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::{
    Method, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE},
};

use self::envelope::{coded, gateway};
use crate::{
    answer::Answer,
    call::Call,
    dialect::Dialect,
    fields::{Complaint, Flaw},
    operation::{Operation, Quota, Shape},
};

pub(crate) mod callbacks;
mod envelope;
mod methods;
mod rules;
mod tables;

pub(crate) struct Anyrtc;

/// The only form the service takes, to the byte.
const MEDIA_TYPE: &str = "application/json;charset=utf-8";

const QUOTA: Quota = Quota::per_second(10);

macro_rules! recording_path {
    ($method:literal) => {
        concat!("/v1/apps/{appid}/cloud_recording/resourceid/{resourceid}/sid/{sid}/mode/{mode}/", $method)
    };
}

static OPERATIONS: &[Operation] = &[
    Operation {
        name: "Acquire",
        method: Method::POST,
        path: "/v1/apps/{appid}/cloud_recording/acquire",
        query: &[],
        body: Shape::Json(&[tables::COMMON, tables::ACQUIRE]),
        quota: QUOTA,
        act: methods::acquire,
    },
    Operation {
        name: "Start",
        method: Method::POST,
        path: "/v1/apps/{appid}/cloud_recording/resourceid/{resourceid}/mode/{mode}/start",
        query: &[],
        body: Shape::Json(&[tables::COMMON, tables::START]),
        quota: QUOTA,
        act: methods::start,
    },
    Operation {
        name: "Update",
        method: Method::POST,
        path: recording_path!("update"),
        query: &[],
        body: Shape::Json(&[tables::COMMON, tables::UPDATE]),
        quota: QUOTA,
        act: methods::update,
    },
    Operation {
        name: "UpdateLayout",
        method: Method::POST,
        path: recording_path!("updateLayout"),
        query: &[],
        body: Shape::Json(&[tables::COMMON, tables::UPDATE_LAYOUT]),
        quota: QUOTA,
        act: methods::update_layout,
    },
    Operation {
        name: "Query",
        method: Method::GET,
        path: recording_path!("query"),
        query: &[],
        body: Shape::Empty,
        quota: QUOTA,
        act: methods::query,
    },
    Operation {
        name: "Stop",
        method: Method::POST,
        path: recording_path!("stop"),
        query: &[],
        body: Shape::Json(&[tables::COMMON, tables::STOP]),
        quota: QUOTA,
        act: methods::stop,
    },
];

impl Dialect for Anyrtc {
    fn operations(&self) -> &'static [Operation] {
        OPERATIONS
    }

    fn unrouted(&self, _: &Call) -> Answer {
        gateway(StatusCode::NOT_FOUND, "no Route matched with those values")
    }

    fn admit(&self, call: &Call, _: &Operation) -> Result<String, Answer> {
        let anyrtc = &call.settings.anyrtc;
        let pair = format!("{}:{}", anyrtc.customer_id, anyrtc.customer_secret);
        if call.header(AUTHORIZATION) != Some(&format!("Basic {}", STANDARD.encode(pair))) {
            return Err(gateway(StatusCode::UNAUTHORIZED, "Invalid authentication credentials"));
        }
        let app_id = call.place("appid");
        if !anyrtc.app_ids.iter().any(|known| known == app_id) {
            return Err(gateway(StatusCode::BAD_REQUEST, "invalid appid"));
        }
        if call.header(CONTENT_TYPE) != Some(MEDIA_TYPE) {
            return Err(coded(call, 8, &format!("Content-Type must be {MEDIA_TYPE}")));
        }
        Ok(format!("anyrtc {app_id}"))
    }

    fn throttled(&self, _: &Call) -> Answer {
        gateway(StatusCode::TOO_MANY_REQUESTS, "API rate limit exceeded")
    }

    fn complain(&self, call: &Call, operation: &Operation, complaint: &Complaint) -> Answer {
        let code = match &complaint.flaw {
            Flaw::Form(_) => 8,
            Flaw::Limit(_) if complaint.field == "cname" => 1013,
            _ if operation.name == "UpdateLayout" && complaint.field.starts_with("clientRequest") => 1028,
            _ => 2,
        };
        coded(call, code, &complaint.sentence())
    }

    fn coded(&self, call: &Call, code: i64, message: &str) -> Answer {
        coded(call, code, message)
    }
}
