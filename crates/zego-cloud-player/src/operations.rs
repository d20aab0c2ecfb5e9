//! The operations, one file each, listed once.

mod update_player;

use crate::account::Account;

pub use update_player::{AudioOptions, VideoOptions};

livecloud_core::__operations! {
    Account;
    UpdatePlayer in update_player => "Changes source, progress, pause, repeats or settings of a player", "20/s", "repeated";
}
