//! POLYV Live.

use livecloud_sim::{ManualClock, Simulator, Vendor, demo};
use serde_json::{Value, json};

use crate::{
    NOW_MILLIS,
    client::{Reply, encode_pairs, send},
    polyv_vod::sandwich,
};

const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");
const JSON: (&str, &str) = ("Content-Type", "application/json");
const SECRET: &str = "demo-secret-0123456789abcdef";

async fn start() -> (Simulator, ManualClock) {
    let clock = ManualClock::at_unix_millis(NOW_MILLIS);
    let sim = Simulator::builder().only(Vendor::PolyvLive).clock(clock.clone()).start().await.unwrap();
    (sim, clock)
}

fn signed<'a>(fields: &[(&'a str, &'a str)], now: &'a str) -> Vec<(&'a str, String)> {
    let mut pairs = vec![("appId", "demoApp01"), ("timestamp", now)];
    pairs.extend_from_slice(fields);
    let sign = sandwich(&pairs, SECRET);
    pairs.into_iter().map(|(name, value)| (name, value.to_owned())).chain([("sign", sign)]).collect()
}

fn encode(pairs: &[(&str, String)]) -> String {
    encode_pairs(&pairs.iter().map(|(name, value)| (*name, value.as_str())).collect::<Vec<_>>())
}

async fn update_account(sim: &Simulator, channel: &str, fields: &[(&str, &str)]) -> Reply {
    let now = NOW_MILLIS.to_string();
    let path = format!("/live/v2/channelAccount/{channel}/update");
    send(sim.base_url(Vendor::PolyvLive), "POST", &path, &[FORM], &encode(&signed(fields, &now))).await.unwrap()
}

async fn update_basic(sim: &Simulator, channel: &str, body: &Value) -> Reply {
    let now = NOW_MILLIS.to_string();
    let query = encode(&signed(&[("channelId", channel)], &now));
    let target = format!("/live/v3/channel/basic/update?{query}");
    send(sim.base_url(Vendor::PolyvLive), "POST", &target, &[JSON], &body.to_string()).await.unwrap()
}

