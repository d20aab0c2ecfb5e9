//! The four vendors, and what differs between them.

use std::fmt;

use crate::{answer::Answer, call::Call, fields::Complaint, operation::Operation};

pub(crate) mod anyrtc;
pub(crate) mod polyv;
pub(crate) mod polyv_live;
pub(crate) mod polyv_vod;
pub(crate) mod zego;

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

    pub(crate) fn index(self) -> usize {
        self as usize
    }

    pub(crate) fn dialect(self) -> &'static dyn Dialect {
        match self {
            Self::Zego => &zego::Zego,
            Self::PolyvVod => &polyv_vod::PolyvVod,
            Self::PolyvLive => &polyv_live::PolyvLive,
            Self::Anyrtc => &anyrtc::Anyrtc,
        }
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

/// How one vendor speaks: its routes, its credentials, its envelope.
pub(crate) trait Dialect: Sync {
    fn operations(&self) -> &'static [Operation];

    /// Which operation is called; fills in the path's placeholders.
    fn route(&self, call: &mut Call) -> Option<&'static Operation> {
        self.operations().iter().find(|operation| {
            let places = operation.fits(&call.segments).filter(|_| operation.method == call.method);
            places.map(|places| call.places = places).is_some()
        })
    }

    /// The answer to a route nobody knows.
    fn unrouted(&self, call: &Call) -> Answer;

    /// Checks format, credentials, signature and time; says whose quota the call counts against.
    fn admit(&self, call: &Call, operation: &Operation) -> Result<String, Answer>;

    /// The answer when the quota is used up.
    fn throttled(&self, call: &Call) -> Answer;

    /// The answer to a request that breaks a documented rule.
    fn complain(&self, call: &Call, operation: &Operation, complaint: &Complaint) -> Answer;

    /// A failure with that code, in this vendor's envelope.
    fn coded(&self, call: &Call, code: i64, message: &str) -> Answer;
}

/// Every operation of every vendor.
pub(crate) fn all_operations() -> impl Iterator<Item = &'static Operation> {
    Vendor::ALL.into_iter().flat_map(|vendor| vendor.dialect().operations())
}
