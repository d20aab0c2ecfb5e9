//! The tasks of this workspace, behind `cargo xtask`: `cargo xtask help` lists them.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

mod api;
mod bench;
mod ci;
mod deny;
mod examples;
mod features;
mod files;
mod fuzz;
mod minimal;
mod msrv;
mod package;
mod performance;
mod sim;
mod soak;
mod test;
mod tidy;
mod weight;
mod workspace;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use xshell::Shell;

use crate::workspace::Workspace;

/// What a task ends with: a text for the person at the terminal, never matched on.
type Outcome<T = ()> = Result<T, Box<dyn Error>>;

const USAGE: &str = "\
Usage: cargo xtask <task> [options]

  test              every test, doc test and README snippet (cargo-nextest if present)
  ci [--full]       every gate in order; --full adds other TLS backends, minimal versions, MSRV
  features          every library alone with no, default and all features
  tidy              layout, dependencies, licences, left-over marks
  api [--bless]     public API against the snapshots in xtask/api; --bless rewrites them
  examples          every example, against the simulator
  sim --matrix      every fault against every operation; rewrites and prints docs/fault-matrix.md
  bench             calls beside hand-written reqwest and raw hyper, into docs/performance.md (about five minutes)
  bench --instructions [--bless]
                    instructions of a call's pieces against benches/instructions.txt; needs valgrind
  weight            crates, cold build and size of a minimal program beside bare reqwest, into docs/performance.md
  fuzz [--seconds <n>] [--target <name>]
                    libFuzzer over every target in fuzz/, or one; n seconds each (60); needs a C++ compiler
  soak [--calls <n>] [--seed <n>]
                    calls against the simulator with random faults (1000000): nothing grows, both sides count alike
  deny              licences, banned crates and sources, as deny.toml says
  package           every published crate as it would be uploaded, with its tests
  help              this text

  -p <package>      narrows test, features and api to one package; may be repeated";

#[derive(Debug, Default)]
struct Options {
    full: bool,
    bless: bool,
    matrix: bool,
    instructions: bool,
    seconds: Option<u64>,
    calls: Option<u64>,
    seed: Option<u64>,
    target: Option<String>,
    packages: Vec<String>,
}

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let task = args.next().unwrap_or_else(|| "help".to_owned());
    match options(args).and_then(|options| run(&task, &options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask {task}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn options(mut args: impl Iterator<Item = String>) -> Outcome<Options> {
    let mut options = Options::default();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--full" => options.full = true,
            "--bless" => options.bless = true,
            "--matrix" => options.matrix = true,
            "--instructions" => options.instructions = true,
            "--seconds" => options.seconds = Some(number(&arg, args.next())?),
            "--calls" => options.calls = Some(number(&arg, args.next())?),
            "--seed" => options.seed = Some(number(&arg, args.next())?),
            "--target" => options.target = Some(args.next().ok_or("--target needs the name of a fuzz target")?),
            "-p" | "--package" => options.packages.push(args.next().ok_or("-p needs the name of a package")?),
            other => return Err(format!("unknown option `{other}`\n\n{USAGE}").into()),
        }
    }
    Ok(options)
}

fn number(option: &str, argument: Option<String>) -> Outcome<u64> {
    let number = argument.and_then(|text| text.parse().ok());
    number.ok_or_else(|| format!("{option} needs a number").into())
}

fn run(task: &str, options: &Options) -> Outcome {
    if matches!(task, "help" | "-h" | "--help") {
        println!("{USAGE}");
        return Ok(());
    }
    let sh = Shell::new()?;
    sh.change_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
    let workspace = Workspace::load(&sh, &options.packages)?;
    match task {
        "test" => test::run(&sh, &workspace),
        "ci" => ci::run(&sh, &workspace, options.full),
        "features" => features::run(&sh, &workspace),
        "tidy" => tidy::run(&sh, &workspace),
        "api" => api::run(&sh, &workspace, options.bless),
        "examples" => examples::run(&sh, &workspace),
        "bench" if options.instructions => bench::instructions::run(&sh, &workspace, options.bless),
        "bench" => bench::run(&sh, &workspace),
        "fuzz" => fuzz::run(&sh, &workspace, options.seconds.unwrap_or(60), options.target.as_deref()),
        "soak" => soak::run(&sh, &workspace, options.calls.unwrap_or(1_000_000), options.seed.unwrap_or(1)),
        "deny" => deny::run(&sh, &workspace),
        "package" => package::run(&sh, &workspace),
        "weight" => weight::run(&sh, &workspace),
        "sim" if options.matrix => sim::matrix(&sh, &workspace),
        other => Err(format!("unknown task `{other}`\n\n{USAGE}").into()),
    }
}
