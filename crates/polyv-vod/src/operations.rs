//! The operations, one file each, listed once.

/// What all operations of this crate share; see `livecloud_core::__operation!`.
macro_rules! operation {
    ($($tokens:tt)*) => {
        livecloud_core::__operation! {
            vendor crate::account::Account, blank "V01", quota crate::account::QUOTA; $($tokens)*
        }
    };
}

mod update_video_info_v3;

livecloud_core::__operations! {
    crate::account::Account;
    UpdateVideoInfoV3 in update_video_info_v3 => "Changes a video's title, description, tags or external link", "100/s", "repeated";
}
