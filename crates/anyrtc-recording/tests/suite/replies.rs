use anyrtc_recording::{
    Class, Delivery, Error, ErrorIds, ErrorKind, FileList, Phase, RecordingStatus, TrackType, UploadingStatus, codes,
};
use livecloud_core::test_util::{ReplayTransport, Step};
use livecloud_core::{Category, Code, NoRetry, TransportErrorKind};

use super::{acquire, client, query, start, stop};

fn transport(step: Step) -> ReplayTransport {
    ReplayTransport::always(step)
}

async fn stop_error(step: Step) -> Error {
    client(&transport(step)).call(stop()).retry(NoRetry).await.unwrap_err()
}

async fn start_error(step: Step) -> Error {
    client(&transport(step)).call(start()).retry(NoRetry).await.unwrap_err()
}

async fn query_error(step: Step) -> Error {
    client(&transport(step)).call(query()).retry(NoRetry).await.unwrap_err()
}

#[tokio::test]
async fn the_status_of_a_success_reaches_the_caller() {
    for (http, code, effective) in [(200, 200, 200), (200, 201, 201), (201, 200, 200), (201, 201, 201)] {
        let body = format!(r#"{{"Code":{code},"Body":{{"resourceId":"r","sid":"s"}}}}"#);
        let step = Step::reply(http, body).header("x-request-id", "q-1");
        let answer = client(&transport(step)).call(start()).with_info().await.unwrap();
        assert_eq!(answer.info.http_status.as_u16(), effective);
        assert_eq!(answer.info.request_id.as_deref(), Some("q-1"));
    }
}

#[tokio::test]
async fn a_stop_with_206_and_a_response_is_a_success_that_says_what_is_missing() {
    for body in [
        r#"{"Code":206,"Body":{"serverResponse":{"fileList":"s.m3u8","uploadingStatus":"backuped"}}}"#,
        r#"{"Code":206,"Body":{"serverResponse":{"fileList":"s.m3u8","uploadingStatus":"unknown"}}}"#,
    ] {
        let answer = client(&transport(Step::json(body))).call(stop()).with_info().await.unwrap();
        assert_eq!(answer.info.http_status.as_u16(), 206);
        assert_eq!(answer.output.http_status, Some(206));
        assert!(answer.output.is_partial());
        assert_eq!(answer.output.files(), &FileList::Name("s.m3u8".into()));
    }
    let body = r#"{"serverResponse":{"fileList":"s.m3u8","uploadingStatus":"uploaded"}}"#;
    let stopped = client(&transport(Step::json(body))).call(stop()).await.unwrap();
    assert_eq!((stopped.http_status, stopped.is_partial()), (Some(200), false));
    assert_eq!(stopped.server_response.uploading_status, Some(UploadingStatus::Uploaded));
}

#[tokio::test]
async fn a_stop_with_206_and_nothing_else_leaves_the_outcome_open() {
    for body in ["{}", r#"{"Code":206,"Body":null}"#, r#"{"Code":206,"Body":{"sid":"s"}}"#] {
        let error = stop_error(Step::reply(206, body)).await;
        assert_eq!(Class::of(&error), Some(Class::Unexpected));
        assert_eq!((error.category(), error.delivery()), (Some(Category::Other), Delivery::Unknown));
        assert_eq!(error.http_status().unwrap().as_u16(), 206);
        assert_eq!(error.reply_excerpt(), Some(body.as_bytes()));
        assert!(error.to_string().contains("storage keys"), "{error}");
    }
}

#[tokio::test]
async fn a_stop_names_at_least_something_of_the_recording() {
    for body in [r#"{"Code":200,"Body":{"sid":"s"}}"#, r#"{"resourceId":"r"}"#, r#"{"serverResponse":{}}"#] {
        let stopped = client(&transport(Step::json(body))).call(stop()).await;
        assert!(stopped.unwrap_or_else(|error| panic!("{body}: {error}")).files().is_none());
    }
    for body in ["{}", r#"{"Code":200,"Body":{}}"#, r#"{"Code":200,"Body":{"sid":"","serverResponse":7}}"#] {
        let error = stop_error(Step::json(body)).await;
        assert_eq!((Class::of(&error), error.delivery()), (Some(Class::Unexpected), Delivery::Unknown), "{body}");
        assert_eq!(error.message(), Some("the reply has no resourceId, sid or serverResponse"));
    }
}

#[tokio::test]
async fn a_query_answers_with_a_state() {
    for body in ["{}", r#"{"Code":200,"Body":{"sid":"s"}}"#, r#"{"Code":200,"Body":{"sid":"s","serverResponse":[]}}"#] {
        let error = query_error(Step::json(body)).await;
        assert_eq!((Class::of(&error), error.delivery()), (Some(Class::Unexpected), Delivery::Unknown), "{body}");
        assert_eq!(error.message(), Some("the reply has no serverResponse"));
    }
}

#[tokio::test]
async fn an_inner_code_that_is_a_success_in_http_is_a_status() {
    let body = r#"{"Code":200,"Body":{"code":206,"serverResponse":{"fileList":"s.m3u8"}}}"#;
    let stopped = client(&transport(Step::json(body))).call(stop()).await.unwrap();
    assert_eq!((stopped.http_status, stopped.files().names().count()), (Some(206), 1));
    let body = r#"{"Code":206,"Body":{"code":200,"serverResponse":{"fileList":"s.m3u8"}}}"#;
    assert_eq!(client(&transport(Step::json(body))).call(stop()).await.unwrap().http_status, Some(206));
    let error = stop_error(Step::reply(500, r#"{"Code":500,"Body":{"code":206,"serverResponse":{}}}"#)).await;
    assert_eq!((Class::of(&error), error.code()), (Some(Class::Server), None));
}

#[tokio::test]
async fn a_code_beside_a_body_of_any_type_decides() {
    for odd in ["[]", "[1]", "7", "true", "\"\"", "null"] {
        let body = |code| format!(r#"{{"Code":{code},"Body":{odd},"Message":"text"}}"#);
        for (http, code, class) in [
            (400, 433, Class::Reacquire),
            (200, 435, Class::NothingRecorded),
            (200, 404, Class::Route),
            (200, 429, Class::RateLimited),
        ] {
            let error = start_error(Step::reply(http, body(code))).await;
            assert_eq!((error.kind(), Class::of(&error)), (ErrorKind::Api, Some(class)), "{code} {odd}");
            assert_eq!(error.message(), Some("text"), "{code} {odd}");
        }
    }
    for odd in ["[1]", "7", "true"] {
        let body = format!(r#"{{"Code":200,"Body":{odd}}}"#);
        let update = anyrtc_recording::UpdateLayout::new("r", "s", "c", "u", anyrtc_recording::Layout::floating());
        let error = client(&transport(Step::json(body))).call(update).await.unwrap_err();
        assert_eq!((error.kind(), error.delivery()), (ErrorKind::Decode, Delivery::Unknown), "{odd}");
    }
}

#[tokio::test]
async fn an_app_id_is_called_invalid_in_three_ways() {
    for text in ["Invalid AppID", "error: invalid_appid", "The AppId is invalid!"] {
        let error = start_error(Step::reply(400, format!(r#"{{"message":"{text}"}}"#))).await;
        assert_eq!(Class::of(&error), Some(Class::NotEnabled), "{text}");
    }
    for text in ["invalid uid for appid x", "appid: invalid signature", "the appid's channel is invalid"] {
        let error = start_error(Step::reply(400, format!(r#"{{"message":"{text}"}}"#))).await;
        assert_eq!(Class::of(&error), Some(Class::Caller), "{text}");
    }
}

#[tokio::test]
async fn odd_members_do_not_hide_the_files() {
    for odd in [
        r#""sliceStartTime":"""#,
        r#""sliceStartTime":[]"#,
        r#""sliceStartTime":1e999"#,
        r#""status":"""#,
        r#""status":{"a":1}"#,
        r#""status":5.5"#,
        r#""fileListMode":[1]"#,
        r#""uploadingStatus":{}"#,
        r#""uploadingStatus":"\ud800""#,
        r#""subServiceStatus":"""#,
        r#""subServiceStatus":["serviceIdle"]"#,
        r#""extensionServiceState":{}"#,
        r#""extensionServiceState":"none""#,
        r#""extensionServiceState":[7,null,[],"x"]"#,
    ] {
        let body = format!(r#"{{"sid":{{}},"resourceId":[1],"serverResponse":{{"fileList":"a.m3u8",{odd}}}}}"#);
        let client = client(&transport(Step::json(body)));
        let queried = client.call(query()).await.unwrap_or_else(|error| panic!("{odd}: {error}"));
        let expected = serde_json::json!({"fileList": "a.m3u8"});
        assert_eq!(serde_json::to_value(queried.server_response).unwrap(), expected, "{odd}");
        assert_eq!((queried.sid, queried.resource_id), (None, None));
        let stopped = client.call(stop()).await.unwrap_or_else(|error| panic!("{odd}: {error}"));
        assert_eq!(stopped.files(), &FileList::Name("a.m3u8".into()));
    }
    let body = r#"{"serverResponse":{"extensionServiceState":[
        7,
        {"serviceName":{},"payload":"idle"},
        {"serviceName":"a","payload":{"state":[],"videoInfo":{}}},
        {"serviceName":"b","payload":{"state":"idle","videoInfo":[7,{"fileName":[],"videoId":"v"}]}}
    ],"subServiceStatus":{"recordingService":{}}}}"#;
    let response = client(&transport(Step::json(body))).call(query()).await.unwrap().server_response;
    assert_eq!(
        serde_json::to_value(response).unwrap(),
        serde_json::json!({
            "extensionServiceState": [
                {"serviceName": null, "payload": {"state": null, "videoInfo": []}},
                {"serviceName": "a", "payload": {"state": null, "videoInfo": []}},
                {"serviceName": "b", "payload": {"state": "idle", "videoInfo": [{"fileName": null, "videoId": "v"}]}},
            ],
            "subServiceStatus": {"recordingService": null},
        })
    );
}

#[tokio::test]
async fn odd_files_do_not_hide_the_others() {
    for (list, names) in [
        (r#"[{"filename":"a","trackType":{},"uid":[],"mixedAllUser":"x","isPlayable":2,"sliceStartTime":""}]"#, "a"),
        (r#"[{"filename":"a","sliceStartTime":1e999},{"filename":"b"}]"#, "a b"),
        (
            r#"[7,null,[],["x"],{"uid":"1"},{"filename":""},"","a",{"fileName":"b"},{"filename":{},"fileName":"c"}]"#,
            "a b c",
        ),
        (r#""[{\"filename\":\"a\",\"uid\":{}},7]""#, "a"),
        (r#"{"filename":"a"}"#, "a"),
    ] {
        let body = format!(r#"{{"serverResponse":{{"fileList":{list}}}}}"#);
        let stopped = client(&transport(Step::json(body))).call(stop()).await.unwrap();
        assert_eq!(stopped.files().names().collect::<Vec<_>>().join(" "), names, "{list}");
    }
}

#[tokio::test]
async fn a_recording_without_a_file_is_told_from_a_failure() {
    let error = stop_error(Step::reply(206, r#"{"Code":206,"Body":{"code":435,"reason":"no recorded data"}}"#)).await;
    assert_eq!(Class::of(&error), Some(Class::NothingRecorded));
    assert_eq!((error.category(), error.delivery()), (Some(Category::State), Delivery::Answered));
    assert_eq!(error.code(), Some(&codes::NOTHING_RECORDED.into()));
}

#[tokio::test]
async fn a_started_recording_is_found_in_the_answer_to_a_second_start() {
    let error = start_error(Step::reply(201, r#"{"code":7,"reason":"already started","sid":"s-9"}"#)).await;
    assert_eq!(Class::of(&error), Some(Class::AlreadyStarted));
    assert_eq!(ErrorIds::of(&error).sid.as_deref(), Some("s-9"));
}

#[tokio::test]
async fn success_needs_more_than_http_200() {
    for (step, missing) in [
        (Step::json("{}"), "no sid"),
        (Step::json(r#"{"Code":200,"Body":{"resourceId":"r","sid":null}}"#), "no sid"),
        (Step::json(r#"{"Code":200,"Body":{"sid":{"a":1}}}"#), "no sid"),
        (Step::json(r#"{"Code":200,"Body":null}"#), "no sid"),
        (Step::json(r#"{"Code":"200","Body":""}"#), "no sid"),
    ] {
        let error = start_error(step).await;
        assert_eq!((Class::of(&error), error.delivery()), (Some(Class::Unexpected), Delivery::Unknown));
        assert!(error.to_string().contains(missing), "{error}");
    }
    let error = client(&transport(Step::json(r#"{"Code":200,"Body":{"resourceId":""}}"#))).call(acquire()).await;
    assert_eq!(
        error.unwrap_err().to_string(),
        "anyrtc-recording Acquire: rejected with HTTP status 200: the reply has no resourceId (1 attempt)"
    );
    // Words are no answer to a query either.
    let error = query_error(Step::json(r#"{"Code":200,"Body":"something broke"}"#)).await;
    assert_eq!((Class::of(&error), error.message()), (Some(Class::Unexpected), Some("something broke")));
    let error = query_error(Step::json(r#"{"message":"Invalid authentication credentials"}"#)).await;
    assert_eq!(Class::of(&error), Some(Class::Auth));
}

#[tokio::test]
async fn a_success_may_come_with_words() {
    for body in [
        r#"{"Code":200,"Message":"success","Body":{}}"#,
        r#"{"Code":200,"Message":"success","Body":{"sid":"s","msg":"done"}}"#,
        r#"{"code":0,"msg":"success"}"#,
        r#"{"sid":"s","msg":"success"}"#,
    ] {
        let update = anyrtc_recording::UpdateLayout::new("r", "s", "c", "u", anyrtc_recording::Layout::floating());
        client(&transport(Step::json(body))).call(update).await.unwrap_or_else(|error| panic!("{body}: {error}"));
    }
}

#[tokio::test]
async fn a_failure_inside_http_200_is_a_failure() {
    for (body, class, code) in [
        (r#"{"Code":433,"Body":{}}"#, Class::Reacquire, Some(433)),
        (r#"{"code":433}"#, Class::Reacquire, Some(433)),
        (r#"{"CODE":"433","BODY":"{}"}"#, Class::Reacquire, Some(433)),
        (r#"{"Code":200,"Body":{"code":433}}"#, Class::Reacquire, Some(433)),
        (r#"{"Code":200,"Body":"{\"code\":433}"}"#, Class::Reacquire, Some(433)),
        (r#"{"Code":200,"Body":{"code":404}}"#, Class::Route, Some(404)),
        (r#"{"Code":500,"Body":null}"#, Class::Server, None),
        (r#"{"code":504}"#, Class::Server, Some(504)),
        (r#"{"Code":429,"Body":"API rate limit exceeded"}"#, Class::RateLimited, None),
        (r#"{"Code":200,"Body":{"sid":"s","code":109}}"#, Class::ChannelToken, Some(109)),
        (r#"{"Code":200,"Body":{"sid":"s","code":9999}}"#, Class::Unexpected, Some(9999)),
    ] {
        let error = start_error(Step::json(body)).await;
        assert_eq!(Class::of(&error), Some(class), "{body}");
        assert_eq!(error.code().and_then(Code::as_i64), code, "{body}");
    }
}

#[tokio::test]
async fn a_failing_http_status_wins_over_a_cheerful_envelope() {
    let error = start_error(Step::reply(503, r#"{"Code":200,"Body":{"sid":"s"}}"#)).await;
    assert_eq!((Class::of(&error), error.http_status().unwrap().as_u16()), (Some(Class::Server), 503));
}

#[tokio::test]
async fn codes_of_ok_beside_the_body_are_no_failures() {
    for code in ["0", "200", "201", "\"0\"", "null", "\"ok\""] {
        for body in [format!(r#"{{"Code":{code},"Body":{{"sid":"s"}}}}"#), format!(r#"{{"code":{code},"sid":"s"}}"#)] {
            let started = client(&transport(Step::json(body.clone()))).call(start()).await;
            assert_eq!(started.unwrap_or_else(|error| panic!("{body}: {error}")).sid, "s");
        }
    }
}

#[tokio::test]
async fn every_documented_code_has_the_category_and_advice_of_the_table_somewhere() {
    for info in codes::TABLE {
        let body = format!(r#"{{"Code":400,"Body":{{"code":{},"reason":"text"}}}}"#, info.code);
        let errors =
            [start_error(Step::reply(400, body.clone())).await, query_error(Step::reply(400, body.clone())).await];
        for error in &errors {
            assert_eq!(error.code().and_then(Code::as_i64), Some(info.code));
            assert_eq!(error.advice(), Some(info.advice), "{}", info.code);
            assert_eq!(error.message(), Some("text"));
            assert_eq!(Class::of(error).map(Class::category), error.category());
        }
        assert!(errors.iter().any(|error| error.category() == Some(info.category)), "{}", info.code);
    }
    assert_eq!(codes::TABLE.len(), 17);
}

#[tokio::test]
async fn unknown_values_are_kept_and_unknown_members_ignored() {
    let body = r#"{"Code":200,"Body":{"new":[1],"sid":"s","serverResponse":{"status":"9","fileListMode":"xml",
        "fileList":[{"filename":"a","trackType":"smell","uid":7,"new":{}}],"uploadingStatus":"lost","new":null,
        "extensionServiceState":null,"subServiceStatus":{"recordingService":"serviceNew","other":1}}}}"#;
    let response = client(&transport(Step::json(body))).call(query()).await.unwrap().server_response;
    assert_eq!(response.status, Some(RecordingStatus::Other(9)));
    assert_eq!(response.status.and_then(RecordingStatus::phase), None);
    assert_eq!(response.file_list_mode.unwrap().as_str(), "xml");
    assert_eq!(response.uploading_status, Some(UploadingStatus::Other("lost".into())));
    let FileList::Items(files) = response.file_list else { panic!("no list") };
    assert_eq!(files[0].track_type, Some(TrackType::Other("smell".into())));
    assert_eq!(files[0].uid.as_deref(), Some("7"));
    assert_eq!(response.sub_service_status.unwrap().recording_service.unwrap().as_str(), "serviceNew");
}

#[tokio::test]
async fn statuses_fall_into_phases() {
    for (status, phase) in [
        (0, Some(Phase::Starting)),
        (3, Some(Phase::Starting)),
        (4, Some(Phase::Running)),
        (5, Some(Phase::Running)),
        (6, Some(Phase::Stopping)),
        (7, Some(Phase::Stopped)),
        (8, Some(Phase::Stopped)),
        (20, Some(Phase::Failed)),
        (21, None),
    ] {
        let body = format!(r#"{{"sid":"s","serverResponse":{{"status":{status}}}}}"#);
        assert_eq!(client(&transport(Step::json(body))).call(query()).await.unwrap().phase(), phase, "{status}");
    }
    let body = r#"{"serverResponse":{}}"#;
    assert_eq!(client(&transport(Step::json(body))).call(query()).await.unwrap().phase(), None);
}

#[tokio::test]
async fn file_lists_are_read_by_what_arrives() {
    let cases = [
        ("null", FileList::None),
        (r#""""#, FileList::None),
        (r#""a.m3u8""#, FileList::Name("a.m3u8".into())),
        ("[]", FileList::Items(Vec::new())),
        (r#""[]""#, FileList::Items(Vec::new())),
        (r#""[not json""#, FileList::Name("[not json".into())),
        (r#""[7]""#, FileList::Other(serde_json::json!("[7]"))),
        ("7", FileList::Other(serde_json::json!(7))),
        (r#"[{"uid":"1"}]"#, FileList::Other(serde_json::json!([{"uid": "1"}]))),
        (r#"["",[]]"#, FileList::Other(serde_json::json!(["", []]))),
        ("{}", FileList::Other(serde_json::json!({}))),
        (r#""{}""#, FileList::Name("{}".into())),
        (r#""\ud800""#, FileList::Other(serde_json::json!("\"\\ud800\""))),
    ];
    for (json, expected) in cases {
        let body = format!(r#"{{"sid":"s","serverResponse":{{"fileListMode":"json","fileList":{json}}}}}"#);
        let queried = client(&transport(Step::json(body))).call(query()).await.unwrap();
        assert_eq!(queried.files(), &expected, "{json}");
    }
    let body = r#"{"serverResponse":{"fileList":["a.m3u8",{"fileName":"b.mp4","filename":"c.mp4"}]}}"#;
    let stopped = client(&transport(Step::json(body))).call(stop()).await.unwrap();
    assert_eq!(stopped.files().names().collect::<Vec<_>>(), ["a.m3u8", "c.mp4"]);
}

#[tokio::test]
async fn replies_that_are_no_object_are_clear_errors_with_a_bounded_excerpt() {
    let html = "<html>".to_owned() + &"x".repeat(9_000);
    let hostile =
        [html.as_str(), "", "{\"Code\":", "[]", "null", "7", "\"x\"", "{\"Body\":[1]}", "{\"Body\":7}", "\u{fffd}"];
    for body in hostile {
        for error in [start_error(Step::json(body.to_owned())).await, query_error(Step::json(body.to_owned())).await] {
            assert_eq!(error.kind(), ErrorKind::Decode, "{body:.20}");
            assert_eq!(Class::of(&error), Some(Class::Unexpected));
            assert!(error.reply_excerpt().is_some_and(|excerpt| excerpt.len() <= 512));
            assert_eq!(ErrorIds::of(&error), ErrorIds::default());
        }
        let refused = start_error(Step::reply(502, body.to_owned())).await;
        assert_eq!((refused.kind(), Class::of(&refused)), (ErrorKind::Api, Some(Class::Server)), "{body:.20}");
    }
    let invalid_utf8 = start_error(Step::json(&b"{\"sid\":\"\xff\"}"[..])).await;
    assert_eq!(invalid_utf8.kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn statuses_without_a_body_are_judged_by_operation() {
    for (status, of_query, of_start) in [
        (301, Class::Route, Class::Route),
        (403, Class::Auth, Class::Auth),
        (404, Class::NotFound, Class::Route),
        (405, Class::Route, Class::Route),
        (408, Class::Server, Class::Server),
        (413, Class::Caller, Class::Caller),
        (429, Class::RateLimited, Class::RateLimited),
        (500, Class::Server, Class::Server),
    ] {
        assert_eq!(Class::of(&query_error(Step::reply(status, "")).await), Some(of_query), "{status}");
        assert_eq!(Class::of(&start_error(Step::reply(status, "")).await), Some(of_start), "{status}");
    }
}

#[tokio::test]
async fn a_reply_of_ten_megabytes_is_refused() {
    let error = query_error(Step::reply(200, vec![b' '; 10 << 20])).await;
    assert_eq!(error.transport_kind(), Some(TransportErrorKind::TooLarge));
}

#[test]
fn errors_of_other_vendors_have_no_class_here() {
    assert_eq!(Class::of(&Error::config("x")), None);
}

#[test]
fn classes_have_names_and_advice() {
    assert_eq!(Class::HandleInvalid.to_string(), "handle_invalid");
    assert!(Class::Route.advice().contains("base URL"));
}
