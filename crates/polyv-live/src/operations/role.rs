//! Assistants and guests of a channel.

pub(super) mod update_channel_account;
