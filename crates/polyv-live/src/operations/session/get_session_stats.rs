//! `GetSessionStats`.

use livecloud_core::wire::{self, CommaList, UnixMillis};
use serde::Deserialize;
#[cfg(feature = "full-serde")]
use serde::Serialize;

use crate::account::Profile;

operation! {
    /// How many watched a channel's sessions, live and later, and for how long.
    ///
    /// Name sessions, or a period. The numbers of a session are made some time after its end: until then
    /// `channel session stats can not be found` or an empty list comes. Ask again slowly, and not without limit: the
    /// vendor blocks an address that asks over 1500 times in 10 s.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_live::{Account, Client, GetSessionStats};
    /// # async fn run() -> Result<(), polyv_live::Error> {
    /// # let transport = ReplayTransport::always(Step::json(r#"{"code":200,"data":{"list":[{"sessionId":"fs2u","liveUV":7}]}}"#));
    /// # let client = Client::builder(Account::new("app", "secret")).transport(transport).build()?;
    /// let stats = client.call(GetSessionStats::new("2191569").session_ids(["fs2u"])).await?;
    /// assert_eq!(stats.list[0].live_uv, Some(7));
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct GetSessionStats -> SessionStatsList;

    /// It only reads.
    get query "/live/v3/channel/statistics/get-session-stats" in Profile::Api, safe;
    page "https://help.polyv.net/#/live/api/channel/viewdata/get_session_stats";

    query {
        /// The channel's number: digits.
        channel_id = "channelId",
    }
    optional {
        /// The sessions. One text with commas on the wire.
        into session_ids: CommaList,
        /// From when.
        into start_time: UnixMillis,
        /// Until when.
        into end_time: UnixMillis,
    }

    check(self, checks) {
        checks.digits("L01", "channelId", &self.channel_id);
        if self.session_ids.as_ref().is_some_and(|ids| ids.0.is_empty() || ids.is_ambiguous()) {
            checks.refuse("L62", "sessionIds", "must be ids without a comma, and none blank");
        }
        for (path, time) in [("startTime", self.start_time), ("endTime", self.end_time)] {
            if let Some(time) = time.filter(|time| !time.has_13_digits()) {
                checks.refuse_value("L63", path, "must be milliseconds: 13 digits", time.0);
            }
        }
        if self.start_time.zip(self.end_time).is_some_and(|(start, end)| start > end) {
            checks.warn("L64", "endTime", "is before startTime");
        }
        if self.session_ids.is_none() && (self.start_time.is_none() || self.end_time.is_none()) {
            checks.warn("L64", "sessionIds", "or both startTime and endTime should be given");
        }
    }
}

/// The statistics that were found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[non_exhaustive]
pub struct SessionStatsList {
    /// One entry a session.
    #[serde(default, deserialize_with = "wire::list")]
    pub list: Vec<SessionStats>,
}

/// The statistics of one session. Durations are in the vendor's unit, which its page does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SessionStats {
    /// The channel.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub channel_id: Option<String>,
    /// The session.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub session_id: Option<String>,
    /// Its name.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub name: Option<String>,
    /// When it began.
    #[serde(default, deserialize_with = "wire::opt_millis")]
    pub start_time: Option<UnixMillis>,
    /// When it ended.
    #[serde(default, deserialize_with = "wire::opt_millis")]
    pub end_time: Option<UnixMillis>,
    /// How long it was.
    #[serde(default, deserialize_with = "wire::opt_u64")]
    pub duration: Option<u64>,
    /// Viewers while it was live.
    #[serde(default, rename = "liveUV", deserialize_with = "wire::opt_u64")]
    pub live_uv: Option<u64>,
    /// Views while it was live.
    #[serde(default, rename = "livePV", deserialize_with = "wire::opt_u64")]
    pub live_pv: Option<u64>,
    /// Viewers of its replay.
    #[serde(default, rename = "playbackUV", deserialize_with = "wire::opt_u64")]
    pub playback_uv: Option<u64>,
    /// Views of its replay.
    #[serde(default, rename = "playbackPV", deserialize_with = "wire::opt_u64")]
    pub playback_pv: Option<u64>,
    /// How long it was watched live, by all together.
    #[serde(default, deserialize_with = "wire::opt_u64")]
    pub total_play_duration: Option<u64>,
    /// How long its replay was watched, by all together.
    #[serde(default, deserialize_with = "wire::opt_u64")]
    pub total_playback_duration: Option<u64>,
}
