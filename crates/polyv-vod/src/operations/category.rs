//! The main account's categories.

pub(super) mod list_categories;
pub(super) mod move_videos_to_category;

pub use list_categories::{Categories, Category};
pub use move_videos_to_category::Moved;
