//! Tokens for the playback of encrypted videos.

pub(super) mod create_child_playsafe_token;
pub(super) mod create_playsafe_token;
mod token;

pub use token::PlaysafeToken;
