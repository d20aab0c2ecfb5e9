//! POLYV VOD.

use livecloud_sim::{ManualClock, Simulator, Vendor, demo};
use md5::{Digest as _, Md5};
use serde_json::{Value, json};

use crate::{
    NOW_MILLIS,
    client::{Reply, encode_pairs, send},
};

const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8");
const PATH: &str = "/v3/video/update-info";

pub(crate) async fn start() -> (Simulator, ManualClock) {
    let clock = ManualClock::at_unix_millis(NOW_MILLIS);
    let sim = Simulator::builder().only(Vendor::PolyvVod).clock(clock.clone()).start().await.unwrap();
    (sim, clock)
}

/// Secret, sorted non-empty parameters, secret.
pub(crate) fn sandwich(pairs: &[(&str, &str)], secret: &str) -> String {
    let mut sorted: Vec<_> = pairs.iter().filter(|(_, value)| !value.is_empty()).collect();
    sorted.sort();
    let mut text = secret.to_owned();
    for (name, value) in sorted {
        text.push_str(name);
        text.push_str(value);
    }
    text.push_str(secret);
    hex::encode_upper(Md5::digest(text))
}

async fn post(sim: &Simulator, form: &[(&str, &str)]) -> Reply {
    send(sim.base_url(Vendor::PolyvVod), "POST", PATH, &[FORM], &encode_pairs(form)).await.unwrap()
}

pub(crate) async fn update(sim: &Simulator, app_id: &str, fields: &[(&str, &str)]) -> Reply {
    let now = NOW_MILLIS.to_string();
    let mut form = vec![("appId", app_id), ("timestamp", now.as_str())];
    form.extend_from_slice(fields);
    let sign = sandwich(&form, "DemoSubSecret02");
    form.push(("sign", &sign));
    post(sim, &form).await
}

fn failure(reply: &Reply) -> (u16, Value) {
    let answer = reply.json();
    assert_eq!(answer["code"], reply.status);
    assert_eq!((&answer["status"], &answer["data"]), (&json!("error"), &Value::Null));
    assert!(answer["requestId"].is_string());
    (reply.status, answer["error"].clone())
}

#[tokio::test]
async fn an_update_changes_the_given_fields() {
    let (sim, _) = start().await;
    let fields = [
        ("vid", demo::POLYV_VOD_VIDEO),
        ("title", "标题 📹"),
        ("describ", "a&b=c+d%20e"),
        ("publishUrl", "https://example.com/a?b=1&c=2"),
        ("tag", ""),
    ];
    let reply = update(&sim, demo::POLYV_VOD_APP_ID, &fields).await;
    let answer = reply.json();
    assert_eq!((reply.status, &answer["code"], &answer["status"]), (200, &json!(200), &json!("success")));
    assert_eq!((&answer["error"], &answer["data"]), (&Value::Null, &Value::Null));
    let video = sim.video(demo::POLYV_VOD_VIDEO).unwrap();
    assert_eq!(video["title"], "标题 📹");
    assert_eq!(video["describ"], "a&b=c+d%20e");
    assert_eq!(video["publishUrl"], "https://example.com/a?b=1&c=2");
    let again = update(&sim, demo::POLYV_VOD_APP_ID, &[("vid", demo::POLYV_VOD_VIDEO), ("tag", "t")]).await;
    assert_eq!(again.status, 200);
    let video = sim.video(demo::POLYV_VOD_VIDEO).unwrap();
    assert_eq!((&video["title"], &video["tag"]), (&json!("标题 📹"), &json!("t")));
    assert_eq!(sim.requests()[0].form("describ"), Some("a&b=c+d%20e"));
}

#[tokio::test]
async fn the_vectors_of_the_vendors_own_signer_are_accepted() {
    let (sim, clock) = start().await;
    clock.set_wall(std::time::UNIX_EPOCH + std::time::Duration::from_millis(1_700_000_000_123));
    let full = [
        ("appId", "demoAppId9"),
        ("timestamp", "1700000000123"),
        ("vid", "abcde123450f1e2d3c4b5a69788796a5_a"),
        ("title", "标题"),
        ("describ", "描述"),
        ("tag", "视频标签"),
        ("publishUrl", "https://example.com/a?b=1&c=2"),
        ("sign", "F1E906507292FBC2C63B45B439A3CAB8"),
    ];
    assert_eq!(post(&sim, &full).await.status, 200);
    let special = [
        ("appId", "demoAppId9"),
        ("timestamp", "1700000000123"),
        ("vid", "abcde123450f1e2d3c4b5a69788796a5_a"),
        ("title", "a&b=c+d%20e"),
        ("describ", "x y\tz"),
        ("sign", "D91B5E22645EB20D3346EA3DC9D87BDF"),
    ];
    assert_eq!(post(&sim, &special).await.status, 200);
    let empty = [
        ("appId", "demoAppId9"),
        ("timestamp", "1700000000123"),
        ("vid", "abcde123450f1e2d3c4b5a69788796a5_a"),
        ("title", ""),
        ("tag", "x"),
        ("sign", "CE255CF3053A09B030D6BF13B6DC2E52"),
    ];
    assert_eq!(post(&sim, &empty).await.status, 200);
}

