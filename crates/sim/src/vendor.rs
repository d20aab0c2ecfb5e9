//! The four vendors, by name.

use std::fmt;

/// A simulated vendor; each has a port of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Vendor {
    /// ZEGO Cloud Player.
    Zego,
    /// POLYV VOD.
    PolyvVod,
    /// POLYV Live.
    PolyvLive,
    /// anyRTC Cloud Recording.
    Anyrtc,
}

impl Vendor {
    /// All of them, in the order of their ports.
    pub const ALL: [Self; 4] = [Self::Zego, Self::PolyvVod, Self::PolyvLive, Self::Anyrtc];

    /// The name in JSON and on command lines: `zego-cloud-player`, `polyv-vod`, `polyv-live` or `anyrtc-recording`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Zego => "zego-cloud-player",
            Self::PolyvVod => "polyv-vod",
            Self::PolyvLive => "polyv-live",
            Self::Anyrtc => "anyrtc-recording",
        }
    }

    /// The vendor whose [`key`](Self::key) this is; `zego` and `anyrtc` will do, too.
    pub fn from_key(key: &str) -> Option<Self> {
        match key {
            "zego" => Some(Self::Zego),
            "anyrtc" => Some(Self::Anyrtc),
            _ => Self::ALL.into_iter().find(|vendor| vendor.key() == key),
        }
    }

    pub(crate) fn index(self) -> usize {
        self as usize
    }
}

impl fmt::Display for Vendor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Zego => "ZEGO Cloud Player",
            Self::PolyvVod => "POLYV VOD",
            Self::PolyvLive => "POLYV Live",
            Self::Anyrtc => "anyRTC Cloud Recording",
        })
    }
}
