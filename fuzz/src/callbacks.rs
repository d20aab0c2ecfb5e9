//! Callbacks: what nobody signed is never accepted, and what was signed is read without harm.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderMap;
use livecloud::{anyrtc_recording as anyrtc, polyv_live as live, polyv_vod as vod, zego_cloud_player as zego};
use livecloud_core::callback::{CallbackError, Inbound};
use md5::{Digest as _, Md5};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

const SECRET: &str = "a secret that no fuzzer guesses";
const OTHER: &str = "another secret";

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(1_629_334_739_239)
}

/// Address and body of an inbound request, split at the first line feed.
fn split(data: &[u8]) -> (String, &[u8]) {
    let at = data.iter().position(|byte| *byte == b'\n');
    let (uri, body) = at.map_or((data, &[][..]), |at| (&data[..at], &data[at + 1..]));
    (String::from_utf8_lossy(uri).into_owned(), body)
}

/// `name=value` pairs of a text, as they are.
fn pairs(text: &str) -> Vec<(&str, &str)> {
    text.split('&')
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .filter(|(name, _)| !name.is_empty())
        .collect()
}

/// Nobody signed it: it must not be accepted. `$events`: reads the event of a request that was signed.
macro_rules! check {
    ($vendor:ident, $inbound:expr, signed: $signed:expr) => {{
        let inbound: Inbound<'_> = $inbound;
        let verify = |secret: &str, inbound| $vendor::callback::Verifier::new(secret).verify(inbound, now());
        assert!(verify(SECRET, inbound).is_err(), "accepted what nobody signed");
        let signed: Option<http::Request<_>> = $signed;
        if let Some(request) = signed {
            let (uri, headers, body) = (request.uri().to_string(), request.headers(), &request.body()[..]);
            let inbound = Inbound { uri: &uri, headers, body };
            match verify(SECRET, inbound) {
                Ok(verified) => {
                    assert!(verify(OTHER, inbound).is_err(), "accepted with another secret");
                    assert!(!verified.replay_key().is_empty());
                    if let Ok(event) = verified.event() {
                        let _ = format!("{event:?}");
                    }
                }
                Err(CallbackError::Stale(side)) => panic!("signed now, and {side}"),
                Err(error) => {
                    let _ = format!("{error} {error:?}");
                }
            }
        }
    }};
}

pub(crate) fn zego(data: &[u8]) {
    let (uri, body) = split(data);
    let event = serde_json::from_slice(body).ok().filter(Value::is_object);
    check!(zego, Inbound { uri: &uri, headers: &HeaderMap::new(), body },
        signed: event.map(|event| zego::callback::sign_for_test(SECRET, event, now(), "nonce")));
}

pub(crate) fn polyv_live(data: &[u8]) {
    // longer addresses than HTTP libraries take are nobody's promise
    let (uri, body) = split(&data[..data.len().min(8192)]);
    let fields: Vec<_> =
        pairs(&uri).into_iter().filter(|(name, _)| !["sign", "timestamp", "ts"].contains(name)).collect();
    let is_query = fields.iter().enumerate().all(|(at, (name, _))| fields[..at].iter().all(|(other, _)| other != name));
    check!(live, Inbound { uri: &uri, headers: &HeaderMap::new(), body },
        signed: Some(live::callback::sign_for_test(SECRET, &fields, body.to_vec(), now())));
    check!(live, Inbound { uri: &uri, headers: &HeaderMap::new(), body },
        signed: is_query.then(|| live::callback::sign_points_query_for_test(SECRET, &fields, now())));
    if let Ok(event) = live::callback::Event::unverified(Inbound { uri: &uri, headers: &HeaderMap::new(), body }) {
        let _ = format!("{event:?} {:?} {:?}", event.details(), event.dedup_key());
    }
}

/// Signed by the rule of most events, name and video; the harness has its own digest.
pub(crate) fn polyv_vod(data: &[u8]) {
    let (uri, body) = split(&data[..data.len().min(8192)]);
    let in_body = serde_json::from_slice::<Value>(body).unwrap_or_default();
    let text = |name: &str| {
        let in_query = || pairs(&uri).into_iter().find(|(key, _)| *key == name).map(|(_, value)| value.to_owned());
        in_body[name].as_str().map(str::to_owned).or_else(in_query).unwrap_or_default()
    };
    let name = if in_body.is_object() { text("eventType") } else { text("type") };
    let sign = hex::encode(Md5::digest(format!("{name}{}{SECRET}", text("vid"))));
    let encoded = |text| utf8_percent_encode(text, NON_ALPHANUMERIC);
    let fields = pairs(&uri).into_iter().filter(|(name, _)| *name != "sign");
    let fields: Vec<_> = fields.map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    let mut request = http::Request::new(body.to_vec());
    let address = format!("/?{}&sign={sign}", fields.join("&")).parse();
    let signed = address.ok().map(|address| {
        *request.uri_mut() = address;
        request
    });
    check!(vod, Inbound { uri: &uri, headers: &HeaderMap::new(), body }, signed: signed);
}

pub(crate) fn anyrtc(data: &[u8]) {
    let (signature, body) = split(data);
    let mut headers = HeaderMap::new();
    if let Ok(signature) = signature.parse() {
        headers.insert("ar-signature", signature);
    }
    check!(anyrtc, Inbound { uri: "/", headers: &headers, body },
        signed: Some(anyrtc::callback::sign_for_test(SECRET, body.to_vec())));
}
