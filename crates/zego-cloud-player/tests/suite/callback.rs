use std::fmt::Write as _;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderMap;
use serde_json::{Value, json};
use sha1::{Digest as _, Sha1};
use zego_cloud_player::callback::{
    CallbackError, Event, EventKind, Inbound, Staleness, Verified, Verifier, sign_for_test,
};

const SECRET: &str = "secret";
const SENT: u64 = 1_681_221_510;

/// The player event of the vendor's page, with a signature that holds.
const PLAYER: &str = r#"{"AppID":123456789,"RoomId":"room_12","PlayerId":"XXXXXX","PlayerName":"XXXXXX","EventType":1,"Nonce":"abcdd22113","Timestamp":"1681221510","Signature":"f2c0276c1b0c6e464db624d3a3715ce494376a24","EventTime":1681221510034,"Detail":{"CreateTime":1681221508,"PlayTime":1681221508,"MaxIdleTime":30,"StreamUrl":"https://xxx.com/video/test.mp4"}}"#;
/// The upload event of the vendor's page, with a signature that holds.
const UPLOAD: &str = r#"{"AppID":"123456789","Detail":{},"EventTime":"1737451074593","EventType":10001,"Nonce":"947227","Signature":"4a724316c9928c66dc4b62252ae02f6c6e331afd","StreamUrl":"https://your_streamurl","Timestamp":"1737451074","Title":"720.mp4","UploadTaskId":"678f663727b2d80007000001"}"#;

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

fn verify(body: impl AsRef<[u8]>, seconds: u64) -> Result<Verified<Event>, CallbackError> {
    let inbound = Inbound { uri: "/hook", headers: &HeaderMap::new(), body: body.as_ref() };
    Verifier::new(SECRET).verify(inbound, at(seconds))
}

fn event(body: impl AsRef<[u8]>, seconds: u64) -> Event {
    verify(body, seconds).unwrap().event().unwrap()
}

fn key(body: impl AsRef<[u8]>) -> String {
    verify(body, SENT).unwrap().replay_key().to_owned()
}

fn signed(event: Value, nonce: &str) -> Vec<u8> {
    sign_for_test(SECRET, event, at(SENT), nonce).into_body().to_vec()
}

fn vectors() -> Vec<Value> {
    serde_json::from_str(include_str!("callbacks.json")).unwrap()
}

#[test]
fn every_golden_signature_is_accepted_and_made() {
    let mut checked = 0;
    for vector in vectors().iter().filter(|vector| vector["kind"] == "callback_signing") {
        let text = |name: &str| vector[name].as_str().unwrap();
        assert_eq!(vector["verified"], true);
        let now = at(text("timestamp").parse().unwrap());
        let verifier = Verifier::new(text("callback_secret"));
        let body = json!({
            "EventType": 1, "Timestamp": text("timestamp"), "Nonce": text("nonce"), "Signature": text("expected"),
        });
        let raw = body.to_string();
        let inbound = Inbound { uri: "", headers: &HeaderMap::new(), body: raw.as_bytes() };
        assert!(verifier.verify(inbound, now).is_ok(), "{}", text("name"));

        let made = sign_for_test(text("callback_secret"), json!({"EventType": 1}), now, text("nonce"));
        assert_eq!(serde_json::from_slice::<Value>(made.body()).unwrap(), body, "{}", text("name"));
        checked += 1;
    }
    assert_eq!(checked, 7);
}

#[test]
fn a_signature_over_numerically_sorted_values_is_refused() {
    let negative = vectors().into_iter().find(|vector| vector["kind"] == "callback_signing_negative").unwrap();
    assert_eq!(negative["must_not_equal"], "4a724316c9928c66dc4b62252ae02f6c6e331afd");
    let body = UPLOAD.replace(negative["must_not_equal"].as_str().unwrap(), negative["expected"].as_str().unwrap());
    assert_eq!(verify(body, 1_737_451_074).unwrap_err(), CallbackError::Mismatch);
}

#[test]
fn the_documented_events_are_read() {
    let player = event(PLAYER, SENT);
    assert_eq!(player.kind, EventKind::PlayerCreated);
    assert_eq!(player.app_id, Some(123_456_789));
    assert_eq!(player.room_id.as_deref(), Some("room_12"));
    assert_eq!(player.player_id.as_deref(), Some("XXXXXX"));
    assert_eq!(player.player_name.as_deref(), Some("XXXXXX"));
    assert_eq!(player.event_time, Some(1_681_221_510_034));
    assert_eq!(player.detail["MaxIdleTime"], 30);
    assert_eq!(player.signature, "f2c0276c1b0c6e464db624d3a3715ce494376a24");
    assert_eq!((player.upload_task_id, player.stream_url, player.title), (None, None, None));

    let upload = event(UPLOAD, 1_737_451_074);
    assert_eq!(upload.kind, EventKind::FileUploaded);
    assert_eq!(upload.app_id, Some(123_456_789));
    assert_eq!(upload.upload_task_id.as_deref(), Some("678f663727b2d80007000001"));
    assert_eq!(upload.stream_url.as_deref(), Some("https://your_streamurl"));
    assert_eq!(upload.title.as_deref(), Some("720.mp4"));
    assert_eq!(upload.event_time, Some(1_737_451_074_593));
    assert_eq!(upload.detail, json!({}));
    assert_eq!((upload.room_id, upload.player_id), (None, None));
}

