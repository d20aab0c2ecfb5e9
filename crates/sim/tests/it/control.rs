//! The routes under `/__sim/`.

use livecloud_sim::{ManualClock, Simulator, Vendor, demo};
use serde_json::{Value, json};

use crate::{NOW_MILLIS, anyrtc, client::send, polyv_vod, receiver::Receiver, zego};

async fn ask(sim: &Simulator, vendor: Vendor, method: &str, path: &str, body: &str) -> (u16, Value) {
    let reply = send(sim.base_url(vendor), method, &format!("/__sim/{path}"), &[], body).await.unwrap();
    assert_eq!(reply.header("content-type"), Some("application/json"));
    (reply.status, reply.json())
}

async fn get(sim: &Simulator, vendor: Vendor, path: &str) -> Value {
    let (status, answer) = ask(sim, vendor, "GET", path, "").await;
    assert_eq!(status, 200, "{path}: {answer}");
    answer
}

async fn post(sim: &Simulator, vendor: Vendor, path: &str, body: Value) -> Value {
    let (status, answer) = ask(sim, vendor, "POST", path, &body.to_string()).await;
    assert_eq!(status, 200, "{path} {body}: {answer}");
    answer
}

async fn error(sim: &Simulator, vendor: Vendor, path: &str, body: &str) -> (u16, String) {
    let (status, answer) = ask(sim, vendor, "POST", path, body).await;
    (status, answer["error"].as_str().unwrap().to_owned())
}

async fn all() -> (Simulator, ManualClock) {
    let clock = ManualClock::at_unix_millis(NOW_MILLIS);
    (Simulator::builder().clock(clock.clone()).start().await.unwrap(), clock)
}

fn update(sequence: u64) -> Value {
    json!({"PlayerId": "player_1", "Sequence": sequence, "SeekTo": sequence})
}

#[tokio::test]
async fn the_log_can_be_read_and_does_not_show_its_readers() {
    let (sim, _) = all().await;
    zego::update(&sim, update(1)).await;
    polyv_vod::update(&sim, demo::POLYV_VOD_APP_ID, &[("vid", demo::POLYV_VOD_VIDEO), ("title", "标题")]).await;
    send(sim.base_url(Vendor::Anyrtc), "POST", "/nothing", &[], "{").await.unwrap();
    for vendor in Vendor::ALL {
        let log = get(&sim, vendor, "requests").await;
        assert_eq!(log.as_array().unwrap().len(), 3);
        let first = &log[0];
        assert_eq!((&first["vendor"], &first["operation"]), (&json!("zego-cloud-player"), &json!("UpdatePlayer")));
        assert_eq!((&first["status"], &first["code"], &first["applied"]), (&json!(200), &json!("0"), &json!(true)));
        assert_eq!(first["headers"]["content-type"], "application/json");
        assert_eq!(serde_json::from_str::<Value>(first["body"].as_str().unwrap()).unwrap(), update(1));
        assert!(first["query"].as_array().unwrap().contains(&json!(["Action", "UpdatePlayer"])));
        assert!(log[1]["form"].as_array().unwrap().contains(&json!(["title", "标题"])));
        assert_eq!((&log[2]["path"], &log[2]["operation"]), (&json!("/nothing"), &Value::Null));
    }
    assert_eq!(ask(&sim, Vendor::Zego, "DELETE", "requests", "").await, (200, json!({})));
    assert!(sim.requests().is_empty());
}

#[tokio::test]
async fn control_routes_know_no_quota_no_fault_and_no_signature() {
    let (sim, _) = zego::start().await;
    sim.always(livecloud_sim::Selector::All, livecloud_sim::Fault::DropBeforeActing);
    for _ in 0..50 {
        get(&sim, Vendor::Zego, "state").await;
    }
    sim.clear_faults();
    for sequence in 1..=20 {
        assert_eq!(zego::update(&sim, update(sequence)).await.json()["Code"], 0);
    }
}

