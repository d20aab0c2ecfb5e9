//! Five hundred recordings, everything going wrong all the time: in the end client and vendor must agree.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use anyrtc_recording::callback::{Event, Inbound, Verifier, sign_for_test};
use anyrtc_recording::recording::{
    ConfirmError, Ending, Files, Individual, Lost, Mix, Outcome, Reserved, Running, StartError, StartKind,
};
use anyrtc_recording::{
    Acquire, ChannelType, Client, Layout, Recording, Resumed, Snapshot, StartMix, StorageConfig, Subscription, Uids,
};
use livecloud_sim::Fault;
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::world::{Dice, RESOURCE_DIES, World};
use super::{pictures, seconds};
use crate::UID;

/// What the client finally says about one recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Report {
    NotAcquired,
    NotStarted,
    /// Its sid is known, and it could not be stopped.
    NotStopped,
    /// It may run.
    MayRun,
    Stopped,
    NothingRecorded,
    AnswerLost,
    AlreadyOver,
    Unclear,
    /// It was over when a new process looked for it.
    Ended,
}

/// What may go wrong in reality. Nothing here is a lie: no refusal of what was carried out, no success of what was not.
fn mishap(dice: &mut Dice, percent: u64, operation: &str) -> Option<Fault> {
    if !dice.chance(percent) {
        return None;
    }
    let drip = Fault::SlowDrip { bytes: 8, pause: seconds(4) };
    Some(match dice.roll(20) {
        0 => Fault::DropBeforeActing,
        1 | 2 => Fault::DropAfterActing,
        3 => Fault::DropMidReply,
        4 => Fault::TruncatedBody,
        5 => Fault::NonJson,
        6 => Fault::EmptyBody,
        7 => Fault::WrongCharset,
        8 => Fault::GatewayHtml,
        9 => Fault::GatewayHtml.after_acting(),
        10 => Fault::status(503, "{}"),
        11 => Fault::status(504, "").after_acting(),
        12 => Fault::vendor_code(65, "no answer in time"),
        13 => Fault::vendor_code(65, "no answer in time").after_acting(),
        14 => Fault::throttled(),
        15 => Fault::throttled_for(2),
        16 => Fault::Delay(seconds(dice.roll(100))),
        17 => drip,
        // On its way to another server.
        18 if ["Query", "Stop", "Update", "UpdateLayout"].contains(&operation) => Fault::vendor_code(404, "no worker"),
        18 => Fault::status(500, r#"{"Code":500,"Body":null}"#),
        _ if operation == "Start" && dice.chance(50) => Fault::vendor_code(RESOURCE_DIES, ""),
        _ if operation == "Start" => Fault::vendor_code(2, "no"),
        _ => Fault::status(502, "<html></html>"),
    })
}

/// One customer's server: it stores snapshots, dies, and comes back.
struct Server {
    world: World,
    dice: Dice,
    cname: String,
    row: Option<String>,
}

impl Server {
    fn store(&mut self, snapshot: &Snapshot) {
        self.row = Some(serde_json::to_string(snapshot).unwrap());
    }

    fn client(&self) -> Client {
        self.world.client()
    }

    /// So long that something may be cut off in it, or not.
    fn time_to_live(&mut self) -> Duration {
        if self.dice.chance(15) { Duration::from_millis(self.dice.roll(40_000)) } else { seconds(100_000) }
    }

    async fn record(mut self) -> Report {
        let acquire = Acquire::new(&self.cname, UID).resource_expired_hour(24);
        let mut tries = 0;
        let mut reserved = loop {
            match Recording::acquire(&self.client(), acquire.clone()).await {
                Ok(reserved) => break reserved,
                Err(_) if tries < 3 => tries += 1,
                Err(_) => return Report::NotAcquired,
            }
        };
        self.store(&reserved.snapshot());
        if self.dice.chance(10) {
            // Some of them over the five minutes.
            tokio::time::sleep(seconds(self.dice.roll(400))).await;
        }
        if self.dice.chance(10) {
            reserved = match self.resume().await {
                Some(Resumed::Reserved(reserved)) => reserved,
                other => panic!("{other:?}"),
            };
        }
        if self.dice.chance(50) {
            let storage = StorageConfig::private("http://store.example/upload");
            let mix = StartMix::new(ChannelType::Live, storage).max_idle_time(3600);
            self.start(reserved, mix).await
        } else {
            self.start(reserved, pictures().max_idle_time(3600)).await
        }
    }

    async fn resume(&self) -> Option<Resumed> {
        for _ in 0..5 {
            let snapshot = serde_json::from_str(self.row.as_ref()?).unwrap();
            if let Ok(resumed) = Recording::resume(&self.client(), snapshot).await {
                return Some(resumed);
            }
        }
        None
    }

    /// Starts until there is a sid or no hope, whatever happens to the process.
    async fn start<K>(mut self, mut reserved: Recording<Reserved>, kind: K) -> Report
    where
        K: StartKind<State: Known> + Clone,
    {
        let mut report = Report::NotStarted;
        for _ in 0..4 {
            let lifetime = self.time_to_live();
            let Ok(started) = timeout(lifetime, reserved.start(kind.clone())).await else {
                // The process died in the middle of it.
                report = Report::MayRun;
                reserved = match self.resume().await {
                    Some(Resumed::Reserved(reserved)) => reserved,
                    other => panic!("{other:?}"),
                };
                continue;
            };
            let error = match started {
                Ok(recording) => {
                    self.store(&recording.snapshot());
                    return self.work(recording).await;
                }
                Err(error) => error,
            };
            reserved = match error {
                StartError::NotStarted { reserved, .. } => {
                    assert_eq!(self.world.recordings(&self.cname), [Value::Null; 0], "nothing was started");
                    report = Report::NotStarted;
                    reserved
                }
                StartError::Lost { lost, error } => {
                    report = Report::MayRun;
                    let runs = lost.is_running();
                    match self.claim(lost).await {
                        Ok(recording) => {
                            self.store(&recording.snapshot());
                            return self.work(recording).await;
                        }
                        Err(lost) => {
                            let unknown = self.world.recordings(&self.cname).is_empty();
                            assert!(!(runs && unknown), "the vendor knows nothing of what it said runs: {error}");
                            lost.retry()
                        }
                    }
                }
                other => panic!("{other}"),
            };
        }
        report
    }

    /// By the callback that the vendor would send.
    async fn claim<M: Running>(&mut self, lost: Lost<M>) -> Result<Recording<M>, Lost<M>> {
        match &self.world.recordings(&self.cname)[..] {
            [recording] if lost.is_running() || self.dice.chance(50) => lost.claim(&notice(recording)).await,
            _ => Err(lost),
        }
    }

    async fn work<M: Known>(mut self, mut recording: Recording<M>) -> Report {
        self.confirm(&recording).await;
        M::arrange(&mut recording).await;
        let _ = recording.update(Subscription::both(Uids::Everyone, Uids::only(["1"]))).await;
        self.wait(&recording).await;
        self.stop(recording).await
    }

    async fn confirm<M: Running>(&mut self, recording: &Recording<M>) {
        match recording.confirm().await {
            Ok(_) => {
                let status = self.vendors_view(recording)["status"].as_u64();
                assert!(matches!(status, Some(4 | 5)), "{status:?}");
            }
            Err(ConfirmError::Over(end)) => panic!("{end}, but it runs"),
            // It runs and could not be seen.
            Err(_) => {}
        }
    }

    fn vendors_view<M: Running>(&self, recording: &Recording<M>) -> Value {
        let known = self.world.recordings(&self.cname);
        assert_eq!(known.len(), 1, "no second recording");
        assert_eq!(known[0]["sid"], recording.sid());
        known[0].clone()
    }

    async fn wait<M: Running>(&mut self, recording: &Recording<M>) {
        let mut watch = recording.watch().every(seconds(20));
        let until = seconds(self.dice.roll(200));
        let end = timeout(until, async {
            while let Some(item) = watch.next().await {
                if let Ok(anyrtc_recording::recording::Change::Ended(end)) = item {
                    return Some(end);
                }
            }
            None
        });
        assert!(!matches!(end.await, Ok(Some(_))), "it runs");
    }

    async fn stop<M: Known>(mut self, mut recording: Recording<M>) -> Report {
        let sid = recording.sid().to_owned();
        for _ in 0..4 {
            let lifetime = self.time_to_live();
            recording = match timeout(lifetime, recording.stop()).await {
                Ok(Ok(outcome)) => return self.stopped(&sid, &outcome),
                Ok(Err(failed)) => failed.recording,
                // The process died in the middle of it.
                Err(_) => match self.resume().await {
                    Some(Resumed::Ended(_)) => return Report::Ended,
                    Some(resumed) => M::of(resumed).unwrap(),
                    None => return Report::NotStopped,
                },
            };
        }
        Report::NotStopped
    }

    fn stopped(&self, sid: &str, outcome: &Outcome) -> Report {
        let names: Vec<_> = outcome.files.names().collect();
        assert!(names.iter().all(|name| name.contains(sid) && name.contains(&self.cname)), "{names:?}");
        match outcome.ending {
            Ending::Stopped => {
                assert!(matches!(outcome.files, Files::Told(_)) && !names.is_empty(), "{outcome:?}");
                assert!(outcome.is_complete());
                Report::Stopped
            }
            Ending::NothingRecorded => Report::NothingRecorded,
            Ending::AnswerLost => Report::AnswerLost,
            Ending::AlreadyOver => Report::AlreadyOver,
            _ => Report::Unclear,
        }
    }
}

/// What the two modes do differently.
trait Known: Running {
    fn of(resumed: Resumed) -> Option<Recording<Self>>;
    fn arrange(recording: &mut Recording<Self>) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;
}

impl Known for Mix {
    fn of(resumed: Resumed) -> Option<Recording<Self>> {
        if let Resumed::Mix(recording) = resumed { Some(recording) } else { None }
    }
    fn arrange(recording: &mut Recording<Self>) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(async { drop(recording.update_layout(Layout::vertical("1")).await) })
    }
}

