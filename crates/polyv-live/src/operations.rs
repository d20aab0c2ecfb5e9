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
mod replies;
mod role;
mod session;
mod stream;
mod upload;

pub use account::{ChannelIds, UserInfo};
pub use callback::{CallbackSetting, GlobalCallback, RecordFileCallback};
pub use channel::{
    AuthSetting, AuthType, BasicSetting, ChannelBasic, ChannelOrder, CreatedChannel, InfoField, InfoType, NewChannel,
    Rank, RelayType, ReplayVideo, Scene, Template, WatchStatus,
};
pub use chat_ban::AddedBadwords;
pub use livecloud_core::Page;
pub use role::{ChannelAccount, ChannelAccounts, NewAccount, Purview, PurviewCode, Role};
pub use session::{Session, SessionStats, SessionStatsList};
pub use upload::ImageType;

livecloud_core::__operations! {
    crate::account::Account;
    UpdateChannelAccount in role::update_channel_account => "Changes an assistant's or guest's details", "100/s", "repeated";
    GetChannelAccount in role::get_channel_account => "Returns an assistant or guest", "100/s", "repeated";
    ListChannelAccounts in role::list_channel_accounts => "Lists a channel's assistants and guests", "100/s", "repeated";
    AddChannelAccount in role::add_channel_account => "Adds an assistant or guest", "100/s", "reported";
    DeleteChannelAccount in role::delete_channel_account => "Deletes an assistant or guest", "100/s", "repeated";
    BatchCreateChannelAccounts in role::batch_create_channel_accounts => "Creates several assistants and guests", "100/s", "reported";
    CreateRoleAccount in role::create_role_account => "Creates an assistant or guest with its rights", "100/s", "reported";
    UpdateRoleAccount in role::update_role_account => "Changes an assistant's or guest's details and rights", "100/s", "repeated";
    UpdateChannelBasic in channel::update_channel_basic => "Changes a channel's settings and watch conditions", "100/s", "repeated";
    CreateChannel in channel::create_channel => "Creates a channel", "100/s", "reported";
    BatchCreateChannels in channel::batch_create_channels => "Creates up to 30 channels", "100/s", "reported";
    GetChannel in channel::get_channel => "Returns a channel", "100/s", "repeated";
    ListChannelBasics in channel::list_channel_basics => "Lists the account's channels, page by page", "100/s", "repeated";
    UpdateChannelSettings in channel::update_channel_settings => "Changes a few of a channel's settings", "100/s", "repeated";
    DeleteChannel in channel::delete_channel => "Deletes a channel", "100/s", "repeated";
    BatchDeleteChannels in channel::batch_delete_channels => "Deletes up to 100 channels", "100/s", "repeated";
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
