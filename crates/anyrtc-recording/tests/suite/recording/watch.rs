use std::pin::Pin;
use std::task::{Context, Waker};

use anyrtc_recording::RecordingStatus;
use anyrtc_recording::recording::{Change, End, Watch};
use futures_core::Stream;
use livecloud_core::test_util::Step;
use tokio::time::Instant;

use super::{coded, methods, not_found, running, seconds, status};

/// The statuses that a watch tells, and its end.
async fn all(mut watch: Watch) -> (Vec<i64>, Option<End>, usize) {
    let (mut statuses, mut errors) = (Vec::new(), 0);
    while let Some(item) = watch.next().await {
        match item {
            Ok(Change::Status(queried)) => {
                statuses.push(queried.server_response.status.map_or(-1, RecordingStatus::as_i64));
            }
            Ok(Change::Ended(end)) => return (statuses, Some(end), errors),
            Ok(other) => panic!("{other:?}"),
            Err(_) => errors += 1,
        }
    }
    (statuses, None, errors)
}

#[tokio::test(start_paused = true)]
async fn only_changes_are_told_and_the_end_is_the_last_item() {
    let steps = [status(4), status(5), status(5), status(5), status(6), status(7)];
    let (transport, recording) = running(steps).await;
    let begin = Instant::now();
    let mut watch = recording.watch();
    let told = {
        let mut told = Vec::new();
        while let Some(item) = watch.next().await {
            told.push(match item.unwrap() {
                Change::Status(queried) => queried.server_response.status.unwrap().as_i64(),
                Change::Ended(end) => {
                    assert_eq!(end, End::Stopped);
                    100
                }
                other => panic!("{other:?}"),
            });
        }
        told
    };
    assert_eq!(told, [4, 5, 6, 7, 100]);
    assert_eq!(begin.elapsed(), seconds(5 * 120), "every two minutes, the first at once");
    assert_eq!(methods(&transport).len(), 2 + 6);
    assert!(watch.next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn not_found_is_the_end_after_ninety_seconds_and_not_before() {
    let (_, recording) = running([status(5), not_found(), not_found(), status(5), coded(400, 501)]).await;
    assert_eq!(all(recording.watch().every(seconds(10))).await, (vec![5], Some(End::Exiting), 0));

    let (_, recording) = running([status(5)].into_iter().chain(vec![not_found(); 6])).await;
    let begin = Instant::now();
    assert_eq!(all(recording.watch().every(seconds(10))).await, (vec![5], Some(End::Gone), 0));
    assert_eq!(begin.elapsed(), seconds(10 + 90));
}

#[tokio::test(start_paused = true)]
async fn an_error_that_may_pass_is_an_item_and_one_that_stays_is_the_last() {
    let broken = || Step::reply(500, "");
    let (_, recording) = running([status(4), broken(), broken(), broken(), status(5), coded(400, 1003)]).await;
    assert_eq!(all(recording.watch().every(seconds(10))).await, (vec![4, 5], None, 2));
}

#[tokio::test(start_paused = true)]
async fn an_interval_of_nothing_is_a_second() {
    let (_, recording) = running([status(4), status(4), status(20)]).await;
    let begin = Instant::now();
    assert_eq!(all(recording.watch().every(std::time::Duration::ZERO)).await, (vec![4, 20], Some(End::Failed), 0));
    assert_eq!(begin.elapsed(), seconds(2));
}

#[tokio::test(start_paused = true)]
async fn a_dropped_wait_loses_nothing_and_asks_nothing_twice() {
    let (transport, recording) = running([status(4).after(seconds(2)), status(5)]).await;
    let mut watch = recording.watch();
    assert!(tokio::time::timeout(seconds(1), watch.next()).await.is_err());
    let Some(Ok(Change::Status(queried))) = watch.next().await else { panic!("a status") };
    assert_eq!(queried.server_response.status, Some(RecordingStatus::RecorderReady));
    assert_eq!(methods(&transport).len(), 3);
}

#[tokio::test(start_paused = true)]
async fn it_is_a_stream_and_asks_nothing_until_it_is_polled() {
    fn stream<S: Stream<Item = Result<Change, anyrtc_recording::Error>> + Unpin + Send + 'static>(stream: S) -> S {
        stream
    }
    let (transport, recording) = running([status(4)]).await;
    let mut watch = stream(recording.watch());
    assert_eq!(methods(&transport).len(), 2);
    let mut cx = Context::from_waker(Waker::noop());
    while Pin::new(&mut watch).poll_next(&mut cx).is_pending() {
        tokio::time::advance(seconds(1)).await;
    }
    assert_eq!(methods(&transport).len(), 3);
    assert!(format!("{watch:?}").starts_with("Watch"));
}

#[tokio::test(start_paused = true)]
async fn watches_share_the_quota_with_everything_else() {
    let (_, recording) = running(vec![status(5); 50]).await;
    tokio::time::advance(seconds(10)).await;
    let begin = Instant::now();
    let mut watches: Vec<_> = (0..25).map(|_| recording.watch()).collect();
    for watch in &mut watches {
        watch.next().await.unwrap().unwrap();
    }
    assert_eq!(begin.elapsed(), seconds(2), "ten in any second");
}
