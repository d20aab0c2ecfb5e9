//! ZEGO upload tasks: online files on their way into the vendor's storage.

use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::demo;

pub(crate) const WAITING: u8 = 1;
pub(crate) const UPLOADING: u8 = 2;
pub(crate) const RETRYING: u8 = 3;
pub(crate) const SUCCEEDED: u8 = 4;
pub(crate) const FAILED: u8 = 5;
pub(crate) const CANCELLED: u8 = 6;
pub(crate) const EXPIRED: u8 = 7;

const DAY: i64 = 24 * 60 * 60;
/// How long a task waits, and how long it uploads.
const STEP: Duration = Duration::from_millis(200);
/// When the documentation's sample task was created.
const SAMPLE_TIME: i64 = 1_735_213_076;

/// All upload tasks of the app, oldest first.
#[derive(Debug)]
pub(crate) struct Uploads(Vec<Upload>);

#[derive(Debug)]
pub(crate) struct Upload {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) url: String,
    pub(crate) status: u8,
    /// When the status began; a task of the demo world stays in it for ever.
    since: Option<Duration>,
    /// When the task began.
    began: Duration,
    /// Somebody has asked to cancel it, with or without success.
    pub(crate) cancel_requested: bool,
    retries: u32,
    /// Unix seconds.
    pub(crate) created: i64,
    pub(crate) expires: i64,
}

impl Upload {
    pub(crate) fn new(id: String, title: &str, url: &str, created: i64, days: i64, now: Duration) -> Self {
        Self {
            id,
            title: title.to_owned(),
            url: url.to_owned(),
            status: WAITING,
            since: Some(now),
            began: now,
            cancel_requested: false,
            retries: 0,
            created,
            expires: created + days * DAY,
        }
    }

    fn seeded(id: &str, status: u8) -> Self {
        Self {
            id: id.to_owned(),
            title: format!("{id}.mp4"),
            url: "https://xxx.com/video/test.mp4".to_owned(),
            status,
            since: None,
            began: Duration::ZERO,
            cancel_requested: status == CANCELLED,
            retries: u32::from(matches!(status, RETRYING | FAILED)),
            created: SAMPLE_TIME,
            expires: SAMPLE_TIME + 3 * DAY,
        }
    }

    pub(crate) fn is_unfinished(&self) -> bool {
        matches!(self.status, WAITING | UPLOADING | RETRYING)
    }

    pub(crate) fn set_status(&mut self, status: u8, now: Duration) {
        self.status = status;
        self.since = Some(now);
    }

    /// When time alone will change it, and to which status.
    fn due(&self) -> Option<(Duration, u8)> {
        let since = self.since?;
        match self.status {
            WAITING => Some((since + STEP, UPLOADING)),
            UPLOADING => Some((since + STEP, SUCCEEDED)),
            SUCCEEDED => {
                let kept = u64::try_from(self.expires - self.created).unwrap_or(0);
                Some((self.began + Duration::from_secs(kept), EXPIRED))
            }
            _ => None,
        }
    }

    /// As the vendor lists it. A file is known by its title, so that equal titles share a place.
    pub(crate) fn listed(&self) -> Value {
        let stored = |host: &str| match self.status {
            SUCCEEDED | EXPIRED => format!("https://{host}/{}/{}", demo::ZEGO_APP_ID, self.title),
            _ => String::new(),
        };
        json!({
            "UploadTaskId": self.id, "StreamUrl": self.url, "Title": self.title, "Status": self.status,
            "RetryCount": self.retries, "ExpiresAt": self.expires, "CreateTime": self.created,
            "UploadStreamUrl": stored("upload.example.com"),
            "InternalUploadStreamUrl": stored("upload-internal.example.com"),
        })
    }
}

impl Uploads {
    pub(crate) fn seeded() -> Self {
        let tasks = [
            (demo::ZEGO_WAITING_UPLOAD, WAITING),
            (demo::ZEGO_RUNNING_UPLOAD, UPLOADING),
            (demo::ZEGO_RETRYING_UPLOAD, RETRYING),
            (demo::ZEGO_FINISHED_UPLOAD, SUCCEEDED),
            (demo::ZEGO_FAILED_UPLOAD, FAILED),
            (demo::ZEGO_CANCELLED_UPLOAD, CANCELLED),
            (demo::ZEGO_EXPIRED_UPLOAD, EXPIRED),
        ];
        Self(tasks.into_iter().map(|(id, status)| Upload::seeded(id, status)).collect())
    }

    pub(crate) fn all(&self) -> &[Upload] {
        &self.0
    }

    pub(crate) fn add(&mut self, upload: Upload) {
        self.0.push(upload);
    }

    /// When time alone will change the next of them.
    pub(crate) fn due(&self) -> Option<Duration> {
        self.0.iter().filter_map(Upload::due).map(|(at, _)| at).min()
    }

    /// Lets the next change happen that is due by now; says when it was and to which task.
    pub(crate) fn settle(&mut self, now: Duration) -> Option<(Duration, &Upload)> {
        let due = |upload: &Upload| upload.due().filter(|(at, _)| *at <= now);
        let changing = self.0.iter().enumerate().filter_map(|(index, upload)| Some((due(upload)?, index)));
        let ((at, status), index) = changing.min_by_key(|((at, _), _)| *at)?;
        if status == SUCCEEDED {
            self.overwrite(index);
        }
        let upload = self.0.get_mut(index)?;
        upload.set_status(status, at);
        Some((at, upload))
    }

    /// A file of the same title is overwritten, and the new one expires when the old one would have.
    fn overwrite(&mut self, index: usize) {
        let new = &self.0[index];
        let is_old = |old: &&Upload| old.status == SUCCEEDED && old.title == new.title && old.expires > new.created;
        if let Some(expires) = self.0.iter().find(is_old).map(|old| old.expires) {
            self.0[index].expires = expires;
        }
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut Upload> {
        self.0.iter_mut().find(|upload| upload.id == id)
    }

    /// All of them, by id.
    pub(crate) fn snapshots(&self) -> Map<String, Value> {
        self.0.iter().map(|upload| (upload.id.clone(), upload.listed())).collect()
    }

    pub(crate) fn snapshot(&self, id: &str) -> Option<Value> {
        self.0.iter().find(|upload| upload.id == id).map(Upload::listed)
    }
}
