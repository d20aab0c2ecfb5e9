//! `CreatePlayer`.

mod options;

use std::time::{Duration, SystemTime};

use livecloud_core::wire::{self, Url};
use livecloud_core::{Checks, Draft, Error, Meta, Operation, Quota, unix_millis};
use serde::{Deserialize, Serialize};

use crate::account::Account;
use crate::rules;
use crate::source::PlayerSource;

pub use options::{AudioCodec, CreateAudioOptions, CreateVideoOptions, RenderMode, SoundChannel, VideoCodec};

/// Creates a player, which enters a room as a virtual user, fetches its source and publishes it there; it starts by
/// itself.
///
/// A player costs money from its creation until it is destroyed, waiting for its `PlayTime` included. A successful
/// answer means *accepted*: what becomes of it is told by callbacks and [`DescribePlayers`](crate::DescribePlayers).
///
/// It is not repeated after a lost answer, because that might make a second player. Give it a unique
/// [`player_name`](Self::player_name): then [`PLAYER_NAME_TAKEN`](crate::codes::PLAYER_NAME_TAKEN) to your own repeat
/// says that the first one arrived, and the player is found by its room and name.
///
/// Errors worth knowing: [`PLAYER_QUOTA`](crate::codes::PLAYER_QUOTA) (50 players a project, unless raised),
/// [`SERVICE_NOT_ENABLED`](crate::codes::SERVICE_NOT_ENABLED), also likely for playlists that were not enabled.
///
/// Vendor page: <https://doc-zh.zego.im/cloud-player-server/create-player>
///
/// ```
/// # use livecloud_core::test_util::{ReplayTransport, Step};
/// # use zego_cloud_player::{Account, Client, CreatePlayer, CreateVideoOptions, PlayerSource, VideoSize};
/// # async fn run() -> Result<(), zego_cloud_player::Error> {
/// # let transport = ReplayTransport::always(Step::json(
/// #     r#"{"Code":0,"Data":{"PlayerId":"p","RoomId":"room_12","StreamId":"s","CreateTime":1681221508}}"#,
/// # ));
/// # let client = Client::builder(Account::new(1, "secret")).transport(transport).build()?;
/// let source = PlayerSource::single("https://media.example/a.mp4").backup("https://backup.example/a.mp4");
/// let create = CreatePlayer::new(source, "room_12")
///     .player_name("evening-show-7")
///     .video_options(CreateVideoOptions::sized(VideoSize::pixels(360, 640)).fps(25))
///     .max_idle_time(600);
/// let created = client.call(create).await?;
/// # assert_eq!(created.player_id, "p");
/// # Ok(())
/// # }
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct CreatePlayer {
    /// The source of a single-source player: http or https, up to 1024 bytes. This or `stream_url_list`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stream_url: Option<Url>,
    /// The sources of a playlist player: 1..=100 addresses, 50000 bytes in all. Off by default, enabled by ZEGO support.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stream_url_list: Option<Vec<Url>>,
    /// Tried when `stream_url` cannot be reached: http or https, up to 1024 bytes. Empty is sent as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backup_stream_url: Option<Url>,
    /// The room to play into, created where there is none: 1..=128 bytes.
    pub room_id: String,
    /// The stream to publish, unique in the project: 1..=256 of `0-9A-Za-z_-`. Made up by the vendor where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stream_id: Option<String>,
    /// A name that no other running player has: up to 64 bytes. Empty ones may repeat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub player_name: Option<String>,
    /// Picture settings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub video_options: Option<CreateVideoOptions>,
    /// Sound settings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio_options: Option<CreateAudioOptions>,
    /// When to start, in Unix seconds; 0 is at once. Up to 1800 s ahead (more where ZEGO raised it); up to a day back,
    /// which starts that far into the media.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub play_time: Option<i64>,
    /// How often to play: -1 for ever, otherwise that many times; 1 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat_times: Option<i32>,
    /// Where to start, in seconds from the media's start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seek_to: Option<u32>,
    /// After how many idle seconds (connecting, paused, or without a source) the player is destroyed: 5..=3000, 300
    /// where absent. Others are clamped by the vendor; 601..=2999 may be taken for 3000, its pages disagree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_idle_time: Option<u32>,
    /// Whether viewers are told of the progress, beside the picture (SEI).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stream_data: Option<StreamData>,
    /// Switches of preview features, named by ZEGO support.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension_params: Option<Vec<ExtensionParam>>,
    /// Whether clients hear of users who come and go. Only counts where this call creates the room.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "wire::opt_bit")]
    pub room_user_update: Option<bool>,
    /// By how many seconds destruction is put off: 0..=3600 (more where ZEGO raised it).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay_destroy_seconds: Option<u32>,
}

