//! Every fault against every typed operation: what the caller learns must be what the table of the design says.
//!
//! The table is kept in `docs/fault-matrix.md`; with `LIVECLOUD_BLESS=1` the test writes it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use livecloud::core::{Delivery, QuotaMode};
use livecloud_sim::{Fault, Simulator, Vendor};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::vendors::{Call, Outcome, Settings, calls};

/// What the client can know when a fault strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Knows {
    /// Nothing that is wrong: a late but complete answer.
    Success,
    /// Refused before acting; worth another try.
    Refused(&'static str),
    /// Said to be refused, but acted on: a vendor that lies. A repeat finds what the first has left behind.
    RefusedFalsely(&'static str),
    /// Refused, and a repeat would be refused again.
    Final(&'static str),
    /// Perhaps acted on; worth another try where that does no harm.
    Lost(&'static str),
    /// As lost, and acted on: a repeat finds what the first has left behind.
    LostAfterActing(&'static str),
    /// Perhaps acted on; a repeat would bring the same.
    Unreadable(&'static str),
    /// The same, but for files: a file may be anything.
    UnreadableAsJson(&'static str),
    /// Perhaps acted on, and no time left.
    TooLate,
    /// The vendor's clock is elsewhere: its `Date` corrects ours, unless it moves back at once.
    WrongTime,
}

impl Knows {
    /// The design's table: what the caller learns, and after how many attempts.
    fn outcome(self, call: Call, always: bool) -> Outcome {
        let repeatable = call.is_repeatable();
        let failed = |what: &str, delivery, attempts| Outcome { failure: Some((what.to_owned(), delivery)), attempts };
        match self {
            Self::Success => Outcome { failure: None, attempts: 1 },
            Self::Refused(what) | Self::RefusedFalsely(what) if always => failed(what, Delivery::Answered, 3),
            Self::RefusedFalsely(_) if call.name() == "Start" => failed("Conflict", Delivery::Answered, 2),
            Self::RefusedFalsely(_) if call.name() == "Stop" => failed("State", Delivery::Answered, 2),
            Self::RefusedFalsely(_) if call.already_gone().is_some() => {
                failed(call.already_gone().unwrap(), Delivery::Answered, 2)
            }
            Self::LostAfterActing(_) if call.already_gone().is_some() && !always => {
                failed(call.already_gone().unwrap(), Delivery::Unknown, 2)
            }
            Self::LostAfterActing(what) => Self::Lost(what).outcome(call, always),
            Self::UnreadableAsJson(_) if call.is_download() => Self::Success.outcome(call, always),
            Self::UnreadableAsJson(what) => Self::Unreadable(what).outcome(call, always),
            Self::Lost(what) if always && repeatable => failed(what, Delivery::Unknown, 3),
            Self::Refused(_) | Self::RefusedFalsely(_) => Outcome { failure: None, attempts: 2 },
            Self::Lost(_) if repeatable => Outcome { failure: None, attempts: 2 },
            Self::Lost(what) | Self::Unreadable(what) => failed(what, Delivery::Unknown, 1),
            Self::Final(what) => failed(what, Delivery::Answered, 1),
            Self::TooLate => failed("Deadline", Delivery::Unknown, 1),
            Self::WrongTime if !call.signs_time() => Outcome { failure: None, attempts: 1 },
            Self::WrongTime if always => Outcome { failure: None, attempts: 2 },
            Self::WrongTime => failed("ClockSkew", Delivery::Answered, 2),
        }
    }
}

const DEADLINE: Duration = Duration::from_secs(20);
const IMPATIENT: Duration = Duration::from_secs(2);

struct Row {
    name: &'static str,
    fault: fn(Vendor) -> Fault,
    knows: Knows,
    deadline: Duration,
}

/// The vendor's own code for a bad argument.
fn bad_argument(vendor: Vendor) -> Fault {
    match vendor {
        Vendor::Zego => Fault::vendor_code(350_006_003, "bad value"),
        // what its interfaces agree on; 2000 is for sub-accounts only
        Vendor::PolyvVod => Fault::vendor_code(400, "param validate error"),
        Vendor::PolyvLive => Fault::vendor_code(400, "param should not be empty: x"),
        Vendor::Anyrtc => Fault::vendor_code(2, "bad value"),
    }
}

/// The vendor's own code for a failure of its own.
fn system_error(vendor: Vendor) -> Fault {
    match vendor {
        Vendor::Zego => Fault::vendor_code(350_010_000, "system error"),
        // No code for it is documented; only the number that equals the HTTP status is left.
        Vendor::PolyvVod => Fault::status(500, r#"{"code":500,"status":"error","error":null,"data":null}"#),
        Vendor::PolyvLive => Fault::vendor_code(500, "error"),
        Vendor::Anyrtc => Fault::vendor_code(65, "request not completed"),
    }
}

const HOUR: Duration = Duration::from_secs(3600);

fn rows() -> Vec<Row> {
    let row = |name, knows, fault| Row { name, fault, knows, deadline: DEADLINE };
    let late = |name, fault| Row { name, fault, knows: Knows::TooLate, deadline: IMPATIENT };
    vec![
        row("short delay", Knows::Success, |_| Fault::Delay(Duration::from_millis(20))),
        row("slow drip", Knows::Success, |_| Fault::SlowDrip { bytes: 16, pause: Duration::from_millis(2) }),
        late("endless delay", |_| Fault::Delay(HOUR)),
        late("endless drip", |_| Fault::SlowDrip { bytes: 1, pause: HOUR }),
        row("connection dropped before acting", Knows::Lost("Interrupted"), |_| Fault::DropBeforeActing),
        row("connection dropped after acting", Knows::LostAfterActing("Interrupted"), |_| Fault::DropAfterActing),
        row("connection dropped in the reply", Knows::LostAfterActing("Interrupted"), |_| Fault::DropMidReply),
        row("HTTP 503", Knows::Lost("Transient"), |_| Fault::status(503, "{}")),
        row("HTTP 408", Knows::Lost("Transient"), |_| Fault::status(408, "{}")),
        row("gateway's HTML page", Knows::Lost("Transient"), |_| Fault::GatewayHtml),
        row("HTTP 503 after acting", Knows::LostAfterActing("Transient"), |_| Fault::status(503, "{}").after_acting()),
        row("gateway's HTML page after acting", Knows::LostAfterActing("Transient"), |_| {
            Fault::GatewayHtml.after_acting()
        }),
        row("vendor's system error", Knows::Lost("Transient"), system_error),
        row("vendor's system error after acting", Knows::LostAfterActing("Transient"), |vendor| {
            system_error(vendor).after_acting()
        }),
        row("vendor's code for a bad argument", Knows::Final("InvalidArgument"), bad_argument),
        row("throttled", Knows::Refused("Throttled"), |_| Fault::throttled()),
        row("throttled with Retry-After", Knows::Refused("Throttled"), |_| Fault::throttled_for(1)),
        row("throttled after acting", Knows::RefusedFalsely("Throttled"), |_| Fault::throttled().after_acting()),
        row("throttled with Retry-After after acting", Knows::RefusedFalsely("Throttled"), |_| {
            Fault::throttled_for(1).after_acting()
        }),
        row("clock an hour ahead", Knows::WrongTime, |_| Fault::ClockSkew { seconds: 3600 }),
        row("oversized reply", Knows::UnreadableAsJson("TooLarge"), |_| Fault::OversizedBody { mib: 9 }),
        row("truncated reply", Knows::UnreadableAsJson("Decode"), |_| Fault::TruncatedBody),
        row("reply that is no JSON", Knows::UnreadableAsJson("Decode"), |_| Fault::NonJson),
        row("reply in another charset", Knows::Unreadable("Decode"), |_| Fault::WrongCharset),
        row("empty reply", Knows::Unreadable("Decode"), |_| Fault::EmptyBody),
    ]
}

/// Runs one call against a simulator of its own, in memory: what sockets add is proved where the transport is.
async fn strike(call: Call, fault: Fault, always: bool, deadline: Duration) -> (Outcome, Duration, usize) {
    let sim = Arc::new(Simulator::builder().only(call.vendor()).without_quotas().without_ports());
    let ready = call.ready(&sim, Settings { deadline, quota: QuotaMode::Wait }).await;
    if always {
        sim.always(call.name(), fault);
    } else {
        sim.next(call.name(), fault);
    }
    let start = Instant::now();
    let outcome = ready.send().await;
    let elapsed = start.elapsed();
    (outcome, elapsed, sim.requests().len())
}

#[test]
fn every_fault_of_the_simulator_has_its_row() {
    let struck: Vec<_> = rows().iter().map(|row| (row.fault)(Vendor::Zego).name()).collect();
    for (name, _) in Fault::catalog() {
        assert!(struck.contains(&name), "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn every_fault_on_every_operation_ends_as_the_design_says() {
    let mut table: BTreeMap<(usize, bool, bool), BTreeMap<String, Vec<&'static str>>> = BTreeMap::new();
    let mut wrong = Vec::new();
    let mut struck = JoinSet::new();
    // Not all at once: some replies are large.
    let few = Arc::new(Semaphore::new(24));
    for (index, row) in rows().into_iter().enumerate() {
        for call in calls() {
            for always in [false, true] {
                let (fault, deadline) = ((row.fault)(call.vendor()), row.deadline);
                let few = Arc::clone(&few);
                struck.spawn(async move {
                    let _turn = few.acquire_owned().await;
                    (index, call, always, strike(call, fault, always, deadline).await)
                });
            }
        }
    }
    let rows = rows();
    while let Some(done) = struck.join_next().await {
        let (index, call, always, (outcome, elapsed, requests)) = done.unwrap();
        let row = &rows[index];
        let expected = row.knows.outcome(call, always);
        let when = if always { "always" } else { "once" };
        if outcome != expected {
            wrong.push(format!("{} {when}, {}: {outcome}; expected {expected}", row.name, call.name()));
        }
        assert!(elapsed <= row.deadline, "{} overslept: {elapsed:?}", call.name());
        assert_eq!(requests, outcome.attempts as usize, "{}: every attempt arrives", row.name);
        let cell = table.entry((index, always, call.is_repeatable())).or_default();
        cell.entry(outcome.to_string()).or_default().push(call.name());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    compare(&render(&table));
}

fn render(table: &BTreeMap<(usize, bool, bool), BTreeMap<String, Vec<&'static str>>>) -> String {
    let others: Vec<_> =
        calls().into_iter().filter(|call| !call.is_repeatable()).map(|call| format!("`{}`", call.name())).collect();
    let mut text = String::from(
        "# Fault matrix\n\nWhat a caller learns when the vendor misbehaves once, or always: every fault of the simulator \
         against every typed\noperation. Written by `cargo xtask sim --matrix`, held by a test.\n\n\
         \"Repeatable\" are operations that only read or are idempotent. An outcome is `done`, or the failure with its \
         `delivery()`\nand the number of attempts. A download is done with whatever came: a file may be anything. The \
         others are:\n\n",
    );
    let _ = writeln!(text, "{}.\n", others.join(", "));
    text.push_str(
        "| Fault | Once, repeatable | Once, other | Always, repeatable | Always, other |\n|---|---|---|---|---|\n",
    );
    for (index, row) in rows().iter().enumerate() {
        let cell =
            |always, repeatable| table[&(index, always, repeatable)].keys().cloned().collect::<Vec<_>>().join("; ");
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} |",
            row.name,
            cell(false, true),
            cell(false, false),
            cell(true, true),
            cell(true, false)
        );
    }
    text
}

fn compare(text: &str) {
    let docs = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs"));
    // the packaged crate comes without the table; the outcomes were held against the design all the same
    if !docs.exists() {
        return;
    }
    let path = docs.join("fault-matrix.md");
    if std::env::var_os("LIVECLOUD_BLESS").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), text, "`cargo xtask sim --matrix` writes the table anew");
}
