//! Tests of the crate as its users see it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod vectors;

use anyrtc_recording::{Account, Client};
use livecloud_core::test_util::{ManualClock, ReplayTransport, SeededEntropy, Step};

const APP: &str = "0123456789abcdef0123456789abcdef";
const CUSTOMER: &str = "customerId";
const SECRET: &str = "customerSecret";
const NOW_MS: u64 = 1_642_464_000_000;
const RESOURCE: &str = "JyvK8nXHuV1BE64GDkAaBGEscvtHW7v8BrQoRPCHxmeVxwY22-x-kv4GdPcjZeMzoCBUCOr9q";
const SID: &str = "38f8e3cfdc474cd56fc1ceba380d7e1a";
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

/// A reply in the vendor's envelope.
fn wrapped(body: &str) -> Step {
    Step::json(format!(r#"{{"Code":200,"Body":{body}}}"#))
}
