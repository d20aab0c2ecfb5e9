//! Tests of the crate as its users see it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod callback;
mod calls;
mod checks;
mod http;
mod hygiene;
mod properties;
mod recording;
mod replies;
mod simulator;
mod vectors;
mod wire;

use anyrtc_recording::{Account, Acquire, ChannelType, Client, Mode, Query, Start, StartMix, Stop, StorageConfig};
use livecloud_core::test_util::{ManualClock, ReplayTransport, SeededEntropy, Step};

const APP: &str = "0123456789abcdef0123456789abcdef";
const CUSTOMER: &str = "customerId";
const SECRET: &str = "customerSecret";
const NOW_MS: u64 = 1_642_464_000_000;
const CNAME: &str = "httpClient463224";
const UID: &str = "527841";

fn account() -> Account {
    Account::new(APP, CUSTOMER, SECRET)
}

/// A client over a list of replies, with a clock that follows paused time.
fn client(transport: &ReplayTransport) -> Client {
    Client::builder(account())
        .transport(transport.clone())
        .clock(ManualClock::at(NOW_MS).ticking())
        .entropy(SeededEntropy::new(7))
        .build()
        .unwrap()
}

/// A success for every operation.
const OK: &str = r#"{"Code":200,"Body":{"resourceId":"r-1","sid":"s-1","serverResponse":{"status":"5"}}}"#;

fn ok() -> ReplayTransport {
    ReplayTransport::always(Step::json(OK))
}

fn acquire() -> Acquire {
    Acquire::new(CNAME, UID)
}

fn start() -> Start {
    mix().on("r-1", CNAME, UID)
}

fn mix() -> StartMix {
    StartMix::new(ChannelType::Live, StorageConfig::private("http://store.example/upload"))
}

fn query() -> Query {
    Query::new("r-1", "s-1", Mode::Mix)
}

fn stop() -> Stop {
    Stop::new("r-1", "s-1", Mode::Mix, CNAME, UID)
}
