//! `CreateUploadTask`.

use std::time::Duration;

use livecloud_core::wire::{self, Url};
use livecloud_core::{Checks, Delivery, Draft, Error, Meta, Operation, Pages, Quota, unix_millis};
use serde::{Deserialize, Serialize};

use super::describe_upload_tasks::DescribeUploadTasks;
use crate::Client;
use crate::account::Account;
use crate::content_md5::ContentMd5;
use crate::rules;

/// Has ZEGO fetch a file and keep it, so that players of the region read it over the internal network.
///
/// A paid addition, enabled by ZEGO's sales. Up to 10 tasks of a project may be unfinished, unless raised; files up to
/// 5 GB. Files of one title overwrite one another, and the new one may inherit the old one's expiry: use unique titles.
///
/// It is not repeated after a lost answer; [`send_once`](Self::send_once) looks for the task then.
///
/// Errors worth knowing: [`UPLOAD_QUOTA`](crate::codes::UPLOAD_QUOTA),
/// [`SERVICE_NOT_ENABLED`](crate::codes::SERVICE_NOT_ENABLED).
///
/// Vendor page: <https://doc-zh.zego.im/cloud-player-server/create-upload-task>
///
/// ```
/// # use livecloud_core::test_util::{ReplayTransport, Step};
/// # use zego_cloud_player::{Account, Client, ContentMd5, CreateUploadTask};
/// # async fn run() -> Result<(), zego_cloud_player::Error> {
/// # let transport = ReplayTransport::always(Step::json(
/// #     r#"{"Code":0,"Data":{"UploadTaskId":"upload_task_1","CreateTime":1681221508}}"#,
/// # ));
/// # let client = Client::builder(Account::new(1, "secret")).transport(transport).build()?;
/// let upload = CreateUploadTask::new("opening-2024-05-01.mp4", "https://media.example/opening.mp4")
///     .retention_days(7)
///     .content_md5(ContentMd5::of(b"the file's bytes"));
/// let created = client.call(upload).await?;
/// # assert_eq!(created.upload_task_id, "upload_task_1");
/// # Ok(())
/// # }
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct CreateUploadTask {
    /// The file's name: 1..=100 bytes, ending truthfully in `.mp3`, `.mp4`, `.flv`, `.wav`, `.aac` or `.flac`.
    pub title: String,
    /// Where the file is: http or https, up to 1024 bytes.
    pub stream_url: Url,
    /// For how many days it is kept: 1..=7, 3 where absent. The vendor raises the 7 on request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention_days: Option<u32>,
    /// The file's check sum; an upload that does not match fails. Advised by the vendor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_md5: Option<ContentMd5>,
}

/// What [`CreateUploadTask`] returns.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct UploadTaskCreated {
    /// The task's id.
    #[serde(deserialize_with = "wire::text")]
    pub upload_task_id: String,
    /// When it was created, in Unix seconds.
    #[serde(default, deserialize_with = "wire::opt_i64")]
    pub create_time: Option<i64>,
}

impl CreateUploadTask {
    /// Not idempotent: a repeat makes a second task.
    pub const META: Meta = Meta::post("CreateUploadTask")
        .quota(Quota::per_second("CreateUploadTask", 20))
        .timing(Duration::from_secs(15), Duration::from_secs(60))
        .page("https://doc-zh.zego.im/cloud-player-server/create-upload-task");

    /// Stores that file under that name.
    #[must_use]
    pub fn new(title: impl Into<String>, stream_url: impl Into<Url>) -> Self {
        Self { title: title.into(), stream_url: stream_url.into(), retention_days: None, content_md5: None }
    }

    livecloud_core::__setters! {
        /// Sets for how many days it is kept, 1..=7.
        retention_days: u32,
        /// Sets the file's check sum.
        into content_md5: ContentMd5,
    }
}

impl CreateUploadTask {
    /// Sends it, and looks for the task where the answer is lost: by title and address, and made since. Never makes two.
    ///
    /// An error with [`Delivery::Unknown`] means that no such task was seen, though the vendor may yet make one.
    pub async fn send_once(&self, client: &Client) -> Result<UploadTaskCreated, Error> {
        // The vendor's clock is not ours.
        const SLACK: i64 = 60;
        let since = unix_millis(client.now()).div_euclid(1000) - SLACK;
        let error = match client.call(self).await {
            Err(error) if error.delivery() == Delivery::Unknown => error,
            answered => return answered,
        };
        let mut tasks = Pages::new(client, DescribeUploadTasks::new()).items();
        // What went wrong with the creation tells more than what goes wrong here.
        while let Ok(Some(task)) = tasks.next().await {
            let is_this = task.title.as_deref() == Some(&*self.title)
                && task.stream_url.as_ref() == Some(&self.stream_url)
                && task.create_time.is_some_and(|time| time >= since);
            if let Some(id) = task.upload_task_id.filter(|_| is_this) {
                return Ok(UploadTaskCreated { upload_task_id: id, create_time: task.create_time });
            }
        }
        Err(error)
    }
}

impl Operation for CreateUploadTask {
    type Vendor = Account;
    type Output = UploadTaskCreated;

    fn meta(&self) -> &Meta {
        &Self::META
    }

    fn profile(&self) {}

    fn check(&self, checks: &mut Checks<'_, Account>) {
        checks.not_empty("Z31", "Title", &self.title);
        checks.max_bytes("Z31", "Title", Some(&self.title), 100);
        let known = self.title.is_empty() || has_known_suffix(&self.title);
        rules::soft(checks, "Z32", "Title", known, "must end in .mp3, .mp4, .flv, .wav, .aac or .flac");
        rules::url(checks, "StreamUrl", Some(&self.stream_url));
        if self.retention_days == Some(0) {
            checks.refuse_value("Z33", "RetentionDays", "must be at least 1", 0);
        }
        let days = self.retention_days.unwrap_or_default();
        rules::soft(checks, "Z33", "RetentionDays", days <= 7, "must be at most 7, unless ZEGO raised the limit");
        if self.content_md5.as_ref().is_some_and(|md5| !md5.is_well_formed()) {
            checks.refuse("Z34", "ContentMd5", "must be the base64 of 16 bytes, with padding");
        }
    }

    fn write(&self, _: &Account, draft: &mut Draft) -> Result<(), Error> {
        draft.query.push("Action", Self::META.name);
        draft.json(self)
    }
}

/// In either case: which one the vendor wants is not documented.
fn has_known_suffix(title: &str) -> bool {
    let Some((_, suffix)) = title.rsplit_once('.') else { return false };
    ["mp3", "mp4", "flv", "wav", "aac", "flac"].iter().any(|known| suffix.eq_ignore_ascii_case(known))
}
