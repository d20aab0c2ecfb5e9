//! `purviewList`: the rights of a role.

use livecloud_core::wire::YesNo;
#[cfg(feature = "full-serde")]
use serde::Deserialize;
use serde::Serialize;

livecloud_core::open_enum! {
    /// A right.
    pub enum PurviewCode {
        /// Assistants: to see who is online.
        ChatListEnabled = "chatListEnabled",
        /// Assistants: to turn pages. One assistant of a channel has it.
        PageTurnEnabled = "pageTurnEnabled",
        /// Assistants: to monitor the broadcast. One assistant of a channel has it, and has neither
        /// [`PageTurnEnabled`](Self::PageTurnEnabled) nor [`ChatListEnabled`](Self::ChatListEnabled) beside it.
        MonitorEnabled = "monitorEnabled",
        /// Assistants: to review chat messages.
        ChatAuditEnabled = "chatAuditEnabled",
        /// Assistants: to use the chat's interactive features.
        ChatInteractionEnabled = "chatInteractionEnabled",
        /// Guests: to write while the chat is closed.
        ChatWhenBannedEnabled = "chatWhenBannedEnabled",
    }
}

/// A right, given or taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[non_exhaustive]
pub struct Purview {
    /// Which.
    pub code: PurviewCode,
    /// Whether the role has it.
    pub enabled: YesNo,
}

impl Purview {
    /// Gives that right, or takes it.
    #[must_use]
    pub fn new(code: PurviewCode, enabled: impl Into<YesNo>) -> Self {
        Self { code, enabled: enabled.into() }
    }
}
