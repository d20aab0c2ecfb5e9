//! Starts whose parts belong together.

use livecloud_core::Secret;

use super::start::{Start, StartRequest};
use crate::model::{
    AliyunVod, AudioProfile, ChannelType, DecryptionMode, Mode, RecordingConfig, RecordingFileConfig, SnapshotConfig,
    StorageConfig, Subscription, TranscodingConfig, UidGroup, VideoStreamType,
};

/// Where a mix goes.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum MixSink {
    /// Into your storage.
    Storage(StorageConfig),
    /// Into Aliyun's video-on-demand service.
    AliyunVod(AliyunVod),
}

impl From<StorageConfig> for MixSink {
    fn from(storage: StorageConfig) -> Self {
        Self::Storage(storage)
    }
}

impl From<AliyunVod> for MixSink {
    fn from(vod: AliyunVod) -> Self {
        Self::AliyunVod(vod)
    }
}

/// What is made of each user's streams.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum IndividualOutput {
    /// M3U8 and TS files.
    Files,
    /// Pictures at intervals, instead of files. They need the picture streams.
    Snapshots(SnapshotConfig),
    /// Both at once. A newer vendor page allows it, the older one does not:
    /// [`Validation::Relaxed`](crate::Validation::Relaxed) only.
    FilesAndSnapshots(SnapshotConfig),
}

/// A mix: all users in one recording. For [`Recording::start`](crate::Recording::start), or
/// [`on`](Self::on) a resource id for a [`Start`].
///
/// It has no way to express most of what a mix must not have: snapshots, a storage beside an extension service, no place
/// to go at all, lists that contradict each other. The rest is checked when it is sent: limits of numbers and texts, and
/// an MP4 into a Qiniu storage.
///
/// ```
/// use anyrtc_recording::{AliyunRegion, ChannelType, Layout, StartMix, StorageConfig, TranscodingConfig};
///
/// let storage = StorageConfig::aliyun(AliyunRegion::CnBeijing, "bucket", "access key", "secret key");
/// let mix = StartMix::new(ChannelType::Live, storage)
///     .max_idle_time(300)
///     .transcoding(TranscodingConfig::new(1280, 720, 15, 1200).layout(Layout::best_fit()));
/// # let start = mix.on("r-1", "httpClient463224", "527841");
/// # assert_eq!(start.mode, anyrtc_recording::Mode::Mix);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct StartMix(StartRequest);

/// Individual recordings: every user into files, or snapshots, of their own. For
/// [`Recording::start`](crate::Recording::start), or [`on`](Self::on) a resource id for a [`Start`].
///
/// It has no way to express most of what such a recording must not have: a canvas, a sound profile, an extension service,
/// no number of users. The rest is checked when it is sent: limits of numbers and texts, and snapshots of a subscription
/// to sound alone, or to everybody's picture but some.
///
/// ```
/// use anyrtc_recording::{ChannelType, IndividualOutput, SnapshotConfig, StartIndividual, StorageConfig, UidGroup};
///
/// let snapshots = IndividualOutput::Snapshots(SnapshotConfig::new().capture_interval(5));
/// let storage = StorageConfig::private("http://store.example/upload");
/// let pictures = StartIndividual::new(ChannelType::Live, UidGroup::UpTo7, snapshots, storage);
/// # let start = pictures.on("r-1", "httpClient463224", "527841");
/// # assert_eq!(start.mode, anyrtc_recording::Mode::Individual);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct StartIndividual(StartRequest);

/// The settings; there since the constructors.
fn recording(request: &mut StartRequest) -> &mut RecordingConfig {
    request.recording_config.get_or_insert_default()
}

