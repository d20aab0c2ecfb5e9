//! Many calls against the simulator with random faults: nothing may grow, and both sides must have counted the same.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use livecloud_core::test_util::SeededEntropy;
use livecloud_core::{
    Client, Entropy as _, Event, FailedAttempt, Observer, Operation, RetryPolicy, StandardRetry, Vendor,
};
use livecloud_sim::{Fault, Simulator, Vendor as Simulated, demo};
use tokio::task::JoinSet;

use crate::sides::Wide;
use crate::{Outcome, count};

const AT_A_TIME: u8 = 32;
const BATCH: u64 = 2000;
/// Of the batches: by then buffers and pools have their size.
const WARM_UP: u64 = 10;
/// How much more memory than at the end of the warm-up is no growth.
const SLACK_BYTES: i64 = 256 * 1024;

/// What a soak has seen.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    calls: u64,
    succeeded: u64,
    attempts: u64,
    faults: u64,
    cancelled: u64,
    /// Bytes after the warm-up, and the most and last of later batches.
    bytes: [i64; 3],
    /// Open files after the warm-up, and the most of later batches.
    files: [usize; 2],
    /// Tasks that live between batches, likewise.
    tasks: [usize; 2],
}

/// Repeats what the standard policy repeats, without its pauses.
#[derive(Debug)]
struct AtOnce;

impl RetryPolicy for AtOnce {
    fn pause(&self, failed: &FailedAttempt<'_>) -> Option<Duration> {
        StandardRetry::default().pause(failed).map(|_| Duration::ZERO)
    }
}

