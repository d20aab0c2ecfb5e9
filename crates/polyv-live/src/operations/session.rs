//! Sessions of a channel: each time it was live.

pub(super) mod get_session_stats;
pub(super) mod list_channel_sessions;

pub use get_session_stats::{SessionStats, SessionStatsList};
pub use list_channel_sessions::Session;
