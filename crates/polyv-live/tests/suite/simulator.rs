use livecloud_core::{Category, NoRetry};
use livecloud_sim::{Fault, Simulator, Vendor, demo};
use polyv_live::{
    Account, AuthSetting, BasicSetting, Client, Delivery, ErrorKind, InfoField, InfoType, Rank, UpdateChannelAccount,
    UpdateChannelBasic, Validation,
};
use serde_json::json;

use super::{channel_sample, role_sample};

async fn simulator() -> Simulator {
    Simulator::builder().only(Vendor::PolyvLive).start().await.unwrap()
}

fn client_of(sim: &Simulator, account: Account) -> Client {
    // Nothing here waits for a retry: time is real.
    Client::builder(account).base_url(sim.base_url(Vendor::PolyvLive)).retry(NoRetry).build().unwrap()
}

fn client(sim: &Simulator) -> Client {
    client_of(sim, Account::new(demo::POLYV_LIVE_APP_ID, demo::POLYV_LIVE_APP_SECRET))
}

#[tokio::test]
async fn the_documented_requests_are_accepted_and_applied_with_either_digest() {
    let sim = simulator().await;
    let account = Account::new(demo::POLYV_LIVE_APP_ID, demo::POLYV_LIVE_APP_SECRET);
    for client in [client_of(&sim, account.clone()), client_of(&sim, account.sha256())] {
        client.call(role_sample()).await.unwrap();
        client.call(channel_sample()).await.unwrap();
    }
    let role = sim.role("2191541", "0052191541").unwrap();
    assert_eq!((&role["nickname"], &role["pageTurnEnabled"]), (&json!("陈老师"), &json!("Y")));
    let channel = sim.channel("2191569").unwrap();
    assert_eq!(channel["basicSetting"]["categoryId"], 345_134);
    assert_eq!(channel["authSettings"][0]["externalKey"], "L0EjokKI4O");
}

#[tokio::test]
async fn any_text_arrives_unchanged() {
    let sim = simulator().await;
    let text = " 片头 🎉 +&=%#? 0052191541 ";
    let role = UpdateChannelAccount::new(demo::POLYV_LIVE_CHANNEL, demo::POLYV_LIVE_ACCOUNT).nickname(text).actor(text);
    client(&sim).call(role).await.unwrap();
    let role = sim.role(demo::POLYV_LIVE_CHANNEL, demo::POLYV_LIVE_ACCOUNT).unwrap();
    assert_eq!((&role["nickname"], &role["actor"]), (&json!(text), &json!(text)));
    let update = UpdateChannelBasic::new(demo::POLYV_LIVE_CHANNEL).basic_setting(BasicSetting::new().name(text));
    client(&sim).call(update).await.unwrap();
    assert_eq!(sim.channel(demo::POLYV_LIVE_CHANNEL).unwrap()["basicSetting"]["name"], text);
}

#[tokio::test]
async fn every_condition_and_every_setting_is_accepted() {
    let sim = simulator().await;
    let client = client(&sim);
    let rank = Rank::Primary;
    let fields = [InfoField::new(InfoType::Mobile).name("手机").sms(true), InfoField::choice(["男", "女"])];
    let conditions: [AuthSetting; 9] = [
        AuthSetting::pay(rank, 9.9).pay_auth_tips("t").watch_end_time_ms(1_557_888_134_000).into(),
        AuthSetting::pay(rank, 9.9).for_ever().into(),
        AuthSetting::code(rank, "c").qcode_tips("t").qcode_img("i").into(),
        AuthSetting::phone(rank).auth_tips("t").expected_arrival_enabled(true).into(),
        AuthSetting::info(rank, fields).info_auth_tips("t").info_desc("d").info_entry_text("e").into(),
        AuthSetting::custom(rank, "k", "https://u").into(),
        AuthSetting::external(rank, "k", "https://u").external_redirect_uri("https://r").into(),
        AuthSetting::direct(rank, "k").into(),
        AuthSetting::off(rank),
    ];
    for condition in conditions {
        let update = UpdateChannelBasic::new(demo::POLYV_LIVE_CHANNEL).auth(condition.clone());
        client.call(update).await.unwrap_or_else(|error| panic!("{condition:?}: {error}"));
    }
    let setting = BasicSetting::new()
        .end_time(1_557_888_134_000)
        .link_mic_limit(-1)
        .operation(true)
        .receive_channel_ids(["2191569"])
        .pure_rtc_enabled(true)
        .custom_teacher_id("t-1")
        .category_id("c1");
    client.call(UpdateChannelBasic::new(demo::POLYV_LIVE_CHANNEL).basic_setting(setting)).await.unwrap();
}

