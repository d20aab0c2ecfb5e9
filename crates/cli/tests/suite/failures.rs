use std::net::TcpListener;

use livecloud_sim::{Fault, Vendor};
use serde_json::{Value, json};

use super::{bare, demo, file, run, sample, simulator};

const PLAYER: &str = r#"{"PlayerId":"player_1","Sequence":1,"SeekTo":3}"#;

#[test]
fn wrong_usage_ends_with_2() {
    for arguments in [
        &["call"][..],
        &["call", "zego"],
        &["call", "zego-cloud-player", "UpdatePlayer", "--reveal"],
        &["call", "zego-cloud-player", "UpdatePlayer", "--deadline", "0"],
        &["call", "zego-cloud-player", "UpdatePlayer", "--secret", "x"],
        &["raw", "polyv-vod", "GET", "/", "--form", "a=1", "--json", "{}"],
        &["raw", "polyv-vod", "GET", "/", "--query", "a"],
        &["call", "zego-cloud-player", "UpdatePlayer", "--at", "1"],
        &["call", "zego-cloud-player", "UpdatePlayer", "--dry-run", "--at", "9223372036854775808"],
        &["verify-callback", "zego-cloud-player", "--at", "9223372036854775808"],
        &["simulate", "--port", "65533"],
        &["frobnicate"],
    ] {
        let ended = run(bare(arguments));
        assert_eq!(ended.code, 2, "{arguments:?}: {ended:?}");
        assert!(ended.line().len() > "livecloud: ".len());
        let mut command = bare(arguments);
        command.arg("--json-errors");
        let ended = run(command);
        assert_eq!((ended.code, &ended.json_error()["kind"]), (2, &json!("usage")), "{arguments:?}");
    }
}

