//! What replies say about a role.

use livecloud_core::Secret;
use livecloud_core::wire::{self, UnixMillis, Url, YesNo};
use serde::Deserialize;
#[cfg(feature = "full-serde")]
use serde::Serialize;

use super::super::replies;

livecloud_core::open_enum! {
    /// What a channel's account is.
    pub enum Role {
        /// Helps the teacher.
        Assistant = "Assistant",
        /// Talks beside the teacher.
        Guest = "Guest",
    }
}

/// An assistant or guest. Each operation fills in some of the fields; the rights are the vendor's switches.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ChannelAccount {
    /// The role's number: a text, since its leading zeros count.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub account: Option<String>,
    /// The owner's user id.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub user_id: Option<String>,
    /// The channel.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub channel_id: Option<String>,
    /// Its password, in clear.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "wire::opt_secret")]
    pub passwd: Option<Secret>,
    /// Display name.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub nickname: Option<String>,
    /// Its stream's name. Who has it and the push address can send pictures.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "wire::opt_secret")]
    pub stream: Option<Secret>,
    /// Its state, in the vendor's words, which are not documented.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub status: Option<String>,
    /// When it was created.
    #[serde(default, deserialize_with = "wire::opt_millis")]
    pub created_time: Option<UnixMillis>,
    /// When it was changed last.
    #[serde(default, deserialize_with = "wire::opt_millis")]
    pub last_modified: Option<UnixMillis>,
    /// Its place in the list.
    #[serde(default, deserialize_with = "wire::opt_i64")]
    pub sort: Option<i64>,
    /// Address of its picture.
    #[serde(default)]
    pub avatar: Option<Url>,
    /// Title shown beside the name.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub actor: Option<String>,
    /// What it is.
    #[serde(default)]
    pub role: Option<Role>,
    /// May it turn pages?
    #[serde(default, deserialize_with = "replies::switch")]
    pub page_turn_enabled: Option<YesNo>,
    /// May it post notices?
    #[serde(default, deserialize_with = "replies::switch")]
    pub notify_enabled: Option<YesNo>,
    /// May it start check-ins?
    #[serde(default, deserialize_with = "replies::switch")]
    pub checkin_enabled: Option<YesNo>,
    /// May it start votes?
    #[serde(default, deserialize_with = "replies::switch")]
    pub vote_enabled: Option<YesNo>,
    /// May it start lotteries?
    #[serde(default, deserialize_with = "replies::switch")]
    pub lottery_enabled: Option<YesNo>,
    /// May it see who is online?
    #[serde(default, deserialize_with = "replies::switch")]
    pub chat_list_enabled: Option<YesNo>,
    /// May it review chat messages?
    #[serde(default, deserialize_with = "replies::switch")]
    pub chat_audit_enabled: Option<YesNo>,
    /// May it use the chat's interactive features?
    #[serde(default, deserialize_with = "replies::switch")]
    pub chat_interaction_enabled: Option<YesNo>,
    /// May it monitor the broadcast?
    #[serde(default, deserialize_with = "replies::switch")]
    pub monitor_enabled: Option<YesNo>,
    /// May it tour the viewers' cameras?
    #[serde(default, deserialize_with = "replies::switch")]
    pub round_tour_enabled: Option<YesNo>,
    /// May it lock who watches?
    #[serde(default, deserialize_with = "replies::switch")]
    pub watch_lock_enabled: Option<YesNo>,
    /// Where it logs in.
    #[serde(default)]
    pub login_url: Option<Url>,
    /// Where its pictures are pushed to. Who has it can push.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "wire::opt_secret")]
    pub push_url: Option<Secret>,
}
