//! `cargo xtask bench`: this SDK beside hand-written reqwest and raw hyper, in interleaved rounds.

pub(crate) mod instructions;
mod plot;
mod process;
mod report;

use std::collections::BTreeMap;

use xshell::{Shell, cmd};

use self::process::{Figures, Server};
use crate::workspace::Workspace;
use crate::{Outcome, performance};

const PACKAGE: &str = "livecloud-benches";
const OPERATIONS: [&str; 3] = ["UpdatePlayer", "UpdateChannelBasic", "Query"];
const SIDES: [&str; 3] = ["sdk", "reqwest", "hyper"];
/// Calls at a time, and how many calls make one run of about a second.
const LOADS: [(u32, u32); 3] = [(1, 10_000), (16, 20_000), (256, 20_000)];
const ROUNDS: usize = 5;
const STARTS: usize = 15;

/// Operation, calls at a time, side.
type Cell = (&'static str, u32, &'static str);

/// Everything one run of the command has found out.
struct Results {
    cells: BTreeMap<Cell, Figures>,
    /// Allocations of a call that are reqwest's: a finished request sent through it.
    of_reqwest: BTreeMap<&'static str, f64>,
    /// From the start of a process to its first answer, in milliseconds.
    first_ms: BTreeMap<&'static str, f64>,
    /// Calls in flight, and the bytes they take.
    in_flight: Vec<(u64, u64)>,
}

pub(crate) fn run(sh: &Shell, workspace: &Workspace) -> Outcome {
    cmd!(sh, "cargo build --release -p {PACKAGE}").run()?;
    let program = workspace.target.join("release").join(PACKAGE);
    let server = Server::start(&program)?;

    // Interleaved, so that what else this machine does meets every side alike.
    let mut runs: BTreeMap<Cell, Vec<Figures>> = BTreeMap::new();
    for round in 1..=ROUNDS {
        println!("round {round} of {ROUNDS}");
        for operation in OPERATIONS {
            for (concurrency, calls) in LOADS {
                for side in SIDES {
                    let figures = server.load(side, operation, concurrency, calls)?;
                    runs.entry((operation, concurrency, side)).or_default().push(figures);
                }
            }
        }
    }
    let cells = runs.into_iter().map(|(cell, runs)| (cell, Figures::median(&runs))).collect();

    let mut of_reqwest = BTreeMap::new();
    for operation in OPERATIONS {
        of_reqwest.insert(operation, server.load("bare-reqwest", operation, 1, 2000)?.allocations);
    }
    let mut starts: BTreeMap<_, Vec<f64>> = BTreeMap::new();
    for _ in 0..STARTS {
        for side in SIDES {
            starts.entry(side).or_default().push(server.first(side, OPERATIONS[0])?);
        }
    }
    let first_ms = starts.into_iter().map(|(side, times)| (side, process::median(times))).collect();
    let in_flight = [1000, 10_000].into_iter().map(|calls| Ok((calls, server.in_flight("Query", calls)?)));
    let in_flight = in_flight.collect::<Outcome<_>>()?;

    let results = Results { cells, of_reqwest, first_ms, in_flight };
    let text = format!("{}\n\n{}", performance::circumstances(sh)?, report::text(&results));
    println!("{text}");
    sh.write_file(workspace.root.join("docs/performance.svg"), plot::svg(&results))?;
    performance::write(sh, &workspace.root, "bench", &text)
}