#[tokio::test]
async fn failures_come_back_as_what_they_are() {
    let sim = simulator().await;
    let client = client(&sim);
    let role = |channel: &str, account: &str| UpdateChannelAccount::new(channel, account).page_turn_enabled(true);
    let wrong = client_of(&sim, Account::new(demo::POLYV_LIVE_APP_ID, "wrong"));
    let unknown = client_of(&sim, Account::new("nobody", demo::POLYV_LIVE_APP_SECRET));
    for (client, role, category) in [
        (&wrong, role_sample(), Category::Auth),
        (&unknown, role_sample(), Category::Account),
        (&client, role("99", "1"), Category::NotFound),
        (&client, role(demo::POLYV_LIVE_CHANNEL, "99"), Category::Account),
        (&client, role(demo::POLYV_LIVE_PLAIN_CHANNEL, "0052191600"), Category::InvalidArgument),
    ] {
        let error = client.call(role).await.unwrap_err();
        assert_eq!(error.category(), Some(category), "{error}");
    }
    // What the checks would have refused, the vendor refuses as well.
    for update in [
        UpdateChannelBasic::new("99"),
        UpdateChannelBasic::new(demo::POLYV_LIVE_CHANNEL).basic_setting(BasicSetting::new().link_mic_limit(17)),
        UpdateChannelBasic::new(demo::POLYV_LIVE_CHANNEL).auth(AuthSetting::code(Rank::Primary, "")),
    ] {
        let error = client.call(update).validation(Validation::Off).await.unwrap_err();
        assert!(matches!(error.category(), Some(Category::NotFound | Category::InvalidArgument)), "{error}");
        assert!(error.advice().is_some());
    }
}

#[tokio::test]
async fn blank_texts_neither_break_the_signature_nor_change_anything() {
    let sim = simulator().await;
    let role = || UpdateChannelAccount::new(demo::POLYV_LIVE_CHANNEL, demo::POLYV_LIVE_ACCOUNT);
    client(&sim).call(role().nickname("n")).await.unwrap();
    client(&sim).call(role().nickname(" ").actor("a")).validation(Validation::Off).await.unwrap();
    let role = sim.role(demo::POLYV_LIVE_CHANNEL, demo::POLYV_LIVE_ACCOUNT).unwrap();
    assert_eq!((&role["nickname"], &role["actor"]), (&json!("n"), &json!("a")));
}

#[tokio::test]
async fn a_vendor_whose_clock_differs_is_understood_after_one_refusal() {
    let sim = simulator().await;
    sim.set_clock_offset(Vendor::PolyvLive, 3600);
    let client = client(&sim);
    client.call(role_sample()).await.unwrap();
    client.call(channel_sample()).await.unwrap();
    let codes: Vec<_> = sim.requests().into_iter().map(|request| request.code.unwrap()).collect();
    assert_eq!(codes, ["400", "200", "200"]);
}

#[tokio::test]
async fn faults_end_as_what_they_are() {
    let sim = simulator().await;
    let client = client(&sim);
    let call = async |fault: Fault| {
        sim.next("UpdateChannelBasic", fault);
        client.call(channel_sample()).await.unwrap_err()
    };
    assert!(call(Fault::throttled()).await.is_throttled());
    assert_eq!(call(Fault::vendor_code(30005, "")).await.category(), Some(Category::NotFound));
    assert_eq!(call(Fault::GatewayHtml).await.category(), Some(Category::Transient));
    assert_eq!(call(Fault::DropAfterActing).await.delivery(), Delivery::Unknown);
    for fault in [Fault::TruncatedBody, Fault::NonJson, Fault::EmptyBody, Fault::WrongCharset] {
        assert_eq!(call(fault).await.kind(), ErrorKind::Decode);
    }
}
