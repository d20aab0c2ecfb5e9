//! Videos, as replies have them.

use std::time::SystemTime;

use livecloud_core::wire::{self, BeijingTime, UnixMillis, Url};
#[cfg(feature = "full-serde")]
use serde::Serialize;
use serde::{Deserialize, Deserializer};

livecloud_core::open_enum! {
    /// The state of a video.
    pub enum VideoStatus: i64 {
        /// Published.
        Published = 60,
        /// Published; asking for either returns both.
        PublishedToo = 61,
        /// Waits for transcoding.
        WaitingForTranscoding = 10,
        /// Is being transcoded.
        Transcoding = 20,
        /// Waits for its review.
        WaitingForReview = 50,
        /// Did not pass its review.
        ReviewRefused = 51,
        /// Forbidden.
        Forbidden = 53,
        /// Deleted.
        Deleted = -1,
    }
}

/// A moment of a reply: a text in Beijing's time, or milliseconds; the vendor writes the same field in either way.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
pub struct VodTime(String);

impl VodTime {
    /// As the vendor wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The moment; nothing where the text is none.
    #[must_use]
    pub fn time(&self) -> Option<SystemTime> {
        match self.0.parse() {
            Ok(millis) => UnixMillis(millis).time(),
            Err(_) => BeijingTime::from(self.0.as_str()).time(),
        }
    }
}

impl<'de> Deserialize<'de> for VodTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        wire::text(deserializer).map(Self)
    }
}

/// A list of videos.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(transparent)]
pub struct VideoInfos(#[serde(deserialize_with = "wire::list")] pub Vec<VideoInfo>);

/// A video in parts; those that were not asked for are absent.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct VideoInfo {
    /// Its id.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub vid: Option<String>,
    /// Title, state, category and the like.
    #[serde(default)]
    pub basic_info: Option<BasicInfo>,
    /// The source file.
    #[serde(default)]
    pub meta_data: Option<MetaData>,
    /// What was made of it.
    #[serde(default, deserialize_with = "wire::list")]
    pub transcode_infos: Vec<TranscodeInfo>,
    /// Its snapshots.
    #[serde(default)]
    pub snapshot_info: Option<SnapshotInfo>,
}

/// What a video is.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct BasicInfo {
    /// Title.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub title: Option<String>,
    /// Description.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub description: Option<String>,
    /// Length in seconds.
    #[serde(default, deserialize_with = "wire::opt_f64")]
    pub duration: Option<f64>,
    /// The cover, large.
    #[serde(default, rename = "coverURL")]
    pub cover_url: Option<Url>,
    /// When it was created.
    #[serde(default)]
    pub creation_time: Option<VodTime>,
    /// When it was changed.
    #[serde(default)]
    pub update_time: Option<VodTime>,
    /// Size in bytes.
    #[serde(default, deserialize_with = "wire::opt_u64")]
    pub size: Option<u64>,
    /// State.
    #[serde(default)]
    pub status: Option<VideoStatus>,
    /// Category.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub cate_id: Option<String>,
    /// The category's name.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub cate_name: Option<String>,
    /// Tags, as one text.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub tags: Option<String>,
    /// Who uploaded it.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub uploader: Option<String>,
    /// How often it was played. Only the main account is told.
    #[serde(default, deserialize_with = "wire::opt_u64")]
    pub play_times: Option<u64>,
}

/// A source file.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MetaData {
    /// Size in bytes.
    #[serde(default, deserialize_with = "wire::opt_u64")]
    pub size: Option<u64>,
    /// Container format.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub format: Option<String>,
    /// Length in seconds.
    #[serde(default, deserialize_with = "wire::opt_f64")]
    pub duration: Option<f64>,
    /// Bit rate; its unit is not documented.
    #[serde(default, deserialize_with = "wire::opt_f64")]
    pub bitrate: Option<f64>,
    /// Frames a second.
    #[serde(default, deserialize_with = "wire::opt_f64")]
    pub fps: Option<f64>,
    /// Height in pixels.
    #[serde(default, deserialize_with = "wire::opt_u64")]
    pub height: Option<u64>,
    /// Width in pixels.
    #[serde(default, deserialize_with = "wire::opt_u64")]
    pub width: Option<u64>,
    /// Video codec.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub codec: Option<String>,
}

/// One rendition of a video.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TranscodeInfo {
    /// Where it plays.
    #[serde(default)]
    pub play_url: Option<Url>,
    /// `SOURCE`, `LD`, `SD` or `HD`.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub definition: Option<String>,
    /// Length in seconds.
    #[serde(default, deserialize_with = "wire::opt_f64")]
    pub duration: Option<f64>,
    /// Whether it is encrypted.
    #[serde(default, deserialize_with = "wire::opt_bool")]
    pub encrypt: Option<bool>,
    /// Container format.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub format: Option<String>,
    /// Frames a second.
    #[serde(default, deserialize_with = "wire::opt_f64")]
    pub fps: Option<f64>,
    /// Bit rate; its unit is not documented.
    #[serde(default, deserialize_with = "wire::opt_f64")]
    pub bitrate: Option<f64>,
    /// Height in pixels.
    #[serde(default, deserialize_with = "wire::opt_u64")]
    pub height: Option<u64>,
    /// Width in pixels.
    #[serde(default, deserialize_with = "wire::opt_u64")]
    pub width: Option<u64>,
    /// `normal` or `unavailable`.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub status: Option<String>,
}

