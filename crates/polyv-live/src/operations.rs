//! The operations in their groups, one file each, listed once.

/// What all operations of this crate share; see `livecloud_core::__operation!`.
macro_rules! operation {
    ($($tokens:tt)*) => {
        livecloud_core::__operation! {
            vendor crate::account::Account, blank "L01", quota crate::account::QUOTA; $($tokens)*
        }
    };
}

mod account;
mod auth;
mod callback;
pub mod channel;
mod chat_ban;
mod page;
mod role;
mod session;
mod stream;
mod upload;

pub use account::{ChannelIds, UserInfo};
pub use callback::{CallbackSetting, GlobalCallback, RecordFileCallback};
pub use channel::{AuthSetting, AuthType, BasicSetting, InfoField, InfoType, Rank};
pub use chat_ban::AddedBadwords;
pub use page::Page;
pub use session::{Session, SessionStats, SessionStatsList};
pub use upload::ImageType;

livecloud_core::__operations! {
    crate::account::Account;
    UpdateChannelAccount in role::update_channel_account => "Changes an assistant's or guest's details", "100/s", "repeated";
    UpdateChannelBasic in channel::update_channel_basic => "Changes a channel's settings and watch conditions", "100/s", "repeated";
    QueryLiveStatus in stream::query_live_status => "Whether a stream runs", "100/s", "repeated";
    CutoffStream in stream::cutoff_stream => "Cuts a channel's stream off", "100/s", "repeated";
    ResumeStream in stream::resume_stream => "Lets a channel stream again", "100/s", "repeated";
    ListChannelSessions in session::list_channel_sessions => "Lists a channel's sessions, page by page", "100/s", "repeated";
    GetSessionStats in session::get_session_stats => "How many watched a channel's sessions", "100/s", "repeated";
    GetCallbackSetting in callback::get_callback_setting => "Where a channel's events go", "100/s", "repeated";
    UpdateCallbackSetting in callback::update_callback_setting => "Sets where a channel's events go", "100/s", "repeated";
    GetGlobalCallback in callback::get_global_callback => "Where the account's events go", "100/s", "repeated";
    UpdateGlobalCallback in callback::update_global_callback => "Sets where the account's events go", "100/s", "repeated";
    SetStreamCallback in callback::set_stream_callback => "Sets where the account's streams are told", "100/s", "repeated";
    SetRecordCallback in callback::set_record_callback => "Sets where the account's recordings are told", "100/s", "repeated";
    SetPlaybackCallback in callback::set_playback_callback => "Sets where the account's new videos are told", "100/s", "repeated";
    GetUserInfo in account::get_user_info => "The account and its room for channels", "100/s", "repeated";
    ListChannelIds in account::list_channel_ids => "The numbers of the account's channels", "100/s", "repeated";
    AddBadwords in chat_ban::add_badwords => "Bans words from the chat", "100/s", "reported";
    DownloadWhiteList in auth::download_white_list => "A watch condition's white list, as a spreadsheet", "100/s", "repeated";
    UploadImage in upload::upload_image => "Uploads pictures and returns their addresses", "100/s", "reported";
}
