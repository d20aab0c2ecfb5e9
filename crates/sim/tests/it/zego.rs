//! ZEGO Cloud Player.

use std::{
    io,
    time::{Duration, UNIX_EPOCH},
};

use livecloud_sim::{ManualClock, Simulator, Vendor, demo};
use md5::{Digest as _, Md5};
use serde_json::{Value, json};

use crate::{
    NOW_MILLIS,
    client::{Reply, encode_pairs, send},
};

pub(crate) async fn start() -> (Simulator, ManualClock) {
    let clock = ManualClock::at_unix_millis(NOW_MILLIS);
    let sim = Simulator::builder().only(Vendor::Zego).clock(clock.clone()).start().await.unwrap();
    (sim, clock)
}

/// The query of an update as a correct client makes it at that Unix second.
fn query(seconds: u64) -> Vec<(&'static str, String)> {
    query_of("UpdatePlayer", seconds)
}

fn query_of(action: &str, seconds: u64) -> Vec<(&'static str, String)> {
    let signed = format!("12345{}{}{seconds}", "4fd24687296dd9f3", "9193cc662a4c0ec135ec71fb57194b38");
    vec![
        ("Action", action.to_owned()),
        ("AppId", "12345".to_owned()),
        ("SignatureNonce", "4fd24687296dd9f3".to_owned()),
        ("Timestamp", seconds.to_string()),
        ("Signature", hex::encode(Md5::digest(signed))),
        ("SignatureVersion", "2.0".to_owned()),
    ]
}

async fn send_with(sim: &Simulator, query: &[(&str, String)], body: &Value) -> Reply {
    try_send_with(sim, query, body).await.unwrap()
}

async fn try_send_with(sim: &Simulator, query: &[(&str, String)], body: &Value) -> io::Result<Reply> {
    let pairs: Vec<_> = query.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let target = format!("/?{}", encode_pairs(&pairs));
    let headers = [("Content-Type", "application/json")];
    send(sim.base_url(Vendor::Zego), "POST", &target, &headers, &body.to_string()).await
}

/// Calls any action, signed at that Unix millisecond.
pub(crate) async fn call_at(sim: &Simulator, action: &str, body: Value, millis: u64) -> Value {
    send_with(sim, &query_of(action, millis / 1000), &body).await.json()
}

/// Calls any action.
pub(crate) async fn call(sim: &Simulator, action: &str, body: Value) -> Value {
    call_at(sim, action, body, NOW_MILLIS).await
}

/// Calls any action and expects it to be refused, or not (0), with that code.
pub(crate) async fn expect(sim: &Simulator, action: &str, body: Value, code: i64) -> Value {
    let answer = call(sim, action, body.clone()).await;
    assert_eq!(answer["Code"], code, "{action} {body}: {answer}");
    answer
}

pub(crate) async fn update(sim: &Simulator, body: Value) -> Reply {
    try_update(sim, body).await.unwrap()
}

/// The same, for connections that may be dropped.
pub(crate) async fn try_update(sim: &Simulator, body: Value) -> io::Result<Reply> {
    try_send_with(sim, &query(NOW_MILLIS / 1000), &body).await
}

async fn code(sim: &Simulator, body: Value) -> i64 {
    update(sim, body).await.json()["Code"].as_i64().unwrap()
}

