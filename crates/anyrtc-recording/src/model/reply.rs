//! What queries and stops answer.

use serde::de::{Deserialize, Deserializer, IgnoredAny};
#[cfg(feature = "full-serde")]
use serde::ser::{Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

use super::members::{Members, read_members};

livecloud_core::open_enum! {
    /// What a recording is doing. The numbers are not an order: compare [`phase`](Self::phase)s, or for equality.
    pub enum RecordingStatus: i64 {
        /// Not begun.
        NotBegun = 0,
        /// Initialised.
        Initialised = 1,
        /// The recorder is starting.
        RecorderStarting = 2,
        /// The uploader is ready.
        UploaderReady = 3,
        /// The recorder is ready.
        RecorderReady = 4,
        /// The first file is uploaded; stays so for the rest of the recording.
        Uploading = 5,
        /// The recording has stopped.
        RecordingStopped = 6,
        /// The whole service has stopped.
        ServiceStopped = 7,
        /// About to exit.
        Exiting = 8,
        /// Exited abnormally.
        Failed = 20,
    }
}

/// The life of a recording in five steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// On its way to record.
    Starting,
    /// Recording.
    Running,
    /// No longer recording; files may still be uploaded.
    Stopping,
    /// Over.
    Stopped,
    /// Ended by a failure.
    Failed,
}

impl RecordingStatus {
    /// The phase; `None` for a status that this version does not know. The grouping is inferred.
    #[must_use]
    pub const fn phase(self) -> Option<Phase> {
        match self {
            Self::NotBegun | Self::Initialised | Self::RecorderStarting | Self::UploaderReady => Some(Phase::Starting),
            Self::RecorderReady | Self::Uploading => Some(Phase::Running),
            Self::RecordingStopped => Some(Phase::Stopping),
            Self::ServiceStopped | Self::Exiting => Some(Phase::Stopped),
            Self::Failed => Some(Phase::Failed),
            Self::Other(_) => None,
        }
    }
}

livecloud_core::open_enum! {
    /// Whether the files have arrived.
    pub enum UploadingStatus {
        /// All files are in your storage.
        Uploaded = "uploaded",
        /// All are uploaded, but at least one slice lies in anyRTC's backup, which forwards it later.
        Backuped = "backuped",
        /// Not known.
        Unknown = "unknown",
    }
}

livecloud_core::open_enum! {
    /// What the file list is said to be. It is not always true: [`FileList`] goes by what arrives.
    pub enum FileListMode {
        /// A file name.
        Text = "string",
        /// An array of files.
        Json = "json",
    }
}

livecloud_core::open_enum! {
    /// What is in a file.
    pub enum TrackType {
        /// Sound.
        Audio = "audio",
        /// Picture.
        Video = "video",
        /// Both.
        AudioAndVideo = "audio_and_video",
    }
}

livecloud_core::open_enum! {
    /// Where the upload to an extension service stands.
    pub enum ExtensionState {
        /// Uploading.
        InProgress = "inProgress",
        /// Nobody sends: the upload has paused.
        Idle = "idle",
    }
}

livecloud_core::open_enum! {
    /// The state of a part of the recording service.
    pub enum ServiceState {
        /// Not begun.
        Idle = "serviceIdle",
        /// Started.
        Started = "serviceStarted",
        /// Ready.
        Ready = "serviceReady",
        /// At work.
        InProgress = "serviceInProgress",
        /// Everything is uploaded to the extension service.
        Completed = "serviceCompleted",
        /// A part is uploaded to the extension service.
        PartialCompleted = "servicePartialCompleted",
        /// The extension service refused its settings, such as a wrong `apiData`.
        ValidationFailed = "serviceValidationFailed",
        /// Out of order.
        Abnormal = "serviceAbnormal",
    }
}

impl ServiceState {
    /// The phase of a recording whose service is in this state (inferred); `None` for an unknown one.
    #[must_use]
    pub const fn phase(&self) -> Option<Phase> {
        match self {
            Self::Idle | Self::Started | Self::Ready => Some(Phase::Starting),
            Self::InProgress => Some(Phase::Running),
            Self::Completed | Self::PartialCompleted => Some(Phase::Stopped),
            Self::ValidationFailed | Self::Abnormal => Some(Phase::Failed),
            Self::Other(_) => None,
        }
    }
}

