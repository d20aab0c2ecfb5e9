use livecloud_core::test_util::{ReplayTransport, Step};
use livecloud_core::{Category, NoRetry, TransportErrorKind};
use zego_cloud_player::{Delivery, Error, ErrorKind, RawCall, UpdatePlayer, codes};

use super::client;

async fn error_of(step: Step) -> Error {
    let client = client(&ReplayTransport::always(step));
    client.call(UpdatePlayer::new("player_1", 1)).retry(NoRetry).await.unwrap_err()
}

#[tokio::test]
async fn the_documented_reply_is_a_success_that_keeps_its_request_id() {
    let answer = client(&super::ok()).call(UpdatePlayer::new("player_1", 1)).with_info().await.unwrap();
    assert_eq!(answer.info.request_id.as_deref(), Some("abcd123"));
    assert_eq!(answer.info.attempts, 1);
}

#[tokio::test]
async fn success_does_not_depend_on_texts_data_or_extra_members() {
    for body in
        [r#"{"Code":0}"#, r#"{"Code":"0","Data":null,"Extra":[1]}"#, r#"{"Code":0,"RequestId":7,"Data":{"a":1}}"#]
    {
        let client = client(&ReplayTransport::always(Step::json(body)));
        client.call(UpdatePlayer::new("player_1", 1)).await.unwrap();
    }
}

#[tokio::test]
async fn every_documented_code_becomes_its_category_with_advice() {
    for info in codes::TABLE {
        let body = format!(r#"{{"Code":{},"Message":"text","RequestId":"r1"}}"#, info.code);
        let error = error_of(Step::json(body)).await;
        assert_eq!(error.kind(), ErrorKind::Api, "{}", info.code);
        assert_eq!(error.code().and_then(livecloud_core::Code::as_i64), Some(info.code));
        assert_eq!(error.category(), Some(info.category), "{}", info.code);
        assert_eq!(error.advice(), Some(info.advice), "{}", info.code);
        assert_eq!((error.message(), error.request_id()), (Some("text"), Some("r1")));
    }
    assert_eq!(codes::TABLE.len(), 28);
}

#[tokio::test]
async fn an_unknown_code_is_kept_and_not_retried() {
    let transport = ReplayTransport::always(Step::json(r#"{"Code":350009999,"Message":"new"}"#));
    let error = client(&transport).call(UpdatePlayer::new("player_1", 1)).await.unwrap_err();
    assert_eq!(error.category(), Some(Category::Other));
    assert_eq!(error.to_string(), "zego-cloud-player UpdatePlayer: rejected with code 350009999: new (1 attempt)");
    assert_eq!(transport.requests().len(), 1);
}

#[tokio::test]
async fn an_unknown_code_is_judged_by_an_http_status_that_is_no_success() {
    for (status, category, delivery) in [
        (503, Category::Transient, Delivery::Unknown),
        (429, Category::Throttled, Delivery::Answered),
        (400, Category::InvalidArgument, Delivery::Answered),
    ] {
        let error = error_of(Step::reply(status, r#"{"Code":999,"Message":{"odd":1},"RequestId":[]}"#)).await;
        assert_eq!((error.code(), error.category()), (Some(&999.into()), Some(category)));
        assert_eq!((error.delivery(), error.message(), error.request_id()), (delivery, None, None));
    }
}

#[tokio::test]
async fn the_code_decides_whatever_the_http_status() {
    let error = error_of(Step::reply(500, r#"{"Code":350006003,"Message":"bad volume","RequestId":"x"}"#)).await;
    assert_eq!(error.category(), Some(Category::InvalidArgument));
    assert_eq!(error.delivery(), Delivery::Answered);
    let client = client(&ReplayTransport::always(Step::reply(500, r#"{"Code":0}"#)));
    client.call(UpdatePlayer::new("player_1", 1)).await.unwrap();
}

#[tokio::test]
async fn replies_that_are_no_envelope_are_clear_errors_with_a_bounded_excerpt() {
    let html = "<html>".to_owned() + &"x".repeat(9_000);
    for body in
        [html.as_str(), "", "{\"Code\":", "[]", "[0]", "null", "{}", "{\"Code\":null}", "{\"Code\":{}}", "\u{fffd}"]
    {
        let error = error_of(Step::reply(200, body.to_owned())).await;
        assert_eq!(error.kind(), ErrorKind::Decode, "{body:.20}");
        assert_eq!(error.delivery(), Delivery::Unknown);
        assert!(error.reply_excerpt().is_some_and(|excerpt| excerpt.len() <= 512));
    }
}

#[tokio::test]
async fn a_gateways_page_is_judged_by_its_status() {
    for (status, category, delivery) in [
        (502, Category::Transient, Delivery::Unknown),
        (429, Category::Throttled, Delivery::Answered),
        (403, Category::Auth, Delivery::Answered),
    ] {
        let error = error_of(Step::reply(status, "<html>no</html>")).await;
        assert_eq!((error.kind(), error.category(), error.delivery()), (ErrorKind::Api, Some(category), delivery));
        assert_eq!(error.http_status().map(|status| status.as_u16()), Some(status));
    }
}

#[tokio::test]
async fn a_reply_of_ten_megabytes_is_refused() {
    let error = error_of(Step::reply(200, vec![b' '; 10 << 20])).await;
    assert_eq!(error.transport_kind(), Some(TransportErrorKind::TooLarge));
}

#[tokio::test]
async fn a_raw_call_reaches_what_has_no_type_yet() {
    let transport = ReplayTransport::new([Step::json(r#"{"Code":0,"Data":{"TotalSize":1,"Players":[]}}"#)]);
    let call = RawCall::new((), livecloud_core::Method::Post, "/")
        .named("DescribePlayers")
        .query("Action", "DescribePlayers")
        .safe()
        .json(&serde_json::json!({"PageSize": 10}))
        .unwrap();
    let data = client(&transport).call(call).await.unwrap();
    assert_eq!(data["TotalSize"], 1);
    let sent = &transport.requests()[0];
    assert_eq!(sent.query("Action").as_deref(), Some("DescribePlayers"));
    assert!(sent.query("Signature").is_some());
}

#[tokio::test]
async fn a_raw_call_needs_its_action_and_loses_another_signature() {
    let transport = super::ok();
    let raw = || RawCall::new((), livecloud_core::Method::Post, "/");
    let error = client(&transport).call(raw()).await.unwrap_err();
    assert_eq!(error.violations()[0].path, "Action");
    client(&transport).call(raw().query("Action", "X").query("Signature", "old").query("AppId", "7")).await.unwrap();
    let pairs = transport.requests()[0].query_pairs();
    assert_eq!(pairs.iter().filter(|(name, _)| name == "Signature" || name == "AppId").count(), 2);
    assert!(!pairs.iter().any(|(_, value)| value == "old"));
}
