//! Where the vendor's pages, packages and servers contradict each other, and what users trip over: what this crate does.
//! One test each, for what concerns its operations. Others stand where they belong: wrong signatures under every code in
//! `replies`, values of a stream's event in `callback`, the text or number of `categoryId` in `wire`.

use livecloud_core::test_util::{ReplayTransport, Step};
use livecloud_core::wire::YesNo;
use livecloud_core::{Category, FilePart, Idempotency, Method, Validation};
use polyv_live::{
    AddBadwords, AuthSetting, BasicSetting, Client, Delivery, GetUserInfo, ImageType, OPERATIONS, Profile, Rank,
    RawCall, SetRecordCallback, UpdateCallbackSetting, UpdateChannelAccount, UpdateChannelBasic, UploadImage,
};
use serde_json::json;

use super::{NOW_MS, OK_BASIC, account, client, failure, ok};

fn with_user(transport: &ReplayTransport) -> Client {
    let clock = livecloud_core::test_util::ManualClock::at(NOW_MS).ticking();
    Client::builder(account().user_id("1b448be323")).transport(transport.clone()).clock(clock).build().unwrap()
}

// --- The sources contradict each other.

#[tokio::test]
async fn an_empty_value_is_dropped_with_its_name() {
    let transport = ok();
    let call = |call: RawCall| client(&transport).call(call.form("a", "1"));
    let raw = || RawCall::new(Profile::Api, Method::Post, "/live/v3/x");
    call(raw().form("empty", "")).await.unwrap();
    call(raw()).await.unwrap();
    let sent = transport.requests();
    assert_eq!(sent[0].form_pairs(), sent[1].form_pairs(), "the vendor's TypeScript package keeps the name");
}

#[tokio::test]
async fn the_digests_name_is_signed() {
    let transport = ok();
    let sha256 = Client::builder(account().sha256()).transport(transport.clone()).build().unwrap();
    sha256.call(RawCall::new(Profile::Api, Method::Get, "/x")).await.unwrap();
    let names: Vec<_> = transport.requests()[0].query_pairs().into_iter().map(|(name, _)| name).collect();
    // that it is signed, too, is held by the vendor's published vector in `signing`
    assert_eq!(names, ["appId", "timestamp", "signatureMethod", "sign"]);
}

#[tokio::test]
async fn the_newer_codes_mean_signature_and_time_not_parameters() {
    for (code, category) in [(10002, Category::Auth), (10003, Category::ClockSkew)] {
        let body = json!({"code": 400, "error": {"code": code, "desc": "new words"}}).to_string();
        let error =
            client(&ReplayTransport::always(Step::reply(400, body))).call(GetUserInfo::new()).await.unwrap_err();
        assert_eq!(error.category(), Some(category), "{code}");
    }
}

#[tokio::test]
async fn a_role_update_succeeds_with_a_text_or_an_object() {
    for data in [json!("success"), json!({"account": "0052191541"}), json!(null)] {
        let body = json!({"code": 200, "data": data}).to_string();
        let update = UpdateChannelAccount::new("1", "2").nickname("n");
        client(&ReplayTransport::always(Step::json(body))).call(update).await.unwrap();
    }
}

#[tokio::test]
async fn a_roles_password_has_its_full_name() {
    let transport = ok();
    client(&transport).call(UpdateChannelAccount::new("1", "2").password("123456")).await.unwrap();
    let sent = &transport.requests()[0];
    assert_eq!((sent.form("password").as_deref(), sent.form("passwd")), (Some("123456"), None));
}

#[tokio::test]
async fn an_empty_text_as_data_is_no_failure() {
    let update = UpdateChannelBasic::new("1").basic_setting(BasicSetting::new().likes(1));
    client(&ReplayTransport::always(Step::json(OK_BASIC))).call(update).await.unwrap();
}

