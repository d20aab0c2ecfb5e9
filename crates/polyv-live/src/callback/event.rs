//! Events, as far as this crate knows them.

use std::fmt;

use livecloud_core::callback::{CallbackError, CallbackEvent, Inbound, Verified};
use livecloud_core::wire;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::details::Details;
use super::fields::Fields;
use super::kind::EventKind;

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

    /// The event as the kind that this address of yours is for, whatever its fields look like.
    #[must_use]
    pub fn of(mut self, kind: EventKind) -> Self {
        self.kind = kind;
        self
    }

    /// The content, typed, by [`kind`](Self::kind).
    #[must_use]
    pub fn details(&self) -> Details {
        match self.kind {
            EventKind::LiveStatus => Details::LiveStatus(self.read()),
            EventKind::RecordGenerated => Details::RecordGenerated(self.read()),
            EventKind::PlaybackTransferred => Details::PlaybackTransferred(self.read()),
            EventKind::RecordConverted => Details::RecordConverted(self.read()),
            EventKind::RecordMerged => Details::RecordMerged(self.read()),
            EventKind::RecordMergedMp4 => Details::RecordMergedMp4(self.read()),
            EventKind::AiPptVideo => Details::AiPptVideo(Box::new(self.read())),
            EventKind::SubtitleContent => Details::SubtitleContent(self.read()),
            EventKind::PointsQuery => Details::PointsQuery(self.read()),
            EventKind::GroupQuotaNotice => Details::GroupQuotaNotice(Box::new(self.read())),
            _ => Details::Undocumented,
        }
    }

    /// Equal for events that say the same of the same thing: kind, channel, thing (session of a stream, file, video,
    /// task), status and format. Let each happen once: as fields are not signed, whoever has seen an address can send it
    /// again with one field more, and get another [`replay_key`](Verified::replay_key).
    ///
    /// None for kinds that name no such thing, or whose fields are not documented.
    #[must_use]
    pub fn dedup_key(&self) -> Option<String> {
        let thing = match self.kind {
            EventKind::LiveStatus => self.session_id.clone(),
            EventKind::RecordGenerated | EventKind::RecordMerged | EventKind::RecordMergedMp4 => self.file_id.clone(),
            EventKind::PlaybackTransferred | EventKind::RecordConverted => self.vid.clone(),
            EventKind::AiPptVideo => self.body.get("id").and_then(|id| wire::opt_text(id).ok().flatten()),
            _ => None,
        };
        let (channel, status) = (self.channel_id.as_deref(), self.status.as_deref());
        // as JSON, so that no text can reach into the next one
        let key = json!([self.kind.name(), channel, thing.as_deref()?, status, self.get("format")]);
        Some(key.to_string())
    }

    /// Query and form, then what a JSON body says besides.
    fn read<T: DeserializeOwned + Default>(&self) -> T {
        let mut members = Map::new();
        for (name, value) in &self.fields {
            members.entry(name.as_str()).or_insert_with(|| Value::from(value.as_str()));
        }
        for (name, value) in self.body.as_object().into_iter().flatten() {
            members.entry(name.as_str()).or_insert_with(|| value.clone());
        }
        // every member reads as something, so the default never shows
        serde_json::from_value(Value::Object(members)).unwrap_or_default()
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