fn failure(reply: &Reply) -> (u16, String) {
    let answer = reply.json();
    assert_eq!((&answer["code"], &answer["status"]), (&json!(reply.status), &json!("error")));
    assert_eq!(answer["data"], "");
    (reply.status, answer["message"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn the_documented_role_sample_is_accepted() {
    let (sim, _) = start().await;
    let fields = [
        ("account", "0052191541"),
        ("nickname", "陈老师"),
        ("password", "123456"),
        ("avatar", "https://s1.videocc.net/default-img/avatar/assistant.png"),
        ("actor", "助教"),
        ("pageTurnEnabled", "Y"),
        ("notifyEnabled", "Y"),
    ];
    let reply = update_account(&sim, "2191541", &fields).await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.json(), json!({"code": 200, "status": "success", "message": "", "data": "success"}));
    let role = sim.role("2191541", "0052191541").unwrap();
    for (name, value) in fields {
        assert_eq!(role[name], value);
    }
    assert!(sim.requests()[0].applied);
}

#[tokio::test]
async fn the_golden_form_vector_is_accepted_at_its_own_time() {
    let (sim, clock) = start().await;
    clock.set_wall(std::time::UNIX_EPOCH + std::time::Duration::from_millis(1_621_841_976_967));
    let form = encode_pairs(&[
        ("appId", "demoApp01"),
        ("timestamp", "1621841976967"),
        ("account", "0052191541"),
        ("nickname", "陈老师"),
        ("password", "123456"),
        ("avatar", "https://s1.videocc.net/default-img/avatar/assistant.png"),
        ("actor", "助教"),
        ("pageTurnEnabled", "Y"),
        ("notifyEnabled", "Y"),
        ("sign", "FCCC71202EBA5D412D1635B416C98206"),
    ]);
    let path = "/live/v2/channelAccount/2191541/update";
    let reply = send(sim.base_url(Vendor::PolyvLive), "POST", path, &[FORM], &form).await.unwrap();
    assert_eq!(reply.status, 200, "{}", reply.text());
}

#[tokio::test]
async fn the_golden_query_vector_is_accepted_whatever_the_body_says() {
    let (sim, clock) = start().await;
    clock.set_wall(std::time::UNIX_EPOCH + std::time::Duration::from_millis(1_621_840_356_767));
    let target = "/live/v3/channel/basic/update?appId=demoApp01&sign=A8E910D89B24C764CE9F64507BB6F386\
        &channelId=2191569&timestamp=1621840356767";
    for body in [r#"{"basicSetting":{"name":"测试","pageView":1000}}"#, "{}"] {
        let reply = send(sim.base_url(Vendor::PolyvLive), "POST", target, &[JSON], body).await.unwrap();
        assert_eq!(reply.status, 200, "{}", reply.text());
    }
    assert_eq!(sim.channel("2191569").unwrap()["basicSetting"], json!({"name": "测试", "pageView": 1000}));
}

#[tokio::test]
async fn only_one_role_may_turn_pages_and_only_on_a_split_screen() {
    let (sim, _) = start().await;
    for account in [demo::POLYV_LIVE_ACCOUNT, demo::POLYV_LIVE_OTHER_ACCOUNT] {
        let fields = [("account", account), ("pageTurnEnabled", "Y")];
        assert_eq!(update_account(&sim, demo::POLYV_LIVE_CHANNEL, &fields).await.status, 200);
    }
    let may = |account| sim.role(demo::POLYV_LIVE_CHANNEL, account).unwrap()["pageTurnEnabled"].clone();
    assert_eq!((may(demo::POLYV_LIVE_ACCOUNT), may(demo::POLYV_LIVE_OTHER_ACCOUNT)), (json!("N"), json!("Y")));
    let fields = [("account", "0052191600"), ("pageTurnEnabled", "Y")];
    let reply = update_account(&sim, demo::POLYV_LIVE_PLAIN_CHANNEL, &fields).await;
    assert_eq!(failure(&reply), (400, "scene not right".to_owned()));
}

#[tokio::test]
async fn roles_are_refused_with_the_documented_texts() {
    let (sim, _) = start().await;
    let role = ("account", demo::POLYV_LIVE_ACCOUNT);
    let (long, fits) = ("师".repeat(201), "师".repeat(200));
    for (channel, fields, expected) in [
        ("999", vec![role, ("actor", "x")], (404, "channel not found")),
        ("2191541", vec![("account", "0099999999")], (400, "account not found")),
        ("2191541", vec![("account", "52191541")], (400, "account not found")),
        ("2191541", vec![("actor", "x")], (400, "param should not be empty: account")),
        ("2191541", vec![("account", "abc")], (400, "param is not digit: account")),
        ("2191541", vec![role, ("avatar", &long)], (400, "param length is incorrect: avatar")),
        ("2191541", vec![role, ("notifyEnabled", "y")], (400, "param is not boolean (Y / N): notifyEnabled")),
        ("2191541", vec![role, ("passwd", "x")], (400, "param validate error: passwd is not a parameter of this call")),
    ] {
        let reply = update_account(&sim, channel, &fields).await;
        assert_eq!(failure(&reply), (expected.0, expected.1.to_owned()), "{channel} {fields:?}");
        assert!(!sim.requests().pop().unwrap().applied);
    }
    assert_eq!(update_account(&sim, "2191541", &[role, ("avatar", &fits)]).await.status, 200);
}

#[tokio::test]
async fn app_time_and_signature_are_refused_with_the_documented_texts() {
    let (sim, _) = start().await;
    let now = NOW_MILLIS.to_string();
    let old = (NOW_MILLIS - 180_001).to_string();
    let path = "/live/v2/channelAccount/2191541/update";
    let good = |now| signed(&[("account", "0052191541"), ("actor", "x")], now);
    let without = |name: &str| good(now.as_str()).into_iter().filter(|(known, _)| *known != name).collect::<Vec<_>>();
    let with = |name: &'static str, value: &str| {
        let mut pairs = without(name);
        pairs.push((name, value.to_owned()));
        pairs
    };
    for (form, expected) in [
        (without("appId"), "appId is required"),
        (without("timestamp"), "param should not be empty: timestamp"),
        (without("sign"), "invalid signature."),
        (with("appId", "nobody"), "application not found."),
        (with("timestamp", "yesterday"), "invalid timestamp"),
        (with("actor", "y"), "invalid signature."),
        (good(&old), "invalid timestamp"),
    ] {
        let reply = send(sim.base_url(Vendor::PolyvLive), "POST", path, &[FORM], &encode(&form)).await.unwrap();
        assert_eq!(failure(&reply), (400, expected.to_owned()), "{form:?}");
    }
}

#[tokio::test]
async fn sha256_is_accepted_when_its_name_is_signed() {
    let (sim, _) = start().await;
    // The vector, made for the moment the clock stands at, signs a channel that does not exist here: a wrong signature would be found before that.
    let target = "/live/v3/channel/basic/update?appId=demoApp01&timestamp=1700000000000&channelId=2149813\
        &signatureMethod=SHA256&sign=8E706C2F59B4134A4E1D5A24652E5559C33B7089678CD2492888856CD9396AA9";
    let reply = send(sim.base_url(Vendor::PolyvLive), "POST", target, &[JSON], "{}").await.unwrap();
    assert_eq!(failure(&reply), (404, "channel not found".to_owned()));
}

#[tokio::test]
async fn the_documented_channel_sample_is_accepted() {
    let (sim, _) = start().await;
    let body = json!({
        "basicSetting": {
            "name": "测试", "channelPasswd": "10086", "publisher": "主持人名称", "startTime": 1_557_888_134_000_i64,
            "pageView": 1000, "likes": 666, "coverImg": "http://my.polyv.net/logo.png",
            "splashImg": "http://my.polyv.net/logo.png", "splashEnabled": "Y", "desc": "这是直播介绍",
            "consultingMenuEnabled": "N", "maxViewerRestrict": "Y", "maxViewer": 100, "categoryId": 345_134,
            "closeDanmu": "N", "showDanmuInfoEnabled": "N", "labelData": ["zpmz3640wkxpj267"]
        },
        "authSettings": [{"rank": 1, "enabled": "Y", "authType": "external", "externalKey": "L0EjokKI4O",
            "externalUri": "http://demo.polyv.net/live-validate.php"}]
    });
    let reply = update_basic(&sim, "2191569", &body).await;
    assert_eq!(reply.json(), json!({"code": 200, "status": "success", "message": "", "data": ""}));
    let channel = sim.channel("2191569").unwrap();
    assert_eq!(channel["basicSetting"], body["basicSetting"]);
    assert_eq!(channel["authSettings"][0], body["authSettings"][0]);
    assert_eq!(channel["authSettings"][1], json!({"rank": 2, "enabled": "N"}));
}

#[tokio::test]
async fn channel_settings_are_held_against_their_limits() {
    let (sim, _) = start().await;
    for (body, expected) in [
        (json!({"basicSetting": {"name": "x".repeat(101)}}), "param length is incorrect: basicSetting.name"),
        (json!({"basicSetting": {"linkMicLimit": 17}}), "basicSetting.linkMicLimit must be between -1 and 16"),
        (json!({"basicSetting": {"maxViewer": "100"}}), "param is not digit: basicSetting.maxViewer"),
        (json!({"basicSetting": {"closeDanmu": "X"}}), "param is not boolean (Y / N): basicSetting.closeDanmu"),
        (json!({"basicSetting": {"description": "x"}}), "basicSetting.description is not a parameter"),
        (json!({"channelId": "2191569"}), "channelId is not a parameter"),
        (json!({"authSettings": [{"enabled": "Y"}]}), "param should not be empty: authSettings[0].rank"),
        (json!({"authSettings": [{"rank": 1}]}), "param should not be empty: authSettings[0].enabled"),
        (
            json!({"authSettings": [{"rank": 1, "enabled": "Y", "authType": "pay"}]}),
            "authSettings[0].price is required",
        ),
        (json!({"authSettings": [{"rank": 1, "enabled": "Y", "authType": "code"}]}), "authCode is required"),
        (json!({"authSettings": [{"rank": 1, "enabled": "Y", "authType": "custom", "customKey": "k"}]}), "customUri"),
        (json!({"authSettings": [{"rank": 1, "enabled": "Y", "authType": "direct"}]}), "directKey is required"),
        (json!({"authSettings": [{"rank": 1, "enabled": "N"}, {"rank": 1, "enabled": "N"}]}), "is given twice"),
        (json!({"authSettings": [{"rank": 2, "enabled": "Y", "authType": "info"}]}), "without the primary"),
        (
            json!({"authSettings": [{"rank": 1, "enabled": "Y", "authType": "phone"},
                {"rank": 2, "enabled": "Y", "authType": "phone"}]}),
            "the same authType twice",
        ),
        (
            json!({"authSettings": [{"rank": 1, "enabled": "N", "infoFields": [{"type": "option",
                "options": "a,b,c,d,e,f,g,h,i"}]}]}),
            "authSettings[0].infoFields[0].options",
        ),
    ] {
        let (status, message) = failure(&update_basic(&sim, "2191569", &body).await);
        assert_eq!(status, 400, "{body}");
        assert!(message.contains(expected), "{body}: {message}");
    }
    assert_eq!(sim.channel("2191569").unwrap()["basicSetting"], json!({"name": "untitled"}));
    assert_eq!(failure(&update_basic(&sim, "999", &json!({})).await), (404, "channel not found".to_owned()));
    let empty = update_basic(&sim, "", &json!({})).await;
    assert_eq!(failure(&empty), (400, "param should not be empty: channelId".to_owned()));
}
