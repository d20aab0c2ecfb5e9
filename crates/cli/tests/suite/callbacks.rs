use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;

use livecloud_sim::{Callback, CallbackFault, Vendor};
use serde_json::json;

use super::{bare, demo, done, file, run, run_with_stdin, simulator};

/// Nonce, time and secret of the vendor's published sample, with the signature it prints.
const ZEGO: &str = r#"{"EventType":2,"AppID":1,"PlayerId":"p","EventTime":1470820198000,"Nonce":"123412",
    "Timestamp":1470820198,"Signature":"5bd59fd62953a8059fb7eaba95720f66d19e4517"}"#;

/// A body with the signature that the vendor's twin publishes for it.
const ANYRTC: &str = r#"{"eventMs":1560408533119,"eventType":10,"noticeId":"4eb720f0-8da7-11e9-a43e-53f411c2761f","notifyMs":1560408533119,"payload":{"a":"1","b":2},"productId":1}"#;
const ANYRTC_SIGNATURE: &str = "Ar-Signature: 033c62f40f687675f17f0f41f91a40c71c0f134c";

fn zego(flags: &[&str]) -> std::process::Command {
    let mut command = bare(&["verify-callback", "zego-cloud-player", "--at", "1470820200000"]);
    command.env("ZEGO_CALLBACK_SECRET", "secret").args(flags);
    command
}

fn anyrtc(flags: &[&str]) -> std::process::Command {
    let mut command = bare(&["verify-callback", "anyrtc-recording", "--env-file"]);
    command.arg(file("callback.env", "ANYRTC_CALLBACK_SECRET=secret\n")).args(flags);
    command
}

#[test]
fn genuine_callbacks_are_printed_with_their_replay_key() {
    let ended = run_with_stdin(zego(&["--body", "-"]), ZEGO);
    assert_eq!((ended.code, ended.stderr.as_str()), (0, ""), "{ended:?}");
    let shown = ended.json();
    assert_eq!((&shown["verified"], &shown["event"]["kind"]), (&json!(true), &json!("PlayerDestroyed")));
    assert_eq!(shown["event"]["fields"]["PlayerId"], "p");
    assert_eq!(shown["event"]["fields"]["Signature"], "[redacted]");
    let revealed = run_with_stdin(zego(&["--body", "-", "--reveal"]), ZEGO).json();
    assert_eq!(revealed["event"]["fields"]["Signature"], "5bd59fd62953a8059fb7eaba95720f66d19e4517");
    assert!(!shown["replay_key"].as_str().unwrap().is_empty());

    // The vendor's published sample.
    let uri = "/hook?type=upload&vid=e2e84a738302f20a4f6eb202976f5c63_e&sign=b245e3e65aa45b60dc02337b5cd914a7";
    let mut command = bare(&["verify-callback", "polyv-vod", "--uri", uri]);
    command.env("POLYV_VOD_SECRET_KEY", "7UagtQOq2A");
    let shown = done(command).json();
    assert_eq!((&shown["event"]["kind"], &shown["event"]["fields"]["type"]), (&json!("Upload"), &json!("upload")));

    assert_eq!(shown["event"]["fields"]["sign"], "[redacted]");

    let uri = "/hook?channelId=2191569&status=live&timestamp=1629334739239&sign=0861a16795e93c1c1fe1f9e514560374";
    let mut command = demo(&["verify-callback", "polyv-live", "--at", "1629334740000"]);
    command.args(["--uri", uri]);
    let shown = done(command).json();
    assert_eq!(
        (&shown["event"]["kind"], &shown["event"]["fields"]["channelId"]),
        (&json!("LiveStatus"), &json!("2191569"))
    );

    let body = file("notice.json", ANYRTC);
    let shown =
        done(anyrtc(&["--uri", "/hook?a=1", "--header", ANYRTC_SIGNATURE, "--body", body.to_str().unwrap()])).json();
    assert_eq!(shown["replay_key"], "4eb720f0-8da7-11e9-a43e-53f411c2761f");
    assert_eq!((&shown["verified"], &shown["event"]["fields"]["payload"]["b"]), (&json!(true), &json!(2)));
}