impl Known for Individual {
    fn of(resumed: Resumed) -> Option<Recording<Self>> {
        if let Resumed::Individual(recording) = resumed { Some(recording) } else { None }
    }
    fn arrange(_: &mut Recording<Self>) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(async {})
    }
}

/// `recorder_started`, as the vendor would tell it.
fn notice(recording: &Value) -> Event {
    let payload = json!({
        "cname": recording["cname"], "uid": recording["uid"], "sid": recording["sid"], "sequence": 0, "details": "{}",
    });
    let body = json!({"noticeID": "n", "productId": 3, "eventType": 40, "payload": payload});
    let request = sign_for_test("secret", body.to_string());
    let inbound = Inbound { uri: "/", headers: request.headers(), body: request.body() };
    Verifier::new("secret").verify(inbound, UNIX_EPOCH).unwrap().event().unwrap()
}

/// Whether what the vendor knows of a channel agrees with what the client says of it.
fn agrees(report: Report, known: &[Value]) -> bool {
    let runs = known.iter().any(|recording| recording["stopped"] == false && recording["left"] == false);
    let is_one = known.len() == 1;
    match report {
        Report::NotAcquired | Report::NotStarted => known.is_empty(),
        Report::NotStopped => is_one,
        Report::MayRun => known.len() <= 1,
        Report::Stopped | Report::AnswerLost | Report::AlreadyOver | Report::Unclear | Report::Ended => is_one && !runs,
        Report::NothingRecorded => is_one && !runs && known[0]["heard"] == false,
    }
}

