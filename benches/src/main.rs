//! One process of a measurement; `cargo xtask bench` starts as many as it needs.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

mod client;
mod count;
mod job;
mod kernels;
mod server;
mod sides;
mod soak;

use std::error::Error;
use std::process::ExitCode;

use crate::job::Job;

type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

const USAGE: &str = "\
livecloud-benches serve
livecloud-benches client <side> <operation> <address> <concurrency> <calls>
livecloud-benches first <side> <operation> <address>
livecloud-benches inflight <operation> <address> <calls>
livecloud-benches kernel <operation> <kernel> <times>
livecloud-benches kernels
livecloud-benches soak <calls> <seed>";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match run(&args.iter().map(String::as_str).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Everything runs on one thread: client and server have a core each on the smallest machine, and nothing migrates.
fn run(args: &[&str]) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match args {
        ["serve"] => runtime.block_on(server::serve()),
        ["client", side, operation, address, concurrency, calls] => {
            let load = client::Load { concurrency: concurrency.parse()?, calls: calls.parse()? };
            runtime.block_on(client::measure(side, Job::named(operation)?, address, load))
        }
        ["first", side, operation, address] => runtime.block_on(client::first(side, Job::named(operation)?, address)),
        ["inflight", operation, address, calls] => {
            runtime.block_on(client::in_flight(Job::named(operation)?, address, calls.parse()?))
        }
        ["kernel", operation, kernel, times] => kernels::run(&runtime, operation, kernel, times.parse()?),
        ["soak", calls, seed] => runtime.block_on(soak::run(calls.parse()?, seed.parse()?)),
        ["kernels"] => {
            println!("{}", kernels::names().join("\n"));
            Ok(())
        }
        _ => Err(USAGE.into()),
    }
}
