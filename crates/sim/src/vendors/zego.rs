//! ZEGO Cloud Player: one path, the operation in `Action`, failures in HTTP 200.

use http::{Method, StatusCode};
use md5::{Digest, Md5};

use self::envelope::{BAD_PARAMETER, failure};
use crate::{
    answer::Answer,
    call::Call,
    dialect::Dialect,
    fields::{Complaint, Table},
    operation::{Operation, Quota, Shape},
    world::World,
};

pub(crate) mod callbacks;
mod envelope;
mod events;
mod pages;
mod players;
mod tables;
pub(crate) mod time;
mod uploads;

pub(crate) struct Zego;

/// Accepted difference between the signed time and the vendor's, in seconds.
const TOLERANCE: i64 = 600;

const THROTTLED: i64 = 350_006_001;

static OPERATIONS: &[Operation] = &[
    operation("UpdatePlayer", &[tables::UPDATE_PLAYER], 20, players::update),
    operation("CreatePlayer", &[tables::CREATE_PLAYER], 20, players::create),
    operation("DeletePlayer", &[tables::DELETE_PLAYER], 20, players::delete),
    operation("DescribePlayers", &[tables::PAGE, tables::DESCRIBE_PLAYERS], 10, players::describe),
    operation("CreateUploadTask", &[tables::CREATE_UPLOAD], 20, uploads::create),
    operation("CancelUploadTask", &[tables::CANCEL_UPLOAD], 20, uploads::cancel),
    operation("DescribeUploadTasks", &[tables::PAGE, tables::DESCRIBE_UPLOADS], 20, uploads::describe),
];

/// All of them live at the same place.
const fn operation(
    name: &'static str,
    body: Table,
    per_second: usize,
    act: fn(&mut World, &Call) -> Answer,
) -> Operation {
    let quota = Quota::per_second(per_second);
    Operation { name, method: Method::POST, path: "/", query: &[tables::COMMON], body: Shape::Json(body), quota, act }
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
}
