//! What a vendor tells its customer's server, and how each writes it.

use std::time::Duration;

use bytes::Bytes;
use http::Method;
use serde_json::{Map, Value};

use crate::{settings::Settings, vendor::Vendor};

/// Something that happened at a vendor.
#[derive(Debug, Clone)]
pub(crate) struct Notice {
    pub(crate) vendor: Vendor,
    pub(crate) event: &'static str,
    /// In the vendor's names; what is not said here is taken from the event's sample.
    pub(crate) fields: Map<String, Value>,
    /// When it happened, by the vendor's clock.
    pub(crate) unix_millis: i64,
}

impl Notice {
    pub(crate) fn new(vendor: Vendor, event: &'static str, fields: Value, unix_millis: i64) -> Self {
        let fields = if let Value::Object(fields) = fields { fields } else { Map::new() };
        Self { vendor, event, fields, unix_millis }
    }
}

/// A kind of notice: to add one is to add a row.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) name: &'static str,
    /// All fields, for something that happened at that Unix millisecond in the demo world.
    pub(crate) sample: fn(i64) -> Value,
}

/// One attempt to tell it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sending<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) secret: &'a str,
    /// Counts the notices of the simulator, from 1.
    pub(crate) serial: u64,
    /// Counts the attempts at this notice, from 1.
    pub(crate) attempt: usize,
    /// When it happened.
    pub(crate) event_millis: i64,
    /// When it is sent.
    pub(crate) sent_millis: i64,
}

/// A request to the customer's server, without its address.
#[derive(Debug, Clone)]
pub(crate) struct Letter {
    pub(crate) method: Method,
    /// Comes after the query the customer's URL already has.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Bytes,
}

/// How one vendor writes, signs and repeats its callbacks.
pub(crate) trait Notifier: Sync {
    fn events(&self) -> &'static [Event];

    /// The secret that signs.
    fn secret<'a>(&self, settings: &'a Settings) -> &'a str;

    /// Writes and signs.
    fn write(&self, fields: Map<String, Value>, sending: &Sending<'_>) -> Letter;

    /// The pauses before the second attempt, the third, and so on.
    fn pauses(&self) -> &'static [Duration] {
        &[]
    }

    /// Whether this reply counts as delivered.
    fn is_delivered(&self, status: u16, body: &[u8]) -> bool {
        let _ = body;
        status == 200
    }
}
