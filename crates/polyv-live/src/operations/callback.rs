//! Where events go: addresses of the account and of single channels.

pub(super) mod get_callback_setting;
pub(super) mod get_global_callback;
mod rules;
pub(super) mod set_playback_callback;
pub(super) mod set_record_callback;
pub(super) mod set_stream_callback;
pub(super) mod update_callback_setting;
pub(super) mod update_global_callback;

pub use get_callback_setting::CallbackSetting;
pub use get_global_callback::GlobalCallback;
pub use update_global_callback::RecordFileCallback;
