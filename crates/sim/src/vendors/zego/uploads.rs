//! Upload tasks.

use serde_json::{Value, json};

use super::{
    envelope::{BAD_PARAMETER, failure, success_with},
    events,
    pages::{made_up, page},
};
use crate::{
    answer::Answer,
    call::Call,
    world::{
        World,
        uploads::{CANCELLED, RETRYING, SUCCEEDED, UPLOADING, Upload, WAITING},
    },
};

/// Most upload tasks that are not finished.
const MOST: usize = 10;

/// `CreateUploadTask`.
pub(super) fn create(world: &mut World, call: &Call) -> Answer {
    let all = world.uploads.all();
    if all.iter().filter(|upload| upload.is_unfinished()).count() >= MOST {
        return failure(call, 350_006_010, "the number of upload tasks has reached its limit");
    }
    let id = made_up("upload", all.len());
    let days = call.json.get("RetentionDays").and_then(Value::as_i64).unwrap_or(3);
    let created = call.unix_millis().div_euclid(1000);
    let data = json!({"UploadTaskId": id, "CreateTime": created});
    world.uploads.add(Upload::new(id, call.text("Title"), call.text("StreamUrl"), created, days, call.elapsed));
    success_with(call, &data).applied()
}

/// `CancelUploadTask`: only a task that waits is cancelled, but every first request is accepted.
pub(super) fn cancel(world: &mut World, call: &Call) -> Answer {
    let Some(upload) = world.uploads.get_mut(call.text("UploadTaskId")) else {
        return failure(call, BAD_PARAMETER, "UploadTaskId does not exist");
    };
    if std::mem::replace(&mut upload.cancel_requested, true) {
        return failure(call, 350_006_011, "cancelling was already requested");
    }
    let told = match upload.status {
        WAITING => {
            upload.set_status(CANCELLED, call.elapsed);
            Some(events::upload_status(upload, call.unix_millis()))
        }
        UPLOADING | RETRYING => Some(events::cancel_failed(upload, 1, call.unix_millis())),
        SUCCEEDED => Some(events::cancel_failed(upload, 2, call.unix_millis())),
        _ => None,
    };
    world.notices.extend(told);
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
