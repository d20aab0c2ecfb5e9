//! What is recorded, and into what.

#[cfg(feature = "full-serde")]
use serde::Deserialize;
use serde::Serialize;

use livecloud_core::{Secret, wire};

use super::layout::TranscodingConfig;
use super::subscription::{StreamTypes, Subscription, Uids};

livecloud_core::open_enum! {
    /// How the channel is recorded; part of the path, and fixed from start to stop.
    pub enum Mode {
        /// Sound and picture of every user into files of their own.
        Individual = "individual",
        /// All users mixed into one recording.
        Mix = "mix",
    }
}

livecloud_core::open_enum! {
    /// The channel's profile; it must be the one that the apps in the channel use.
    pub enum ChannelType: i64 {
        /// Everybody may speak. A user who sends nothing still counts as present.
        Communication = 0,
        /// Hosts and audience. An audience without a host counts as nobody.
        Live = 1,
    }
}

livecloud_core::open_enum! {
    /// How the channel's streams are encrypted; the same as in the channel. Needs a secret.
    pub enum DecryptionMode: i64 {
        /// Not at all; the default.
        None = 0,
        /// AES-128, XTS.
        Aes128Xts = 1,
        /// AES-128, ECB.
        Aes128Ecb = 2,
        /// AES-256, XTS.
        Aes256Xts = 3,
    }
}

livecloud_core::open_enum! {
    /// The mixed sound: 48 kHz, coded for music. Individual recordings keep the source's.
    pub enum AudioProfile: i64 {
        /// Mono, about 48 kbps; the default.
        Mono48 = 0,
        /// Mono, about 128 kbps.
        Mono128 = 1,
        /// Stereo, about 192 kbps.
        Stereo192 = 2,
    }
}

livecloud_core::open_enum! {
    /// Which of a sender's two pictures is recorded, where it sends two.
    pub enum VideoStreamType: i64 {
        /// The large one; the default.
        High = 0,
        /// The small one.
        Low = 1,
    }
}

livecloud_core::open_enum! {
    /// The greatest number of users that will be recorded at once, sound and picture of one user counted once.
    pub enum UidGroup: i64 {
        /// One or two.
        UpTo2 = 0,
        /// Three to seven.
        UpTo7 = 1,
        /// Eight to twelve.
        UpTo12 = 2,
        /// Thirteen to seventeen.
        UpTo17 = 3,
    }
}

impl UidGroup {
    /// How many users fit in; the numbers 4 (32) and 5 (49) by analogy with Agora.
    #[must_use]
    pub const fn capacity(self) -> Option<usize> {
        match self {
            Self::UpTo2 => Some(2),
            Self::UpTo7 => Some(7),
            Self::UpTo12 => Some(12),
            Self::UpTo17 => Some(17),
            Self::Other(4) => Some(32),
            Self::Other(5) => Some(49),
            Self::Other(_) => None,
        }
    }
}

livecloud_core::open_enum! {
    /// A kind of recorded file.
    pub enum AvFileType {
        /// M3U8 list with TS slices.
        Hls = "hls",
        /// One MP4, made from the slices after the recording has ended. Mix mode only, and not into Qiniu (both from
        /// newer vendor pages).
        Mp4 = "mp4",
    }
}

/// What is subscribed to, and how the mix is made.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RecordingConfig {
    /// The channel's profile. Required, although the vendor has a default: a wrong one does harm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel_type: Option<ChannelType>,
    /// Which streams; absent means both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stream_types: Option<StreamTypes>,
    /// How the channel is encrypted; absent means not at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decryption_mode: Option<DecryptionMode>,
    /// The password of an encrypted channel.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "wire::opt_secret")]
    pub secret: Option<Secret>,
    /// The mixed sound; not in individual mode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio_profile: Option<AudioProfile>,
    /// Large or small picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub video_stream_type: Option<VideoStreamType>,
    /// Seconds without users after which the recorder leaves by itself, 5..=4294967295; absent means 30, which ends
    /// the recording of a quiet room soon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_idle_time: Option<u64>,
    /// The mixed picture; only in mix mode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transcoding_config: Option<TranscodingConfig>,
    /// Whose sound, 1..=32 uids; `["#allstream#"]` is everybody's. A list for sound alone means no picture at all.
    #[serde(default, deserialize_with = "super::input::opt_texts", skip_serializing_if = "Option::is_none")]
    pub subscribe_audio_uids: Option<Vec<String>>,
    /// Everybody's sound but theirs, 1..=32 uids.
    #[serde(default, deserialize_with = "super::input::opt_texts", skip_serializing_if = "Option::is_none")]
    pub un_subscribe_audio_uids: Option<Vec<String>>,
    /// Whose picture, 1..=32 uids; `["#allstream#"]` is everybody's. A list for pictures alone means no sound at all.
    #[serde(default, deserialize_with = "super::input::opt_texts", skip_serializing_if = "Option::is_none")]
    pub subscribe_video_uids: Option<Vec<String>>,
    /// Everybody's picture but theirs, 1..=32 uids.
    #[serde(default, deserialize_with = "super::input::opt_texts", skip_serializing_if = "Option::is_none")]
    pub un_subscribe_video_uids: Option<Vec<String>>,
    /// How many users at most; required in individual mode, where `UpTo2` is a value like any other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscribe_uid_group: Option<UidGroup>,
}

