//! Faults on script.

use std::time::Duration;

use livecloud_sim::{Fault, Selector, Vendor, demo};
use serde_json::json;

use crate::{anyrtc, client::send, polyv_vod, zego};

fn body(sequence: u64) -> serde_json::Value {
    json!({"PlayerId": "player_1", "Sequence": sequence, "SeekTo": sequence})
}

/// Sends without expecting an answer.
async fn dropped(sim: &livecloud_sim::Simulator) -> std::io::Error {
    let target = "/?Action=UpdatePlayer";
    send(sim.base_url(Vendor::Zego), "POST", target, &[("Content-Type", "application/json")], "{}").await.unwrap_err()
}

#[tokio::test]
async fn queued_faults_come_once_in_order_and_standing_ones_until_cleared() {
    let (sim, _) = zego::start().await;
    sim.always(Selector::All, Fault::GatewayHtml);
    sim.always(Vendor::Zego, Fault::vendor_code(350_006_006, "not enabled"));
    sim.next("UpdatePlayer", Fault::vendor_code(350_010_000, "system error"));
    sim.next_n(2, Selector::All, Fault::vendor_code(350_006_002, "gateway"));
    for expected in [350_010_000, 350_006_002, 350_006_002, 350_006_006, 350_006_006] {
        assert_eq!(zego::update(&sim, body(1)).await.json()["Code"], expected);
    }
    sim.clear_faults();
    assert_eq!(zego::update(&sim, body(1)).await.json()["Code"], 0);
    let applied: Vec<_> = sim.requests().iter().map(|request| request.applied).collect();
    assert_eq!(applied, [false, false, false, false, false, true]);
    assert_eq!(sim.requests()[0].code.as_deref(), Some("350010000"));
}

#[tokio::test]
#[should_panic(expected = "no operation fits")]
async fn a_misspelt_operation_is_noticed() {
    let (sim, _) = zego::start().await;
    sim.next("UpdatePlayr", Fault::NonJson);
}

#[tokio::test]
async fn a_fault_meets_only_its_vendor_or_operation() {
    let (sim, _) = zego::start().await;
    sim.always(Vendor::Anyrtc, Fault::GatewayHtml);
    sim.always("Stop", Fault::GatewayHtml);
    assert_eq!(zego::update(&sim, body(1)).await.json()["Code"], 0);
}

#[tokio::test]
async fn refusals_change_nothing_unless_given_after_acting() {
    let (sim, _) = zego::start().await;
    for (sequence, fault, status) in [
        (1, Fault::status(503, "busy"), 503),
        (2, Fault::GatewayHtml, 502),
        (3, Fault::throttled(), 200),
        (4, Fault::vendor_code(350_010_000, "system error"), 200),
    ] {
        sim.next("UpdatePlayer", fault.clone());
        assert_eq!(zego::update(&sim, body(sequence)).await.status, status);
        assert_eq!(sim.player("player_1").unwrap()["SeekTo"], sequence - 1);
        sim.next("UpdatePlayer", fault.after_acting());
        assert_eq!(zego::update(&sim, body(sequence)).await.status, status);
        assert_eq!(sim.player("player_1").unwrap()["SeekTo"], sequence);
        assert!(sim.requests().last().unwrap().applied);
    }
}

#[tokio::test]
async fn throttling_speaks_each_vendors_language() {
    let (zego_sim, _) = zego::start().await;
    zego_sim.next(Vendor::Zego, Fault::throttled_for(7));
    let reply = zego::update(&zego_sim, body(1)).await;
    assert_eq!((&reply.json()["Code"], reply.header("retry-after")), (&json!(350_006_001), Some("7")));

    let (sim, _) = anyrtc::start().await;
    sim.next("Acquire", Fault::throttled());
    let reply = anyrtc::APP.acquire(&sim, "room", "1").await;
    assert_eq!((reply.status, reply.header("retry-after")), (429, None));
    sim.next("Acquire", Fault::vendor_code(62, "not enabled"));
    assert_eq!(anyrtc::refusal(&anyrtc::APP.acquire(&sim, "room", "1").await), (400, 62));

    let (sim, _) = polyv_vod::start().await;
    sim.next(Vendor::PolyvVod, Fault::vendor_code(105, "permission limited"));
    let reply = polyv_vod::update(&sim, demo::POLYV_VOD_APP_ID, &[("vid", demo::POLYV_VOD_VIDEO)]).await;
    assert_eq!((reply.status, &reply.json()["error"]["code"]), (403, &json!(105)));
}

