//! `cargo xtask bench --instructions`: how many instructions the pieces of a call take, against a stored baseline.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use xshell::{Shell, cmd};

use super::{OPERATIONS, PACKAGE};
use crate::workspace::Workspace;
use crate::{Outcome, performance};

const BASELINE: &str = "benches/instructions.txt";
/// How much more than the baseline is too much.
const MOST: f64 = 1.03;
/// What signing may take, as a multiple of the digest over the same bytes.
const SIGNING: f64 = 1.1;
/// Counted as the difference of two runs: start and warm-up cancel out.
const TIMES: [u32; 2] = [500, 1500];

/// `UpdatePlayer sign` -> instructions of one time.
type Counts = BTreeMap<String, u64>;

pub(crate) fn run(sh: &Shell, workspace: &Workspace, bless: bool) -> Outcome {
    if cmd!(sh, "valgrind --version").quiet().ignore_stdout().ignore_stderr().run().is_err() {
        return Err("there is no valgrind here: NOTHING was counted or compared".into());
    }
    cmd!(sh, "cargo build --release -p {PACKAGE}").run()?;
    let program = workspace.target.join("release").join(PACKAGE);
    let kernels = cmd!(sh, "{program} kernels").quiet().read()?;
    let mut counts = Counts::new();
    for name in kernels.lines() {
        let [few, many] = TIMES;
        let (fewer, more) = (count(&program, name, few)?, count(&program, name, many)?);
        counts.insert(name.to_owned(), more.saturating_sub(fewer) / u64::from(many - few));
    }
    let path = workspace.root.join(BASELINE);
    let rustc = cmd!(sh, "rustc --version").quiet().read()?;
    if bless {
        let lines: Vec<_> = counts.iter().map(|(name, count)| format!("{name} {count}")).collect();
        sh.write_file(path, format!("# {rustc}\n{}\n", lines.join("\n")))?;
        return performance::write(
            sh,
            &workspace.root,
            "instructions",
            &format!("{}\n\n{}", performance::circumstances(sh)?, table(&counts)),
        );
    }
    let stored = sh.read_file(path)?;
    println!("baseline: {}; here: {rustc}", stored.lines().next().unwrap_or_default().trim_start_matches("# "));
    let problems = compare(&parse(&stored), &counts);
    if problems.is_empty() {
        return Ok(());
    }
    Err(format!("{}\n(`cargo xtask bench --instructions --bless` takes the counts over)", problems.join("\n")).into())
}

fn count(program: &Path, name: &str, times: u32) -> Outcome<u64> {
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(program);
    let output = valgrind.arg("kernel").args(name.split(' ')).arg(times.to_string()).output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    let collected = said.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
    match collected {
        Some(count) if output.status.success() => Ok(count),
        _ => Err(format!("callgrind could not count {name}: {said}").into()),
    }
}

fn parse(stored: &str) -> Counts {
    let lines = stored.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.rsplit_once(' '))
        .filter_map(|(name, n)| Some((name.into(), n.parse().ok()?)))
        .collect()
}

/// Prints every count beside its baseline, and returns what is too much or unknown.
fn compare(baseline: &Counts, counts: &Counts) -> Vec<String> {
    let mut problems = Vec::new();
    for (name, count) in counts {
        let Some(before) = baseline.get(name) else {
            problems.push(format!("{name}: {count} instructions, and no baseline"));
            continue;
        };
        let ratio = ratio(*count, *before);
        println!("{name:<32}{before:>8} -> {count:>8}  {ratio:.3}");
        if ratio > MOST {
            problems.push(format!("{name}: {count} instructions, {:.1} % more than {before}", (ratio - 1.0) * 100.0));
        }
    }
    problems.extend(baseline.keys().filter(|name| !counts.contains_key(*name)).map(|name| format!("{name}: gone")));
    problems
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn ratio(count: u64, before: u64) -> f64 {
    count as f64 / before.max(1) as f64
}

/// A row for every piece, and what signing costs beside the digest alone.
fn table(counts: &Counts) -> String {
    let count = |operation: &str, piece: &str| counts.get(&format!("{operation} {piece}")).copied();
    let mut text = format!("| piece | {} |\n|---|---:|---:|---:|\n", OPERATIONS.join(" | "));
    for piece in ["check", "encode", "sign", "digest", "prepare", "envelope", "decode", "limiter", "call"] {
        let cells = OPERATIONS.map(|operation| count(operation, piece).map_or_else(String::new, |n| n.to_string()));
        let _ = writeln!(text, "| {piece} | {} |", cells.join(" | "));
    }
    text.push_str("\n| target | request | measured | |\n|---|---|---:|---|\n");
    for operation in ["UpdatePlayer", "UpdateChannelBasic", "LongForm"] {
        let (Some(sign), Some(digest)) = (count(operation, "sign"), count(operation, "digest")) else { continue };
        let ratio = ratio(sign, digest);
        let verdict = if ratio <= SIGNING { "reached" } else { "**missed**" };
        let _ = writeln!(text, "| signing ≤ {SIGNING} × the bare digest | {operation} | {ratio:.2} | {verdict} |");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Counts, compare, parse};

    fn counts(text: &str) -> Counts {
        parse(text)
    }

    #[test]
    fn three_percent_more_is_borne_and_four_are_not() {
        let baseline = counts("# rustc\nUpdatePlayer sign 1000\n");
        assert!(compare(&baseline, &counts("UpdatePlayer sign 1030\n")).is_empty());
        assert!(compare(&baseline, &counts("UpdatePlayer sign 500\n")).is_empty());
        assert_eq!(compare(&baseline, &counts("UpdatePlayer sign 1040\n")).len(), 1);
    }

    #[test]
    fn a_piece_without_a_baseline_and_one_that_is_gone_are_told() {
        let baseline = counts("UpdatePlayer sign 1000\n");
        assert_eq!(compare(&baseline, &counts("UpdatePlayer check 10\n")).len(), 2);
    }
}
