//! Callbacks: a JSON body that carries its own signature.

use std::time::Duration;

use http::Method;
use md5::Md5;
use serde_json::{Map, Value, json};
use sha1::{Digest, Sha1};

use super::events;
use crate::{
    notice::{Event, Letter, Notifier, Sending},
    settings::Settings,
};

pub(crate) struct Callbacks;

impl Notifier for Callbacks {
    fn events(&self) -> &'static [Event] {
        events::EVENTS
    }

    fn secret<'a>(&self, settings: &'a Settings) -> &'a str {
        &settings.zego.callback_secret
    }

    fn write(&self, mut fields: Map<String, Value>, sending: &Sending<'_>) -> Letter {
        // Time and nonce are those of the delivery, not of the event.
        let timestamp = sending.sent_millis.div_euclid(1000).to_string();
        let digest = Md5::digest(format!("nonce {} {}", sending.serial, sending.attempt));
        let nonce = hex::encode(&digest[..8]);
        let mut app_id = json!(sending.settings.zego.app_id);
        let mut event_time = json!(sending.event_millis);
        // The published samples have numbers for players and texts for upload tasks.
        if fields.contains_key("UploadTaskId") {
            (app_id, event_time) = (json!(app_id.to_string()), json!(event_time.to_string()));
        }
        fields.insert("AppID".to_owned(), app_id);
        fields.insert("EventTime".to_owned(), event_time);
        fields.insert("Signature".to_owned(), json!(sign(sending.secret, &timestamp, &nonce)));
        fields.insert("Timestamp".to_owned(), json!(timestamp));
        fields.insert("Nonce".to_owned(), json!(nonce));
        Letter {
            method: Method::POST,
            query: Vec::new(),
            headers: vec![("content-type", "application/json".to_owned())],
            body: Value::Object(fields).to_string().into(),
        }
    }

    fn pauses(&self) -> &'static [Duration] {
        &[Duration::ZERO; 2]
    }

    fn is_delivered(&self, status: u16, _: &[u8]) -> bool {
        (200..300).contains(&status)
    }
}

/// Lower-case SHA-1 over the three texts in the order of their bytes.
fn sign(secret: &str, timestamp: &str, nonce: &str) -> String {
    let mut texts = [secret, timestamp, nonce];
    texts.sort_unstable();
    hex::encode(Sha1::digest(texts.concat()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_signature_comes_out() {
        assert_eq!(sign("secret", "1470820198", "123412"), "5bd59fd62953a8059fb7eaba95720f66d19e4517");
    }

    #[test]
    fn the_three_texts_are_sorted_as_bytes() {
        for (secret, timestamp, nonce, signature) in [
            ("secret", "1737451074", "947227", "4a724316c9928c66dc4b62252ae02f6c6e331afd"),
            ("0a1b2c3d", "1737451074", "947227", "fe5a881e17022bf943754581aa39b37145d1c3e5"),
            ("ABCsecret", "1681221510", "abcdd22113", "767c2069a7521fc3e53472a564de5873c0725f22"),
            ("secret", "1470820198", "14708", "98f9b98832126ba81627bb3e39bbd7ec55143982"),
        ] {
            assert_eq!(sign(secret, timestamp, nonce), signature);
        }
    }
}
