//! `DescribeUploadTasks`.

use std::time::Duration;

use livecloud_core::wire::{self, Url};
use livecloud_core::{Checks, Draft, Error, Meta, Operation, Paged, Quota, Turn, open_enum};
use serde::{Deserialize, Serialize};

use crate::account::Account;
use crate::{replies, rules};

open_enum! {
    /// What has become of an upload task. The callback of its changes numbers them otherwise: there 3 is "cancelled".
    pub enum UploadTaskStatus: i64 {
        /// It waits.
        Waiting = 1,
        /// It runs.
        Uploading = 2,
        /// It failed and will be tried again.
        WaitingForRetry = 3,
        /// The file is stored.
        Succeeded = 4,
        /// It failed for good.
        Failed = 5,
        /// It was cancelled.
        Cancelled = 6,
        /// The file was stored, and is gone.
        Expired = 7,
    }
}

/// Lists the project's upload tasks, or one of them.
///
/// One call returns one page; [`Pages`](crate::core::Pages) walks through all of them.
///
/// Vendor page: <https://doc-zh.zego.im/cloud-player-server/describe-upload-tasks>
///
/// ```
/// # use livecloud_core::test_util::{ReplayTransport, Step};
/// # use zego_cloud_player::{Account, Client, DescribeUploadTasks, UploadTaskStatus};
/// # async fn run() -> Result<(), zego_cloud_player::Error> {
/// # let transport = ReplayTransport::always(Step::json(
/// #     r#"{"Code":0,"Data":{"NextPageToken":"","UploadTasks":[{"UploadTaskId":"upload_task_1","Status":4}]}}"#,
/// # ));
/// # let client = Client::builder(Account::new(1, "secret")).transport(transport).build()?;
/// let page = client.call(DescribeUploadTasks::new().status(UploadTaskStatus::Succeeded)).await?;
/// # assert_eq!(page.upload_tasks[0].status, Some(UploadTaskStatus::Succeeded));
/// # Ok(())
/// # }
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct DescribeUploadTasks {
    /// Only this task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upload_task_id: Option<String>,
    /// Only tasks in this state; the vendor takes 0 for any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<UploadTaskStatus>,
    /// Entries a page, 1..=50; 50 where absent. Without effect for one task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_size: Option<u32>,
    /// The page to return: [`next_page_token`](UploadTasksPage::next_page_token) of the one before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_token: Option<String>,
}

/// One page of upload tasks.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct UploadTasksPage {
    /// How many match in all; whether over all pages is not documented, so do not page by it.
    #[serde(default, alias = "TotoalSize", deserialize_with = "wire::opt_u64")]
    pub total_size: Option<u64>,
    /// Names the next page; absent on the last one.
    #[serde(default, deserialize_with = "replies::token")]
    pub next_page_token: Option<String>,
    /// The tasks.
    #[serde(default, alias = "UploadTask", deserialize_with = "replies::list")]
    pub upload_tasks: Vec<UploadTaskInfo>,
}

/// What is known about an upload task.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct UploadTaskInfo {
    /// The task's id.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub upload_task_id: Option<String>,
    /// Where the file comes from.
    #[serde(default)]
    pub stream_url: Option<Url>,
    /// The file's name.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub title: Option<String>,
    /// What has become of it.
    #[serde(default)]
    pub status: Option<UploadTaskStatus>,
    /// How often it was tried again.
    #[serde(default, deserialize_with = "wire::opt_u64")]
    pub retry_count: Option<u64>,
    /// When the file will be removed, in Unix seconds.
    #[serde(default, deserialize_with = "wire::opt_i64")]
    pub expires_at: Option<i64>,
    /// When the task was created, in Unix seconds.
    #[serde(default, deserialize_with = "wire::opt_i64")]
    pub create_time: Option<i64>,
    /// The stored file's public address, after success.
    #[serde(default)]
    pub upload_stream_url: Option<Url>,
    /// The stored file's address inside ZEGO's network, after success: the one to give to CreatePlayer.
    #[serde(default)]
    pub internal_upload_stream_url: Option<Url>,
}

impl DescribeUploadTasks {
    /// It only reads.
    pub const META: Meta = Meta::post("DescribeUploadTasks")
        .safe()
        .quota(Quota::per_second("DescribeUploadTasks", 20))
        .timing(Duration::from_secs(15), Duration::from_secs(60))
        .page("https://doc-zh.zego.im/cloud-player-server/describe-upload-tasks");

    /// All tasks.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    livecloud_core::__setters! {
        /// Only this task.
        into upload_task_id: String,
        /// Only tasks in this state.
        status: UploadTaskStatus,
        /// Sets the entries a page, 1..=50.
        page_size: u32,
        /// Returns this page.
        into page_token: String,
    }
}

impl Operation for DescribeUploadTasks {
    type Vendor = Account;
    type Output = UploadTasksPage;

    fn meta(&self) -> &Meta {
        &Self::META
    }

    fn profile(&self) {}

    fn check(&self, checks: &mut Checks<'_, Account>) {
        rules::page_size(checks, self.page_size);
        if checks.is_strict() {
            let status = self.status.map(UploadTaskStatus::as_i64);
            rules::one_of(checks, "Z29", "Status", status, &[0, 1, 2, 3, 4, 5, 6, 7]);
        }
    }

    fn write(&self, _: &Account, draft: &mut Draft) -> Result<(), Error> {
        draft.query.push("Action", Self::META.name);
        draft.json(self)
    }
}

impl Paged for DescribeUploadTasks {
    type Item = UploadTaskInfo;

    fn token(&self) -> Option<&str> {
        self.page_token.as_deref()
    }

    fn turn(&mut self, page: &UploadTasksPage) -> Turn {
        self.page_token.clone_from(&page.next_page_token);
        page.next_page_token.as_ref().map_or(Turn::END, Turn::next)
    }

    fn items(page: UploadTasksPage) -> Vec<UploadTaskInfo> {
        page.upload_tasks
    }
}
