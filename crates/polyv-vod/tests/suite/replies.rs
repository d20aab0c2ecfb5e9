use livecloud_core::test_util::{ReplayTransport, Step};
use livecloud_core::{Category, Code, NoRetry, TransportErrorKind};
use polyv_vod::{Delivery, Error, ErrorKind, Profile, RawCall, UpdateVideoInfoV3, codes};

use super::{VID, client, failure};

fn update() -> UpdateVideoInfoV3 {
    UpdateVideoInfoV3::new(VID).title("x")
}

async fn error_of(step: Step) -> Error {
    client(&ReplayTransport::always(step)).call(update()).retry(NoRetry).await.unwrap_err()
}

/// The failures of the vendor's page, and one of its sibling's.
const DOCUMENTED: [(u16, i64, &str, Category); 9] = [
    (400, 100, "invalid timestamp", Category::ClockSkew),
    (400, 101, "application not exist", Category::Account),
    (400, 102, "user children not exist", Category::Account),
    (403, 103, "user children expired", Category::Account),
    (403, 104, "invalid signature", Category::Auth),
    (403, 105, "permission limited", Category::Account),
    (400, 2000, "invalid vid", Category::InvalidArgument),
    (400, 3001, "category not exist", Category::NotFound),
    (400, 3100, "上传中不允许修改", Category::Busy),
];

#[tokio::test]
async fn the_documented_reply_is_a_success_that_keeps_its_request_id() {
    let answer = client(&super::ok()).call(update()).with_info().await.unwrap();
    assert_eq!(answer.info.request_id.as_deref(), Some("5ede3d23-45f0-4661-99be-e95d07daf049"));
    assert_eq!(answer.info.attempts, 1);
}

#[tokio::test]
async fn success_does_not_depend_on_anything_but_the_two_codes() {
    for body in [
        r#"{"code":200}"#,
        r#"{"code":200,"error":"new","data":null}"#,
        r#"{"code":200,"error":{"code":" ","desc":""}}"#,
        r#"{"code":200,"error":{"code":"0","desc":"new"}}"#,
        r#"{"code":200,"error":{"code":null}}"#,
        r#"{"code":200,"error":{}}"#,
        r#"{"code":"200","error":"","data":"","extra":[{}]}"#,
        r#"{"code":200,"status":7,"error":{"code":0},"requestId":[1],"data":{"a":[1]}}"#,
        " \r\n{\"code\":200.0,\"message\":{},\"data\":true}",
    ] {
        for status in [200, 500] {
            let client = client(&ReplayTransport::always(Step::reply(status, body)));
            client.call(update()).await.unwrap();
        }
    }
}

