//! Tests of the crate as its users see it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod account;
mod addresses;
mod belongings;
mod callback;
mod calls;
mod catalog;
mod channels;
mod checks;
mod conditions;
mod discrepancies;
mod everyday;
mod http;
mod hygiene;
mod links;
mod profiles;
mod replies;
mod roles;
mod sessions;
mod signing;
mod simulator;
mod wire;

use livecloud_core::test_util::{ManualClock, ReplayTransport, SeededEntropy, Step};
use livecloud_core::wire::YesNo;
use polyv_live::{Account, AuthSetting, BasicSetting, Client, Rank, UpdateChannelAccount, UpdateChannelBasic};

const APP_ID: &str = "demoApp01";
const SECRET: &str = "demo-secret-0123456789abcdef";
const NOW_MS: u64 = 1_700_000_000_123;
/// The successes of the vendor's two pages.
const OK: &str = r#"{"code":200, "status":"success", "message":"", "data":"success"}"#;
const OK_BASIC: &str = r#"{"code":200, "status":"success", "message":"", "data":""}"#;

fn account() -> Account {
    Account::new(APP_ID, SECRET)
}

/// A client over a list of replies, with a clock that follows paused time.
fn client(transport: &ReplayTransport) -> Client {
    Client::builder(account())
        .transport(transport.clone())
        .clock(ManualClock::at(NOW_MS).ticking())
        .entropy(SeededEntropy::new(7))
        .build()
        .unwrap()
}

fn ok() -> ReplayTransport {
    ReplayTransport::always(Step::json(OK))
}

/// A failure in the form of the vendor's pages.
fn failure(http: u16, code: i64, message: &str) -> Step {
    let body = serde_json::json!({"code": code, "status": "error", "message": message, "data": ""});
    Step::reply(http, body.to_string())
}

/// The request of the first page.
fn role_sample() -> UpdateChannelAccount {
    UpdateChannelAccount::new("2191541", "0052191541")
        .nickname("陈老师")
        .password("123456")
        .avatar("https://s1.videocc.net/default-img/avatar/assistant.png")
        .actor("助教")
        .page_turn_enabled(true)
        .notify_enabled(YesNo::Yes)
}

/// The request of the second page.
fn channel_sample() -> UpdateChannelBasic {
    let logo = "http://my.polyv.net/v_22/assets/dist/images/navbar/logo.png";
    let basic = BasicSetting::new()
        .name("测试")
        .channel_passwd("10086")
        .publisher("主持人名称")
        .start_time(1_557_888_134_000)
        .page_view(1000)
        .likes(666)
        .cover_img(logo)
        .splash_img(logo)
        .splash_enabled(true)
        .desc("这是直播介绍,可以是html代码")
        .consulting_menu_enabled(false)
        .max_viewer_restrict(true)
        .max_viewer(100)
        .category_id("345134")
        .close_danmu(false)
        .show_danmu_info_enabled(false)
        .label_data(["zpmz3640wkxpj267"]);
    let uri = "http://demo.polyv.net/chenwb/live-validate.php";
    UpdateChannelBasic::new("2191569").basic_setting(basic).auth(AuthSetting::external(
        Rank::Primary,
        "L0EjokKI4O",
        uri,
    ))
}

fn sorted(mut pairs: Vec<(String, String)>) -> Vec<(String, String)> {
    pairs.sort();
    pairs
}
