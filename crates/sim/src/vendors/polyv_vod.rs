//! POLYV VOD: sub-accounts (v3, the real error code in `error.code`), the main account (v2), tokens for playback.

use std::sync::LazyLock;

use self::envelope::{Family, failure};
use crate::{
    answer::Answer,
    call::Call,
    dialect::Dialect,
    fields::{Complaint, Flaw},
    operation::Operation,
};

mod admission;
pub(crate) mod callbacks;
mod envelope;
mod library;
mod main_account;
mod playsafe;
mod sub_account;
mod uploads;

pub(crate) struct PolyvVod;

/// All groups of operations, one after the other.
static OPERATIONS: LazyLock<Vec<Operation>> = LazyLock::new(|| {
    [sub_account::OPERATIONS, main_account::OPERATIONS, uploads::OPERATIONS, playsafe::OPERATIONS].concat()
});

impl Dialect for PolyvVod {
    fn operations(&self) -> &'static [Operation] {
        &OPERATIONS
    }

    fn unrouted(&self, call: &Call) -> Answer {
        failure(call, 404, "not found")
    }

    fn admit(&self, call: &Call, operation: &Operation) -> Result<String, Answer> {
        operation.check_format(call).map_err(|complaint| self.complain(call, operation, &complaint))?;
        admission::admit(call, operation)?;
        Ok("polyv".to_owned())
    }

    fn throttled(&self, call: &Call) -> Answer {
        failure(call, 400, "qps exceeds number of calls")
    }

    fn complain(&self, call: &Call, _: &Operation, complaint: &Complaint) -> Answer {
        let field = &complaint.field;
        match (Family::of(call), &complaint.flaw) {
            (Family::V3, Flaw::Missing) if field == "vid" => sub_account::invalid_vid(call),
            (Family::V2, Flaw::Missing) if field == "vid" => failure(call, 401, "vid is blank."),
            (Family::V2, Flaw::Missing) => failure(call, 400, &format!("{field} can't be empty")),
            (Family::V2, Flaw::Limit(_)) if field == "vid" => main_account::invalid_vid(call),
            _ => failure(call, 400, &format!("param validate error: {}", complaint.sentence())),
        }
    }

    fn coded(&self, call: &Call, code: i64, message: &str) -> Answer {
        failure(call, code, message)
    }
}
