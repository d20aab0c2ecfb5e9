//! What the documented events say, typed.
//!
//! Every member may be missing: nothing here is signed, and one odd value must not hide the others. What could not be
//! read is `None`, and as it came in [`Event::fields`](super::Event::fields).

use livecloud_core::wire::or_none::{any, flag, list, text, whole};
use livecloud_core::wire::{BeijingDate, BeijingTime, CommaList, UnixMillis, Url, YesNo};
use serde::Deserializer;
use serde_json::Value;

/// The content of an event by its [`kind`](super::Event::kind).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Details {
    /// A stream began or ended.
    LiveStatus(LiveStatus),
    /// A recording's file is there.
    RecordGenerated(RecordGenerated),
    /// A temporary recording became a video.
    PlaybackTransferred(Playback),
    /// Recordings were converted, or could not be.
    RecordConverted(Playback),
    /// Recordings were merged, or could not be.
    RecordMerged(RecordMerged),
    /// Recordings were merged into an MP4 file.
    RecordMergedMp4(RecordMergedMp4),
    /// An AI courseware video is done or deleted.
    AiPptVideo(Box<AiPptVideo>),
    /// Subtitles of a running stream.
    SubtitleContent(SubtitleContent),
    /// A viewer's points are asked for: answer with [`PointsAnswer`](super::PointsAnswer).
    PointsQuery(PointsQuery),
    /// A group account runs out of something.
    GroupQuotaNotice(Box<GroupQuotaNotice>),
    /// The fields of this kind are not documented: see [`Event::fields`](super::Event::fields) and
    /// [`Event::body`](super::Event::body).
    Undocumented,
}

livecloud_core::open_enum! {
    /// What a stream does.
    pub enum StreamState {
        /// It began.
        Live = "live",
        /// It ended.
        End = "end",
    }
}

livecloud_core::open_enum! {
    /// How something that was asked for went.
    pub enum Outcome {
        /// It is done.
        Success = "success",
        /// It is not.
        Error = "error",
    }
}

livecloud_core::open_enum! {
    /// The kind of a recording's file. With both kinds asked for, two events come.
    pub enum RecordFormat {
        /// A playlist.
        M3u8 = "m3u8",
        /// One file.
        Mp4 = "mp4",
    }
}

livecloud_core::open_enum! {
    /// How a recording came to be.
    pub enum RecordOrigin {
        /// Someone pressed record.
        Manual = "manual",
        /// The stream was recorded by itself.
        Auto = "auto",
        /// Recordings were merged.
        Merge = "merge",
        /// A recording was clipped.
        Clip = "clip",
        /// A recording was clipped by itself.
        SmartClip = "smart-clip",
    }
}

livecloud_core::open_enum! {
    /// Why recordings could not be merged.
    pub enum MergeFailure {
        /// The account has expired.
        UserExpired = "userExpired",
        /// The account's space is used up.
        SpaceOverSize = "spaceOverSize",
        /// The vendor does not know.
        Unknown = "unknown",
    }
}

livecloud_core::__details! {
    /// A stream began or ended. Setting a channel live by an operation does not fire it.
    LiveStatus {
        /// The channel.
        channel_id: String = "text",
        /// What it does.
        status: StreamState = "any",
        /// The session.
        session_id: String = "text",
        /// When it began.
        start_time: UnixMillis = "any",
        /// When it ended; none while it lives.
        end_time: UnixMillis = "any",
    }
}

livecloud_core::__details! {
    /// A recording's file is there.
    RecordGenerated {
        /// The channel.
        channel_id: String = "text",
        /// Address of the file.
        file_url: Url = "any",
        /// Its kind.
        format: RecordFormat = "any",
        /// The recording's id; one for both kinds of files.
        file_id: String = "text",
        /// How it came to be.
        origin: RecordOrigin = "any",
        /// Whether there is a recording of the conversation besides the automatic one.
        has_rtc_record: YesNo = "any",
        /// The session.
        session_id: String = "text",
    }
}

livecloud_core::__details! {
    /// A recording became a video, or was converted to one.
    Playback {
        /// The channel.
        channel_id: String = "text",
        /// The VOD video.
        vid: String = "text",
        /// Its title.
        title: String = "text",
        /// How long it is: `hh:mm:ss`.
        duration: String = "text",
        /// Its size in bytes.
        file_size: u64 = "whole",
        /// The sessions it is made of.
        session_ids: Vec<SessionPart> = "session_parts",
        /// The recording's id.
        file_id: String = "text",
        /// The replay's id.
        video_id: String = "text",
        /// How the recording came to be.
        origin: RecordOrigin = "any",
        /// The session, where there is one only.
        session_id: String = "text",
        /// The account. Only when it happened by itself.
        user_id: String = "text",
        /// How it went.
        status: Outcome = "any",
    }
}

