//! `cargo xtask ci`: every gate, in order.

#![expect(clippy::disallowed_methods, reason = "a stopwatch for the terminal, not a clock of the library")]

use std::time::Instant;

use xshell::{Shell, cmd};

use crate::workspace::Workspace;
use crate::{Outcome, api, bench, deny, examples, features, minimal, msrv, package, tidy};

type Gate = (&'static str, fn(&Shell, &Workspace) -> Outcome);

const GATES: [Gate; 8] = [
    ("fmt", |sh, _| Ok(cmd!(sh, "cargo fmt --all --check").run()?)),
    ("clippy", clippy),
    ("docs", docs),
    ("features", features::run),
    ("tidy", tidy::run),
    ("deny", deny::run),
    ("api", |sh, workspace| api::run(sh, workspace, false)),
    ("examples", examples::run),
];

const FULL: [Gate; 5] = [
    ("C-backed TLS", features::c_backed_tls),
    ("minimal versions", minimal::run),
    ("MSRV", msrv::run),
    ("package", package::run),
    ("instructions", |sh, workspace| bench::instructions::run(sh, workspace, false)),
];

/// Runs all gates even when one fails: a run on CI is slow, and one failure hides no other.
pub(crate) fn run(sh: &Shell, workspace: &Workspace, full: bool) -> Outcome {
    let mut table = Vec::new();
    let mut failed = Vec::new();
    for (name, gate) in GATES.into_iter().chain(FULL.into_iter().filter(|_| full)) {
        println!("\n==== {name}");
        let start = Instant::now();
        let outcome = gate(sh, workspace);
        let verdict = if outcome.is_ok() { "ok" } else { "FAILED" };
        table.push(format!("{name:<18}{verdict:<8}{:>4} s", start.elapsed().as_secs()));
        if let Err(error) = outcome {
            println!("{name}: {error}");
            failed.push(name);
        }
    }
    println!("\n==== gates\n{}", table.join("\n"));
    if failed.is_empty() { Ok(()) } else { Err(format!("failed: {}", failed.join(", ")).into()) }
}

fn clippy(sh: &Shell, workspace: &Workspace) -> Outcome {
    let selection = workspace.selection();
    Ok(cmd!(sh, "cargo clippy {selection...} --all-targets --keep-going -- -D warnings").run()?)
}

/// With the features of the other gates: `full` of the umbrella only adds re-exports, so every public item is seen.
fn docs(sh: &Shell, workspace: &Workspace) -> Outcome {
    let selection = workspace.selection();
    Ok(cmd!(sh, "cargo doc {selection...} --no-deps").env("RUSTDOCFLAGS", "-D warnings").run()?)
}
