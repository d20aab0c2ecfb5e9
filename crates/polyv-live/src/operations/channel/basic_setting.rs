//! `basicSetting` of `UpdateChannelBasic`.

use livecloud_core::wire::{self, Url, YesNo};
use livecloud_core::{Checks, Secret};
#[cfg(feature = "full-serde")]
use serde::Deserialize;
use serde::Serialize;

use super::comma;
#[cfg(feature = "full-serde")]
use super::lenient;
use super::{number, rules};
use crate::account::Account;

/// A channel's settings. What is left out stays as it is (inferred; the vendor says so of `pureRtcEnabled` only).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct BasicSetting {
    /// The channel's name, at most 100 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The channel's password, at most 16 characters.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "wire::opt_secret")]
    pub channel_passwd: Option<Secret>,
    /// The host's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// When it starts, in milliseconds since 1970 (13 digits). 0 hides it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "full-serde", serde(deserialize_with = "wire::opt_i64"))]
    pub start_time: Option<i64>,
    /// When it ends, in milliseconds since 1970 (13 digits). Only for what is shown before the broadcast: it does not
    /// end one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "full-serde", serde(deserialize_with = "wire::opt_i64"))]
    pub end_time: Option<i64>,
    /// How often it was watched, in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "full-serde", serde(deserialize_with = "wire::opt_u64"))]
    pub page_view: Option<u64>,
    /// How often it was liked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "full-serde", serde(deserialize_with = "wire::opt_u64"))]
    pub likes: Option<u64>,
    /// Address of the channel's icon. The vendor's servers must be able to fetch it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover_img: Option<Url>,
    /// Address of the splash page's picture. The vendor's servers must be able to fetch it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub splash_img: Option<Url>,
    /// Whether the splash page is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub splash_enabled: Option<YesNo>,
    /// Introduction; may hold HTML.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desc: Option<String>,
    /// Whether viewers can ask questions in private.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consulting_menu_enabled: Option<YesNo>,
    /// Whether [`max_viewer`](Self::max_viewer) holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_viewer_restrict: Option<YesNo>,
    /// Most viewers at a time. On the vendor's sibling pages 0 is no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "full-serde", serde(deserialize_with = "wire::opt_u64"))]
    pub max_viewer: Option<u64>,
    /// The category's id. Sent as a number where it is one, as in the vendor's sample, else as a text.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "number::opt")]
    #[cfg_attr(feature = "full-serde", serde(deserialize_with = "wire::opt_text"))]
    pub category_id: Option<String>,
    /// Most viewers who talk at a time, -1..=16: -1 as the account has it, 0 none. Not above the account's own limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "full-serde", serde(deserialize_with = "lenient::opt_int"))]
    pub link_mic_limit: Option<i32>,
    /// Whether [`receive_channel_ids`](Self::receive_channel_ids) begin or cease to relay this channel. Needs the relay
    /// feature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<YesNo>,
    /// The channels that relay this one: their numbers, at most 500. One text with commas on the wire. Needs the relay
    /// feature.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "comma")]
    pub receive_channel_ids: Option<Vec<String>>,
    /// Whether comments flying over the picture are **off**.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub close_danmu: Option<YesNo>,
    /// Whether comments flying over the picture are shown at first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_danmu_info_enabled: Option<YesNo>,
    /// Whether the channel has the low-delay mode. Cannot change during a broadcast.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "full-serde", serde(deserialize_with = "lenient::switch_or_empty"))]
    pub pure_rtc_enabled: Option<YesNo>,
    /// An id of your own for the teacher: at most 32 visible ASCII characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "full-serde", serde(deserialize_with = "wire::opt_text"))]
    pub custom_teacher_id: Option<String>,
    /// Ids of the channel's labels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "full-serde", serde(deserialize_with = "lenient::opt_texts"))]
    pub label_data: Option<Vec<String>>,
}

impl BasicSetting {
    /// Settings that change nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    livecloud_core::__setters! {
        /// Sets the name.
        into name: String,
        /// Sets the password.
        into channel_passwd: Secret,
        /// Sets the host's name.
        into publisher: String,
        /// Sets when it starts, in milliseconds since 1970; 0 hides it.
        start_time: i64,
        /// Sets when it ends, in milliseconds since 1970.
        end_time: i64,
        /// Sets how often it was watched.
        page_view: u64,
        /// Sets how often it was liked.
        likes: u64,
        /// Sets the address of the icon.
        into cover_img: Url,
        /// Sets the address of the splash page's picture.
        into splash_img: Url,
        /// Shows or hides the splash page.
        into splash_enabled: YesNo,
        /// Sets the introduction.
        into desc: String,
        /// Allows or forbids questions in private.
        into consulting_menu_enabled: YesNo,
        /// Turns the limit of viewers on or off.
        into max_viewer_restrict: YesNo,
        /// Sets the limit of viewers.
        max_viewer: u64,
        /// Sets the category.
        into category_id: String,
        /// Sets how many viewers may talk at a time.
        link_mic_limit: i32,
        /// Adds or removes relaying channels.
        into operation: YesNo,
        /// Sets the relaying channels.
        each receive_channel_ids: String,
        /// Turns flying comments **off** with true.
        into close_danmu: YesNo,
        /// Shows flying comments at first, or not.
        into show_danmu_info_enabled: YesNo,
        /// Turns the low-delay mode on or off.
        into pure_rtc_enabled: YesNo,
        /// Sets the teacher's id.
        into custom_teacher_id: String,
        /// Sets the labels.
        each label_data: String,
    }

    pub(super) fn check(&self, checks: &mut Checks<'_, Account>) {
        checks.max_chars("L07", "basicSetting.name", self.name.as_deref(), 100);
        if self.channel_passwd.as_ref().is_some_and(|secret| secret.expose().chars().count() > 16) {
            checks.refuse("L08", "basicSetting.channelPasswd", "must have at most 16 characters");
        }
        rules::millis(checks, "basicSetting.startTime", self.start_time, true);
        rules::millis(checks, "basicSetting.endTime", self.end_time, false);
        checks.range("L10", "basicSetting.linkMicLimit", self.link_mic_limit, -1..=16);
        if let Some(ids) = &self.receive_channel_ids {
            let path = "basicSetting.receiveChannelIds";
            if ids.len() > 500 {
                checks.refuse_value("L11", path, "must name at most 500 channels", ids.len());
            }
            let is_number = |id: &&String| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
            if let Some(id) = ids.iter().find(|id| !is_number(id)) {
                checks.refuse_value("L11", path, "must be numbers of digits", format_args!("{id:?}"));
            }
        }
        if self.operation.is_some() != self.receive_channel_ids.is_some() {
            checks.warn("L12", "basicSetting.operation", "and receiveChannelIds probably need each other");
        }
        let path = "basicSetting.customTeacherId";
        if let Some(id) = &self.custom_teacher_id
            && !id.bytes().all(|byte| byte.is_ascii_graphic())
        {
            checks.refuse_value("L13", path, "must be visible ASCII characters", format_args!("{id:?}"));
        }
        checks.max_chars("L13", path, self.custom_teacher_id.as_deref(), 32);
    }
}
