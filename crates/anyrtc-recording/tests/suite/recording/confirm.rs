use anyrtc_recording::RecordingStatus;
use anyrtc_recording::recording::{ConfirmError, End};
use livecloud_core::test_util::Step;
use tokio::time::Instant;

use super::{coded, methods, not_found, running, seconds, status};

#[tokio::test(start_paused = true)]
async fn it_looks_five_seconds_after_the_start_and_returns_at_status_4_or_5() {
    for good in [4, 5] {
        let (transport, recording) = running([status(good)]).await;
        let begin = Instant::now();
        let queried = recording.confirm().await.unwrap();
        assert_eq!(queried.server_response.status, Some(RecordingStatus::from(i64::from(good))));
        assert_eq!(begin.elapsed(), seconds(5));
        assert_eq!(methods(&transport), ["acquire", "start", "query"]);
    }
}

#[tokio::test(start_paused = true)]
async fn it_waits_through_the_beginning_unknown_states_not_found_and_passing_errors() {
    let steps = [not_found(), status(0), status(1), status(9), Step::reply(500, ""), Step::reply(500, "")];
    let steps = steps.into_iter().chain([Step::reply(500, ""), status(3), status(4)]);
    let (transport, recording) = running(steps).await;
    recording.confirm().await.unwrap();
    assert_eq!(methods(&transport).len(), 2 + 9);
}

#[tokio::test(start_paused = true)]
async fn it_gives_up_after_ninety_seconds() {
    let (transport, recording) = running(vec![status(2); 60]).await;
    let begin = Instant::now();
    let Err(ConfirmError::NotYet { status, error: None }) = recording.confirm().await else { panic!("not yet") };
    assert_eq!((status, begin.elapsed()), (Some(RecordingStatus::RecorderStarting), seconds(90)));
    // 5, 6, 8, 12 and then every 4 seconds
    assert_eq!(methods(&transport).len(), 2 + 3 + 20);

    let (_, recording) = running(vec![Step::hang(); 20]).await;
    let begin = Instant::now();
    let Err(ConfirmError::NotYet { status: None, error: Some(error) }) = recording.confirm().await else { panic!() };
    assert!(error.is_timeout() && begin.elapsed() == seconds(90), "{error} {:?}", begin.elapsed());
}

#[tokio::test(start_paused = true)]
async fn what_is_never_found_never_began_or_has_ended() {
    let (_, recording) = running(vec![not_found(); 40]).await;
    assert!(matches!(recording.confirm().await, Err(ConfirmError::Over(End::Gone))));
    let (_, recording) = running(vec![not_found(); 40]).await;
    let early = recording.confirm_within(seconds(10)).await;
    assert!(matches!(early, Err(ConfirmError::NotYet { .. })), "ten seconds are not enough to say so");
}

#[tokio::test(start_paused = true)]
async fn an_end_is_told_at_once() {
    for (step, end) in [
        (status(6), End::Stopped),
        (status(8), End::Stopped),
        (status(20), End::Failed),
        (coded(400, 501), End::Exiting),
        (coded(400, 49), End::Exiting),
    ] {
        let (_, recording) = running([step]).await;
        match recording.confirm().await {
            Err(ConfirmError::Over(found)) => assert_eq!(found, end),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_waiting_does_not_cure_is_told_at_once() {
    let (transport, recording) = running([coded(400, 1003)]).await;
    let Err(error @ ConfirmError::Call(_)) = recording.confirm().await else { panic!("an error") };
    assert!(error.to_string().starts_with("the recording cannot be looked at: anyrtc-recording Query: "), "{error}");
    assert_eq!(methods(&transport).len(), 3);
}

#[tokio::test(start_paused = true)]
async fn an_extension_service_has_no_status_but_a_service_state() {
    let service = |state: &str| {
        let body = format!(r#"{{"serverResponse":{{"subServiceStatus":{{"recordingService":"{state}"}}}}}}"#);
        Step::json(body)
    };
    let (_, recording) = running([service("serviceReady"), service("serviceInProgress")]).await;
    recording.confirm().await.unwrap();
    let (_, recording) = running([service("serviceAbnormal")]).await;
    assert!(matches!(recording.confirm().await, Err(ConfirmError::Over(End::Failed))));
}
