use std::collections::BTreeSet;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyrtc_recording::callback::{
    CallbackError, Event, EventKind, Inbound, Product, Service, Staleness, Verified, Verifier, sign_for_test,
};
use http::{HeaderMap, HeaderValue};
use livecloud_core::wire::opt_i64;
use serde_json::{Value, json};

use super::vectors::{of_kind, text};

const SECRET: &str = "k-0123456789";

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(1_641_800_000_123)
}

fn headers(signature: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("Ar-Signature", HeaderValue::from_str(signature).unwrap());
    headers
}

fn verify(body: impl AsRef<[u8]>, signature: &str) -> Result<Verified<Event>, CallbackError> {
    let inbound = Inbound { uri: "/hook", headers: &headers(signature), body: body.as_ref() };
    Verifier::new(SECRET).verify(inbound, now())
}

/// Signed right.
fn verified(body: impl Into<String>) -> Verified<Event> {
    let request = sign_for_test(SECRET, body.into());
    let inbound = Inbound { uri: "/hook", headers: request.headers(), body: request.body() };
    Verifier::new(SECRET).verify(inbound, now()).unwrap()
}

fn event(body: &Value) -> Event {
    verified(body.to_string()).event().unwrap()
}

fn sample() -> String {
    let vectors = of_kind("callback_signature");
    let vector = vectors.iter().find(|vector| vector.name == "callback.signature.recording_event").unwrap();
    text(&vector.input, "raw_body").to_owned()
}

const SAMPLE_SIGNATURE: &str = "1cd0b30f98f80642e3e616257d6621eef58ca147";

#[test]
fn every_golden_signature_is_accepted_and_made() {
    let vectors = of_kind("callback_signature");
    assert_eq!(vectors.len(), 3);
    for vector in vectors {
        let (secret, body) = (text(&vector.input, "secret"), text(&vector.input, "raw_body").to_owned());
        let golden = text(&vector.expected, "hex");
        let inbound = Inbound { uri: "", headers: &headers(golden), body: body.as_bytes() };
        let verified = Verifier::new(secret).verify(inbound, now()).unwrap();
        assert!(verified.event().is_ok(), "{}", vector.name);
        assert_eq!(verified.body(), body.as_bytes());

        let made = sign_for_test(secret, body);
        assert_eq!(made.headers()[text(&vector.input, "header")], golden, "{}", vector.name);
        if let Some(other) = vector.expected["differs_from"].as_str() {
            let other = of_kind("callback_signature").into_iter().find(|vector| vector.name == other).unwrap();
            assert_ne!(golden, text(&other.expected, "hex"));
        }
    }
}

#[test]
fn every_golden_notice_is_read() {
    let vectors = of_kind("callback_parse");
    assert_eq!(vectors.len(), 4);
    for vector in vectors {
        let event = verified(text(&vector.input, "raw_body")).event().unwrap();
        let expected = &vector.expected;
        assert_eq!(event.kind.as_i64(), expected["event_type"], "{}", vector.name);
        for (name, value) in [
            ("notice_id", json!(event.notice_id)),
            ("product_id", json!(event.product)),
            ("notify_ms", json!(event.notify_ms)),
            ("cname", json!(event.cname)),
            ("uid", json!(event.uid)),
            ("sid", json!(event.sid)),
            ("sequence", json!(event.sequence)),
            ("send_ts", json!(event.send_ts)),
            ("service_type", json!(event.service)),
        ] {
            if let Some(expected) = expected.get(name) {
                assert_eq!(value, *expected, "{} {name}", vector.name);
            }
        }

        let expected = &expected["event"];
        if expected["kind"] == "unknown" {
            assert!(matches!(event.kind, EventKind::Other(9999)));
            assert_eq!(event.details, expected["details"]);
            continue;
        }
        assert_eq!((event.kind, &event.details["msgName"]), (EventKind::Uploaded, &expected["kind"]));
        // a number or a text
        assert_eq!(opt_i64(&event.details["status"]).unwrap(), expected["status"].as_i64(), "{}", vector.name);
        let files = event.details["fileList"].as_array().unwrap();
        let wanted = expected["files"].as_array().unwrap();
        assert_eq!(files.len(), wanted.len());
        for (file, wanted) in files.iter().zip(wanted) {
            assert_eq!(*file.get("filename").or(file.get("fileName")).unwrap(), wanted["name"], "{}", vector.name);
            for (name, wanted_name) in [
                ("trackType", "track_type"),
                ("uid", "uid"),
                ("mixedAllUser", "mixed_all_user"),
                ("isPlayable", "is_playable"),
                ("sliceStartTime", "slice_start_time_ms"),
            ] {
                assert_eq!(file[name], wanted[wanted_name], "{}", vector.name);
            }
        }
    }
}

