use std::collections::BTreeSet;

use livecloud_sim::Vendor;
use livecloud_sim::demo as world;
use serde_json::{Value, json};

use super::{VENDORS, bare, demo, done, run, run_with_stdin, sample, simulator};

/// In the order of the list, which is the order in which a recording needs them.
#[tokio::test(flavor = "multi_thread")]
async fn every_listed_operation_succeeds_with_its_documented_sample() {
    let sim = simulator().await;
    let (mut resourceid, mut sid) = (String::new(), String::new());
    let listed = done(bare(&["operations", "--json"])).json();
    for operation in listed.as_array().unwrap() {
        let (vendor, name) = (operation["vendor"].as_str().unwrap(), operation["operation"].as_str().unwrap());
        let base_url = sim.base_url(VENDORS.iter().find(|(known, _)| *known == vendor).unwrap().1);
        let input = std::fs::read_to_string(sample(name)).unwrap();
        let input = input.replace("{resourceid}", &resourceid).replace("{sid}", &sid);

        let ended = run_with_stdin(demo(&["call", vendor, name, "--input", "-", "--base-url", base_url]), &input);
        assert_eq!((ended.code, ended.stderr.as_str()), (0, ""), "{name}: {ended:?}");
        let answer = ended.json();
        let members: Vec<_> = answer.as_object().unwrap().keys().collect();
        assert_eq!(members, ["attempts", "elapsed_ms", "output", "request_id"], "{name}");
        assert_eq!(answer["attempts"], 1);
        if let Some(id) = answer["output"]["resourceId"].as_str() {
            id.clone_into(&mut resourceid);
        }
        if let Some(id) = answer["output"]["sid"].as_str() {
            id.clone_into(&mut sid);
        }
        let received = sim.requests();
        assert_eq!(received.last().unwrap().operation, Some(name));
    }
    assert_eq!(sim.requests().len(), listed.as_array().unwrap().len());
    assert_eq!(sim.role(world::POLYV_LIVE_CHANNEL, world::POLYV_LIVE_ACCOUNT).unwrap()["nickname"], "陈老师");
    assert_eq!(sim.video(world::POLYV_VOD_VIDEO).unwrap()["title"], "片头");
    assert_eq!(sim.recordings().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_comes_out_as_hexadecimal_digits() {
    let sim = simulator().await;
    let base_url = sim.base_url(Vendor::PolyvLive);
    let input = r#"{"rank": 1, "channelId": "2191541"}"#;
    let call = ["call", "polyv-live", "DownloadWhiteList", "--input", input, "--base-url", base_url];
    let answer = done(demo(&call)).json();
    let digits = answer["output"]["hex"].as_str().unwrap();
    assert!(digits.len() > 8 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()), "{answer}");
}

#[test]
fn every_sample_input_belongs_to_a_listed_operation() {
    let listed = done(bare(&["operations", "--json"])).json();
    let listed: BTreeSet<_> =
        listed.as_array().unwrap().iter().map(|row| row["operation"].as_str().unwrap().to_owned()).collect();
    assert_eq!(world::inputs().into_iter().map(|(name, _)| name).collect::<BTreeSet<_>>(), listed);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_input_comes_from_a_file_from_stdin_or_from_the_argument() {
    let sim = simulator().await;
    let base_url = sim.base_url(Vendor::PolyvLive);
    let call =
        |input: &str| demo(&["call", "polyv-live", "UpdateChannelAccount", "--base-url", base_url, "--input", input]);
    let nickname = || sim.role(world::POLYV_LIVE_CHANNEL, world::POLYV_LIVE_ACCOUNT).unwrap()["nickname"].clone();

    done(call(&sample("UpdateChannelAccount")));
    assert_eq!(nickname(), "陈老师");
    let input = |name| json!({"channelId": "2191541", "account": "0052191541", "nickname": name}).to_string();
    done(call(&input("from the argument")));
    assert_eq!(nickname(), "from the argument");
    assert_eq!(run_with_stdin(call("-"), &input("from stdin")).code, 0);
    assert_eq!(nickname(), "from stdin");
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_are_printed_as_sorted_json_with_the_vendors_request_id() {
    let sim = simulator().await;
    let base_url = sim.base_url(Vendor::Zego);
    let input = r#"{"PlayerId":"player_1","Sequence":5,"SeekTo":3}"#;
    let ended = done(demo(&["call", "zego-cloud-player", "UpdatePlayer", "--input", input, "--base-url", base_url]));
    let answer = ended.json();
    assert_eq!(answer["output"], Value::Null);
    assert!(answer["request_id"].is_string() && answer["elapsed_ms"].is_u64());
    assert!(ended.stdout.starts_with("{\n  \"attempts\": 1,\n"), "{}", ended.stdout);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_checks_follow_the_validation_profile() {
    let sim = simulator().await;
    let base_url = sim.base_url(Vendor::Zego);
    let odd = r#"{"PlayerId":"player_1","Sequence":9,"VideoOptions":{"Width":361,"Height":641}}"#;
    let call = |profile| {
        run(demo(&[
            "call",
            "zego-cloud-player",
            "UpdatePlayer",
            "--input",
            odd,
            "--base-url",
            base_url,
            "--validation",
            profile,
        ]))
    };
    assert_eq!(call("strict").code, 3);
    assert_eq!(sim.requests().len(), 0);
    assert_eq!(call("relaxed").code, 0);
    assert_eq!(call("off").code, 0);
}