#[tokio::test]
async fn an_error_with_a_code_is_a_refusal_although_the_outer_code_says_success() {
    for (body, code, category) in [
        (r#"{"code":200,"status":"success","error":{"code":100,"desc":"new"}}"#, "100", Category::ClockSkew),
        (r#"{"code":"200","error":{"code":" 2000 ","desc":"new"},"data":{}}"#, "2000", Category::InvalidArgument),
        (r#"{"code":200,"error":{"code":4711,"desc":"new"}}"#, "4711", Category::Other),
        (r#"{"code":200,"error":{"code":"E_NEW","desc":"new"}}"#, "E_NEW", Category::Other),
    ] {
        let error = error_of(Step::json(body)).await;
        assert_eq!(error.code().map(ToString::to_string).as_deref(), Some(code), "{body}");
        assert_eq!((error.category(), error.message()), (Some(category), Some("new")), "{body}");
    }
}

#[tokio::test]
async fn a_refusal_without_an_outer_code_keeps_its_message_and_inner_code() {
    use Category::{Auth, ClockSkew, InvalidArgument, NotFound, Throttled, Transient};

    for (status, body, category, code, message) in [
        (400, r#"{"error":{"code":100,"desc":"invalid timestamp"}}"#, ClockSkew, Some(100), "invalid timestamp"),
        (200, r#"{"error":{"code":100,"desc":"invalid timestamp"}}"#, ClockSkew, Some(100), "invalid timestamp"),
        (403, r#"{"code":null,"error":{"code":"104","desc":"new"}}"#, Auth, Some(104), "new"),
        (404, r#"{"code":"E","error":{"code":4711,"desc":"new"}}"#, NotFound, Some(4711), "new"),
        (400, r#"{"error":{"code":0,"desc":"new"}}"#, InvalidArgument, None, "new"),
        (400, r#"{"message":"qps exceeds number of calls"}"#, Throttled, None, "qps exceeds number of calls"),
        (503, r#"{"code":{},"data":"new"}"#, Transient, None, "new"),
    ] {
        let error = error_of(Step::reply(status, body)).await;
        assert_eq!((error.kind(), error.category()), (ErrorKind::Api, Some(category)), "{body}");
        assert_eq!((error.code().and_then(Code::as_i64), error.message()), (code, Some(message)), "{body}");
        assert_eq!(error.http_status().map(|status| status.as_u16()), Some(status));
    }
}

#[tokio::test]
async fn every_documented_failure_becomes_its_code_category_and_advice() {
    assert_eq!(DOCUMENTED.len(), codes::TABLE.len());
    for (http, code, desc, category) in DOCUMENTED {
        let info = codes::find(code).unwrap();
        // The HTTP status is not documented, and the outer code differs from page to page.
        let bodies = [
            failure(http, code, desc),
            Step::json(format!(r#"{{"code":400,"error":{{"code":"{code}","desc":"{desc}"}},"requestId":"r"}}"#)),
        ];
        for step in bodies {
            let error = error_of(step).await;
            assert_eq!(error.kind(), ErrorKind::Api, "{code}");
            assert_eq!(error.code().and_then(Code::as_i64), Some(code));
            assert_eq!((error.category(), error.category()), (Some(category), Some(info.category)), "{code}");
            assert_eq!((error.message(), error.advice()), (Some(desc), Some(info.advice)), "{code}");
            assert!(error.request_id().is_some());
            assert_eq!(error.delivery(), Delivery::Answered);
        }
    }
}

#[tokio::test]
async fn an_error_is_one_useful_line() {
    let error = error_of(failure(403, 104, "invalid signature")).await;
    assert_eq!(
        error.to_string(),
        "polyv-vod UpdateVideoInfoV3: rejected with code 104: invalid signature \
         (request id 5ede3d23-45f0-4661-99be-e95d07daf049, 1 attempt)"
    );
    assert!(error.is_auth() && !error.is_retryable());
    assert_eq!(error.http_status().map(|status| status.as_u16()), Some(403));
}

#[tokio::test]
async fn too_many_calls_are_known_by_their_text() {
    for body in [
        r#"{"code":400,"error":{"code":400,"desc":"QPS exceeds number of calls."}}"#,
        r#"{"code":400,"status":"error","message":"qps exceeds number of calls","data":""}"#,
        r#"{"code":429,"status":"error"}"#,
    ] {
        assert!(error_of(Step::json(body)).await.is_throttled(), "{body}");
    }
}

#[tokio::test]
async fn unknown_codes_go_by_the_class_of_the_outer_one() {
    for (body, code, category) in [
        (r#"{"code":400,"error":{"code":4711,"desc":"new"}}"#, "4711", Category::InvalidArgument),
        (r#"{"code":404,"error":{"code":4711,"desc":"new"}}"#, "4711", Category::NotFound),
        (r#"{"code":500,"error":{"code":"E_NEW","desc":"new"}}"#, "E_NEW", Category::Transient),
        (r#"{"code":403,"error":"new"}"#, "403", Category::InvalidArgument),
        (r#"{"code":400,"error":null,"message":"new"}"#, "400", Category::InvalidArgument),
        (r#"{"code":500,"error":"","message":"","data":"new"}"#, "500", Category::Transient),
        (r#"{"code":500,"error":[1],"message":{},"data":"new"}"#, "500", Category::Transient),
        (r#"{"code":7,"message":"new"}"#, "7", Category::Other),
        (r#"{"code":-1,"message":"new"}"#, "-1", Category::Other),
    ] {
        let error = error_of(Step::json(body)).await;
        assert_eq!(error.code().map(ToString::to_string).as_deref(), Some(code), "{body}");
        assert_eq!((error.category(), error.message(), error.advice()), (Some(category), Some("new"), None), "{body}");
    }
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
        "{\"status\":\"success\"}",
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
        (r#"{"message":"new"}"#, Category::Auth),
        (r#"{"error":{"code":105,"desc":"permission limited"}}"#, Category::Account),
        (r#"{"code":403,"message":"new"}"#, Category::InvalidArgument),
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
    let transport = ReplayTransport::new([Step::json(r#"{"code":200,"data":{"contents":[1]},"error":""}"#)]);
    let call = RawCall::new(Profile::V3, livecloud_core::Method::Get, "/v3/video/list-video").query("page", "1").safe();
    let data = client(&transport).call(call).await.unwrap();
    assert_eq!(data["contents"][0], 1);
    assert_eq!(transport.requests()[0].query("appId").as_deref(), Some("demoAppId9"));
}
