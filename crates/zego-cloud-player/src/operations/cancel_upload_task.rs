//! `CancelUploadTask`.

use std::time::Duration;

use livecloud_core::{Checks, Draft, Error, FromPayload, Meta, Operation, Payload, Quota};
#[cfg(feature = "full-serde")]
use serde::Deserialize;
use serde::Serialize;

use crate::account::Account;
use crate::envelope::ALREADY_REQUESTED;

/// Asks to cancel an upload task that still waits; one that runs or has ended cannot be cancelled.
///
/// A successful answer means *accepted*: the outcome comes as a callback, or by
/// [`DescribeUploadTasks`](crate::DescribeUploadTasks). That cancelling was requested before
/// ([`CANCEL_ALREADY_REQUESTED`](crate::codes::CANCEL_ALREADY_REQUESTED)) is a success too, told by
/// [`already_requested`](CancelRequested::already_requested).
///
/// Vendor page: <https://doc-zh.zego.im/cloud-player-server/cancel-upload-task>
///
/// ```
/// # use livecloud_core::test_util::{ReplayTransport, Step};
/// # use zego_cloud_player::{Account, CancelUploadTask, Client};
/// # async fn run() -> Result<(), zego_cloud_player::Error> {
/// # let transport = ReplayTransport::always(Step::json(r#"{"Code":350006011,"Message":"m","RequestId":"1"}"#));
/// # let client = Client::builder(Account::new(1, "secret")).transport(transport).build()?;
/// let requested = client.call(CancelUploadTask::new("upload_task_1")).await?;
/// # assert!(requested.already_requested);
/// # Ok(())
/// # }
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct CancelUploadTask {
    /// The task's id, from CreateUploadTask.
    pub upload_task_id: String,
}

/// What [`CancelUploadTask`] returns: the request was accepted, now or before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[cfg_attr(feature = "full-serde", serde(rename_all = "PascalCase"))]
#[non_exhaustive]
pub struct CancelRequested {
    /// Cancelling was requested before.
    pub already_requested: bool,
}

/// The vendor's content says nothing (it is null, and was an object in an older sample), so any reads as a success.
impl FromPayload for CancelRequested {
    fn from_payload(payload: Payload) -> Result<Self, Error> {
        Ok(Self { already_requested: matches!(payload, Payload::Json(json) if json == ALREADY_REQUESTED) })
    }
}

impl CancelUploadTask {
    /// A second request to cancel changes nothing: the vendor has a code for it.
    pub const META: Meta = Meta::post("CancelUploadTask")
        .idempotent()
        .quota(Quota::per_second("CancelUploadTask", 20))
        .timing(Duration::from_secs(15), Duration::from_secs(60))
        .page("https://doc-zh.zego.im/cloud-player-server/cancel-upload-task");

    /// Cancels that task.
    #[must_use]
    pub fn new(upload_task_id: impl Into<String>) -> Self {
        Self { upload_task_id: upload_task_id.into() }
    }
}

impl Operation for CancelUploadTask {
    type Vendor = Account;
    type Output = CancelRequested;

    fn meta(&self) -> &Meta {
        &Self::META
    }

    fn profile(&self) {}

    fn check(&self, checks: &mut Checks<'_, Account>) {
        checks.not_empty("Z30", "UploadTaskId", &self.upload_task_id);
    }

    fn write(&self, _: &Account, draft: &mut Draft) -> Result<(), Error> {
        draft.query.push("Action", Self::META.name);
        draft.json(self)
    }
}
