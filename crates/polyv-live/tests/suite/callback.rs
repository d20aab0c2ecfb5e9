use std::collections::BTreeSet;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderMap;
use livecloud_core::wire::YesNo;
use md5::{Digest as _, Md5};
use polyv_live::callback::{
    CallbackError, Details, Event, EventKind, Inbound, MergeFailure, Outcome, RecordFormat, RecordOrigin, Staleness,
    StreamState, Verified, Verifier, sign_for_test, sign_points_query_for_test,
};
use serde_json::{Value, json};

const SECRET: &str = "demo-secret-0123456789abcdef";
const SENT: u64 = 1_629_334_739_239;
const SIGN: &str = "0861a16795e93c1c1fe1f9e514560374";

const LIVE: &[(&str, &str)] =
    &[("channelId", "1"), ("status", "live"), ("sessionId", "s"), ("startTime", "1629334739000"), ("endTime", "")];
const POINTS: &[(&str, &str)] =
    &[("channelId", "1"), ("viewerId", "v"), ("viewerName", "张 三"), ("sessionId", ""), ("appId", "a")];
const RECORD: &[(&str, &str)] = &[
    ("channelId", "1"),
    ("fileUrl", "https://h/a.m3u8?t=1&u=2+3"),
    ("format", "m3u8"),
    ("fileId", "f"),
    ("origin", "auto"),
    ("hasRtcRecord", "N"),
    ("sessionId", "s"),
];

fn at(millis: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(millis)
}

fn verify_at(uri: &str, body: &[u8], millis: u64) -> Result<Verified<Event>, CallbackError> {
    Verifier::new(SECRET).verify(Inbound { uri, headers: &HeaderMap::new(), body }, at(millis))
}

fn verify(query: &str, body: &str) -> Result<Verified<Event>, CallbackError> {
    verify_at(&format!("/hook?{query}"), body.as_bytes(), SENT)
}

/// Signed right.
fn verified(fields: &[(&str, &str)], body: &str) -> Verified<Event> {
    let request = sign_for_test(SECRET, fields, body.to_owned(), at(SENT));
    verify_at(&request.uri().to_string(), request.body(), SENT).unwrap()
}

fn event(fields: &[(&str, &str)], body: &str) -> Event {
    verified(fields, body).event().unwrap()
}

fn md5(text: &str) -> String {
    hex::encode(Md5::digest(text))
}

#[test]
fn every_golden_signature_is_accepted_and_made() {
    let vectors: Vec<Value> = serde_json::from_str(include_str!("callbacks.json")).unwrap();
    assert_eq!(vectors.len(), 1);
    for vector in vectors {
        let (secret, sign) = (vector["secret"].as_str().unwrap(), vector["expected"].as_str().unwrap());
        assert_eq!(vector["params"]["parts"][0], secret);
        let timestamp = vector["params"]["parts"][1].as_str().unwrap();
        let query = format!("timestamp={timestamp}&sign={sign}");
        let now = at(timestamp.parse().unwrap());
        let inbound = Inbound { uri: &format!("/?{query}"), headers: &HeaderMap::new(), body: b"" };
        assert!(Verifier::new(secret).verify(inbound, now).is_ok());
        assert_eq!(sign_for_test(secret, &[], "", now).uri().query(), Some(&*query));
    }
}

#[test]
fn a_get_is_read_from_its_query() {
    let event = event(RECORD, "");
    assert_eq!(event.kind, EventKind::RecordGenerated);
    assert_eq!(event.channel_id.as_deref(), Some("1"));
    assert_eq!(event.session_id.as_deref(), Some("s"));
    assert_eq!(event.file_id.as_deref(), Some("f"));
    assert_eq!((event.vid.as_deref(), event.status.as_deref()), (None, None));
    assert_eq!(event.timestamp, Some(1_629_334_739_239));
    assert_eq!(event.get("fileUrl"), Some("https://h/a.m3u8?t=1&u=2+3"));
    assert_eq!(event.body, Value::Null);
    let names: Vec<_> = event.fields.iter().map(|(name, _)| name.as_str()).collect();
    let sent: Vec<_> = RECORD.iter().map(|(name, _)| *name).chain(["timestamp", "sign"]).collect();
    assert_eq!(names, sent);
}