#[test]
fn usage_errors_do_not_repeat_what_was_given() {
    for (arguments, words) in [
        (&["call", "zego-cloud-player", "UpdatePlayer", "hunter2"][..], "unexpected argument"),
        (&["call", "zego-cloud-player", "UpdatePlayer", "--hunter2=hunter2"], "unexpected argument"),
        (&["call", "zego-cloud-player", "UpdatePlayer", "--input", "{}", "--input", "hunter2"], "--input"),
        (&["call", "hunter2", "UpdatePlayer"], "<VENDOR> must be one of zego-cloud-player, polyv-vod"),
        (
            &["raw", "polyv-vod", "GET", "/", "--form", "hunter2"],
            "--form <NAME=VALUE> has a wrong value: expected name",
        ),
        (&["raw", "polyv-vod", "GET", "/", "--query", "=hunter2"], "--query <NAME=VALUE> has a wrong value"),
        (&["raw", "polyv-vod", "GET", "/", "--form", "a=hunter2", "--json", "hunter2"], "cannot be used with"),
        (&["verify-callback", "polyv-vod", "--header", "hunter2"], "--header <NAME:VALUE> has a wrong value"),
        (&["call", "zego-cloud-player", "--input", "hunter2"], "missing <OPERATION>"),
        (&["hunter2"], "there is no such command"),
        (&["call", "zego-cloud-player", "UpdatePlayer", "--dryrun"], "did you mean --dry-run?"),
    ] {
        for flags in [&[][..], &["--json-errors"]] {
            let mut command = bare(arguments);
            command.args(flags);
            let ended = run(command);
            assert_eq!((ended.code, ended.stdout.as_str()), (2, ""), "{arguments:?}: {ended:?}");
            assert_eq!(ended.stderr.lines().count(), 1, "{ended:?}");
            assert!(ended.stderr.contains(words) && !ended.stderr.contains("hunter2"), "{words}: {ended:?}");
        }
    }
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_call_whose_result_cannot_be_written_is_reported_as_carried_out() {
    let sim = simulator().await;
    let full = || std::fs::File::options().write(true).open("/dev/full").unwrap();
    let call = |flags: &[&str]| {
        let mut command = demo(&["call", "zego-cloud-player", "UpdatePlayer", "--input", PLAYER]);
        command.args(["--base-url", sim.base_url(Vendor::Zego)]).args(flags).stdout(full());
        command.stderr(std::process::Stdio::piped());
        super::ended(command.spawn().unwrap().wait_with_output().unwrap())
    };
    let ended = call(&[]);
    assert_eq!(ended.code, 7, "{ended:?}");
    assert!(ended.line().contains("the call was carried out, but its result cannot be written"), "{ended:?}");
    let ended = call(&["--json-errors"]);
    let error = ended.json_error();
    assert_eq!((ended.code, &error["kind"], &error["delivery"]), (7, &json!("output"), &json!("answered")));
    assert!(error["request_id"].is_string() && error["attempts"] == 1, "{error}");
    assert_eq!(sim.requests().len(), 2);
    // Nothing was sent here.
    assert_eq!(call(&["--dry-run"]).code, 2);
    assert_eq!(sim.requests().len(), 2);
}

#[test]
fn wrong_configuration_ends_with_2_and_says_what_is_wrong() {
    for (arguments, words) in [
        (&["UpdatePlayers"][..], "there is no such operation; there are "),
        (&["updateplayer"], "did you mean UpdatePlayer?"),
        (&["UpdatePlayer", "--input", "no-such-file.json"], "cannot read no-such-file.json"),
        (&["UpdatePlayer", "--input", PLAYER, "--base-url", "http://example.com"], "http"),
        (&["UpdatePlayer", "--input", PLAYER, "--base-url", "example.com"], "the base URL must start with"),
        (&["UpdatePlayer", "--input", PLAYER, "--dry-run", "--nonce", "a b"], "nonce"),
    ] {
        let mut command = demo(&["call", "zego-cloud-player"]);
        command.args(arguments);
        let ended = run(command);
        assert_eq!(ended.code, 2, "{ended:?}");
        assert!(ended.line().contains(words), "{words}: {ended:?}");
    }
    let mut command = demo(&["call", "zego-cloud-player", "UpdatePlayer", "--input", PLAYER, "--dry-run"]);
    command.args(["--base-url", "http://example.com", "--allow-insecure-http"]);
    assert_eq!(run(command).code, 0);
}

#[test]
fn missing_credentials_are_named_and_given_ones_are_not_shown() {
    for (vendor, operation, names) in [
        ("zego-cloud-player", "UpdatePlayer", &["ZEGO_APP_ID", "ZEGO_SERVER_SECRET"][..]),
        ("polyv-vod", "UpdateVideoInfoV3", &["POLYV_VOD_APP_ID", "POLYV_VOD_APP_SECRET"]),
        ("polyv-live", "UpdateChannelBasic", &["POLYV_LIVE_APP_ID", "POLYV_LIVE_APP_SECRET"]),
        ("anyrtc-recording", "Acquire", &["ANYRTC_APP_ID", "ANYRTC_CUSTOMER_ID", "ANYRTC_CUSTOMER_SECRET"]),
    ] {
        let sample = sample(operation);
        let ended = run(bare(&["call", vendor, operation, "--input", &sample]));
        assert_eq!(ended.code, 2);
        assert!(ended.line().starts_with(&format!("livecloud: {vendor} {operation}: ")), "{ended:?}");
        for name in names {
            assert!(ended.line().contains(name), "{name}: {ended:?}");
        }
        let mut command = bare(&["call", vendor, operation, "--input", &sample]);
        command.env(names[1], "hunter2");
        let ended = run(command);
        assert_eq!(ended.code, 2);
        assert!(ended.line().contains(names[0]) && !ended.line().contains("hunter2"), "{ended:?}");
    }
    // The main account's pair does not sign what a sub-account signs.
    let mut command = bare(&["call", "polyv-vod", "UpdateVideoInfoV3", "--input", &sample("UpdateVideoInfoV3")]);
    command.env("POLYV_VOD_USER_ID", "abcde12345").env("POLYV_VOD_SECRET_KEY", "hunter2");
    let ended = run(command);
    assert_eq!(ended.code, 2);
    assert!(ended.line().contains("POLYV_VOD_APP_ID and POLYV_VOD_APP_SECRET"), "{ended:?}");
}

#[test]
fn a_broken_env_file_is_pointed_at_and_not_quoted() {
    let env = file("broken.env", "ZEGO_APP_ID=1\nhunter2\n");
    let mut command = bare(&["call", "zego-cloud-player", "UpdatePlayer", "--input", PLAYER, "--env-file"]);
    command.arg(env);
    let ended = run(command);
    assert_eq!(ended.code, 2);
    assert!(ended.line().contains("line 2: expected KEY=VALUE") && !ended.line().contains("hunter2"), "{ended:?}");
}

#[test]
fn invalid_input_ends_with_3_and_names_everything_at_once() {
    for (input, words) in [
        ("[]", "input must be a JSON object"),
        ("{", "input, line 1, column 1: is not JSON"),
        ("{}", "PlayerId is required [input]"),
        (r#"{"PlayerId":"p","Sequence":1,"AudioOptions":{"Volume":1,"Volume":2}}"#, "AudioOptions.Volume stands twice"),
        (r#"{"PlayerId":"p","Sequence":18446744073709551616}"#, "Sequence is an integer beyond 64 bits [input]"),
        (r#"{"PlayerId":7,"Sequence":1}"#, "PlayerId has the wrong type or form [input]"),
        (
            r#"{"PlayerId":"","Sequence":0,"AudioOptions":{"Volume":201}}"#,
            "PlayerId must not be empty [Z01]; Sequence must be in 1..=9007199254740991, given 0 [Z02]; \
             AudioOptions.Volume must be in 0..=200, given 201 [Z12]",
        ),
    ] {
        for flags in [&[][..], &["--dry-run"]] {
            let mut command = demo(&["call", "zego-cloud-player", "UpdatePlayer", "--input", input]);
            command.args(flags);
            let ended = run(command);
            assert_eq!(ended.code, 3, "{ended:?}");
            assert!(ended.line().contains(words), "{words}: {ended:?}");
        }
    }
}

#[test]
fn a_key_that_the_operation_does_not_have_is_refused_under_every_profile() {
    let change = |pointer: &str, key: &str, operation: &str| {
        let mut input: Value = serde_json::from_str(&std::fs::read_to_string(sample(operation)).unwrap()).unwrap();
        input.pointer_mut(pointer).unwrap()[key] = Value::Null;
        input.to_string()
    };
    for (vendor, operation, pointer, key, path) in [
        ("zego-cloud-player", "UpdatePlayer", "", "seekTo", "seekTo"),
        ("zego-cloud-player", "UpdatePlayer", "/AudioOptions", "volume", "AudioOptions.volume"),
        ("polyv-vod", "UpdateVideoInfoV3", "", "describe", "describe"),
        ("polyv-live", "UpdateChannelAccount", "", "nickName", "nickName"),
        ("polyv-live", "UpdateChannelBasic", "/basicSetting", "maxViewers", "basicSetting.maxViewers"),
        ("polyv-live", "UpdateChannelBasic", "/authSettings/0", "type", "authSettings[0].type"),
        ("anyrtc-recording", "Acquire", "/clientRequest", "resourceExpiredHours", "clientRequest.resourceExpiredHours"),
        ("anyrtc-recording", "Stop", "/clientRequest", "async_stop", "clientRequest.async_stop"),
        ("anyrtc-recording", "Query", "", "cname", "cname"),
        // A setting of the Rust type, not a field of the vendor's.
        ("anyrtc-recording", "Update", "", "streamTypes", "streamTypes"),
        (
            "anyrtc-recording",
            "UpdateLayout",
            "/clientRequest/layoutConfig/1",
            "xAxis",
            "clientRequest.layoutConfig[1].xAxis",
        ),
    ] {
        for profile in ["strict", "relaxed", "off"] {
            let input = change(pointer, key, operation);
            let ended = run(demo(&[
                "call",
                vendor,
                operation,
                "--input",
                &input,
                "--dry-run",
                "--json-errors",
                "--validation",
                profile,
            ]));
            assert_eq!(ended.code, 3, "{path}: {ended:?}");
            let expected = json!([
                {"path": path, "rule": format!("is not a field of {operation}"), "given": null, "id": "unknown"}
            ]);
            assert_eq!(ended.json_error()["violations"], expected, "{operation} {profile}");
        }
    }
}

#[test]
fn unknown_keys_and_broken_rules_are_told_together() {
    let input = r#"{"PlayerId":"","Sequence":1,"Volume":7}"#;
    let ended = run(demo(&["call", "zego-cloud-player", "UpdatePlayer", "--input", input]));
    assert_eq!(ended.code, 3);
    let words = "Volume is not a field of UpdatePlayer [unknown]; PlayerId must not be empty [Z01]";
    assert!(ended.line().ends_with(words), "{ended:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_ends_with_4_and_says_code_and_advice() {
    let sim = simulator().await;
    let base_url = sim.base_url(Vendor::Zego);
    let mut command = bare(&["call", "zego-cloud-player", "UpdatePlayer", "--input", PLAYER, "--base-url", base_url]);
    command.env("ZEGO_APP_ID", "12345").env("ZEGO_SERVER_SECRET", "hunter2");
    let ended = run(command);
    assert_eq!(ended.code, 4);
    assert!(ended.line().contains("zego-cloud-player UpdatePlayer: rejected with code 100000005"), "{ended:?}");
    assert!(ended.line().contains("; advice: ") && !ended.line().contains("hunter2"), "{ended:?}");
}

#[test]
fn what_did_not_leave_ends_with_5() {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let base_url = format!("http://{nobody}");
    let mut command = demo(&["call", "zego-cloud-player", "UpdatePlayer", "--input", PLAYER, "--base-url", &base_url]);
    command.args(["--deadline", "0.05"]);
    let ended = run(command);
    assert_eq!(ended.code, 5, "{ended:?}");
    assert!(ended.line().contains("could not connect"), "{ended:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_outcome_ends_with_6_and_an_unreadable_answer_with_7() {
    let sim = simulator().await;
    let base_url = sim.base_url(Vendor::Anyrtc);
    // Not repeated, so that nobody waits.
    let call = || {
        let mut command = demo(&["call", "anyrtc-recording", "Stop", "--input", "-", "--base-url", base_url]);
        command.arg("--json-errors");
        let input = json!({"resourceid": "r", "sid": "s", "mode": "mix", "cname": "c", "uid": "1"});
        super::run_with_stdin(command, &input.to_string())
    };
    sim.next("Stop", Fault::DropAfterActing);
    let ended = call();
    assert_eq!(ended.code, 6, "{ended:?}");
    let error = ended.json_error();
    assert_eq!((&error["kind"], &error["delivery"]), (&json!("transport"), &json!("unknown")));

    sim.next("Stop", Fault::status(500, "{}"));
    assert_eq!(call().code, 6);

    sim.next("Stop", Fault::NonJson);
    let ended = call();
    assert_eq!(ended.code, 7, "{ended:?}");
    assert_eq!(ended.json_error()["kind"], "decode");
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_as_json_have_the_same_members_whatever_went_wrong() {
    const MEMBERS: [&str; 13] = [
        "advice",
        "attempts",
        "category",
        "code",
        "delivery",
        "http_status",
        "kind",
        "message",
        "operation",
        "request_id",
        "retry_after_ms",
        "vendor",
        "violations",
    ];
    let sim = simulator().await;
    let base_url = sim.base_url(Vendor::PolyvLive);
    let failed = |operation: &str, flags: &[&str]| {
        let sample = sample("UpdateChannelBasic");
        let mut command = demo(&["call", "polyv-live", operation, "--input", &sample, "--json-errors"]);
        command.args(flags);
        if !flags.contains(&"--base-url") {
            command.args(["--base-url", base_url]);
        }
        let error = run(command).json_error();
        assert_eq!(error.as_object().unwrap().keys().collect::<Vec<_>>(), MEMBERS);
        assert_eq!((&error["vendor"], &error["operation"]), (&json!("polyv-live"), &json!(operation)));
        error
    };

    sim.next("UpdateChannelBasic", Fault::throttled_for(60));
    let error = failed("UpdateChannelBasic", &["--deadline", "5"]);
    assert_eq!((&error["kind"], &error["category"]), (&json!("api"), &json!("throttled")), "{error}");
    assert_eq!((&error["delivery"], &error["attempts"]), (&json!("answered"), &json!(1)));
    assert_eq!(error["retry_after_ms"], 60_000);
    assert!(error["code"].is_number() && error["http_status"].is_number() && error["advice"].is_string(), "{error}");

    sim.next("UpdateChannelBasic", Fault::vendor_code(400, "illegal channel id"));
    let error = failed("UpdateChannelBasic", &[]);
    assert_eq!((&error["code"], &error["message"]), (&json!(400), &json!("illegal channel id")));

    let error = failed("UpdateChannel", &[]);
    assert_eq!((&error["kind"], &error["delivery"]), (&json!("usage"), &Value::Null));
    let error = failed("UpdateChannelBasic", &["--base-url", "http://example.com"]);
    assert_eq!((&error["kind"], &error["delivery"]), (&json!("config"), &json!("not_sent")));
}
