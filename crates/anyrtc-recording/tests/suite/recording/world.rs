//! The simulator without sockets, on tokio's paused time, as a client's transport.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyrtc_recording::{Account, Client};
use bytes::Bytes;
use livecloud_core::{Clock, LocalLimiter, Transport, TransportError, TransportErrorKind, async_trait};
use livecloud_sim::{Fault, Simulator, Vendor, demo};
use serde_json::Value;
use tokio::time::Instant;

use crate::NOW_MS;

/// Both sides' clock: it follows tokio's time.
#[derive(Debug, Clone, Copy)]
struct Time(Instant);

impl Time {
    fn wall(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_millis(NOW_MS) + self.0.elapsed()
    }
}

impl livecloud_sim::Clock for Time {
    fn now(&self) -> SystemTime {
        self.wall()
    }
    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

impl Clock for Time {
    fn now(&self) -> SystemTime {
        self.wall()
    }
}

/// Numbers that are the same in every run.
#[derive(Debug)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `sides`.
    pub(super) fn roll(&mut self, sides: u64) -> u64 {
        // splitmix64
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides
    }

    pub(super) fn chance(&mut self, percent: u64) -> bool {
        self.roll(100) < percent
    }
}

/// Not only the answer: the resource id is dead from now on, unless it is already in use.
pub(super) const RESOURCE_DIES: i64 = 433;

/// Chooses what goes wrong with a call of that operation, if anything does.
type Mishap = dyn FnMut(&str) -> Option<Fault> + Send;

/// A simulated vendor and the quota that all clients of one app share.
#[derive(Clone)]
pub(super) struct World {
    pub(super) sim: Arc<Simulator>,
    time: Time,
    limiter: Arc<LocalLimiter>,
    mishap: Arc<Mutex<Mishap>>,
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("World")
    }
}

impl World {
    pub(super) fn new(mishap: impl FnMut(&str) -> Option<Fault> + Send + 'static) -> Self {
        let time = Time(Instant::now());
        let sim = Simulator::builder().only(Vendor::Anyrtc).clock(time).without_ports();
        Self { sim: Arc::new(sim), time, limiter: Arc::default(), mishap: Arc::new(Mutex::new(mishap)) }
    }

    /// The client of a new process.
    pub(super) fn client(&self) -> Client {
        let account = Account::new(demo::ANYRTC_APP_ID, demo::ANYRTC_CUSTOMER_ID, demo::ANYRTC_CUSTOMER_SECRET);
        let builder = Client::builder(account).transport(self.clone()).clock(self.time);
        builder
            .limiter(Arc::clone(&self.limiter))
            .entropy(livecloud_core::test_util::SeededEntropy::new(1))
            .build()
            .unwrap()
    }

    /// What the vendor knows of a channel's recordings.
    pub(super) fn recordings(&self, cname: &str) -> Vec<Value> {
        self.sim.recordings_in(cname)
    }
}

#[async_trait]
impl Transport for World {
    async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        let operation = match request.uri().path().rsplit('/').next() {
            Some("acquire") => "Acquire",
            Some("start") => "Start",
            Some("update") => "Update",
            Some("updateLayout") => "UpdateLayout",
            Some("query") => "Query",
            Some("stop") => "Stop",
            other => panic!("no operation {other:?}"),
        };
        let mishap = (self.mishap.lock().unwrap())(operation);
        match mishap {
            Some(Fault::VendorCode { code: RESOURCE_DIES, .. }) => {
                let id = request.uri().path().split('/').skip_while(|part| *part != "resourceid").nth(1);
                self.sim.expire_resource(id.unwrap());
            }
            Some(fault) => self.sim.next(operation, fault),
            None => {}
        }
        let reply = self.sim.exchange(Vendor::Anyrtc, request).await;
        reply.map_err(|_| TransportError::new(TransportErrorKind::Interrupted))
    }
}
