//! What ZEGO tells about players and upload tasks.

use std::time::Duration;

use livecloud_sim::{Simulator, Vendor, demo};
use serde_json::{Value, json};

use crate::{
    NOW_MILLIS,
    receiver::{Receiver, Request},
    zego::{expect, start},
};

/// Type and detail of each callback so far, once there are so many.
async fn told(receiver: &Receiver, count: usize) -> Vec<(i64, Value)> {
    let requests = receiver.wait_for(count).await;
    let bodies = requests.iter().map(Request::json);
    bodies.map(|body| (body["EventType"].as_i64().unwrap(), body["Detail"].clone())).collect()
}

async fn listening(sim: &Simulator) -> Receiver {
    let receiver = Receiver::start(&[]).await;
    sim.set_callback_url(Vendor::Zego, &receiver.url).unwrap();
    receiver
}

#[tokio::test]
async fn a_players_life_is_told_while_nobody_asks() {
    let (sim, clock) = start().await;
    let receiver = listening(&sim).await;
    let now = NOW_MILLIS / 1000;
    let body = json!({"StreamUrl": "https://h/a.mp4", "RoomId": "r", "PlayerName": "n", "MaxIdleTime": 30,
        "PlayTime": now + 10});
    let answer = expect(&sim, "CreatePlayer", body, 0).await;
    let id = &answer["Data"]["PlayerId"];
    let created = json!({"CreateTime": now, "PlayTime": now + 10, "MaxIdleTime": 30, "StreamUrl": "https://h/a.mp4"});
    clock.advance(Duration::from_millis(200));
    assert_eq!(told(&receiver, 2).await, [(1, created), (3, json!({"Status": 2, "PlayIndex": 0}))]);
    clock.advance(Duration::from_secs(10));
    let later = told(&receiver, 4).await;
    assert_eq!(later[2..], [(3, json!({"Status": 3, "PlayIndex": 0})), (3, json!({"Status": 4, "PlayIndex": 0}))]);
    expect(&sim, "UpdatePlayer", json!({"PlayerId": id, "Sequence": 1, "IsPause": 1}), 0).await;
    clock.advance(Duration::from_secs(60));
    let end = json!({"PlayTime": now + 10, "Reason": 2});
    assert_eq!(told(&receiver, 6).await[4..], [(3, json!({"Status": 5, "PlayIndex": 0})), (2, end)]);

    let bodies: Vec<_> = receiver.requests().iter().map(Request::json).collect();
    for body in &bodies {
        assert_eq!((&body["PlayerId"], &body["RoomId"], &body["PlayerName"]), (id, &json!("r"), &json!("n")));
        assert_eq!(body["AppID"], 12345);
    }
    // Each is told with the time at which it happened.
    let times: Vec<_> = bodies.iter().map(|body| body["EventTime"].as_u64().unwrap() - NOW_MILLIS).collect();
    assert_eq!(times, [200, 200, 400, 10_000, 10_200, 40_200]);
}

#[tokio::test]
async fn a_deleted_player_is_told_with_its_reason() {
    let (sim, _) = start().await;
    let receiver = listening(&sim).await;
    expect(&sim, "DeletePlayer", json!({"PlayerId": "player_1"}), 0).await;
    expect(&sim, "DeletePlayer", json!({"PlayerId": "player_1"}), 350_006_003).await;
    expect(&sim, "DeletePlayer", json!({"PlayerId": "player_2"}), 0).await;
    let told = told(&receiver, 2).await;
    assert_eq!(told.iter().map(|(kind, detail)| (*kind, &detail["Reason"])).collect::<Vec<_>>(), [(2, &json!(1)); 2]);
    assert_eq!(receiver.requests()[1].json()["PlayerId"], "player_2");
}

#[tokio::test]
async fn an_uploads_life_is_told_with_ids_and_times_as_texts() {
    let (sim, clock) = start().await;
    let receiver = listening(&sim).await;
    let body = json!({"Title": "a.mp4", "StreamUrl": "https://h/a.mp4", "RetentionDays": 1});
    let answer = expect(&sim, "CreateUploadTask", body, 0).await;
    clock.advance(Duration::from_secs(1));
    assert_eq!(told(&receiver, 2).await, [(10003, json!({"Status": 2})), (10001, json!({}))]);
    clock.advance(Duration::from_secs(86_400));
    assert_eq!(told(&receiver, 3).await[2], (10006, json!({})));
    let body = receiver.requests()[1].json();
    assert_eq!((&body["UploadTaskId"], &body["AppID"]), (&answer["Data"]["UploadTaskId"], &json!("12345")));
    assert_eq!((&body["Title"], &body["StreamUrl"]), (&json!("a.mp4"), &json!("https://h/a.mp4")));
    assert_eq!(body["EventTime"], (NOW_MILLIS + 400).to_string());
}

#[tokio::test]
async fn a_cancellation_is_told_and_so_is_its_failure() {
    let (sim, _) = start().await;
    let receiver = listening(&sim).await;
    for (id, code) in [
        (demo::ZEGO_WAITING_UPLOAD, 0),
        (demo::ZEGO_WAITING_UPLOAD, 350_006_011),
        (demo::ZEGO_RUNNING_UPLOAD, 0),
        (demo::ZEGO_FAILED_UPLOAD, 0),
        (demo::ZEGO_FINISHED_UPLOAD, 0),
    ] {
        expect(&sim, "CancelUploadTask", json!({"UploadTaskId": id}), code).await;
    }
    let expected = [(10003, json!({"Status": 3})), (10004, json!({"Reason": 1})), (10004, json!({"Reason": 2}))];
    assert_eq!(told(&receiver, 3).await, expected);
}

#[tokio::test]
async fn every_event_can_be_had_on_demand() {
    let (sim, _) = start().await;
    let receiver = listening(&sim).await;
    for (event, kind) in [
        ("player_created", 1),
        ("player_destroyed", 2),
        ("player_status_changed", 3),
        ("player_exception", 4),
        ("file_uploaded", 10001),
        ("upload_failed", 10002),
        ("upload_status_changed", 10003),
        ("upload_cancel_failed", 10004),
        ("upload_exception", 10005),
        ("file_expired", 10006),
    ] {
        assert!(sim.callback(Vendor::Zego, event).await.unwrap().accepted);
        let body = receiver.requests().pop().unwrap().json();
        assert_eq!((&body["EventType"], body["Detail"].is_object()), (&json!(kind), true), "{event}");
    }
}
