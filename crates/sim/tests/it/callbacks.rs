//! Callbacks: signatures, retries, faults, and what sets them off.

use std::{io, time::Duration};

use hmac::{Hmac, KeyInit as _, Mac as _};
use livecloud_sim::{Callback, CallbackFault, Fault, ManualClock, Simulator, Vendor, demo};
use md5::Md5;
use serde_json::{Value, json};
use sha1::{Digest as _, Sha1};

use crate::{
    NOW_MILLIS, anyrtc,
    receiver::{Receiver, Request},
    zego,
};

async fn start() -> (Simulator, ManualClock) {
    let clock = ManualClock::at_unix_millis(NOW_MILLIS);
    (Simulator::builder().clock(clock.clone()).start().await.unwrap(), clock)
}

fn md5(text: String) -> String {
    hex::encode(Md5::digest(text))
}

/// Whether ZEGO signed it, and the second it was signed at.
fn zego_signed(request: &Request) -> (bool, u64) {
    let body = request.json();
    let text = |name: &str| body[name].as_str().unwrap().to_owned();
    let mut texts = [demo::ZEGO_CALLBACK_SECRET.to_owned(), text("Timestamp"), text("Nonce")];
    texts.sort();
    let expected = hex::encode(Sha1::digest(texts.concat()));
    (text("Signature") == expected, text("Timestamp").parse().unwrap())
}

fn anyrtc_signed(request: &Request) -> bool {
    let mac = Hmac::<Sha1>::new_from_slice(demo::ANYRTC_CALLBACK_SECRET.as_bytes()).unwrap();
    let expected = hex::encode(mac.chain_update(&request.body).finalize().into_bytes());
    request.header("Ar-Signature") == expected
}

fn anyrtc_event(request: &Request) -> (i64, Value, Value) {
    let body = request.json();
    let details = serde_json::from_str(body["payload"]["details"].as_str().unwrap()).unwrap();
    (body["eventType"].as_i64().unwrap(), body["payload"].clone(), details)
}

fn events(requests: &[Request]) -> Vec<i64> {
    requests.iter().map(|request| anyrtc_event(request).0).collect()
}

#[tokio::test]
async fn every_event_of_every_vendor_arrives_and_verifies() {
    let (sim, _) = start().await;
    let receiver = Receiver::start(&[]).await;
    for (vendor, event) in [
        (Vendor::Zego, "player_status_changed"),
        (Vendor::Zego, "player_destroyed"),
        (Vendor::Zego, "file_uploaded"),
        (Vendor::PolyvVod, "upload"),
        (Vendor::PolyvVod, "pass"),
        (Vendor::PolyvVod, "nopass"),
        (Vendor::PolyvLive, "live_status"),
        (Vendor::Anyrtc, "recorder_started"),
        (Vendor::Anyrtc, "recorder_leave"),
        (Vendor::Anyrtc, "uploaded"),
        (Vendor::Anyrtc, "backuped"),
    ] {
        sim.set_callback_url(vendor, &receiver.url).unwrap();
        let delivered = sim.callback(vendor, event).await.unwrap();
        assert_eq!((delivered.attempts, delivered.status, delivered.accepted), (1, Some(200), true), "{event}");
        let request = receiver.requests().pop().unwrap();
        assert!(request.target.starts_with("/hook?token=1"), "{}", request.target);
        let verifies = match vendor {
            Vendor::Zego => zego_signed(&request) == (true, NOW_MILLIS / 1000),
            Vendor::Anyrtc => anyrtc_signed(&request),
            Vendor::PolyvLive => {
                let signed = format!("{}{NOW_MILLIS}", demo::POLYV_LIVE_APP_SECRET);
                request.query("sign") == md5(signed) && request.query("timestamp") == NOW_MILLIS.to_string()
            }
            Vendor::PolyvVod => {
                let kind = if event == "upload" { "upload".to_owned() } else { format!("manage{event}") };
                let signed = format!("{kind}{}{}", demo::POLYV_VOD_VIDEO, demo::POLYV_VOD_SECRET_KEY);
                request.query("sign") == md5(signed) && request.query("type") == event
            }
        };
        assert!(verifies, "{event}: {request:?}");
        let by_get = matches!(vendor, Vendor::PolyvVod | Vendor::PolyvLive);
        assert_eq!(request.method, if by_get { "GET" } else { "POST" });
        assert_eq!(request.body.is_empty(), by_get);
    }
    let deliveries = sim.deliveries();
    assert_eq!(deliveries.len(), 11);
    assert!(deliveries.iter().all(|delivery| delivery.accepted && delivery.url.starts_with(&receiver.url)));
    assert!(sim.requests().is_empty());
}