/// The state of a recording. What is in it depends on how it was started, so everything is optional; a member of
/// another type than the documented one is read as absent.
#[derive(Debug, Clone, Default, PartialEq)]
#[cfg_attr(feature = "full-serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
#[non_exhaustive]
pub struct ServerResponse {
    /// What the recording is doing; queries only, and not with an extension service.
    #[cfg_attr(feature = "full-serde", serde(skip_serializing_if = "Option::is_none"))]
    pub status: Option<RecordingStatus>,
    /// What the list is said to be; not with snapshots or an extension service.
    #[cfg_attr(feature = "full-serde", serde(skip_serializing_if = "Option::is_none"))]
    pub file_list_mode: Option<FileListMode>,
    /// The recorded files; not with snapshots.
    #[cfg_attr(feature = "full-serde", serde(skip_serializing_if = "FileList::is_none"))]
    pub file_list: FileList,
    /// When the recording began, in milliseconds since the Unix epoch.
    #[cfg_attr(feature = "full-serde", serde(rename = "sliceStartTime", skip_serializing_if = "Option::is_none"))]
    pub slice_start_time_ms: Option<i64>,
    /// Whether the files have arrived; stops only.
    #[cfg_attr(feature = "full-serde", serde(skip_serializing_if = "Option::is_none"))]
    pub uploading_status: Option<UploadingStatus>,
    /// One entry for each extension service.
    #[cfg_attr(feature = "full-serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub extension_service_state: Vec<ExtensionServiceState>,
    /// The parts of the service.
    #[cfg_attr(feature = "full-serde", serde(skip_serializing_if = "Option::is_none"))]
    pub sub_service_status: Option<SubServiceStatus>,
}

read_members!(ServerResponse, |members| {
    status: members.value("status"),
    file_list_mode: members.value("fileListMode"),
    file_list: members.get("fileList").map(|list| FileList::read(list.get())).unwrap_or_default(),
    slice_start_time_ms: members.number("sliceStartTime"),
    uploading_status: members.value("uploadingStatus"),
    extension_service_state: members.list("extensionServiceState"),
    sub_service_status: members.object("subServiceStatus"),
});

/// The state of one extension service.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "full-serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
#[non_exhaustive]
pub struct ExtensionServiceState {
    /// `aliyun_vod_service`.
    pub service_name: Option<String>,
    /// Its state.
    pub payload: ExtensionPayload,
}

read_members!(ExtensionServiceState, |members| {
    service_name: members.text("serviceName"),
    payload: members.object("payload").unwrap_or_default(),
});

/// What an extension service has done so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "full-serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
#[non_exhaustive]
pub struct ExtensionPayload {
    /// Where the upload stands.
    pub state: Option<ExtensionState>,
    /// Which file became which video.
    pub video_info: Vec<VodVideo>,
}

read_members!(ExtensionPayload, |members| {
    state: members.value("state"),
    video_info: members.list("videoInfo"),
});

/// A recorded file and the video that it became.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "full-serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
#[non_exhaustive]
pub struct VodVideo {
    /// The M3U8 file.
    pub file_name: Option<String>,
    /// Aliyun's id of the video.
    pub video_id: Option<String>,
}

read_members!(VodVideo, |members| {
    file_name: members.text("fileName").or_else(|| members.text("filename")),
    video_id: members.text("videoId"),
});

/// The states of the recording service's parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "full-serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
#[non_exhaustive]
pub struct SubServiceStatus {
    /// The part that subscribes.
    pub recording_service: Option<ServiceState>,
}

read_members!(SubServiceStatus, |members| {
    recording_service: members.value("recordingService"),
});

/// The recorded files, by the JSON type that arrived: neither mode nor `fileListMode` tells it reliably.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub enum FileList {
    /// No list.
    #[default]
    None,
    /// The name of the M3U8 file: mix mode with HLS alone.
    Name(String),
    /// One entry for each file; may be empty. Elements that name no file are left out.
    Items(Vec<RecordedFile>),
    /// Something else without a single name, kept as it came: this answer may be the only one that tells the files.
    Other(Value),
}

