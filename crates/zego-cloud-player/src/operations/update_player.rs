//! `UpdatePlayer`.

use std::time::Duration;

use livecloud_core::wire::{self, Url};
use livecloud_core::{Ack, Checks, Draft, Error, Meta, Operation, Quota};
#[cfg(feature = "full-serde")]
use serde::Deserialize;
use serde::Serialize;

use crate::account::Account;
use crate::rules;
use crate::source::{PlayerSource, VideoSize};

/// Changes source, progress, pause state, repeat count or settings of an existing player.
///
/// A successful answer means *accepted*: an update whose [`sequence`](Self::sequence) is not above the last one is
/// probably ignored without an error (inferred; the vendor does not say). Give the source alone: newer vendor pages
/// say that all other settings in a request with a source are ignored.
///
/// Errors worth knowing: [`INVALID_PARAMETER`](crate::codes::INVALID_PARAMETER), also likely for a player that does not
/// exist; [`PLAYER_BEING_CREATED`](crate::codes::PLAYER_BEING_CREATED).
///
/// Vendor page: <https://doc-zh.zego.im/cloud-player-server/update-player>
///
/// ```
/// # use livecloud_core::test_util::{ReplayTransport, Step};
/// # use zego_cloud_player::{Account, Client, UpdatePlayer};
/// # async fn run() -> Result<(), zego_cloud_player::Error> {
/// # let transport = ReplayTransport::always(Step::json(r#"{"Code":0,"Message":"succeed","RequestId":"1"}"#));
/// # let client = Client::builder(Account::new(1, "secret")).transport(transport).build()?;
/// client.call(UpdatePlayer::new("player_1", 100).seek_to(10).volume(150)).await?;
/// # Ok(())
/// # }
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct UpdatePlayer {
    /// The player's id, from CreatePlayer.
    pub player_id: String,
    /// Orders the updates of one player: above every earlier one, gaps allowed. 1..=2^53-1; staying below 2^31 is
    /// advised, as the vendor does not state its width. A counter or Unix *seconds* fit, milliseconds do not.
    pub sequence: u64,
    /// A new source for a single-source player: http or https, up to 1024 bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stream_url: Option<Url>,
    /// A new playlist for a playlist player: 1..=100 addresses, 50000 bytes in all. It starts at its first item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stream_url_list: Option<Vec<Url>>,
    /// Tried when the source cannot be reached: http or https, up to 1024 bytes. Empty is sent as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backup_stream_url: Option<Url>,
    /// Picture settings; absent keeps the last ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub video_options: Option<VideoOptions>,
    /// Sound settings; absent keeps the last ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio_options: Option<AudioOptions>,
    /// Where to continue, in seconds from the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seek_to: Option<u32>,
    /// Pauses or plays. A player that stays paused longer than its `MaxIdleTime` (300 s by default) is destroyed.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "wire::opt_bit")]
    pub is_pause: Option<bool>,
    /// How often to play: -1 for ever, 0 as before, otherwise that many times.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat_times: Option<i32>,
}

/// The picture settings that can be changed while playing.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct VideoOptions {
    /// Width in pixels, 1..=3000. 1 turns the output into audio only. Strict wants even numbers: the vendor used to,
    /// and now rounds odd ones up. Give width and height together: what an absent side means is not settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Height in pixels; as `width`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// Length of the shorter side in pixels, 0..=2160; the other follows. Once set it can be changed, never removed;
    /// width and height win over it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short_edge: Option<u32>,
    /// Bitrate in kbps, 1..=50000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub video_bitrate: Option<u32>,
}

impl VideoOptions {
    /// A picture of that size, or none.
    #[must_use]
    pub fn sized(size: VideoSize) -> Self {
        let (width, height) = size.sides();
        Self::pixels(width, height)
    }

    /// A picture of that size.
    #[must_use]
    pub fn pixels(width: u32, height: u32) -> Self {
        Self { width: Some(width), height: Some(height), ..Self::default() }
    }

    /// No picture: only sound is published.
    #[must_use]
    pub fn audio_only() -> Self {
        Self::pixels(1, 1)
    }

    livecloud_core::__setters! {
        /// Sets the length of the shorter side, in pixels.
        short_edge: u32,
        /// Sets the bitrate, in kbps.
        video_bitrate: u32,
    }
}

/// The sound settings that can be changed while playing.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct AudioOptions {
    /// Bitrate in kbps, 1..=192.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio_bitrate: Option<u32>,
    /// Volume in percent of the source's, 0..=200.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volume: Option<u32>,
}

