//! Callbacks as a test sees them: what to send, what goes wrong with it, and what became of it.

use std::time::Duration;

use bytes::Bytes;
use serde_json::{Map, Value};

use crate::vendor::Vendor;

/// A callback to be sent on demand: an event by its name, and what differs from its sample.
///
/// ```
/// use livecloud_sim::{Callback, CallbackFault};
///
/// let paused = Callback::new("player_status_changed").field("PlayerId", "player_2");
/// let forged = paused.fault(CallbackFault::Forged);
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct Callback {
    pub(crate) event: String,
    pub(crate) fields: Map<String, Value>,
    pub(crate) fault: Option<CallbackFault>,
}

impl Callback {
    /// The event's sample.
    pub fn new(event: impl Into<String>) -> Self {
        Self { event: event.into(), fields: Map::new(), fault: None }
    }

    /// Replaces a field, by the vendor's name for it; the members of an object are replaced one by one.
    pub fn field(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.fields.insert(name.into(), value.into());
        self
    }

    /// Spoils it.
    pub fn fault(mut self, fault: CallbackFault) -> Self {
        self.fault = Some(fault);
        self
    }
}

impl From<&str> for Callback {
    fn from(event: &str) -> Self {
        Self::new(event)
    }
}

/// What goes wrong with a callback.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallbackFault {
    /// The first delivery comes twice, byte for byte the same.
    Duplicate,
    /// It is held back until the vendor's next callback has been sent.
    Reordered,
    /// It comes so much too late: everything in it, signed times included, is that old. POLYV VOD signs no time.
    Late(Duration),
    /// Its signature has the right form and was made with another secret; it is not repeated.
    Forged,
}

impl CallbackFault {
    /// Every fault, by the name it has in JSON, with usual values.
    pub fn catalog() -> Vec<(&'static str, Self)> {
        vec![
            ("duplicate", Self::Duplicate),
            ("reordered", Self::Reordered),
            ("late", Self::Late(Duration::from_secs(60 * 60))),
            ("forged", Self::Forged),
        ]
    }

    /// The fault of that name in the [catalog](Self::catalog).
    pub fn named(name: &str) -> Option<Self> {
        Self::catalog().into_iter().find(|(known, _)| *known == name).map(|(_, fault)| fault)
    }
}

/// What became of a callback on demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Delivered {
    /// How often it was sent, a duplicate not counted; 0 while it is held back.
    pub attempts: usize,
    /// HTTP status of the last reply; `None` if there was none.
    pub status: Option<u16>,
    /// Whether the vendor takes the last reply for a receipt.
    pub accepted: bool,
}

/// One request that was made to a callback URL.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Delivery {
    /// Who sent it.
    pub vendor: Vendor,
    /// The event's name.
    pub event: &'static str,
    /// HTTP method.
    pub method: String,
    /// The whole URL, the query included.
    pub url: String,
    /// Headers the vendor adds.
    pub headers: Vec<(&'static str, String)>,
    /// Body bytes.
    pub body: Bytes,
    /// HTTP status of the reply; `None` if there was none.
    pub status: Option<u16>,
    /// Whether the vendor takes the reply for a receipt.
    pub accepted: bool,
}