/// What both kinds of start have.
macro_rules! common {
    ($name:ident, $mode:ident) => {
        impl $name {
            /// Sets the channel token, where the project's App certificate is on. It must be made for this channel and
            /// the recorder's uid, and outlive the recording.
            #[must_use]
            pub fn token(mut self, token: impl Into<Secret>) -> Self {
                self.0.token = Some(token.into());
                self
            }

            /// Sets who is recorded; without it, everybody, sound and picture.
            #[must_use]
            pub fn subscription(mut self, subscription: Subscription) -> Self {
                let recording = recording(&mut self.0);
                *recording = std::mem::take(recording).subscription(subscription);
                self
            }

            /// Sets how the channel is encrypted, and its password.
            #[must_use]
            pub fn decryption(mut self, mode: DecryptionMode, secret: impl Into<Secret>) -> Self {
                let recording = recording(&mut self.0);
                recording.decryption_mode = Some(mode);
                recording.secret = Some(secret.into());
                self
            }

            /// Sets which picture of a sender is recorded, where it sends two.
            #[must_use]
            pub fn video_stream_type(mut self, which: VideoStreamType) -> Self {
                recording(&mut self.0).video_stream_type = Some(which);
                self
            }

            /// Sets after how many seconds without users the recorder leaves, 5..=4294967295; 30 without it, which ends
            /// the recording of a quiet room soon.
            #[must_use]
            pub fn max_idle_time(mut self, seconds: u64) -> Self {
                recording(&mut self.0).max_idle_time = Some(seconds);
                self
            }

            /// The request on that resource id; channel and uid as in [`Acquire`](crate::Acquire).
            #[must_use]
            pub fn on(self, resource_id: impl Into<String>, cname: impl Into<String>, uid: impl Into<String>) -> Start {
                Start::new(resource_id, Mode::$mode, cname, uid, self.0)
            }
        }

        impl From<$name> for StartRequest {
            fn from(typed: $name) -> Self {
                typed.0
            }
        }
    };
}
common!(StartMix, Mix);
common!(StartIndividual, Individual);

impl StartMix {
    /// Mixes a channel of that profile into that place.
    #[must_use]
    pub fn new(channel_type: ChannelType, sink: impl Into<MixSink>) -> Self {
        let mut request = StartRequest::new(RecordingConfig::new(channel_type));
        match sink.into() {
            MixSink::Storage(storage) => request.storage_config = Some(storage),
            MixSink::AliyunVod(vod) => request.extension_service_config = Some(vod.into()),
        }
        Self(request)
    }

    /// Sets the mixed picture; without it 360 x 640, 15 fps, 500 kbps.
    #[must_use]
    pub fn transcoding(mut self, config: TranscodingConfig) -> Self {
        recording(&mut self.0).transcoding_config = Some(config);
        self
    }

    /// Sets the mixed sound.
    #[must_use]
    pub fn audio_profile(mut self, profile: AudioProfile) -> Self {
        recording(&mut self.0).audio_profile = Some(profile);
        self
    }

    /// Spells the default out: M3U8 and TS files.
    #[must_use]
    pub fn hls(mut self) -> Self {
        self.0.recording_file_config = Some(RecordingFileConfig::hls());
        self
    }

    /// Also makes an MP4 when the recording has ended; not into Qiniu. From newer vendor pages.
    #[must_use]
    pub fn mp4(mut self) -> Self {
        self.0.recording_file_config = Some(RecordingFileConfig::hls_and_mp4());
        self
    }

    /// Sets how many users are expected at most. The vendor's samples have it in a mix; it presumably has no effect
    /// there.
    #[must_use]
    pub fn subscribe_uid_group(mut self, group: UidGroup) -> Self {
        recording(&mut self.0).subscribe_uid_group = Some(group);
        self
    }
}

impl StartIndividual {
    /// Records every user of a channel of that profile. `group` is the greatest number of users at once.
    #[must_use]
    pub fn new(channel_type: ChannelType, group: UidGroup, output: IndividualOutput, storage: StorageConfig) -> Self {
        let mut request = StartRequest::new(RecordingConfig::new(channel_type).subscribe_uid_group(group));
        request.storage_config = Some(storage);
        let (files, snapshots) = match output {
            IndividualOutput::Files => (Some(RecordingFileConfig::hls()), None),
            IndividualOutput::Snapshots(config) => (None, Some(config)),
            IndividualOutput::FilesAndSnapshots(config) => (Some(RecordingFileConfig::hls()), Some(config)),
        };
        request.recording_file_config = files;
        request.snapshot_config = snapshots;
        Self(request)
    }
}
