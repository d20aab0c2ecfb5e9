//! ZEGO players, from creation to destruction.

use std::time::Duration;

use livecloud_sim::{ManualClock, Simulator, demo};
use serde_json::{Value, json};

use crate::{
    NOW_MILLIS,
    zego::{call, call_at, expect, start},
};

fn ids(answer: &Value) -> Vec<&str> {
    answer["Data"]["Players"].as_array().unwrap().iter().map(|player| player["PlayerId"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn players_are_listed_by_room_id_and_status() {
    let (sim, _) = start().await;
    let [one, paused, list, creating, destroyed] = [
        demo::ZEGO_PLAYER,
        demo::ZEGO_PAUSED_PLAYER,
        demo::ZEGO_PLAYLIST_PLAYER,
        demo::ZEGO_CREATING_PLAYER,
        demo::ZEGO_DESTROYED_PLAYER,
    ];
    for (filter, expected) in [
        (json!({}), &[one, paused, list, creating, destroyed][..]),
        (json!({"RoomId": "", "PlayerId": "", "PageToken": ""}), &[one, paused, list, creating, destroyed]),
        (json!({"RoomId": demo::ZEGO_OTHER_ROOM}), &[list]),
        (json!({"RoomId": "nowhere"}), &[]),
        (json!({"RoomId": "nowhere", "PlayerId": paused}), &[paused]),
        (json!({"PlayerId": "nobody"}), &[]),
        (json!({"Status": 4}), &[one, list]),
        (json!({"Status": 8}), &[destroyed]),
    ] {
        let answer = expect(&sim, "DescribePlayers", filter.clone(), 0).await;
        assert_eq!(ids(&answer), expected, "{filter}");
        assert_eq!(answer["Data"]["TotalSize"], expected.len());
        assert_eq!(answer["Data"]["NextPageToken"], "");
    }
    let answer = call(&sim, "DescribePlayers", json!({"PlayerId": list})).await;
    let player = &answer["Data"]["Players"][0];
    assert_eq!((&player["StreamUrl"], &player["RoomId"]), (&json!(""), &json!("room_2")));
    assert_eq!((player["StreamUrlList"].as_array().unwrap().len(), &player["PlayIndex"]), (2, &json!(0)));
    assert!(!sim.requests()[0].applied);
}

#[tokio::test]
async fn pages_follow_one_another_and_tokens_are_opaque() {
    let (sim, _) = start().await;
    let (mut seen, mut token) = (Vec::new(), String::new());
    for left in [3, 1] {
        let answer =
            call(&sim, "DescribePlayers", json!({"RoomId": "room_1", "PageSize": left, "PageToken": token})).await;
        assert_eq!(answer["Data"]["TotalSize"], 4);
        seen.extend(ids(&answer).into_iter().map(str::to_owned));
        token = answer["Data"]["NextPageToken"].as_str().unwrap().to_owned();
        assert_eq!(token.is_empty(), left == 1);
    }
    assert_eq!(seen.len(), 4);
    let answer = expect(&sim, "DescribePlayers", json!({"PageToken": "3"}), 350_006_003).await;
    assert!(answer["Message"].as_str().unwrap().starts_with("PageToken "));
    let uploads = call(&sim, "DescribeUploadTasks", json!({"PageSize": 1})).await;
    let foreign = json!({"PageToken": uploads["Data"]["NextPageToken"]});
    expect(&sim, "DescribePlayers", foreign, 350_006_003).await;
}

#[tokio::test]
async fn a_deleted_player_is_destroyed_and_stays_listed() {
    let (sim, _) = start().await;
    expect(&sim, "DeletePlayer", json!({"PlayerId": "player_1"}), 0).await;
    assert!(sim.requests()[0].applied);
    let answer = call(&sim, "DescribePlayers", json!({"PlayerId": "player_1"})).await;
    let player = &answer["Data"]["Players"][0];
    assert_eq!((&player["Status"], &player["DestroyReason"]), (&json!(8), &json!(1)));
    for (id, code) in [
        ("player_1", 350_006_003),
        ("nobody", 350_006_003),
        (demo::ZEGO_DESTROYED_PLAYER, 350_006_003),
        (demo::ZEGO_CREATING_PLAYER, 350_006_009),
        (demo::ZEGO_PAUSED_PLAYER, 0),
    ] {
        let answer = expect(&sim, "DeletePlayer", json!({"PlayerId": id}), code).await;
        assert!(answer.get("Data").is_none());
    }
    expect(&sim, "UpdatePlayer", json!({"PlayerId": "player_1", "Sequence": 1, "SeekTo": 1}), 350_006_003).await;
}

#[tokio::test]
async fn a_player_that_is_paused_for_too_long_is_destroyed() {
    let (sim, clock) = start().await;
    let pause = json!({"PlayerId": "player_1", "Sequence": 1, "IsPause": 1});
    expect(&sim, "UpdatePlayer", pause, 0).await;
    clock.advance(Duration::from_millis(299_999));
    assert_eq!(sim.player("player_1").unwrap()["Status"], 5);
    clock.advance(Duration::from_millis(1));
    let player = sim.player("player_1").unwrap();
    assert_eq!((&player["Status"], &player["DestroyReason"]), (&json!(8), &json!(2)));
    let later = NOW_MILLIS + 300_000;
    let answer = call_at(&sim, "DescribePlayers", json!({"Status": 8}), later).await;
    assert_eq!(ids(&answer), ["player_1", demo::ZEGO_DESTROYED_PLAYER]);
    // Nobody has touched this one.
    assert_eq!(sim.player(demo::ZEGO_PAUSED_PLAYER).unwrap()["Status"], 5);
}

#[tokio::test]
async fn a_bad_filter_is_named() {
    let (sim, _) = start().await;
    for (action, field, body) in [
        ("DescribePlayers", "RoomId", json!({"RoomId": "r".repeat(129)})),
        ("DescribePlayers", "PageSize", json!({"PageSize": 0})),
        ("DescribePlayers", "PageSize", json!({"PageSize": 51})),
        ("DescribePlayers", "Status", json!({"Status": 0})),
        ("DescribePlayers", "Status", json!({"Status": 9})),
        ("DescribePlayers", "Room", json!({"Room": "r"})),
        ("DeletePlayer", "PlayerId", json!({})),
        ("DeletePlayer", "PlayerId", json!({"PlayerId": 1})),
        ("DeletePlayer", "Sequence", json!({"PlayerId": "player_1", "Sequence": 1})),
    ] {
        let answer = expect(&sim, action, body, 350_006_003).await;
        assert!(answer["Message"].as_str().unwrap().starts_with(&format!("{field} ")), "{answer}");
    }
    let longest = json!({"RoomId": "r".repeat(128), "PageSize": 50});
    expect(&sim, "DescribePlayers", longest, 0).await;
}

#[tokio::test]
async fn describing_players_has_half_the_quota() {
    let (sim, _) = start().await;
    for _ in 0..10 {
        expect(&sim, "DescribePlayers", json!({}), 0).await;
    }
    expect(&sim, "DescribePlayers", json!({}), 350_006_001).await;
    for _ in 0..20 {
        expect(&sim, "DescribeUploadTasks", json!({}), 0).await;
    }
    expect(&sim, "DescribeUploadTasks", json!({}), 350_006_001).await;
}

fn new(more: Value) -> Value {
    let mut body = json!({"StreamUrl": "https://h/a.mp4", "RoomId": "room_12"});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

async fn create(sim: &Simulator, more: Value) -> String {
    expect(sim, "CreatePlayer", new(more), 0).await["Data"]["PlayerId"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_player_is_created_connects_and_plays() {
    let (sim, clock) = start().await;
    let sample = json!({"StreamUrl": "https://xxx.com/video/test.mp4", "BackupStreamUrl": "", "RoomId": "room_12",
        "StreamId": "stream", "PlayerName": "fresh", "VideoOptions": {"Width": 361, "Height": 640, "VideoBitrate": 601,
        "VideoCodec": 0, "Fps": 15, "RenderMode": 1}, "AudioOptions": {"AudioCodec": 1, "AudioBitrate": 48,
        "SoundChannel": 1, "Volume": 90}, "PlayTime": 0, "RepeatTimes": 1, "SeekTo": 0, "MaxIdleTime": 30,
        "StreamData": {"Enable": 1, "Interval": 1000}});
    let answer = expect(&sim, "CreatePlayer", sample, 0).await;
    assert!(sim.requests()[0].applied);
    let data = &answer["Data"];
    assert_eq!((&data["RoomId"], &data["StreamId"]), (&json!("room_12"), &json!("stream")));
    assert_eq!(data["CreateTime"], NOW_MILLIS / 1000);
    let id = data["PlayerId"].as_str().unwrap();
    let status = || sim.player(id).unwrap()["Status"].clone();
    assert_eq!(status(), 1);
    expect(&sim, "UpdatePlayer", json!({"PlayerId": id, "Sequence": 1, "SeekTo": 1}), 350_006_009).await;
    expect(&sim, "DeletePlayer", json!({"PlayerId": id}), 350_006_009).await;
    for expected in [1, 2, 2, 4, 4] {
        clock.advance(Duration::from_millis(100));
        assert_eq!(status(), expected);
    }
    let player = sim.player(id).unwrap();
    assert_eq!((&player["VideoOptions"]["Width"], &player["VideoOptions"]["VideoBitrate"]), (&json!(362), &json!(601)));
    assert_eq!((&player["AudioOptions"]["Volume"], &player["MaxIdleTime"]), (&json!(90), &json!(30)));
    expect(&sim, "UpdatePlayer", json!({"PlayerId": id, "Sequence": 1, "IsPause": 1}), 0).await;
    clock.advance(Duration::from_secs(30));
    assert_eq!(status(), 8);
    let listed = call_at(&sim, "DescribePlayers", json!({"RoomId": "room_12"}), NOW_MILLIS).await;
    let player = &listed["Data"]["Players"][0];
    assert_eq!((&player["DestroyReason"], &player["PlayerName"]), (&json!(2), &json!("fresh")));
    // The name of a destroyed player may be used again.
    create(&sim, json!({"PlayerName": "fresh"})).await;
}

#[tokio::test]
async fn a_planned_player_waits_and_a_late_one_makes_up() {
    let (sim, clock) = start().await;
    let now = NOW_MILLIS / 1000;
    let planned = create(&sim, json!({"PlayTime": now + 1800})).await;
    let late = create(&sim, json!({"PlayTime": now - 86_400})).await;
    clock.advance(Duration::from_secs(1799));
    assert_eq!(sim.player(&planned).unwrap()["Status"], 3);
    clock.advance(Duration::from_secs(1));
    assert_eq!(sim.player(&planned).unwrap()["Status"], 4);
    let player = sim.player(&late).unwrap();
    assert_eq!((&player["Status"], &player["SeekTo"]), (&json!(4), &json!(86_400)));
    assert_eq!((&player["PlayTime"], &player["CreateTime"]), (&json!(now - 86_400), &json!(now)));
}

#[tokio::test]
async fn names_and_streams_are_unique_among_running_players() {
    let (sim, _) = start().await;
    let first = create(&sim, json!({})).await;
    let second = create(&sim, json!({})).await;
    assert_ne!(first, second);
    assert_ne!(sim.player(&first).unwrap()["StreamId"], sim.player(&second).unwrap()["StreamId"]);
    create(&sim, json!({"PlayerName": "n", "StreamId": "s"})).await;
    expect(&sim, "CreatePlayer", new(json!({"PlayerName": "n"})), 350_006_008).await;
    expect(&sim, "CreatePlayer", new(json!({"StreamId": "s"})), 350_006_003).await;
    expect(&sim, "CreatePlayer", new(json!({"PlayerName": "player_1"})), 350_006_008).await;
    expect(&sim, "CreatePlayer", new(json!({"PlayerName": demo::ZEGO_DESTROYED_PLAYER})), 0).await;
}

#[tokio::test]
async fn fifty_players_are_the_most() {
    let clock = ManualClock::at_unix_millis(NOW_MILLIS);
    let sim = Simulator::builder().clock(clock).without_quotas().start().await.unwrap();
    for _ in 4..50 {
        create(&sim, json!({})).await;
    }
    expect(&sim, "CreatePlayer", new(json!({})), 350_006_007).await;
    expect(&sim, "DeletePlayer", json!({"PlayerId": "player_1"}), 0).await;
    create(&sim, json!({})).await;
    let answer = call(&sim, "DescribePlayers", json!({})).await;
    assert_eq!((ids(&answer).len(), &answer["Data"]["TotalSize"]), (50, &json!(52)));
}

#[tokio::test]
async fn a_bad_creation_is_named() {
    let clock = ManualClock::at_unix_millis(NOW_MILLIS);
    let sim = Simulator::builder().clock(clock).without_quotas().start().await.unwrap();
    let now = NOW_MILLIS / 1000;
    let list = json!(["https://h/1.mp4"]);
    let long = |bytes: usize| format!("https://h/{}", "x".repeat(bytes - 10));
    let fifty = |more: usize| json!(vec![long(1000); 49].into_iter().chain([long(1000 + more)]).collect::<Vec<_>>());
    for (field, body) in [
        ("StreamUrl", json!({"RoomId": "r"})),
        ("StreamUrl", new(json!({"StreamUrlList": list}))),
        ("StreamUrl", new(json!({"StreamUrl": long(1025)}))),
        ("StreamUrl", new(json!({"StreamUrl": "rtmp://h/a"}))),
        ("StreamUrlList", json!({"RoomId": "r", "StreamUrlList": []})),
        ("StreamUrlList", json!({"RoomId": "r", "StreamUrlList": vec!["http://h"; 101]})),
        ("StreamUrlList", json!({"RoomId": "r", "StreamUrlList": fifty(1)})),
        ("RoomId", json!({"StreamUrl": "https://h"})),
        ("RoomId", new(json!({"RoomId": "r".repeat(129)}))),
        ("StreamId", new(json!({"StreamId": "a.b"}))),
        ("StreamId", new(json!({"StreamId": "s".repeat(257)}))),
        ("PlayerName", new(json!({"PlayerName": "名".repeat(22)}))),
        ("VideoOptions.VideoCodec", new(json!({"VideoOptions": {"VideoCodec": 1}}))),
        ("VideoOptions.Fps", new(json!({"VideoOptions": {"Fps": 31}}))),
        ("AudioOptions.AudioCodec", new(json!({"AudioOptions": {"AudioCodec": 2}}))),
        ("AudioOptions.SoundChannel", new(json!({"AudioOptions": {"SoundChannel": 0}}))),
        ("PlayTime", new(json!({"PlayTime": now + 1801}))),
        ("PlayTime", new(json!({"PlayTime": now - 86_401}))),
        ("RepeatTimes", new(json!({"RepeatTimes": 0}))),
        ("RepeatTimes", new(json!({"RepeatTimes": -2}))),
        ("StreamData.Interval", new(json!({"StreamData": {"Interval": 0}}))),
        ("DelayDestroySeconds", new(json!({"DelayDestroySeconds": 3601}))),
        ("RoomUserUpdate", new(json!({"RoomUserUpdate": true}))),
        ("ExtensionParams[0].Name", new(json!({"ExtensionParams": [{"Name": "x"}]}))),
        ("IsPause", new(json!({"IsPause": 1}))),
    ] {
        let answer = expect(&sim, "CreatePlayer", body, 350_006_003).await;
        let message = answer["Message"].as_str().unwrap();
        let rest = message.strip_prefix(field).unwrap_or_else(|| panic!("{field}: {message}"));
        assert!(rest.starts_with(' ') || rest.starts_with("[0] "), "{field}: {message}");
    }
    for (given, taken) in [(4, 5), (3001, 3000), (5, 5)] {
        let id = create(&sim, json!({"MaxIdleTime": given})).await;
        assert_eq!(sim.player(&id).unwrap()["MaxIdleTime"], taken);
    }
    expect(&sim, "CreatePlayer", json!({"RoomId": "r".repeat(128), "StreamUrlList": fifty(0)}), 0).await;
}
