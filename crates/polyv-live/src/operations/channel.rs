//! Channels: settings and watch conditions.

mod auth_setting;
mod basic_setting;
mod comma;
mod conditions;
mod info_field;
#[cfg(feature = "full-serde")]
mod lenient;
pub(super) mod update_channel_basic;

pub use auth_setting::{AuthSetting, AuthType, Rank};
pub use basic_setting::BasicSetting;
pub use conditions::{
    CodeCondition, CustomCondition, DirectCondition, ExternalCondition, InfoCondition, PayCondition, PhoneCondition,
};
pub use info_field::{InfoField, InfoType};
