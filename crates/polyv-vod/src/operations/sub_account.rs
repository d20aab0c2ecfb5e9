//! What a sub-account does: its videos and its categories.

pub(super) mod add_category_v3;
pub(super) mod delete_category_v3;
pub(super) mod delete_video_v3;
pub(super) mod get_category_v3;
pub(super) mod get_video_info_v3;
pub(super) mod list_videos_v3;
pub(super) mod update_category_profile_v3;
pub(super) mod update_category_v3;
pub(super) mod update_video_category_v3;
pub(super) mod update_video_info_v3;

pub use add_category_v3::CategoryId;
pub use get_category_v3::{CategoryNode, SubCategories};
pub use list_videos_v3::CreationOrder;
pub use update_category_profile_v3::EncryptLevel;
