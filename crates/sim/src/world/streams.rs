//! POLYV Live streams and their sessions.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::demo;

/// The streams of all channels that ever had one, by channel. A stream is called like its channel.
#[derive(Debug)]
pub(crate) struct Streams(BTreeMap<String, Stream>);

#[derive(Debug, Default)]
struct Stream {
    sessions: Vec<Session>,
    /// Until when nothing may be streamed, in Unix milliseconds; `i64::MAX` for until it is let on again.
    forbidden_until: Option<i64>,
    playback_forbidden: bool,
}

/// A time that a channel was live.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) id: String,
    /// Unix milliseconds.
    pub(crate) start: i64,
    /// None while it lives.
    pub(crate) end: Option<i64>,
}

impl Session {
    /// Seconds from its beginning to its end; none while it lives.
    pub(crate) fn seconds(&self) -> Option<i64> {
        self.end.map(|end| (end - self.start) / 1000)
    }
}

impl Stream {
    fn running(&mut self) -> Option<&mut Session> {
        self.sessions.last_mut().filter(|session| session.end.is_none())
    }
}

impl Streams {
    /// One session, long ago.
    pub(crate) fn seeded() -> Self {
        let start = 1_621_841_976_000;
        let session = Session { id: demo::POLYV_LIVE_SESSION.to_owned(), start, end: Some(start + 3_600_000) };
        let stream = Stream { sessions: vec![session], ..Stream::default() };
        Self([(demo::POLYV_LIVE_SAMPLE_CHANNEL.to_owned(), stream)].into())
    }

    pub(crate) fn is_live(&self, channel: &str) -> bool {
        self.sessions(channel).last().is_some_and(|session| session.end.is_none())
    }

    /// The sessions of a channel, oldest first.
    pub(crate) fn sessions(&self, channel: &str) -> &[Session] {
        self.0.get(channel).map_or(&[], |stream| &stream.sessions)
    }

    /// Someone begins to stream; refused while the stream runs or is cut off.
    pub(crate) fn begin(&mut self, channel: &str, now: i64) -> Option<Session> {
        let stream = self.0.entry(channel.to_owned()).or_default();
        if stream.running().is_some() || stream.forbidden_until.is_some_and(|until| now < until) {
            return None;
        }
        let session = Session { id: format!("{channel}s{}", stream.sessions.len() + 1), start: now, end: None };
        stream.sessions.push(session.clone());
        Some(session)
    }

    /// The stream ends, if it runs.
    pub(crate) fn end(&mut self, channel: &str, now: i64) -> Option<Session> {
        let session = self.0.get_mut(channel)?.running()?;
        session.end = Some(now);
        Some(session.clone())
    }

    pub(crate) fn forbid(&mut self, channel: &str, until: i64, playback: bool) {
        let stream = self.0.entry(channel.to_owned()).or_default();
        stream.forbidden_until = Some(until);
        stream.playback_forbidden = playback;
    }

    pub(crate) fn allow(&mut self, channel: &str) {
        if let Some(stream) = self.0.get_mut(channel) {
            stream.forbidden_until = None;
            stream.playback_forbidden = false;
        }
    }

    pub(crate) fn snapshots(&self) -> Map<String, Value> {
        self.0.keys().filter_map(|channel| Some((channel.clone(), self.snapshot(channel)?))).collect()
    }

    pub(crate) fn snapshot(&self, channel: &str) -> Option<Value> {
        let stream = self.0.get(channel)?;
        let session =
            |session: &Session| json!({"sessionId": session.id, "startTime": session.start, "endTime": session.end});
        Some(json!({
            "live": self.is_live(channel), "forbiddenUntil": stream.forbidden_until,
            "playbackForbidden": stream.playback_forbidden,
            "sessions": stream.sessions.iter().map(session).collect::<Vec<_>>(),
        }))
    }
}
