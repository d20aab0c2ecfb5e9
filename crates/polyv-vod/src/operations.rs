//! The operations, one file each, listed once.

mod update_video_info_v3;

livecloud_core::__operations! {
    crate::account::Account;
    UpdateVideoInfoV3 in update_video_info_v3 => "Changes a video's title, description, tags or external link", "100/s", "repeated";
}
