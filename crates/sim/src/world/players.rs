//! ZEGO players.
//!
//! Nothing ticks: what time has done to a player is worked out when somebody looks at the world.

use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::demo;

pub(crate) const CREATING: u8 = 1;
pub(crate) const CONNECTING: u8 = 2;
const WAITING: u8 = 3;
pub(crate) const PLAYING: u8 = 4;
pub(crate) const PAUSED: u8 = 5;
pub(crate) const DESTROYED: u8 = 8;

/// Why a player was destroyed.
pub(crate) const DELETED: u8 = 1;
const IDLE: u8 = 2;

/// How long a player is created, and how long it connects to its source.
const STEP: Duration = Duration::from_millis(200);

/// When the documentation's sample player was created.
const SAMPLE_TIME: i64 = 1_681_221_508;

/// All players of the app, destroyed ones included, oldest first.
#[derive(Debug)]
pub(crate) struct Players(Vec<Player>);

#[derive(Debug)]
pub(crate) struct Player {
    pub(crate) id: String,
    pub(crate) room: String,
    pub(crate) stream: String,
    pub(crate) name: String,
    /// Unix seconds.
    pub(crate) created: i64,
    pub(crate) play_time: i64,
    pub(crate) status: u8,
    /// When the status began; a player of the demo world that nobody has touched stays in it for ever.
    pub(crate) since: Option<Duration>,
    /// When it is to play.
    pub(crate) starts: Duration,
    /// What counts once the status is [`DESTROYED`].
    pub(crate) destroy_reason: u8,
    pub(crate) max_idle: Duration,
    pub(crate) sequence: i64,
    pub(crate) source: Source,
    pub(crate) backup: String,
    pub(crate) video: Map<String, Value>,
    pub(crate) audio: Map<String, Value>,
    pub(crate) seek_to: Value,
    pub(crate) repeat_times: i64,
}

#[derive(Debug)]
pub(crate) enum Source {
    Single(String),
    Playlist(Vec<Value>),
}

impl Player {
    /// A player with the defaults of everything that can be set.
    pub(crate) fn new(id: impl Into<String>, room: &str, source: Source) -> Self {
        let members = |value: Value| value.as_object().cloned().unwrap_or_default();
        let id = id.into();
        Self {
            room: room.to_owned(),
            stream: format!("stream_{id}"),
            name: String::new(),
            created: SAMPLE_TIME,
            play_time: SAMPLE_TIME,
            status: CREATING,
            since: None,
            starts: Duration::ZERO,
            destroy_reason: 0,
            max_idle: Duration::from_secs(300),
            sequence: 0,
            source,
            backup: String::new(),
            video: members(json!({"Width": 360, "Height": 640, "VideoBitrate": 600, "ShortEdge": 0})),
            audio: members(json!({"AudioBitrate": 48, "Volume": 100})),
            seek_to: json!(0),
            repeat_times: 1,
            id,
        }
    }

    fn seeded(id: &str, status: u8) -> Self {
        let source = Source::Single("https://xxx.com/video/test.mp4".to_owned());
        Self { status, name: id.to_owned(), ..Self::new(id, demo::ZEGO_ROOM, source) }
    }

    pub(crate) fn is_destroyed(&self) -> bool {
        self.status == DESTROYED
    }

    pub(crate) fn set_status(&mut self, status: u8, now: Duration) {
        self.status = status;
        self.since = Some(now);
    }

    pub(crate) fn destroy(&mut self, reason: u8, now: Duration) {
        self.destroy_reason = reason;
        self.set_status(DESTROYED, now);
    }

    /// When time alone will change it, and to which status.
    fn due(&self) -> Option<(Duration, u8)> {
        let since = self.since?;
        match self.status {
            CREATING => Some((since + STEP, CONNECTING)),
            CONNECTING if self.starts > since + STEP => Some((since + STEP, WAITING)),
            CONNECTING => Some((since + STEP, PLAYING)),
            WAITING => Some((self.starts, PLAYING)),
            PAUSED => Some((since + self.max_idle, DESTROYED)),
            _ => None,
        }
    }

