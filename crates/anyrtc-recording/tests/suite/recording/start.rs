use anyrtc_recording::callback::{Event, Inbound, Verifier, sign_for_test};
use anyrtc_recording::recording::{Lost, Mix, Reserved, StartError};
use anyrtc_recording::{Class, Delivery, Error, ErrorKind, Recording, StorageConfig};
use livecloud_core::TransportErrorKind;
use livecloud_core::test_util::{ReplayTransport, Step};
use serde_json::json;
use tokio::time::Instant;

use super::{ACQUIRED, RENEWED, STARTED, coded, methods, not_found, replay, reserved, running, seconds, status};
use crate::{CNAME, NOW_MS, UID, mix};

async fn lost(steps: impl IntoIterator<Item = Step>) -> (ReplayTransport, Error, Lost<Mix>) {
    let transport = replay(steps);
    match reserved(&transport).await.start(mix()).await {
        Err(StartError::Lost { error, lost }) => (transport, error, lost),
        other => panic!("{other:?}"),
    }
}

async fn refused(steps: impl IntoIterator<Item = Step>) -> (ReplayTransport, Error, Recording<Reserved>) {
    let transport = replay(steps);
    match reserved(&transport).await.start(mix()).await {
        Err(StartError::NotStarted { error, reserved }) => (transport, error, reserved),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_start_goes_to_the_acquired_resource_with_the_acquired_channel_and_uid() {
    let (transport, recording) = running([]).await;
    assert_eq!((recording.sid(), recording.resource_id()), ("s-1", "r-1"));
    assert_eq!((recording.cname(), recording.uid()), (CNAME, UID));
    let start = &transport.requests()[1];
    assert!(start.path().ends_with("/resourceid/r-1/mode/mix/start"));
    assert_eq!((&start.json()["cname"], &start.json()["uid"]), (&json!(CNAME), &json!(UID)));
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_is_asked_for_again_on_the_same_resource_with_the_same_body() {
    let steps =
        [Step::fail(TransportErrorKind::Interrupted), Step::reply(500, "{}"), coded(206, 65), Step::json(STARTED)];
    let transport = replay(steps);
    let begin = Instant::now();
    let recording = reserved(&transport).await.start(mix()).await.unwrap();
    assert_eq!((recording.sid(), begin.elapsed()), ("s-1", seconds(3 + 6 + 9)));
    let sent = transport.requests();
    assert_eq!(methods(&transport), ["acquire", "start", "start", "start", "start"]);
    assert!(sent[2..].iter().all(|again| again.path() == sent[1].path()));
    assert!(sent[2..].iter().all(|again| again.request().body() == sent[1].request().body()));
}

#[tokio::test(start_paused = true)]
async fn a_sid_in_the_answer_already_started_is_taken() {
    let already = Step::reply(201, r#"{"Code":201,"Body":{"code":7,"sid":"s-7"}}"#);
    let transport = replay([Step::reply(504, ""), already]);
    let recording = reserved(&transport).await.start(mix()).await.unwrap();
    assert_eq!((recording.sid(), recording.resource_id()), ("s-7", "r-1"));
}

#[tokio::test(start_paused = true)]
async fn already_started_without_a_sid_is_a_recording_that_runs_and_is_lost() {
    let (transport, error, lost) = lost([Step::hang(), coded(201, 7)]).await;
    assert_eq!((Class::of(&error), lost.is_running()), (Some(Class::AlreadyStarted), true));
    assert_eq!(methods(&transport), ["acquire", "start", "start"]);
    assert_eq!(lost.snapshot().resource_id(), "r-1");
}

#[tokio::test(start_paused = true)]
async fn answers_that_stay_lost_leave_open_whether_it_runs() {
    for step in [
        Step::fail(TransportErrorKind::Timeout),
        Step::reply(502, "<html>"),
        Step::json("garbage"),
        Step::json(r#"{"Code":200,"Body":{"sid":""}}"#),
    ] {
        let (transport, error, lost) = lost(vec![step; 4]).await;
        assert_eq!((error.delivery(), lost.is_running()), (Delivery::Unknown, false), "{error}");
        assert_eq!(methods(&transport).len(), 5, "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_gives_the_resource_back_for_a_better_request() {
    let transport = replay([coded(400, 2), Step::json(STARTED)]);
    let Err(StartError::NotStarted { error, reserved }) = reserved(&transport).await.start(mix()).await else {
        panic!("refused");
    };
    assert_eq!(Class::of(&error), Some(Class::Caller));
    let recording = reserved.start(mix()).await.unwrap();
    assert_eq!(recording.resource_id(), "r-1");
    assert_eq!(methods(&transport), ["acquire", "start", "start"]);
}

#[tokio::test(start_paused = true)]
async fn what_breaks_a_rule_is_not_sent_and_loses_nothing() {
    let transport = replay([]);
    let reserved = reserved(&transport).await;
    let wrong = anyrtc_recording::StartMix::new(anyrtc_recording::ChannelType::Live, StorageConfig::private(""));
    let Err(StartError::NotStarted { error, .. }) = reserved.start(wrong).await else { panic!("refused") };
    assert_eq!((error.kind(), error.violations()[0].id), (ErrorKind::Invalid, "R33"));
    assert_eq!(methods(&transport), ["acquire"]);
}

#[tokio::test(start_paused = true)]
async fn an_over_age_resource_is_never_sent() {
    let transport = replay([Step::json(RENEWED), Step::json(STARTED)]);
    let reserved = reserved(&transport).await;
    tokio::time::advance(seconds(290)).await;
    let recording = reserved.start(mix()).await.unwrap();
    assert_eq!((recording.resource_id(), recording.snapshot().resource_id()), ("r-2", "r-2"));
    assert_eq!(methods(&transport), ["acquire", "acquire", "start"]);
    assert_eq!(transport.requests()[0].json(), transport.requests()[1].json());

    let (transport, reserved) = {
        let transport = replay([Step::json(STARTED)]);
        let reserved = super::reserved(&transport).await;
        (transport, reserved)
    };
    tokio::time::advance(seconds(289)).await;
    reserved.start(mix()).await.unwrap();
    assert_eq!(methods(&transport), ["acquire", "start"]);
}

#[tokio::test(start_paused = true)]
async fn a_resource_that_the_vendor_calls_dead_is_replaced_twice_at_most() {
    for code in [433, 1001] {
        let transport = replay([coded(400, code), Step::json(RENEWED), Step::json(STARTED)]);
        let recording = reserved(&transport).await.start(mix()).await.unwrap();
        assert_eq!(recording.resource_id(), "r-2");
        assert_eq!(methods(&transport), ["acquire", "start", "acquire", "start"]);

        let again = || [coded(400, code), Step::json(RENEWED)];
        let steps = [again(), again()].into_iter().flatten().chain([coded(400, code)]);
        let (transport, error, _) = refused(steps).await;
        assert_eq!(Class::of(&error), Some(Class::Reacquire));
        assert_eq!(methods(&transport).len(), 6);
    }
}

#[tokio::test(start_paused = true)]
async fn somebody_elses_recording_is_a_refusal_and_ones_own_is_lost() {
    let (_, error, _) = refused([coded(400, 53)]).await;
    assert_eq!(Class::of(&error), Some(Class::Conflict));

    // The first start took effect on r-1; its answer was lost, and then its resource id died.
    let steps = [Step::reply(504, ""), coded(400, 433), Step::json(RENEWED), coded(400, 53), status(5)];
    let (_, error, lost) = lost(steps).await;
    assert_eq!((Class::of(&error), lost.is_running()), (Some(Class::Conflict), true));
    assert_eq!(lost.named("s-9").await.unwrap().resource_id(), "r-1");
}

#[tokio::test(start_paused = true)]
async fn a_refusal_after_a_lost_answer_does_not_say_that_nothing_runs() {
    let (_, error, lost) = lost([Step::reply(500, ""), coded(400, 2)]).await;
    assert_eq!((Class::of(&error), lost.is_running()), (Some(Class::Caller), false));
}

#[tokio::test(start_paused = true)]
async fn a_failing_renewal_keeps_what_may_run() {
    let broken = || vec![Step::reply(500, ""); 3];
    let steps = [Step::reply(504, ""), coded(400, 433)].into_iter().chain(broken()).chain([status(5)]);
    let (_, error, lost) = lost(steps).await;
    assert_eq!((error.operation(), lost.named("s").await.unwrap().resource_id()), ("Acquire", "r-1"));

    let (_, error, _) = refused([coded(400, 433)].into_iter().chain(broken())).await;
    assert_eq!(error.operation(), "Acquire");
}

/// A notice as it would arrive.
fn notice(kind: i64, cname: &str, uid: &str, sid: &str, at: u64) -> Event {
    let body = json!({
        "noticeID": "n", "productId": 3, "eventType": kind,
        "payload": {"cname": cname, "uid": uid, "sid": sid, "sequence": 0, "sendts": at, "details": "{}"},
    });
    let request = sign_for_test("secret", body.to_string());
    let inbound = Inbound { uri: "/", headers: request.headers(), body: request.body() };
    Verifier::new("secret").verify(inbound, std::time::UNIX_EPOCH).unwrap().event().unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_lost_recording_is_claimed_by_its_own_callbacks_only() {
    let (transport, _, mut lost) = lost([Step::reply(504, ""), coded(201, 7), not_found(), status(5)]).await;
    for foreign in [
        notice(40, "other", UID, "s-2", NOW_MS),
        notice(40, CNAME, "other", "s-2", NOW_MS),
        notice(40, CNAME, UID, "", NOW_MS),
        // Of the recording before this one.
        notice(40, CNAME, UID, "s-2", NOW_MS - 61_000),
        notice(31, CNAME, UID, "s-2", NOW_MS),
        notice(11, CNAME, UID, "s-2", NOW_MS),
    ] {
        lost = lost.claim(&foreign).await.unwrap_err();
    }
    assert_eq!(methods(&transport).len(), 3, "the vendor is not asked about them");
    let ours = notice(40, CNAME, UID, "s-2", NOW_MS);
    let lost = lost.claim(&ours).await.expect_err("not found just now");
    let recording = lost.claim(&ours).await.unwrap();
    assert_eq!((recording.sid(), recording.resource_id()), ("s-2", "r-1"));
    assert_eq!(recording.snapshot().sid(), Some("s-2"));
}

#[tokio::test(start_paused = true)]
async fn a_lost_start_can_be_tried_again_on_the_same_resource() {
    let steps = vec![Step::reply(500, ""); 4].into_iter().chain([coded(201, 7)]);
    let (transport, _, lost) = lost(steps).await;
    let Err(StartError::Lost { lost, .. }) = lost.retry().start(mix()).await else { panic!("it runs") };
    assert!(lost.is_running());
    assert!(transport.requests()[1..].iter().all(|sent| sent.path().contains("/resourceid/r-1/")));
}

#[tokio::test(start_paused = true)]
async fn of_several_resources_the_vendor_says_on_which_one_it_runs() {
    let lost_twice = || {
        let steps = [Step::reply(504, ""), coded(400, 433), Step::json(RENEWED), Step::reply(504, "")];
        steps.into_iter().chain(vec![Step::reply(504, ""); 2])
    };
    for (answers, resource_id) in [(vec![status(5)], "r-1"), (vec![not_found(), status(5)], "r-2")] {
        let (transport, _, lost) = lost(lost_twice().chain(answers)).await;
        let stored = serde_json::to_value(lost.snapshot()).unwrap();
        assert_eq!(stored["reservation"]["suspects"], json!(["r-1", "r-2"]));
        let recording = lost.named("s-2").await.unwrap();
        assert_eq!(recording.resource_id(), resource_id);
        assert!(serde_json::to_value(recording.snapshot()).unwrap()["reservation"].get("suspects").is_none());
        assert!(methods(&transport).ends_with(&["query".to_owned()]));
    }
    // Nobody can tell now: later, perhaps; or another start says it.
    let later = [not_found(), coded(400, 1003), coded(400, 53), status(5)];
    let (_, _, lost) = lost(lost_twice().chain(later)).await;
    let lost = lost.named("s-2").await.unwrap_err();
    let Err(StartError::Lost { lost, .. }) = lost.retry().start(mix()).await else { panic!("it runs") };
    assert_eq!(lost.named("s-2").await.unwrap().resource_id(), "r-1");
}

#[tokio::test(start_paused = true)]
async fn hours_are_asked_for_again_with_a_new_resource() {
    let transport = replay([coded(400, 433), Step::json(RENEWED), Step::json(STARTED)]);
    let acquire = crate::acquire().resource_expired_hour(24);
    let reserved = Recording::acquire(&crate::client(&transport), acquire).await.unwrap();
    reserved.start(mix()).await.unwrap();
    assert_eq!(transport.requests()[2].json()["clientRequest"]["resourceExpiredHour"], 24);
    assert!(ACQUIRED.contains("r-1"));
}

#[tokio::test(start_paused = true)]
async fn errors_say_what_may_run() {
    let (_, error, lost) = lost([Step::reply(504, ""), coded(201, 7)]).await;
    let printed = StartError::Lost { error, lost }.to_string();
    assert!(printed.starts_with("it runs, and its sid is lost: anyrtc-recording Start: "), "{printed}");
    let (_, error, reserved) = refused([coded(400, 2)]).await;
    let error = StartError::<Mix>::NotStarted { error, reserved };
    assert!(error.to_string().starts_with("nothing was started: anyrtc-recording Start: "), "{error}");
    assert!(Error::from(error).is_code(2));
}
