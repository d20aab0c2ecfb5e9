//! Rules.

use std::collections::BTreeSet;

use anyrtc_recording::{
    Acquire, ChannelType, Mode, RecordingConfig, SnapshotConfig, Start, StartRequest, StorageConfig, TranscodingConfig,
    Update, UpdateLayout, Validation,
};
use livecloud_core::{Checks, Operation, Violation};
use serde_json::{Value, json};

use super::{of_kind, text};
use crate::{CNAME, UID};

fn violations<O: Operation<Vendor = anyrtc_recording::Account>>(operation: &O) -> Vec<Violation> {
    let account = crate::account();
    let mut checks = Checks::new(&account, std::time::UNIX_EPOCH, Validation::Strict);
    operation.check(&mut checks);
    checks.violations().to_vec()
}

fn ids(violations: &[Violation]) -> Vec<&'static str> {
    violations.iter().map(|violation| violation.id).collect::<BTreeSet<_>>().into_iter().collect()
}

fn strings(value: &Value) -> Vec<String> {
    serde_json::from_value(value.clone()).unwrap()
}

fn start(request: StartRequest) -> Start {
    Start::new("r", Mode::Mix, CNAME, UID, request)
}

/// One value in an otherwise legal request, under one rule.
fn field(rule: &str, value: &Value) -> Vec<Violation> {
    let config = || RecordingConfig::new(ChannelType::Live);
    match rule {
        "R01" => violations(&Acquire::new(value.as_str().unwrap(), UID)),
        "R02" => violations(&Acquire::new(CNAME, value.as_str().unwrap())),
        "R03" => {
            violations(&Acquire::new(CNAME, UID).resource_expired_hour(serde_json::from_value(value.clone()).unwrap()))
        }
        "R13" => {
            let [width, height] = serde_json::from_value(value.clone()).unwrap();
            let config = config().transcoding_config(TranscodingConfig::new(width, height, 15, 500));
            violations(&start(StartRequest::new(config)))
        }
        "R18" => violations(&start(StartRequest::new(config().subscribe_audio_uids(strings(value))))),
        "R25" => violations(&start(StartRequest::new(config().max_idle_time(value.as_u64().unwrap())))),
        "R26" => {
            let layout = anyrtc_recording::Layout::floating().background_color(value.as_str().unwrap());
            violations(&UpdateLayout::new("r", "s", CNAME, UID, layout))
        }
        "R27" => {
            let snapshot = SnapshotConfig::new().capture_interval(serde_json::from_value(value.clone()).unwrap());
            let config = config().subscribe_uid_group(anyrtc_recording::UidGroup::UpTo2);
            let mut start = start(StartRequest::new(config).snapshot_config(snapshot));
            start.mode = Mode::Individual;
            violations(&start)
        }
        "R34" => {
            let store = StorageConfig::private("http://host/upload").file_name_prefix(strings(value));
            violations(&start(StartRequest::new(config()).storage_config(store)))
        }
        other => panic!("no field for {other}"),
    }
}

#[test]
fn limits_of_single_fields_are_kept_to_the_last_value() {
    let vectors = of_kind("validate_field");
    assert_eq!(vectors.len(), 69);
    for vector in vectors {
        let rule = text(&vector.input, "rule");
        let found = field(rule, &vector.input["value"]);
        if vector.expected["ok"] == true {
            assert!(found.is_empty(), "{}: {found:?}", vector.name);
            continue;
        }
        assert_eq!(ids(&found), [rule], "{}: {found:?}", vector.name);
        // The vector names the member and what is wrong with it.
        let (member, what) = text(&vector.expected, "error").split_once('.').unwrap();
        let first = &found[0];
        let member = match member {
            "uids" => "subscribeAudioUids",
            "transcodingConfig" if matches!(what, "width" | "height") => what,
            "transcodingConfig" if what == "zero" => "width",
            other => other,
        };
        let path = first.path.split('[').next().unwrap();
        assert_eq!(path.rsplit('.').next().unwrap(), member, "{}: {first}", vector.name);
        let word = match what {
            "too_long" | "too_many" => "at most",
            "empty" if member == "subscribeAudioUids" => "must not be empty",
            "empty" => "empty",
            "charset" => "must consist of",
            "range" | "width" | "height" | "zero" => "must be in",
            "area" => "pixels",
            "format" => "six hex digits",
            "empty_element" => "must be letters and digits",
            other => panic!("no word for {other}"),
        };
        let fits = first.rule.contains(word) || (rule == "R34" && first.rule.contains("letters and digits"));
        assert!(fits, "{}: {first}", vector.name);
    }
}

#[test]
fn combinations_of_a_start_break_exactly_the_named_rules() {
    let vectors = of_kind("validate_start");
    assert_eq!(vectors.len(), 52);
    for vector in vectors {
        let input = json!({
            "resourceid": "r", "mode": vector.input["mode"], "cname": CNAME, "uid": UID,
            "clientRequest": vector.input["clientRequest"],
        });
        let start: Start = serde_json::from_value(input).unwrap_or_else(|error| panic!("{}: {error}", vector.name));
        let found = violations(&start);
        assert_eq!(json!(ids(&found)), vector.expected["rules_broken"], "{}: {found:?}", vector.name);
        assert_eq!(json!(found.is_empty()), vector.expected["ok"], "{}", vector.name);
        assert!(found.iter().all(|violation| violation.path.starts_with("clientRequest.")), "{found:?}");
    }
}

#[test]
fn updates_break_exactly_the_named_rules() {
    let vectors = of_kind("validate_update");
    assert_eq!(vectors.len(), 7);
    for vector in vectors {
        let input = json!({
            "resourceid": "r", "sid": "s", "mode": "mix", "cname": CNAME, "uid": UID,
            "clientRequest": {"streamSubscribe": vector.input["streamSubscribe"]},
        });
        let update: Update = serde_json::from_value(input).unwrap();
        let update = update.for_stream_types(vector.input["stream_types"].as_i64().unwrap().into());
        assert_eq!(json!(ids(&violations(&update))), vector.expected["rules_broken"], "{}", vector.name);
    }
}

#[test]
fn layout_updates_break_exactly_the_named_rules() {
    let vectors = of_kind("validate_update_layout");
    assert_eq!(vectors.len(), 6);
    for vector in vectors {
        let input = json!({
            "resourceid": "r", "sid": "s", "mode": vector.input["mode"], "cname": CNAME, "uid": UID,
            "clientRequest": vector.input["clientRequest"],
        });
        let update: UpdateLayout = serde_json::from_value(input).unwrap();
        assert_eq!(json!(ids(&violations(&update))), vector.expected["rules_broken"], "{}", vector.name);
    }
}