#[test]
fn a_post_is_read_from_its_json_body_and_signed_in_its_query() {
    let body = json!({
        "id": 17, "fileName": "a.pptx", "videoPath": "https://h/v.mp4", "videoDuration": 61, "existDigitalHuman": true,
        "status": "SUCCESS", "childUserInfo": null, "subtitleInfo": {"enableSubtitle": "true"},
    });
    let event = event(&[], &body.to_string());
    assert_eq!((event.kind, event.status.as_deref()), (EventKind::AiPptVideo, Some("SUCCESS")));
    assert_eq!(event.body, body);
    assert_eq!(event.fields.len(), 2);
}

#[test]
fn time_and_signature_may_also_stand_in_a_form_or_a_json_body() {
    let form = verify("own=1", &format!("channelId=1&status=end&timestamp={SENT}&sign={SIGN}")).unwrap();
    let form = form.event().unwrap();
    assert_eq!((form.kind, form.channel_id.as_deref()), (EventKind::LiveStatus, Some("1")));
    assert_eq!(form.get("own"), Some("1"));
    for timestamp in [json!(SENT), json!(SENT.to_string())] {
        let body = json!({"question": "why", "timestamp": timestamp, "sign": SIGN}).to_string();
        let event = verify("", &body).unwrap().event().unwrap();
        assert_eq!((event.kind, event.timestamp), (EventKind::Unknown, Some(1_629_334_739_239)));
        assert_eq!(event.body["question"], "why");
    }
}

#[test]
fn values_are_decoded_once() {
    let query = format!("title=a%20b+c%252F%E6%A0%87&flag&timestamp={SENT}&sign={SIGN}&&=");
    let event = verify(&query, "").unwrap().event().unwrap();
    assert_eq!(event.get("title"), Some("a b c%2F标"));
    assert_eq!((event.get("flag"), event.get("absent")), (Some(""), None));
}

#[test]
fn a_wrong_byte_in_time_or_signature_is_refused() {
    for (name, value) in [("timestamp", SENT.to_string()), ("sign", SIGN.to_owned())] {
        for index in 0..value.len() {
            let mut wrong = value.clone();
            wrong.replace_range(index..=index, if &value[index..=index] == "3" { "4" } else { "3" });
            let query =
                format!("timestamp={SENT}&sign={SIGN}").replace(&format!("{name}={value}"), &format!("{name}={wrong}"));
            assert_eq!(verify(&query, "").unwrap_err(), CallbackError::Mismatch, "{query}");
        }
    }
    for wrong in ["08", &SIGN[..31], &format!("{SIGN}00"), "not-hex"] {
        let error = verify(&format!("timestamp={SENT}&sign={wrong}"), "").unwrap_err();
        assert_eq!(error, CallbackError::Mismatch, "{wrong}");
    }
    assert!(verify(&format!("timestamp={SENT}&sign={}", SIGN.to_ascii_uppercase()), "").is_ok());
}

#[test]
fn another_secret_and_an_empty_one_are_refused() {
    for (made_with, secret) in [(SECRET, "Demo-secret"), (SECRET, ""), ("", "")] {
        let points = sign_points_query_for_test(made_with, POINTS, at(SENT));
        for request in [sign_for_test(made_with, LIVE, "", at(SENT)), points] {
            let uri = request.uri().to_string();
            let inbound = Inbound { uri: &uri, headers: request.headers(), body: b"" };
            assert_eq!(Verifier::new(secret).verify(inbound, at(SENT)).unwrap_err(), CallbackError::Mismatch);
        }
    }
}

