//! ZEGO players.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::demo;

pub(crate) const CREATING: u8 = 1;
pub(crate) const PLAYING: u8 = 4;
pub(crate) const PAUSED: u8 = 5;
pub(crate) const DESTROYED: u8 = 8;

/// All players of the app, destroyed ones included.
#[derive(Debug)]
pub(crate) struct Players(BTreeMap<String, Player>);

#[derive(Debug)]
pub(crate) struct Player {
    pub(crate) status: u8,
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
    fn new(status: u8, source: Source) -> Self {
        let members = |value: Value| value.as_object().cloned().unwrap_or_default();
        Self {
            status,
            sequence: 0,
            source,
            backup: String::new(),
            video: members(json!({"Width": 360, "Height": 640, "VideoBitrate": 600, "ShortEdge": 0})),
            audio: members(json!({"AudioBitrate": 48, "Volume": 100})),
            seek_to: json!(0),
            repeat_times: 1,
        }
    }
}

impl Players {
    pub(crate) fn seeded() -> Self {
        let single = || Source::Single("https://xxx.com/video/test.mp4".to_owned());
        let playlist =
            Source::Playlist(vec![json!("https://xxx.com/video/1.mp4"), json!("https://xxx.com/video/2.mp4")]);
        let players = [
            (demo::ZEGO_PLAYER, Player::new(PLAYING, single())),
            (demo::ZEGO_PAUSED_PLAYER, Player::new(PAUSED, single())),
            (demo::ZEGO_PLAYLIST_PLAYER, Player::new(PLAYING, playlist)),
            (demo::ZEGO_CREATING_PLAYER, Player::new(CREATING, single())),
            (demo::ZEGO_DESTROYED_PLAYER, Player::new(DESTROYED, single())),
        ];
        Self(players.into_iter().map(|(id, player)| (id.to_owned(), player)).collect())
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut Player> {
        self.0.get_mut(id)
    }

    /// All of them, by id.
    pub(crate) fn snapshots(&self) -> Map<String, Value> {
        self.0.keys().filter_map(|id| Some((id.clone(), self.snapshot(id)?))).collect()
    }

    /// What there is to know about a player, in the vendor's names.
    pub(crate) fn snapshot(&self, id: &str) -> Option<Value> {
        let player = self.0.get(id)?;
        let (url, list) = match &player.source {
            Source::Single(url) => (url.as_str(), &[][..]),
            Source::Playlist(list) => ("", &list[..]),
        };
        Some(json!({
            "PlayerId": id, "Status": player.status, "Sequence": player.sequence,
            "StreamUrl": url, "StreamUrlList": list, "BackupStreamUrl": player.backup,
            "VideoOptions": player.video, "AudioOptions": player.audio,
            "SeekTo": player.seek_to, "RepeatTimes": player.repeat_times,
        }))
    }
}