#[tokio::test]
async fn a_dropped_connection_has_no_byte_of_an_answer() {
    let (sim, _) = zego::start().await;
    sim.next(Selector::All, Fault::DropBeforeActing);
    dropped(&sim).await;
    let request = sim.requests().pop().unwrap();
    assert_eq!((request.status, request.code, request.applied), (None, None, false));

    let (sim, _) = anyrtc::start().await;
    sim.next("Acquire", Fault::DropBeforeActing.after_acting());
    let target = format!("/v1/apps/{}/cloud_recording/acquire", demo::ANYRTC_APP_ID);
    let headers = [
        ("Content-Type", "application/json;charset=utf-8"),
        ("Authorization", "Basic Y3VzdG9tZXJJZDpjdXN0b21lclNlY3JldA=="),
    ];
    let request = r#"{"cname":"room","uid":"1"}"#;
    send(sim.base_url(Vendor::Anyrtc), "POST", &target, &headers, request).await.unwrap_err();
    let request = sim.requests().pop().unwrap();
    assert_eq!((request.status, request.applied), (None, true));
}

#[tokio::test]
async fn spoiled_replies_come_after_the_call_was_carried_out() {
    let (sim, _) = zego::start().await;
    let whole = zego::update(&sim, body(1)).await.body.len();
    for (sequence, fault) in [
        (2, Fault::DropMidReply),
        (3, Fault::TruncatedBody),
        (4, Fault::OversizedBody { mib: 3 }),
        (5, Fault::SlowDrip { bytes: 40, pause: Duration::from_millis(1) }),
        (6, Fault::NonJson),
        (7, Fault::WrongCharset),
        (8, Fault::EmptyBody),
        (9, Fault::Delay(Duration::from_millis(1))),
    ] {
        sim.next("UpdatePlayer", fault.clone());
        let reply = zego::update(&sim, body(sequence)).await;
        assert_eq!(sim.player("player_1").unwrap()["SeekTo"], sequence, "{fault:?}");
        assert_eq!(reply.status, 200, "{fault:?}");
        match fault {
            Fault::DropMidReply => {
                assert!(!reply.complete && reply.body.len() < whole && !reply.body.is_empty());
                assert_eq!(reply.header("content-length"), Some(whole.to_string().as_str()));
            }
            Fault::TruncatedBody => {
                assert!(reply.complete && serde_json::from_slice::<serde_json::Value>(&reply.body).is_err());
            }
            Fault::OversizedBody { .. } => {
                assert_eq!((reply.body.len(), reply.header("content-length")), (3 << 20, None));
                assert_eq!(reply.json()["Code"], 0);
            }
            Fault::NonJson => assert!(serde_json::from_slice::<serde_json::Value>(&reply.body).is_err()),
            Fault::WrongCharset => assert!(std::str::from_utf8(&reply.body).is_err()),
            Fault::EmptyBody => assert_eq!((reply.body.len(), reply.complete), (0, true)),
            _ => assert_eq!(reply.json()["Code"], 0),
        }
    }
}

#[tokio::test]
async fn a_client_that_hangs_up_does_not_stop_the_vendor() {
    let (sim, _) = anyrtc::start().await;
    let pause = Duration::from_millis(20);
    sim.next("Acquire", Fault::Delay(pause));
    let waiting = tokio::time::timeout(pause / 10, anyrtc::APP.acquire(&sim, "room", "1")).await;
    assert!(waiting.is_err());
    let acted = async {
        while !sim.requests().first().is_some_and(|request| request.applied) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), acted).await.unwrap();
    assert_eq!(sim.requests()[0].status, Some(200));
}