/// Progress told to viewers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct StreamData {
    /// Whether it is told.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "wire::opt_bit")]
    pub enable: Option<bool>,
    /// How often, in milliseconds; 1000 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<u32>,
}

impl StreamData {
    /// Told every so many milliseconds.
    #[must_use]
    pub fn every_ms(interval: u32) -> Self {
        Self { enable: Some(true), interval: Some(interval) }
    }
}

/// A switch of a preview feature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct ExtensionParam {
    /// Its name.
    pub key: String,
    /// Its value.
    pub value: String,
}

impl ExtensionParam {
    /// Sets that switch.
    #[must_use]
    pub fn new(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self { key: key.into(), value: value.into() }
    }
}

/// What [`CreatePlayer`] returns.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct PlayerCreated {
    /// The player's id, for all later calls.
    #[serde(deserialize_with = "wire::text")]
    pub player_id: String,
    /// The room it plays into.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub room_id: Option<String>,
    /// The stream it publishes, given or made up.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub stream_id: Option<String>,
    /// When it was created by the vendor's clock, in Unix seconds.
    #[serde(default, deserialize_with = "wire::opt_i64")]
    pub create_time: Option<i64>,
}

impl CreatePlayer {
    /// Not idempotent: a repeat makes a second player.
    pub const META: Meta = Meta::post("CreatePlayer")
        .quota(Quota::per_second("CreatePlayer", 20))
        .timing(Duration::from_secs(15), Duration::from_secs(60))
        .page("https://doc-zh.zego.im/cloud-player-server/create-player");

    /// Plays that source into that room.
    #[must_use]
    pub fn new(source: impl Into<PlayerSource>, room_id: impl Into<String>) -> Self {
        let (stream_url, stream_url_list, backup_stream_url) = source.into().into_fields();
        Self {
            stream_url,
            stream_url_list,
            backup_stream_url,
            room_id: room_id.into(),
            stream_id: None,
            player_name: None,
            video_options: None,
            audio_options: None,
            play_time: None,
            repeat_times: None,
            seek_to: None,
            max_idle_time: None,
            stream_data: None,
            extension_params: None,
            room_user_update: None,
            delay_destroy_seconds: None,
        }
    }

    livecloud_core::__setters! {
        /// Names the stream to publish.
        into stream_id: String,
        /// Names the player.
        into player_name: String,
        /// Sets the picture settings.
        video_options: CreateVideoOptions,
        /// Sets the sound settings.
        audio_options: CreateAudioOptions,
        /// Sets when to start, in Unix seconds.
        play_time: i64,
        /// Sets how often to play; see the field.
        repeat_times: i32,
        /// Sets where to start, in seconds from the media's start.
        seek_to: u32,
        /// Sets after how many idle seconds the player is destroyed.
        max_idle_time: u32,
        /// Sets whether viewers are told of the progress.
        stream_data: StreamData,
        /// Sets switches of preview features.
        each extension_params: ExtensionParam,
        /// Sets whether clients hear of users who come and go.
        room_user_update: bool,
        /// Sets by how many seconds destruction is put off.
        delay_destroy_seconds: u32,
    }
}

impl Operation for CreatePlayer {
    type Vendor = Account;
    type Output = PlayerCreated;

    fn meta(&self) -> &Meta {
        &Self::META
    }

    fn profile(&self) {}