    /// Its only source; empty if it has a list.
    pub(crate) fn stream_url(&self) -> &str {
        self.source().0
    }

    fn source(&self) -> (&str, &[Value]) {
        match &self.source {
            Source::Single(url) => (url, &[]),
            Source::Playlist(list) => ("", list),
        }
    }

    /// As the vendor lists it.
    pub(crate) fn listed(&self) -> Value {
        let (url, list) = self.source();
        json!({
            "PlayerId": self.id, "RoomId": self.room, "StreamId": self.stream, "PlayerName": self.name,
            "CreateTime": self.created, "PlayTime": self.play_time, "StreamUrl": url, "StreamUrlList": list,
            "PlayIndex": 0, "Status": self.status, "DestroyReason": self.destroy_reason,
        })
    }

    /// What there is to know about it, in the vendor's names.
    fn snapshot(&self) -> Value {
        let mut snapshot = self.listed();
        let more = json!({
            "Sequence": self.sequence, "BackupStreamUrl": self.backup, "VideoOptions": self.video,
            "AudioOptions": self.audio, "SeekTo": self.seek_to, "RepeatTimes": self.repeat_times,
            "MaxIdleTime": self.max_idle.as_secs(),
        });
        if let (Value::Object(known), Value::Object(more)) = (&mut snapshot, more) {
            known.extend(more);
        }
        snapshot
    }
}

impl Players {
    pub(crate) fn seeded() -> Self {
        let list = vec![json!("https://xxx.com/video/1.mp4"), json!("https://xxx.com/video/2.mp4")];
        let mut playlist = Player::new(demo::ZEGO_PLAYLIST_PLAYER, demo::ZEGO_OTHER_ROOM, Source::Playlist(list));
        playlist.status = PLAYING;
        let mut destroyed = Player::seeded(demo::ZEGO_DESTROYED_PLAYER, DESTROYED);
        destroyed.destroy_reason = DELETED;
        Self(vec![
            Player::seeded(demo::ZEGO_PLAYER, PLAYING),
            Player::seeded(demo::ZEGO_PAUSED_PLAYER, PAUSED),
            playlist,
            Player::seeded(demo::ZEGO_CREATING_PLAYER, CREATING),
            destroyed,
        ])
    }

    pub(crate) fn all(&self) -> &[Player] {
        &self.0
    }

    pub(crate) fn add(&mut self, player: Player) {
        self.0.push(player);
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut Player> {
        self.0.iter_mut().find(|player| player.id == id)
    }

    /// When time alone will change the next of them.
    pub(crate) fn due(&self) -> Option<Duration> {
        self.0.iter().filter_map(Player::due).map(|(at, _)| at).min()
    }

    /// Lets the next change happen that is due by now; says when it was and to whom.
    pub(crate) fn settle(&mut self, now: Duration) -> Option<(Duration, &Player)> {
        let due = |player: &Player| player.due().filter(|(at, _)| *at <= now);
        let changing = self.0.iter_mut().filter_map(|player| Some((due(player)?, player)));
        let ((at, status), player) = changing.min_by_key(|((at, _), _)| *at)?;
        if status == DESTROYED {
            player.destroy(IDLE, at);
        } else {
            player.set_status(status, at);
        }
        Some((at, player))
    }

    /// All of them, by id.
    pub(crate) fn snapshots(&self) -> Map<String, Value> {
        self.0.iter().map(|player| (player.id.clone(), player.snapshot())).collect()
    }

    /// What there is to know about a player, in the vendor's names.
    pub(crate) fn snapshot(&self, id: &str) -> Option<Value> {
        self.0.iter().find(|player| player.id == id).map(Player::snapshot)
    }
}
