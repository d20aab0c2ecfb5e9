//! ZEGO Cloud Player: one path, the operation in `Action`, failures in HTTP 200.

use http::{Method, StatusCode};
use md5::{Digest, Md5};

use self::envelope::{BAD_PARAMETER, failure};
use crate::{
    answer::Answer,
    call::Call,
    dialect::Dialect,
    fields::{Complaint, Field, choice, object, real, text, texts, whole, words},
    operation::{Operation, Quota, Shape},
};

pub(crate) mod callbacks;
mod envelope;
mod players;

pub(crate) struct Zego;

/// Accepted difference between the signed time and the vendor's, in seconds.
const TOLERANCE: i64 = 600;

const THROTTLED: i64 = 350_006_001;

const COMMON: &[Field] = &[
    text("Action").required(),
    whole("AppId", 0, u32::MAX as i64).required(),
    text("SignatureNonce").required(),
    whole("Timestamp", 0, i64::MAX).required(),
    text("Signature").required(),
    text("SignatureVersion").required(),
    words("IsTest", &["true", "false", "True", "False", "TRUE", "FALSE"]),
];

/// Members of an update. `BackupStreamUrl` may be empty: the documentation's own sample sends it so.
const UPDATE: &[Field] = &[
    text("PlayerId").required(),
    whole("Sequence", 0, i64::MAX).required(),
    text("StreamUrl").bytes(1024).test(URL, is_media_url),
    text("BackupStreamUrl").bytes(1024).test(URL, |url| url.is_empty() || is_media_url(url)),
    texts("StreamUrlList", 1, 100).test(URL, is_media_url),
    object(
        "VideoOptions",
        &[
            whole("Width", 1, 3000),
            whole("Height", 1, 3000),
            whole("ShortEdge", 0, 2160),
            whole("VideoBitrate", 1, 50_000),
        ],
    ),
    object("AudioOptions", &[whole("AudioBitrate", 1, 192), whole("Volume", 0, 200)]),
    real("SeekTo", 0.0, f64::MAX),
    choice("IsPause", &[0, 1]),
    whole("RepeatTimes", -1, i64::MAX),
];

static OPERATIONS: &[Operation] = &[Operation {
    name: "UpdatePlayer",
    method: Method::POST,
    path: "/",
    query: &[COMMON],
    body: Shape::Json(&[UPDATE]),
    quota: Quota::per_second(20),
    act: players::update,
}];

const URL: &str = "must be an http or https URL";

fn is_media_url(url: &str) -> bool {
    let rest = ["http://", "https://"].iter().find_map(|scheme| {
        let head = url.get(..scheme.len())?;
        head.eq_ignore_ascii_case(scheme).then(|| &url[scheme.len()..])
    });
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['/', '?', '#']))
}

impl Dialect for Zego {
    fn operations(&self) -> &'static [Operation] {
        OPERATIONS
    }

    fn route(&self, call: &mut Call) -> Option<&'static Operation> {
        let action = call.query.get("Action")?;
        let known = OPERATIONS.iter().find(|operation| operation.name == action)?;
        (call.path == "/" && call.method == known.method).then_some(known)
    }

    fn unrouted(&self, call: &Call) -> Answer {
        if call.path != "/" {
            return Answer::new(StatusCode::NOT_FOUND, "text/plain", "404 page not found");
        }
        match call.query.filled("Action") {
            None => failure(call, 100_000_006, "Action is empty"),
            Some(_) => failure(call, 100_000_007, "Action is not supported"),
        }
    }

    fn admit(&self, call: &Call, operation: &Operation) -> Result<String, Answer> {
        let zego = &call.settings.zego;
        let refuse = |code, message| Err(failure(call, code, message));
        let Some(app_id) = call.query.filled("AppId").and_then(decimal).and_then(|id| u32::try_from(id).ok()) else {
            return refuse(100_000_001, "AppId is malformed");
        };
        let Some(timestamp) = call.query.filled("Timestamp") else {
            return refuse(100_000_002, "Timestamp is empty");
        };
        let Some(signed_at) = decimal(timestamp) else {
            return refuse(100_000_003, "Timestamp is malformed");
        };
        let Some(nonce) = call.query.filled("SignatureNonce") else {
            return refuse(100_000_008, "SignatureNonce is empty");
        };
        let Some(signature) = call.query.filled("Signature") else {
            return refuse(100_000_009, "Signature is empty");
        };
        match call.query.filled("SignatureVersion") {
            None => return refuse(100_000_013, "SignatureVersion is empty"),
            Some("2.0") => {}
            Some(_) => return refuse(100_000_014, "SignatureVersion is not supported"),
        }
        if app_id != zego.app_id {
            return refuse(100_000_010, "get ServerSecret failed, check AppId");
        }
        if (call.unix_millis().div_euclid(1000)).abs_diff(signed_at) > TOLERANCE.unsigned_abs() {
            return refuse(100_000_004, "signature expired");
        }
        if signature != sign(app_id, nonce, &zego.server_secret, timestamp) {
            return refuse(100_000_005, "signature error");
        }
        operation.check_format(call).map_err(|complaint| self.complain(call, operation, &complaint))?;
        Ok(format!("zego {app_id} {}", operation.name))
    }

    fn throttled(&self, call: &Call) -> Answer {
        failure(call, THROTTLED, "request frequency exceeds the limit")
    }

    fn complain(&self, call: &Call, _: &Operation, complaint: &Complaint) -> Answer {
        failure(call, BAD_PARAMETER, &complaint.sentence())
    }

    fn coded(&self, call: &Call, code: i64, message: &str) -> Answer {
        failure(call, code, message)
    }
}

fn decimal(digits: &str) -> Option<i64> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

/// Lower-case MD5 over the four texts, one after the other.
fn sign(app_id: u32, nonce: &str, secret: &str, timestamp: &str) -> String {
    hex::encode(Md5::digest(format!("{app_id}{nonce}{secret}{timestamp}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_signature_comes_out() {
        let signature = sign(12345, "4fd24687296dd9f3", "9193cc662a4c0ec135ec71fb57194b38", "1615186943");
        assert_eq!(signature, "43e5cfcca828314675f91b001390566a");
        let derived = sign(4_294_967_295, "00000000000000ff", "9193cc662a4c0ec135ec71fb57194b38", "1700000000");
        assert_eq!(derived, "4dfc71624a61baea5f73891b4b72c5f0");
    }

    #[test]
    fn a_media_url_has_a_web_scheme_and_a_host() {
        for good in ["http://h", "HTTPS://h/x.mp4", "https://h:1?q"] {
            assert!(is_media_url(good), "{good}");
        }
        for bad in ["", "rtmp://h", "https://", "https:///x", "/x.mp4", "http:/h"] {
            assert!(!is_media_url(bad), "{bad}");
        }
    }
}
