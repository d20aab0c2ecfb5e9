#![doc = include_str!("../README.md")]

pub use livecloud_core as core;
#[doc(no_inline)]
pub use livecloud_core::{Category, Delivery, Error, ErrorKind, Validation};

#[cfg(feature = "anyrtc-recording")]
pub use anyrtc_recording;
#[cfg(feature = "polyv-live")]
pub use polyv_live;
#[cfg(feature = "polyv-vod")]
pub use polyv_vod;
#[cfg(feature = "zego-cloud-player")]
pub use zego_cloud_player;
