//! The client's own quota inside calls.

use std::future::IntoFuture as _;
use std::sync::Arc;
use std::time::Duration;

use livecloud_core::test_util::{ReplayTransport, Step};
use livecloud_core::{Category, Delivery, ErrorKind, LocalLimiter, QuotaMode};
use tokio::time::Instant;

use super::toy::{Do, builder, client, code, ok};

#[tokio::test(start_paused = true)]
async fn every_attempt_takes_a_permit() {
    let transport = ReplayTransport::new([code(3), code(3), ok()]);
    let start = Instant::now();
    client(&transport).call(Do::limited(1)).await.unwrap();
    assert_eq!(start.elapsed(), Duration::from_secs(2));
}

#[tokio::test(start_paused = true)]
async fn a_full_quota_waits_fails_fast_or_does_not_count() {
    let transport = ReplayTransport::always(ok());
    let fast = builder(&transport).quota_mode(QuotaMode::FailFast).build().unwrap();
    fast.call(Do::limited(1)).await.unwrap();
    let error = fast.call(Do::limited(1)).await.unwrap_err();
    assert_eq!((error.kind(), error.delivery()), (ErrorKind::RateLimited, Delivery::NotSent));
    assert!(error.is_throttled());
    assert_eq!(error.to_string(), "toy Do: held back by the client's own quota, room in 1000 ms");

    let off = builder(&transport).quota_mode(QuotaMode::Off).build().unwrap();
    let start = Instant::now();
    for _ in 0..50 {
        off.call(Do::limited(1)).await.unwrap();
    }
    assert_eq!(start.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_wait_beyond_the_deadline_fails_at_once() {
    let client = client(&ReplayTransport::always(ok()));
    client.call(Do::limited(1)).await.unwrap();
    let start = Instant::now();
    let error = client.call(Do::limited(1)).deadline(Duration::from_millis(900)).await.unwrap_err();
    assert_eq!((error.kind(), start.elapsed()), (ErrorKind::RateLimited, Duration::ZERO));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(1)));
}

#[tokio::test(start_paused = true)]
async fn a_throttled_answer_holds_back_every_caller_of_the_class() {
    let throttled = code(1).header("retry-after", "5");
    let transport = ReplayTransport::new([throttled, ok(), ok()]);
    let client = client(&transport);
    let start = Instant::now();
    let (one, two) = (client.call(Do::limited(9)), async {
        tokio::time::sleep(Duration::from_millis(1)).await;
        client.call(Do::limited(9)).await
    });
    let (one, two) = tokio::join!(one.into_future(), two);
    one.unwrap();
    two.unwrap();
    assert!(start.elapsed() >= Duration::from_secs(5));
    assert_eq!(transport.requests().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn the_vendors_word_beats_our_lack_of_room() {
    let transport = ReplayTransport::new([code(1), Step::hang()]);
    let client = client(&transport);
    let error = client.call(Do::limited(1)).deadline(Duration::from_millis(800)).await.unwrap_err();
    assert_eq!((error.category(), error.attempts()), (Some(Category::Throttled), 1));
}

#[tokio::test(start_paused = true)]
async fn clients_share_a_quota_by_sharing_a_limiter() {
    let transport = ReplayTransport::always(ok());
    let limiter = Arc::new(LocalLimiter::new());
    let clients = [0, 1].map(|_| builder(&transport).limiter(limiter.clone()).build().unwrap());
    let start = Instant::now();
    for client in &clients {
        client.call(Do::limited(1)).await.unwrap();
    }
    assert_eq!(start.elapsed(), Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn a_permit_can_be_taken_for_a_prepared_request() {
    let client = client(&ReplayTransport::always(ok()));
    let start = Instant::now();
    client.permit(&Do::limited(1)).await.unwrap();
    client.permit(&Do::limited(1)).await.unwrap();
    assert_eq!(start.elapsed(), Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn a_hold_never_makes_a_call_oversleep_its_deadline() {
    let transport = ReplayTransport::new([ok(), code(1).header("retry-after", "200")]);
    let client = client(&transport);
    let start = Instant::now();
    client.call(Do::limited(1)).await.unwrap();
    let calls = [300, 5, 5, 5].map(|seconds| {
        let call = client.call(Do::limited(1)).deadline(Duration::from_secs(seconds));
        tokio::spawn(async move {
            let error = call.await.unwrap_err();
            (error.kind(), start.elapsed().as_secs())
        })
    });
    let mut ends = Vec::new();
    for call in calls {
        ends.push(call.await.unwrap());
    }
    // The first is throttled after a second; the others learn at once that they have no chance.
    assert_eq!(ends[1..], [(ErrorKind::RateLimited, 1); 3]);
    assert!(ends[0].1 >= 200, "{ends:?}");
}

#[tokio::test(start_paused = true)]
async fn a_limiter_that_ignores_its_patience_is_left_at_the_deadline() {
    #[derive(Debug)]
    struct Slow;
    #[async_trait::async_trait]
    impl livecloud_core::Limiter for Slow {
        async fn acquire(
            &self,
            _: &livecloud_core::QuotaKey,
            _: livecloud_core::Quota,
            _: Duration,
        ) -> Result<(), livecloud_core::NoRoom> {
            tokio::time::sleep(Duration::from_secs(100)).await;
            Ok(())
        }
        fn hold(&self, _: &livecloud_core::QuotaKey, _: livecloud_core::Quota, _: Duration) {}
    }
    let client = builder(&ReplayTransport::always(ok())).limiter(Slow).build().unwrap();
    let start = Instant::now();
    let error = client.call(Do::limited(1)).deadline(Duration::from_secs(2)).await.unwrap_err();
    assert_eq!((error.kind(), start.elapsed()), (ErrorKind::RateLimited, Duration::from_secs(2)));
    client.permit(&Do::limited(1)).await.unwrap_err();
    assert_eq!(start.elapsed(), Duration::from_secs(32));
}

#[tokio::test(start_paused = true)]
async fn a_pause_covers_the_hold_so_that_no_repeat_is_announced_in_vain() {
    let transport = ReplayTransport::new([code(1), ok()]);
    let client = builder(&transport).quota_mode(QuotaMode::FailFast).build().unwrap();
    client.call(Do::limited(5)).await.unwrap();
    assert_eq!(transport.requests().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn replies_interpreted_by_hand_hold_the_quota_too() {
    let client = client(&ReplayTransport::default());
    let reply = http::Response::builder().header("retry-after", "4").body(r#"{"code":1}"#.into()).unwrap();
    client.interpret(Do::limited(5), reply).unwrap_err();
    let start = Instant::now();
    client.permit(&Do::limited(5)).await.unwrap();
    assert_eq!(start.elapsed(), Duration::from_secs(4));
}
