//! The operations, one file each, listed once.

mod cancel_upload_task;
mod create_player;
mod create_upload_task;
mod delete_player;
mod describe_players;
mod describe_upload_tasks;
mod update_player;

pub use cancel_upload_task::CancelRequested;
pub use create_player::{
    AudioCodec, CreateAudioOptions, CreateVideoOptions, ExtensionParam, PlayerCreated, RenderMode, SoundChannel,
    StreamData, VideoCodec,
};
pub use create_upload_task::UploadTaskCreated;
pub use describe_players::{DestroyReason, PlayerInfo, PlayerStatus, PlayersPage};
pub use describe_upload_tasks::{UploadTaskInfo, UploadTaskStatus, UploadTasksPage};
pub use update_player::{AudioOptions, VideoOptions};

livecloud_core::__operations! {
    crate::Account;
    CreatePlayer in create_player => "Creates a player that plays a source into a room", "20/s", "reported";
    UpdatePlayer in update_player => "Changes source, progress, pause, repeats or settings of a player", "20/s", "repeated";
    DeletePlayer in delete_player => "Destroys a player", "20/s", "repeated";
    DescribePlayers in describe_players => "Lists players and their states", "10/s", "repeated";
    CreateUploadTask in create_upload_task => "Has ZEGO fetch and keep a file", "20/s", "reported";
    CancelUploadTask in cancel_upload_task => "Cancels an upload task that still waits", "20/s", "repeated";
    DescribeUploadTasks in describe_upload_tasks => "Lists upload tasks and their states", "20/s", "repeated";
}
