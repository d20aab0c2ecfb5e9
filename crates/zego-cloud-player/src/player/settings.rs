//! What can be changed while a player plays.

use crate::operations::{AudioOptions, UpdatePlayer, VideoOptions};
use crate::source::VideoSize;

/// Settings of a player to be changed in one update; what is not named stays as it is.
///
/// A new source is not among them: the vendor ignores all settings that come with one.
///
/// ```
/// use zego_cloud_player::{PlayerSettings, VideoSize};
///
/// let quiet_and_small = PlayerSettings::new().volume(20).size(VideoSize::pixels(360, 640));
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
#[must_use = "settings change nothing until a player gets them"]
pub struct PlayerSettings {
    video: Option<VideoOptions>,
    audio: Option<AudioOptions>,
    seek_to: Option<u32>,
    is_pause: Option<bool>,
    repeat_times: Option<i32>,
}

impl PlayerSettings {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the size of the picture, or does without one.
    pub fn size(mut self, size: VideoSize) -> Self {
        let (width, height) = size.sides();
        let video = self.video.get_or_insert_default();
        (video.width, video.height) = (Some(width), Some(height));
        self
    }

    /// Sets the length of the shorter side in pixels, 0..=2160. It can be changed again, but never be removed.
    pub fn short_edge(mut self, pixels: u32) -> Self {
        self.video.get_or_insert_default().short_edge = Some(pixels);
        self
    }

    /// Sets the bitrate of the picture in kbps, 1..=50000.
    pub fn video_bitrate(mut self, kbps: u32) -> Self {
        self.video.get_or_insert_default().video_bitrate = Some(kbps);
        self
    }

    /// Sets the bitrate of the sound in kbps, 1..=192.
    pub fn audio_bitrate(mut self, kbps: u32) -> Self {
        self.audio.get_or_insert_default().audio_bitrate = Some(kbps);
        self
    }

    /// Sets the volume, in percent of the source's: 0..=200.
    pub fn volume(mut self, percent: u32) -> Self {
        self.audio.get_or_insert_default().volume = Some(percent);
        self
    }

    /// Jumps there, in seconds from the media's start.
    pub fn seek_to(mut self, seconds: u32) -> Self {
        self.seek_to = Some(seconds);
        self
    }

    /// Pauses. A player that stays paused for longer than its `MaxIdleTime` (300 s by default) is destroyed.
    pub fn pause(mut self) -> Self {
        self.is_pause = Some(true);
        self
    }

    /// Plays on.
    pub fn resume(mut self) -> Self {
        self.is_pause = Some(false);
        self
    }

    /// Sets how often to play: that many times, or -1 for ever.
    pub fn repeat_times(mut self, times: i32) -> Self {
        self.repeat_times = Some(times);
        self
    }

    /// The update, without a number yet.
    pub(super) fn into_update(self, player_id: &str) -> UpdatePlayer {
        let mut update = UpdatePlayer::new(player_id, 0);
        (update.video_options, update.audio_options) = (self.video, self.audio);
        (update.seek_to, update.is_pause, update.repeat_times) = (self.seek_to, self.is_pause, self.repeat_times);
        update
    }
}
