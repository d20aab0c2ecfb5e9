use std::collections::BTreeSet;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderMap;
use md5::{Digest as _, Md5};
use polyv_vod::callback::{CallbackError, Event, EventKind, Inbound, Verified, Verifier, sign_for_test};
use serde_json::{Value, json};

const SECRET: &str = "DemoSecretKey01";
pub(crate) const VID: &str = "abcde123450f1e2d3c4b5a69788796a5_a";

pub(crate) type Pairs = Vec<(&'static str, &'static str)>;

/// Every documented kind, by the fields of its GET or the body of its POST.
pub(crate) fn samples() -> Vec<(EventKind, Pairs, Value)> {
    let get = |kind: EventKind, fields: &[(&'static str, &'static str)]| (kind, fields.to_vec(), Value::Null);
    vec![
        get(EventKind::Upload, &[("type", "upload"), ("vid", VID), ("state", "s")]),
        get(EventKind::InvalidVideo, &[("type", "invalidVideo"), ("vid", VID), ("state", "s")]),
        get(
            EventKind::AsyncUpload,
            &[("type", "async_upload"), ("fileUrl", "https://h/标 题.mp4?a=1&b=2+3"), ("title", "t"), ("state", "s")],
        ),
        get(EventKind::VideoSyncedFail, &[("type", "videoSyncedFail"), ("vid", VID)]),
        get(EventKind::Encode, &[("type", "encode"), ("format", "mp4"), ("vid", VID), ("df", "2")]),
        get(EventKind::EncodeFailed, &[("type", "encode_failed"), ("format", "mp4"), ("vid", VID), ("df", "2")]),
        get(EventKind::Pass, &[("type", "pass"), ("vid", VID)]),
        get(EventKind::NoPass, &[("type", "nopass"), ("vid", VID)]),
        (
            EventKind::TranscodeComplete,
            vec![],
            json!({"eventType": "TranscodeComplete", "status": "success", "vid": VID, "videoInfos": [{"df": 1}]}),
        ),
        (
            EventKind::DeleteMediaComplete,
            vec![],
            json!({"eventType": "DeleteMediaComplete", "deleteType": "MoveToTrash", "vids": "a,b", "status": "s"}),
        ),
        (
            EventKind::AiContentScanNotPassed,
            vec![],
            json!({"eventType": "AIContentScanNotPassed", "scanSource": "video", "vid": VID, "scanResults": []}),
        ),
        (
            EventKind::CoursewareConvertComplete,
            vec![],
            json!({"eventType": "CoursewareConvertComplete", "status": "convertFailed", "vid": VID}),
        ),
        (EventKind::Snapshot, vec![], json!({"taskId": 5, "vid": VID, "status": "s", "snapshots": []})),
    ]
}

pub(crate) fn body_text(body: &Value) -> String {
    if body.is_null() { String::new() } else { body.to_string() }
}

pub(crate) fn verify(query: &str, body: &str) -> Result<Verified<Event>, CallbackError> {
    let uri = format!("/hook?{query}");
    Verifier::new(SECRET).verify(Inbound { uri: &uri, headers: &HeaderMap::new(), body: body.as_bytes() }, UNIX_EPOCH)
}

pub(crate) fn query_of(fields: &[(&str, &str)], body: &str) -> String {
    sign_for_test(SECRET, fields, body.to_owned()).uri().query().unwrap().to_owned()
}

fn md5(text: &str) -> String {
    hex::encode(Md5::digest(text))
}

fn changed(text: &str, index: usize) -> String {
    let mut wrong = text.to_owned();
    wrong.replace_range(index..=index, if &text[index..=index] == "3" { "4" } else { "3" });
    wrong
}

