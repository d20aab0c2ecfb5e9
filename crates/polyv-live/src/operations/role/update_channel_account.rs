//! `UpdateChannelAccount`.

use std::time::Duration;

use livecloud_core::wire::{self, Url, YesNo};
use livecloud_core::{Ack, Checks, Draft, Error, Meta, Operation, Secret};
#[cfg(feature = "full-serde")]
use serde::Deserialize;
use serde::Serialize;

use crate::account::{Account, Profile, QUOTA};

/// Changes an assistant's or guest's details.
///
/// What is left out stays as it is (inferred; the vendor does not say). Nothing can be cleared: an empty text takes no
/// part in the signature, so the vendor cannot tell it from an absent one.
///
/// Errors worth knowing: code 400 with a text that names the field; `channel not found` and `illegal channel id` for a
/// channel that is not this account's; `invalid signature` for a wrong secret. The texts are in
/// [`codes::TEXTS`](crate::codes::TEXTS).
///
/// Vendor's name: `POST /live/v2/channelAccount/{channelId}/update`. Vendor page:
/// <https://help.polyv.net/#/live/api/channel/operate/update_account>
///
/// ```
/// # use livecloud_core::test_util::{ReplayTransport, Step};
/// # use polyv_live::{Account, Client, UpdateChannelAccount};
/// # async fn run() -> Result<(), polyv_live::Error> {
/// # let transport = ReplayTransport::always(Step::json(r#"{"code":200,"status":"success","message":"","data":"success"}"#));
/// # let client = Client::builder(Account::new("app", "secret")).transport(transport).build()?;
/// // The role's number is a text: its leading zeros count.
/// let update = UpdateChannelAccount::new("2191541", "0052191541").nickname("陈老师").notify_enabled(true);
/// client.call(update).await?;
/// # Ok(())
/// # }
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct UpdateChannelAccount {
    /// The channel's number: digits. Part of the path; refused when blank under every profile.
    #[serde(skip_serializing)]
    #[cfg_attr(feature = "full-serde", serde(deserialize_with = "wire::text"))]
    pub channel_id: String,
    /// The role's number: digits, leading zeros included. From JSON only as a text: a number would have lost them.
    pub account: String,
    /// Display name. Newer vendor pages allow 1 to 15 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nickname: Option<String>,
    /// Password for logging in. Newer vendor pages allow 6 to 16 characters.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "wire::opt_secret")]
    pub password: Option<Secret>,
    /// Address of the picture, at most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avatar: Option<Url>,
    /// Title shown beside the name. Newer vendor pages allow 1 to 10 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// The right to turn pages. One role of a channel has it, and only in the three-split-screen scene (`ppt`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_turn_enabled: Option<YesNo>,
    /// The right to post notices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notify_enabled: Option<YesNo>,
}

impl UpdateChannelAccount {
    /// Setting the same values twice leaves the role as setting them once does, so a lost answer may be repeated.
    pub const META: Meta = Meta::post("UpdateChannelAccount")
        .idempotent()
        .quota(QUOTA)
        .timing(Duration::from_secs(10), Duration::from_secs(30))
        .page("https://help.polyv.net/#/live/api/channel/operate/update_account");

    /// An update of one role of a channel that changes nothing yet.
    #[must_use]
    pub fn new(channel_id: impl Into<String>, account: impl Into<String>) -> Self {
        Self {
            channel_id: channel_id.into(),
            account: account.into(),
            nickname: None,
            password: None,
            avatar: None,
            actor: None,
            page_turn_enabled: None,
            notify_enabled: None,
        }
    }

    livecloud_core::__setters! {
        /// Sets the display name.
        into nickname: String,
        /// Sets the password.
        into password: Secret,
        /// Sets the address of the picture.
        into avatar: Url,
        /// Sets the title.
        into actor: String,
        /// Gives or takes the right to turn pages.
        into page_turn_enabled: YesNo,
        /// Gives or takes the right to post notices.
        into notify_enabled: YesNo,
    }

    fn texts(&self) -> [(&'static str, Option<&str>); 4] {
        [
            ("nickname", self.nickname.as_deref()),
            ("password", self.password.as_ref().map(Secret::expose)),
            ("avatar", self.avatar.as_deref()),
            ("actor", self.actor.as_deref()),
        ]
    }
}

impl Operation for UpdateChannelAccount {
    type Vendor = Account;
    type Output = Ack;

    fn meta(&self) -> &Meta {
        &Self::META
    }

    fn profile(&self) -> Profile {
        Profile::Api
    }

    fn check(&self, checks: &mut Checks<'_, Account>) {
        checks.digits("L01", "channelId", &self.channel_id);
        checks.digits("L02", "account", &self.account);
        for (path, text) in self.texts() {
            checks.not_blank("L03", path, text);
        }
        checks.max_chars("L04", "avatar", self.avatar.as_deref(), 200);

        // The bounds of the page that is to replace this one.
        for ((path, text), bounds) in self.texts().into_iter().zip([1..=15, 6..=16, 0..=200, 1..=10]) {
            if text.is_some_and(|text| path != "avatar" && !bounds.contains(&text.chars().count())) {
                checks.warn("L05", path, format!("should have {}..={} characters", bounds.start(), bounds.end()));
            }
        }
        let switches = [self.page_turn_enabled, self.notify_enabled];
        if self.texts().iter().all(|(_, text)| text.is_none()) && switches.iter().all(Option::is_none) {
            checks.warn("L06", "account", "is all there is: this update changes nothing");
        }
    }

    fn write(&self, _: &Account, draft: &mut Draft) -> Result<(), Error> {
        if self.channel_id.trim().is_empty() {
            return Err(Error::invalid_field("channelId", "must not be blank", "L01"));
        }
        draft.segments([
            ("", "live"),
            ("", "v2"),
            ("", "channelAccount"),
            ("channelId", &self.channel_id),
            ("", "update"),
        ])?;
        draft.form(self)
    }
}
