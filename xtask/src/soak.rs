//! `cargo xtask soak`: many calls against the simulator with random faults, and what they left behind.

use serde_json::Value;
use xshell::{Shell, cmd};

use crate::workspace::Workspace;
use crate::{Outcome, performance};

pub(crate) fn run(sh: &Shell, workspace: &Workspace, calls: u64, seed: u64) -> Outcome {
    let (calls, seed) = (calls.to_string(), seed.to_string());
    let line = cmd!(sh, "cargo run --quiet --release -p livecloud-benches -- soak {calls} {seed}").read()?;
    let figures: Value = serde_json::from_str(&line)?;
    let text = format!("{}\n\n{}", performance::circumstances(sh)?, sentence(&figures, &seed));
    println!("{text}");
    performance::write(sh, &workspace.root, "soak", &text)
}

fn sentence(figures: &Value, seed: &str) -> String {
    let kib = |at: usize| figures["bytes"][at].as_i64().unwrap_or_default() / 1024;
    format!(
        "Seed {seed}: {} calls, {} attempts, {} faults, {} calls given up; both sides counted the same in every batch.\n\
         Memory after the warm-up {} KiB, at most {} KiB later, {} KiB at the end; open files {} and at most {}; tasks {} \
         and at most {}.",
        figures["calls"],
        figures["attempts"],
        figures["faults"],
        figures["cancelled"],
        kib(0),
        kib(1),
        kib(2),
        figures["files"][0],
        figures["files"][1],
        figures["tasks"][0],
        figures["tasks"][1],
    )
}
