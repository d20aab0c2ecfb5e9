//! The state of the four simulated accounts.

use crate::{
    settings::Settings,
    vendors::{anyrtc::lifecycle::Recorders, polyv_live::Channels, polyv_vod::Videos, zego::players::Players},
};

/// Everything the operations read and change.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) players: Players,
    pub(crate) videos: Videos,
    pub(crate) channels: Channels,
    pub(crate) recorders: Recorders,
}

impl World {
    /// The world of the documentation's samples.
    pub(crate) fn seeded(settings: &Settings) -> Self {
        Self {
            players: Players::seeded(),
            videos: Videos::seeded(),
            channels: Channels::seeded(),
            recorders: Recorders::new(settings.anyrtc.step),
        }
    }
}