#[test]
fn the_whole_body_is_signed_byte_by_byte() {
    let body = sample();
    assert!(verify(&body, SAMPLE_SIGNATURE).is_ok());
    for index in 0..body.len() {
        let mut wrong = body.clone().into_bytes();
        wrong[index] ^= 1;
        assert_eq!(verify(wrong, SAMPLE_SIGNATURE).unwrap_err(), CallbackError::Mismatch, "{index}");
    }
    // beyond the first 1024 bytes too
    let long = format!("{{\"a\":\"{}\"}}", "x".repeat(3000));
    let signature = sign_for_test(SECRET, long.clone()).headers()["ar-signature"].to_str().unwrap().to_owned();
    assert!(verify(&long, &signature).is_ok());
    assert_eq!(verify(long.replace("x\"}", "y\"}"), &signature).unwrap_err(), CallbackError::Mismatch);
    assert_eq!(verify(format!("{body} "), SAMPLE_SIGNATURE).unwrap_err(), CallbackError::Mismatch);
}

#[test]
fn a_wrong_signature_is_refused_and_its_letter_case_does_not_matter() {
    assert!(verify(sample(), &SAMPLE_SIGNATURE.to_ascii_uppercase()).is_ok());
    for index in 0..SAMPLE_SIGNATURE.len() {
        let mut wrong = SAMPLE_SIGNATURE.to_owned();
        let digit = if wrong.as_bytes()[index] == b'3' { "4" } else { "3" };
        wrong.replace_range(index..=index, digit);
        assert_eq!(verify(sample(), &wrong).unwrap_err(), CallbackError::Mismatch, "{index}");
    }
    for wrong in ["", "1c", &SAMPLE_SIGNATURE[..39], &format!("{SAMPLE_SIGNATURE}00"), "sha1=1cd0"] {
        assert_eq!(verify(sample(), wrong).unwrap_err(), CallbackError::Mismatch, "{wrong}");
    }
}

#[test]
fn a_missing_signature_is_named() {
    let inbound = Inbound { uri: "", headers: &HeaderMap::new(), body: b"{}" };
    let error = Verifier::new(SECRET).verify(inbound, now()).unwrap_err();
    assert_eq!(error, CallbackError::Missing("Ar-Signature"));
}

#[test]
fn a_signature_given_twice_is_malformed() {
    let mut request = sign_for_test(SECRET, sample());
    for more in [SAMPLE_SIGNATURE, "CONTENT"] {
        request.headers_mut().append("Ar-Signature", HeaderValue::from_static(more));
        let inbound = Inbound { uri: "", headers: request.headers(), body: request.body() };
        let error = Verifier::new(SECRET).verify(inbound, now()).unwrap_err();
        assert!(matches!(error, CallbackError::Malformed(_)), "{error:?}");
        assert!(!format!("{error} {error:?}").contains("CONTENT"), "{error}");
    }
}

#[test]
fn another_secret_and_an_empty_one_are_refused() {
    for (made_with, secret) in [(SECRET, "K-0123456789"), (SECRET, ""), ("", "")] {
        let request = sign_for_test(made_with, sample());
        let inbound = Inbound { uri: "", headers: request.headers(), body: request.body() };
        assert_eq!(Verifier::new(secret).verify(inbound, now()).unwrap_err(), CallbackError::Mismatch);
    }
}

#[test]
fn address_and_other_headers_are_not_signed() {
    let mut request = sign_for_test(SECRET, sample());
    request.headers_mut().insert("Content-Type", HeaderValue::from_static("application/octet-stream"));
    request.headers_mut().insert("X-Other", HeaderValue::from_static("other"));
    let inbound = Inbound { uri: "/elsewhere?x=1", headers: request.headers(), body: request.body() };
    assert!(Verifier::new(SECRET).verify(inbound, now()).unwrap().event().is_ok());
}

#[test]
fn without_a_tolerance_no_time_matters_and_with_one_the_signed_notify_ms_does() {
    let request = sign_for_test(SECRET, sample());
    let inbound = Inbound { uri: "", headers: request.headers(), body: request.body() };
    let later = now() + Duration::from_secs(600);
    let millisecond = Duration::from_millis(1);

    let open = Verifier::new(SECRET);
    assert!(open.verify(inbound, UNIX_EPOCH).is_ok());
    assert!(open.verify(inbound, later + later.duration_since(UNIX_EPOCH).unwrap()).is_ok());

    let strict = Verifier::new(SECRET).tolerance(Duration::from_secs(600));
    let stale = |at| strict.verify(inbound, at).map(drop);
    assert_eq!(stale(later), Ok(()));
    assert_eq!(stale(later + millisecond), Err(CallbackError::Stale(Staleness::Old)));
    let early = now() - Duration::from_secs(600);
    assert_eq!(stale(early), Ok(()));
    assert_eq!(stale(early - millisecond), Err(CallbackError::Stale(Staleness::Future)));

    for body in ["{}", "no JSON", r#"{"notifyMs":"soon"}"#, r#"{"notifyMs":-1}"#] {
        let request = sign_for_test(SECRET, body);
        let inbound = Inbound { uri: "", headers: request.headers(), body: request.body() };
        assert_eq!(strict.verify(inbound, now()).unwrap_err(), CallbackError::Missing("notifyMs"), "{body}");
        assert!(open.verify(inbound, now()).is_ok());
    }
}

