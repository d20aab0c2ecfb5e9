//! Events, as far as this crate knows them.

use std::fmt;

use livecloud_core::callback::{CallbackError, CallbackEvent, Verified};
use livecloud_core::wire::Url;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::details::Details;
use super::fields::Fields;

livecloud_core::open_enum! {
    /// What happened: `type` of a GET, `eventType` in the body of a POST.
    pub enum EventKind {
        /// An upload is done.
        Upload = "upload",
        /// An uploaded file cannot be used. Has the signature of `Upload`.
        InvalidVideo = "invalidVideo",
        /// An import from an address failed.
        AsyncUpload = "async_upload",
        /// A video could not be copied to the centre.
        VideoSyncedFail = "videoSyncedFail",
        /// One rendition is done.
        Encode = "encode",
        /// One rendition failed.
        EncodeFailed = "encode_failed",
        /// All renditions are done; `status` says how.
        TranscodeComplete = "TranscodeComplete",
        /// A video passed its review.
        Pass = "pass",
        /// A video did not pass its review.
        NoPass = "nopass",
        /// Videos were deleted: `vids`. **Signs nothing but its name.**
        DeleteMediaComplete = "DeleteMediaComplete",
        /// The content scan refused something. **Signs nothing but its name.**
        AiContentScanNotPassed = "AIContentScanNotPassed",
        /// Courseware was converted, or not. **Signs nothing but its name.**
        CoursewareConvertComplete = "CoursewareConvertComplete",
        /// Snapshots are taken. The body does not name it; the word is the one that is signed.
        Snapshot = "snapshot",
    }
}

impl EventKind {
    /// The fields that the signature covers, beside the kind itself. Everything else can be changed by whoever has seen
    /// one event of this kind. Empty for kinds that this version does not know: count on nothing there.
    #[must_use]
    pub const fn signed_fields(&self) -> &'static [&'static str] {
        match self {
            Self::AsyncUpload => &["fileUrl"],
            Self::Encode | Self::EncodeFailed => &["format", "vid", "df"],
            Self::Upload
            | Self::InvalidVideo
            | Self::VideoSyncedFail
            | Self::TranscodeComplete
            | Self::Pass
            | Self::NoPass
            | Self::Snapshot => &["vid"],
            Self::DeleteMediaComplete
            | Self::AiContentScanNotPassed
            | Self::CoursewareConvertComplete
            | Self::Other(_) => &[],
        }
    }
}

/// A callback. Fields that the vendor leaves out or empty are `None`. Those of a POST come from its body only.
///
/// `Debug` shows the kind only: addresses in it may hold tokens.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Event {
    /// What happened.
    pub kind: EventKind,
    /// The video. Deleted ones are in `vids` of the body.
    pub vid: Option<String>,
    /// How it went: `status` of a POST, `state` of a GET. Never signed.
    pub status: Option<String>,
    /// The file format of a rendition.
    pub format: Option<String>,
    /// The rendition: 1 smooth, 2 high, 3 full definition.
    pub df: Option<String>,
    /// The address that could not be imported.
    pub file_url: Option<Url>,
    /// The snapshot task.
    pub task_id: Option<String>,
    /// All fields of the query, decoded once. For a POST these are `sign` and what your address holds itself: nothing of
    /// the event, and nothing that is signed.
    pub fields: Vec<(String, String)>,
    /// The body of a POST, null for a GET.
    pub body: Value,
}

impl Event {
    /// The first field of this name in [`fields`](Self::fields).
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The id of the video with which operations know it. Some events leave out its suffix, which follows from the rest
    /// (inferred: `_` and the first character again).
    #[must_use]
    pub fn video_id(&self) -> Option<String> {
        let vid = self.vid.as_deref()?;
        match vid.chars().next() {
            Some(first) if vid.len() == 32 && vid.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
                Some(format!("{vid}_{first}"))
            }
            _ => Some(vid.to_owned()),
        }
    }

    /// The content, typed, by [`kind`](Self::kind).
    #[must_use]
    pub fn details(&self) -> Details {
        match self.kind {
            EventKind::Upload | EventKind::InvalidVideo => Details::Uploaded(self.read()),
            EventKind::AsyncUpload => Details::ImportFailed(self.read()),
            EventKind::VideoSyncedFail | EventKind::Pass | EventKind::NoPass => Details::Video(self.read()),
            EventKind::Encode | EventKind::EncodeFailed => Details::Encoded(self.read()),
            EventKind::TranscodeComplete => Details::Transcoded(self.read()),
            EventKind::DeleteMediaComplete => Details::Deleted(self.read()),
            EventKind::AiContentScanNotPassed => Details::Scanned(self.read()),
            EventKind::CoursewareConvertComplete => Details::CoursewareConverted(self.read()),
            EventKind::Snapshot => Details::SnapshotsTaken(self.read()),
            EventKind::Other(_) => Details::Unknown,
        }
    }

    /// The members of a POST's body, the fields of a GET.
    fn read<T: DeserializeOwned + Default>(&self) -> T {
        let members = if self.body.is_object() {
            self.body.clone()
        } else {
            self.fields.iter().rev().map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect()
        };
        // every member reads as something, so the default never shows
        serde_json::from_value(members).unwrap_or_default()
    }
}

impl CallbackEvent for Event {
    fn parse(verified: &Verified<Self>) -> Result<Self, CallbackError> {
        let query = verified.uri().split_once('?').map_or("", |(_, query)| query);
        let fields = Fields::read(query, verified.body())?;
        Ok(Self {
            kind: fields.event_name()?.into(),
            vid: fields.text("vid"),
            status: fields.text("status").or_else(|| fields.text("state")),
            format: fields.text("format"),
            df: fields.text("df"),
            file_url: fields.text("fileUrl").map(Url::from),
            task_id: fields.text("taskId"),
            fields: fields.pairs,
            body: fields.body,
        })
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let members = self.body.as_object().map_or(0, serde_json::Map::len);
        match &self.kind {
            // a name that is not known may be anything
            EventKind::Other(_) => write!(f, "Event(Other, {} fields, {members} members)", self.fields.len()),
            kind => write!(f, "Event({kind:?}, {} fields, {members} members)", self.fields.len()),
        }
    }
}
