//! What replies say about a channel.

use livecloud_core::Secret;
use livecloud_core::wire::{self, UnixMillis, Url, YesNo};
use serde::Deserialize;
#[cfg(feature = "full-serde")]
use serde::Serialize;

use super::super::replies;
use super::new_channel::{Scene, Template};

livecloud_core::open_enum! {
    /// What a watch page shows.
    pub enum WatchStatus {
        /// A broadcast.
        Live = "live",
        /// A replay.
        Playback = "playback",
        /// That the broadcast is over.
        End = "end",
        /// That the broadcast will begin.
        Waiting = "waiting",
        /// That nothing has begun.
        UnStart = "unStart",
    }
}

/// A channel. Of `GetChannel` the last five fields are not documented, nor is `watchUrl`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ChannelBasic {
    /// Its number.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub channel_id: Option<String>,
    /// Its name.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub name: Option<String>,
    /// The host's name.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub publisher: Option<String>,
    /// When it starts; 0 where that is hidden (inferred).
    #[serde(default, deserialize_with = "wire::opt_millis")]
    pub start_time: Option<UnixMillis>,
    /// How often it was watched.
    #[serde(default, deserialize_with = "wire::opt_u64")]
    pub page_view: Option<u64>,
    /// How often it was liked.
    #[serde(default, deserialize_with = "wire::opt_u64")]
    pub likes: Option<u64>,
    /// Address of the icon.
    #[serde(default)]
    pub cover_img: Option<Url>,
    /// Address of the splash page's picture.
    #[serde(default)]
    pub splash_img: Option<Url>,
    /// Is the splash page shown?
    #[serde(default, deserialize_with = "replies::switch")]
    pub splash_enabled: Option<YesNo>,
    /// Introduction; may hold HTML.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub desc: Option<String>,
    /// Most viewers at a time; 0 may mean no limit.
    #[serde(default, deserialize_with = "wire::opt_i64")]
    pub max_viewer: Option<i64>,
    /// Its watch page.
    #[serde(default)]
    pub watch_url: Option<Url>,
    /// What its watch page shows.
    #[serde(default)]
    pub watch_status: Option<WatchStatus>,
    /// The same in words.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub watch_status_text: Option<String>,
    /// How many watch now.
    #[serde(default, deserialize_with = "wire::opt_u64")]
    pub online_num: Option<u64>,
    /// Address of the background picture.
    #[serde(default)]
    pub bg_img: Option<Url>,
    /// The replays; there may be none.
    #[serde(default, deserialize_with = "wire::list")]
    pub video_list: Vec<ReplayVideo>,
    /// The category's id.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub category_id: Option<String>,
    /// The scene, in the vendor's older words.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub scene: Option<String>,
    /// The scene.
    #[serde(default)]
    pub new_scene: Option<Scene>,
    /// The watch page's template.
    #[serde(default)]
    pub template: Option<Template>,
    /// The kind of stream, in the vendor's words.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub stream_type: Option<String>,
}

/// A replay on a watch page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ReplayVideo {
    /// The replay's id.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub video_id: Option<String>,
    /// The id of its video in the video library.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub video_pool_id: Option<String>,
    /// How long it is, as the vendor writes it.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub duration: Option<String>,
}

/// A channel that was just created. Passwords are in clear.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CreatedChannel {
    /// Its number.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub channel_id: Option<String>,
    /// The owner's user id.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub user_id: Option<String>,
    /// The scene, in the vendor's older words; only of channels created together.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub scene: Option<String>,
    /// The channel's password.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "wire::opt_secret")]
    pub channel_passwd: Option<Secret>,
    /// The password of a seminar's host.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "wire::opt_secret")]
    pub seminar_host_password: Option<Secret>,
    /// The password of a seminar's attendees.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "wire::opt_secret")]
    pub seminar_attendee_password: Option<Secret>,
}
