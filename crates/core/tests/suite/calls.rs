//! The life of one call.

use std::future::IntoFuture as _;
use std::time::Duration;

use livecloud_core::test_util::{ReplayTransport, Step};
use livecloud_core::{Category, Delivery, ErrorKind, NoRetry, TransportErrorKind, Validation};
use tokio::time::Instant;

use super::toy::{Do, builder, client, code, ok};

const FAILURES: [TransportErrorKind; 4] = [
    TransportErrorKind::Timeout,
    TransportErrorKind::Interrupted,
    TransportErrorKind::Decode,
    TransportErrorKind::Other,
];

#[tokio::test(start_paused = true)]
async fn a_success_brings_output_and_info() {
    let transport = ReplayTransport::new([code(3), ok()]);
    let answer = client(&transport).call(Do::once()).with_info().await.unwrap();
    assert_eq!(answer.output["done"], true);
    assert_eq!((answer.info.attempts, answer.info.request_id.as_deref()), (2, Some("id-1")));
    assert_eq!(answer.info.http_status, 200);
}

#[tokio::test(start_paused = true)]
async fn nothing_happens_until_the_call_is_awaited() {
    let transport = ReplayTransport::always(ok());
    drop(client(&transport).call(Do::once()));
    assert_eq!(transport.requests().len(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_call_can_be_stored_and_spawned() {
    let call = client(&ReplayTransport::always(ok())).call(Do::once());
    tokio::spawn(call.into_future()).await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn every_attempt_is_signed_afresh_over_the_same_body() {
    let slow = Step::fail(TransportErrorKind::Interrupted).after(Duration::from_secs(3));
    let transport = ReplayTransport::new([slow.clone(), slow, ok()]);
    client(&transport).call(Do::idempotent()).await.unwrap();
    let sent = transport.requests();
    assert_eq!(sent.len(), 3);
    for name in ["sig", "time", "nonce"] {
        let mut values: Vec<_> = sent.iter().map(|sent| sent.query(name).unwrap()).collect();
        values.dedup();
        assert_eq!(values.len(), 3, "{name}");
        assert!(sent.iter().all(|sent| sent.query_pairs().iter().filter(|(key, _)| key == name).count() == 1));
    }
    assert!(sent.iter().all(|later| later.request().body() == sent[0].request().body()));
}

#[tokio::test(start_paused = true)]
async fn an_unknown_outcome_is_repeated_only_where_it_does_no_harm() {
    for kind in FAILURES {
        let transport = ReplayTransport::new([Step::fail(kind), ok()]);
        client(&transport).call(Do::idempotent()).await.unwrap();
        assert_eq!(transport.requests().len(), 2, "{kind:?}");

        let transport = ReplayTransport::new([Step::fail(kind), ok()]);
        let error = client(&transport).call(Do::once()).await.unwrap_err();
        assert_eq!((error.delivery(), error.transport_kind()), (Delivery::Unknown, Some(kind)));
        assert_eq!(transport.requests().len(), 1, "{kind:?}");
    }
    for step in [code(2), Step::reply(503, "gone"), Step::reply(408, "")] {
        let transport = ReplayTransport::new([step.clone(), ok()]);
        client(&transport).call(Do::idempotent()).await.unwrap();
        let transport = ReplayTransport::new([step, ok()]);
        let error = client(&transport).call(Do::once()).await.unwrap_err();
        assert_eq!((error.delivery(), error.category()), (Delivery::Unknown, Some(Category::Transient)));
    }
}

#[tokio::test(start_paused = true)]
async fn the_caller_can_vouch_for_an_operation() {
    let transport = ReplayTransport::new([Step::fail(TransportErrorKind::Timeout), ok()]);
    client(&transport).call(Do::once()).assume_idempotent().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn what_was_not_sent_is_repeated_for_every_operation() {
    let transport = ReplayTransport::new([Step::fail(TransportErrorKind::Connect), ok()]);
    client(&transport).call(Do::once()).await.unwrap();
    let transport = ReplayTransport::always(Step::fail(TransportErrorKind::Connect));
    let error = client(&transport).call(Do::once()).await.unwrap_err();
    assert_eq!((error.delivery(), error.attempts()), (Delivery::NotSent, 3));
}

#[tokio::test(start_paused = true)]
async fn refusals_that_a_repeat_cannot_mend_are_returned_at_once() {
    for (number, category) in [(5, Category::Auth), (6, Category::InvalidArgument), (77, Category::Other)] {
        let transport = ReplayTransport::always(code(number));
        let error = client(&transport).call(Do::idempotent()).await.unwrap_err();
        assert_eq!((error.category(), error.attempts()), (Some(category), 1));
        assert_eq!(error.delivery(), Delivery::Answered);
    }
}

#[tokio::test(start_paused = true)]
async fn the_worst_delivery_of_all_attempts_counts() {
    let transport = ReplayTransport::new([Step::fail(TransportErrorKind::Timeout), code(6)]);
    let error = client(&transport).call(Do::idempotent()).await.unwrap_err();
    assert_eq!((error.category(), error.delivery()), (Some(Category::InvalidArgument), Delivery::Unknown));
    assert_eq!(error.attempts(), 2);
}

#[tokio::test(start_paused = true)]
async fn busy_and_throttled_answers_wait_for_floor_and_retry_after() {
    let start = Instant::now();
    let transport = ReplayTransport::new([code(3), ok()]);
    client(&transport).call(Do::once().floor(Duration::from_secs(2))).await.unwrap();
    assert_eq!(start.elapsed(), Duration::from_secs(2));

    let start = Instant::now();
    let transport = ReplayTransport::new([code(1).header("retry-after", "7"), ok()]);
    client(&transport).call(Do::once()).await.unwrap();
    assert_eq!(start.elapsed(), Duration::from_secs(7));

    let start = Instant::now();
    let dated =
        code(1).header("date", "Tue, 14 Nov 2023 22:13:20 GMT").header("retry-after", "Tue, 14 Nov 2023 22:13:29 GMT");
    let transport = ReplayTransport::new([dated, ok()]);
    client(&transport).call(Do::once()).await.unwrap();
    assert_eq!(start.elapsed(), Duration::from_secs(9));
}

#[tokio::test(start_paused = true)]
async fn a_refused_time_is_corrected_from_the_reply_once_and_remembered() {
    let behind = "Tue, 14 Nov 2023 22:03:20 GMT"; // ten minutes before the test's clock
    let transport = ReplayTransport::new([code(4).header("date", behind), ok(), ok()]);
    let client = client(&transport);
    let start = Instant::now();
    client.call(Do::once()).await.unwrap();
    client.clone().call(Do::once()).await.unwrap();
    assert_eq!(start.elapsed(), Duration::ZERO);
    let times: Vec<_> = transport.requests().iter().map(|sent| sent.query("time").unwrap()).collect();
    assert_eq!(times, ["1700000000000", "1699999400000", "1699999400000"]);
}

#[tokio::test(start_paused = true)]
async fn a_time_that_cannot_be_corrected_is_an_error() {
    // Corrected and refused again; or no time to correct it with, so that a repeat would carry the same.
    for (date, attempts) in [(Some("Tue, 14 Nov 2023 22:03:20 GMT"), 2), (None, 1), (Some("nonsense"), 1)] {
        let step = date.map_or(code(4), |date| code(4).header("date", date));
        let transport = ReplayTransport::always(step);
        let error = client(&transport).call(Do::once()).await.unwrap_err();
        assert_eq!((error.category(), error.attempts()), (Some(Category::ClockSkew), attempts));
        assert_eq!(error.delivery(), Delivery::Answered);
    }
}

#[tokio::test(start_paused = true)]
async fn the_policy_can_be_replaced_for_a_client_and_for_a_call() {
    let transport = ReplayTransport::always(code(3));
    let client = builder(&transport).retry(NoRetry).build().unwrap();
    assert_eq!(client.call(Do::once()).await.unwrap_err().attempts(), 1);
    let five = livecloud_core::StandardRetry::attempts(5);
    assert_eq!(client.call(Do::once()).retry(five).await.unwrap_err().attempts(), 5);
}

#[tokio::test(start_paused = true)]
async fn a_broken_rule_sends_nothing_unless_checks_are_off() {
    let transport = ReplayTransport::always(ok());
    let client = client(&transport);
    let wrong = Do { value: 10, ..Do::once() };
    let error = client.call(&wrong).validation(Validation::Strict).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), error.delivery()), (ErrorKind::Invalid, 0, Delivery::NotSent));
    assert_eq!(error.to_string(), "toy Do: invalid request: value must be in 1..=9, given 10 [T1]");
    assert_eq!(transport.requests().len(), 0);
    client.call(wrong).validation(Validation::Off).await.unwrap();
    assert_eq!(transport.requests()[0].json()["value"], 10);
}

#[tokio::test(start_paused = true)]
async fn an_unreadable_success_is_not_retried() {
    for body in ["", "<html>", "{\"code\":0,", "[]x"] {
        let transport = ReplayTransport::always(Step::reply(200, body));
        let error = client(&transport).call(Do::idempotent()).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Decode, 1), "{body}");
        assert_eq!((error.delivery(), error.http_status().unwrap().as_u16()), (Delivery::Unknown, 200));
    }
}