#[test]
fn every_documented_kind_has_a_name_and_an_unknown_one_is_kept() {
    for number in [1, 2, 3, 4, 10_001, 10_002, 10_003, 10_004, 10_005, 10_006] {
        let kind = event(signed(json!({"EventType": number}), "n"), SENT).kind;
        assert!(!matches!(kind, EventKind::Other(_)), "{number}");
        assert_eq!(kind.as_i64(), number);
    }
    let unknown = event(signed(json!({"EventType": 77, "Detail": {"New": [1]}, "Newer": true}), "n"), SENT);
    assert_eq!(unknown.kind, EventKind::Other(77));
    assert_eq!(unknown.detail, json!({"New": [1]}));
    assert_eq!(unknown.fields["Newer"], true);
}

#[test]
fn members_are_read_under_older_names_and_in_either_type() {
    let body = json!({"AppId": "5", "EventType": "2", "EventTime": "1681221510034", "detail": {"Reason": 3}});
    let old = event(signed(body, "n"), SENT);
    assert_eq!((old.app_id, old.event_time), (Some(5), Some(1_681_221_510_034)));
    assert_eq!(old.kind, EventKind::PlayerDestroyed);
    assert_eq!(old.detail, json!({"Reason": 3}));

    let odd = json!({"AppID": "five", "EventType": 3, "EventTime": {}, "RoomId": 12, "PlayerId": null});
    let odd = event(signed(odd, "n"), SENT);
    assert_eq!((odd.app_id, odd.event_time, odd.player_id, odd.detail), (None, None, None, Value::Null));
    assert_eq!(odd.room_id.as_deref(), Some("12"));
    assert_eq!(odd.fields["AppID"], "five");
}

#[test]
fn a_member_that_is_null_does_not_hide_its_other_name() {
    let body = json!({"AppID": null, "AppId": 5, "EventType": 3, "Detail": null, "detail": {"Status": 4},
        "PlayerId": "p", "EventTime": 6});
    let event = event(signed(body.clone(), "n"), SENT);
    assert_eq!((event.app_id, event.detail), (Some(5), json!({"Status": 4})));
    let plain = json!({"AppID": 5, "EventType": 3, "Detail": {"Status": 4}, "PlayerId": "p", "EventTime": 6});
    assert_eq!(key(signed(body, "n")), key(signed(plain, "n")));
}

#[test]
fn a_time_or_nonce_that_comes_as_a_number_is_signed_as_it_is_written() {
    let body = PLAYER.replace(r#""1681221510""#, "1681221510");
    assert!(verify(body, SENT).is_ok());
    let body = UPLOAD.replace(r#""947227""#, "947227");
    assert!(verify(body, 1_737_451_074).is_ok());
    // longer than any number type holds
    let nonce = "123456789012345678901234567890";
    let body = String::from_utf8(signed(json!({"EventType": 1}), nonce)).unwrap();
    assert!(verify(body.replace(&format!("\"{nonce}\""), nonce), SENT).is_ok());
}

#[test]
fn a_signature_in_either_letter_case_holds() {
    let shouted =
        PLAYER.replace("f2c0276c1b0c6e464db624d3a3715ce494376a24", "F2C0276C1B0C6E464DB624D3A3715CE494376A24");
    assert_eq!(event(shouted, SENT), {
        let mut plain = event(PLAYER, SENT);
        plain.fields["Signature"] = "F2C0276C1B0C6E464DB624D3A3715CE494376A24".into();
        plain
    });
}

#[test]
fn a_body_that_is_percent_encoded_as_a_whole_is_decoded_once() {
    let url = "https://h/a%2Fb+c?sign=x%3D";
    let body = signed(json!({"EventType": 10_001, "StreamUrl": url}), "n");
    let upper: String = body.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "%{byte:02X}");
        text
    });
    let mixed = String::from_utf8(body.clone()).unwrap().replace('%', "%25").replace('{', "%7b").replace('"', "%22");
    for encoded in [upper.clone(), upper.to_ascii_lowercase(), format!("\n {upper}"), mixed] {
        let event = event(&encoded, SENT);
        assert_eq!(event.stream_url.as_deref(), Some(url), "{encoded}");
    }
    assert_eq!(event(&body, SENT).stream_url.as_deref(), Some(url));
}

