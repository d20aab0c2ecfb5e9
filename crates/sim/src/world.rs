//! The state of the four simulated accounts; what the operations do to it stands with the vendors.

use std::time::Duration;

use serde_json::{Value, json};

use crate::{notice::Notice, settings::Settings};

pub(crate) mod channels;
pub(crate) mod live_account;
pub(crate) mod players;
pub(crate) mod recorders;
pub(crate) mod streams;
pub(crate) mod uploads;
pub(crate) mod videos;

use self::{
    channels::Channels, live_account::LiveAccount, players::Players, recorders::Recorders, streams::Streams,
    uploads::Uploads, videos::Videos,
};

/// Everything the operations read and change.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) players: Players,
    pub(crate) uploads: Uploads,
    pub(crate) videos: Videos,
    pub(crate) channels: Channels,
    pub(crate) streams: Streams,
    pub(crate) live_account: LiveAccount,
    pub(crate) recorders: Recorders,
    /// What customers are to be told.
    pub(crate) notices: Vec<Notice>,
    /// Somebody waits for the next thing that will happen by itself.
    pub(crate) watched: bool,
}

impl World {
    /// The world of the documentation's samples.
    pub(crate) fn seeded(settings: &Settings) -> Self {
        Self {
            players: Players::seeded(),
            uploads: Uploads::seeded(),
            videos: Videos::seeded(),
            channels: Channels::seeded(),
            streams: Streams::seeded(),
            live_account: LiveAccount::default(),
            recorders: Recorders::new(settings.anyrtc.step),
            notices: Vec::new(),
            watched: false,
        }
    }

    /// Everything there is, by id.
    pub(crate) fn snapshot(&mut self, now: Duration) -> Value {
        json!({
            "players": self.players.snapshots(), "uploads": self.uploads.snapshots(),
            "videos": self.videos.snapshots(), "channels": self.channels.snapshots(),
            "streams": self.streams.snapshots(), "liveAccount": self.live_account.snapshot(),
            "recordings": self.recorders.snapshots(now),
        })
    }
}