/// One session of a video.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SessionPart {
    /// When it began: `yyyyMMddHHmmss`.
    pub start: String,
    /// How long it is. The vendor does not say in which unit.
    pub duration: String,
    /// The session.
    pub session_id: String,
}

livecloud_core::__details! {
    /// Recordings were merged, or could not be. Parameters of your own address are in the event's fields.
    RecordMerged {
        /// How it went.
        status: Outcome = "any",
        /// Why it could not be done.
        code: MergeFailure = "any",
        /// The account.
        user_id: String = "text",
        /// The channel.
        channel_id: String = "text",
        /// The file.
        file_id: String = "text",
    }
}

livecloud_core::__details! {
    /// Recordings were merged into an MP4 file.
    RecordMergedMp4 {
        /// How it went.
        status: Outcome = "any",
        /// The channel.
        channel_id: String = "text",
        /// The file.
        file_id: String = "text",
        /// The files it was made of.
        file_ids: CommaList = "any",
        /// Its address, good for 30 days.
        file_url: Url = "any",
        /// Its name.
        file_name: String = "text",
    }
}

livecloud_core::__details! {
    /// An AI courseware video is done or deleted.
    AiPptVideo {
        /// The task.
        id: String = "text",
        /// The slides' file.
        file_name: String = "text",
        /// The video's name.
        video_name: String = "text",
        /// Its address.
        video_path: Url = "any",
        /// Its size in bytes.
        video_file_size: u64 = "whole",
        /// Address of its cover.
        video_image: Url = "any",
        /// How long it is, in seconds.
        video_duration: u64 = "whole",
        /// When it was done.
        deal_time: BeijingTime = "any",
        /// Whether a digital human is in it.
        exist_digital_human: bool = "flag",
        /// How it went: `SUCCESS` for well.
        status: String = "text",
        /// The sub-account it belongs to; none for the main account.
        child_user_info: ChildUser = "any",
        /// Its subtitles.
        subtitle_info: SubtitleInfo = "any",
    }
}

livecloud_core::__details! {
    /// A sub-account.
    ChildUser {
        /// Its id.
        user_id: String = "text",
        /// Its address for mail.
        email: String = "text",
        /// Its name.
        name: String = "text",
        /// The organisation it is in.
        organization_id: String = "text",
    }
}

livecloud_core::__details! {
    /// The subtitles of a video.
    SubtitleInfo {
        /// Whether there are any.
        enable_subtitle: bool = "flag",
        /// Address of their file.
        subtitle_path: Url = "any",
    }
}

livecloud_core::__details! {
    /// Subtitles of a running stream.
    SubtitleContent {
        /// The channel.
        room_id: String = "text",
        /// The session.
        session_id: String = "text",
        /// The subtitles; the form of an entry is not documented.
        subtitles: Vec<Value> = "list",
    }
}

livecloud_core::__details! {
    /// A viewer's points are asked for.
    PointsQuery {
        /// The channel.
        channel_id: String = "text",
        /// The viewer.
        viewer_id: String = "text",
        /// The viewer's name.
        viewer_name: String = "text",
        /// The session, where there is one.
        session_id: String = "text",
        /// When it was asked.
        ts: UnixMillis = "any",
        /// The account.
        app_id: String = "text",
    }
}

livecloud_core::__details! {
    /// A group account runs out of something.
    GroupQuotaNotice {
        /// The company.
        company: String = "text",
        /// The sub-account's address for mail.
        email: String = "text",
        /// How many days are left, of a notice about days.
        days: String = "text",
        /// How much is left, of a notice about a ratio.
        ratio: String = "text",
        /// The amount of an order that is not paid.
        amount: String = "text",
        /// The package.
        package_name: String = "text",
        /// Minutes.
        minutes: String = "text",
        /// Traffic.
        traffic: String = "text",
        /// What runs out, such as `LIVE_PACKAGE_EXPIRED`.
        notice_code: String = "text",
        /// The same in words.
        notice_name: String = "text",
        /// How it is measured: `expire`, `ratio`, `day`, `number`.
        notice_type: String = "text",
        /// The day.
        time: BeijingDate = "any",
    }
}

/// `["start,duration,session"]`; an entry of another form is left out.
fn session_parts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<SessionPart>>, D::Error> {
    let part = |entry: &Value| {
        let mut parts = entry.as_str()?.splitn(3, ',').map(|part| part.trim().to_owned());
        Some(SessionPart { start: parts.next()?, duration: parts.next()?, session_id: parts.next()? })
    };
    let entries = list(deserializer)?;
    Ok(entries.map(|entries| entries.iter().filter_map(part).collect()))
}
