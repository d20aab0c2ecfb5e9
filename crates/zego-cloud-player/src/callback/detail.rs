//! What belongs to each kind of event.

use livecloud_core::open_enum;
use livecloud_core::wire::{self, Url};
use serde_json::Value;

use super::event::{EventKind, integer, text};
use crate::operations::{DestroyReason, PlayerStatus};

open_enum! {
    /// What troubles a player, which goes on by itself.
    pub enum PlayerTrouble: i64 {
        /// The source took too long to load.
        LoadTimeout = -1,
        /// A jump took too long.
        SeekTimeout = -2,
        /// A jump failed.
        SeekFailed = -3,
        /// The sound is rendered at an odd rate.
        AudioRenderRate = -4,
        /// The data cannot be decoded.
        DataDecode = -5,
        /// Picture and sound are apart.
        OutOfSync = -6,
        /// It stutters.
        Stutter = -7,
        /// It does not get on as it should.
        Progress = 1,
        /// The published picture has too few frames: under 90 % twice in a row.
        VideoFps = 2,
        /// Far too few: under 40 % three times in a row, or none at all. This check is off by default.
        VideoFpsStrict = 3,
        /// The published sound has an odd rate.
        AudioRate = 4,
        /// The flow was held back for more than five minutes.
        FlowControl = 5,
        /// Decoding failed.
        Decode = 6,
        /// An item of a playlist could not be loaded.
        LoadFailed = 7,
    }
}

open_enum! {
    /// Why an upload failed.
    pub enum UploadFailure: i64 {
        /// The file could not be downloaded.
        Download = 1,
        /// It could not be stored; check the `ContentMd5`.
        Store = 2,
        /// It is too large.
        TooLarge = 3,
    }
}

open_enum! {
    /// How far an upload is, in callbacks. **Not the numbers of [`UploadTaskStatus`](crate::UploadTaskStatus)**: 3 is
    /// cancelled here, and waiting for a repeat there.
    pub enum UploadProgress: i64 {
        /// It waits.
        Waiting = 1,
        /// It runs.
        Uploading = 2,
        /// It was cancelled.
        Cancelled = 3,
    }
}

open_enum! {
    /// Why an upload was not cancelled.
    pub enum CancelRefusal: i64 {
        /// It runs.
        Uploading = 1,
        /// It is done.
        Uploaded = 2,
    }
}

open_enum! {
    /// What troubles an upload, which is tried again.
    pub enum UploadTrouble: i64 {
        /// The vendor does not know.
        Unknown = 1,
        /// It could not be stored; check the `ContentMd5`.
        Store = 2,
    }
}

/// What belongs to an event, by its kind. Members that are missing, or cannot be read, are `None`.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Detail {
    /// A player was created.
    #[non_exhaustive]
    PlayerCreated {
        /// When, in Unix seconds.
        create_time: Option<i64>,
        /// When it is to play, in Unix seconds.
        play_time: Option<i64>,
        /// After how many idle seconds it is destroyed.
        max_idle_time: Option<i64>,
        /// What it plays.
        stream_url: Option<Url>,
    },
    /// A player is gone.
    #[non_exhaustive]
    PlayerDestroyed {
        /// When it began to play, in Unix seconds.
        play_time: Option<i64>,
        /// Why.
        reason: Option<DestroyReason>,
    },
    /// A player's status changed.
    #[non_exhaustive]
    PlayerStatusChanged {
        /// The new one.
        status: Option<PlayerStatus>,
        /// The item of its list, while it plays or is paused.
        play_index: Option<u64>,
    },
    /// A player met trouble. Repeated ones call for a look at the media server.
    #[non_exhaustive]
    PlayerException {
        /// Which.
        code: Option<PlayerTrouble>,
        /// The item of its list that could not be loaded.
        play_index: Option<u64>,
    },
    /// A file is uploaded.
    FileUploaded,
    /// An upload failed for good.
    #[non_exhaustive]
    UploadFailed {
        /// Why.
        reason: Option<UploadFailure>,
    },
    /// An upload's status changed.
    #[non_exhaustive]
    UploadStatusChanged {
        /// The new one.
        status: Option<UploadProgress>,
    },
    /// An upload was not cancelled.
    #[non_exhaustive]
    CancelFailed {
        /// Why.
        reason: Option<CancelRefusal>,
    },
    /// An upload met trouble and is tried again.
    #[non_exhaustive]
    UploadException {
        /// Which.
        code: Option<UploadTrouble>,
    },
    /// An uploaded file has expired.
    FileExpired,
    /// A kind this version does not know.
    Other(Value),
}

impl Detail {
    pub(super) fn read(kind: EventKind, detail: &Value) -> Self {
        let number = |name: &str| detail.get(name).and_then(integer);
        let index = || detail.get("PlayIndex").and_then(|index| wire::opt_u64(index).ok().flatten());
        match kind {
            EventKind::PlayerCreated => Self::PlayerCreated {
                create_time: number("CreateTime"),
                play_time: number("PlayTime"),
                max_idle_time: number("MaxIdleTime"),
                stream_url: detail.get("StreamUrl").and_then(text).map(Url::from),
            },
            EventKind::PlayerDestroyed => Self::PlayerDestroyed {
                play_time: number("PlayTime"),
                reason: number("Reason").map(DestroyReason::from),
            },
            EventKind::PlayerStatusChanged => {
                let status = number("Status").map(PlayerStatus::from);
                // With other statuses the vendor says that it means nothing.
                let counts = matches!(status, Some(PlayerStatus::Playing | PlayerStatus::Paused));
                Self::PlayerStatusChanged { status, play_index: index().filter(|_| counts) }
            }
            EventKind::PlayerException => {
                let code = number("Code").map(PlayerTrouble::from);
                Self::PlayerException { code, play_index: index().filter(|_| code == Some(PlayerTrouble::LoadFailed)) }
            }
            EventKind::FileUploaded => Self::FileUploaded,
            EventKind::UploadFailed => Self::UploadFailed { reason: number("Reason").map(UploadFailure::from) },
            EventKind::UploadStatusChanged => {
                Self::UploadStatusChanged { status: number("Status").map(UploadProgress::from) }
            }
            EventKind::CancelFailed => Self::CancelFailed { reason: number("Reason").map(CancelRefusal::from) },
            EventKind::UploadException => Self::UploadException { code: number("Code").map(UploadTrouble::from) },
            EventKind::FileExpired => Self::FileExpired,
            EventKind::Other(_) => Self::Other(detail.clone()),
        }
    }
}