/// Attempts by operation: all, and those that failed.
#[derive(Debug, Clone, Default)]
struct Counts(Arc<Mutex<BTreeMap<&'static str, [u64; 2]>>>);

impl Observer for Counts {
    fn observe(&self, event: &Event<'_>) {
        if let Event::Attempt { operation, error, .. } = event {
            let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let [attempts, failed] = counts.entry(operation).or_default();
            *attempts += 1;
            *failed += u64::from(error.is_some());
        }
    }
}

impl Counts {
    fn take(&self) -> BTreeMap<&'static str, [u64; 2]> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

struct Clients {
    zego: Client<zego_cloud_player::Account>,
    live: Client<polyv_live::Account>,
    anyrtc: Client<anyrtc_recording::Account>,
    sequence: AtomicU64,
}

/// Operations, and whether the simulator grants them when no fault is in the way.
const OPERATIONS: [(&str, bool); 3] = [("UpdatePlayer", true), ("UpdateChannelBasic", true), ("Query", false)];

/// Prints what was seen, or fails with what did not hold.
pub(crate) async fn run(calls: u64, seed: u64) -> Outcome {
    println!("{}", serde_json::to_string(&soak(calls, seed).await?.figures())?);
    Ok(())
}

pub(crate) async fn soak(calls: u64, seed: u64) -> Outcome<Seen> {
    let simulator = Simulator::builder().without_quotas().start().await?;
    let counts = Counts::default();
    let clients = Arc::new(Clients::new(&simulator, &counts)?);
    let random = SeededEntropy::new(seed);
    let mut seen = Seen::default();
    let batches = calls.div_ceil(BATCH).max(WARM_UP * 2);
    for batch in 0..batches {
        let size = calls * (batch + 1) / batches - calls * batch / batches;
        // Every tenth is rough: calls are given up on the way, so that both sides cannot count alike.
        let rough = batch % 10 == 9;
        let faults = script(&simulator, &random, size)?;
        let (succeeded, cancelled) = drive(&clients, size, rough).await?;
        seen.calls += size;
        seen.succeeded += succeeded;
        seen.cancelled += cancelled;
        seen.faults += faults.values().sum::<u64>();
        settle(&simulator, &counts, &faults, rough, &mut seen).await?;
        watch(&mut seen, batch);
    }
    seen.judge(batches)?;
    simulator.shutdown().await;
    Ok(seen)
}

impl Clients {
    fn new(simulator: &Simulator, counts: &Counts) -> Outcome<Self> {
        let zego = zego_cloud_player::Account::new(demo::ZEGO_APP_ID, demo::ZEGO_SERVER_SECRET);
        let live = polyv_live::Account::new(demo::POLYV_LIVE_APP_ID, demo::POLYV_LIVE_APP_SECRET);
        let (customer, secret) = (demo::ANYRTC_CUSTOMER_ID, demo::ANYRTC_CUSTOMER_SECRET);
        let anyrtc = anyrtc_recording::Account::new(demo::ANYRTC_APP_ID, customer, secret);
        Ok(Self {
            zego: client(zego, simulator.base_url(Simulated::Zego), counts)?,
            live: client(live, simulator.base_url(Simulated::PolyvLive), counts)?,
            anyrtc: client(anyrtc, simulator.base_url(Simulated::Anyrtc), counts)?,
            sequence: AtomicU64::new(1),
        })
    }

    /// The call of that number; whether it succeeded.
    async fn call(&self, number: u64) -> bool {
        match number % 3 {
            0 => {
                let sequence = self.sequence.fetch_add(1, Relaxed);
                send(&self.zego, zego_cloud_player::UpdatePlayer::new(demo::ZEGO_PLAYER, sequence).seek_to(10)).await
            }
            1 => {
                let setting = polyv_live::BasicSetting::new().name("Open lesson");
                let update = polyv_live::UpdateChannelBasic::new(demo::POLYV_LIVE_CHANNEL).basic_setting(setting);
                send(&self.live, update).await
            }
            _ => send(&self.anyrtc, anyrtc_recording::Query::new("r", "s", anyrtc_recording::Mode::Mix)).await,
        }
    }
}

fn client<V: Vendor>(account: V, address: &str, counts: &Counts) -> Outcome<Client<V>> {
    let builder = Client::builder(account).base_url(address).observer(counts.clone());
    Ok(builder.limiter(Wide::default()).retry(AtOnce).build()?)
}

async fn send<V: Vendor, O: Operation<Vendor = V>>(client: &Client<V>, operation: O) -> bool {
    client.call(operation).await.is_ok()
}

/// Puts faults for about one in fourteen calls of a batch on the script; how many for which operation.
fn script(simulator: &Simulator, random: &SeededEntropy, size: u64) -> Outcome<BTreeMap<&'static str, u64>> {
    let mut faults = BTreeMap::new();
    for _ in 0..size / 14 {
        let mut bytes = [0; 2];
        random.fill(&mut bytes)?;
        let operation = OPERATIONS[usize::from(bytes[0]) % OPERATIONS.len()].0;
        let fault = match bytes[1] % 10 {
            0 => Fault::status(503, "{}"),
            1 => Fault::throttled_for(0),
            2 => Fault::GatewayHtml,
            3 => Fault::DropBeforeActing,
            4 => Fault::DropAfterActing,
            5 => Fault::DropMidReply,
            6 => Fault::TruncatedBody,
            7 => Fault::NonJson,
            8 => Fault::EmptyBody,
            _ => Fault::status(500, "").after_acting(),
        };
        simulator.next(operation, fault);
        *faults.entry(operation).or_default() += 1;
    }
    Ok(faults)
}

/// How many calls of a batch succeeded, and how many were given up.
async fn drive(clients: &Arc<Clients>, size: u64, rough: bool) -> Outcome<(u64, u64)> {
    let mut workers = JoinSet::new();
    for worker in 0..AT_A_TIME {
        let clients = Arc::clone(clients);
        workers.spawn(async move {
            let (mut succeeded, mut cancelled) = (0, 0);
            for number in (u64::from(worker)..size).step_by(AT_A_TIME.into()) {
                if rough && number % 7 == 0 {
                    let call = tokio::time::timeout(Duration::from_micros(300), clients.call(number));
                    match call.await {
                        Ok(success) => succeeded += u64::from(success),
                        Err(_) => cancelled += 1,
                    }
                } else {
                    succeeded += u64::from(clients.call(number).await);
                }
            }
            (succeeded, cancelled)
        });
    }
    let mut sums = (0, 0);
    while let Some(done) = workers.join_next().await {
        let (succeeded, cancelled) = done?;
        sums = (sums.0 + succeeded, sums.1 + cancelled);
    }
    Ok(sums)
}

/// Holds what the clients have counted against the script and the simulator's log, and clears both.
async fn settle(
    simulator: &Simulator,
    counts: &Counts,
    faults: &BTreeMap<&'static str, u64>,
    rough: bool,
    seen: &mut Seen,
) -> Outcome {
    // What was given up ends in its own time.
    for _ in 0..200 {
        tokio::task::yield_now().await;
    }
    let counted = counts.take();
    let mut logged: BTreeMap<&str, u64> = BTreeMap::new();
    for request in simulator.requests() {
        *logged.entry(request.operation.ok_or("a request to no operation")?).or_default() += 1;
    }
    simulator.clear_requests();
    simulator.clear_faults();
    for (operation, is_granted) in OPERATIONS {
        let [attempts, failed] = counted.get(operation).copied().unwrap_or_default();
        seen.attempts += attempts;
        let (arrived, spoilt) =
            (logged.get(operation).copied().unwrap_or_default(), faults.get(operation).copied().unwrap_or_default());
        if rough {
            continue;
        }
        if attempts != arrived {
            return Err(format!("{operation}: {attempts} attempts, and {arrived} requests arrived").into());
        }
        let expected = if is_granted { spoilt } else { attempts };
        if failed != expected {
            return Err(format!("{operation}: {failed} attempts failed, and {expected} were meant to").into());
        }
    }
    Ok(())
}

/// Looks at what must not grow.
fn watch(seen: &mut Seen, batch: u64) {
    let bytes = count::live_bytes();
    let files = std::fs::read_dir("/proc/self/fd").map_or(0, Iterator::count);
    let tasks = tokio::runtime::Handle::current().metrics().num_alive_tasks();
    if batch < WARM_UP {
        seen.bytes = [seen.bytes[0].max(bytes), 0, 0];
        seen.files = [seen.files[0].max(files), 0];
        seen.tasks = [seen.tasks[0].max(tasks), 0];
    } else {
        seen.bytes = [seen.bytes[0], seen.bytes[1].max(bytes), bytes];
        seen.files[1] = seen.files[1].max(files);
        seen.tasks[1] = seen.tasks[1].max(tasks);
    }
}

impl Seen {
    fn judge(&self, batches: u64) -> Outcome {
        if self.bytes[2] > self.bytes[0] + SLACK_BYTES {
            return Err(format!("memory grew after the warm-up: {:?} bytes in {batches} batches", self.bytes).into());
        }
        // as many connections as calls at a time, to each vendor, at both ends
        let slack = 2 * usize::from(AT_A_TIME);
        if self.files[1] > self.files[0] + slack || self.tasks[1] > self.tasks[0] + slack {
            return Err(format!("connections or tasks grew: {:?} files, {:?} tasks", self.files, self.tasks).into());
        }
        Ok(())
    }

    fn figures(&self) -> serde_json::Value {
        serde_json::json!({
            "calls": self.calls,
            "succeeded": self.succeeded,
            "attempts": self.attempts,
            "faults": self.faults,
            "cancelled": self.cancelled,
            "bytes": self.bytes,
            "files": self.files,
            "tasks": self.tasks,
        })
    }
}

#[cfg(test)]
mod tests {
    #[tokio::test]
    async fn a_short_soak_balances_and_nothing_grows() {
        let seen = super::soak(6000, 7).await.unwrap();
        assert!(seen.calls == 6000 && seen.faults > 300 && seen.cancelled > 0, "{seen:?}");
        assert!(seen.succeeded > 3500 && seen.attempts > seen.calls, "{seen:?}");
    }
}
