use anyrtc_recording::recording::{End, StartError};
use anyrtc_recording::{
    Account, AliyunRegion, AliyunVod, ChannelType, Class, Client, DecryptionMode, Error, ErrorKind, Recording, Resumed,
    Snapshot, StartMix, StorageConfig, Subscription, Uids, VideoData,
};
use livecloud_core::test_util::{ManualClock, ReplayTransport, Step};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::{RENEWED, STARTED, coded, individual, methods, not_found, replay, reserved, running, seconds, status};
use crate::{CNAME, NOW_MS, UID, account, mix};

/// Through JSON, as through a database.
fn stored(snapshot: &Snapshot) -> Snapshot {
    serde_json::from_str(&serde_json::to_string(snapshot).unwrap()).unwrap()
}

/// A new process, so many milliseconds later, and what it meets.
fn later(millis: u64, steps: impl IntoIterator<Item = Step>) -> (ReplayTransport, Client) {
    let transport = ReplayTransport::new(steps);
    let clock = ManualClock::at(NOW_MS + millis).ticking();
    (transport.clone(), Client::builder(account()).transport(transport).clock(clock).build().unwrap())
}

async fn resume(client: &Client, snapshot: &Snapshot) -> Result<Resumed, Error> {
    Recording::resume(client, stored(snapshot)).await
}

#[tokio::test(start_paused = true)]
async fn a_snapshot_holds_ids_and_times_and_no_secret() {
    let transport = replay([Step::json(STARTED)]);
    let reserved = reserved(&transport).await;
    let reservation =
        json!({"appId": crate::APP, "cname": CNAME, "uid": UID, "resourceId": "r-1", "acquiredMs": NOW_MS});
    let before = reserved.snapshot();
    assert_eq!(serde_json::to_value(&before).unwrap(), json!({"reservation": reservation}));
    assert_eq!((before.app_id(), before.cname(), before.uid(), before.sid()), (crate::APP, CNAME, UID, None));

    let storage =
        StorageConfig::aliyun(AliyunRegion::CnBeijing, "bucket", "acc3ss", "s3cret").file_name_prefix(["a", "b"]);
    let start = StartMix::new(ChannelType::Live, storage)
        .token("t0ken")
        .decryption(DecryptionMode::Aes128Xts, "passw0rd")
        .subscription(Subscription::Audio(Uids::Everyone))
        .mp4();
    let snapshot = reserved.start(start).await.unwrap().snapshot();
    let terms = json!({"mode": "mix", "streamTypes": 0, "fileNamePrefix": ["a", "b"], "suffixes": ["m3u8", "mp4"]});
    let started = json!({"sid": "s-1", "startedMs": NOW_MS, "terms": terms});
    assert_eq!(serde_json::to_value(&snapshot).unwrap(), json!({"reservation": reservation, "started": started}));
    assert_eq!((snapshot.sid(), stored(&snapshot) == snapshot), (Some("s-1"), true));
    let printed = format!("{snapshot:?}");
    assert!(["acc3ss", "s3cret", "t0ken", "passw0rd", "bucket"].iter().all(|secret| !printed.contains(secret)));
}

#[tokio::test(start_paused = true)]
async fn members_of_later_versions_are_skipped() {
    let json = json!({
        "reservation": {"appId": "a", "cname": "c", "uid": "u", "resourceId": "r", "acquiredMs": 1, "new": {}},
        "started": {"sid": "s", "startedMs": 1, "terms": {"mode": "mix", "streamTypes": 2, "new": 1}}, "new": [],
    });
    assert_eq!(serde_json::from_value::<Snapshot>(json).unwrap().sid(), Some("s"));
}

#[tokio::test(start_paused = true)]
async fn what_runs_is_taken_up_as_it_was() {
    let (_, recording) = running([]).await;
    let (transport, client) = later(60_000, [status(5), status(5)]);
    let Resumed::Mix(resumed) = resume(&client, &recording.snapshot()).await.unwrap() else { panic!("a mix") };
    assert_eq!(resumed.snapshot(), recording.snapshot());
    let begin = Instant::now();
    resumed.confirm().await.unwrap();
    assert_eq!(begin.elapsed(), seconds(0), "its first five seconds are long over");
    assert!(transport.requests()[0].path().ends_with("/resourceid/r-1/sid/s-1/mode/mix/query"));

    let recording = individual([]).await;
    let (_, client) = later(1, [status(5)]);
    assert!(matches!(resume(&client, &recording.snapshot()).await, Ok(Resumed::Individual(_))));
}

#[tokio::test(start_paused = true)]
async fn one_not_found_is_not_the_end() {
    let (_, recording) = running([]).await;
    let (_, client) = later(1, [not_found(), not_found(), status(5)]);
    assert!(matches!(resume(&client, &recording.snapshot()).await, Ok(Resumed::Mix(_))));
}