/// Snapshots of a video.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SnapshotInfo {
    /// The pictures.
    #[serde(default, deserialize_with = "wire::list")]
    pub image_url: Vec<Url>,
}

/// A video with all its addresses, in the older form.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[non_exhaustive]
pub struct Video {
    /// Its id.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub vid: Option<String>,
    /// Title.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub title: Option<String>,
    /// Description.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub context: Option<String>,
    /// Tags, as one text.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub tag: Option<String>,
    /// Category; 1 is the root.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub cataid: Option<String>,
    /// The category's name.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub cataname: Option<String>,
    /// State.
    #[serde(default)]
    pub status: Option<VideoStatus>,
    /// When it was uploaded.
    #[serde(default)]
    pub ptime: Option<VodTime>,
    /// Length, as the vendor writes it: `00:01:02`.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub duration: Option<String>,
    /// How often it was played.
    #[serde(default, deserialize_with = "wire::opt_u64")]
    pub times: Option<u64>,
    /// The cover.
    #[serde(default)]
    pub first_image: Option<Url>,
    /// Snapshots, small.
    #[serde(default, deserialize_with = "wire::list")]
    pub images: Vec<Url>,
    /// Snapshots, large.
    #[serde(default, deserialize_with = "wire::list")]
    pub images_b: Vec<Url>,
    /// Snapshots, small, once more.
    #[serde(default, rename = "imageUrls", deserialize_with = "wire::list")]
    pub image_urls: Vec<Url>,
    /// How many renditions there are.
    #[serde(default, deserialize_with = "wire::opt_u64")]
    pub df: Option<u64>,
    /// The best resolution, such as `1280x720`.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub original_definition: Option<String>,
    /// Where the default rendition plays.
    #[serde(default)]
    pub default_video: Option<Url>,
    /// MP4.
    #[serde(default)]
    pub mp4: Option<Url>,
    /// MP4, smooth.
    #[serde(default)]
    pub mp4_1: Option<Url>,
    /// MP4, high definition.
    #[serde(default)]
    pub mp4_2: Option<Url>,
    /// MP4, full high definition.
    #[serde(default)]
    pub mp4_3: Option<Url>,
    /// FLV, smooth.
    #[serde(default)]
    pub flv1: Option<Url>,
    /// FLV, high definition.
    #[serde(default)]
    pub flv2: Option<Url>,
    /// FLV, full high definition.
    #[serde(default)]
    pub flv3: Option<Url>,
    /// HLS of every rendition.
    #[serde(default, deserialize_with = "wire::list")]
    pub hls: Vec<Url>,
    /// HLS, smooth.
    #[serde(default)]
    pub hls_1: Option<Url>,
    /// HLS, high definition.
    #[serde(default)]
    pub hls_2: Option<Url>,
    /// HLS, full high definition.
    #[serde(default)]
    pub hls_3: Option<Url>,
    /// Flash.
    #[serde(default)]
    pub swf_link: Option<Url>,
    /// Sizes of the renditions in bytes.
    #[serde(default, deserialize_with = "wire::list")]
    pub filesize: Vec<serde_json::Value>,
    /// Size of the source file in bytes.
    #[serde(default, deserialize_with = "wire::opt_u64")]
    pub source_filesize: Option<u64>,
    /// MD5 of the source file.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub md5checksum: Option<String>,
    /// Whether it is encrypted.
    #[serde(default, deserialize_with = "wire::opt_bool")]
    pub seed: Option<bool>,
    /// Where an encrypted one may be played: `open`, `web`, `app`, `wxa_app`.
    #[serde(default, rename = "hlsLevel", deserialize_with = "wire::opt_text")]
    pub hls_level: Option<String>,
    /// Whether the source file is played.
    #[serde(default, deserialize_with = "wire::opt_bool")]
    pub keepsource: Option<bool>,
    /// Width of the player.
    #[serde(default, deserialize_with = "wire::opt_u64")]
    pub playerwidth: Option<u64>,
    /// Height of the player.
    #[serde(default, deserialize_with = "wire::opt_u64")]
    pub playerheight: Option<u64>,
    /// The video of its preview.
    #[serde(default, rename = "previewVid", deserialize_with = "wire::opt_text")]
    pub preview_vid: Option<String>,
    /// Who uploaded it.
    #[serde(default)]
    pub uploader: Option<Uploader>,
}

/// Who uploaded a video.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[non_exhaustive]
pub struct Uploader {
    /// The account's e-mail address.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub email: Option<String>,
    /// Name.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub name: Option<String>,
    /// Role.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub role: Option<String>,
}
