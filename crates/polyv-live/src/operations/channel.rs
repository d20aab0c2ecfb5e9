//! Channels: created, listed, changed and deleted, with their settings and watch conditions.

mod auth_setting;
mod basic_setting;
pub(super) mod batch_create_channels;
pub(super) mod batch_delete_channels;
mod channel_basic;
mod comma;
mod conditions;
pub(super) mod create_channel;
pub(super) mod delete_channel;
pub(super) mod get_channel;
mod info_field;
#[cfg(feature = "full-serde")]
mod lenient;
pub(super) mod list_channel_basics;
mod new_channel;
mod number;
mod rules;
pub(super) mod update_channel_basic;
pub(super) mod update_channel_settings;

pub use auth_setting::{AuthSetting, AuthType, Rank};
pub use basic_setting::BasicSetting;
pub use channel_basic::{ChannelBasic, CreatedChannel, ReplayVideo, WatchStatus};
pub use conditions::{
    CodeCondition, CustomCondition, DirectCondition, ExternalCondition, InfoCondition, PayCondition, PhoneCondition,
};
pub use info_field::{InfoField, InfoType};
pub use list_channel_basics::ChannelOrder;
pub use new_channel::{NewChannel, RelayType, Scene, Template};
