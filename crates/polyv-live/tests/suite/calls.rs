use std::time::Duration;

use livecloud_core::test_util::{ReplayTransport, Step};
use livecloud_core::{Category, Idempotency, StandardRetry, TransportErrorKind};
use polyv_live::{Delivery, ErrorKind, QUOTA, UpdateChannelAccount, UpdateChannelBasic};
use tokio::time::Instant;

use super::{OK, OK_BASIC, channel_sample, client, failure};

fn update() -> UpdateChannelAccount {
    UpdateChannelAccount::new("2191541", "0052191541").nickname("x")
}

#[test]
fn the_contracts_are_what_the_documentation_says() {
    for (meta, attempt) in [(UpdateChannelAccount::META, 10), (UpdateChannelBasic::META, 15)] {
        assert_eq!((meta.idempotency, meta.quota), (Idempotency::Idempotent, Some(QUOTA)));
        assert_eq!((meta.attempt_timeout.as_secs(), meta.deadline.as_secs()), (attempt, 30));
    }
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_to_a_json_call_is_repeated_with_a_new_signed_query_and_the_same_body() {
    let transport = ReplayTransport::new([Step::hang(), Step::json(OK_BASIC)]);
    client(&transport).call(channel_sample()).await.unwrap();
    let [first, second] = transport.requests().try_into().unwrap();
    for name in ["timestamp", "sign"] {
        assert_ne!(first.query(name), second.query(name), "{name}");
    }
    assert_eq!(first.query("channelId"), second.query("channelId"));
    assert_eq!(first.request().body(), second.request().body());
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
    for name in ["account", "nickname", "appId"] {
        assert_eq!(first.form(name), second.form(name), "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_wrong_signature_is_not_retried() {
    let transport = ReplayTransport::always(failure(400, 400, "invalid signature."));
    let error = client(&transport).call(update()).await.unwrap_err();
    assert!(error.is_auth());
    assert_eq!((error.attempts(), transport.requests().len()), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn a_refused_timestamp_is_signed_again_once_with_the_vendors_time() {
    let date = "Tue, 14 Nov 2023 23:13:20 GMT"; // an hour ahead of the test's clock
    let refused = failure(400, 400, "invalid timestamp.").header("date", date);
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
    let transport = ReplayTransport::always(
        failure(400, 400, "invalid timestamp.").header("date", "Tue, 14 Nov 2023 22:03:20 GMT"),
    );
    let error = client(&transport).call(update()).await.unwrap_err();
    assert_eq!(error.category(), Some(Category::ClockSkew));
    assert_eq!((error.attempts(), transport.requests().len()), (2, 2));
}

#[tokio::test(start_paused = true)]
async fn a_throttled_call_waits_for_the_next_window() {
    let qps = failure(400, 400, "qps exceeds number of calls.");
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
async fn a_success_under_a_server_error_is_asked_for_again() {
    let transport = ReplayTransport::new([Step::reply(500, OK), Step::json(OK)]);
    let answer = client(&transport).call(update()).with_info().await.unwrap();
    assert_eq!(answer.info.attempts, 2);
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
async fn a_system_error_is_retried_and_then_leaves_the_outcome_open() {
    for step in [failure(200, 500, ""), failure(500, 10005, "系统异常"), Step::reply(502, "<html>")] {
        let transport = ReplayTransport::always(step);
        let error = client(&transport).call(update()).await.unwrap_err();
        assert_eq!((error.kind(), error.delivery(), error.attempts()), (ErrorKind::Api, Delivery::Unknown, 3));
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_after_a_lost_answer_still_leaves_the_outcome_open() {
    let refused = failure(400, 400, "param should not be empty: account");
    let transport = ReplayTransport::new([Step::fail(TransportErrorKind::Interrupted), refused]);
    let error = client(&transport).call(update()).retry(StandardRetry::attempts(2)).await.unwrap_err();
    assert_eq!((error.category(), error.delivery()), (Some(Category::InvalidArgument), Delivery::Unknown));
}
