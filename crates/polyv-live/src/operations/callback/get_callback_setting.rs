//! `GetCallbackSetting`.

use livecloud_core::wire::{CommaList, Url, YesNo};
use serde::Deserialize;
#[cfg(feature = "full-serde")]
use serde::Serialize;

use super::super::replies;
use crate::account::Profile;

operation! {
    /// Where a channel's events go.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_live::{Account, Client, GetCallbackSetting};
    /// # async fn run() -> Result<(), polyv_live::Error> {
    /// # let transport = ReplayTransport::always(Step::json(r#"{"code":200,"data":{"globalSettingEnabled":"Y"}}"#));
    /// # let client = Client::builder(Account::new("app", "secret")).transport(transport).build()?;
    /// let setting = client.call(GetCallbackSetting::new("2191569")).await?;
    /// assert!(setting.global_setting_enabled.is_some_and(|flag| flag.is_yes()));
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct GetCallbackSetting -> CallbackSetting;

    /// It only reads.
    get query "/live/v3/channel/callback/get-setting" in Profile::Api, safe;
    page "https://help.polyv.net/#/live/api/channel/operate/get_callback_setting";

    query {
        /// The channel's number: digits.
        channel_id = "channelId",
    }

    check(self, checks) {
        checks.digits("L01", "channelId", &self.channel_id);
    }
}

/// Where a channel's events go. An empty address is none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct CallbackSetting {
    /// Of recordings.
    pub record_callback_url: Option<Url>,
    /// Of recordings that became videos.
    pub playback_callback_url: Option<Url>,
    /// Of the stream's beginning and end.
    pub stream_callback_url: Option<Url>,
    /// Of content that review rejected.
    pub live_scan_callback_url: Option<Url>,
    /// Of which files of a recording are told: `m3u8`, `mp4`.
    pub record_callback_video_type: Option<CommaList>,
    /// Of a replay's cache.
    pub playback_cache_callback_url: Option<Url>,
    /// Of courseware that was remade.
    pub ppt_record_callback_url: Option<Url>,
    /// Whether the account's settings hold in place of these.
    #[serde(deserialize_with = "replies::switch")]
    pub global_setting_enabled: Option<YesNo>,
}