#[tokio::test]
async fn faults_are_scripted() {
    let (sim, _) = zego::start().await;
    let script = async |body: Value| post(&sim, Vendor::Zego, "faults", body).await;
    let status = async || zego::update(&sim, update(1)).await.status;
    script(json!({"fault": "status", "status": 418, "body": {"a": 1}, "operation": "UpdatePlayer"})).await;
    script(json!({"fault": "gateway-html", "times": 2})).await;
    script(json!({"fault": "status", "status": 419, "always": true, "all": true})).await;
    script(json!({"fault": "status", "status": 420, "vendor": "anyrtc"})).await;
    let first = zego::update(&sim, update(1)).await;
    assert_eq!((first.status, first.json()), (418, json!({"a": 1})));
    assert_eq!([status().await, status().await, status().await, status().await], [502, 502, 419, 419]);
    script(json!({"clear": true})).await;
    assert_eq!(status().await, 200);
    script(json!({"fault": "gateway-html"})).await;
    ask(&sim, Vendor::Zego, "DELETE", "faults", "").await;
    assert_eq!(status().await, 200);

    let catalog = get(&sim, Vendor::Zego, "faults").await;
    assert!(catalog["faults"].as_array().unwrap().contains(&json!("drop-after-acting")));
    assert_eq!(catalog["callback_faults"].as_array().unwrap().len(), 4);
    for (body, said) in [
        (json!({"fault": "status", "operation": "UpdatePlayr"}), "no operation fits"),
        (json!({"fault": "statuz"}), "no fault is called \"statuz\"; there are status, "),
        (json!({"fault": "status", "time": 3}), "nothing is called \"time\" here"),
        (json!({"fault": "status", "times": 3, "always": true}), "exclude each other"),
        (json!({"fault": "status", "operation": "Stop", "all": true}), "exclude each other"),
        (json!({"fault": "status", "vendor": "zegoo"}), "no vendor is called \"zegoo\""),
        (json!({"operation": "Stop"}), "\"fault\" is missing"),
    ] {
        let (status, message) = error(&sim, Vendor::Zego, "faults", &body.to_string()).await;
        assert!(status == 400 && message.contains(said), "{body}: {message}");
    }
    assert_eq!(status().await, 200);
}