#[test]
fn a_wrong_byte_in_anything_signed_is_refused() {
    for signed in ["abcdd22113", "1681221510", "f2c0276c1b0c6e464db624d3a3715ce494376a24"] {
        for index in 0..signed.len() {
            let mut wrong = signed.as_bytes().to_vec();
            wrong[index] = if wrong[index] == b'3' { b'4' } else { b'3' };
            let body =
                PLAYER.replace(&format!("\"{signed}\""), &format!("\"{}\"", std::str::from_utf8(&wrong).unwrap()));
            assert_ne!(body, PLAYER);
            assert_eq!(verify(body, SENT).unwrap_err(), CallbackError::Mismatch, "{signed} at {index}");
        }
    }
    for signature in ["", "f2", "f2c0276c1b0c6e464db624d3a3715ce494376a2", "not hex"] {
        let body = PLAYER.replace("f2c0276c1b0c6e464db624d3a3715ce494376a24", signature);
        assert_eq!(verify(body, SENT).unwrap_err(), CallbackError::Mismatch, "{signature}");
    }
}

#[test]
fn another_secret_and_an_empty_one_are_refused() {
    let headers = HeaderMap::new();
    for (made_with, secret) in [(SECRET, "Secret"), (SECRET, ""), ("", "")] {
        let request = sign_for_test(made_with, json!({"EventType": 1}), at(SENT), "n");
        let inbound = Inbound { uri: "", headers: &headers, body: request.body() };
        assert_eq!(Verifier::new(secret).verify(inbound, at(SENT)).unwrap_err(), CallbackError::Mismatch);
    }
}

/// The signature covers time and nonce only: whoever has seen one callback can send any other under it.
#[test]
fn the_event_itself_is_not_signed() {
    let body =
        PLAYER.replace("\"EventType\":1", "\"EventType\":2").replace("XXXXXX", "another").replace("room_12", "r");
    let forged = event(&body, SENT);
    assert_eq!(forged.kind, EventKind::PlayerDestroyed);
    assert_eq!(forged.player_id.as_deref(), Some("another"));
    // what gives it away: a signature seen before, with another replay key
    assert_eq!(forged.signature, event(PLAYER, SENT).signature);
    assert_ne!(key(&body), key(PLAYER));
}

/// The texts are joined without a mark, so a nonce is no good key against replays; the signature is.
#[test]
fn the_border_between_time_and_nonce_can_be_moved() {
    let body = json!({"EventType": 1, "Timestamp": "1234121470", "Nonce": "820198",
        "Signature": "5bd59fd62953a8059fb7eaba95720f66d19e4517"});
    assert!(verify(body.to_string(), 1_234_121_470).is_ok());
    // but to ten digits only, so that a captured signature has few readings
    for (timestamp, nonce) in [("12341214708", "20198"), ("12341214", "70820198")] {
        let mut moved = body.clone();
        (moved["Timestamp"], moved["Nonce"]) = (timestamp.into(), nonce.into());
        let outcome = verify(moved.to_string(), timestamp.parse().unwrap());
        assert!(matches!(outcome, Err(CallbackError::Malformed(_))), "{timestamp}");
    }
}

#[test]
fn old_and_early_callbacks_are_refused_on_the_second() {
    for (now, outcome) in [
        (SENT - 601, Err(CallbackError::Stale(Staleness::Future))),
        (SENT - 600, Ok(())),
        (SENT + 600, Ok(())),
        (SENT + 601, Err(CallbackError::Stale(Staleness::Old))),
    ] {
        assert_eq!(verify(PLAYER, now).map(drop), outcome, "{now}");
    }
    let strict = Verifier::new(SECRET).tolerance(Duration::from_secs(1));
    let inbound = Inbound { uri: "", headers: &HeaderMap::new(), body: PLAYER.as_bytes() };
    assert!(strict.verify(inbound, at(SENT + 1)).is_ok());
    assert_eq!(strict.verify(inbound, at(SENT + 2)).unwrap_err(), CallbackError::Stale(Staleness::Old));
}

#[test]
fn a_missing_part_is_named() {
    for name in ["Signature", "Timestamp", "Nonce"] {
        for value in [None, Some(Value::Null), Some(json!(["x"])), Some(json!(true))] {
            let mut body: Value = serde_json::from_str(PLAYER).unwrap();
            let members = body.as_object_mut().unwrap();
            match value {
                Some(value) => members.insert(name.to_owned(), value),
                None => members.remove(name),
            };
            assert_eq!(verify(body.to_string(), SENT).unwrap_err(), CallbackError::Missing(name));
        }
    }
}