#[tokio::test]
async fn a_skewed_clock_judges_one_call() {
    let (sim, _) = zego::start().await;
    for (seconds, code, date) in [
        (601, 100_000_004, "Tue, 14 Nov 2023 22:23:21 GMT"),
        (-601, 100_000_004, "Tue, 14 Nov 2023 22:03:19 GMT"),
        (600, 0, "Tue, 14 Nov 2023 22:23:20 GMT"),
    ] {
        sim.next("UpdatePlayer", Fault::ClockSkew { seconds });
        let reply = zego::update(&sim, body(1)).await;
        assert_eq!((&reply.json()["Code"], reply.header("date")), (&json!(code), Some(date)));
        let reply = zego::update(&sim, body(2)).await;
        assert_eq!(reply.header("date"), Some("Tue, 14 Nov 2023 22:13:20 GMT"));
    }
}

#[tokio::test]
async fn a_clock_may_be_off_by_any_number_of_years() {
    let (sim, _) = zego::start().await;
    for seconds in [i64::MIN, -10_000_000_000, 1_000_000_000_000, i64::MAX] {
        sim.next("UpdatePlayer", Fault::ClockSkew { seconds });
        assert_eq!(zego::update(&sim, body(1)).await.status, 200);
        sim.set_clock_offset(Vendor::Zego, seconds);
        assert_eq!(zego::update(&sim, body(2)).await.status, 200);
        sim.set_clock_offset(Vendor::Zego, 0);
    }
}

/// Sends a request that asks for little, and says whether an answer began.
async fn strike(sim: &livecloud_sim::Simulator, vendor: Vendor) -> bool {
    let target = match vendor {
        Vendor::Zego => "/?Action=UpdatePlayer",
        Vendor::PolyvVod => "/v3/video/update-info",
        Vendor::PolyvLive => "/live/v3/channel/basic/update",
        Vendor::Anyrtc => "/v1/apps/x/cloud_recording/acquire",
    };
    send(sim.base_url(vendor), "POST", target, &[("Content-Type", "application/json")], "{}").await.is_ok()
}

#[tokio::test]
async fn every_fault_of_the_catalog_ends_at_every_vendor() {
    let sim = livecloud_sim::Simulator::start().await.unwrap();
    for (name, fault) in Fault::catalog() {
        for vendor in Vendor::ALL {
            sim.next(vendor, fault.clone());
            let answered = strike(&sim, vendor).await;
            assert_eq!(answered, !matches!(fault, Fault::DropBeforeActing | Fault::DropAfterActing), "{name}");
        }
    }
}

#[tokio::test]
async fn every_fault_of_the_catalog_acts_or_does_not_as_its_name_says() {
    let refuses =
        ["status", "vendor-code", "throttled", "throttled-for", "gateway-html", "drop-before-acting", "clock-skew"];
    for (name, fault) in Fault::catalog() {
        let (sim, _) = zego::start().await;
        sim.next("UpdatePlayer", fault);
        // A dropped connection is an error here.
        let _answered = zego::try_update(&sim, body(1)).await;
        assert_eq!(sim.requests()[0].applied, !refuses.contains(&name), "{name}");
    }
}

#[tokio::test]
async fn an_answer_that_did_not_come_in_time_leaves_a_recording_behind() {
    let (sim, _) = anyrtc::start().await;
    let resource_id = anyrtc::resource_id(&sim).await;
    sim.next("Start", Fault::vendor_code(65, "no answer in time").after_acting());
    let lost = anyrtc::APP.start(&sim, &resource_id, "mix", &anyrtc::mix()).await;
    assert_eq!(anyrtc::refusal(&lost), (206, 65));
    assert_eq!(sim.recordings().len(), 1);
    let again = anyrtc::APP.start(&sim, &resource_id, "mix", &anyrtc::mix()).await;
    assert_eq!(anyrtc::refusal(&again), (201, 7));
}

#[test]
fn the_readme_names_every_fault() {
    let readme = include_str!("../../README.md");
    let callback_faults = livecloud_sim::CallbackFault::catalog().into_iter().map(|(name, _)| name);
    for name in Fault::catalog().into_iter().map(|(name, _)| name).chain(callback_faults) {
        assert!(readme.contains(&format!("`{name}`")), "{name}");
    }
}
