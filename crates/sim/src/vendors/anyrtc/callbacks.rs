//! Callbacks: a JSON body, signed as it stands in a header.

use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use http::Method;
use serde_json::{Map, Value, json};
use sha1::Sha1;

use crate::{
    demo,
    notice::{Event, Letter, Notifier, Sending},
    settings::Settings,
};

pub(crate) struct Callbacks;

/// Cloud recording, among the vendor's products.
const PRODUCT: u32 = 3;

/// Three attempts at most.
const PAUSES: [Duration; 2] = [Duration::from_secs(10); 2];

pub(super) const STARTED: &str = "recorder_started";
pub(super) const LEAVE: &str = "recorder_leave";
pub(super) const UPLOADED: &str = "uploaded";
pub(super) const BACKUPED: &str = "backuped";

static EVENTS: &[Event] = &[
    Event { name: STARTED, sample: |_| sample(40, 1, &json!({"msgName": STARTED, "status": 0})) },
    // 16: was asked to leave.
    Event { name: LEAVE, sample: |_| sample(41, 1, &json!({"msgName": LEAVE, "leaveCode": 16})) },
    Event { name: UPLOADED, sample: |now| sample(31, 2, &files(UPLOADED, now)) },
    Event { name: BACKUPED, sample: |now| sample(32, 2, &files(BACKUPED, now)) },
];

fn sample(number: u32, service: u32, details: &Value) -> Value {
    json!({
        "eventType": number, "serviceType": service, "cname": demo::ANYRTC_CNAME, "uid": demo::ANYRTC_UID,
        "sid": "00112233445566778899aabbccddeeff", "sequence": 0, "details": details,
    })
}

fn files(name: &str, now: i64) -> Value {
    let file = json!({
        "filename": "00112233445566778899aabbccddeeff_httpClient463224.m3u8", "trackType": "audio_and_video",
        "uid": "0", "mixedAllUser": true, "isPlayable": true, "sliceStartTime": now,
    });
    json!({"msgName": name, "status": 0, "fileList": [file]})
}

impl Notifier for Callbacks {
    fn events(&self) -> &'static [Event] {
        EVENTS
    }

    fn secret<'a>(&self, settings: &'a Settings) -> &'a str {
        &settings.anyrtc.callback_secret
    }

    fn write(&self, mut payload: Map<String, Value>, sending: &Sending<'_>) -> Letter {
        let number = payload.remove("eventType").unwrap_or_default();
        // JSON within JSON, as receivers see it; the vendor's page shows an object.
        if let Some(details) = payload.get_mut("details").filter(|details| !details.is_string()) {
            *details = json!(details.to_string());
        }
        payload.insert("sendts".to_owned(), json!(sending.event_millis));
        let body = json!({
            "noticeID": format!("4eb720f0-8da7-11e9-a43e-{:012x}", sending.serial), "productId": PRODUCT,
            "eventType": number, "notifyMs": sending.sent_millis, "payload": payload,
        });
        let body = body.to_string();
        let signature = sign(sending.secret, body.as_bytes());
        Letter {
            method: Method::POST,
            query: Vec::new(),
            headers: vec![("content-type", "application/json".to_owned()), ("ar-signature", signature)],
            body: body.into(),
        }
    }

    fn pauses(&self) -> &'static [Duration] {
        &PAUSES
    }

    fn is_delivered(&self, status: u16, body: &[u8]) -> bool {
        status == 200 && serde_json::from_slice::<Value>(body).is_ok()
    }
}

/// Lower-case HMAC-SHA1 over the body's bytes.
fn sign(secret: &str, body: &[u8]) -> String {
    // A key of any length will do.
    let mac = Hmac::<Sha1>::new_from_slice(secret.as_bytes());
    mac.map_or_else(|_| String::new(), |mac| hex::encode(mac.chain_update(body).finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_twins_published_signature_comes_out() {
        let body = r#"{"eventMs":1560408533119,"eventType":10,"noticeId":"4eb720f0-8da7-11e9-a43e-53f411c2761f","notifyMs":1560408533119,"payload":{"a":"1","b":2},"productId":1}"#;
        assert_eq!(sign("secret", body.as_bytes()), "033c62f40f687675f17f0f41f91a40c71c0f134c");
    }
}
