//! Upload tasks.

use serde_json::Value;

use super::{
    envelope::{BAD_PARAMETER, failure, success_with},
    pages::page,
};
use crate::{
    answer::Answer,
    call::Call,
    world::{
        World,
        uploads::{CANCELLED, Upload, WAITING},
    },
};

/// `CancelUploadTask`: only a task that waits is cancelled, but every first request is accepted.
pub(super) fn cancel(world: &mut World, call: &Call) -> Answer {
    let Some(upload) = world.uploads.get_mut(call.text("UploadTaskId")) else {
        return failure(call, BAD_PARAMETER, "UploadTaskId does not exist");
    };
    if std::mem::replace(&mut upload.cancel_requested, true) {
        return failure(call, 350_006_011, "cancelling was already requested");
    }
    if upload.status == WAITING {
        upload.status = CANCELLED;
    }
    success_with(call, &Value::Null).applied()
}

/// `DescribeUploadTasks`.
pub(super) fn describe(world: &mut World, call: &Call) -> Answer {
    let id = call.text("UploadTaskId");
    let status = call.json.get("Status").and_then(Value::as_u64).filter(|status| *status != 0);
    let fits = |upload: &Upload| {
        (id.is_empty() || upload.id == id) && status.is_none_or(|status| status == u64::from(upload.status))
    };
    page(call, "UploadTasks", world.uploads.all(), fits, Upload::listed)
}
