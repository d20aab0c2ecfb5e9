//! The token of a viewer.

use livecloud_core::Secret;
use livecloud_core::wire::{self, UnixMillis};
use serde::Deserialize;
#[cfg(feature = "full-serde")]
use serde::Serialize;

/// A token for one viewer and one video, with what was asked for. `Debug` does not show it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PlaysafeToken {
    /// The token: text without a fixed form. Hand it to the viewer's player.
    #[serde(with = "wire::secret")]
    pub token: Secret,
    /// The main account.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub user_id: Option<String>,
    /// The sub-account.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub app_id: Option<String>,
    /// The video.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub video_id: Option<String>,
    /// The viewer.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub viewer_id: Option<String>,
    /// The viewer's address.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub viewer_ip: Option<String>,
    /// The viewer's name.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub viewer_name: Option<String>,
    /// Your own data.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub extra_params: Option<String>,
    /// How long it lives, in **milliseconds**, although [`expires`](crate::CreatePlaysafeToken::expires) is in seconds.
    #[serde(default, deserialize_with = "wire::opt_u64")]
    pub ttl: Option<u64>,
    /// When it was made.
    #[serde(default, deserialize_with = "wire::opt_millis")]
    pub created_time: Option<UnixMillis>,
    /// When it dies.
    #[serde(default, deserialize_with = "wire::opt_millis")]
    pub expired_time: Option<UnixMillis>,
    /// Whether it is for a WeChat mini-program.
    #[serde(default, deserialize_with = "wire::opt_bool")]
    pub iswxa: Option<bool>,
    /// Whether it opens one playback only.
    #[serde(default, deserialize_with = "wire::opt_bool")]
    pub disposable: Option<bool>,
}