#[tokio::test]
async fn the_documented_sample_is_accepted_and_only_the_source_of_it_applied() {
    let (sim, _) = start().await;
    let reply = update(
        &sim,
        json!({"PlayerId": "player_1", "Sequence": 100, "StreamUrl": "https://xxx.com/video/test111.mp4",
            "BackupStreamUrl": "", "VideoOptions": {"Width": 360, "Height": 640, "VideoBitrate": 1200},
            "AudioOptions": {"AudioBitrate": 48, "Volume": 150}, "SeekTo": 10, "IsPause": 1, "RepeatTimes": 1}),
    )
    .await;
    assert_eq!((reply.status, &reply.json()["Code"], &reply.json()["Message"]), (200, &json!(0), &json!("succeed")));
    assert!(reply.json()["RequestId"].is_string());
    let player = sim.player("player_1").unwrap();
    assert_eq!(player["StreamUrl"], "https://xxx.com/video/test111.mp4");
    assert_eq!((&player["AudioOptions"]["Volume"], &player["Status"]), (&json!(100), &json!(4)));
    let request = &sim.requests()[0];
    assert_eq!((request.operation, request.code.as_deref(), request.applied), (Some("UpdatePlayer"), Some("0"), true));
    assert_eq!((request.query("AppId"), request.json()["Sequence"].as_i64()), (Some("12345"), Some(100)));
}

#[tokio::test]
async fn the_published_signature_is_accepted_at_its_own_time() {
    let (sim, clock) = start().await;
    clock.set_wall(UNIX_EPOCH + Duration::from_secs(1_615_186_943));
    let target = "/?Action=UpdatePlayer&AppId=12345&SignatureNonce=4fd24687296dd9f3&Timestamp=1615186943\
        &Signature=43e5cfcca828314675f91b001390566a&SignatureVersion=2.0";
    let body = r#"{"PlayerId":"player_1","Sequence":100,"SeekTo":10}"#;
    let headers = [("Content-Type", "application/json")];
    let reply = send(sim.base_url(Vendor::Zego), "POST", target, &headers, body).await.unwrap();
    assert_eq!(reply.json()["Code"], 0);
    assert_eq!(sim.player("player_1").unwrap()["SeekTo"], 10);
}

#[tokio::test]
async fn settings_change_what_they_name_and_keep_the_rest() {
    let (sim, _) = start().await;
    let body = json!({"PlayerId": "player_1", "Sequence": 1, "VideoOptions": {"Width": 361, "Height": 1},
        "AudioOptions": {"Volume": 0}, "IsPause": 1, "RepeatTimes": 0});
    assert_eq!(code(&sim, body).await, 0);
    let player = sim.player("player_1").unwrap();
    assert_eq!(player["VideoOptions"], json!({"Width": 362, "Height": 1, "VideoBitrate": 600, "ShortEdge": 0}));
    assert_eq!(player["AudioOptions"], json!({"AudioBitrate": 48, "Volume": 0}));
    assert_eq!((&player["Status"], &player["RepeatTimes"]), (&json!(5), &json!(1)));

    let body = json!({"PlayerId": "player_1", "Sequence": 2, "VideoOptions": {"ShortEdge": 721}, "IsPause": 0,
        "RepeatTimes": -1});
    assert_eq!(code(&sim, body).await, 0);
    assert_eq!(code(&sim, json!({"PlayerId": "player_1", "Sequence": 3, "VideoOptions": {"ShortEdge": 0}})).await, 0);
    let player = sim.player("player_1").unwrap();
    assert_eq!(player["VideoOptions"]["ShortEdge"], 722);
    assert_eq!((&player["Status"], &player["RepeatTimes"]), (&json!(4), &json!(-1)));
}

#[tokio::test]
async fn an_update_whose_sequence_does_not_grow_is_accepted_and_not_applied() {
    let (sim, _) = start().await;
    for sequence in [5, 5, 4, 6] {
        let body = json!({"PlayerId": "player_1", "Sequence": sequence, "AudioOptions": {"Volume": sequence}});
        assert_eq!(code(&sim, body).await, 0);
    }
    let applied: Vec<_> = sim.requests().iter().map(|request| request.applied).collect();
    assert_eq!(applied, [true, false, false, true]);
    assert_eq!(sim.player("player_1").unwrap()["AudioOptions"]["Volume"], 6);
}

