//! Videos, changed.

pub(super) mod delete_video;

pub use delete_video::DeleteType;