#[tokio::test]
async fn every_documented_failure_has_its_cause() {
    let (sim, _) = start().await;
    let vid = ("vid", demo::POLYV_VOD_VIDEO);
    for (app_id, fields, status, code, desc) in [
        ("nobody", vec![vid], 400, 101, "application not exist"),
        ("", vec![vid], 400, 101, "application not exist"),
        (demo::POLYV_VOD_ORPHAN_APP_ID, vec![vid], 400, 102, "user children not exist"),
        (demo::POLYV_VOD_EXPIRED_APP_ID, vec![vid], 403, 103, "user children expired"),
        (demo::POLYV_VOD_LIMITED_APP_ID, vec![vid], 403, 105, "permission limited"),
        (demo::POLYV_VOD_APP_ID, vec![], 400, 2000, "invalid vid"),
        (demo::POLYV_VOD_APP_ID, vec![("vid", "abc")], 400, 2000, "invalid vid"),
        (demo::POLYV_VOD_APP_ID, vec![("vid", "ffcde123450f1e2d3c4b5a69788796a5_f")], 400, 2000, "invalid vid"),
        (demo::POLYV_VOD_APP_ID, vec![("vid", demo::POLYV_VOD_UPLOADING_VIDEO)], 400, 3100, "上传中不允许修改"),
    ] {
        let reply = update(&sim, app_id, &fields).await;
        assert_eq!(failure(&reply), (status, json!({"code": code, "desc": desc})), "{app_id} {fields:?}");
        let request = sim.requests().pop().unwrap();
        assert_eq!((request.code, request.applied), (Some(code.to_string()), false));
    }
}

#[tokio::test]
async fn time_and_signature_are_checked() {
    let (sim, _) = start().await;
    let edge = 3 * 60 * 1000;
    for (at, expected) in [
        (NOW_MILLIS - edge, None),
        (NOW_MILLIS - edge - 1, Some(100)),
        (NOW_MILLIS + edge, None),
        (NOW_MILLIS + edge + 1, Some(100)),
        (NOW_MILLIS / 1000, Some(100)),
    ] {
        let at = at.to_string();
        let mut form = vec![("appId", "demoAppId9"), ("timestamp", at.as_str()), ("vid", demo::POLYV_VOD_VIDEO)];
        let sign = sandwich(&form, "DemoSubSecret02");
        form.push(("sign", &sign));
        let answer = post(&sim, &form).await.json();
        assert_eq!(answer["error"]["code"].as_i64(), expected, "{at}");
    }
    let now = NOW_MILLIS.to_string();
    let form = vec![("appId", "demoAppId9"), ("timestamp", now.as_str()), ("vid", demo::POLYV_VOD_VIDEO)];
    let right = sandwich(&form, "DemoSubSecret02");
    for wrong in [right.to_lowercase(), sandwich(&form, "other"), String::new()] {
        let mut form = form.clone();
        form.push(("sign", &wrong));
        assert_eq!(failure(&post(&sim, &form).await), (403, json!({"code": 104, "desc": "invalid signature"})));
    }
}

#[tokio::test]
async fn unknown_repeated_and_misplaced_fields_are_refused() {
    let (sim, _) = start().await;
    let vid = ("vid", demo::POLYV_VOD_VIDEO);
    for fields in [vec![vid, ("describe", "x")], vec![vid, ("secretKey", "x")], vec![vid, ("tag", "a"), ("tag", "b")]] {
        let reply = update(&sim, demo::POLYV_VOD_APP_ID, &fields).await;
        assert_eq!(failure(&reply).1["code"], 400, "{fields:?}");
    }
    let now = NOW_MILLIS.to_string();
    let mut form = vec![("appId", "demoAppId9"), ("timestamp", now.as_str()), vid];
    let sign = sandwich(&form, "DemoSubSecret02");
    form.push(("sign", &sign));
    let target = format!("{PATH}?{}", encode_pairs(&form));
    let reply = send(sim.base_url(Vendor::PolyvVod), "POST", &target, &[FORM], "").await.unwrap();
    assert_eq!(failure(&reply).1["code"], 400);
    let json = [("Content-Type", "application/json")];
    let reply = send(sim.base_url(Vendor::PolyvVod), "POST", PATH, &json, &encode_pairs(&form)).await.unwrap();
    assert_eq!(failure(&reply).1["code"], 400);
    let reply = send(sim.base_url(Vendor::PolyvVod), "GET", PATH, &[], "").await.unwrap();
    assert_eq!(failure(&reply).0, 404);
}

#[tokio::test]
async fn failures_can_hide_in_http_200() {
    let clock = ManualClock::at_unix_millis(NOW_MILLIS);
    let builder = Simulator::builder().only(Vendor::PolyvVod).clock(clock).polyv_failures_in_http_200();
    let sim = builder.start().await.unwrap();
    let reply = update(&sim, "nobody", &[("vid", demo::POLYV_VOD_VIDEO)]).await;
    assert_eq!((reply.status, &reply.json()["code"]), (200, &json!(400)));
}