#[test]
fn every_golden_signature_is_accepted_and_made_and_the_misprinted_one_is_refused() {
    let vectors: Vec<Value> = serde_json::from_str(include_str!("callbacks.json")).unwrap();
    let mut refused = Vec::new();
    for vector in &vectors {
        let (name, secret) = (vector["name"].as_str().unwrap(), vector["secret"].as_str().unwrap());
        let sign = vector["expected"].as_str().unwrap();
        let params = vector["params"].as_object().unwrap();
        let pairs: Vec<_> = params.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap())).collect();
        let posted = !params.contains_key("type");
        let (fields, body) = if posted { (vec![], vector["params"].to_string()) } else { (pairs, String::new()) };
        let made = sign_for_test(secret, &fields, body.clone());
        let (query, made) = made.uri().query().unwrap().rsplit_once("sign=").unwrap();
        let uri = format!("/?{query}sign={sign}");
        let inbound = Inbound { uri: &uri, headers: &HeaderMap::new(), body: body.as_bytes() };
        let outcome = Verifier::new(secret).verify(inbound, UNIX_EPOCH).map(drop);
        if vector["verified"] == true {
            assert_eq!((outcome, made), (Ok(()), sign), "{name}");
        } else {
            assert_eq!((outcome, made), (Err(CallbackError::Mismatch), vector["computed"].as_str().unwrap()), "{name}");
            refused.push(name);
        }
    }
    assert_eq!(vectors.len(), 25);
    assert_eq!(refused, ["published_callback_snapshot_as_printed"]);
}

#[test]
fn every_documented_kind_is_read_and_keeps_all_that_came() {
    for (kind, fields, body) in samples() {
        let body_text = body_text(&body);
        let event = verify(&query_of(&fields, &body_text), &body_text).unwrap().event().unwrap();
        assert_eq!((&event.kind, &event.body), (&kind, &body));
        assert!(!matches!(kind, EventKind::Other(_)));
        for (name, value) in fields {
            assert_eq!(event.get(name), Some(value));
        }
    }
}

#[test]
fn common_fields_are_read_from_query_and_body() {
    let event = |index: usize| {
        let (_, fields, body) = samples().remove(index);
        let body = body_text(&body);
        verify(&query_of(&fields, &body), &body).unwrap().event().unwrap()
    };
    let upload = event(0);
    assert_eq!((upload.vid.as_deref(), upload.status.as_deref()), (Some(VID), Some("s")));
    assert_eq!(event(2).file_url.as_deref(), Some("https://h/标 题.mp4?a=1&b=2+3"));
    let encode = event(4);
    assert_eq!((encode.format.as_deref(), encode.df.as_deref()), (Some("mp4"), Some("2")));
    let snapshot = event(12);
    assert_eq!((snapshot.task_id.as_deref(), snapshot.vid.as_deref()), (Some("5"), Some(VID)));
    let deleted = event(9);
    assert_eq!((deleted.vid.as_deref(), deleted.status.as_deref()), (None, Some("s")));
    assert_eq!(deleted.body["vids"], "a,b");
}

#[test]
fn an_id_without_its_suffix_is_completed() {
    let id = |vid: &str| {
        let body = json!({"eventType": "AIContentScanNotPassed", "vid": vid}).to_string();
        verify(&query_of(&[], &body), &body).unwrap().event().unwrap().video_id().unwrap()
    };
    assert_eq!(id(VID.split_once('_').unwrap().0), VID);
    for whole in [VID, "7", "片片片片片片片片片片a1"] {
        assert_eq!(id(whole), whole);
    }
}

#[test]
fn values_are_decoded_once_before_they_are_signed() {
    let sign = md5(&format!("async_uploadhttp://h/a%2F b.mp4{SECRET}"));
    for encoded in ["http%3A%2F%2Fh%2Fa%252F%20b.mp4", "http://h/a%252F+b.mp4"] {
        let event =
            verify(&format!("own=1&type=async_upload&fileUrl={encoded}&sign={sign}"), "").unwrap().event().unwrap();
        assert_eq!(event.file_url.as_deref(), Some("http://h/a%2F b.mp4"));
        assert_eq!(event.get("own"), Some("1"));
    }
}