#[tokio::test]
async fn clocks_are_set_and_moved() {
    let (sim, _) = zego::start().await;
    let time = get(&sim, Vendor::Zego, "clock").await;
    assert_eq!(time, json!({"vendor": "zego-cloud-player", "unix_ms": NOW_MILLIS, "elapsed_ms": 0}));
    let time = post(&sim, Vendor::Zego, "clock", json!({"advance_ms": 601_000})).await;
    assert_eq!((&time["unix_ms"], &time["elapsed_ms"]), (&json!(NOW_MILLIS + 601_000), &json!(601_000)));
    assert_eq!(zego::update(&sim, update(1)).await.json()["Code"], 100_000_004);
    post(&sim, Vendor::Zego, "clock", json!({"offset_seconds": -601})).await;
    assert_eq!(zego::update(&sim, update(1)).await.json()["Code"], 0);

    let sim = Simulator::builder().only(Vendor::Zego).start().await.unwrap();
    let (status, message) = error(&sim, Vendor::Zego, "clock", r#"{"advance_ms": 1}"#).await;
    assert!(status == 409 && message.contains("goes by itself"), "{message}");
}

#[tokio::test]
async fn callbacks_are_fired_and_spoiled() {
    let (sim, _) = all().await;
    let receiver = Receiver::start(&[]).await;
    let (status, message) = error(&sim, Vendor::Zego, "callback", r#"{"event": "player_status_changed"}"#).await;
    assert!(status == 409 && message.contains("no callback URL"), "{message}");
    assert_eq!(error(&sim, Vendor::Zego, "callback-url", r#"{"url": "http://192.0.2.1/"}"#).await.0, 400);

    let set = post(&sim, Vendor::Zego, "callback-url", json!({"url": receiver.url})).await;
    assert_eq!(set, json!({"vendor": "zego-cloud-player", "url": receiver.url}));
    assert_eq!(get(&sim, Vendor::Zego, "callback-url").await, set);
    let fire = json!({"event": "player_status_changed", "fields": {"PlayerId": "p"}, "fault": "duplicate"});
    let delivered = post(&sim, Vendor::Zego, "callback", fire).await;
    assert_eq!(delivered, json!({"attempts": 1, "status": 200, "accepted": true}));
    post(&sim, Vendor::Zego, "callback-faults", json!({"fault": "late", "seconds": 5})).await;
    zego::update(&sim, json!({"PlayerId": "player_1", "Sequence": 1, "IsPause": 1})).await;
    let requests = receiver.wait_for(3).await;
    assert_eq!(requests[1].json()["PlayerId"], "p");
    assert_eq!(requests[2].json()["EventTime"], NOW_MILLIS - 5000);
    // The record is kept once the reply is in.
    while sim.deliveries().len() < 3 {
        tokio::task::yield_now().await;
    }
    let deliveries = get(&sim, Vendor::Zego, "deliveries").await;
    assert_eq!(deliveries[2]["body"], requests[2].body);
    assert_eq!(
        (&deliveries[0]["event"], &deliveries[0]["url"]),
        (&json!("player_status_changed"), &json!(receiver.url))
    );

    // Another vendor's, over this port.
    post(&sim, Vendor::Zego, "callback-url", json!({"vendor": "polyv-live", "url": receiver.url})).await;
    post(&sim, Vendor::Zego, "callback", json!({"vendor": "polyv-live", "event": "live_status"})).await;
    assert_eq!(receiver.requests()[3].query("status"), "live");
    for body in [json!({"event": "x"}), json!({"event": "player_status_changed", "fault": "x"}), json!({})] {
        assert_eq!(error(&sim, Vendor::Zego, "callback", &body.to_string()).await.0, 400);
    }
    let (_, unset) = ask(&sim, Vendor::Zego, "DELETE", "callback-url", "").await;
    assert_eq!(unset["url"], Value::Null);
}

#[tokio::test]
async fn the_state_is_shown_and_set() {
    let (sim, _) = all().await;
    zego::update(&sim, update(7)).await;
    let recording = anyrtc::Rec::start(&sim, "mix", &anyrtc::mix()).await;
    let state = get(&sim, Vendor::Zego, "state").await;
    assert_eq!(state["players"]["player_1"]["SeekTo"], 7);
    assert_eq!(state["recordings"][0]["sid"], recording.sid.as_str());
    for (path, expected) in [
        ("state/player/player_1", sim.player("player_1").unwrap()),
        (&format!("state/video/{}", demo::POLYV_VOD_VIDEO), sim.video(demo::POLYV_VOD_VIDEO).unwrap()),
        ("state/channel/2191541", sim.channel("2191541").unwrap()),
        ("state/role/2191541/0052191541", sim.role("2191541", "0052191541").unwrap()),
        ("state/recordings", sim.recordings().into()),
    ] {
        assert_eq!(get(&sim, Vendor::Anyrtc, path).await, expected, "{path}");
    }
    for path in ["state/player/nobody", "state/nothing", "requestz", "", "reset"] {
        assert_eq!(ask(&sim, Vendor::Zego, "GET", path, "").await.0, 404, "{path}");
    }

    post(&sim, Vendor::Anyrtc, "uploading-status", json!({"status": "backuped"})).await;
    assert_eq!(recording.stop(&sim).await.status, 206);
    post(&sim, Vendor::Anyrtc, "publishers", json!({"cname": anyrtc::ROOM, "count": 0})).await;
    let recording = anyrtc::Rec::start(&sim, "mix", &anyrtc::mix()).await;
    assert_eq!(anyrtc::refusal(&recording.stop(&sim).await), (206, 435));
    assert_eq!(error(&sim, Vendor::Anyrtc, "publishers", r#"{"cname": "x", "count": -1}"#).await.0, 400);
    assert_eq!(error(&sim, Vendor::Anyrtc, "publishers", r#"{"cname": "x"}"#).await.0, 400);
    assert_eq!(error(&sim, Vendor::Anyrtc, "publishers", "[]").await.0, 400);
    assert_eq!(error(&sim, Vendor::Anyrtc, "publishers", "{").await.0, 400);
}

#[tokio::test]
async fn a_reset_goes_back_to_the_start() {
    let (sim, _) = all().await;
    let fresh = get(&sim, Vendor::Zego, "state").await;
    for sequence in 1..=20 {
        zego::update(&sim, update(sequence)).await;
    }
    sim.set_callback_url(Vendor::Zego, "http://127.0.0.1:9/").unwrap();
    sim.set_clock_offset(Vendor::Zego, 3600);
    sim.always(Vendor::Zego, livecloud_sim::Fault::GatewayHtml);
    sim.next_callback(Vendor::Zego, livecloud_sim::CallbackFault::Forged);
    anyrtc::Rec::start(&sim, "mix", &anyrtc::mix()).await;

    post(&sim, Vendor::Zego, "reset", json!({})).await;
    assert_eq!(get(&sim, Vendor::Zego, "state").await, fresh);
    assert!(sim.requests().is_empty() && sim.deliveries().is_empty());
    assert_eq!(get(&sim, Vendor::Zego, "callback-url").await["url"], Value::Null);
    for sequence in 1..=20 {
        let reply = zego::update(&sim, update(sequence)).await;
        assert_eq!((reply.status, &reply.json()["Code"]), (200, &json!(0)));
    }
}

#[tokio::test]
async fn web_pages_are_not_served() {
    let (sim, _) = zego::start().await;
    let headers = [("Origin", "http://example.com"), ("Content-Type", "text/plain")];
    let reply = send(sim.base_url(Vendor::Zego), "POST", "/__sim/reset", &headers, "{}").await.unwrap();
    assert_eq!(reply.status, 403);
}

#[tokio::test]
async fn a_name_of_somebody_elses_that_leads_here_is_not_served() {
    let (sim, _) = zego::start().await;
    for (host, status) in
        [("evil.example", 403), ("127.0.0.1.evil.example:80", 403), ("localhost:1", 200), ("[::1]", 200)]
    {
        let base_url = sim.base_url(Vendor::Zego);
        let reply = send(base_url, "GET", "/__sim/requests", &[("Host", host)], "").await.unwrap();
        assert_eq!(reply.status, status, "{host}");
    }
}

#[tokio::test]
async fn a_clock_offset_beyond_all_reason_is_refused() {
    let (sim, _) = zego::start().await;
    let body = r#"{"offset_seconds": 9223372036854775807}"#;
    let reply = send(sim.base_url(Vendor::Zego), "POST", "/__sim/clock", &[], body).await.unwrap();
    assert_eq!(reply.status, 400);
}
