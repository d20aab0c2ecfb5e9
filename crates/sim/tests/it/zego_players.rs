//! ZEGO players, from creation to destruction.

use std::time::Duration;

use livecloud_sim::demo;
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
