//! Picture and sound of a new player.

use livecloud_core::open_enum;
#[cfg(feature = "full-serde")]
use serde::Deserialize;
use serde::Serialize;

use crate::source::VideoSize;

open_enum! {
    /// How the picture is compressed.
    pub enum VideoCodec: i64 {
        /// H.264, the vendor's default.
        H264 = 0,
        /// VP8.
        Vp8 = 2,
        /// H.265.
        H265 = 3,
    }
}

open_enum! {
    /// How a picture of another shape is fitted in.
    pub enum RenderMode: i64 {
        /// All of it is shown, with bars where needed; the vendor's default.
        Fit = 0,
        /// It fills the frame, and what sticks out is cut off.
        Crop = 1,
    }
}

open_enum! {
    /// How the sound is compressed.
    pub enum AudioCodec: i64 {
        /// AAC-LC at 44.1 kHz, the vendor's default.
        AacLc = 0,
        /// HE-AAC at 44.1 kHz.
        HeAac = 1,
        /// Opus at 48 kHz.
        Opus = 6,
    }
}

open_enum! {
    /// How many channels the sound has.
    pub enum SoundChannel: i64 {
        /// One, the vendor's default.
        Mono = 1,
        /// Two.
        Stereo = 2,
    }
}

/// The picture settings of a new player.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct CreateVideoOptions {
    /// Width in pixels, 1..=3000; the source's where absent. 1 turns the output into audio only. Strict wants even
    /// numbers: the vendor used to, and now rounds odd ones up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Height in pixels; as `width`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// Length of the shorter side in pixels, 0..=2160; the other follows. Once set it can be changed, never removed;
    /// width and height win over it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short_edge: Option<u32>,
    /// Bitrate in kbps, 1..=50000; what the vendor advises for the size where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub video_bitrate: Option<u32>,
    /// How it is compressed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub video_codec: Option<VideoCodec>,
    /// Frames a second, 1..=30; 15 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fps: Option<u32>,
    /// How a picture of another shape is fitted in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub render_mode: Option<RenderMode>,
}

impl CreateVideoOptions {
    /// Settings that leave everything to the vendor.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A picture of that size, or none.
    #[must_use]
    pub fn sized(size: VideoSize) -> Self {
        let (width, height) = size.sides();
        Self { width: Some(width), height: Some(height), ..Self::default() }
    }

    livecloud_core::__setters! {
        /// Sets the length of the shorter side, in pixels.
        short_edge: u32,
        /// Sets the bitrate, in kbps.
        video_bitrate: u32,
        /// Sets how it is compressed.
        video_codec: VideoCodec,
        /// Sets the frames a second.
        fps: u32,
        /// Sets how it is fitted in.
        render_mode: RenderMode,
    }
}

/// The sound settings of a new player.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct CreateAudioOptions {
    /// How it is compressed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio_codec: Option<AudioCodec>,
    /// Bitrate in kbps, 1..=192; 48 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio_bitrate: Option<u32>,
    /// How many channels it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sound_channel: Option<SoundChannel>,
    /// Volume in percent of the source's, 0..=200.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volume: Option<u32>,
}

impl CreateAudioOptions {
    /// Settings that leave everything to the vendor.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    livecloud_core::__setters! {
        /// Sets how it is compressed.
        audio_codec: AudioCodec,
        /// Sets the bitrate, in kbps.
        audio_bitrate: u32,
        /// Sets the channels.
        sound_channel: SoundChannel,
        /// Sets the volume, in percent of the source's.
        volume: u32,
    }
}