#[test]
fn the_end_of_a_paid_condition_is_milliseconds_by_default_and_a_date_on_request() {
    let client = client(&ok());
    let update = |end: &str| {
        let mut setting = AuthSetting::from(AuthSetting::pay(Rank::Primary, 1.0));
        setting.watch_end_time = Some(end.to_owned());
        UpdateChannelBasic::new("1").auth(setting)
    };
    assert!(client.prepare(update("1557888134000")).is_ok());
    assert!(client.prepare(update("2019-05-15 10:42")).is_err());
    let relaxed = Client::builder(account()).transport(ok()).validation(Validation::Relaxed).build().unwrap();
    assert!(relaxed.prepare(update("2019-05-15 10:42")).is_ok());
}

#[test]
fn a_channels_name_may_have_100_characters_and_its_password_any() {
    let client = client(&ok());
    let update = |basic: BasicSetting| UpdateChannelBasic::new("1").basic_setting(basic);
    assert!(client.prepare(update(BasicSetting::new().name("名".repeat(100)))).is_ok());
    assert!(client.prepare(update(BasicSetting::new().name("名".repeat(101)))).is_err());
    // letters and digits, say other pages; the page's own sample has digits only
    assert!(client.prepare(update(BasicSetting::new().channel_passwd("10086"))).is_ok());
}

