use std::time::Duration;

use livecloud_core::TransportErrorKind;
use livecloud_core::test_util::{ReplayTransport, Step};
use tokio::time::Instant;
use zego_cloud_player::{Delivery, ErrorKind, UpdatePlayer};

use super::{OK, client};

fn update() -> UpdatePlayer {
    UpdatePlayer::new("player_1", 5).pause()
}

fn code(code: i64) -> Step {
    Step::json(format!(r#"{{"Code":{code},"Message":"m","RequestId":"r"}}"#))
}

#[tokio::test(start_paused = true)]
async fn a_retry_carries_a_new_time_nonce_and_signature_and_the_same_body() {
    let transport =
        ReplayTransport::new([Step::fail(TransportErrorKind::Timeout).after(Duration::from_secs(2)), Step::json(OK)]);
    client(&transport).call(update()).await.unwrap();
    let [first, second] = transport.requests().try_into().unwrap();
    for name in ["Timestamp", "SignatureNonce", "Signature"] {
        assert_ne!(first.query(name), second.query(name), "{name}");
    }
    assert_eq!(first.request().body(), second.request().body());
    assert_eq!(second.json()["Sequence"], 5);
}

#[tokio::test(start_paused = true)]
async fn a_wrong_signature_is_not_retried() {
    let transport = ReplayTransport::always(code(100_000_005));
    let error = client(&transport).call(update()).await.unwrap_err();
    assert!(error.is_auth());
    assert_eq!(transport.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_expired_signature_is_made_again_once_with_the_vendors_time() {
    let date = "Mon, 08 Mar 2021 08:02:23 GMT"; // an hour ahead of the test's clock
    let transport = ReplayTransport::new([code(100_000_004).header("date", date), Step::json(OK), Step::json(OK)]);
    let client = client(&transport);
    let start = Instant::now();
    client.call(update()).await.unwrap();
    client.call(update()).await.unwrap();
    assert_eq!(start.elapsed(), Duration::ZERO);
    let times: Vec<_> = transport.requests().iter().map(|sent| sent.query("Timestamp").unwrap()).collect();
    assert_eq!(times, ["1615186943", "1615190543", "1615190543"]);
}

#[tokio::test(start_paused = true)]
async fn a_signature_that_expires_twice_is_reported() {
    let transport = ReplayTransport::always(code(100_000_004).header("date", "Mon, 08 Mar 2021 08:02:23 GMT"));
    let error = client(&transport).call(update()).await.unwrap_err();
    assert_eq!(error.category(), Some(livecloud_core::Category::ClockSkew));
    assert_eq!((error.attempts(), transport.requests().len()), (2, 2));
}

#[tokio::test(start_paused = true)]
async fn a_throttled_call_waits_for_the_next_window() {
    let transport = ReplayTransport::new([code(350_006_001), Step::json(OK)]);
    let start = Instant::now();
    client(&transport).call(update()).await.unwrap();
    assert!(start.elapsed() >= Duration::from_secs(1), "{:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn the_twenty_first_update_of_a_second_waits() {
    let transport = super::ok();
    let client = client(&transport);
    let start = Instant::now();
    for _ in 0..20 {
        client.call(update()).await.unwrap();
    }
    assert_eq!(start.elapsed(), Duration::ZERO);
    client.call(update()).await.unwrap();
    assert_eq!(start.elapsed(), Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn a_system_error_is_retried_and_then_leaves_the_outcome_open() {
    let transport = ReplayTransport::always(code(350_010_000));
    let error = client(&transport).call(update()).await.unwrap_err();
    assert_eq!((error.kind(), error.delivery(), error.attempts()), (ErrorKind::Api, Delivery::Unknown, 3));
}