#[test]
fn what_cannot_be_read_is_malformed_and_never_repeated() {
    let form = "Timestamp=1681221510&Nonce=CONTENT&Signature=CONTENT";
    let twice = r#"{"Nonce":"CONTENT","Nonce":"CONTENT","Timestamp":"1","Signature":"aa"}"#;
    for body in ["", "CONTENT", "[\"CONTENT\"]", form, twice, "%7BCONTENT", "%7B%FF%7D"] {
        let error = verify(body, SENT).unwrap_err();
        assert!(matches!(error, CallbackError::Malformed(_)), "{body}: {error:?}");
        assert!(!format!("{error} {error:?}").contains("CONTENT"), "{error}");
    }
    // ten digits hold the seconds until the year 2286
    let lengths = ["999999999", "01681221510", "0000001681221510", "10000000000"];
    let unreadable = ["soon", "+1681221510", "1681221510.0", "", "-1", "99999999999999999999", "+681221510"];
    for timestamp in unreadable.into_iter().chain(lengths) {
        let mut parts = [SECRET, timestamp, "n"];
        parts.sort_unstable();
        let signature = hex::encode(Sha1::digest(parts.concat()));
        let body = json!({"EventType": 1, "Timestamp": timestamp, "Nonce": "n", "Signature": signature}).to_string();
        let error = verify(&body, SENT).unwrap_err();
        assert!(matches!(&error, CallbackError::Malformed(why) if why.contains("Timestamp")), "{body}: {error:?}");
    }
    for kind in [json!({}), json!({"EventType": "x"}), json!({"EventType": null})] {
        let verified = verify(signed(kind, "n"), SENT).unwrap();
        assert!(matches!(verified.event(), Err(CallbackError::Malformed(_))));
    }
}

#[test]
fn deliveries_of_one_event_share_a_replay_key_and_different_events_do_not() {
    let base = json!({"AppID": 1, "PlayerId": "p", "EventType": 3, "EventTime": 5, "Detail": {"Status": 4}});
    let changed = |name: &str, value: Value| {
        let mut event = base.clone();
        event[name] = value;
        key(signed(event, "n"))
    };
    let first = key(signed(base.clone(), "n"));
    assert_eq!(first, key(signed(base.clone(), "another")), "a repeat has a nonce of its own");
    assert_eq!(first, changed("AppID", json!("1")));
    assert_eq!(first, changed("EventTime", json!("5")));
    assert_eq!(first, changed("PlayerName", json!("name")));
    let others = [
        changed("AppID", json!(2)),
        changed("PlayerId", json!("q")),
        changed("UploadTaskId", json!("p")),
        changed("EventType", json!(4)),
        changed("EventTime", json!(6)),
        changed("Detail", json!({"Status": 5})),
        changed("EventTime", Value::Null),
        key(signed(
            json!({"AppID": 1, "UploadTaskId": "p", "EventType": 3, "EventTime": 5, "Detail": {"Status": 4}}),
            "n",
        )),
    ];
    let mut all: Vec<_> = others.into_iter().chain([first]).collect();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 9);
    assert!(all.iter().all(|key| key.len() == 40));
}

#[test]
fn events_that_cannot_be_told_apart_by_their_members_are_by_their_bodies() {
    let vague = json!({"AppID": 1, "PlayerId": "p", "EventType": 3, "Detail": {"Status": 4}});
    let first = key(signed(vague.clone(), "one"));
    assert_eq!(first, key(signed(vague.clone(), "two")), "a repeat has a nonce of its own");
    let later = sign_for_test(SECRET, vague.clone(), at(SENT + 9), "three").into_body();
    assert_eq!(first, key(later), "a repeat has a time of its own");
    let mut other = vague;
    other["RoomId"] = json!("r");
    assert_ne!(first, key(signed(other, "one")));
}

#[test]
fn nothing_that_is_printed_holds_secret_signature_or_content() {
    let verifier = Verifier::new("S3CRET-OF-CALLBACKS");
    let headers = HeaderMap::new();
    let request =
        sign_for_test("S3CRET-OF-CALLBACKS", json!({"EventType": 1, "PlayerId": "CONTENT"}), at(SENT), "n0nce");
    let inbound = Inbound { uri: "/CONTENT", headers: &headers, body: request.body() };
    let verified = verifier.verify(inbound, at(SENT)).unwrap();
    let event = verified.event().unwrap();
    let late = verifier.verify(inbound, at(SENT + 9_999)).unwrap_err();
    let wrong = Verifier::new("other").verify(inbound, at(SENT)).unwrap_err();
    let printed = format!("{verifier:?} {inbound:?} {verified:?} {event:?} {late:?} {late} {wrong:?} {wrong}");
    for hidden in ["S3CRET-OF-CALLBACKS", "CONTENT", "n0nce", &event.signature] {
        assert!(!printed.contains(hidden), "{hidden} in {printed}");
    }
    assert!(printed.contains("PlayerCreated"));
}
