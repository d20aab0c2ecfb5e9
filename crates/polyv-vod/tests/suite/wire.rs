use livecloud_core::test_util::ManualClock;
use livecloud_core::{NoTransport, Validation};
use polyv_vod::{Client, UpdateVideoInfoV3};
use serde_json::{Value, json};

use super::{APP_ID, NOW_MS, VID, account, client, documented_sample, ok, sorted};

/// Names and values of the form, signature apart.
async fn form_of(update: UpdateVideoInfoV3) -> Vec<(String, String)> {
    let transport = ok();
    client(&transport).call(update).validation(Validation::Off).await.unwrap();
    let mut form = transport.requests()[0].form_pairs();
    form.retain(|(name, _)| !matches!(&**name, "appId" | "timestamp" | "sign"));
    form
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    sorted(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

#[test]
fn the_documented_request_is_produced_exactly() {
    let client = Client::builder(account()).transport(NoTransport).clock(ManualClock::at(NOW_MS)).build().unwrap();
    let request = client.prepare(documented_sample()).unwrap();
    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri().to_string(), "https://api.polyv.net/v3/video/update-info");
    assert_eq!(request.headers()["content-type"], "application/x-www-form-urlencoded; charset=UTF-8");
    insta::assert_snapshot!(
        std::str::from_utf8(request.body()).unwrap().replace('&', "\n"),
        @r"
    vid=xxx
    title=%E6%A0%87%E9%A2%98
    describ=%E6%8F%8F%E8%BF%B0
    tag=%E8%A7%86%E9%A2%91%E6%A0%87%E7%AD%BE
    publishUrl=%E5%A4%96%E9%93%BE%E5%9C%B0%E5%9D%80
    appId=demoAppId9
    timestamp=1700000000123
    sign=5603EEAAC9621A0BADAFC66A325A1E9C
    "
    );
}

#[tokio::test]
async fn required_fields_alone_send_nothing_else() {
    let transport = ok();
    client(&transport).call(UpdateVideoInfoV3::new(VID)).await.unwrap();
    let sent = &transport.requests()[0];
    assert_eq!(
        sorted(sent.form_pairs()).into_iter().map(|(name, _)| name).collect::<Vec<_>>(),
        ["appId", "sign", "timestamp", "vid"]
    );
    assert_eq!(sent.form("appId").as_deref(), Some(APP_ID));
    assert_eq!(sent.form("timestamp").as_deref(), Some("1700000000123"));
    assert!(sent.query_pairs().is_empty());
}

#[tokio::test]
async fn all_fields_are_sent_under_the_vendors_names() {
    let update = UpdateVideoInfoV3::new(VID).title("t").describ("d").tag("a,b").publish_url("https://p");
    let all = [("vid", VID), ("title", "t"), ("describ", "d"), ("tag", "a,b"), ("publishUrl", "https://p")];
    assert_eq!(sorted(form_of(update).await), pairs(&all));
}

#[tokio::test]
async fn any_text_arrives_unchanged() {
    for text in ["a b", " outer ", "+&=%#?/\\\"", "%20", "直播间", "🎉 𠮷", "0052191541", "a\r\nb\tc", "null", "0"]
    {
        let form = form_of(UpdateVideoInfoV3::new(text).title(text).publish_url(text)).await;
        assert_eq!(sorted(form), pairs(&[("vid", text), ("title", text), ("publishUrl", text)]), "{text:?}");
    }
}

#[tokio::test]
async fn blank_texts_are_left_out_when_nothing_is_checked() {
    for blank in ["", " ", "\t\r\n", "\u{3000}"] {
        let form = form_of(UpdateVideoInfoV3::new(VID).title(blank).describ("d").tag(blank)).await;
        assert_eq!(sorted(form), pairs(&[("vid", VID), ("describ", "d")]), "{blank:?}");
    }
}

#[test]
fn a_request_reads_back_from_its_own_json() {
    let written = serde_json::to_value(documented_sample()).unwrap();
    assert_eq!(
        written,
        json!({"vid": "xxx", "title": "标题", "describ": "描述", "tag": "视频标签", "publishUrl": "外链地址"})
    );
    assert_eq!(serde_json::from_value::<UpdateVideoInfoV3>(written).unwrap(), documented_sample());
}

#[tokio::test]
async fn operations_can_be_called_by_name_from_json_to_json() {
    let transport = ok();
    let client = client(&transport);
    let update = polyv_vod::REGISTRY.iter().find(|entry| entry.meta().name == "UpdateVideoInfoV3").unwrap();
    let answer = update.call(&client, json!({"vid": VID, "publishUrl": "https://p"})).await.unwrap();
    assert_eq!((answer.output, answer.info.attempts), (Value::Null, 1));
    assert_eq!(transport.requests()[0].form("publishUrl").as_deref(), Some("https://p"));
    let error = update.prepare(&client, json!({"title": "t"})).unwrap_err().to_string();
    assert_eq!(error, "polyv-vod UpdateVideoInfoV3: invalid request: vid is required [input]");
}