impl FileList {
    /// Whether there is no list.
    #[must_use]
    pub const fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// All file names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let (name, items) = match self {
            Self::Name(name) => (Some(name.as_str()), &[][..]),
            Self::Items(items) => (None, &items[..]),
            Self::None | Self::Other(_) => (None, &[][..]),
        };
        name.into_iter().chain(items.iter().map(|file| file.name.as_str()))
    }

    fn read(json: &str) -> Self {
        if !json.starts_with('"') {
            return match json {
                "null" => Self::None,
                _ => Self::items(json).unwrap_or_else(|| {
                    Self::Other(serde_json::from_str(json).unwrap_or_else(|_| Value::String(json.to_owned())))
                }),
            };
        }
        match serde_json::from_str::<String>(json) {
            Ok(text) if text.is_empty() => Self::None,
            // Arrays have been seen printed into a text.
            Ok(text) => match Self::items(&text) {
                Some(list) => list,
                None if serde_json::from_str::<Vec<IgnoredAny>>(&text).is_ok() => Self::Other(Value::String(text)),
                None => Self::Name(text),
            },
            Err(_) => Self::Other(Value::String(json.to_owned())),
        }
    }

    /// The files of an array, or of a single file in the place of one; elements that name no file do not count.
    fn items(json: &str) -> Option<Self> {
        if !json.trim_ascii_start().starts_with('[') {
            return RecordedFile::read(json).map(|file| Self::Items(vec![file]));
        }
        let elements: Vec<&RawValue> = serde_json::from_str(json).ok()?;
        let files: Vec<_> = elements.iter().filter_map(|element| RecordedFile::read(element.get())).collect();
        (elements.is_empty() || !files.is_empty()).then_some(Self::Items(files))
    }
}

impl<'de> Deserialize<'de> for FileList {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::<RawValue>::deserialize(deserializer).map(|json| Self::read(json.get()))
    }
}

#[cfg(feature = "full-serde")]
impl Serialize for FileList {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::None => serializer.serialize_none(),
            Self::Name(name) => serializer.serialize_str(name),
            Self::Items(items) => items.serialize(serializer),
            Self::Other(value) => value.serialize(serializer),
        }
    }
}

/// One recorded file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "full-serde", derive(serde::Serialize))]
#[cfg_attr(feature = "full-serde", serde(rename_all = "camelCase"))]
#[non_exhaustive]
pub struct RecordedFile {
    /// The file's name, folders of the storage included.
    #[cfg_attr(feature = "full-serde", serde(rename = "filename"))]
    pub name: String,
    /// What is in it.
    #[cfg_attr(feature = "full-serde", serde(skip_serializing_if = "Option::is_none"))]
    pub track_type: Option<TrackType>,
    /// Whose stream; `0` in mix mode (seen in vendor code).
    #[cfg_attr(feature = "full-serde", serde(skip_serializing_if = "Option::is_none"))]
    pub uid: Option<String>,
    /// Whether all users are in this one file.
    #[cfg_attr(feature = "full-serde", serde(skip_serializing_if = "Option::is_none"))]
    pub mixed_all_user: Option<bool>,
    /// Whether it can be played online.
    #[cfg_attr(feature = "full-serde", serde(skip_serializing_if = "Option::is_none"))]
    pub is_playable: Option<bool>,
    /// When the file begins, in milliseconds since the Unix epoch.
    #[cfg_attr(feature = "full-serde", serde(rename = "sliceStartTime", skip_serializing_if = "Option::is_none"))]
    pub slice_start_time_ms: Option<i64>,
}

impl RecordedFile {
    /// A file of a list: a name, or an object with one.
    fn read(json: &str) -> Option<Self> {
        let not_empty = |name: &String| !name.is_empty();
        if json.starts_with('"') {
            let (track_type, uid, mixed_all_user, is_playable, slice_start_time_ms) = (None, None, None, None, None);
            let name = serde_json::from_str(json).ok().filter(not_empty)?;
            return Some(Self { name, track_type, uid, mixed_all_user, is_playable, slice_start_time_ms });
        }
        let file = Members::of(json)?;
        // seen spelt in two ways
        let name = ["filename", "fileName"].into_iter().filter_map(|key| file.text(key)).find(not_empty)?;
        Some(Self {
            name,
            track_type: file.value("trackType"),
            uid: file.text("uid"),
            mixed_all_user: file.flag("mixedAllUser"),
            is_playable: file.flag("isPlayable"),
            slice_start_time_ms: file.number("sliceStartTime"),
        })
    }
}
