use serde_json::{Value, json};

use super::{VENDORS, bare, demo, done, file, run, sample};

/// What a dry run of an operation's sample prints.
fn shown(vendor: &str, operation: &str, flags: &[&str]) -> String {
    let sample = sample(operation);
    let mut command = demo(&["call", vendor, operation, "--input", &sample, "--dry-run"]);
    command.args(flags);
    done(command).stdout
}

#[test]
fn a_dry_run_prints_the_documented_request_twice_the_same() {
    let flags = ["--reveal", "--at", "1621840356767"];
    let first = shown("polyv-live", "UpdateChannelBasic", &flags);
    assert_eq!(first, include_str!("golden/UpdateChannelBasic.json").replace("{version}", env!("CARGO_PKG_VERSION")));
    assert_eq!(shown("polyv-live", "UpdateChannelBasic", &flags), first);
    // A signature from the vendor's own function, for this appId, secret, time and channel.
    assert!(first.contains("&sign=A8E910D89B24C764CE9F64507BB6F386\""), "{first}");
}

#[test]
fn the_vendors_published_signature_comes_out_for_its_time_and_nonce() {
    let input = r#"{"PlayerId":"player_1","Sequence":1}"#;
    let flags = ["--dry-run", "--reveal", "--at", "1615186943999", "--nonce", "4fd24687296dd9f3"];
    let mut command = demo(&["call", "zego-cloud-player", "UpdatePlayer", "--input", input]);
    command.args(flags);
    let request = done(command).json();
    assert_eq!(
        request["url"],
        "https://cloud-player-api.zego.im/?Action=UpdatePlayer&AppId=12345&SignatureNonce=4fd24687296dd9f3\
         &Timestamp=1615186943&Signature=43e5cfcca828314675f91b001390566a&SignatureVersion=2.0"
    );
    assert_eq!(request["body"], json!({"PlayerId": "player_1", "Sequence": 1}));
}

#[test]
fn nothing_secret_is_shown_without_reveal() {
    let listed = done(bare(&["operations", "--json"])).json();
    for row in listed.as_array().unwrap() {
        let (vendor, name) = (row["vendor"].as_str().unwrap(), row["operation"].as_str().unwrap());
        let flags = ["--at", "1621840356767", "--nonce", "a1b2c3d4e5f60718"];
        let hidden: Value = serde_json::from_str(&shown(vendor, name, &flags)).unwrap();
        let revealed: Value =
            serde_json::from_str(&shown(vendor, name, &[&flags[..], &["--reveal"]].concat())).unwrap();
        let secrets = differences(&hidden, &revealed);
        assert_eq!(secrets.is_empty(), name == "QueryLiveStatus", "all but {name} are signed");
        for secret in secrets {
            assert!(!hidden.to_string().contains(&secret), "{name} shows {secret}");
        }
    }
    for (vendor, name, secrets) in [
        ("polyv-live", "UpdateChannelBasic", &["L0EjokKI4O", "10086"][..]),
        ("polyv-live", "UpdateChannelAccount", &["123456"]),
        ("anyrtc-recording", "Start", &["xxxxxxf", "<token if any>", "Y3VzdG9tZXJJZDpjdXN0b21lclNlY3JldA=="]),
    ] {
        let (hidden, revealed) = (shown(vendor, name, &[]), shown(vendor, name, &["--reveal"]));
        for secret in secrets {
            assert!(!hidden.contains(secret) && revealed.contains(secret), "{name}: {secret}");
        }
    }
}

/// The texts that one has and the other has `[redacted]` for.
fn differences(hidden: &Value, revealed: &Value) -> Vec<String> {
    match (hidden, revealed) {
        (Value::Object(hidden), Value::Object(revealed)) => {
            assert_eq!(hidden.len(), revealed.len());
            // a multipart body's boundary is random
            let told = hidden.iter().filter(|(key, _)| *key != "content-type");
            told.flat_map(|(key, value)| differences(value, &revealed[key])).collect()
        }
        (Value::Array(hidden), Value::Array(revealed)) => {
            hidden.iter().zip(revealed).flat_map(|(hidden, revealed)| differences(hidden, revealed)).collect()
        }
        (Value::String(hidden), Value::String(revealed)) if hidden != revealed => {
            let pieces = hidden.split('&').zip(revealed.split('&')).filter(|(hidden, revealed)| hidden != revealed);
            pieces
                .map(|(hidden, revealed)| {
                    let name = hidden.strip_suffix("[redacted]").unwrap();
                    revealed.strip_prefix(name).unwrap().to_owned()
                })
                .collect()
        }
        _ => {
            assert_eq!(hidden, revealed);
            Vec::new()
        }
    }
}

#[test]
fn forms_are_shown_as_decoded_fields() {
    let shown: Value =
        serde_json::from_str(&shown("polyv-live", "UpdateChannelAccount", &["--at", "1621841976967", "--reveal"]))
            .unwrap();
    assert_eq!(shown["url"], "https://api.polyv.net/live/v2/channelAccount/2191541/update");
    assert_eq!((&shown["body"]["nickname"], &shown["body"]["account"]), (&json!("陈老师"), &json!("0052191541")));
    // From the vendor's own function, for these fields.
    assert_eq!(shown["body"]["sign"], "FCCC71202EBA5D412D1635B416C98206");
}

#[test]
fn nothing_is_sent_in_a_dry_run() {
    // Nobody listens there, and nobody minds.
    let input = r#"{"PlayerId":"p","Sequence":1}"#;
    let base_url = ["--base-url", "http://127.0.0.1:1/prefix"];
    let mut command = demo(&["call", "zego-cloud-player", "UpdatePlayer", "--input", input, "--dry-run"]);
    command.args(base_url);
    let url = done(command).json()["url"].as_str().unwrap().to_owned();
    assert!(url.starts_with("http://127.0.0.1:1/prefix/?Action="), "{url}");
}

#[test]
fn a_dry_run_names_missing_credentials_too() {
    for (vendor, _) in VENDORS {
        let ended = run(bare(&["raw", vendor, "GET", "/", "--dry-run"]));
        assert_eq!(ended.code, 2, "{ended:?}");
        assert!(ended.line().contains("_APP_ID"), "{ended:?}");
    }
}

#[test]
fn the_env_file_wins_over_the_environment() {
    let input = r#"{"PlayerId":"p","Sequence":1}"#;
    let env = file("other.env", "# my account\nexport ZEGO_APP_ID=\"777\"\n\nZEGO_SERVER_SECRET = s=x\n");
    let mut command = bare(&["call", "zego-cloud-player", "UpdatePlayer", "--input", input, "--dry-run"]);
    command.env("ZEGO_APP_ID", "1").env("ZEGO_SERVER_SECRET", "environment");
    let url = |command| done(command).json()["url"].to_string();
    assert!(url(command).contains("AppId=1&"));
    let mut command = bare(&["call", "zego-cloud-player", "UpdatePlayer", "--input", input, "--dry-run"]);
    command.env("ZEGO_APP_ID", "1").arg("--env-file").arg(env);
    assert!(url(command).contains("AppId=777&"));
}
