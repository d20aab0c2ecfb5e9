//! Starts whose parts belong together.

use livecloud_core::{Checks, Draft, Error, Meta, Operation, Secret};

use super::start::{Start, StartRequest, Started};
use crate::account::Account;
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
}

/// Starts a mix: all users in one recording.
///
/// It becomes a [`Start`] and has no way to express most of what a mix must not have: snapshots, a storage beside an
/// extension service, no place to go at all, lists that contradict each other. The rest is checked when it is sent:
/// limits of numbers and texts, and an MP4 into a Qiniu storage.
///
/// ```
/// # use livecloud_core::test_util::{ReplayTransport, Step};
/// # use anyrtc_recording::{Account, AliyunRegion, ChannelType, Client, Layout, StartMix, StorageConfig, TranscodingConfig};
/// # async fn run() -> Result<(), anyrtc_recording::Error> {
/// # let transport = ReplayTransport::always(Step::json(r#"{"Code":200,"Body":{"resourceId":"r-1","sid":"s-1"}}"#));
/// # let client = Client::builder(Account::new("app", "id", "secret")).transport(transport).build()?;
/// let storage = StorageConfig::aliyun(AliyunRegion::CnBeijing, "bucket", "access key", "secret key");
/// let mix = StartMix::new("r-1", "httpClient463224", "527841", ChannelType::Live, storage)
///     .max_idle_time(300)
///     .transcoding(TranscodingConfig::new(1280, 720, 15, 1200).layout(Layout::best_fit()));
/// let started = client.call(mix).await?;
/// # assert_eq!(started.sid, "s-1");
/// # Ok(())
/// # }
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct StartMix(Start);

/// Starts individual recordings: every user into files, or snapshots, of their own.
///
/// It becomes a [`Start`] and has no way to express most of what such a recording must not have: a canvas, a sound
/// profile, files beside snapshots, an extension service, no number of users. The rest is checked when it is sent: limits
/// of numbers and texts, and snapshots of a subscription to sound alone, or to everybody's picture but some.
///
/// ```
/// # use livecloud_core::test_util::{ReplayTransport, Step};
/// # use anyrtc_recording::{Account, ChannelType, Client, IndividualOutput, SnapshotConfig, StartIndividual, StorageConfig, UidGroup};
/// # async fn run() -> Result<(), anyrtc_recording::Error> {
/// # let transport = ReplayTransport::always(Step::json(r#"{"Code":200,"Body":{"resourceId":"r-1","sid":"s-1"}}"#));
/// # let client = Client::builder(Account::new("app", "id", "secret")).transport(transport).build()?;
/// let snapshots = IndividualOutput::Snapshots(SnapshotConfig::new().capture_interval(5));
/// let storage = StorageConfig::private("http://store.example/upload");
/// let start =
///     StartIndividual::new("r-1", "httpClient463224", "527841", ChannelType::Live, UidGroup::UpTo7, snapshots, storage);
/// let started = client.call(start).await?;
/// # assert_eq!(started.sid, "s-1");
/// # Ok(())
/// # }
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct StartIndividual(Start);

/// A start of that mode, with what every recording has.
fn base(resource_id: String, mode: Mode, cname: String, uid: String, channel_type: ChannelType) -> Start {
    Start::new(resource_id, mode, cname, uid, StartRequest::new(RecordingConfig::new(channel_type)))
}

/// Its settings; there since [`base`].
fn recording(start: &mut Start) -> &mut RecordingConfig {
    start.client_request.recording_config.get_or_insert_default()
}

/// What both kinds of start have.
macro_rules! common {
    ($name:ident) => {
        impl $name {
            /// Sets the channel token, where the project's App certificate is on. It must be made for this channel and
            /// the recorder's uid, and outlive the recording.
            #[must_use]
            pub fn token(mut self, token: impl Into<Secret>) -> Self {
                self.0.client_request.token = Some(token.into());
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

            /// Sets after how many seconds without users the recorder leaves, 5..=4294967295; 30 without it.
            #[must_use]
            pub fn max_idle_time(mut self, seconds: u64) -> Self {
                recording(&mut self.0).max_idle_time = Some(seconds);
                self
            }
        }

        impl From<$name> for Start {
            fn from(typed: $name) -> Self {
                typed.0
            }
        }

        /// The call of the [`Start`] that it becomes.
        impl Operation for $name {
            type Vendor = Account;
            type Output = Started;

            fn meta(&self) -> &Meta {
                &Start::META
            }

            fn profile(&self) {}

            fn check(&self, checks: &mut Checks<'_, Account>) {
                self.0.check(checks);
            }

            fn write(&self, account: &Account, draft: &mut Draft) -> Result<(), Error> {
                self.0.write(account, draft)
            }
        }
    };
}
common!(StartMix);
common!(StartIndividual);

impl StartMix {
    /// Mixes the channel on that resource id into that place; channel and uid as in [`Acquire`](crate::Acquire).
    #[must_use]
    pub fn new(
        resource_id: impl Into<String>,
        cname: impl Into<String>,
        uid: impl Into<String>,
        channel_type: ChannelType,
        sink: impl Into<MixSink>,
    ) -> Self {
        let mut start = base(resource_id.into(), Mode::Mix, cname.into(), uid.into(), channel_type);
        let request = &mut start.client_request;
        match sink.into() {
            MixSink::Storage(storage) => request.storage_config = Some(storage),
            MixSink::AliyunVod(vod) => request.extension_service_config = Some(vod.into()),
        }
        Self(start)
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
        self.0.client_request.recording_file_config = Some(RecordingFileConfig::hls());
        self
    }

    /// Also makes an MP4 when the recording has ended; not into Qiniu. From newer vendor pages.
    #[must_use]
    pub fn mp4(mut self) -> Self {
        self.0.client_request.recording_file_config = Some(RecordingFileConfig::hls_and_mp4());
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
    /// Records every user of the channel on that resource id; channel and uid as in [`Acquire`](crate::Acquire).
    /// `group` is the greatest number of users at once.
    #[must_use]
    pub fn new(
        resource_id: impl Into<String>,
        cname: impl Into<String>,
        uid: impl Into<String>,
        channel_type: ChannelType,
        group: UidGroup,
        output: IndividualOutput,
        storage: StorageConfig,
    ) -> Self {
        let mut start = base(resource_id.into(), Mode::Individual, cname.into(), uid.into(), channel_type);
        recording(&mut start).subscribe_uid_group = Some(group);
        let request = &mut start.client_request;
        request.storage_config = Some(storage);
        match output {
            IndividualOutput::Files => request.recording_file_config = Some(RecordingFileConfig::hls()),
            IndividualOutput::Snapshots(config) => request.snapshot_config = Some(config),
        }
        Self(start)
    }
}
