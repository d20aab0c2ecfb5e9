//! What has to survive a crash.

use serde::{Deserialize, Serialize};

use crate::model::{Mode, StreamTypes};
use crate::operations::StartRequest;

/// All that a new process needs to know of a recording: ids, times and how it was started. No secret is in it.
///
/// Store it as JSON, for example in a column beside the lesson or meeting that is recorded, right after
/// [`acquire`](crate::Recording::acquire) and again right after [`start`](crate::Recording::start);
/// [`Recording::resume`](crate::Recording::resume) takes it. Later versions read the JSON of earlier ones.
///
/// ```
/// # use anyrtc_recording::Snapshot;
/// # let row = r#"{"reservation":{"appId":"a","cname":"room","uid":"7","resourceId":"r","acquiredMs":1}}"#;
/// let snapshot: Snapshot = serde_json::from_str(row)?;
/// assert_eq!((snapshot.cname(), snapshot.sid()), ("room", None));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    pub(super) reservation: Reservation,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) started: Option<Begun>,
}

impl Snapshot {
    /// The App ID; only a client of this app can resume.
    #[must_use]
    pub fn app_id(&self) -> &str {
        &self.reservation.app_id
    }

    /// The channel.
    #[must_use]
    pub fn cname(&self) -> &str {
        &self.reservation.cname
    }

    /// The recorder's uid.
    #[must_use]
    pub fn uid(&self) -> &str {
        &self.reservation.uid
    }

    /// The resource id.
    #[must_use]
    pub fn resource_id(&self) -> &str {
        &self.reservation.resource_id
    }

    /// The recording's id, once it has one.
    #[must_use]
    pub fn sid(&self) -> Option<&str> {
        self.started.as_ref().map(|begun| begun.sid.as_str())
    }

    /// The recording's mode, once it has a sid.
    #[must_use]
    pub fn mode(&self) -> Option<&Mode> {
        self.started.as_ref().map(|begun| &begun.terms.mode)
    }
}

/// What is known from `Acquire` on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Reservation {
    pub(super) app_id: String,
    pub(super) cname: String,
    pub(super) uid: String,
    pub(super) resource_id: String,
    /// When it was asked for, in Unix milliseconds.
    pub(super) acquired_ms: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) resource_expired_hour: Option<u32>,
    /// The resource ids on which a start may have taken effect, without anybody having been told its sid.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) suspects: Vec<String>,
}

impl Reservation {
    pub(super) fn suspect(&mut self) {
        if !self.suspects.contains(&self.resource_id) {
            self.suspects.push(self.resource_id.clone());
        }
    }
}

/// What is known from `Start` on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Begun {
    pub(super) sid: String,
    /// When its sid was learned, in Unix milliseconds.
    pub(super) started_ms: i64,
    pub(super) terms: Terms,
}

/// How a recording was started, as far as it matters later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Terms {
    pub(super) mode: Mode,
    pub(super) stream_types: StreamTypes,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) file_name_prefix: Vec<String>,
    /// Of the files whose names can be told in advance.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) suffixes: Vec<String>,
}

impl Terms {
    pub(super) fn of(mode: &Mode, request: &StartRequest) -> Self {
        let recording = request.recording_config.as_ref();
        let files = request.recording_file_config.as_ref().and_then(|config| config.av_file_type.as_deref());
        // Individual recordings have a file for each user, snapshots for each moment.
        let mut suffixes = Vec::new();
        if *mode == Mode::Mix {
            suffixes.push("m3u8".to_owned());
            if files.is_some_and(|types| types.contains(&crate::AvFileType::Mp4)) {
                suffixes.push("mp4".to_owned());
            }
        }
        Self {
            mode: mode.clone(),
            stream_types: recording.and_then(|config| config.stream_types).unwrap_or(StreamTypes::Both),
            file_name_prefix: request
                .storage_config
                .as_ref()
                .and_then(|storage| storage.file_name_prefix.clone())
                .unwrap_or_default(),
            suffixes,
        }
    }
}
