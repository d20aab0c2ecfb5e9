//! The account itself.

pub(super) mod get_user_info;
pub(super) mod list_channel_ids;

pub use get_user_info::UserInfo;
pub use list_channel_ids::ChannelIds;