/// The signature covers the time only: whoever has seen one address can send any event under it.
#[test]
fn neither_fields_nor_body_are_signed() {
    let forged = verify(&format!("channelId=9&status=end&timestamp={SENT}&sign={SIGN}"), "").unwrap();
    assert_eq!(forged.event().unwrap().channel_id.as_deref(), Some("9"));
    let forged = verify(&format!("timestamp={SENT}&sign={SIGN}"), r#"{"id":1,"videoPath":"x"}"#).unwrap();
    assert_eq!(forged.event().unwrap().kind, EventKind::AiPptVideo);
}

#[test]
fn old_and_early_callbacks_are_refused_on_the_millisecond() {
    let query = format!("/?timestamp={SENT}&sign={SIGN}");
    for (now, outcome) in [
        (SENT - 300_001, Err(CallbackError::Stale(Staleness::Future))),
        (SENT - 300_000, Ok(())),
        (SENT + 300_000, Ok(())),
        (SENT + 300_001, Err(CallbackError::Stale(Staleness::Old))),
    ] {
        assert_eq!(verify_at(&query, b"", now).map(drop), outcome, "{now}");
    }
    let strict = Verifier::new(SECRET).tolerance(Duration::ZERO);
    let inbound = Inbound { uri: &query, headers: &HeaderMap::new(), body: b"" };
    assert!(strict.verify(inbound, at(SENT)).is_ok());
    assert_eq!(strict.verify(inbound, at(SENT + 1)).unwrap_err(), CallbackError::Stale(Staleness::Old));
}

#[test]
fn a_missing_part_is_named_and_one_given_twice_is_refused() {
    for (query, missing) in [
        (String::new(), "sign"),
        (format!("timestamp={SENT}"), "sign"),
        (format!("timestamp={SENT}&sign="), "sign"),
        (format!("sign={SIGN}"), "timestamp"),
        (format!("timestamp=&sign={SIGN}"), "timestamp"),
    ] {
        assert_eq!(verify(&query, "").unwrap_err(), CallbackError::Missing(missing), "{query}");
    }
    for (query, body) in [
        (format!("timestamp={SENT}&sign={SIGN}&sign={SIGN}"), String::new()),
        (format!("timestamp={SENT}&sign={SIGN}&timestamp=1"), String::new()),
        (format!("timestamp={SENT}&sign={SIGN}"), format!("sign={SIGN}")),
    ] {
        assert!(matches!(verify(&query, &body), Err(CallbackError::Malformed(_))), "{query}");
    }
}

#[test]
fn a_time_that_is_not_all_digits_is_malformed_even_where_its_signature_holds() {
    // MD5 over secret and text can be continued by whoever has seen one; what comes of it is never digits
    for time in ["soon", "+1629334739239", "1629334739239.0", "-1", " 1629334739239", "99999999999999999999999"] {
        let query = format!("timestamp={}&sign={}", time.replace('+', "%2B"), md5(&format!("{SECRET}{time}")));
        let error = verify(&query, "").unwrap_err();
        assert!(matches!(error, CallbackError::Malformed(_)), "{time}: {error:?}");
    }
}

#[test]
fn what_cannot_be_read_is_malformed_and_never_repeated() {
    for body in ["{CONTENT", "[\"CONTENT\"", "{\"CONTENT\":}"] {
        let error = verify(&format!("timestamp={SENT}&sign={SIGN}"), body).unwrap_err();
        assert!(matches!(error, CallbackError::Malformed(_)), "{body}");
        assert!(!format!("{error} {error:?}").contains("CONTENT"), "{error}");
    }
    // neither JSON nor a form: kept as the raw body only
    let raw = verify_at(&format!("/?timestamp={SENT}&sign={SIGN}"), b"\xff\xfe=", SENT).unwrap();
    assert_eq!(raw.body(), &b"\xff\xfe="[..]);
    assert_eq!(raw.event().unwrap().body, Value::Null);
}

#[test]
fn every_kind_with_documented_fields_is_recognised_and_others_are_kept() {
    use EventKind::{
        GroupQuotaNotice, LiveStatus, PlaybackTransferred, RecordConverted, RecordGenerated, RecordMerged,
        RecordMergedMp4, SubtitleContent, Unknown,
    };
    let kinds: [(&str, EventKind); 15] = [
        ("channelId status=live sessionId startTime endTime=", LiveStatus),
        ("channelId status=end sessionId startTime endTime", LiveStatus),
        ("channelId status=streamStart startTime", LiveStatus),
        ("channelId fileUrl format fileId origin hasRtcRecord sessionId", RecordGenerated),
        (
            "channelId vid title duration fileSize sessionIds fileId videoId origin sessionId userId status=success",
            PlaybackTransferred,
        ),
        ("status=success channelId vid title duration fileSize fileId videoId origin sessionIds", RecordConverted),
        ("status=success userId channelId fileId", RecordMerged),
        ("status=error code=spaceOverSize userId channelId fileId", RecordMerged),
        ("status=success channelId fileId fileIds fileUrl fileName", RecordMergedMp4),
        ("roomId sessionId subtitles", SubtitleContent),
        ("company email days noticeCode noticeName noticeType time", GroupQuotaNotice),
        ("", Unknown),
        ("channelId something", Unknown),
        ("channelId status=new", Unknown),
        ("viewerId ts", Unknown),
    ];
    for (fields, kind) in kinds {
        let pairs: Vec<_> =
            fields.split_whitespace().map(|field| field.split_once('=').unwrap_or((field, "1"))).collect();
        let event = event(&pairs, "");
        assert_eq!(event.kind, kind, "{fields}");
        for (name, value) in pairs {
            assert_eq!(event.get(name), Some(value));
        }
    }
}

#[test]
fn a_question_for_points_is_signed_over_all_its_fields() {
    let request = sign_points_query_for_test(SECRET, POINTS, at(SENT));
    let uri = request.uri().to_string();
    let verified = verify_at(&uri, b"", SENT).unwrap();
    let event = verified.event().unwrap();
    assert_eq!(event.kind, EventKind::PointsQuery);
    assert_eq!((event.get("viewerName"), event.session_id.as_deref()), (Some("张 三"), None));
    assert_eq!(event.timestamp, Some(1_629_334_739_239));

    // the account's own rule: names and values in byte order, without what is empty, between two copies of the secret
    let text = format!("{SECRET}appIdachannelId1ts{SENT}viewerIdvviewerName张 三{SECRET}");
    assert_eq!(event.get("sign").unwrap(), md5(&text).to_ascii_uppercase());

    for wrong in [
        uri.replace("viewerId=v", "viewerId=w"),
        uri.replace("channelId=1", "channelId=2"),
        uri.replace(&format!("ts={SENT}"), &format!("ts={}", SENT + 1)),
        uri.replace("appId=a&", "appId=b&"),
        uri.replace("sessionId=&", "sessionId=s&"),
    ] {
        assert_ne!(wrong, uri);
        assert_eq!(verify_at(&wrong, b"", SENT).unwrap_err(), CallbackError::Mismatch, "{wrong}");
    }
    assert!(matches!(verify_at(&format!("{uri}&viewerId=w"), b"", SENT), Err(CallbackError::Malformed(_))));
    let late = verify_at(&uri, b"", SENT + 300_001).unwrap_err();
    assert_eq!(late, CallbackError::Stale(Staleness::Old));
}

#[test]
fn a_question_for_points_has_all_its_fields_once_and_no_others() {
    let signed = |fields: &[(&str, &str)]| {
        let request = sign_points_query_for_test(SECRET, fields, at(SENT));
        verify_at(&request.uri().to_string(), b"", SENT)
    };
    let without = |name: &str| POINTS.iter().copied().filter(|(key, _)| *key != name).collect::<Vec<_>>();
    let with = |name: &'static str, value: &'static str| [without(name), vec![(name, value)]].concat();
    assert!(signed(&without("sessionId")).is_ok());
    assert!(signed(&with("sessionId", "s")).is_ok());
    for name in ["channelId", "viewerId", "viewerName", "appId"] {
        assert_eq!(signed(&without(name)).unwrap_err(), CallbackError::Missing(name));
        assert_eq!(signed(&with(name, "")).unwrap_err(), CallbackError::Missing(name));
    }
    for name in ["more", "", "Sign", "status"] {
        for value in ["1", ""] {
            assert!(matches!(signed(&with(name, value)), Err(CallbackError::Malformed(_))), "{name}={value}");
        }
    }
    // an empty one takes no part in the signature, but might be the one that is read
    let uri = sign_points_query_for_test(SECRET, POINTS, at(SENT)).uri().to_string();
    for name in ["channelId", "viewerId", "viewerName", "sessionId", "appId", "ts"] {
        assert!(matches!(verify_at(&format!("{uri}&{name}="), b"", SENT), Err(CallbackError::Malformed(_))), "{name}");
    }
}

#[test]
fn a_question_for_points_may_come_as_a_form() {
    let uri = sign_points_query_for_test(SECRET, POINTS, at(SENT)).uri().to_string();
    let event = verify("", uri.split_once('?').unwrap().1).unwrap().event().unwrap();
    assert_eq!((event.kind, event.get("viewerId")), (EventKind::PointsQuery, Some("v")));
}

#[test]
fn no_part_of_a_question_for_points_comes_from_a_body_that_is_not_signed() {
    let uri = sign_points_query_for_test(SECRET, POINTS, at(SENT)).uri().to_string();
    let (fields, sign) = uri.split_once('?').unwrap().1.split_once("&sign=").unwrap();
    for (query, body) in [
        (format!("{fields}&sign={sign}"), json!({})),
        (format!("{fields}&sign={sign}"), json!([])),
        (format!("{fields}&sign={sign}"), json!({"viewerId": "victim"})),
        (fields.to_owned(), json!({"sign": sign})),
    ] {
        let error = verify(&query, &body.to_string()).unwrap_err();
        assert!(matches!(error, CallbackError::Malformed(_)), "{query} {body}: {error:?}");
    }
    let (rest, _) = fields.split_once("&ts=").unwrap();
    let error = verify(&format!("{rest}&sign={sign}"), &json!({"ts": SENT}).to_string()).unwrap_err();
    assert_eq!(error, CallbackError::Missing("timestamp"));
}

/// Names and values are joined without a mark, so one field may hold the text of all of them.
#[test]
fn an_old_question_folded_into_one_field_is_not_made_fresh_by_its_body() {
    let old = "demoApp01channelId123sessionIdts1629334739239viewerIdv1viewerNamen";
    let sign = md5(&format!("{SECRET}appId{old}{SECRET}"));
    let now = SENT + 1_000_000_000;
    for time in [json!(now), json!(now.to_string())] {
        let body = json!({"ts": time, "viewerId": "victim", "channelId": "999"}).to_string();
        let outcome = verify_at(&format!("/?appId={old}&sign={sign}"), body.as_bytes(), now);
        assert_eq!(outcome.unwrap_err(), CallbackError::Missing("timestamp"));
        let outcome = verify_at(&format!("/?appId={old}&ts={now}&sign={sign}"), body.as_bytes(), now);
        assert!(matches!(outcome, Err(CallbackError::Malformed(_))));
    }
    let form = format!("ts={now}&viewerId=victim&viewerName=n&channelId=999");
    assert_eq!(
        verify_at(&format!("/?appId={old}&sign={sign}"), form.as_bytes(), now).unwrap_err(),
        CallbackError::Mismatch
    );
}

/// By the vendor's scheme, and whatever is checked: names and values are joined without a mark.
#[test]
fn borders_between_the_fields_of_a_question_for_points_can_be_moved() {
    let now = SENT + 1_000_000_000;
    let name = format!("xts{now}viewerIdotherviewerNamen");
    let fields = [("channelId", "1"), ("viewerId", "v"), ("viewerName", name.as_str()), ("appId", "a")];
    let uri = sign_points_query_for_test(SECRET, &fields, at(SENT)).uri().to_string();
    let sign = uri.split_once("&sign=").unwrap().1;
    let query =
        format!("appId=a&channelId=1ts{SENT}viewerIdvviewerNamex&ts={now}&viewerId=other&viewerName=n&sign={sign}");
    let moved = verify_at(&format!("/?{query}"), b"", now).unwrap().event().unwrap();
    // what gives it away: no channel is called like this
    assert_eq!(moved.channel_id.unwrap(), format!("1ts{SENT}viewerIdvviewerNamex"));
}

#[test]
fn the_signature_of_a_request_of_the_account_is_no_question_for_points() {
    // appId, channelId and timestamp: what the account signs in its own requests
    let sign = md5(&format!("{SECRET}appIdachannelId1timestamp{SENT}{SECRET}")).to_ascii_uppercase();
    let fields = format!("channelId=1timestamp{SENT}&appId=a&sign={sign}");
    for (query, body) in [
        (fields.clone(), json!({"ts": SENT, "viewerId": "victim"}).to_string()),
        (format!("appId=achannelId1timestamp{SENT}&sign={sign}"), json!({"ts": SENT}).to_string()),
        (format!("appIdachannelId1time=stamp{SENT}&sign={sign}"), json!({"ts": SENT}).to_string()),
        (format!("{fields}&ts="), json!({"ts": SENT}).to_string()),
        (format!("{fields}&ts={SENT}"), String::new()),
    ] {
        assert!(verify(&query, &body).is_err(), "{query} {body}");
    }
    // an account's own request may have a parameter called `ts`, or one that ends in it
    for (names, query) in [
        (format!("appIdapoints{SENT}"), format!("appId=apoin&ts={SENT}")),
        (format!("appIdats{SENT}viewerIdv"), format!("appId=a&ts={SENT}&viewerId=v")),
        (
            format!("appIdachannelId1count2ts{SENT}viewerIdvviewerNamen"),
            format!("appId=a&channelId=1&count=2&ts={SENT}&viewerId=v&viewerName=n"),
        ),
    ] {
        let sign = md5(&format!("{SECRET}{names}{SECRET}"));
        let error = verify(&format!("{query}&sign={sign}"), "").unwrap_err();
        assert!(matches!(error, CallbackError::Missing(_) | CallbackError::Malformed(_)), "{query}: {error:?}");
    }
}

#[test]
fn what_is_signed_like_an_event_is_never_taken_for_a_question() {
    let forged = verify(&format!("viewerId=v&ts={SENT}&timestamp={SENT}&sign={SIGN}"), "").unwrap();
    assert_eq!(forged.event().unwrap().kind, EventKind::Unknown);
}

#[test]
fn an_event_without_a_signature_is_read_only_on_request() {
    let uri = "/hook?status=success&channelId=1&fileId=f&fileIds=a,b&fileUrl=u&fileName=n&timestamp=5";
    assert_eq!(verify_at(uri, b"", SENT).unwrap_err(), CallbackError::Missing("sign"));
    let event = Event::unverified(Inbound { uri, headers: &HeaderMap::new(), body: b"" }).unwrap();
    assert_eq!((event.kind, event.timestamp), (EventKind::RecordMergedMp4, Some(5)));
    assert_eq!(event.get("fileIds"), Some("a,b"));
}

#[test]
fn deliveries_of_one_event_share_a_replay_key_and_different_events_do_not() {
    let key = |fields: &[(&str, &str)], body: &str| verified(fields, body).replay_key().to_owned();
    let first = key(LIVE, "");
    assert_eq!(first, key(LIVE, ""));
    let later = sign_for_test(SECRET, LIVE, "", at(SENT + 5000));
    assert_eq!(first, verify_at(&later.uri().to_string(), b"", SENT).unwrap().replay_key(), "sent again later");
    let mut turned = LIVE.to_vec();
    turned.reverse();
    assert_eq!(first, key(&turned, ""));
    let in_body = |sent: u64| {
        let sign = md5(&format!("{SECRET}{sent}"));
        let body = json!({"question": "why", "timestamp": sent, "sign": sign}).to_string();
        verify("", &body).unwrap().replay_key().to_owned()
    };
    assert_eq!(in_body(SENT), in_body(SENT + 1));

    let mut keys =
        BTreeSet::from([first, key(LIVE, "{}"), key(&[], r#"{"id":1}"#), key(&[], r#"{"id":2}"#), in_body(SENT)]);
    for index in 0..LIVE.len() {
        let mut other = LIVE.to_vec();
        other[index].1 = "other";
        keys.insert(key(&other, ""));
    }
    let mp4: Vec<_> = RECORD.iter().map(|pair| if pair.0 == "format" { ("format", "mp4") } else { *pair }).collect();
    keys.extend([key(RECORD, ""), key(&mp4, "")]);
    assert_eq!(keys.len(), 5 + LIVE.len() + 2);
}

#[test]
fn nothing_that_is_printed_holds_secret_signature_or_content() {
    let verifier = Verifier::new("S3CRET-OF-EVENTS");
    let request = sign_for_test("S3CRET-OF-EVENTS", &[("channelId", "CONTENT")], r#"{"id":"CONTENT"}"#, at(SENT));
    let uri = request.uri().to_string();
    let sign = uri.rsplit_once("sign=").unwrap().1;
    let inbound = Inbound { uri: &uri, headers: request.headers(), body: request.body() };
    let verified = verifier.verify(inbound, at(SENT)).unwrap();
    let event = verified.event().unwrap();
    let late = verifier.verify(inbound, at(SENT + 999_999)).unwrap_err();
    let wrong = Verifier::new("other").verify(inbound, at(SENT)).unwrap_err();
    let printed = format!("{verifier:?} {inbound:?} {verified:?} {event:?} {late:?} {late} {wrong:?} {wrong}");
    for hidden in ["S3CRET-OF-EVENTS", "CONTENT", sign] {
        assert!(!printed.contains(hidden), "{hidden} in {printed}");
    }
}

#[test]
fn every_event_of_the_catalogue_is_a_kind_and_typed_where_its_fields_are_known() {
    let rows: Vec<Value> = serde_json::from_str(include_str!("events.json")).unwrap();
    assert_eq!((rows.len(), EventKind::ALL.len()), (34, 34));
    for row in &rows {
        let id = row["id"].as_str().unwrap();
        let kind = *EventKind::ALL.iter().find(|kind| kind.name() == id).unwrap_or_else(|| panic!("{id} is no kind"));
        let event = event(&[("anything", "值")], r#"{"more":[1]}"#).of(kind);
        assert_eq!((event.kind, event.get("anything"), &event.body["more"]), (kind, Some("值"), &json!([1])));
        // what a watch condition asks is read by `links`
        let is_typed = !row["fields"].as_array().unwrap().is_empty() && !id.ends_with("_auth_request");
        assert_eq!(!matches!(event.details(), Details::Undocumented), is_typed, "{id}");
    }
}

#[test]
fn a_change_of_a_stream_is_typed() {
    let Details::LiveStatus(change) = event(LIVE, "").details() else { panic!("a stream's change") };
    assert_eq!((change.status, change.end_time), (Some(StreamState::Live), None));
    assert_eq!(change.start_time.unwrap().0, 1_629_334_739_000);
    // the vendor's own types have other words than its manual
    let other: Vec<_> =
        LIVE.iter().map(|pair| if pair.0 == "status" { ("status", "streamStart") } else { *pair }).collect();
    let Details::LiveStatus(change) = event(&other, "").details() else { panic!("a stream's change") };
    assert_eq!(change.status, Some(StreamState::Other("streamStart".into())));
}

#[test]
fn recordings_and_videos_are_typed() {
    let Details::RecordGenerated(record) = event(RECORD, "").details() else { panic!("a recording") };
    assert_eq!(record.file_url.as_deref(), Some("https://h/a.m3u8?t=1&u=2+3"));
    assert_eq!((record.format, record.origin), (Some(RecordFormat::M3u8), Some(RecordOrigin::Auto)));
    assert_eq!(record.has_rtc_record.map(YesNo::is_yes), Some(false));

    let fields = [
        ("channelId", "1"),
        ("vid", "v"),
        ("title", "标题"),
        ("duration", "00:01:02"),
        ("fileSize", "9007199254740993"),
        ("sessionIds", r#"["20210819085859,62,s1","20210819095859,5,s,2","odd"]"#),
        ("fileId", "f"),
        ("videoId", "p"),
        ("origin", "smart-clip"),
        ("sessionId", "s1"),
        ("userId", "u"),
        ("status", "success"),
    ];
    let Details::PlaybackTransferred(video) = event(&fields, "").details() else { panic!("a video") };
    assert_eq!((video.file_size, video.status), (Some(9_007_199_254_740_993), Some(Outcome::Success)));
    let parts: Vec<_> =
        video.session_ids.unwrap().into_iter().map(|part| (part.start, part.duration, part.session_id)).collect();
    let part = |start: &str, duration: &str, id: &str| (start.to_owned(), duration.to_owned(), id.to_owned());
    assert_eq!(parts, [part("20210819085859", "62", "s1"), part("20210819095859", "5", "s,2")]);

    let merged = [("status", "error"), ("code", "spaceOverSize"), ("userId", "u"), ("channelId", "1"), ("fileId", "f")];
    let Details::RecordMerged(merged) = event(&merged, "").details() else { panic!("a merge") };
    assert_eq!((merged.status, merged.code), (Some(Outcome::Error), Some(MergeFailure::SpaceOverSize)));
    let mp4 = event(&[("fileIds", "a,b"), ("fileUrl", "https://h/m.mp4"), ("fileName", "m")], "");
    let Details::RecordMergedMp4(mp4) = mp4.details() else { panic!("a merge") };
    assert_eq!(mp4.file_ids.unwrap().0, ["a", "b"]);
}

#[test]
fn what_comes_in_a_body_is_typed_too_and_odd_values_hide_nothing() {
    let body = json!({
        "id": 17, "fileName": "a.pptx", "videoName": "n", "videoPath": "https://h/v.mp4", "videoFileSize": "5",
        "videoImage": "https://h/v.png", "videoDuration": "soon", "dealTime": "2024-02-29 08:00:00",
        "existDigitalHuman": "true", "status": "SUCCESS", "childUserInfo": {"userId": "c", "organizationId": 3},
        "subtitleInfo": {"enableSubtitle": "false", "subtitlePath": null},
    });
    let Details::AiPptVideo(video) = event(&[], &body.to_string()).details() else { panic!("courseware") };
    assert_eq!((video.id.as_deref(), video.video_file_size, video.video_duration), (Some("17"), Some(5), None));
    assert_eq!(video.deal_time.unwrap().time(), Some(at(1_709_164_800_000)));
    assert_eq!((video.exist_digital_human, video.status.as_deref()), (Some(true), Some("SUCCESS")));
    assert_eq!(video.child_user_info.unwrap().organization_id.as_deref(), Some("3"));
    assert_eq!(video.subtitle_info.unwrap().enable_subtitle, Some(false));

    let subtitles = event(&[("roomId", "1"), ("sessionId", "s"), ("subtitles", r#"[{"text":"字"}]"#)], "");
    let Details::SubtitleContent(subtitles) = subtitles.details() else { panic!("subtitles") };
    assert_eq!(subtitles.subtitles.unwrap(), [json!({"text": "字"})]);
    let notice = event(&[("noticeCode", "VOD_PACKAGE_EXPIRED"), ("days", "7"), ("time", "2024-02-29")], "");
    let Details::GroupQuotaNotice(notice) = notice.details() else { panic!("a notice") };
    assert_eq!(notice.time.unwrap().start(), Some(at(1_709_136_000_000)));
    let uri = sign_points_query_for_test(SECRET, POINTS, at(SENT)).uri().to_string();
    let Details::PointsQuery(question) = verify_at(&uri, b"", SENT).unwrap().event().unwrap().details() else {
        panic!("a question")
    };
    assert_eq!((question.viewer_name.as_deref(), question.session_id), (Some("张 三"), None));
    assert_eq!(question.ts.unwrap().0, 1_629_334_739_239);
}

#[test]
fn the_same_thing_is_done_once_whatever_else_is_sent_with_it() {
    let key = |fields: &[(&str, &str)], body: &str| event(fields, body).dedup_key();
    let more = [RECORD, &[("own", "1")]].concat();
    assert_eq!(key(RECORD, ""), key(&more, ""));
    assert_ne!(verified(RECORD, "").replay_key(), verified(&more, "").replay_key());
    let with = |fields: &[(&'static str, &'static str)], name: &str, value: &'static str| -> Vec<_> {
        fields.iter().map(|pair| if pair.0 == name { (pair.0, value) } else { *pair }).collect()
    };
    let mp4 = with(RECORD, "format", "mp4");
    let end = with(LIVE, "status", "end");
    let keys = BTreeSet::from([
        key(RECORD, "").unwrap(),
        key(&mp4, "").unwrap(),
        key(&with(RECORD, "fileId", "g"), "").unwrap(),
        key(&with(RECORD, "channelId", "2"), "").unwrap(),
        key(LIVE, "").unwrap(),
        key(&end, "").unwrap(),
        key(&[], r#"{"id":1,"videoPath":"x","status":"SUCCESS"}"#).unwrap(),
        key(&[], r#"{"id":2,"videoPath":"x","status":"SUCCESS"}"#).unwrap(),
    ]);
    assert_eq!(keys.len(), 8);
    // many of these belong to one channel and session, or nothing names them
    assert_eq!(key(&[("roomId", "1"), ("sessionId", "s"), ("subtitles", "[]")], ""), None);
    assert_eq!(key(&[("noticeCode", "x")], ""), None);
    assert_eq!(key(&[("channelId", "1"), ("sessionId", "s")], ""), None);
    assert_eq!(event(&[("channelId", "1"), ("sessionId", "s")], "").of(EventKind::Speak).dedup_key(), None);
}