/// So many recordings, with something going wrong in so many of a hundred calls.
async fn run(seed: u64, recordings: u64, percent: u64) -> BTreeMap<Report, usize> {
    let mut dice = Dice::new(seed);
    let world = World::new(move |operation| mishap(&mut dice, percent, operation));
    // A server farm of some size: with all of them at once, most would wait for the quota only.
    let places = Arc::new(Semaphore::new(25));
    let mut servers = JoinSet::new();
    for number in 0..recordings {
        let mut dice = Dice::new(seed * 1_000 + number);
        let (world, cname, places) = (world.clone(), format!("room-{number}"), Arc::clone(&places));
        if dice.chance(10) {
            world.sim.set_publishers(&cname, 0);
        }
        servers.spawn(async move {
            let _place = places.acquire().await.unwrap();
            let report = Server { world, dice, cname: cname.clone(), row: None }.record().await;
            (cname, report)
        });
    }
    let mut reports = BTreeMap::new();
    let mut counts = BTreeMap::new();
    while let Some(ended) = servers.join_next().await {
        let (cname, report) = ended.unwrap();
        *counts.entry(report).or_default() += 1;
        reports.insert(cname, report);
    }

    let mut known = BTreeMap::<String, Vec<Value>>::new();
    for recording in world.sim.recordings() {
        known.entry(recording["cname"].as_str().unwrap().to_owned()).or_default().push(recording);
    }
    assert_eq!(reports.len(), usize::try_from(recordings).unwrap());
    for (cname, report) in &reports {
        let known = known.remove(cname).unwrap_or_default();
        assert!(agrees(*report, &known), "{cname}: {report:?} against {known:?}");
    }
    assert!(known.is_empty(), "recordings that nobody asked for: {known:?}");
    counts
}

#[tokio::test(start_paused = true)]
async fn five_hundred_recordings_end_in_agreement_whatever_goes_wrong() {
    let counts = run(2026, 500, 30).await;
    // The run is worth something: most recordings came through, and answers were lost on the way.
    println!("{counts:?}");
    assert!(counts[&Report::Stopped] > 300 && counts[&Report::AnswerLost] > 20, "{counts:?}");
    assert!(counts[&Report::NothingRecorded] > 10, "{counts:?}");
}

#[tokio::test(start_paused = true)]
async fn even_an_outage_leaves_no_recording_unknown() {
    let counts = run(7, 100, 85).await;
    println!("{counts:?}");
    assert!(counts[&Report::NotStopped] > 0 && counts[&Report::AnswerLost] > 20, "{counts:?}");
}
