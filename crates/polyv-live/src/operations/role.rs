//! Assistants and guests of a channel.

pub(super) mod add_channel_account;
pub(super) mod batch_create_channel_accounts;
mod channel_account;
pub(super) mod create_role_account;
pub(super) mod delete_channel_account;
pub(super) mod get_channel_account;
pub(super) mod list_channel_accounts;
mod new_account;
mod purview;
mod rules;
pub(super) mod update_channel_account;
pub(super) mod update_role_account;

pub use channel_account::{ChannelAccount, Role};
pub use list_channel_accounts::ChannelAccounts;
pub use new_account::NewAccount;
pub use purview::{Purview, PurviewCode};
