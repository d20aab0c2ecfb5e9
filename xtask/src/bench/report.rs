//! The figures as Markdown, and whether they reach what was promised.

use std::fmt::Write as _;

use super::{LOADS, OPERATIONS, ROUNDS, Results, SIDES, STARTS};

const CPU_OF_REQWEST: f64 = 1.00;
const CPU_OF_HYPER: f64 = 1.9;
const OWN_ALLOCATIONS: f64 = 12.0;
/// The load at which processor time is compared.
pub(super) const COMPARED: u32 = 16;

pub(super) fn text(results: &Results) -> String {
    [targets(results), table(results), starts(results), memory(results)].join("\n\n")
}

fn targets(results: &Results) -> String {
    let mut text = "| target | operation | measured | |\n|---|---|---:|---|\n".to_owned();
    let verdict = |measured: f64, most: f64| if measured <= most { "reached" } else { "**missed**" };
    for (other, most) in [("reqwest", CPU_OF_REQWEST), ("hyper", CPU_OF_HYPER)] {
        for operation in OPERATIONS {
            let ratio = cpu_ratio(results, operation, other);
            let verdict = verdict(ratio, most);
            let _ = writeln!(
                text,
                "| CPU at {COMPARED} at a time ≤ {most:.2} × {other} | {operation} | {ratio:.2} | {verdict} |"
            );
        }
    }
    for operation in OPERATIONS {
        let own = own_allocations(results, operation);
        let verdict = verdict(own, OWN_ALLOCATIONS);
        let _ =
            writeln!(text, "| allocations of our own ≤ {OWN_ALLOCATIONS} per call | {operation} | {own} | {verdict} |");
    }
    text.trim_end().to_owned()
}

pub(super) fn cpu_ratio(results: &Results, operation: &'static str, other: &'static str) -> f64 {
    results.cells[&(operation, COMPARED, "sdk")].cpu / results.cells[&(operation, COMPARED, other)].cpu
}

/// What a call allocates beyond a finished request that is sent through reqwest.
fn own_allocations(results: &Results, operation: &'static str) -> f64 {
    results.cells[&(operation, 1, "sdk")].allocations - results.of_reqwest[operation]
}

fn table(results: &Results) -> String {
    let mut text = format!(
        "Medians of {ROUNDS} interleaved rounds; client's processor time only, the server is another process.\n\n\
         | operation | at a time | side | requests/s | CPU µs per request | peak RSS MiB | allocations per call | connections |\n\
         |---|---:|---|---:|---:|---:|---:|---:|\n"
    );
    for operation in OPERATIONS {
        for (concurrency, _) in LOADS {
            for side in SIDES {
                let figures = results.cells[&(operation, concurrency, side)];
                let _ = writeln!(
                    text,
                    "| {operation} | {concurrency} | {side} | {:.0} | {:.1} | {:.1} | {} | {} |",
                    figures.per_second, figures.cpu, figures.rss_mib, figures.allocations, figures.connections
                );
            }
        }
    }
    text + "\n![CPU per request at 16 at a time](performance.svg)"
}

fn starts(results: &Results) -> String {
    let times: Vec<_> = SIDES.iter().map(|side| format!("{side} {:.1} ms", results.first_ms[side])).collect();
    format!(
        "From the start of a new process to its first answer (median of {STARTS}, building a TLS client included but \
         for hyper): {}.",
        times.join(", ")
    )
}

fn memory(results: &Results) -> String {
    let text = results.in_flight.iter().map(|(calls, bytes)| {
        format!("{calls} calls {:.1} MiB ({:.1} KiB each)", mib(*bytes), mib(*bytes) * 1024.0 / mib(calls << 20))
    });
    format!(
        "Memory of calls in flight, each waiting on a connection of its own: {}.",
        text.collect::<Vec<_>>().join("; ")
    )
}

#[expect(clippy::cast_precision_loss, reason = "a figure for people")]
fn mib(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}
