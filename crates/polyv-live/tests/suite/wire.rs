use livecloud_core::test_util::ManualClock;
use livecloud_core::wire::YesNo;
use livecloud_core::{NoTransport, Operation, Validation};
use polyv_live::{
    Account, AuthSetting, AuthType, BasicSetting, Client, ErrorKind, InfoField, InfoType, Rank, UpdateChannelAccount,
    UpdateChannelBasic,
};
use serde_json::{Value, json};

use super::{NOW_MS, account, channel_sample, client, ok, role_sample, sorted};

fn prepared(op: impl Operation<Vendor = Account>) -> ::http::Request<bytes::Bytes> {
    let client = Client::builder(account()).transport(NoTransport).clock(ManualClock::at(NOW_MS));
    client.validation(Validation::Off).build().unwrap().prepare(op).unwrap()
}

/// Names and values of the form, signature apart.
async fn form_of(update: UpdateChannelAccount) -> Vec<(String, String)> {
    let transport = ok();
    client(&transport).call(update).validation(Validation::Off).await.unwrap();
    let mut form = transport.requests()[0].form_pairs();
    form.retain(|(name, _)| !matches!(&**name, "appId" | "timestamp" | "sign"));
    sorted(form)
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    sorted(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

fn body_of(update: UpdateChannelBasic) -> Value {
    serde_json::from_slice(prepared(update).body()).unwrap()
}

#[tokio::test]
async fn the_documented_form_is_produced_exactly() {
    let transport = ok();
    client(&transport).call(role_sample()).await.unwrap();
    let sent = &transport.requests()[0];
    assert_eq!(sent.request().method(), "POST");
    assert_eq!(sent.path(), "/live/v2/channelAccount/2191541/update");
    assert_eq!(sent.header("content-type"), Some("application/x-www-form-urlencoded; charset=UTF-8"));
    assert!(sent.query_pairs().is_empty());
    // The page's own sample, its app, time and signature apart.
    let sample = "actor=%E5%8A%A9%E6%95%99&password=123456&pageTurnEnabled=Y&notifyEnabled=Y\
                  &nickname=%E9%99%88%E8%80%81%E5%B8%88\
                  &avatar=https%3A%2F%2Fs1.videocc.net%2Fdefault-img%2Favatar%2Fassistant.png&account=0052191541";
    let body = std::str::from_utf8(sent.request().body()).unwrap();
    let mut ours: Vec<_> = body.split('&').collect();
    ours.retain(|pair| !["appId=", "timestamp=", "sign="].iter().any(|name| pair.starts_with(name)));
    let mut theirs: Vec<_> = sample.split('&').collect();
    ours.sort_unstable();
    theirs.sort_unstable();
    assert_eq!(ours, theirs);
}

#[tokio::test]
async fn the_documented_json_is_produced_exactly() {
    let transport = ok();
    client(&transport).call(channel_sample()).await.unwrap();
    let sent = &transport.requests()[0];
    assert_eq!(sent.path(), "/live/v3/channel/basic/update");
    assert_eq!(sent.header("content-type"), Some("application/json"));
    let names: Vec<_> = sent.query_pairs().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["channelId", "appId", "timestamp", "sign"]);
    assert_eq!(sent.query("channelId").as_deref(), Some("2191569"));
    // The page's own sample.
    assert_eq!(
        sent.json(),
        json!({
            "basicSetting": {
                "name": "测试",
                "channelPasswd": "10086",
                "publisher": "主持人名称",
                "startTime": 1_557_888_134_000_u64,
                "pageView": 1000,
                "likes": 666,
                "coverImg": "http://my.polyv.net/v_22/assets/dist/images/navbar/logo.png",
                "splashImg": "http://my.polyv.net/v_22/assets/dist/images/navbar/logo.png",
                "splashEnabled": "Y",
                "desc": "这是直播介绍,可以是html代码",
                "consultingMenuEnabled": "N",
                "maxViewerRestrict": "Y",
                "maxViewer": 100,
                "categoryId": 345_134,
                "closeDanmu": "N",
                "showDanmuInfoEnabled": "N",
                "labelData": ["zpmz3640wkxpj267"]
            },
            "authSettings": [{
                "rank": 1,
                "enabled": "Y",
                "authType": "external",
                "externalKey": "L0EjokKI4O",
                "externalUri": "http://demo.polyv.net/chenwb/live-validate.php"
            }]
        })
    );
}

#[tokio::test]
async fn required_fields_alone_send_nothing_else() {
    assert_eq!(form_of(UpdateChannelAccount::new("1", "002")).await, pairs(&[("account", "002")]));
    assert_eq!(body_of(UpdateChannelBasic::new("1")), json!({}));
    assert_eq!(body_of(UpdateChannelBasic::new("1").basic_setting(BasicSetting::new())), json!({"basicSetting": {}}));
    assert_eq!(
        body_of(UpdateChannelBasic::new("1").auth(AuthSetting::off(Rank::Secondary))),
        json!({"authSettings": [{"rank": 2, "enabled": "N"}]})
    );
}

/// Every field of every type at once: wrong as a request, right as a list of names.
#[test]
fn all_fields_of_a_channel_are_sent_under_the_vendors_names() {
    let basic = BasicSetting::new()
        .name("n")
        .channel_passwd("p")
        .publisher("h")
        .start_time(0)
        .end_time(1_557_888_134_000)
        .page_view(1)
        .likes(2)
        .cover_img("c")
        .splash_img("s")
        .splash_enabled(true)
        .desc("d")
        .consulting_menu_enabled(true)
        .max_viewer_restrict(true)
        .max_viewer(3)
        .category_id("c4")
        .link_mic_limit(-1)
        .operation(true)
        .receive_channel_ids(["5", "6"])
        .close_danmu(true)
        .show_danmu_info_enabled(true)
        .pure_rtc_enabled(false)
        .custom_teacher_id("t")
        .label_data(["l1", "l2"]);
    let text = |text: &str| Some(text.to_owned());
    let field = InfoField::choice(["a", "b"]).name("f").placeholder("h").sms(true);
    let mut auth = AuthSetting::new(Rank::Secondary, true);
    auth.auth_type = Some(AuthType::Info);
    auth.pay_auth_tips = text("1");
    auth.price = Some(9.5);
    auth.watch_end_time = text("1557888134000");
    auth.valid_time_period = Some(30);
    auth.auth_code = Some("2".into());
    auth.qcode_tips = text("3");
    auth.qcode_img = Some("4".into());
    auth.auth_tips = text("5");
    auth.white_list_entry_text = text("6");
    auth.white_list_input_tips = text("7");
    auth.expected_arrival_enabled = Some(YesNo::No);
    auth.info_fields = Some(vec![field]);
    auth.info_auth_tips = text("8");
    auth.info_desc = text("9");
    auth.info_entry_text = text("10");
    auth.external_key = Some("11".into());
    auth.external_uri = Some("12".into());
    auth.external_redirect_uri = Some("13".into());
    auth.custom_key = Some("14".into());
    auth.custom_uri = Some("15".into());
    auth.direct_key = Some("16".into());
    let update = UpdateChannelBasic::new("1").basic_setting(basic).auth_settings([auth]);
    insta::assert_json_snapshot!(body_of(update));
}

#[tokio::test]
async fn any_text_arrives_unchanged() {
    for text in ["a b", " outer ", "+&=%#?/\\\"", "%20", "直播间", "🎉 𠮷", "0052191541", "a\r\nb\tc", "null", "0"]
    {
        let form = form_of(UpdateChannelAccount::new("1", text).nickname(text).password(text).actor(text)).await;
        let expected = [("account", text), ("nickname", text), ("password", text), ("actor", text)];
        assert_eq!(form, pairs(&expected), "{text:?}");

        let transport = ok();
        let update = UpdateChannelBasic::new(text).basic_setting(BasicSetting::new().name(text).channel_passwd(text));
        client(&transport).call(update).validation(Validation::Off).await.unwrap();
        let sent = &transport.requests()[0];
        assert_eq!(sent.query("channelId").as_deref(), Some(text));
        assert_eq!(sent.json(), json!({"basicSetting": {"name": text, "channelPasswd": text}}));
    }
}

#[test]
fn a_channel_number_cannot_lead_to_another_path() {
    let path = |id: &str| prepared(UpdateChannelAccount::new(id, "1")).uri().path().to_owned();
    assert_eq!(path("a/b?c#d%"), "/live/v2/channelAccount/a%2Fb%3Fc%23d%25/update");
    let client = Client::builder(account()).transport(NoTransport).validation(Validation::Off).build().unwrap();
    for id in [".", ".."] {
        let error = client.prepare(UpdateChannelAccount::new(id, "1")).unwrap_err();
        assert_eq!((error.kind(), &*error.violations()[0].path), (ErrorKind::Invalid, "channelId"));
    }
    // Without it, the vendor might take the call for one that changes the whole account.
    for id in ["", "  ", "\t", "\u{3000}"] {
        for refused in [client.prepare(UpdateChannelBasic::new(id)), client.prepare(UpdateChannelAccount::new(id, "1"))]
        {
            let error = refused.unwrap_err();
            let found = &error.violations()[0];
            assert_eq!((error.kind(), &*found.path, found.id), (ErrorKind::Invalid, "channelId", "L01"));
        }
    }
}

#[tokio::test]
async fn blank_parameters_are_left_out_when_nothing_is_checked_and_blank_json_is_sent() {
    for blank in ["", " ", "\t\r\n", "\u{3000}"] {
        let form = form_of(UpdateChannelAccount::new("1", "2").nickname(blank).password(blank).actor("a")).await;
        assert_eq!(form, pairs(&[("account", "2"), ("actor", "a")]), "{blank:?}");
        let update = UpdateChannelBasic::new("1").basic_setting(BasicSetting::new().desc(blank));
        assert_eq!(body_of(update), json!({"basicSetting": {"desc": blank}}));
    }
}

#[test]
fn a_category_is_a_number_where_it_is_one_and_reads_back_from_both() {
    for (id, expected) in [
        ("345134", json!(345_134)),
        ("0", json!(0)),
        ("9007199254740991", json!(9_007_199_254_740_991_u64)),
        ("9007199254740992", json!("9007199254740992")),
        ("99999999999999999999", json!("99999999999999999999")),
        ("0345", json!("0345")),
        ("+1", json!("+1")),
        ("-1", json!("-1")),
        ("c1", json!("c1")),
        ("", json!("")),
    ] {
        let written = serde_json::to_value(BasicSetting::new().category_id(id)).unwrap();
        assert_eq!(written, json!({"categoryId": expected}));
        assert_eq!(serde_json::from_value::<BasicSetting>(written).unwrap().category_id.as_deref(), Some(id));
    }
}

#[test]
fn a_price_that_json_cannot_hold_is_an_error_and_not_null() {
    let client = Client::builder(account()).transport(NoTransport).validation(Validation::Off).build().unwrap();
    for price in [f64::NAN, f64::INFINITY] {
        let update = UpdateChannelBasic::new("1").auth(AuthSetting::pay(Rank::Primary, price));
        assert_eq!(client.prepare(update).unwrap_err().kind(), ErrorKind::Encode);
    }
    let update = UpdateChannelBasic::new("1").auth(AuthSetting::pay(Rank::Primary, 0.1));
    assert!(std::str::from_utf8(prepared(update).body()).unwrap().contains(r#""price":0.1"#));
}

#[test]
fn unknown_values_are_kept_and_unknown_members_ignored() {
    let json = json!({
        "channelId": "1", "basicSetting": {"pureRtcEnabled": "", "channelPasswd": 10086, "new": 1},
        "authSettings": [
            {"rank": 3, "enabled": "Y", "authType": "lottery", "watchEndTime": 1_557_888_134_000_u64, "new": {},
             "infoFields": [{"type": "face"}]},
            {"rank": "1", "enabled": "N", "authType": "wx", "pureRtc": null}
        ]
    });
    let update: UpdateChannelBasic = serde_json::from_value(json).unwrap();
    let basic = update.basic_setting.clone().unwrap();
    assert_eq!((basic.pure_rtc_enabled, basic.channel_passwd.unwrap().expose()), (None, "10086"));
    let [first, second] = update.auth_settings.clone().unwrap().try_into().unwrap();
    assert_eq!((first.rank, first.auth_type), (Rank::Other(3), Some(AuthType::Other("lottery".into()))));
    assert_eq!(first.watch_end_time.as_deref(), Some("1557888134000"));
    assert_eq!(first.info_fields.unwrap()[0].kind, InfoType::Other("face".into()));
    assert_eq!((second.rank, second.auth_type), (Rank::Primary, Some(AuthType::Wx)));
    assert_eq!(body_of(update)["authSettings"][0]["authType"], "lottery");
}

#[test]
fn ids_and_numbers_are_read_from_either_json_type() {
    let numbers = json!({
        "channelId": 2_191_569,
        "basicSetting": {
            "startTime": "1557888134000", "endTime": "1557888134001", "pageView": "1000", "likes": " 666 ",
            "maxViewer": "100", "linkMicLimit": "-1", "receiveChannelIds": 2_191_541, "customTeacherId": 7,
            "categoryId": 345_134, "labelData": ["a", 8]
        },
        "authSettings": [{"rank": "1", "enabled": "Y", "authType": "pay", "price": "9.90", "validTimePeriod": "30"}]
    });
    let basic = BasicSetting::new()
        .start_time(1_557_888_134_000)
        .end_time(1_557_888_134_001)
        .page_view(1000)
        .likes(666)
        .max_viewer(100)
        .link_mic_limit(-1)
        .receive_channel_ids(["2191541"])
        .custom_teacher_id("7")
        .category_id("345134")
        .label_data(["a", "8"]);
    let condition = AuthSetting::pay(Rank::Primary, 9.9).valid_time_period(30);
    let expected = UpdateChannelBasic::new("2191569").basic_setting(basic).auth(condition);
    assert_eq!(serde_json::from_value::<UpdateChannelBasic>(numbers).unwrap(), expected);

    let role: UpdateChannelAccount =
        serde_json::from_value(json!({"channelId": 2_191_541, "account": "0052"})).unwrap();
    assert_eq!(role, UpdateChannelAccount::new("2191541", "0052"));
    for wrong in [
        json!({"linkMicLimit": 1_u64 << 40}),
        json!({"linkMicLimit": "x"}),
        json!({"likes": -1}),
        json!({"labelData": "a"}),
        json!({"receiveChannelIds": ["1"]}),
    ] {
        assert!(serde_json::from_value::<BasicSetting>(wrong.clone()).is_err(), "{wrong}");
    }
}

#[test]
fn lists_with_commas_read_back_as_the_same_list() {
    for (text, items) in [("", vec![]), ("1", vec!["1"]), ("1,2", vec!["1", "2"]), ("1,,2", vec!["1", "", "2"])] {
        let setting: BasicSetting = serde_json::from_value(json!({"receiveChannelIds": text})).unwrap();
        assert_eq!(setting, BasicSetting::new().receive_channel_ids(items.clone()));
        assert_eq!(serde_json::to_value(setting).unwrap(), json!({"receiveChannelIds": text}));
        let field: InfoField = serde_json::from_value(json!({"type": "option", "options": text})).unwrap();
        assert_eq!(field, InfoField::choice(items));
        assert_eq!(serde_json::to_value(field).unwrap(), json!({"type": "option", "options": text}));
    }
}

#[test]
fn requests_read_back_from_their_own_json() {
    let with_id = |op: Value, id: &str| {
        let mut op = op;
        op["channelId"] = json!(id);
        op
    };
    let written = with_id(serde_json::to_value(channel_sample()).unwrap(), "2191569");
    assert_eq!(serde_json::from_value::<UpdateChannelBasic>(written).unwrap(), channel_sample());
    let written = with_id(serde_json::to_value(role_sample()).unwrap(), "2191541");
    assert_eq!(serde_json::from_value::<UpdateChannelAccount>(written).unwrap(), role_sample());
}

#[tokio::test]
async fn operations_can_be_called_by_name_from_json_to_json() {
    let transport = ok();
    let client = client(&transport);
    let by_name = |name: &str| polyv_live::REGISTRY.iter().find(|entry| entry.meta().name == name).unwrap();
    let (role, channel) = (by_name("UpdateChannelAccount"), by_name("UpdateChannelBasic"));
    let input = json!({"channelId": "2191541", "account": "0052191541", "notifyEnabled": "N"});
    let answer = role.call(&client, input).await.unwrap();
    assert_eq!((answer.output, answer.info.attempts), (Value::Null, 1));
    assert_eq!(transport.requests()[0].form("notifyEnabled").as_deref(), Some("N"));
    let refused = [
        // As a number it would have lost its leading zeros.
        (role, json!({"channelId": 1, "account": 52_191_541}), "account has the wrong type or form [input]"),
        (
            channel,
            json!({"channelId": "1", "authSettings": [{"rank": 1, "enabled": "Y", "price": "x"}]}),
            "authSettings[0].price has the wrong type or form [input]",
        ),
        (role, json!({"channelId": "1"}), "account is required [input]"),
        (channel, json!({"basicSetting": {}}), "channelId is required [input]"),
        (
            channel,
            json!({"channelId": "1", "authSettings": [{"rank": 1}]}),
            "authSettings[0].enabled is required [input]",
        ),
        (
            channel,
            json!({"channelId": "1", "authSettings": [{"rank": 1, "enabled": "Y", "infoFields": [{}]}]}),
            "authSettings[0].infoFields[0].type is required [input]",
        ),
    ];
    for (entry, input, message) in refused {
        let error = entry.prepare(&client, input).unwrap_err().to_string();
        assert!(error.ends_with(message), "{error}");
    }
}
