//! `UpdateGlobalCallback`.

use livecloud_core::Ack;
use livecloud_core::wire::{CommaList, Url, YesNo};

use super::rules;
use crate::account::Profile;

livecloud_core::open_enum! {
    /// Of which recordings of a session is told.
    pub enum RecordFileCallback {
        /// Of all.
        All = "all",
        /// Of the last one.
        Last = "last",
    }
}

operation! {
    /// Sets where the events of all channels go that have no settings of their own.
    ///
    /// The vendor says of callback addresses that leaving one out switches it off. Whether that holds for this operation,
    /// too, is not known: send all you want to keep. An empty address arrives here, unlike in a form, and switches off.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_live::{Account, Client, UpdateGlobalCallback};
    /// # async fn run() -> Result<(), polyv_live::Error> {
    /// # let transport = ReplayTransport::always(Step::json(r#"{"code":200,"status":"success","success":true,"data":true}"#));
    /// # let client = Client::builder(Account::new("app", "secret")).transport(transport).build()?;
    /// let update = UpdateGlobalCallback::new()
    ///     .stream_callback_url("https://example.com/streams/a-secret-path")
    ///     .record_callback_url("https://example.com/recordings/a-secret-path")
    ///     .record_callback_video_type(["mp4"]);
    /// client.call(update).await?;
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq, Default)]
    pub struct UpdateGlobalCallback -> Ack;

    /// Setting the same addresses twice leaves the account as setting them once does, so a lost answer may be repeated.
    post json "/live/v4/user/global-setting/callback/update" in Profile::Api, idempotent;
    page "https://help.polyv.net/#/live/api/v4/user/update_callback";

    optional {
        /// Of recordings.
        into record_callback_url: Url,
        /// Of which recordings of a session is told.
        set record_file_call_back_type: RecordFileCallback,
        /// Of which files of a recording is told: `m3u8`, `mp4`. Of both: two events.
        into record_callback_video_type: CommaList,
        /// Of recordings that became videos.
        into playback_callback_url: Url,
        /// Whether remade videos are told of, too.
        into rebirth_vod_callback_enabled: YesNo,
        /// Of courseware that was remade.
        into ppt_record_callback_url: Url,
        /// Of streams' beginnings and ends.
        into stream_callback_url: Url,
        /// Of channels whose basic settings changed.
        into channel_basic_update_callback_url: Url,
        /// Of content that review rejected.
        into live_scan_callback_url: Url,
        /// Of replays' caches.
        into playback_cache_callback_url: Url,
        /// Of AI courseware videos.
        into ai_ppt_video_callback_url: Url,
        /// Of streams that were cut off for a violation.
        into live_violation_cutoff_callback_url: Url,
        /// Of statistics of streams.
        into live_stats_callback_url: Url,
    }

    check(self, checks) {
        let addresses = [
            ("recordCallbackUrl", self.record_callback_url.as_ref()),
            ("playbackCallbackUrl", self.playback_callback_url.as_ref()),
            ("pptRecordCallbackUrl", self.ppt_record_callback_url.as_ref()),
            ("streamCallbackUrl", self.stream_callback_url.as_ref()),
            ("channelBasicUpdateCallbackUrl", self.channel_basic_update_callback_url.as_ref()),
            ("liveScanCallbackUrl", self.live_scan_callback_url.as_ref()),
            ("playbackCacheCallbackUrl", self.playback_cache_callback_url.as_ref()),
            ("aiPptVideoCallbackUrl", self.ai_ppt_video_callback_url.as_ref()),
            ("liveViolationCutoffCallbackUrl", self.live_violation_cutoff_callback_url.as_ref()),
            ("liveStatsCallbackUrl", self.live_stats_callback_url.as_ref()),
        ];
        rules::addresses(checks, &addresses, true);
        rules::video_type(checks, self.record_callback_video_type.as_ref());
        if let Some(RecordFileCallback::Other(kind)) = &self.record_file_call_back_type {
            checks.refuse_value("L67", "recordFileCallBackType", "must be all or last", format_args!("{kind:?}"));
        }
        if *self == Self::new() {
            checks.warn("L06", "", "is empty: this update changes nothing, or switches every callback of the account off");
        }
    }
}
