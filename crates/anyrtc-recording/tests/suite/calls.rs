use std::time::Duration;

use anyrtc_recording::{
    Account, Class, Client, Delivery, Error, ErrorKind, Layout, Mode, StreamSubscribe, Update, UpdateLayout,
};
use livecloud_core::test_util::{ReplayTransport, Step};
use livecloud_core::{Category, Operation, TransportErrorKind};
use tokio::time::Instant;

use super::{CNAME, OK, UID, acquire, client, ok, query, start, stop};

fn update() -> Update {
    let lists: StreamSubscribe = anyrtc_recording::Subscription::Audio(anyrtc_recording::Uids::Everyone).into();
    Update::new("r-1", "s-1", Mode::Mix, CNAME, UID, lists)
}

fn update_layout() -> UpdateLayout {
    UpdateLayout::new("r-1", "s-1", CNAME, UID, Layout::best_fit())
}

/// The error of a call that meets `step` every time, how often it was sent, and how long it took.
async fn against<O>(step: Step, operation: O) -> (Error, usize, Duration)
where
    O: Operation<Vendor = Account> + 'static,
    O::Output: std::fmt::Debug,
{
    let transport = ReplayTransport::always(step);
    let begin = Instant::now();
    let error = client(&transport).call(operation).await.unwrap_err();
    (error, transport.requests().len(), begin.elapsed())
}

#[tokio::test(start_paused = true)]
async fn start_is_not_repeated_after_a_timeout_and_may_have_taken_effect() {
    let (error, sent, waited) = against(Step::hang(), start()).await;
    assert_eq!((error.kind(), error.delivery(), sent), (ErrorKind::Transport, Delivery::Unknown, 1));
    assert_eq!(waited, Duration::from_secs(30));
    assert!(error.is_timeout());
    assert_eq!(Class::of(&error), None, "the vendor did not answer");
}

#[tokio::test(start_paused = true)]
async fn stop_is_not_repeated_after_a_timeout_and_may_have_taken_effect() {
    let (error, sent, waited) = against(Step::hang(), stop()).await;
    assert_eq!((error.kind(), error.delivery(), sent), (ErrorKind::Transport, Delivery::Unknown, 1));
    assert_eq!(waited, Duration::from_secs(60));
}