#[tokio::test]
async fn an_older_reply_without_a_code_is_read_too() {
    for body in
        [r#"{"status":"success","result":{"userId":"u"}}"#, r#"{"code":200,"status":"success","data":{"userId":"u"}}"#]
    {
        let info = client(&ReplayTransport::always(Step::json(body))).call(GetUserInfo::new()).await.unwrap();
        assert_eq!(info.user_id.as_deref(), Some("u"), "{body}");
    }
}

/// The sample of the vendor's page calls it `callback`, its table `url`.
#[tokio::test]
async fn the_address_of_recordings_is_called_url() {
    let transport = ok();
    with_user(&transport).call(SetRecordCallback::new().url("https://h/r")).await.unwrap();
    let sent = &transport.requests()[0];
    assert_eq!((sent.form("url").as_deref(), sent.form("callback")), (Some("https://h/r"), None));
}

// --- What users trip over.

#[tokio::test]
async fn a_clock_that_is_off_is_corrected_once_and_named_if_that_does_not_help() {
    let skewed = failure(400, 400, "invalid timestamp").header("date", "Tue, 14 Nov 2023 23:13:20 GMT");
    let transport = ReplayTransport::new([skewed, Step::json(r#"{"code":200,"data":{}}"#)]);
    client(&transport).call(GetUserInfo::new()).await.unwrap();
    let times = transport.requests().into_iter().map(|sent| sent.query("timestamp").unwrap()).collect::<Vec<_>>();
    // the clock ticks between the attempts
    assert!(times[1].starts_with("17000036"), "{times:?}");

    let transport = ReplayTransport::always(failure(400, 400, "invalid timestamp"));
    let error = client(&transport).call(GetUserInfo::new()).await.unwrap_err();
    assert!(error.advice().unwrap().contains("clock"), "{error}");
}

#[tokio::test]
async fn a_roles_number_keeps_its_leading_zeros() {
    let transport = ok();
    client(&transport).call(UpdateChannelAccount::new("1", "0052191541").nickname("n")).await.unwrap();
    assert_eq!(transport.requests()[0].form("account").as_deref(), Some("0052191541"));
    let number = serde_json::from_value::<UpdateChannelAccount>(json!({"channelId": 1, "account": 52_191_541}));
    assert!(number.is_err());
}

#[tokio::test]
async fn a_form_is_sent_as_a_form_and_lists_in_it_as_json() {
    let transport = ReplayTransport::always(Step::json(r#"{"code":200,"data":{"count":2}}"#));
    with_user(&transport).call(AddBadwords::new(["坏", "a\"b"])).await.unwrap();
    let sent = &transport.requests()[0];
    assert!(sent.header("content-type").unwrap().starts_with("application/x-www-form-urlencoded"));
    assert_eq!(sent.form("words").as_deref(), Some(r#"["坏","a\"b"]"#));
}

#[tokio::test]
async fn a_channel_belongs_into_the_signed_query_and_is_never_left_out() {
    let transport = ok();
    let update = |id: &str| UpdateChannelBasic::new(id).basic_setting(BasicSetting::new().likes(1));
    client(&transport).call(update("7")).await.unwrap();
    let sent = &transport.requests()[0];
    assert_eq!((sent.query("channelId").as_deref(), &sent.json()["channelId"]), (Some("7"), &json!(null)));
    for blank in ["", " "] {
        for profile in [Validation::Strict, Validation::Off] {
            let error = client(&transport).call(update(blank)).validation(profile).await.unwrap_err();
            assert_eq!((error.delivery(), error.violations()[0].id), (Delivery::NotSent, "L01"));
            // where it may be left out, too: a blank one would say "all channels"
            let words = with_user(&transport).call(AddBadwords::new(["x"]).channel_id(blank)).validation(profile).await;
            assert_eq!(words.unwrap_err().violations()[0].path, "channelId");
            let off = UpdateCallbackSetting::new(blank).stream_callback_url("https://h/s");
            let off = client(&transport).call(off).validation(profile).await.unwrap_err();
            assert_eq!((off.delivery(), off.violations()[0].path.as_str()), (Delivery::NotSent, "channelId"));
        }
    }
}

#[tokio::test]
async fn only_the_code_says_how_it_went() {
    let lies = [
        (r#"{"code":200,"status":"error","success":false,"message":"failed","data":false}"#, true),
        (r#"{"code":500,"status":"success","success":true,"message":"","data":"success"}"#, false),
    ];
    for (body, done) in lies {
        let client = client(&ReplayTransport::always(Step::json(body)));
        let update = UpdateChannelBasic::new("1").basic_setting(BasicSetting::new().likes(1));
        let outcome = client.call(update).retry(livecloud_core::NoRetry).await;
        assert_eq!(outcome.is_ok(), done, "{body}");
    }
}

#[test]
fn what_creates_something_is_never_repeated_after_an_unknown_outcome() {
    for meta in OPERATIONS {
        let creates = ["Add", "Create", "BatchCreate", "Upload"].iter().any(|verb| meta.name.starts_with(verb));
        assert!(!creates || meta.idempotency == Idempotency::Unsafe, "{}", meta.name);
    }
}

#[tokio::test]
async fn a_forbidden_feature_is_no_matter_of_the_secret() {
    for text in ["access forbidden.", "forbidden", "账号未开启转播功能"] {
        let client = client(&ReplayTransport::always(failure(403, 403, text)));
        let error = client.call(GetUserInfo::new()).await.unwrap_err();
        assert_eq!(
            (error.category(), error.is_auth(), error.attempts()),
            (Some(Category::Account), false, 1),
            "{text}"
        );
    }
}

#[test]
fn a_file_without_a_name_is_refused_and_every_part_of_one_has_its_name() {
    let client = client(&ok());
    let upload = |name: &str| UploadImage::new(ImageType::Cover, [FilePart::new(name, "png")]);
    assert_eq!(client.prepare(upload(" ")).unwrap_err().violations()[0].id, "L72");
    let request = client.prepare(upload("封面.png")).unwrap();
    let body = String::from_utf8_lossy(request.body());
    assert!(body.contains("name=\"file\"; filename=\"封面.png\""), "{body}");
}

#[test]
fn a_flag_is_one_upper_case_letter_even_where_it_means_off() {
    let sent =
        |danmu: bool| serde_json::to_value(BasicSetting::new().close_danmu(danmu)).unwrap()["closeDanmu"].clone();
    assert_eq!((sent(true), sent(false)), (json!("Y"), json!("N")));
    assert_eq!(serde_json::from_value::<YesNo>(json!("y")).unwrap(), YesNo::Yes);
}

#[tokio::test]
async fn a_reply_may_lack_everything_but_its_code() {
    let info = client(&ReplayTransport::always(Step::json(r#"{"code":200,"data":{}}"#))).call(GetUserInfo::new()).await;
    assert_eq!(info.unwrap(), polyv_live::UserInfo::default());
}
