use livecloud_sim::{Fault, Vendor, demo as world};
use serde_json::{Value, json};

use super::{demo, done, run, simulator};

#[tokio::test(flavor = "multi_thread")]
async fn raw_calls_are_signed_and_opened_for_every_vendor() {
    let sim = simulator().await;
    let json = r#"{"PlayerId":"player_1","Sequence":3,"AudioOptions":{"Volume":7}}"#;
    let zego = ["POST", "/", "--query", "Action=UpdatePlayer", "--json", json];
    let vod = ["post", "/v3/video/update-info", "--form", "title=a=b & 片", "--form"];
    let vid = format!("vid={}", world::POLYV_VOD_VIDEO);
    let vod = [&vod[..], &[&vid, "--profile", "v3"]].concat();
    let live = ["POST", "/live/v3/channel/basic/update", "--query", "channelId=2191569"];
    let live = [&live[..], &["--json", r#"{"basicSetting":{"likes":5}}"#, "--profile", "api"]].concat();
    let path = format!("/v1/apps/{}/cloud_recording/acquire", world::ANYRTC_APP_ID);
    let anyrtc = ["POST", &path, "--json", r#"{"cname":"c","uid":"1","clientRequest":{}}"#, "--idempotent"];
    for (name, vendor, arguments) in [
        ("zego-cloud-player", Vendor::Zego, &zego[..]),
        ("polyv-vod", Vendor::PolyvVod, &vod),
        ("polyv-live", Vendor::PolyvLive, &live),
        ("anyrtc-recording", Vendor::Anyrtc, &anyrtc),
    ] {
        let mut command = demo(&["raw", name, "--base-url", sim.base_url(vendor)]);
        command.args(arguments);
        let answer = done(command).json();
        assert_eq!(answer["attempts"], 1, "{name}");
        assert_eq!(answer["output"]["resourceId"].is_string(), vendor == Vendor::Anyrtc, "{answer}");
    }
    assert_eq!(sim.player(world::ZEGO_PLAYER).unwrap()["AudioOptions"]["Volume"], 7);
    assert_eq!(sim.video(world::POLYV_VOD_VIDEO).unwrap()["title"], "a=b & 片");
    assert_eq!(sim.channel("2191569").unwrap()["basicSetting"]["likes"], 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn raw_calls_choose_the_signature_and_envelope_that_a_path_has() {
    let sim = simulator().await;
    let user = world::POLYV_VOD_USER_ID;
    let categories = format!("/v2/video/{user}/cataJson");
    let search = ["raw", "polyv-vod", "GET", "/v2/video/search-videos", "--profile", "v2", "--query", "page=1"];
    let listing = ["raw", "polyv-vod", "POST", &categories, "--profile", "v2-cataJson", "--form", "cataid=1"];
    let status = ["raw", "polyv-live", "GET", "/live_status/query", "--profile", "live-status", "--query", "stream=x"];
    let answer = |call: &[&str], vendor| {
        let mut command = demo(call);
        command.args(["--base-url", sim.base_url(vendor), "--idempotent"]);
        done(command).json()["output"].clone()
    };
    let userid = format!("userid={user}");
    assert!(answer(&[&search[..], &["--query", &userid]].concat(), Vendor::PolyvVod)["contents"].is_array());
    assert!(answer(&listing, Vendor::PolyvVod).is_array());
    assert_eq!(answer(&status, Vendor::PolyvLive), "end");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_repeated_only_where_a_repeat_does_no_harm() {
    let sim = simulator().await;
    let call = |flags: &[&str]| {
        let mut command = demo(&["raw", "zego-cloud-player", "POST", "/", "--query", "Action=UpdatePlayer"]);
        command.args(["--json", r#"{"PlayerId":"player_1","Sequence":3}"#, "--base-url", sim.base_url(Vendor::Zego)]);
        command.args(flags);
        sim.next("UpdatePlayer", Fault::DropAfterActing);
        run(command)
    };
    let ended = call(&[]);
    assert_eq!(ended.code, 6, "{ended:?}");
    assert!(ended.line().starts_with("livecloud: zego-cloud-player RawCall: "), "{ended:?}");
    let ended = call(&["--idempotent"]);
    assert_eq!((ended.code, &ended.json()["attempts"]), (0, &json!(2)));
}

#[test]
fn a_raw_dry_run_shows_what_would_be_sent() {
    let arguments = ["raw", "polyv-vod", "GET", "/v3/x", "--query", "q=a b", "--query", "token=t", "--dry-run"];
    let mut command = demo(&arguments);
    command.args(["--at", "1"]);
    let request = done(command).json();
    assert_eq!((&request["method"], &request["body"]), (&json!("GET"), &Value::Null));
    assert_eq!(
        request["url"],
        "https://api.polyv.net/v3/x?q=a%20b&token=[redacted]&appId=demoAppId9&timestamp=1&sign=[redacted]"
    );
}

#[test]
fn a_parameter_that_would_be_dropped_is_refused() {
    let zego = ["raw", "zego-cloud-player", "POST", "/", "--query", "Action=X", "--json", "{}"];
    let live = ["raw", "polyv-live", "POST", "/live/v3/x", "--form", "a=1"];
    let vod = ["raw", "polyv-vod", "GET", "/v3/x", "--query", "a=1"];
    for (call, flags, names) in [
        (&zego[..], &["--query", "Signature=hunter2", "--query", "AppId=7"][..], &["Signature", "AppId"][..]),
        (&live, &["--form", "sign=hunter2", "--form", "b= "], &["sign", "b"]),
        (&vod, &["--query", "b=", "--query", "c=2"], &["b"]),
    ] {
        for dry_run in [&[][..], &["--dry-run"]] {
            let mut command = demo(call);
            // Nobody listens there.
            command.args(flags).args(dry_run).args(["--json-errors", "--base-url", "http://127.0.0.1:1"]);
            let ended = run(command);
            assert_eq!(ended.code, 3, "{ended:?}");
            let error = ended.json_error();
            let paths: Vec<_> = error["violations"].as_array().unwrap().iter().map(|broken| &broken["path"]).collect();
            assert_eq!(paths, names, "{error}");
            assert!(!ended.stderr.contains("hunter2"), "{ended:?}");
        }
    }
    // The signature does not touch these.
    let mut command = demo(&live);
    command.args(["--form", "c=x+y & 片=%", "--query", "d=1", "--dry-run"]);
    assert_eq!(done(command).json()["body"]["c"], "x+y & 片=%");
}

#[test]
fn a_wrong_profile_or_path_is_refused() {
    let ended = run(demo(&["raw", "polyv-live", "GET", "/", "--profile", "v9"]));
    assert_eq!(ended.code, 2);
    assert!(ended.line().ends_with("there is no such profile; there is api, download, live-status"), "{ended:?}");
    let ended = run(demo(&["raw", "polyv-live", "POST", "/x", "--json", r#"[{"a":1,"a":2}]"#, "--dry-run"]));
    assert_eq!(ended.code, 3);
    assert!(ended.line().contains("[0].a stands twice in one object"), "{ended:?}");
    for path in ["x", "/x?y=1"] {
        let ended = run(demo(&["raw", "polyv-vod", "GET", path, "--dry-run"]));
        assert_eq!(ended.code, 3, "{ended:?}");
    }
}