#[test]
fn a_number_in_a_body_is_signed_as_text() {
    let sign = md5(&format!("snapshot17{SECRET}"));
    assert!(verify(&format!("sign={sign}"), r#"{"vid":17}"#).is_ok());
}

#[test]
fn a_wrong_byte_in_anything_signed_is_refused() {
    for (kind, fields, body) in samples() {
        let text = body_text(&body);
        let query = query_of(&fields, &text);
        let (rest, sign) = query.rsplit_once("sign=").unwrap();
        for index in 0..sign.len() {
            let error = verify(&format!("{rest}sign={}", changed(sign, index)), &text).unwrap_err();
            assert_eq!(error, CallbackError::Mismatch, "{kind} {index}");
        }
        assert!(verify(&format!("{rest}sign={}", sign.to_ascii_uppercase()), &text).is_ok());
        for name in kind.signed_fields() {
            let value = fields.iter().find(|pair| pair.0 == *name).map(|pair| pair.1);
            let value = value.or(body[name].as_str()).unwrap();
            for index in
                (0..value.len()).filter(|index| value.is_char_boundary(*index) && value.as_bytes()[*index] < 128)
            {
                let wrong = changed(value, index);
                let fields: Vec<_> =
                    fields.iter().map(|pair| if pair.0 == *name { (pair.0, wrong.as_str()) } else { *pair }).collect();
                let mut body = body.clone();
                if body.is_object() {
                    body[name] = wrong.clone().into();
                }
                let text = body_text(&body);
                let query = query_of(&fields, &text);
                let error =
                    verify(&format!("{}sign={sign}", query.rsplit_once("sign=").unwrap().0), &text).unwrap_err();
                assert_eq!(error, CallbackError::Mismatch, "{kind} {name} {index}");
            }
        }
    }
}

/// Whoever has seen one event of a kind can send these changes under its signature, for ever.
#[test]
fn nothing_but_the_signed_fields_is_covered_and_no_time_ever_runs_out() {
    let mut constant = Vec::new();
    for (kind, fields, body) in samples() {
        let text = body_text(&body);
        let query = query_of(&fields, &text);
        let forged: Vec<_> = fields
            .iter()
            .map(|(name, value)| {
                (*name, if *name == "type" || kind.signed_fields().contains(name) { *value } else { "forged" })
            })
            .collect();
        let mut forged_body = body.clone();
        for (name, value) in forged_body.as_object_mut().into_iter().flatten() {
            if name != "eventType" && !kind.signed_fields().contains(&name.as_str()) {
                *value = "forged".into();
            }
        }
        let sign = query.rsplit_once("sign=").unwrap().1;
        let forged_text = body_text(&forged_body);
        let forged_query = query_of(&forged, &forged_text);
        assert_eq!(forged_query.rsplit_once("sign=").unwrap().1, sign, "{kind}");
        let uri = format!("/?{forged_query}");
        let inbound = Inbound { uri: &uri, headers: &HeaderMap::new(), body: forged_text.as_bytes() };
        let years = Duration::from_secs(3_000_000_000);
        for now in [UNIX_EPOCH, UNIX_EPOCH + years] {
            assert!(Verifier::new(SECRET).verify(inbound, now).is_ok(), "{kind}");
        }
        if kind.signed_fields().is_empty() {
            assert!(verify(&format!("sign={sign}"), &json!({"eventType": kind}).to_string()).is_ok());
            constant.push(kind);
        }
    }
    assert_eq!(
        constant,
        [EventKind::DeleteMediaComplete, EventKind::AiContentScanNotPassed, EventKind::CoursewareConvertComplete]
    );
}

#[test]
fn an_unusable_file_has_the_signature_of_an_upload_or_one_of_its_own() {
    let upload = query_of(&[("type", "upload"), ("vid", VID)], "");
    assert!(verify(&upload.replace("type=upload", "type=invalidVideo"), "").is_ok());
    let own = md5(&format!("invalidVideo{VID}{SECRET}"));
    assert!(verify(&format!("type=invalidVideo&vid={VID}&sign={own}"), "").is_ok());
    assert!(verify(&format!("type=upload&vid={VID}&sign={own}"), "").is_err());
}

#[test]
fn a_signature_of_one_kind_is_not_that_of_another() {
    for (kind, fields, body) in samples() {
        let text = body_text(&body);
        let query = query_of(&fields, &text);
        let sign = query.rsplit_once("sign=").unwrap().1;
        for (other, fields, body) in samples() {
            let same = kind == other
                || [&kind, &other].iter().all(|kind| matches!(kind, EventKind::Upload | EventKind::InvalidVideo));
            let text = body_text(&body);
            let query = query_of(&fields, &text);
            let query = format!("{}sign={sign}", query.rsplit_once("sign=").unwrap().0);
            assert_eq!(verify(&query, &text).is_ok(), same, "{kind} as {other}");
        }
    }
}

#[test]
fn a_failed_rendition_cannot_be_read_as_one_that_is_done() {
    let failed = query_of(&[("type", "encode_failed"), ("format", "mp4"), ("vid", VID), ("df", "2")], "");
    let sign = failed.rsplit_once("sign=").unwrap().1;
    let error = verify(&format!("type=encode&format=_failedmp4&vid={VID}&df=2&sign={sign}"), "").unwrap_err();
    assert_eq!(error, CallbackError::Mismatch);
}

#[test]
fn an_unknown_event_is_kept_if_it_is_signed_like_most_others() {
    for (query, body, signed) in [
        (format!("type=new_one&vid={VID}&x=1"), String::new(), format!("new_one{VID}")),
        ("type=new_one&x=1".to_owned(), String::new(), "new_one".to_owned()),
        (format!("type=new_one&vid={VID}"), String::new(), "new_one".to_owned()),
        (String::new(), json!({"eventType": "NewOne", "vid": VID}).to_string(), format!("NewOne{VID}")),
        (String::new(), json!({"eventType": "NewOne", "x": 1}).to_string(), "NewOne".to_owned()),
    ] {
        let verified = verify(&format!("{query}&sign={}", md5(&format!("{signed}{SECRET}"))), &body).unwrap();
        let event = verified.event().unwrap();
        assert!(
            matches!(&event.kind, EventKind::Other(name) if name.eq_ignore_ascii_case("new_one") || name == "NewOne")
        );
        assert!(event.kind.signed_fields().is_empty());
        let error = verify(&format!("{query}&sign={}", md5(&format!("x{signed}{SECRET}"))), &body).unwrap_err();
        assert_eq!(error, CallbackError::Mismatch);
    }
}

#[test]
fn only_a_post_without_the_member_event_type_is_a_snapshot() {
    let sign = md5(&format!("snapshot{VID}{SECRET}"));
    let post = |body: &Value| verify(&format!("sign={sign}"), &body.to_string());
    assert_eq!(post(&json!({"vid": VID})).unwrap().event().unwrap().kind, EventKind::Snapshot);
    for name in [json!(""), json!(null), json!({}), json!(["upload"]), json!(true), json!(5)] {
        let error = post(&json!({"vid": VID, "eventType": name})).unwrap_err();
        assert!(matches!(&error, CallbackError::Malformed(why) if why.contains("eventType")), "{name}: {error:?}");
    }
}

#[test]
fn fields_of_a_post_are_never_read_from_its_query() {
    let query = query_of(&[], &json!({"vid": VID}).to_string());
    let more = "type=pass&eventType=DeleteMediaComplete&vid=other&status=s&state=s&taskId=1&format=f&df=1&fileUrl=u";
    let event = verify(&format!("{more}&{query}"), &json!({"vid": VID}).to_string()).unwrap().event().unwrap();
    assert_eq!((&event.kind, event.vid.as_deref()), (&EventKind::Snapshot, Some(VID)));
    assert_eq!((event.status, event.task_id, event.format, event.df, event.file_url), (None, None, None, None, None));
}

#[test]
fn a_missing_part_is_named_and_one_given_twice_is_refused() {
    for (query, body, missing) in [
        ("type=pass&vid=v", "", "sign"),
        ("type=pass&vid=v&sign=", "", "sign"),
        ("sign=aa", "", "type"),
        ("type=&sign=aa", "", "type"),
        ("type=pass&sign=aa", "", "vid"),
        ("type=encode&format=mp4&vid=v&sign=aa", "", "df"),
        ("type=async_upload&vid=v&sign=aa", "", "fileUrl"),
        ("sign=aa", "{}", "vid"),
        ("vid=v&sign=aa", r#"{"eventType":"TranscodeComplete"}"#, "vid"),
        // the vendor signs a POST in its query
        ("", r#"{"eventType":"DeleteMediaComplete","sign":"5af8f3bb758f02131f47652868c003ed"}"#, "sign"),
    ] {
        assert_eq!(verify(query, body).unwrap_err(), CallbackError::Missing(missing), "{query} {body}");
    }
    let pass = query_of(&[("type", "pass"), ("vid", VID)], "");
    for more in ["sign=aa", "vid=other", "type=nopass"] {
        assert!(matches!(verify(&format!("{pass}&{more}"), ""), Err(CallbackError::Malformed(_))), "{more}");
    }
    assert!(verify(&format!("{pass}&own=1&own=2"), "").is_ok());
}

#[test]
fn what_cannot_be_read_is_malformed_and_never_repeated() {
    for body in ["CONTENT", "{CONTENT", "[\"CONTENT\"]", "\"CONTENT\"", "vid=CONTENT"] {
        let error = verify("sign=aa", body).unwrap_err();
        assert!(matches!(error, CallbackError::Malformed(_)), "{body}");
        assert!(!format!("{error} {error:?}").contains("CONTENT"), "{error}");
    }
}

#[test]
fn another_secret_and_an_empty_one_are_refused() {
    for (made_with, secret) in [(SECRET, "demosecretkey01"), (SECRET, ""), ("", "")] {
        let request = sign_for_test(made_with, &[("type", "pass"), ("vid", VID)], "");
        let uri = request.uri().to_string();
        let inbound = Inbound { uri: &uri, headers: request.headers(), body: request.body() };
        assert_eq!(Verifier::new(secret).verify(inbound, SystemTime::UNIX_EPOCH).unwrap_err(), CallbackError::Mismatch);
    }
}

#[test]
fn deliveries_of_one_event_share_a_replay_key_and_different_events_do_not() {
    let key =
        |fields: &[(&str, &str)], body: &str| verify(&query_of(fields, body), body).unwrap().replay_key().to_owned();
    let mut keys = BTreeSet::new();
    for (_, fields, body) in samples() {
        let mut turned = fields.clone();
        turned.reverse();
        let body = body_text(&body);
        let first = key(&fields, &body);
        assert_eq!(first, key(&turned, &body));
        assert_eq!(first.len(), 32);
        keys.insert(first);
    }
    keys.insert(key(&[("type", "upload"), ("vid", VID), ("state", "other")], ""));
    keys.insert(key(&[("type", "pass"), ("vid", "other")], ""));
    keys.insert(key(&[], r#"{"eventType":"DeleteMediaComplete","vids":"c"}"#));
    assert_eq!(keys.len(), 16);
}

#[test]
fn nothing_that_is_printed_holds_secret_signature_or_content() {
    let verifier = Verifier::new("S3CRET-OF-EVENTS");
    let body = r#"{"eventType":"CONTENT","vid":"CONTENT"}"#;
    let request = sign_for_test("S3CRET-OF-EVENTS", &[("own", "CONTENT")], body);
    let uri = request.uri().to_string();
    let sign = uri.rsplit_once("sign=").unwrap().1;
    let inbound = Inbound { uri: &uri, headers: request.headers(), body: request.body() };
    let verified = verifier.verify(inbound, UNIX_EPOCH).unwrap();
    let event = verified.event().unwrap();
    let wrong = Verifier::new("other").verify(inbound, UNIX_EPOCH).unwrap_err();
    let printed = format!("{verifier:?} {inbound:?} {verified:?} {event:?} {wrong:?} {wrong}");
    for hidden in ["S3CRET-OF-EVENTS", "CONTENT", sign] {
        assert!(!printed.contains(hidden), "{hidden} in {printed}");
    }
}
