//! Quotas.

use std::time::Duration;

use livecloud_sim::{Simulator, Vendor, demo};
use serde_json::json;

use crate::{anyrtc, polyv_vod, zego};

#[tokio::test]
async fn zego_takes_twenty_calls_of_an_action_in_any_second() {
    let (sim, clock) = zego::start().await;
    let body = || json!({"PlayerId": "player_1", "Sequence": 1});
    for _ in 0..20 {
        assert_eq!(zego::update(&sim, body()).await.json()["Code"], 0);
    }
    assert_eq!(zego::update(&sim, body()).await.json()["Code"], 350_006_001);
    clock.advance(Duration::from_millis(999));
    assert_eq!(zego::update(&sim, body()).await.json()["Code"], 350_006_001);
    clock.advance(Duration::from_millis(1));
    assert_eq!(zego::update(&sim, body()).await.json()["Code"], 0);
}

#[tokio::test]
async fn anyrtc_takes_ten_calls_a_second_per_app_over_all_methods() {
    let (sim, _) = anyrtc::start().await;
    let app = anyrtc::App(demo::ANYRTC_APP_ID);
    for _ in 0..9 {
        assert_eq!(app.acquire(&sim, "room", "1").await.status, 200);
    }
    assert_eq!(app.query(&sim, "garbage", "sid", "mix").await.status, 400);
    let reply = app.acquire(&sim, "room", "1").await;
    assert_eq!((reply.status, reply.json()), (429, json!({"message": "API rate limit exceeded"})));
    assert_eq!(anyrtc::App(demo::ANYRTC_OTHER_APP_ID).acquire(&sim, "room", "1").await.status, 200);
}

#[tokio::test]
async fn polyv_takes_1500_calls_in_ten_seconds() {
    let (sim, clock) = polyv_vod::start().await;
    let vid = [("vid", demo::POLYV_VOD_VIDEO)];
    for _ in 0..1500 {
        assert_eq!(polyv_vod::update(&sim, demo::POLYV_VOD_APP_ID, &vid).await.status, 200);
    }
    let reply = polyv_vod::update(&sim, demo::POLYV_VOD_APP_ID, &vid).await;
    assert_eq!(reply.json()["error"]["desc"], "qps exceeds number of calls");
    clock.advance(Duration::from_secs(10));
    assert_eq!(polyv_vod::update(&sim, demo::POLYV_VOD_APP_ID, &vid).await.status, 200);
}

#[tokio::test]
async fn without_quotas_nothing_is_counted() {
    let clock = livecloud_sim::ManualClock::at_unix_millis(crate::NOW_MILLIS);
    let sim = Simulator::builder().only(Vendor::Zego).clock(clock).without_quotas().start().await.unwrap();
    for _ in 0..30 {
        assert_eq!(zego::update(&sim, json!({"PlayerId": "player_1", "Sequence": 1})).await.json()["Code"], 0);
    }
}