#[tokio::test]
async fn fields_of_a_sample_can_be_replaced() {
    let (sim, _) = start().await;
    let receiver = Receiver::start(&[]).await;
    for vendor in Vendor::ALL {
        sim.set_callback_url(vendor, &receiver.url).unwrap();
    }
    let paused = Callback::new("player_status_changed").field("PlayerId", "p").field("Detail", json!({"Status": 5}));
    sim.callback(Vendor::Zego, paused).await.unwrap();
    let ended = Callback::new("live_status").field("status", "end").field("endTime", NOW_MILLIS).field("sign", "x");
    sim.callback(Vendor::PolyvLive, ended).await.unwrap();
    sim.callback(Vendor::PolyvVod, Callback::new("upload").field("type", "invalidVideo")).await.unwrap();
    sim.callback(Vendor::Anyrtc, Callback::new("uploaded").field("details", json!({"status": 1}))).await.unwrap();
    let requests = receiver.requests();
    let body = requests[0].json();
    assert_eq!(
        (&body["AppID"], &body["EventType"], &body["EventTime"]),
        (&json!(12345), &json!(3), &json!(NOW_MILLIS))
    );
    assert_eq!((&body["PlayerId"], &body["Detail"]), (&json!("p"), &json!({"Status": 5, "PlayIndex": 0})));
    assert_eq!((requests[1].query("status"), requests[1].query("endTime")), ("end".to_owned(), NOW_MILLIS.to_string()));
    assert_eq!(requests[1].query("sign").len(), 32);
    assert_eq!(requests[2].query("type"), "invalidVideo");
    let (_, _, details) = anyrtc_event(&requests[3]);
    assert_eq!((&details["status"], &details["msgName"]), (&json!(1), &json!("uploaded")));
}