    fn check(&self, checks: &mut Checks<'_, Account>) {
        let (single, list, backup) = (&self.stream_url, &self.stream_url_list, &self.backup_stream_url);
        rules::source(checks, single.as_ref(), list.as_deref(), backup.as_ref());
        if single.is_none() && list.is_none() {
            checks.refuse("Z16", "StreamUrl", "is required, or StreamUrlList");
        }
        let stray = list.is_some() && single.is_none() && backup.as_ref().is_some_and(|url| !url.is_empty());
        rules::soft(checks, "Z17", "BackupStreamUrl", !stray, "belongs to a StreamUrl, not to a list");
        checks.not_empty("Z18", "RoomId", &self.room_id);
        checks.max_bytes("Z18", "RoomId", Some(&self.room_id), 128);
        if let Some(id) = &self.stream_id {
            check_stream_id(checks, id);
        }
        checks.max_bytes("Z20", "PlayerName", self.player_name.as_deref(), 64);
        if let Some(video) = &self.video_options {
            rules::size(checks, video.width, video.height, video.short_edge);
            rules::video_bitrate(checks, video.video_bitrate);
            checks.range("Z21", "VideoOptions.Fps", video.fps, 1..=30);
            let (codec, mode) = (video.video_codec.map(VideoCodec::as_i64), video.render_mode.map(RenderMode::as_i64));
            rules::one_of(checks, "Z27", "VideoOptions.VideoCodec", codec, &[0, 2, 3]);
            rules::one_of(checks, "Z27", "VideoOptions.RenderMode", mode, &[0, 1]);
        }
        if let Some(audio) = &self.audio_options {
            rules::sound(checks, audio.audio_bitrate, audio.volume);
            let channel = audio.sound_channel.map(SoundChannel::as_i64);
            rules::one_of(
                checks,
                "Z27",
                "AudioOptions.AudioCodec",
                audio.audio_codec.map(AudioCodec::as_i64),
                &[0, 1, 6],
            );
            rules::one_of(checks, "Z27", "AudioOptions.SoundChannel", channel, &[1, 2]);
        }
        if let Some(times @ (0 | ..=-2)) = self.repeat_times {
            checks.refuse_value("Z22", "RepeatTimes", "must be -1 or at least 1", times);
        }
        if let Some(time) = self.play_time {
            check_play_time(checks, time);
        }
        if let Some(seconds) = self.max_idle_time {
            let fits = (5..=3000).contains(&seconds);
            rules::soft(checks, "Z24", "MaxIdleTime", fits, "must be in 5..=3000: others are clamped by the vendor");
            if (601..3000).contains(&seconds) {
                checks.warn("Z24", "MaxIdleTime", "may be taken for 3000: the vendor's page contradicts itself");
            }
        }
        let fits = self.delay_destroy_seconds.is_none_or(|seconds| seconds <= 3600);
        rules::soft(checks, "Z25", "DelayDestroySeconds", fits, "must be at most 3600, unless ZEGO raised the limit");
        if self.stream_data.as_ref().is_some_and(|data| data.interval == Some(0)) {
            checks.warn("Z26", "StreamData.Interval", "is 0 ms: the vendor does not say what that means");
        }
    }

    fn write(&self, _: &Account, draft: &mut Draft) -> Result<(), Error> {
        draft.query.push("Action", Self::META.name);
        draft.json(self)
    }
}

fn check_stream_id(checks: &mut Checks<'_, Account>, id: &str) {
    checks.not_empty("Z19", "StreamId", id);
    checks.max_bytes("Z19", "StreamId", Some(id), 256);
    if !id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-') {
        checks.refuse("Z19", "StreamId", "must consist of 0-9, A-Z, a-z, _ and -");
    }
}

/// The vendor measures from its own clock, so a minute is granted on either side.
fn check_play_time(checks: &mut Checks<'_, Account>, time: i64) {
    const SLACK: i64 = 60;
    // In seconds that is the year 5138: these are milliseconds.
    if !(0..100_000_000_000).contains(&time) {
        checks.refuse_value("Z23", "PlayTime", "must be 0 or a time in Unix seconds", time);
        return;
    }
    let now = seconds(checks.now());
    let fits = time == 0 || (now - 86_400 - SLACK..=now + 1800 + SLACK).contains(&time);
    rules::soft(checks, "Z23", "PlayTime", fits, "must be 0, or from 86400 s ago to 1800 s ahead");
}

fn seconds(time: SystemTime) -> i64 {
    unix_millis(time).div_euclid(1000)
}
