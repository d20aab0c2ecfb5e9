//! Lists of videos.

pub(super) mod list_new_videos;
pub(super) mod search_videos;

pub use search_videos::SearchOrder;
