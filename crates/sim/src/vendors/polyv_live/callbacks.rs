//! Callbacks: everything in the query, signed with the secret and the time alone.

use http::Method;
use md5::{Digest, Md5};
use serde_json::{Map, Value, json};

use crate::{
    demo,
    notice::{Event, Letter, Notifier, Sending},
    settings::Settings,
    vendors::polyv::parameters,
};

pub(crate) struct Callbacks;

static EVENTS: &[Event] = &[Event {
    name: "live_status",
    sample: |now| {
        json!({
            "channelId": demo::POLYV_LIVE_CHANNEL, "status": "live", "sessionId": "demosession",
            "startTime": now, "endTime": "",
        })
    },
}];

impl Notifier for Callbacks {
    fn events(&self) -> &'static [Event] {
        EVENTS
    }

    fn secret<'a>(&self, settings: &'a Settings) -> &'a str {
        &settings.polyv_live.app_secret
    }

    fn write(&self, fields: Map<String, Value>, sending: &Sending<'_>) -> Letter {
        let mut query = parameters(fields);
        let timestamp = sending.sent_millis.to_string();
        query.push(("sign".to_owned(), sign(sending.secret, &timestamp)));
        query.push(("timestamp".to_owned(), timestamp));
        Letter { method: Method::GET, query, headers: Vec::new(), body: bytes::Bytes::new() }
    }
}

/// Lower-case MD5 over the secret and the time.
fn sign(secret: &str, timestamp: &str) -> String {
    hex::encode(Md5::digest(format!("{secret}{timestamp}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_comes_first() {
        let signature = sign("demo-secret-0123456789abcdef", "1629334739239");
        assert_eq!(signature, "0861a16795e93c1c1fe1f9e514560374");
    }
}
