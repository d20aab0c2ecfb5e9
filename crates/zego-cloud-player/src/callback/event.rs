//! Events, as far as this crate knows them.

use std::fmt;

use livecloud_core::callback::{CallbackError, CallbackEvent, Verified};
use livecloud_core::wire::{self, Url};
use serde_json::{Map, Value};

use super::body::{self, Signed};
use super::detail::Detail;

livecloud_core::open_enum! {
    /// What happened: `EventType`.
    pub enum EventKind: i64 {
        /// A player was created. `Detail`: `CreateTime`, `PlayTime` (Unix s), `MaxIdleTime` (s), `StreamUrl`.
        PlayerCreated = 1,
        /// A player is gone. `Detail`: `PlayTime`, `Reason` (1 deleted, 2 idle too long, 3 played to the end,
        /// 4 publishing failed, 5 could not enter the room or was kicked out).
        PlayerDestroyed = 2,
        /// A player's status changed. `Detail`: `Status` 1..=8, `PlayIndex` (with status 4 and 5 only).
        PlayerStatusChanged = 3,
        /// A player met trouble and tries again by itself. `Detail`: `Code`, `PlayIndex` (with code 7 only).
        PlayerException = 4,
        /// A file is uploaded.
        FileUploaded = 10001,
        /// An upload failed for good. `Detail`: `Reason` (1 no download, 2 upload error, 3 file too large).
        UploadFailed = 10002,
        /// An upload task's status changed. `Detail`: `Status` (1 waiting, 2 uploading, 3 **cancelled**; not the numbers
        /// of `DescribeUploadTasks`).
        UploadStatusChanged = 10003,
        /// An upload could not be cancelled. `Detail`: `Reason` (1 already uploading, 2 already uploaded).
        CancelFailed = 10004,
        /// An upload met trouble and is tried again. `Detail`: `Code` (1 unknown, 2 upload error).
        UploadException = 10005,
        /// An uploaded file has expired.
        FileExpired = 10006,
    }
}

/// A callback. Members that the vendor leaves out, or writes in a way that cannot be read, are `None`.
///
/// `Debug` shows the kind only: addresses in it may hold tokens.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Event {
    /// What happened.
    pub kind: EventKind,
    /// The project: `AppID`, or `AppId` as older pages have it.
    pub app_id: Option<u64>,
    /// The room, in events of players.
    pub room_id: Option<String>,
    /// The player, in events of players.
    pub player_id: Option<String>,
    /// The player's name.
    pub player_name: Option<String>,
    /// The task, in events of uploads.
    pub upload_task_id: Option<String>,
    /// The address of the file, in events of uploads; the one of a player is in `detail`.
    pub stream_url: Option<Url>,
    /// The title, in events of uploads.
    pub title: Option<String>,
    /// When it happened, in Unix milliseconds.
    pub event_time: Option<i64>,
    /// What belongs to this kind of event as it came, null where there is nothing; [`typed_detail`](Self::typed_detail)
    /// reads it.
    pub detail: Value,
    /// The delivery's signature, in lower case: for a cache against replays.
    pub signature: String,
    /// The whole body.
    pub fields: Map<String, Value>,
}

impl Event {
    /// What belongs to this kind of event.
    #[must_use]
    pub fn typed_detail(&self) -> Detail {
        Detail::read(self.kind, &self.detail)
    }
}

impl CallbackEvent for Event {
    fn parse(verified: &Verified<Self>) -> Result<Self, CallbackError> {
        let plain = body::plain(verified.body());
        let signature = Signed::read(&plain)?.signature.to_ascii_lowercase();
        let fields = body::members(&plain)?;
        let kind = member(&fields, &["EventType"]).and_then(integer);
        Ok(Self {
            kind: kind.ok_or_else(|| CallbackError::Malformed("EventType is missing or no number".into()))?.into(),
            app_id: app_id(&fields).and_then(|value| wire::opt_u64(value).ok().flatten()),
            room_id: member(&fields, &["RoomId"]).and_then(text),
            player_id: member(&fields, &["PlayerId"]).and_then(text),
            player_name: member(&fields, &["PlayerName"]).and_then(text),
            upload_task_id: member(&fields, &["UploadTaskId"]).and_then(text),
            stream_url: member(&fields, &["StreamUrl"]).and_then(text).map(Url::from),
            title: member(&fields, &["Title"]).and_then(text),
            event_time: member(&fields, &["EventTime"]).and_then(integer),
            detail: detail(&fields).cloned().unwrap_or_default(),
            signature,
            fields,
        })
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Event({:?}, {} members)", self.kind, self.fields.len())
    }
}

/// What all deliveries of an event have in common; `None` if too little of it is there to tell events apart.
pub(super) fn identity(fields: &Map<String, Value>) -> Option<Value> {
    let named = |name| member(fields, &[name]).and_then(text).filter(|text| !text.is_empty());
    let (player, task) = (named("PlayerId"), named("UploadTaskId"));
    if player.is_none() && task.is_none() {
        return None;
    }
    let app = app_id(fields).and_then(text)?;
    let object = [player, task];
    Some(serde_json::json!([app, object, named("EventType")?, named("EventTime")?, detail(fields)]))
}

fn app_id(fields: &Map<String, Value>) -> Option<&Value> {
    member(fields, &["AppID", "AppId"])
}

/// Called `detail` before 2023-07-13.
fn detail(fields: &Map<String, Value>) -> Option<&Value> {
    member(fields, &["Detail", "detail"])
}

fn member<'f>(fields: &'f Map<String, Value>, names: &[&str]) -> Option<&'f Value> {
    names.iter().find_map(|name| fields.get(*name).filter(|value| !value.is_null()))
}

pub(super) fn text(value: &Value) -> Option<String> {
    wire::opt_text(value).ok().flatten()
}

pub(super) fn integer(value: &Value) -> Option<i64> {
    wire::opt_i64(value).ok().flatten()
}
