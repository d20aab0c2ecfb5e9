//! The operations in their groups, one file each, listed once.

/// What all operations of this crate share; see `livecloud_core::__operation!`.
macro_rules! operation {
    ($($tokens:tt)*) => {
        livecloud_core::__operation! {
            vendor crate::account::Account, blank "V01", quota crate::account::QUOTA; $($tokens)*
        }
    };
}

mod category;
mod playsafe;
mod rules;
mod sub_account;
mod upload;
mod video;
mod video_edit;
mod video_info;
mod video_list;

pub use category::{Categories, Category, Moved};
pub use livecloud_core::Page;
pub use playsafe::PlaysafeToken;
pub use sub_account::{CategoryId, CategoryNode, CreationOrder, EncryptLevel, SubCategories};
pub use upload::{InitiatedUpload, ObsUpload, UploadCredentials, UploadLine};
pub use video::{
    BasicInfo, MetaData, SnapshotInfo, TranscodeInfo, Uploader, Video, VideoInfo, VideoInfos, VideoStatus, VodTime,
};
pub use video_edit::DeleteType;
pub use video_info::FoundVideo;
pub use video_list::SearchOrder;

livecloud_core::__operations! {
    crate::account::Account;
    ListVideosV3 in sub_account::list_videos_v3 => "Lists videos, page by page (sub-account)", "100/s", "repeated";
    GetVideoInfoV3 in sub_account::get_video_info_v3 => "Returns videos (sub-account)", "100/s", "repeated";
    UpdateVideoInfoV3 in sub_account::update_video_info_v3 => "Changes a video's title, description, tags or external link (sub-account)", "100/s", "repeated";
    UpdateVideoCategoryV3 in sub_account::update_video_category_v3 => "Puts videos into a category (sub-account)", "100/s", "repeated";
    DeleteVideoV3 in sub_account::delete_video_v3 => "Deletes a video (sub-account)", "100/s", "repeated";
    GetCategoryV3 in sub_account::get_category_v3 => "Returns a category and its children, page by page (sub-account)", "100/s", "repeated";
    AddCategoryV3 in sub_account::add_category_v3 => "Creates a category (sub-account)", "100/s", "reported";
    UpdateCategoryV3 in sub_account::update_category_v3 => "Renames a category (sub-account)", "100/s", "repeated";
    DeleteCategoryV3 in sub_account::delete_category_v3 => "Deletes a category (sub-account)", "100/s", "repeated";
    UpdateCategoryProfileV3 in sub_account::update_category_profile_v3 => "Sets how a category's videos are made and protected (sub-account)", "100/s", "repeated";
    GetVideo in video_info::get_video => "Returns a video with all its addresses", "100/s", "repeated";
    GetVideoInfo in video_info::get_video_info => "Returns up to 100 videos", "100/s", "repeated";
    SearchVideos in video_list::search_videos => "Searches videos, page by page", "100/s", "repeated";
    ListNewVideos in video_list::list_new_videos => "Lists videos, newest first, page by page", "100/s", "repeated";
    ListCategories in category::list_categories => "Returns the tree of categories", "100/s", "repeated";
    MoveVideosToCategory in category::move_videos_to_category => "Puts videos into a category", "100/s", "repeated";
    DeleteVideo in video_edit::delete_video => "Deletes up to 500 videos", "100/s", "repeated";
    UploadCoverImage in upload::upload_cover_image => "Uploads a cover", "100/s", "repeated";
    SetCoverImageUrl in upload::set_cover_image_url => "Sets a cover by its address", "100/s", "repeated";
    InitUpload in upload::init_upload => "Begins an upload, or goes on with one", "100/s", "reported";
    GetUploadToken in upload::get_upload_token => "Returns fresh credentials for an upload", "100/s", "repeated";
    CreatePlaysafeToken in playsafe::create_playsafe_token => "Makes a token to play an encrypted video", "100/s", "repeated";
    CreateChildPlaysafeToken in playsafe::create_child_playsafe_token => "Makes a token to play an encrypted video (sub-account)", "100/s", "repeated";
}