#[tokio::test(start_paused = true)]
async fn what_is_over_leaves_its_probable_names() {
    let (_, recording) = running([]).await;
    for (steps, end, waited) in [(vec![coded(400, 501)], End::Exiting, 0), (vec![not_found(); 6], End::Gone, 90)] {
        let (_, client) = later(1, steps);
        let begin = Instant::now();
        let Resumed::Ended(ended) = resume(&client, &recording.snapshot()).await.unwrap() else { panic!("over") };
        assert_eq!((ended.end, ended.snapshot), (end, recording.snapshot()));
        assert_eq!(ended.predicted, [format!("s-1_{CNAME}.m3u8")]);
        assert_eq!(begin.elapsed(), seconds(waited));
    }
}

#[tokio::test(start_paused = true)]
async fn a_damaged_or_outdated_snapshot_is_an_error() {
    let (_, recording) = running([]).await;
    for code in [433, 1001, 1003] {
        let (_, client) = later(1, [coded(400, code)]);
        let error = resume(&client, &recording.snapshot()).await.unwrap_err();
        assert_eq!(Class::of(&error), Some(Class::HandleInvalid));
    }
    let other = Client::builder(Account::new("other", "id", "s")).transport(ReplayTransport::new([])).build().unwrap();
    let error = resume(&other, &recording.snapshot()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config, "{error}");
    let mut json = serde_json::to_value(recording.snapshot()).unwrap();
    json["started"]["terms"]["mode"] = Value::from("web");
    let (transport, client) = later(1, []);
    let error = resume(&client, &serde_json::from_value(json).unwrap()).await.unwrap_err();
    assert_eq!((error.kind(), transport.requests().len()), (ErrorKind::Config, 0), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_start_of_unknown_outcome_is_made_again_on_the_same_young_resource() {
    let snapshot = reserved(&replay([])).await.snapshot();
    // It had not been started.
    let (transport, client) = later(100_000, [Step::json(STARTED)]);
    let Resumed::Reserved(again) = resume(&client, &snapshot).await.unwrap() else { panic!("reserved") };
    assert_eq!(again.start(mix()).await.unwrap().sid(), "s-1");
    assert_eq!(methods(&transport), ["start"]);

    // It had.
    let (_, client) = later(100_000, [coded(201, 7)]);
    let Resumed::Reserved(again) = resume(&client, &snapshot).await.unwrap() else { panic!("reserved") };
    let Err(StartError::Lost { lost, .. }) = again.start(mix()).await else { panic!("it runs") };
    assert!(lost.is_running());
}

#[tokio::test(start_paused = true)]
async fn an_old_resource_is_replaced_and_a_conflict_then_means_ones_own_recording() {
    let snapshot = reserved(&replay([])).await.snapshot();
    // Five minutes later, by a clock that stands in the future, and by one that went backwards.
    for clock in [NOW_MS + 290_000, NOW_MS + 86_400_000, NOW_MS - 1_000] {
        let of = |steps: Vec<Step>| {
            let transport = ReplayTransport::new(steps);
            let clock = ManualClock::at(clock).ticking();
            (transport.clone(), Client::builder(account()).transport(transport).clock(clock).build().unwrap())
        };
        let (transport, client) = of(vec![Step::json(RENEWED), Step::json(STARTED)]);
        let Resumed::Reserved(again) = resume(&client, &snapshot).await.unwrap() else { panic!("reserved") };
        assert_eq!(again.start(mix()).await.unwrap().resource_id(), "r-2");
        assert_eq!(methods(&transport), ["acquire", "start"]);

        let (_, client) = of(vec![Step::json(RENEWED), coded(400, 53), status(5)]);
        let Resumed::Reserved(again) = resume(&client, &snapshot).await.unwrap() else { panic!("reserved") };
        let Err(StartError::Lost { lost, .. }) = again.start(mix()).await else { panic!("it runs") };
        assert!(lost.is_running());
        assert_eq!(lost.named("s").await.unwrap().resource_id(), "r-1", "that is what it was started on");
    }
}

#[tokio::test(start_paused = true)]
async fn a_recording_into_video_on_demand_is_resumed_too() {
    let transport = replay([Step::json(STARTED)]);
    let vod = AliyunVod::new("cn-shanghai", "k", "s", VideoData::new("t"));
    let recording = reserved(&transport).await.start(StartMix::new(ChannelType::Live, vod)).await.unwrap();
    assert_eq!(recording.predicted_names(), [format!("s-1_{CNAME}.m3u8")]);
    let (_, client) = later(1, [Step::json(r#"{"serverResponse":{"extensionServiceState":[]}}"#)]);
    assert!(matches!(resume(&client, &recording.snapshot()).await, Ok(Resumed::Mix(_))));
}