/// An operation whose output the toy never sends.
struct Wants;

impl livecloud_core::Operation for Wants {
    type Vendor = super::toy::Toy;
    type Output = Vec<u8>;

    fn meta(&self) -> &livecloud_core::Meta {
        const { &livecloud_core::Meta::post("Wants").idempotent() }
    }
    fn profile(&self) {}
    fn write(&self, _: &super::toy::Toy, _: &mut livecloud_core::Draft) -> Result<(), livecloud_core::Error> {
        Ok(())
    }
}

#[tokio::test(start_paused = true)]
async fn an_unreadable_content_of_a_readable_success_was_answered_unless_an_attempt_before_was_lost() {
    for (steps, attempts, delivery) in [
        (vec![ok()], 1, Delivery::Answered),
        (vec![Step::fail(TransportErrorKind::Timeout), ok()], 2, Delivery::Unknown),
    ] {
        let error = client(&ReplayTransport::new(steps)).call(Wants).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Decode, attempts));
        assert_eq!((error.delivery(), error.request_id()), (delivery, Some("id-1")));
    }
}

#[tokio::test(start_paused = true)]
async fn an_observer_sees_attempts_and_retries() {
    use std::sync::{Arc, Mutex};

    #[derive(Debug, Clone, Default)]
    struct Log(Arc<Mutex<Vec<String>>>);
    impl livecloud_core::Observer for Log {
        fn observe(&self, event: &livecloud_core::Event<'_>) {
            self.0.lock().unwrap().push(match event {
                livecloud_core::Event::Attempt { attempt, error, .. } => {
                    format!("attempt {attempt} {}", error.is_none())
                }
                livecloud_core::Event::Retry { attempt, .. } => format!("retry {attempt}"),
                other => format!("{other:?}"),
            });
        }
    }
    let log = Log::default();
    let transport = ReplayTransport::new([code(3), ok()]);
    builder(&transport).observer(log.clone()).build().unwrap().call(Do::once()).await.unwrap();
    assert_eq!(*log.0.lock().unwrap(), ["attempt 1 false", "retry 2", "attempt 2 true"]);
}
