//! Events, as far as this crate knows them.

use std::fmt;

use livecloud_core::callback::{CallbackError, CallbackEvent, Inbound, Verified};
use serde_json::Value;

use super::fields::Fields;

/// What a callback is about, by the look of its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EventKind {
    /// A stream began or ended: `status` is `live` or `end`.
    LiveStatus,
    /// A recording's file is there: `fileUrl`, `format`, `fileId`, `origin`.
    RecordGenerated,
    /// A temporary recording became a video: `vid`, `videoId`, `fileId`, and `userId` or `sessionId`.
    PlaybackTransferred,
    /// The result of converting recordings: as before, without `userId` and `sessionId`.
    RecordConverted,
    /// The result of merging recordings: `status`, `userId`, `fileId`, on error `code`.
    RecordMerged,
    /// The result of merging recordings into an MP4 file: `fileIds`, `fileUrl`, `fileName`. Perhaps never signed.
    RecordMergedMp4,
    /// An AI courseware video is done or deleted; everything is in `body`.
    AiPptVideo,
    /// Subtitles of a running stream: `roomId`, `sessionId`, `subtitles` (JSON in a text).
    SubtitleContent,
    /// The vendor asks for a viewer's points and awaits them in the answer.
    PointsQuery,
    /// A group account runs out of something: `noticeCode`, `noticeType`. No signature is documented.
    GroupQuotaNotice,
    /// Nothing that this version knows: the fields of more than twenty kinds are not documented.
    Unknown,
}

/// A callback. Fields that the vendor leaves out or empty are `None`.
///
/// `Debug` shows the kind only: addresses in it may hold tokens.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Event {
    /// What happened, by the look of the fields (inferred).
    pub kind: EventKind,
    /// The channel: `channelId`, or `roomId` in subtitles.
    pub channel_id: Option<String>,
    /// The session.
    pub session_id: Option<String>,
    /// The recording's file.
    pub file_id: Option<String>,
    /// The VOD video.
    pub vid: Option<String>,
    /// How it went, or what the stream does: `live`, `end`, `success`, `error`, `SUCCESS`.
    pub status: Option<String>,
    /// When the callback was signed, in Unix milliseconds.
    pub timestamp: Option<i64>,
    /// All fields of the query, then of a form, decoded once.
    pub fields: Vec<(String, String)>,
    /// A JSON body, null where there is none.
    pub body: Value,
}

impl Event {
    /// Reads a callback **without any check**, for those that the vendor does not sign. Anyone who knows your address may
    /// have sent it.
    pub fn unverified(inbound: Inbound<'_>) -> Result<Self, CallbackError> {
        Ok(Self::from_fields(Fields::read(inbound.query(), inbound.body)?))
    }

    /// The first field of this name in [`fields`](Self::fields).
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn from_fields(fields: Fields) -> Self {
        let timestamp = fields.text("timestamp").or_else(|| fields.text("ts"));
        Self {
            kind: recognise(&fields),
            channel_id: fields.text("channelId").or_else(|| fields.text("roomId")),
            session_id: fields.text("sessionId"),
            file_id: fields.text("fileId"),
            vid: fields.text("vid"),
            status: fields.text("status"),
            timestamp: timestamp.and_then(|text| text.parse().ok()),
            fields: fields.pairs,
            body: fields.body,
        }
    }
}

impl CallbackEvent for Event {
    fn parse(verified: &Verified<Self>) -> Result<Self, CallbackError> {
        let query = verified.uri().split_once('?').map_or("", |(_, query)| query);
        Ok(Self::from_fields(Fields::read(query, verified.body())?))
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Event({:?}, {} fields)", self.kind, self.fields.len())
    }
}

/// By fields that no other documented kind has, the clearest first.
fn recognise(fields: &Fields) -> EventKind {
    let has = |name| fields.has(name);
    let status = fields.text("status");
    if has("noticeCode") {
        EventKind::GroupQuotaNotice
    } else if has("viewerId") && has("ts") && !has("timestamp") {
        // with a timestamp it was checked like an event, and its fields are not signed
        EventKind::PointsQuery
    } else if has("subtitles") {
        EventKind::SubtitleContent
    } else if has("videoPath") || has("existDigitalHuman") {
        EventKind::AiPptVideo
    } else if has("fileIds") {
        EventKind::RecordMergedMp4
    } else if has("vid") && has("videoId") {
        if has("userId") || has("sessionId") { EventKind::PlaybackTransferred } else { EventKind::RecordConverted }
    } else if has("fileUrl") && has("format") {
        EventKind::RecordGenerated
    } else if has("userId") && has("status") && (has("fileId") || has("code")) {
        EventKind::RecordMerged
    } else if has("channelId") && (has("startTime") || matches!(status.as_deref(), Some("live" | "end"))) {
        EventKind::LiveStatus
    } else {
        EventKind::Unknown
    }
}
