//! `UpdateCallbackSetting`.

use livecloud_core::Ack;
use livecloud_core::wire::{CommaList, Url};

use super::get_callback_setting::CallbackSetting;
use super::rules;
use crate::account::Profile;

operation! {
    /// Sets where a channel's events go, **all of them at once: what is left out is switched off.**
    ///
    /// To change one address, read the others first ([`GetCallbackSetting`](crate::GetCallbackSetting)) and begin with
    /// [`of`](Self::of). Give each kind of event an address of its own: nothing in an event says which one it is.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_live::{Account, Client, GetCallbackSetting, UpdateCallbackSetting};
    /// # async fn run() -> Result<(), polyv_live::Error> {
    /// # let transport = ReplayTransport::always(Step::json(r#"{"code":200,"data":{"recordCallbackUrl":"https://h/r"}}"#));
    /// # let client = Client::builder(Account::new("app", "secret")).transport(transport.clone()).build()?;
    /// let setting = client.call(GetCallbackSetting::new("2191569")).await?;
    /// let update = UpdateCallbackSetting::of("2191569", &setting).stream_callback_url("https://example.com/a-secret-path");
    /// client.call(update).await?;
    /// # assert_eq!(transport.requests()[1].form("recordCallbackUrl").as_deref(), Some("https://h/r"));
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct UpdateCallbackSetting -> Ack;

    /// Setting the same addresses twice leaves the channel as setting them once does, so a lost answer may be repeated.
    post form "/live/v3/channel/callback/update-setting" in Profile::Api, idempotent;
    page "https://help.polyv.net/#/live/api/channel/operate/update_setting";

    required {
        /// The channel's number: digits.
        into channel_id: String,
    }
    optional {
        /// Of which files of a recording are told: `m3u8`, `mp4`. Of both: two events.
        into record_callback_video_type: CommaList,
        /// Of recordings.
        into record_callback_url: Url,
        /// Of recordings that became videos.
        into playback_callback_url: Url,
        /// Of the stream's beginning and end.
        into stream_callback_url: Url,
        /// Of courseware that was remade.
        into ppt_record_callback_url: Url,
        /// Of content that review rejected.
        into live_scan_callback_url: Url,
        /// Of a replay's cache.
        into playback_cache_callback_url: Url,
        /// Of subtitles.
        into subtitle_callback_url: Url,
        /// Of a stream that was cut off for a violation.
        into live_violation_cutoff_callback_url: Url,
        /// Of viewers who booked.
        into custom_booking_callback_url: Url,
    }

    check(self, checks) {
        checks.digits("L01", "channelId", &self.channel_id);
        rules::addresses(checks, &self.addresses(), false);
        rules::video_type(checks, self.record_callback_video_type.as_ref());
        if self.addresses().iter().all(|(_, url)| url.is_none()) {
            checks.warn("L68", "channelId", "is all there is: this switches all callbacks of the channel off");
        }
    }
}

impl UpdateCallbackSetting {
    /// An update that leaves everything as `setting` has it. What [`CallbackSetting`] does not show (subtitles, violations,
    /// bookings) has to be set again.
    #[must_use]
    pub fn of(channel_id: impl Into<String>, setting: &CallbackSetting) -> Self {
        let kept = |url: &Option<Url>| url.clone().filter(|url| !url.trim().is_empty());
        Self {
            record_callback_video_type: setting.record_callback_video_type.clone().filter(|kinds| !kinds.0.is_empty()),
            record_callback_url: kept(&setting.record_callback_url),
            playback_callback_url: kept(&setting.playback_callback_url),
            stream_callback_url: kept(&setting.stream_callback_url),
            ppt_record_callback_url: kept(&setting.ppt_record_callback_url),
            live_scan_callback_url: kept(&setting.live_scan_callback_url),
            playback_cache_callback_url: kept(&setting.playback_cache_callback_url),
            ..Self::new(channel_id)
        }
    }

    fn addresses(&self) -> [(&'static str, Option<&Url>); 9] {
        [
            ("recordCallbackUrl", self.record_callback_url.as_ref()),
            ("playbackCallbackUrl", self.playback_callback_url.as_ref()),
            ("streamCallbackUrl", self.stream_callback_url.as_ref()),
            ("pptRecordCallbackUrl", self.ppt_record_callback_url.as_ref()),
            ("liveScanCallbackUrl", self.live_scan_callback_url.as_ref()),
            ("playbackCacheCallbackUrl", self.playback_cache_callback_url.as_ref()),
            ("subtitleCallbackUrl", self.subtitle_callback_url.as_ref()),
            ("liveViolationCutoffCallbackUrl", self.live_violation_cutoff_callback_url.as_ref()),
            ("customBookingCallbackUrl", self.custom_booking_callback_url.as_ref()),
        ]
    }
}
