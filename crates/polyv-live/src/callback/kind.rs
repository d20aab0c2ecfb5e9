//! Every event that the vendor names, and what is known of it.

/// One table for the enum, its names and its documentation.
macro_rules! kinds {
    ($($name:ident = $id:literal, $what:literal, $request:literal, $signed:literal, $repeats:literal, $set:literal,
        $fields:literal;)+) => {
        /// What a callback is about. The vendor does not say it in the request, so give each kind an address of its own.
        ///
        /// | Kind | Vendor's word | What happened | Request | Signed | Repeated | Set up by | Fields beside `timestamp`, `sign` |
        /// |---|---|---|---|---|---|---|---|
        $(#[doc = concat!(
            "| `", stringify!($name), "` | `", $id, "` | ", $what, " | ", $request, " | ", $signed, " | ", $repeats, " | ",
            $set, " | ", $fields, " |"
        )])+
        ///
        /// Signed: `time` is an MD5 over secret and time alone; `time?` is expected to be that, but not documented; `all`
        /// covers every field; `key` is checked by [`links`](crate::links) with the key of the watch condition.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum EventKind {
            $(#[doc = concat!($what, ".")] $name,)+
            /// Nothing that the fields tell. Your address may: see [`Event::of`](super::Event::of).
            Unknown,
        }

        impl EventKind {
            /// Every kind that the vendor names, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The vendor's word for it; `unknown` for [`Self::Unknown`].
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $id,)+
                    Self::Unknown => "unknown",
                }
            }
        }
    };
}

kinds! {
    LiveStatus = "live_status", "A stream began or ended", "GET", "time", "no", "`streamCallbackUrl`, `SetStreamCallback`",
        "`channelId`, `status`, `sessionId`, `startTime`, `endTime`";
    RecordGenerated = "record_generated", "A recording's file is there", "GET", "time", "no",
        "`recordCallbackUrl`, `SetRecordCallback`",
        "`channelId`, `fileUrl`, `format`, `fileId`, `origin`, `hasRtcRecord`, `sessionId`";
    PlaybackTransferred = "playback_transferred", "A temporary recording became a video", "GET", "time", "no",
        "`playbackCallbackUrl`, `SetPlaybackCallback`",
        "`channelId`, `vid`, `title`, `duration`, `fileSize`, `sessionIds`, `fileId`, `videoId`, `origin`, `sessionId`, `userId`, `status`";
    RecordConverted = "record_converted", "Recordings were converted, or could not be", "GET", "time", "unknown", "the call",
        "`status`, `channelId`, `vid`, `title`, `duration`, `fileSize`, `fileId`, `videoId`, `origin`, `sessionIds`";
    RecordMerged = "record_merged", "Recordings were merged, or could not be", "GET (inferred)", "time", "unknown", "the call",
        "`status`, `code`, `userId`, `channelId`, `fileId`, those of your own address";
    RecordMergedMp4 = "record_merged_mp4", "Recordings were merged into an MP4 file", "GET", "not listed", "unknown", "the call",
        "`status`, `channelId`, `fileId`, `fileIds`, `fileUrl` (for 30 days), `fileName`";
    AiPptVideo = "ai_ppt_video", "An AI courseware video is done or deleted", "POST", "time", "up to 3 times until 200",
        "`aiPptVideoCallbackUrl`",
        "body: `id`, `fileName`, `videoName`, `videoPath`, `videoFileSize`, `videoImage`, `videoDuration`, `dealTime`, `existDigitalHuman`, `status`, `childUserInfo`, `subtitleInfo`";
    SubtitleContent = "subtitle_content", "Subtitles of a running stream", "unknown", "time?", "unknown", "`subtitleCallbackEnabled`",
        "`roomId`, `sessionId`, `subtitles`";
    PointsQuery = "points_query", "A viewer's points are asked for, and awaited in the answer", "query or form", "all", "unknown",
        "the console", "`channelId`, `viewerId`, `viewerName`, `sessionId`, `ts`, `appId`";
    GroupQuotaNotice = "group_quota_notice", "A group account runs out of something", "unknown", "not listed", "unknown",
        "the console", "`company`, `email`, `days`, `ratio`, `amount`, `packageName`, `minutes`, `traffic`, `noticeCode`, `noticeName`, `noticeType`, `time`";
    CustomAuthRequest = "custom_auth_request", "A viewer is sent to say who they are", "GET", "key", "no", "`customUri`",
        "`id`, `ts`, `url`";
    ExternalAuthRequest = "external_auth_request", "The vendor asks whether a viewer may watch", "GET", "key, in `token`", "no",
        "`externalUri`", "`userid`, `ts`, `channelId`";
    PptRecord = "ppt_record", "Courseware was remade", "unknown", "time?", "unknown", "`pptRecordCallbackUrl`", "unknown";
    LiveScan = "live_scan", "Content was rejected by review", "unknown", "time?", "unknown", "`liveScanCallbackUrl`", "unknown";
    PlaybackCache = "playback_cache", "A replay's cache is there", "unknown", "time?", "unknown", "`playbackCacheCallbackUrl`", "unknown";
    ChannelBasicUpdate = "channel_basic_update", "A channel's basic settings changed", "unknown", "time?", "unknown",
        "`channelBasicUpdateCallbackUrl`", "unknown";
    LiveViolationCutoff = "live_violation_cutoff", "A stream was cut off for a violation", "unknown", "time?", "unknown",
        "`liveViolationCutoffCallbackUrl`", "unknown";
    Subtitle = "subtitle", "Subtitles were generated", "unknown", "time?", "unknown", "`subtitleCallbackUrl`", "unknown";
    LiveStats = "live_stats", "Statistics of a stream", "unknown", "time?", "unknown", "`liveStatsCallbackUrl`", "unknown";
    CustomBooking = "custom_booking", "A viewer booked", "unknown", "time?", "unknown", "`customBookingCallbackUrl`", "unknown";
    DocumentConvert = "document_convert", "A document was converted", "unknown", "time?", "unknown", "the call", "unknown";
    RecordClip = "record_clip", "A recording was clipped", "unknown", "time?", "unknown", "the call", "unknown";
    StudentQuestion = "student_question", "A student's question was stored", "POST, JSON", "time?, in the body", "unknown",
        "the webhook's own call", "unknown";
    MemberStatus = "member_status", "A viewer came or went", "unknown", "time?", "unknown", "the console", "unknown";
    Interaction = "interaction", "Something interactive happened", "unknown", "time?", "unknown", "the console", "unknown";
    Speak = "speak", "Someone wrote in the chat", "unknown", "time?", "unknown", "the console", "unknown";
    Feedback = "feedback", "A viewer complained", "unknown", "time?", "unknown", "the console", "unknown";
    PageEvent = "page_event", "Something happened on the watch page", "unknown", "time?", "unknown", "the console", "unknown";
    PushInfo = "push_info", "Something about what was pushed to viewers", "unknown", "time?", "unknown", "the console", "unknown";
    KeyInfo = "key_info", "Key information", "unknown", "time?", "unknown", "the console", "unknown";
    ActivityChange = "activity_change", "An activity changed", "unknown", "time?", "unknown", "the console", "unknown";
    CouponReceive = "coupon_receive", "A coupon was taken", "unknown", "time?", "unknown", "the console", "unknown";
    RecordAudioAudit = "record_audio_audit", "A recording's sound was reviewed", "unknown", "time?", "unknown", "the console", "unknown";
    ChannelChange = "channel_change", "A channel changed", "unknown", "time?", "unknown", "the console", "unknown";
}
