//! `GetGlobalCallback`.

use livecloud_core::wire::{CommaList, Url, YesNo};
use serde::Deserialize;
#[cfg(feature = "full-serde")]
use serde::Serialize;

use super::super::replies;
use super::update_global_callback::RecordFileCallback;
use crate::account::Profile;

operation! {
    /// Where the events of all channels go that have no settings of their own.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_live::{Account, Client, GetGlobalCallback};
    /// # async fn run() -> Result<(), polyv_live::Error> {
    /// # let transport = ReplayTransport::always(Step::json(r#"{"code":200,"data":{"streamCallbackUrl":"https://h/s"}}"#));
    /// # let client = Client::builder(Account::new("app", "secret")).transport(transport).build()?;
    /// let callback = client.call(GetGlobalCallback::new()).await?;
    /// assert_eq!(callback.stream_callback_url.as_deref(), Some("https://h/s"));
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq, Default)]
    pub struct GetGlobalCallback -> GlobalCallback;

    /// It only reads.
    get query "/live/v4/user/global-setting/callback/get" in Profile::Api, safe;
    page "https://help.polyv.net/#/live/api/v4/user/get_callback";
}

/// Where the account's events go. An empty address is none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct GlobalCallback {
    /// Of recordings.
    pub record_callback_url: Option<Url>,
    /// Of which recordings of a session are told.
    pub record_file_call_back_type: Option<RecordFileCallback>,
    /// Of which files of a recording are told: `m3u8`, `mp4`.
    pub record_callback_video_type: Option<CommaList>,
    /// Of recordings that became videos.
    pub playback_callback_url: Option<Url>,
    /// Whether remade videos are told of, too.
    #[serde(deserialize_with = "replies::switch")]
    pub rebirth_vod_callback_enabled: Option<YesNo>,
    /// Of courseware that was remade.
    pub ppt_record_callback_url: Option<Url>,
    /// Of streams' beginnings and ends.
    pub stream_callback_url: Option<Url>,
    /// Of channels whose basic settings changed.
    pub channel_basic_update_callback_url: Option<Url>,
    /// Of content that review rejected.
    pub live_scan_callback_url: Option<Url>,
    /// Of viewers who came or went.
    pub chat_user_status_callback_url: Option<Url>,
    /// Of interactions.
    pub interaction_callback_url: Option<Url>,
    /// Of replays' caches.
    pub playback_cache_callback_url: Option<Url>,
    /// Of replays whose settings changed.
    pub playback_setting_callback_url: Option<Url>,
    /// Of AI courseware videos.
    pub ai_ppt_video_callback_url: Option<Url>,
    /// Of streams that were cut off for a violation.
    pub live_violation_cutoff_callback_url: Option<Url>,
}
