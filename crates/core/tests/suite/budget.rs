//! An outage is not multiplied.

use livecloud_core::TransportErrorKind;
use livecloud_core::test_util::{ReplayTransport, Step};

use super::toy::{Do, client, ok};

#[tokio::test(start_paused = true)]
async fn the_budget_empties_in_an_outage_and_refills_with_successes() {
    let steps = |count, step: Step| std::iter::repeat_n(step, count);
    // 500 tokens at 14 a retry: 35 retries for 100 calls, instead of 200.
    let outage = steps(135, Step::fail(TransportErrorKind::Timeout));
    let transport =
        ReplayTransport::new(outage.chain(steps(30, ok())).chain(steps(2, Step::fail(TransportErrorKind::Timeout))));
    let client = client(&transport);
    for _ in 0..100 {
        client.call(Do::idempotent()).await.unwrap_err();
    }
    assert_eq!(transport.requests().len(), 135);
    for _ in 0..30 {
        client.call(Do::idempotent()).await.unwrap();
    }
    assert_eq!(client.call(Do::idempotent()).await.unwrap_err().attempts(), 3);
}

#[tokio::test(start_paused = true)]
async fn retries_that_succeed_cost_nothing_in_the_end() {
    let transport = ReplayTransport::new((0..400).flat_map(|_| [Step::fail(TransportErrorKind::Timeout), ok()]));
    let client = client(&transport);
    for _ in 0..400 {
        client.call(Do::idempotent()).await.unwrap();
    }
}
