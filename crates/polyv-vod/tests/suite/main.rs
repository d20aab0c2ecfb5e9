//! Tests of the crate as its users see it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod account;
mod callback;
mod callback_details;
mod calls;
mod catalog;
mod checks;
mod discrepancies;
mod everyday;
mod http;
mod hygiene;
mod library;
mod main_account;
mod pages;
mod playback;
mod replies;
mod signing;
mod simulator;
mod wire;

use livecloud_core::test_util::{ManualClock, ReplayTransport, SeededEntropy, Step};
use polyv_vod::{Account, Client, UpdateVideoInfoV3};

const APP_ID: &str = "demoAppId9";
const SECRET: &str = "DemoSubSecret02";
/// Of the main account; its videos' ids begin with it.
const USER_ID: &str = "abcde12345";
const SECRET_KEY: &str = "DemoSecretKey01";
const NOW_MS: u64 = 1_700_000_000_123;
const VID: &str = "abcde123450f1e2d3c4b5a69788796a5_a";
/// The success of the vendor's page.
const OK: &str = r#"{
    "requestId": "5ede3d23-45f0-4661-99be-e95d07daf049",
    "code": 200,
    "status": "success",
    "error": null,
    "data": null
}"#;

fn account() -> Account {
    Account::sub(APP_ID, SECRET)
}

/// With everything an operation may need.
fn full_account() -> Account {
    account().with_main(USER_ID, SECRET_KEY).write_token("0a1b2c3d-demo-write-token")
}

/// A client over a list of replies, with a clock that follows paused time.
fn client(transport: &ReplayTransport) -> Client {
    client_of(account(), transport)
}

fn client_of(account: Account, transport: &ReplayTransport) -> Client {
    Client::builder(account)
        .transport(transport.clone())
        .clock(ManualClock::at(NOW_MS).ticking())
        .entropy(SeededEntropy::new(7))
        .build()
        .unwrap()
}

fn ok() -> ReplayTransport {
    ReplayTransport::always(Step::json(OK))
}

/// A failure of the vendor's page.
fn failure(http: u16, code: i64, desc: &str) -> Step {
    let body = serde_json::json!({
        "requestId": "5ede3d23-45f0-4661-99be-e95d07daf049", "code": http, "status": "error",
        "error": {"code": code, "desc": desc}, "data": null
    });
    Step::reply(http, body.to_string())
}

/// The request of the vendor's Java sample; its values are placeholders.
fn documented_sample() -> UpdateVideoInfoV3 {
    UpdateVideoInfoV3::new("xxx").title("标题").describ("描述").tag("视频标签").publish_url("外链地址")
}

/// A failure of the main account's interface.
fn refusal(code: i64, message: &str) -> Step {
    let body = serde_json::json!({"code": code, "status": "error", "message": message, "data": ""});
    Step::reply(u16::try_from(code).unwrap_or(400), body.to_string())
}

fn sorted(mut pairs: Vec<(String, String)>) -> Vec<(String, String)> {
    pairs.sort();
    pairs
}
