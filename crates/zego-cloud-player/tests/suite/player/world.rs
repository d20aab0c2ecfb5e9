//! The simulator without sockets, on tokio's paused time, as a client's transport.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use livecloud_core::bytes::Bytes;
use livecloud_core::test_util::SeededEntropy;
use livecloud_core::{Clock, Transport, TransportError, TransportErrorKind, async_trait, http};
use livecloud_sim::{Simulator, Vendor, demo};
use serde_json::Value;
use tokio::time::Instant;
use zego_cloud_player::{Account, Client, CreatePlayer};

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

#[derive(Debug, Clone)]
struct InMemory(Arc<Simulator>);

#[async_trait]
impl Transport for InMemory {
    async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        let reply = self.0.exchange(Vendor::Zego, request).await;
        reply.map_err(|_| TransportError::new(TransportErrorKind::Interrupted))
    }
}

/// A simulated vendor and a client of it.
pub(super) fn world() -> (Arc<Simulator>, Client) {
    let time = Time(Instant::now());
    let sim = Arc::new(Simulator::builder().only(Vendor::Zego).clock(time).without_ports());
    let client = Client::builder(Account::new(demo::ZEGO_APP_ID, demo::ZEGO_SERVER_SECRET))
        .transport(InMemory(Arc::clone(&sim)))
        .clock(time)
        .entropy(SeededEntropy::new(3))
        .build()
        .unwrap();
    (sim, client)
}

pub(super) fn film() -> CreatePlayer {
    CreatePlayer::new("https://media.example/film.mp4", demo::ZEGO_ROOM).player_name("film-night-7")
}

/// The bodies that the vendor got of an operation, with whether each changed anything.
pub(super) fn sent(sim: &Simulator, operation: &str) -> Vec<(Value, bool)> {
    let requests = sim.requests().into_iter().filter(|request| request.operation == Some(operation));
    requests.map(|request| (request.json(), request.applied)).collect()
}