impl RecordingConfig {
    /// Records everything in a channel of that profile.
    #[must_use]
    pub fn new(channel_type: ChannelType) -> Self {
        Self { channel_type: Some(channel_type), ..Self::default() }
    }

    livecloud_core::__setters! {
        /// Sets which streams are recorded.
        stream_types: StreamTypes,
        /// Sets how the channel is encrypted.
        decryption_mode: DecryptionMode,
        /// Sets the password of an encrypted channel.
        into secret: Secret,
        /// Sets the mixed sound.
        audio_profile: AudioProfile,
        /// Sets which picture of a sender is recorded.
        video_stream_type: VideoStreamType,
        /// Sets after how many seconds without users the recorder leaves.
        max_idle_time: u64,
        /// Sets the mixed picture.
        transcoding_config: TranscodingConfig,
        /// Sets whose sound is recorded.
        each subscribe_audio_uids: String,
        /// Sets whose sound is left out.
        each un_subscribe_audio_uids: String,
        /// Sets whose picture is recorded.
        each subscribe_video_uids: String,
        /// Sets whose picture is left out.
        each un_subscribe_video_uids: String,
        /// Sets how many users are expected at most.
        subscribe_uid_group: UidGroup,
    }

    /// Sets stream types and all four lists so that they fit together.
    #[must_use]
    pub fn subscription(mut self, subscription: Subscription) -> Self {
        self.stream_types = Some(subscription.stream_types());
        let (audio, video) = subscription.into_kinds();
        // Without any list the vendor records everybody; with one, the other kind must be spelt out.
        let spell_out = [&audio, &video].iter().any(|kind| kind.as_ref().is_some_and(|uids| *uids != Uids::Everyone));
        let lists = |kind: Option<Uids>| kind.filter(|_| spell_out).map(Uids::into_lists).unwrap_or_default();
        (self.subscribe_audio_uids, self.un_subscribe_audio_uids) = lists(audio);
        (self.subscribe_video_uids, self.un_subscribe_video_uids) = lists(video);
        self
    }
}

/// Which files are recorded.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RecordingFileConfig {
    /// `["hls"]`, the default; in mix mode also `["hls","mp4"]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub av_file_type: Option<Vec<AvFileType>>,
}

impl RecordingFileConfig {
    /// The vendor's default.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// M3U8 and TS files.
    #[must_use]
    pub fn hls() -> Self {
        Self { av_file_type: Some(vec![AvFileType::Hls]) }
    }

    /// M3U8 and TS files, and an MP4 when the recording has ended; see [`AvFileType::Mp4`].
    #[must_use]
    pub fn hls_and_mp4() -> Self {
        Self { av_file_type: Some(vec![AvFileType::Hls, AvFileType::Mp4]) }
    }
}

/// Pictures at intervals, instead of a recording. Individual mode only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SnapshotConfig {
    /// Seconds between two pictures, 5..=3600 (Relaxed: 1..=3600, as a newer page has it); absent means 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capture_interval: Option<u32>,
    /// Required, and always `["jpg"]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_type: Option<Vec<String>>,
}

impl SnapshotConfig {
    /// A JPG every ten seconds.
    #[must_use]
    pub fn new() -> Self {
        Self { capture_interval: None, file_type: Some(vec!["jpg".to_owned()]) }
    }

    livecloud_core::__setters! {
        /// Sets the seconds between two pictures.
        capture_interval: u32,
    }
}
