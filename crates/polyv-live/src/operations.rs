//! The operations in their groups, one file each, listed once.

/// What all operations of this crate share; see `livecloud_core::__operation!`.
macro_rules! operation {
    ($($tokens:tt)*) => {
        livecloud_core::__operation! {
            vendor crate::account::Account, blank "L01", quota crate::account::QUOTA; $($tokens)*
        }
    };
}

pub mod channel;
mod role;

pub use channel::{AuthSetting, AuthType, BasicSetting, InfoField, InfoType, Rank};

livecloud_core::__operations! {
    crate::account::Account;
    UpdateChannelAccount in role::update_channel_account => "Changes an assistant's or guest's details", "100/s", "repeated";
    UpdateChannelBasic in channel::update_channel_basic => "Changes a channel's settings and watch conditions", "100/s", "repeated";
}
