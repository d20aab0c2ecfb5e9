use std::time::Duration;

use livecloud_core::test_util::{ReplayTransport, Step};
use livecloud_core::{Category, Idempotency, StandardRetry, TransportErrorKind};
use polyv_vod::{Delivery, ErrorKind, QUOTA, UpdateVideoInfoV3};
use tokio::time::Instant;

use super::{OK, VID, client, failure};

fn update() -> UpdateVideoInfoV3 {
    UpdateVideoInfoV3::new(VID).title("x")
}

#[test]
fn the_contract_is_what_the_documentation_says() {
    let meta = UpdateVideoInfoV3::META;
    assert_eq!((meta.idempotency, meta.quota), (Idempotency::Idempotent, Some(QUOTA)));
    assert_eq!((meta.attempt_timeout.as_secs(), meta.deadline.as_secs(), meta.retry_floor.as_secs()), (10, 30, 3));
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_is_repeated_with_a_new_time_and_signature_and_the_same_fields() {
    let transport =
        ReplayTransport::new([Step::fail(TransportErrorKind::Timeout).after(Duration::from_secs(2)), Step::json(OK)]);
    client(&transport).call(update()).await.unwrap();
    let [first, second] = transport.requests().try_into().unwrap();
    for name in ["timestamp", "sign"] {
        assert_ne!(first.form(name), second.form(name), "{name}");
    }
    for name in ["vid", "title", "appId"] {
        assert_eq!(first.form(name), second.form(name), "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_hangs_is_given_up_and_repeated_within_the_deadline() {
    let transport = ReplayTransport::new([Step::hang(), Step::hang(), Step::json(OK)]);
    let start = Instant::now();
    client(&transport).call(update()).await.unwrap();
    assert_eq!(start.elapsed(), Duration::from_secs(10 + 3 + 10 + 3));
}

#[tokio::test(start_paused = true)]
async fn a_wrong_signature_is_not_retried() {
    let transport = ReplayTransport::always(failure(403, 104, "invalid signature"));
    let error = client(&transport).call(update()).await.unwrap_err();
    assert!(error.is_auth());
    assert_eq!((error.attempts(), transport.requests().len()), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn a_refused_timestamp_is_signed_again_once_with_the_vendors_time() {
    let date = "Tue, 14 Nov 2023 23:13:20 GMT"; // an hour ahead of the test's clock
    let refused = failure(400, 100, "invalid timestamp").header("date", date);
    let transport = ReplayTransport::new([refused, Step::json(OK), Step::json(OK)]);
    let client = client(&transport);
    let start = Instant::now();
    client.call(update()).await.unwrap();
    client.call(update()).await.unwrap();
    assert_eq!(start.elapsed(), Duration::ZERO);
    let times: Vec<_> = transport.requests().iter().map(|sent| sent.form("timestamp").unwrap()).collect();
    assert_eq!(times, ["1700000000123", "1700003600000", "1700003600000"]);
}

#[tokio::test(start_paused = true)]
async fn a_timestamp_that_is_refused_twice_is_reported() {
    let transport =
        ReplayTransport::always(failure(400, 100, "invalid timestamp").header("date", "Tue, 14 Nov 2023 22:03:20 GMT"));
    let error = client(&transport).call(update()).await.unwrap_err();
    assert_eq!(error.category(), Some(Category::ClockSkew));
    assert_eq!((error.attempts(), transport.requests().len()), (2, 2));
}

#[tokio::test(start_paused = true)]
async fn a_video_in_upload_is_tried_again_after_three_seconds_and_then_reported() {
    let transport = ReplayTransport::always(failure(400, 3100, "上传中不允许修改"));
    let start = Instant::now();
    let error = client(&transport).call(update()).await.unwrap_err();
    assert_eq!((error.category(), error.delivery()), (Some(Category::Busy), Delivery::Answered));
    assert_eq!((error.attempts(), start.elapsed().as_secs()), (3, 6));
}

#[tokio::test(start_paused = true)]
async fn a_throttled_call_waits_for_the_next_window() {
    let qps = Step::json(r#"{"code":400,"status":"error","message":"qps exceeds number of calls.","data":""}"#);
    let transport = ReplayTransport::new([qps, Step::json(OK)]);
    let start = Instant::now();
    client(&transport).call(update()).await.unwrap();
    assert!(start.elapsed() >= Duration::from_secs(1), "{:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn the_block_of_an_address_is_not_called_into_again_and_holds_no_other_call_back() {
    let transport = ReplayTransport::new([Step::reply(403, "<html>"), Step::json(OK)]);
    let client = client(&transport);
    let start = Instant::now();
    let error = client.call(update()).await.unwrap_err();
    assert_eq!((error.category(), error.attempts()), (Some(Category::Account), 1));
    assert!(!error.is_retryable() && error.advice().unwrap().contains("5 minutes"));
    client.call(update()).await.unwrap();
    assert_eq!((transport.requests().len(), start.elapsed()), (2, Duration::ZERO));
}

#[tokio::test(start_paused = true)]
async fn the_hundred_and_first_call_of_a_second_waits() {
    let transport = super::ok();
    let client = client(&transport);
    let start = Instant::now();
    for _ in 0..100 {
        client.call(update()).await.unwrap();
    }
    assert_eq!(start.elapsed(), Duration::ZERO);
    client.call(update()).await.unwrap();
    assert_eq!(start.elapsed(), Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn a_server_error_leaves_the_outcome_open() {
    let transport = ReplayTransport::always(Step::reply(502, "<html>"));
    let error = client(&transport).call(update()).await.unwrap_err();
    assert_eq!((error.kind(), error.delivery(), error.attempts()), (ErrorKind::Api, Delivery::Unknown, 3));
}

#[tokio::test(start_paused = true)]
async fn a_refusal_after_a_lost_answer_still_leaves_the_outcome_open() {
    let transport =
        ReplayTransport::new([Step::fail(TransportErrorKind::Interrupted), failure(400, 2000, "invalid vid")]);
    let error = client(&transport).call(update()).retry(StandardRetry::attempts(2)).await.unwrap_err();
    assert_eq!((error.category(), error.delivery()), (Some(Category::InvalidArgument), Delivery::Unknown));
}