#[tokio::test]
async fn players_that_cannot_be_updated_say_so() {
    let (sim, _) = start().await;
    for (player, expected) in [
        ("nobody", 350_006_003),
        (demo::ZEGO_DESTROYED_PLAYER, 350_006_003),
        (demo::ZEGO_CREATING_PLAYER, 350_006_009),
        (demo::ZEGO_PAUSED_PLAYER, 0),
    ] {
        assert_eq!(code(&sim, json!({"PlayerId": player, "Sequence": 1, "SeekTo": 1})).await, expected, "{player}");
    }
}

#[tokio::test]
async fn a_playlist_and_a_single_source_are_not_exchanged() {
    let (sim, _) = start().await;
    let list = json!(["https://h/1.mp4"]);
    let listed = demo::ZEGO_PLAYLIST_PLAYER;
    assert_eq!(code(&sim, json!({"PlayerId": "player_1", "Sequence": 1, "StreamUrlList": list})).await, 350_006_003);
    assert_eq!(code(&sim, json!({"PlayerId": listed, "Sequence": 1, "StreamUrl": "https://h"})).await, 350_006_003);
    assert_eq!(code(&sim, json!({"PlayerId": listed, "Sequence": 1, "StreamUrlList": list})).await, 0);
    assert_eq!(sim.player(listed).unwrap()["StreamUrlList"], list);
}

#[tokio::test]
async fn a_bad_parameter_is_named_in_the_message() {
    let (sim, _) = start().await;
    let long = format!("http://h/{}", "x".repeat(1016));
    for (field, members) in [
        ("Sequence", json!({"PlayerId": "player_1"})),
        ("PlayerId", json!({"Sequence": 1})),
        ("PlayerId", json!({"PlayerId": "", "Sequence": 1})),
        ("Sequence", json!({"PlayerId": "player_1", "Sequence": "1"})),
        ("Sequence", json!({"PlayerId": "player_1", "Sequence": 1.5})),
        ("StreamUrl", json!({"PlayerId": "player_1", "Sequence": 1, "StreamUrl": "rtmp://h/x"})),
        ("StreamUrl", json!({"PlayerId": "player_1", "Sequence": 1, "StreamUrl": long})),
        ("VideoOptions.Width", json!({"PlayerId": "player_1", "Sequence": 1, "VideoOptions": {"Width": 3001}})),
        ("VideoOptions.Width", json!({"PlayerId": "player_1", "Sequence": 1, "VideoOptions": {"Width": 0}})),
        ("VideoOptions.Fps", json!({"PlayerId": "player_1", "Sequence": 1, "VideoOptions": {"Fps": 15}})),
        ("AudioOptions.Volume", json!({"PlayerId": "player_1", "Sequence": 1, "AudioOptions": {"Volume": 201}})),
        ("AudioOptions", json!({"PlayerId": "player_1", "Sequence": 1, "AudioOptions": null})),
        ("SeekTo", json!({"PlayerId": "player_1", "Sequence": 1, "SeekTo": -1})),
        ("IsPause", json!({"PlayerId": "player_1", "Sequence": 1, "IsPause": true})),
        ("RepeatTimes", json!({"PlayerId": "player_1", "Sequence": 1, "RepeatTimes": -2})),
        ("Volume", json!({"PlayerId": "player_1", "Sequence": 1, "Volume": 1})),
    ] {
        let answer = update(&sim, members.clone()).await.json();
        assert_eq!(answer["Code"], 350_006_003, "{members}");
        let message = answer["Message"].as_str().unwrap();
        assert!(message.starts_with(&format!("{field} ")), "{field}: {message}");
    }
    assert_eq!(sim.player("player_1").unwrap()["Sequence"], 0);
}

#[tokio::test]
async fn lenient_mode_ignores_unknown_fields_and_keeps_the_limits() {
    let clock = ManualClock::at_unix_millis(NOW_MILLIS);
    let sim = Simulator::builder().only(Vendor::Zego).clock(clock).lenient().start().await.unwrap();
    assert_eq!(code(&sim, json!({"PlayerId": "player_1", "Sequence": 1, "Colour": 1})).await, 0);
    assert_eq!(code(&sim, json!({"PlayerId": "player_1", "Sequence": 2, "IsPause": 2})).await, 350_006_003);
}