#[tokio::test]
async fn a_players_pause_is_told_and_nothing_else() {
    let (sim, _) = zego::start().await;
    let receiver = Receiver::start(&[]).await;
    sim.set_callback_url(Vendor::Zego, &receiver.url).unwrap();
    let update = |sequence: u64, more: Value| {
        let mut body = json!({"PlayerId": "player_1", "Sequence": sequence});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    for body in [
        update(1, json!({"IsPause": 1})),
        update(2, json!({"IsPause": 1})),
        update(2, json!({"IsPause": 0})),
        update(3, json!({"SeekTo": 3})),
        update(4, json!({"IsPause": 0})),
    ] {
        assert_eq!(zego::update(&sim, body).await.json()["Code"], 0);
    }
    sim.next("UpdatePlayer", Fault::GatewayHtml);
    zego::update(&sim, update(5, json!({"IsPause": 1}))).await;
    sim.next("UpdatePlayer", Fault::GatewayHtml.after_acting());
    zego::update(&sim, update(6, json!({"IsPause": 1}))).await;
    let requests = receiver.wait_for(3).await;
    let statuses: Vec<_> = requests.iter().map(|request| request.json()["Detail"]["Status"].clone()).collect();
    assert_eq!(statuses, [5, 4, 5]);
    for request in &requests {
        assert_eq!(zego_signed(request), (true, NOW_MILLIS / 1000));
        let body = request.json();
        assert_eq!((&body["PlayerId"], &body["EventType"]), (&json!("player_1"), &json!(3)));
    }
    assert_ne!(requests[0].json()["Nonce"], requests[1].json()["Nonce"]);

    sim.clear_callback_url(Vendor::Zego);
    zego::update(&sim, update(7, json!({"IsPause": 0}))).await;
    sim.set_callback_url(Vendor::Zego, &receiver.url).unwrap();
    sim.callback(Vendor::Zego, "player_status_changed").await.unwrap();
    assert_eq!(receiver.requests().len(), 4);
}

#[tokio::test]
async fn a_recording_tells_its_start_and_its_end() {
    let (sim, _) = anyrtc::start_uncounted().await;
    let receiver = Receiver::start(&[]).await;
    sim.set_callback_url(Vendor::Anyrtc, &receiver.url).unwrap();
    let recording = anyrtc::Rec::start(&sim, "mix", &anyrtc::mix()).await;
    assert_eq!(recording.stop(&sim).await.status, 200);
    let requests = receiver.wait_for(3).await;
    assert_eq!(events(&requests), [40, 41, 31]);
    for (sequence, request) in (0..).zip(&requests) {
        assert!(anyrtc_signed(request));
        let body = request.json();
        assert_eq!((&body["productId"], &body["notifyMs"]), (&json!(3), &json!(NOW_MILLIS)));
        let payload = &body["payload"];
        assert_eq!((&payload["sid"], &payload["sequence"]), (&json!(recording.sid), &json!(sequence)));
        assert_eq!((&payload["cname"], &payload["uid"]), (&json!(anyrtc::ROOM), &json!(anyrtc::UID)));
    }
    let ids: std::collections::BTreeSet<_> =
        requests.iter().map(|request| request.json()["noticeID"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids.len(), 3);
    let (_, _, details) = anyrtc_event(&requests[2]);
    let name = format!("{}_{}.m3u8", recording.sid, anyrtc::ROOM);
    assert_eq!((&details["fileList"][0]["filename"], &details["status"]), (&json!(name), &json!(0)));

    // Nothing recorded, nothing uploaded; and a backup has an event of its own.
    sim.set_publishers(anyrtc::ROOM, 0);
    let recording = anyrtc::Rec::start(&sim, "mix", &anyrtc::mix()).await;
    recording.stop(&sim).await;
    sim.set_publishers(anyrtc::ROOM, 1);
    sim.set_uploading_status("backuped");
    let recording = anyrtc::Rec::start(&sim, "individual", &anyrtc::individual()).await;
    recording.stop(&sim).await;
    let requests = receiver.wait_for(8).await;
    assert_eq!(events(&requests)[3..], [40, 41, 40, 41, 32]);
    let (_, _, details) = anyrtc_event(&requests[7]);
    assert_eq!(details["fileList"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn zego_repeats_at_once_and_at_most_twice() {
    let (sim, _) = start().await;
    let receiver = Receiver::start(&[500, 404, 503, 302, 204]).await;
    sim.set_callback_url(Vendor::Zego, &receiver.url).unwrap();
    let delivered = sim.callback(Vendor::Zego, "player_status_changed").await.unwrap();
    assert_eq!((delivered.attempts, delivered.status, delivered.accepted), (3, Some(503), false));
    let delivered = sim.callback(Vendor::Zego, "player_status_changed").await.unwrap();
    assert_eq!((delivered.attempts, delivered.status, delivered.accepted), (2, Some(204), true));
    let requests = receiver.requests();
    assert!(requests.iter().all(|request| zego_signed(request).0));
    assert_ne!(requests[0].json()["Nonce"], requests[1].json()["Nonce"]);
}

#[tokio::test]
async fn anyrtc_repeats_after_ten_seconds_of_its_clock() {
    let (sim, clock) = start().await;
    let receiver = Receiver::start(&[500, 500]).await;
    sim.set_callback_url(Vendor::Anyrtc, &receiver.url).unwrap();
    let ten_seconds_twice = async {
        for attempts in 1..=2 {
            while sim.deliveries().len() < attempts {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            clock.advance(Duration::from_millis(9_999));
            tokio::time::sleep(Duration::from_millis(20)).await;
            assert_eq!(receiver.requests().len(), attempts);
            clock.advance(Duration::from_millis(1));
        }
    };
    let (delivered, ()) = tokio::join!(sim.callback(Vendor::Anyrtc, "uploaded"), ten_seconds_twice);
    let delivered = delivered.unwrap();
    assert_eq!((delivered.attempts, delivered.accepted), (3, true));
    let bodies: Vec<_> = receiver.requests().iter().map(Request::json).collect();
    assert_eq!(bodies[0]["noticeID"], bodies[2]["noticeID"]);
    assert_eq!(bodies[2]["notifyMs"], NOW_MILLIS + 20_000);
    assert_eq!(bodies[2]["payload"]["sendts"], NOW_MILLIS);
}

#[tokio::test]
async fn a_failed_notice_does_not_hold_up_the_next() {
    let (sim, clock) = anyrtc::start_uncounted().await;
    let receiver = Receiver::start(&[500]).await;
    sim.set_callback_url(Vendor::Anyrtc, &receiver.url).unwrap();
    let recording = anyrtc::Rec::start(&sim, "mix", &anyrtc::mix()).await;
    recording.stop(&sim).await;
    assert_eq!(events(&receiver.wait_for(3).await), [40, 41, 31]);
    clock.advance(Duration::from_secs(10));
    assert_eq!(events(&receiver.wait_for(4).await), [40, 41, 31, 40]);
}

#[tokio::test]
async fn polyv_does_not_repeat() {
    let (sim, _) = start().await;
    let receiver = Receiver::start(&[204, 500]).await;
    for vendor in [Vendor::PolyvLive, Vendor::PolyvVod] {
        sim.set_callback_url(vendor, &receiver.url).unwrap();
        let event = if vendor == Vendor::PolyvLive { "live_status" } else { "upload" };
        let delivered = sim.callback(vendor, event).await.unwrap();
        assert_eq!((delivered.attempts, delivered.accepted), (1, false));
    }
    assert_eq!(receiver.requests().len(), 2);
}

#[tokio::test]
async fn duplicates_are_the_same_to_the_byte() {
    let (sim, _) = start().await;
    let receiver = Receiver::start(&[]).await;
    sim.set_callback_url(Vendor::Zego, &receiver.url).unwrap();
    let twice = Callback::new("player_status_changed").fault(CallbackFault::Duplicate);
    assert_eq!(sim.callback(Vendor::Zego, twice).await.unwrap().attempts, 1);
    let requests = receiver.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0], requests[1]);
    assert!(zego_signed(&requests[0]).0);
}

#[tokio::test]
async fn a_held_back_callback_comes_after_the_next() {
    let (sim, _) = anyrtc::start_uncounted().await;
    let receiver = Receiver::start(&[]).await;
    sim.set_callback_url(Vendor::Anyrtc, &receiver.url).unwrap();
    sim.next_callback(Vendor::Anyrtc, CallbackFault::Reordered);
    let recording = anyrtc::Rec::start(&sim, "mix", &anyrtc::mix()).await;
    recording.stop(&sim).await;
    let requests = receiver.wait_for(3).await;
    assert_eq!(events(&requests), [41, 40, 31]);
    let sequences: Vec<_> = requests.iter().map(|request| anyrtc_event(request).1["sequence"].clone()).collect();
    assert_eq!(sequences, [1, 0, 2]);

    let held = Callback::new("uploaded").fault(CallbackFault::Reordered);
    let delivered = sim.callback(Vendor::Anyrtc, held).await.unwrap();
    assert_eq!((delivered.attempts, delivered.status, delivered.accepted), (0, None, false));
    assert_eq!(receiver.requests().len(), 3);
    sim.callback(Vendor::Anyrtc, "recorder_started").await.unwrap();
    assert_eq!(events(&receiver.requests())[3..], [40, 31]);
}

#[tokio::test]
async fn a_late_callback_is_old_in_all_it_says() {
    let (sim, _) = start().await;
    let receiver = Receiver::start(&[]).await;
    let age = Duration::from_secs(3600);
    for (vendor, event) in
        [(Vendor::Zego, "player_status_changed"), (Vendor::PolyvLive, "live_status"), (Vendor::Anyrtc, "uploaded")]
    {
        sim.set_callback_url(vendor, &receiver.url).unwrap();
        sim.next_callback(vendor, CallbackFault::Late(age));
        sim.callback(vendor, event).await.unwrap();
    }
    let requests = receiver.requests();
    let then = NOW_MILLIS - 3_600_000;
    assert_eq!(zego_signed(&requests[0]), (true, then / 1000));
    assert_eq!(requests[0].json()["EventTime"], then);
    assert_eq!(requests[1].query("timestamp"), then.to_string());
    assert_eq!(requests[1].query("sign"), md5(format!("{}{then}", demo::POLYV_LIVE_APP_SECRET)));
    assert!(anyrtc_signed(&requests[2]));
    assert_eq!(requests[2].json()["notifyMs"], then);
    // A fault is used once.
    sim.callback(Vendor::Zego, "player_status_changed").await.unwrap();
    assert_eq!(zego_signed(&receiver.requests()[3]), (true, NOW_MILLIS / 1000));
}

#[tokio::test]
async fn a_forged_callback_has_a_signature_of_the_right_form() {
    let (sim, _) = start().await;
    let receiver = Receiver::start(&[401, 401, 401, 401]).await;
    for vendor in Vendor::ALL {
        sim.set_callback_url(vendor, &receiver.url).unwrap();
        let event = match vendor {
            Vendor::Zego => "player_status_changed",
            Vendor::PolyvVod => "upload",
            Vendor::PolyvLive => "live_status",
            Vendor::Anyrtc => "uploaded",
        };
        let delivered = sim.callback(vendor, Callback::new(event).fault(CallbackFault::Forged)).await.unwrap();
        assert_eq!((delivered.attempts, delivered.status), (1, Some(401)));
    }
    let requests = receiver.requests();
    assert_eq!(requests.len(), 4);
    assert!(!zego_signed(&requests[0]).0);
    assert_eq!(requests[0].json()["Signature"].as_str().unwrap().len(), 40);
    let genuine = md5(format!("upload{}{}", demo::POLYV_VOD_VIDEO, demo::POLYV_VOD_SECRET_KEY));
    assert!(requests[1].query("sign") != genuine && requests[1].query("sign").len() == 32);
    let genuine = md5(format!("{}{NOW_MILLIS}", demo::POLYV_LIVE_APP_SECRET));
    assert!(requests[2].query("sign") != genuine && requests[2].query("sign").len() == 32);
    assert!(!anyrtc_signed(&requests[3]) && requests[3].header("ar-signature").len() == 40);
}

#[tokio::test]
async fn secrets_and_clocks_can_be_replaced() {
    let clock = ManualClock::at_unix_millis(NOW_MILLIS);
    let builder = Simulator::builder().clock(clock).zego_callback_secret("z").polyv_vod_secret_key("v");
    let sim = builder.anyrtc_callback_secret("a").start().await.unwrap();
    let receiver = Receiver::start(&[]).await;
    for (vendor, event) in
        [(Vendor::Zego, "player_status_changed"), (Vendor::PolyvVod, "upload"), (Vendor::Anyrtc, "uploaded")]
    {
        sim.set_callback_url(vendor, &receiver.url).unwrap();
        sim.set_clock_offset(vendor, 60);
        sim.callback(vendor, event).await.unwrap();
    }
    let requests = receiver.requests();
    assert_eq!(zego_signed(&requests[0]), (false, NOW_MILLIS / 1000 + 60));
    assert_eq!(requests[1].query("sign"), md5(format!("upload{}v", demo::POLYV_VOD_VIDEO)));
    assert!(!anyrtc_signed(&requests[2]));
}

#[tokio::test]
async fn what_cannot_be_sent_is_an_error_and_a_deaf_receiver_is_not() {
    let (sim, _) = start().await;
    let kind = |result: io::Result<_>| result.map(|_: livecloud_sim::Delivered| ()).unwrap_err().kind();
    assert_eq!(kind(sim.callback(Vendor::Zego, "player_status_changed").await), io::ErrorKind::NotConnected);
    let error = sim.set_callback_url(Vendor::Zego, "http://example.com/hook").unwrap_err();
    assert!(error.to_string().contains("not a loopback host"), "{error}");
    assert!(sim.set_callback_url(Vendor::Zego, "http://127.0.0.1:1/hook#part").is_err());

    let gone = Receiver::start(&[]).await.url.clone();
    sim.set_callback_url(Vendor::Zego, &gone).unwrap();
    let error = sim.callback(Vendor::Zego, "player_exploded").await.unwrap_err();
    assert!(error.to_string().contains("player_status_changed"), "{error}");
    while tokio::net::TcpStream::connect(gone.split('/').nth(2).unwrap()).await.is_ok() {
        tokio::task::yield_now().await;
    }
    let delivered = sim.callback(Vendor::Zego, "player_status_changed").await.unwrap();
    assert_eq!((delivered.attempts, delivered.status, delivered.accepted), (3, None, false));
}