impl AudioOptions {
    /// Settings that change nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    livecloud_core::__setters! {
        /// Sets the bitrate, in kbps.
        audio_bitrate: u32,
        /// Sets the volume, in percent of the source's.
        volume: u32,
    }
}

impl UpdatePlayer {
    /// The same update twice, with the same sequence, leaves the player as one would.
    pub const META: Meta = Meta::post("UpdatePlayer")
        .idempotent()
        .quota(Quota::per_second("UpdatePlayer", 20))
        .timing(Duration::from_secs(15), Duration::from_secs(60))
        // A player that is being created wants half a second, not a few milliseconds.
        .retry_floor(Duration::from_millis(500))
        .page("https://doc-zh.zego.im/cloud-player-server/update-player");

    /// An update that changes nothing yet.
    #[must_use]
    pub fn new(player_id: impl Into<String>, sequence: u64) -> Self {
        Self {
            player_id: player_id.into(),
            sequence,
            stream_url: None,
            stream_url_list: None,
            backup_stream_url: None,
            video_options: None,
            audio_options: None,
            seek_to: None,
            is_pause: None,
            repeat_times: None,
        }
    }

    livecloud_core::__setters! {
        /// Switches a single-source player to this address.
        into stream_url: Url,
        /// Switches a playlist player to this list.
        each stream_url_list: Url,
        /// Sets the address to fall back on.
        into backup_stream_url: Url,
        /// Sets the picture settings.
        video_options: VideoOptions,
        /// Sets the sound settings.
        audio_options: AudioOptions,
        /// Jumps there, in seconds from the start.
        seek_to: u32,
        /// Sets the repeat count; see the field.
        repeat_times: i32,
    }

    /// Switches to another source, which has to be of the kind that the player was created with: one address with or
    /// without a backup, or a playlist.
    #[must_use]
    pub fn source(mut self, source: impl Into<PlayerSource>) -> Self {
        (self.stream_url, self.stream_url_list, self.backup_stream_url) = source.into().into_fields();
        self
    }

    /// Pauses.
    #[must_use]
    pub fn pause(mut self) -> Self {
        self.is_pause = Some(true);
        self
    }

    /// Plays on.
    #[must_use]
    pub fn resume(mut self) -> Self {
        self.is_pause = Some(false);
        self
    }

    /// Sets the volume, in percent of the source's, 0..=200.
    #[must_use]
    pub fn volume(mut self, percent: u32) -> Self {
        self.audio_options.get_or_insert_default().volume = Some(percent);
        self
    }

    fn has_source(&self) -> bool {
        self.stream_url.is_some() || self.stream_url_list.is_some()
    }

    fn has_settings(&self) -> bool {
        self.video_options.is_some()
            || self.audio_options.is_some()
            || self.seek_to.is_some()
            || self.is_pause.is_some()
            || self.repeat_times.is_some()
    }
}

impl Operation for UpdatePlayer {
    type Vendor = Account;
    type Output = Ack;

    fn meta(&self) -> &Meta {
        &Self::META
    }

    fn profile(&self) {}

    fn check(&self, checks: &mut Checks<'_, Account>) {
        checks.not_empty("Z01", "PlayerId", &self.player_id);
        checks.range("Z02", "Sequence", Some(self.sequence), 1..=(1 << 53) - 1);
        let list = self.stream_url_list.as_deref();
        rules::source(checks, self.stream_url.as_ref(), list, self.backup_stream_url.as_ref());
        if let Some(video) = &self.video_options {
            rules::size(checks, video.width, video.height, video.short_edge);
            rules::video_bitrate(checks, video.video_bitrate);
        }
        if let Some(audio) = &self.audio_options {
            rules::sound(checks, audio.audio_bitrate, audio.volume);
        }
        checks.range("Z13", "RepeatTimes", self.repeat_times, -1..=i32::MAX);
        if self.has_source() && self.has_settings() {
            checks.warn("Z14", "StreamUrl", "is set: the vendor probably ignores the other settings of this request");
        }
        if !self.has_source() && !self.has_settings() && self.backup_stream_url.is_none() {
            checks.warn("Z06", "PlayerId", "is all there is: this update changes nothing");
        }
    }

    fn write(&self, _: &Account, draft: &mut Draft) -> Result<(), Error> {
        draft.query.push("Action", Self::META.name);
        draft.json(self)
    }
}