#[test]
fn a_callback_that_is_not_genuine_ends_with_4_and_the_reason() {
    let forged = ZEGO.replace("123412", "123413");
    for (command, body, reason) in [
        (zego(&["--body", "-"]), forged.as_str(), "signature does not match"),
        (zego(&["--body", "-"]), "{}", "callback has no Signature"),
        (zego(&["--body", "-"]), "hello", "cannot be read"),
        (zego(&[]), "", "cannot be read"),
        (anyrtc(&["--body", "-"]), ANYRTC, "callback has no Ar-Signature"),
        (anyrtc(&["--body", "-", "--header", ANYRTC_SIGNATURE]), "{}", "signature does not match"),
    ] {
        let ended = run_with_stdin(command, body);
        assert_eq!(ended.code, 4, "{ended:?}");
        assert!(ended.line().contains(reason), "{reason}: {ended:?}");
    }
    let mut late = bare(&["verify-callback", "zego-cloud-player", "--body", "-", "--json-errors"]);
    late.env("ZEGO_CALLBACK_SECRET", "secret");
    let ended = run_with_stdin(late, ZEGO);
    assert_eq!(ended.code, 4, "signed years ago: {ended:?}");
    let error = ended.json_error();
    assert_eq!((&error["kind"], &error["operation"]), (&json!("callback"), &json!("verify-callback")));
    assert_eq!(error["message"], "callback was signed too long ago");
}

#[test]
fn without_its_secret_a_callback_is_not_checked() {
    for (vendor, words) in [
        ("zego-cloud-player", "set ZEGO_CALLBACK_SECRET"),
        ("anyrtc-recording", "set ANYRTC_CALLBACK_SECRET"),
        ("polyv-live", "set POLYV_LIVE_APP_SECRET"),
        ("polyv-vod", "set POLYV_VOD_SECRET_KEY"),
    ] {
        let ended = run(bare(&["verify-callback", vendor]));
        assert_eq!(ended.code, 2, "{ended:?}");
        assert!(ended.line().contains(words), "{ended:?}");
    }
    for header in ["novalue", ":x", "a b: c"] {
        assert_eq!(run(zego(&["--header", header])).code, 2, "{header}");
    }
}

#[test]
fn a_header_that_is_given_twice_is_refused() {
    for second in ["Ar-Signature: 0", "ar-signature: hunter2", ANYRTC_SIGNATURE] {
        let ended = run_with_stdin(anyrtc(&["--body", "-", "--header", ANYRTC_SIGNATURE, "--header", second]), ANYRTC);
        assert_eq!(ended.code, 2, "{ended:?}");
        assert!(ended.line().ends_with("the header ar-signature is given twice"), "{ended:?}");
    }
}

/// Answers every callback with a receipt that each vendor takes for one.
fn receiver() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let mut reader = BufReader::new(&stream);
            let mut length = 0;
            let mut line = String::new();
            while reader.read_line(&mut line).unwrap_or_default() > 2 {
                if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap();
                }
                line.clear();
            }
            let _body = reader.read_exact(&mut vec![0; length]);
            let head =
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}";
            let _gone = (&stream).write_all(head.as_bytes());
        }
    });
    url
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_simulator_sends_is_genuine_and_what_it_forges_is_not() {
    let sim = simulator().await;
    let url = receiver();
    for (name, vendor, event) in [
        ("zego-cloud-player", Vendor::Zego, "player_status_changed"),
        ("polyv-vod", Vendor::PolyvVod, "upload"),
        ("polyv-live", Vendor::PolyvLive, "live_status"),
        ("anyrtc-recording", Vendor::Anyrtc, "uploaded"),
    ] {
        sim.set_callback_url(vendor, &url).unwrap();
        for (callback, code) in [(Callback::new(event), 0), (Callback::new(event).fault(CallbackFault::Forged), 4)] {
            assert!(sim.callback(vendor, callback).await.unwrap().accepted, "{name}");
            let sent = sim.deliveries().pop().unwrap();
            let mut command = demo(&["verify-callback", name, "--body", "-"]);
            command.args(["--uri", sent.url.strip_prefix(url.trim_end_matches("/hook")).unwrap()]);
            for (header, value) in &sent.headers {
                command.args(["--header", &format!("{header}: {value}")]);
            }
            let ended = run_with_stdin(command, std::str::from_utf8(&sent.body).unwrap());
            assert_eq!(ended.code, code, "{name}: {ended:?}");
        }
    }
}
