//! `cargo xtask fuzz --seconds N`: libFuzzer over every target, one after the other, or over one, on the stable toolchain.
//!
//! Coverage is compiled in by flags of the compiler's own; sanitizers would need a nightly one, and this workspace
//! forbids unsafe code. The driver itself needs a C++ compiler.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use xshell::{Shell, cmd};

use crate::workspace::Workspace;
use crate::{Outcome, performance};

/// Coverage of edges and comparisons, as libFuzzer wants to see it; no optimisation across functions that hides edges.
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
                     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
                     -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1";
/// What all runs so far have done: `target seconds executions`.
const RUNS: &str = "fuzz/runs.txt";

pub(crate) fn run(sh: &Shell, workspace: &Workspace, seconds: u64, only: Option<&str>) -> Outcome {
    let corpora = workspace.root.join("fuzz/corpus");
    if let Some(only) = only.filter(|only| !corpora.join(only).is_dir()) {
        return Err(format!("there is no target `{only}`").into());
    }
    let driver = workspace.root.join("fuzz/libfuzzer");
    let target = workspace.target.join("xtask/fuzz");
    // the versions of the workspace; cargo adds what the driver needs beside them
    sh.copy_file(workspace.root.join("Cargo.lock"), driver.join("Cargo.lock"))?;
    let triple = host(sh)?;
    {
        let _there = sh.push_dir(&driver);
        // with a target, build scripts and macros are left without coverage
        let build = cmd!(sh, "cargo build --release --target {triple} --target-dir {target}");
        build.env("RUSTFLAGS", FLAGS).run()?;
    }
    let program = target.join(&triple).join("release/target");
    let (mut done, mut failed) = (Vec::new(), Vec::new());
    for corpus in sh.read_dir(&corpora)? {
        let name = corpus.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if only.is_some_and(|only| only != name) {
            continue;
        }
        match fuzz(sh, &program, &name, &corpus, &target.join("corpus").join(&name), seconds)? {
            Some(executions) => {
                println!("{name}: {executions} executions in {seconds} s");
                done.push((name, executions));
            }
            None => failed.push(name),
        }
    }
    // read only now: another target may have been run meanwhile
    let mut runs = read(&sh.read_file(workspace.root.join(RUNS)).unwrap_or_default());
    for (name, executions) in done {
        let (all_seconds, all_executions) = runs.entry(name).or_default();
        *all_seconds += seconds;
        *all_executions += executions;
    }
    let lines: String = runs.iter().fold(String::new(), |mut lines, (name, (seconds, executions))| {
        let _ = writeln!(lines, "{name} {seconds} {executions}");
        lines
    });
    // at once, so that a run beside this one never reads half of it
    let fresh = target.join("runs.txt");
    sh.write_file(&fresh, lines)?;
    std::fs::rename(fresh, workspace.root.join(RUNS))?;
    performance::write(sh, &workspace.root, "fuzz", &table(&performance::circumstances(sh)?, &runs))?;
    if failed.is_empty() { Ok(()) } else { Err(format!("targets with a finding: {}", failed.join(", ")).into()) }
}

/// How often the target ran without a finding; a finding is printed, and none returned.
fn fuzz(sh: &Shell, program: &Path, name: &str, seeds: &Path, found: &Path, seconds: u64) -> Outcome<Option<u64>> {
    sh.create_dir(found)?;
    let mut command = Command::new("nice");
    command.arg("-n19").arg(program).env("LIVECLOUD_FUZZ", name);
    command.arg(format!("-max_total_time={seconds}")).arg(format!("-artifact_prefix={}/../{name}-", found.display()));
    command.args(["-print_final_stats=1", "-timeout=10", "-rss_limit_mb=2048", "-max_len=8192", "-verbosity=0"]);
    let output = command.arg(found).arg(seeds).output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    let executions = said.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    match executions.and_then(|count| count.trim().parse().ok()) {
        Some(executions) if output.status.success() => Ok(Some(executions)),
        _ => {
            println!("{name}: FOUND\n{said}");
            Ok(None)
        }
    }
}

fn host(sh: &Shell) -> Outcome<String> {
    let version = cmd!(sh, "rustc -vV").quiet().read()?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.ok_or("rustc names no host")?.to_owned())
}

type Runs = BTreeMap<String, (u64, u64)>;

fn read(text: &str) -> Runs {
    let run = |line: &str| {
        let mut words = line.split_whitespace();
        Some((words.next()?.to_owned(), (words.next()?.parse().ok()?, words.next()?.parse().ok()?)))
    };
    text.lines().filter_map(run).collect()
}

fn table(circumstances: &str, runs: &Runs) -> String {
    let mut text = format!("{circumstances}\n\n| target | minutes in all | executions | |\n|---|---:|---:|---|\n");
    for (name, (seconds, executions)) in runs {
        let verdict = if *seconds >= 600 { "ten minutes reached" } else { "**less than ten minutes**" };
        let _ = writeln!(text, "| {name} | {}:{:02} | {executions} | {verdict} |", seconds / 60, seconds % 60);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{read, table};

    #[test]
    fn runs_add_up_over_sessions_and_ten_minutes_are_ten() {
        let runs = read("dates 600 1000\nflatten 599 7\n");
        let table = table("Here.", &runs);
        assert!(table.contains("| dates | 10:00 | 1000 | ten minutes reached |"), "{table}");
        assert!(table.contains("| flatten | 9:59 | 7 | **less than ten minutes** |"), "{table}");
    }
}