#[tokio::test(start_paused = true)]
async fn start_and_stop_are_not_repeated_after_broken_connections_server_errors_and_jitter() {
    let lost = [
        Step::fail(TransportErrorKind::Interrupted),
        Step::reply(500, "{}"),
        Step::reply(504, ""),
        Step::reply(502, "<html>Bad Gateway</html>"),
        Step::reply(206, r#"{"code":65,"reason":"request not completed"}"#),
        Step::json(r#"{"Code":500,"Body":{}}"#),
    ];
    for step in lost {
        let (error, sent, _) = against(step.clone(), start()).await;
        assert_eq!((error.delivery(), sent), (Delivery::Unknown, 1), "{error}");
        let (error, sent, _) = against(step, stop()).await;
        assert_eq!((error.delivery(), sent), (Delivery::Unknown, 1), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_other_four_are_repeated_after_lost_answers() {
    for step in [Step::fail(TransportErrorKind::Timeout), Step::reply(500, "{}"), Step::reply(206, r#"{"code":65}"#)] {
        assert_eq!(against(step.clone(), acquire()).await.1, 3);
        assert_eq!(against(step.clone(), query()).await.1, 3);
        assert_eq!(against(step.clone(), update()).await.1, 3);
        assert_eq!(against(step, update_layout()).await.1, 3);
    }
}

#[tokio::test(start_paused = true)]
async fn a_backend_that_did_not_answer_gets_three_seconds_before_each_repeat() {
    for body in [r#"{"code":65}"#, r#"{"code":62}"#] {
        let (error, sent, waited) = against(Step::reply(504, body), query()).await;
        assert_eq!((error.retry_after(), sent), (Some(Duration::from_secs(3)), 3));
        assert!((6..9).contains(&waited.as_secs()), "{waited:?}");
    }
    let step = Step::reply(206, r#"{"code":65}"#).header("retry-after", "1");
    assert_eq!(against(step, query()).await.0.retry_after(), Some(Duration::from_secs(1)), "the vendor's own word");
}

#[tokio::test(start_paused = true)]
async fn a_query_succeeds_after_a_server_error() {
    let transport = ReplayTransport::new([Step::reply(500, r#"{"Code":500,"Body":null}"#), Step::json(OK)]);
    let answer = client(&transport).call(query()).with_info().await.unwrap();
    assert_eq!(answer.info.attempts, 2);
}

#[tokio::test(start_paused = true)]
async fn a_refused_connection_is_tried_again_even_for_start_and_stop() {
    let transport = ReplayTransport::new([Step::fail(TransportErrorKind::Connect), Step::json(OK)]);
    assert_eq!(client(&transport).call(start()).await.unwrap().sid, "s-1");
    let [first, second] = transport.requests().try_into().unwrap();
    assert_eq!(first.request().body(), second.request().body());
    assert_eq!(first.header("authorization"), second.header("authorization"));

    let (error, sent, _) = against(Step::fail(TransportErrorKind::Connect), stop()).await;
    assert_eq!((error.delivery(), sent), (Delivery::NotSent, 3));
}

#[tokio::test(start_paused = true)]
async fn too_many_requests_wait_a_second_and_are_repeated_for_every_operation() {
    let too_many = || Step::reply(429, r#"{"message":"API rate limit exceeded"}"#);
    let transport = ReplayTransport::new([too_many(), Step::json(OK)]);
    let begin = Instant::now();
    client(&transport).call(start()).await.unwrap();
    assert!(begin.elapsed() >= Duration::from_secs(1), "{:?}", begin.elapsed());

    let transport = ReplayTransport::new([too_many().header("retry-after", "4"), Step::json(OK)]);
    let begin = Instant::now();
    client(&transport).call(stop()).await.unwrap();
    assert!(begin.elapsed() >= Duration::from_secs(4), "{:?}", begin.elapsed());

    let (error, sent, _) = against(too_many(), query()).await;
    assert_eq!(error.retry_after(), Some(Duration::from_secs(1)), "also for a caller that counts no quota");
    assert_eq!((Class::of(&error), error.delivery(), sent), (Some(Class::RateLimited), Delivery::Answered, 3));
}

#[tokio::test(start_paused = true)]
async fn refusals_that_stay_refusals_are_not_repeated() {
    for (status, body, category) in [
        (401, r#"{"message":"Invalid authentication credentials"}"#, Category::Auth),
        (400, r#"{"Code":400,"Body":"invalid appid"}"#, Category::Account),
        (400, r#"{"code":2,"reason":"x"}"#, Category::InvalidArgument),
        (404, r#"{"Code":404,"Body":{}}"#, Category::NotFound),
        (404, r#"{"message":"no Route matched with those values"}"#, Category::InvalidArgument),
        (400, r#"{"code":501}"#, Category::State),
        (400, r#"{"code":31337}"#, Category::InvalidArgument),
    ] {
        let (error, sent, _) = against(Step::reply(status, body), query()).await;
        assert_eq!((error.category(), sent), (Some(category), 1), "{error}");
        assert_eq!(error.delivery(), Delivery::Answered, "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_eleventh_call_of_a_second_waits_whatever_its_method() {
    let client = client(&ok());
    let begin = Instant::now();
    for _ in 0..4 {
        client.call(query()).await.unwrap();
    }
    client.call(acquire()).await.unwrap();
    client.call(start()).await.unwrap();
    client.call(stop()).await.unwrap();
    client.call(update()).await.unwrap();
    client.call(update_layout()).await.unwrap();
    client.call(query()).await.unwrap();
    assert_eq!(begin.elapsed(), Duration::ZERO);
    client.call(stop()).await.unwrap();
    assert_eq!(begin.elapsed(), Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn a_raw_call_can_share_the_quota() {
    let client = client(&ok());
    let raw = || {
        let path = "/v1/apps/a/cloud_recording/acquire";
        anyrtc_recording::RawCall::new((), livecloud_core::Method::Post, path).quota(anyrtc_recording::QUOTA)
    };
    let begin = Instant::now();
    for _ in 0..10 {
        client.call(raw()).await.unwrap();
    }
    client.call(query()).await.unwrap();
    assert_eq!(begin.elapsed(), Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn two_apps_have_two_quotas_also_on_one_limiter() {
    let limiter = std::sync::Arc::new(livecloud_core::LocalLimiter::new());
    let of_app = |app: &str| {
        let account = Account::new(app, "id", "secret");
        Client::builder(account).transport(ok()).limiter(limiter.clone()).build().unwrap()
    };
    let begin = Instant::now();
    for app in ["one", "two"] {
        for _ in 0..10 {
            of_app(app).call(query()).await.unwrap();
        }
    }
    assert_eq!(begin.elapsed(), Duration::ZERO);
    of_app("one").call(acquire()).await.unwrap();
    assert_eq!(begin.elapsed(), Duration::from_secs(1));
}

#[test]
fn each_operation_has_its_own_patience() {
    let patience: Vec<_> = anyrtc_recording::OPERATIONS
        .iter()
        .map(|meta| {
            (meta.name, meta.attempt_timeout.as_secs(), meta.deadline.as_secs(), meta.idempotency.is_repeatable())
        })
        .collect();
    assert_eq!(
        patience,
        [
            ("Acquire", 10, 30, true),
            ("Start", 30, 90, false),
            ("Update", 10, 30, true),
            ("UpdateLayout", 10, 30, true),
            ("Query", 10, 30, true),
            ("Stop", 60, 120, false),
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn an_account_that_cannot_sign_is_found_before_anything_is_sent() {
    for (app, id, secret) in [("", "id", "s"), ("app", "", "s"), ("app", "id", ""), ("app", "a:b", "s")] {
        let transport = ok();
        let client = Client::builder(Account::new(app, id, secret)).transport(transport.clone()).build().unwrap();
        let error = client.call(query()).await.unwrap_err();
        assert_eq!((error.kind(), error.delivery()), (ErrorKind::Config, Delivery::NotSent), "{error}");
        assert!(transport.requests().is_empty());
    }
}

#[test]
fn accounts_come_from_named_variables() {
    let vars = |name: &str| match name {
        "ANYRTC_APP_ID" => Some("app".to_owned()),
        "ANYRTC_CUSTOMER_ID" => Some("id".to_owned()),
        "ANYRTC_CUSTOMER_SECRET" => Some("secret".to_owned()),
        _ => None,
    };
    assert_eq!(Account::from_vars(vars).unwrap().app_id(), "app");
    let error = Account::from_vars(|name| vars(name).filter(|_| name == "ANYRTC_APP_ID")).unwrap_err();
    assert_eq!(error.to_string(), "not set up: set ANYRTC_CUSTOMER_ID, ANYRTC_CUSTOMER_SECRET");
}