#[test]
fn every_documented_kind_has_a_name_and_an_unknown_one_is_kept() {
    for number in [1, 2, 3, 4, 11, 12, 30, 31, 32, 33, 40, 41, 42, 43, 44, 45, 60, 61] {
        let kind = event(&json!({"productId": 3, "eventType": number})).kind;
        assert!(!matches!(kind, EventKind::Other(_)), "{number}");
        assert_eq!(kind.as_i64(), number);
    }
    let body = json!({"eventType": "777", "newer": [1], "payload": {"serviceType": 9, "details": {"x": {"y": 1}}}});
    let unknown = event(&body);
    assert_eq!((unknown.kind, unknown.service), (EventKind::Other(777), Some(Service::Other(9))));
    assert_eq!(unknown.details, json!({"x": {"y": 1}}));
    assert_eq!(Value::Object(unknown.fields), body);
}

#[test]
fn the_numbers_of_other_products_do_not_mean_recordings() {
    let other = event(&json!({"productId": 1, "eventType": 31}));
    assert_eq!((other.kind, other.product), (EventKind::Other(31), Some(Product::Rtc)));
    assert_eq!(event(&json!({"eventType": 31})).kind, EventKind::Uploaded);
    assert_eq!(event(&json!({"productId": "3", "eventType": 31})).kind, EventKind::Uploaded);
}

#[test]
fn both_spellings_of_the_id_and_both_types_of_details_are_read() {
    for body in [json!({"noticeId": "n", "eventType": 1}), json!({"noticeID": "n", "noticeId": "", "eventType": 1})] {
        assert_eq!(event(&body).notice_id.as_deref(), Some("n"));
    }
    for (details, read) in [
        (json!("{\"a\":1}"), json!({"a": 1})),
        (json!({"a": 1}), json!({"a": 1})),
        (json!("no JSON"), json!("no JSON")),
        (json!(""), json!("")),
        (Value::Null, Value::Null),
    ] {
        assert_eq!(event(&json!({"eventType": 1, "payload": {"details": details}})).details, read);
    }
    let odd = event(&json!({"eventType": 1, "payload": {"cname": 7, "uid": 527_841, "sid": {}, "sequence": "x"}}));
    assert_eq!((odd.cname.as_deref(), odd.uid.as_deref()), (Some("7"), Some("527841")));
    assert_eq!((odd.sid, odd.sequence, odd.details), (None, None, Value::Null));
    assert_eq!(event(&json!({"eventType": 1, "payload": "text"})).cname, None);
}

#[test]
fn a_signed_body_that_cannot_be_read_is_malformed_and_never_repeated() {
    for body in ["", "CONTENT", "[]", "\"CONTENT\"", r#"{"payload":"CONTENT"}"#, r#"{"eventType":"CONTENT"}"#] {
        let error = verified(body).event().unwrap_err();
        assert!(matches!(error, CallbackError::Malformed(_)), "{body}");
        assert!(!format!("{error} {error:?}").contains("CONTENT"), "{error}");
    }
}

#[test]
fn deliveries_of_one_notice_share_a_replay_key_and_different_notices_do_not() {
    let key = |body: Value| verified(body.to_string()).replay_key().to_owned();
    assert_eq!(verified(sample()).replay_key(), "n-1");
    // sent again, 10 s later
    assert_eq!(key(json!({"noticeID": "n-1", "notifyMs": 1})), key(json!({"noticeId": "n-1", "notifyMs": 10_001})));
    assert_eq!(key(json!({"noticeId": 17})), "17");

    let without = [json!({"eventType": 1}), json!({"eventType": 2}), json!({"noticeId": "", "eventType": 1})];
    let keys: BTreeSet<_> = without.iter().cloned().map(key).collect();
    assert_eq!(keys.len(), 3);
    assert!(keys.iter().all(|key| key.len() == 40));
    assert!(without.into_iter().all(|body| keys.contains(&key(body))));
}

#[test]
fn nothing_that_is_printed_holds_secret_signature_or_content() {
    let verifier = Verifier::new("S3CRET-OF-NOTICES").tolerance(Duration::from_secs(1));
    let body = r#"{"eventType":31,"notifyMs":1641800000123,"payload":{"cname":"CONTENT","details":"CONTENT"}}"#;
    let request = sign_for_test("S3CRET-OF-NOTICES", body);
    let signature = request.headers()["ar-signature"].to_str().unwrap();
    let inbound = Inbound { uri: "/CONTENT", headers: request.headers(), body: request.body() };
    let verified = verifier.verify(inbound, now()).unwrap();
    let event = verified.event().unwrap();
    let late = verifier.verify(inbound, now() + Duration::from_secs(9)).unwrap_err();
    let wrong = Verifier::new("other").verify(inbound, now()).unwrap_err();
    let printed = format!("{verifier:?} {inbound:?} {verified:?} {event:?} {late:?} {late} {wrong:?} {wrong}");
    for hidden in ["S3CRET-OF-NOTICES", "CONTENT", signature] {
        assert!(!printed.contains(hidden), "{hidden} in {printed}");
    }
    assert!(printed.contains("Uploaded"));
}
