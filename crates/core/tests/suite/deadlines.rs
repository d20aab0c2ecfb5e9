//! Time: attempts, deadlines, cancellation.

use std::future::IntoFuture as _;
use std::time::Duration;

use livecloud_core::test_util::{ReplayTransport, Step};
use livecloud_core::{Category, Delivery, ErrorKind, TransportErrorKind};
use tokio::time::Instant;

use super::toy::{Do, builder, client, code, ok};

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test(start_paused = true)]
async fn an_attempt_ends_after_its_own_time() {
    let transport = ReplayTransport::new([Step::hang(), ok()]);
    let start = Instant::now();
    client(&transport).call(Do::idempotent()).await.unwrap();
    assert!((10 * SECOND..11 * SECOND).contains(&start.elapsed()), "{:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_call_ends_at_its_deadline_with_the_last_real_error() {
    let transport = ReplayTransport::new([code(2), Step::hang()]);
    let start = Instant::now();
    let error = client(&transport).call(Do::idempotent()).deadline(3 * SECOND).await.unwrap_err();
    assert_eq!(start.elapsed(), 3 * SECOND);
    assert_eq!((error.kind(), error.category()), (ErrorKind::Api, Some(Category::Transient)));
    assert_eq!((error.delivery(), error.attempts()), (Delivery::Unknown, 2));
}

#[tokio::test(start_paused = true)]
async fn a_deadline_without_any_answer_says_so() {
    let transport = ReplayTransport::always(Step::hang());
    let error = client(&transport).call(Do::once()).deadline(SECOND).await.unwrap_err();
    assert_eq!((error.kind(), error.delivery()), (ErrorKind::Deadline, Delivery::Unknown));
    assert!(error.is_timeout());
    assert_eq!(error.to_string(), "toy Do: deadline passed without an answer (1 attempt)");
}

#[tokio::test(start_paused = true)]
async fn a_pause_that_would_pass_the_deadline_is_not_slept() {
    let transport = ReplayTransport::new([code(1).header("retry-after", "60"), ok()]);
    let start = Instant::now();
    let error = client(&transport).call(Do::once()).await.unwrap_err();
    assert_eq!(start.elapsed(), Duration::ZERO);
    assert_eq!((error.category(), error.retry_after()), (Some(Category::Throttled), Some(60 * SECOND)));
}

#[tokio::test(start_paused = true)]
async fn no_deadline_is_ever_overslept() {
    for seconds in 1..25 {
        let steps = [
            code(2),
            Step::fail(TransportErrorKind::Timeout).after(4 * SECOND),
            code(1).header("retry-after", "9"),
            Step::hang(),
        ];
        let transport = ReplayTransport::new(steps);
        let start = Instant::now();
        let retry = livecloud_core::StandardRetry::attempts(9);
        let call = client(&transport).call(Do::idempotent()).retry(retry).deadline(seconds * SECOND);
        call.await.unwrap_err();
        assert!(start.elapsed() <= seconds * SECOND, "{seconds} s: {:?}", start.elapsed());
    }
}

#[tokio::test(start_paused = true)]
async fn a_deadline_of_zero_sends_nothing() {
    let transport = ReplayTransport::always(ok());
    let error = client(&transport).call(Do::once()).deadline(Duration::ZERO).await.unwrap_err();
    assert_eq!((error.kind(), error.delivery()), (ErrorKind::Deadline, Delivery::NotSent));
    assert_eq!((error.attempts(), transport.requests().len()), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn cancelled_calls_leak_neither_permits_nor_budget() {
    let transport = ReplayTransport::always(Step::hang());
    let client = builder(&transport).build().unwrap();
    // The first takes the only permit of this second and hangs; the others wait for one, and are all cancelled.
    for _ in 0..200 {
        let _ = tokio::time::timeout(Duration::from_millis(1), client.call(Do::limited(1)).into_future()).await;
    }
    assert_eq!(transport.requests().len(), 1);
    tokio::time::sleep(SECOND).await;
    let start = Instant::now();
    let _ = tokio::time::timeout(Duration::from_millis(1), client.call(Do::limited(1)).into_future()).await;
    assert_eq!(transport.requests().len(), 2, "the permit of the new second was free at {:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn absurd_times_overflow_nothing() {
    let absurd = |seconds| code(1).header("retry-after", seconds);
    let steps = [absurd("18446744073709551615"), absurd("99999999999999999999999"), absurd("300"), ok()];
    let transport = ReplayTransport::new(steps);
    let client = client(&transport);
    for _ in 0..2 {
        let error = client.call(Do::once()).deadline(Duration::MAX).await.unwrap_err();
        assert_eq!((error.category(), error.attempts()), (Some(Category::Throttled), 1));
    }
    client.call(Do::once()).deadline(Duration::MAX).await.unwrap();
    assert_eq!(transport.requests().len(), 4);
}
