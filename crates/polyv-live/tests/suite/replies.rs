use livecloud_core::test_util::{ReplayTransport, Step};
use livecloud_core::{Category, Code, NoRetry, TransportErrorKind};
use polyv_live::{Delivery, Error, ErrorKind, Profile, RawCall, codes};

use super::{OK, OK_BASIC, channel_sample, client, failure, role_sample};

async fn error_of(step: Step) -> Error {
    client(&ReplayTransport::always(step)).call(role_sample()).retry(NoRetry).await.unwrap_err()
}

fn number(error: &Error) -> Option<i64> {
    error.code().and_then(Code::as_i64)
}

#[tokio::test]
async fn the_documented_replies_are_successes() {
    client(&ReplayTransport::always(Step::json(OK))).call(role_sample()).await.unwrap();
    client(&ReplayTransport::always(Step::json(OK_BASIC))).call(channel_sample()).await.unwrap();
}

#[tokio::test]
async fn success_does_not_depend_on_anything_but_the_code() {
    for body in [
        r#"{"code":200}"#,
        r#"{"code":"200","status":"error","success":false,"data":"成功","extra":[{}]}"#,
        r#"{"code":200,"status":7,"message":{},"error":{"code":0},"requestId":[1],"data":[1]}"#,
        r#"{"status":"success","result":{"a":1}}"#,
        " \r\n{\"code\":200.0,\"data\":true}",
    ] {
        for status in [200, 201] {
            client(&ReplayTransport::always(Step::reply(status, body))).call(role_sample()).await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_success_under_a_status_that_is_none_leaves_the_outcome_open() {
    for (status, category) in [
        (302, Category::Other),
        (400, Category::InvalidArgument),
        (404, Category::NotFound),
        (500, Category::Transient),
        (504, Category::Transient),
    ] {
        for body in [OK, r#"{"code":"200"}"#, r#"{"code":200,"requestId":"r"}"#, r#"{"status":"success","result":{}}"#]
        {
            let error = error_of(Step::reply(status, body)).await;
            assert_eq!((error.kind(), error.category()), (ErrorKind::Api, Some(category)), "{status} {body}");
            assert_eq!((error.delivery(), error.code()), (Delivery::Unknown, None), "{status} {body}");
            assert_eq!(error.request_id().is_some(), body.contains("requestId"));
        }
    }
}

#[tokio::test]
async fn a_refusal_without_a_code_keeps_its_message_and_inner_code() {
    for (status, body, category, code, message) in [
        (400, r#"{"code":null,"message":"invalid timestamp."}"#, Category::ClockSkew, None, "invalid timestamp."),
        (400, r#"{"code":"E","message":"invalid timestamp"}"#, Category::ClockSkew, None, "invalid timestamp"),
        (403, r#"{"code":{},"error":{"code":10002,"desc":"new"}}"#, Category::Auth, Some(10002), "new"),
        (500, r#"{"error":{"code":"20001"},"data":"new"}"#, Category::Account, Some(20001), "new"),
        (400, r#"{"error":{"code":4711,"desc":"new"}}"#, Category::InvalidArgument, Some(4711), "new"),
        (403, r#"{"message":"access forbidden."}"#, Category::Account, None, "access forbidden."),
        (404, r#"{"status":404,"error":"new"}"#, Category::NotFound, None, "new"),
        (429, r#"{"message":"new"}"#, Category::Throttled, None, "new"),
        (502, r#"{"status":"waiting","message":"new"}"#, Category::Transient, None, "new"),
    ] {
        let error = error_of(Step::reply(status, body)).await;
        assert_eq!(
            (error.category(), number(&error), error.message()),
            (Some(category), code, Some(message)),
            "{body}"
        );
        assert_eq!(error.http_status().map(|status| status.as_u16()), Some(status));
    }
}

#[tokio::test]
async fn the_newer_envelope_is_read_too() {
    let body = r#"{"code":200,"status":"success","requestId":"r-1","success":true,"data":{"a":1}}"#;
    let answer = client(&ReplayTransport::always(Step::json(body))).call(role_sample()).with_info().await.unwrap();
    assert_eq!(answer.info.request_id.as_deref(), Some("r-1"));

    let body = r#"{"code":400,"status":"error","requestId":"r-2","success":false,
        "error":{"code":20001,"desc":"application not found."}}"#;
    let error = error_of(Step::reply(400, body)).await;
    assert_eq!((number(&error), error.category()), (Some(codes::APPLICATION_NOT_FOUND), Some(Category::Account)));
    assert_eq!(
        error.to_string(),
        "polyv-live UpdateChannelAccount: rejected with code 20001: application not found. (request id r-2, 1 attempt)"
    );
}

#[tokio::test]
async fn the_documented_failure_is_a_wrong_signature_wherever_its_code_stands() {
    let page = "{\n \"code\": 400,\n \"status\": \"error\",\n \"message\": \"invalid signature.\",\n \"data\": \"\"\n}";
    for (step, code) in [
        (Step::reply(400, page), 400),
        (Step::json(page), 400),
        (failure(403, 403, "Invalid Signature"), 403),
        (failure(200, 401, "签名错误"), 401),
        (Step::reply(403, r#"{"code":403,"error":{"code":10002,"desc":"签名错误"},"success":false}"#), 10002),
        (Step::reply(403, r#"{"code":403,"error":{"code":"10002","desc":null}}"#), 10002),
    ] {
        let error = error_of(step).await;
        assert!(error.is_auth() && !error.is_retryable(), "{error}");
        assert_eq!((number(&error), error.delivery()), (Some(code), Delivery::Answered));
        assert!(error.advice().unwrap().contains("appSecret"));
    }
}

#[tokio::test]
async fn every_known_code_becomes_its_category_with_advice_where_no_text_says_more() {
    for info in codes::TABLE {
        let bodies = if info.code < 1000 {
            vec![format!(r#"{{"code":{},"status":"fail","message":"","data":null}}"#, info.code)]
        } else {
            vec![
                format!(r#"{{"code":400,"error":{{"code":{},"desc":"new text"}}}}"#, info.code),
                format!(r#"{{"code":500,"error":{{"code":"{}"}},"data":{{}}}}"#, info.code),
                format!(r#"{{"code":{}}}"#, info.code),
            ]
        };
        for body in bodies {
            let error = error_of(Step::json(body.clone())).await;
            assert_eq!(number(&error), Some(info.code), "{body}");
            assert_eq!((error.category(), error.advice()), (Some(info.category), Some(info.advice)), "{body}");
        }
    }
    assert_eq!(codes::TABLE.len(), 10);
}

#[tokio::test]
async fn every_known_text_decides_before_its_code() {
    for info in codes::TEXTS {
        let text = info.pattern.replace("%s", " x");
        for step in [
            failure(200, 400, &text),
            failure(500, 500, &format!("{text}. ")),
            Step::json(serde_json::json!({"code": 400, "error": {"code": 10005, "desc": text}}).to_string()),
            Step::json(serde_json::json!({"code": 403, "status": "error", "message": null, "data": text}).to_string()),
        ] {
            let error = error_of(step).await;
            assert_eq!((error.category(), error.advice()), (Some(info.category), Some(info.advice)), "{text}");
        }
    }
}

#[tokio::test]
async fn unknown_texts_go_by_the_class_of_their_code() {
    for (body, code, category) in [
        (r#"{"code":400,"message":"new"}"#, "400", Category::InvalidArgument),
        (r#"{"code":403,"message":"","error":"new"}"#, "403", Category::InvalidArgument),
        (r#"{"code":404,"message":{},"data":"new"}"#, "404", Category::NotFound),
        (r#"{"code":500,"message":"new"}"#, "500", Category::Transient),
        (r#"{"code":429,"message":"new"}"#, "429", Category::Throttled),
        (r#"{"code":502,"message":"new"}"#, "502", Category::Transient),
        (r#"{"code":400,"error":{"code":47110,"desc":"new"}}"#, "47110", Category::InvalidArgument),
        (r#"{"code":500,"error":{"code":"E_NEW","desc":"new"}}"#, "E_NEW", Category::Transient),
        (r#"{"code":7,"message":"new"}"#, "7", Category::Other),
        (r#"{"code":-1,"message":"new"}"#, "-1", Category::Other),
    ] {
        let error = error_of(Step::json(body)).await;
        assert_eq!(error.code().map(ToString::to_string).as_deref(), Some(code), "{body}");
        assert_eq!((error.category(), error.message()), (Some(category), Some("new")), "{body}");
    }
    let error = error_of(Step::json(r#"{"status":"error","result":"new"}"#)).await;
    assert_eq!((error.code(), error.category(), error.message()), (None, Some(Category::Other), Some("new")));
}

#[tokio::test]
async fn replies_that_are_no_envelope_are_clear_errors_with_a_bounded_excerpt() {
    let html = "<html>".to_owned() + &"x".repeat(9_000);
    for body in [
        html.as_str(),
        "",
        "{\"code\":",
        "[200]",
        "[\"200\",null]",
        "null",
        "200",
        "\"success\"",
        "{}",
        "{\"code\":null}",
        "{\"code\":{}}",
        "{\"code\":true}",
        "{\"code\":\"ok\"}",
        "{\"code\":200,\"code\":400}",
        "\u{fffd}",
        "{\"code\":200} trailing",
        "{\"status\":\"waiting\"}",
        "{\"status\":200}",
    ] {
        let error = error_of(Step::reply(200, body.to_owned())).await;
        assert_eq!((error.kind(), error.delivery()), (ErrorKind::Decode, Delivery::Unknown), "{body:.20}");
        assert!(error.reply_excerpt().is_some_and(|excerpt| excerpt.len() <= 512));
    }
    let not_utf8 = [b"{\"code\":200,\"data\":\"\xff\"}".as_slice(), b"\xff\xfe"];
    for body in not_utf8 {
        assert_eq!(error_of(Step::reply(200, body)).await.kind(), ErrorKind::Decode);
    }
}

#[tokio::test]
async fn a_gateways_page_is_judged_by_its_status_and_a_403_as_the_block_of_an_address() {
    for (status, category, delivery) in [
        (502, Category::Transient, Delivery::Unknown),
        (503, Category::Transient, Delivery::Unknown),
        (429, Category::Throttled, Delivery::Answered),
        (403, Category::Account, Delivery::Answered),
        (404, Category::NotFound, Delivery::Answered),
    ] {
        for body in ["<html>no</html>", "", "[403]", "{\"code\":"] {
            let error = error_of(Step::reply(status, body)).await;
            assert_eq!((error.kind(), error.category(), error.delivery()), (ErrorKind::Api, Some(category), delivery));
            assert_eq!(error.http_status().map(|status| status.as_u16()), Some(status));
            assert_eq!(error.advice().is_some_and(|advice| advice.contains("5 minutes")), status == 403);
        }
    }
}

#[tokio::test]
async fn a_403_with_a_json_object_is_the_vendors_own_word_and_no_block() {
    for (body, category) in [
        ("{}", Category::Auth),
        (r#"{"timestamp":1,"status":403,"error":"new","path":"/x"}"#, Category::Auth),
        (r#"{"code":null,"message":"channel not found"}"#, Category::NotFound),
        (r#"{"code":403,"message":"new"}"#, Category::InvalidArgument),
        (r#"{"code":403,"message":"invalid signature."}"#, Category::Auth),
    ] {
        let error = error_of(Step::reply(403, body)).await;
        assert_eq!(error.category(), Some(category), "{body}");
        assert!(!error.advice().is_some_and(|advice| advice.contains("5 minutes")), "{body}");
    }
}

#[tokio::test]
async fn a_reply_of_ten_megabytes_is_refused() {
    let error = error_of(Step::reply(200, vec![b' '; 10 << 20])).await;
    assert_eq!(error.transport_kind(), Some(TransportErrorKind::TooLarge));
}

#[tokio::test]
async fn a_raw_call_reaches_what_has_no_type_yet() {
    let call = || {
        RawCall::new(Profile::Api, livecloud_core::Method::Get, "/live/v3/channel/basic/get")
            .query("channelId", "1")
            .safe()
    };
    for body in [r#"{"code":200,"data":{"name":"n"}}"#, r#"{"status":"success","result":{"name":"n"}}"#] {
        let transport = ReplayTransport::new([Step::json(body)]);
        let data = client(&transport).call(call()).await.unwrap();
        assert_eq!(data["name"], "n");
        assert_eq!(transport.requests()[0].query("appId").as_deref(), Some("demoApp01"));
    }
}