#[tokio::test]
async fn every_gateway_code_has_its_cause() {
    let (sim, _) = start().await;
    let body = json!({"PlayerId": "player_1", "Sequence": 1});
    let now = NOW_MILLIS / 1000;
    for (name, value, expected) in [
        ("Action", "", 100_000_006),
        ("Action", "updateplayer", 100_000_007),
        ("AppId", "x", 100_000_001),
        ("AppId", "4294967296", 100_000_001),
        ("AppId", "12346", 100_000_010),
        ("Timestamp", "", 100_000_002),
        ("Timestamp", "soon", 100_000_003),
        ("Timestamp", "1700000000000", 100_000_004),
        ("SignatureNonce", "", 100_000_008),
        ("SignatureNonce", "other", 100_000_005),
        ("Signature", "", 100_000_009),
        ("Signature", "43E5CFCCA828314675F91B001390566A", 100_000_005),
        ("SignatureVersion", "", 100_000_013),
        ("SignatureVersion", "1.0", 100_000_014),
        ("IsTest", "perhaps", 350_006_003),
        ("Sign", "x", 350_006_003),
        ("IsTest", "false", 0),
    ] {
        let mut changed: Vec<_> = query(now).into_iter().filter(|(known, _)| *known != name).collect();
        changed.push((name, value.to_owned()));
        let answer = send_with(&sim, &changed, &body).await.json();
        assert_eq!(answer["Code"], expected, "{name}={value}");
    }
}

#[tokio::test]
async fn a_signature_lives_ten_minutes_in_both_directions() {
    let (sim, _) = start().await;
    let body = json!({"PlayerId": "player_1", "Sequence": 1});
    let now = NOW_MILLIS / 1000;
    for (signed_at, expected) in [(now - 600, 0), (now - 601, 100_000_004), (now + 600, 0), (now + 601, 100_000_004)] {
        assert_eq!(send_with(&sim, &query(signed_at), &body).await.json()["Code"], expected, "{signed_at}");
    }
}

#[tokio::test]
async fn a_vendor_with_a_wrong_clock_refuses_and_tells_its_time() {
    let (sim, _) = start().await;
    sim.set_clock_offset(Vendor::Zego, 3600);
    let body = json!({"PlayerId": "player_1", "Sequence": 1});
    let reply = update(&sim, body.clone()).await;
    assert_eq!(reply.json()["Code"], 100_000_004);
    assert_eq!(reply.header("date"), Some("Tue, 14 Nov 2023 23:13:20 GMT"));
    assert_eq!(send_with(&sim, &query(NOW_MILLIS / 1000 + 3600), &body).await.json()["Code"], 0);
}

#[tokio::test]
async fn the_body_must_be_announced_and_be_a_json_object() {
    let (sim, _) = start().await;
    let pairs = query(NOW_MILLIS / 1000);
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let target = format!("/?{}", encode_pairs(&pairs));
    let good = r#"{"PlayerId":"player_1","Sequence":1}"#;
    for (kind, body, expected) in [
        ("application/x-www-form-urlencoded", good, 350_006_003),
        ("text/plain", good, 350_006_003),
        ("application/json", "[]", 350_006_003),
        ("application/json", "PlayerId=player_1", 350_006_003),
        ("application/json; charset=utf-8", good, 0),
    ] {
        let reply = send(sim.base_url(Vendor::Zego), "POST", &target, &[("Content-Type", kind)], body).await.unwrap();
        assert_eq!(reply.json()["Code"], expected, "{kind} {body}");
    }
    let reply = send(sim.base_url(Vendor::Zego), "POST", "/v1", &[], "").await.unwrap();
    assert_eq!(reply.status, 404);
    assert_eq!(sim.requests().last().unwrap().operation, None);
}
