//! The operations, one file each, listed once.

mod update_player;

pub use update_player::{AudioOptions, VideoOptions};

livecloud_core::__operations! {
    crate::Account;
    UpdatePlayer in update_player => "Changes source, progress, pause, repeats or settings of a player", "20/s", "repeated";
}
