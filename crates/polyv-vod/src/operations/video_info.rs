//! Single videos, read.

pub(super) mod get_video;
pub(super) mod get_video_info;

pub use get_video::FoundVideo;
