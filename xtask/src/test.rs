//! `cargo xtask test`: tests, doc tests (the READMEs' snippets among them), and the simulator driven from Python.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::thread;

use xshell::{Cmd, Shell, cmd};

use crate::Outcome;
use crate::workspace::{SIM, Workspace};

/// How the closing line of a runner begins. Only the runner's own counts: nextest repeats the output of failed tests.
type Runner = &'static str;
const NEXTEST: Runner = "Summary [";
const LIBTEST: Runner = "test result:";

pub(crate) fn run(sh: &Shell, workspace: &Workspace) -> Outcome {
    let selection = &workspace.selection();
    // a test runs an example as a process of its own, and runners build examples only as tests
    cmd!(sh, "cargo build --quiet {selection...} --examples").run()?;
    let tests = if cmd!(sh, "cargo nextest --version").quiet().ignore_stderr().read().is_ok() {
        (NEXTEST, cmd!(sh, "cargo nextest run {selection...} --all-targets --no-fail-fast"))
    } else {
        (LIBTEST, cmd!(sh, "cargo test {selection...} --all-targets --no-fail-fast"))
    };
    // nextest does not run these; READMEs are crate documentation, so their snippets are among them
    let doc_tests = (LIBTEST, cmd!(sh, "cargo test {selection...} --doc --no-fail-fast"));

    let mut closing = Vec::new();
    let mut failed = Vec::new();
    for (name, (runner, suite)) in [("tests", tests), ("doc tests", doc_tests)] {
        let report = watch(runner, suite)?;
        let ran: u64 = report.closing.iter().filter_map(|line| tests_run(line)).sum();
        if !report.success {
            failed.push(format!("{name} failed"));
        } else if ran == 0 && !workspace.is_narrowed() {
            // a runner that found nothing is a broken runner, not a green one
            failed.push(format!("{name}: none ran"));
        }
        closing.push(format!("{name}: {ran} ran"));
        closing.extend(report.closing.into_iter().map(|line| format!("    {line}")));
    }
    closing.extend(python(sh, workspace, &mut failed)?);

    println!("\n{}", closing.join("\n"));
    if failed.is_empty() { Ok(()) } else { Err(failed.join("; ").into()) }
}

struct Report {
    success: bool,
    /// The runner's own lines about how many tests ran.
    closing: Vec<String>,
}

/// Runs a test runner with its output on the terminal, and keeps its closing lines.
fn watch(runner: Runner, suite: Cmd<'_>) -> Outcome<Report> {
    eprintln!("$ {suite}");
    let mut command = Command::from(suite.env("CARGO_TERM_COLOR", "never"));
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    // nextest reports on stderr, `cargo test` on stdout
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let err = thread::spawn(move || echo(runner, stderr, |line| eprintln!("{line}")));
    let mut closing = echo(runner, stdout, |line| println!("{line}"));
    closing.extend(err.join().map_err(|_| "the reader of stderr panicked")?);
    Ok(Report { success: child.wait()?.success(), closing })
}

fn echo(runner: Runner, stream: Option<impl Read>, print: impl Fn(&str)) -> Vec<String> {
    let mut closing = Vec::new();
    let Some(stream) = stream else { return closing };
    for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line);
        print(&line);
        if line.trim_start().starts_with(runner) {
            closing.push(line.trim().to_owned());
        }
    }
    closing
}

/// How many tests ran, if this is a closing line.
fn tests_run(line: &str) -> Option<u64> {
    let line = line.trim();
    // an interrupted run of nextest says `3/9`: three of nine
    let count_before =
        |words: &str| line.split_once(words)?.0.rsplit(' ').next()?.split('/').next()?.parse::<u64>().ok();
    if line.starts_with(NEXTEST) {
        return count_before(" tests run:").or_else(|| count_before(" test run:"));
    }
    if line.starts_with(LIBTEST) {
        return Some(count_before(" passed;")? + count_before(" failed;")?);
    }
    None
}

/// The tests that drive the simulator from Python, where there are any.
fn python(sh: &Shell, workspace: &Workspace, failed: &mut Vec<String>) -> Outcome<Vec<String>> {
    let folder = workspace.package(SIM)?.dir.join("tests");
    if !sh.path_exists(&folder) {
        return Ok(Vec::new());
    }
    let scripts = sh.read_dir(folder)?.into_iter().filter(|path| path.extension().is_some_and(|e| e == "py"));
    let python_exists = cmd!(sh, "python3 --version").quiet().ignore_stdout().ignore_stderr().run().is_ok();
    let mut closing = Vec::new();
    for script in scripts {
        let name = script.strip_prefix(&workspace.root).unwrap_or(&script).display().to_string();
        closing.push(if !python_exists {
            format!("python: {name} skipped, there is no python3 here")
        } else if cmd!(sh, "python3 {script}").run().is_ok() {
            format!("python: {name} passed")
        } else {
            failed.push(format!("{name} failed"));
            format!("python: {name} FAILED")
        });
    }
    Ok(closing)
}

#[cfg(test)]
mod tests {
    use super::tests_run;

    #[test]
    fn counts_the_tests_in_the_closing_line_of_either_runner() {
        assert_eq!(tests_run("     Summary [   1.205s] 148 tests run: 148 passed, 2 skipped"), Some(148));
        assert_eq!(tests_run("     Summary [   0.005s] 1 test run: 1 passed, 0 skipped"), Some(1));
        assert_eq!(tests_run("     Summary [   0.005s] 3/9 tests run: 2 passed, 1 failed"), Some(3));
        assert_eq!(
            tests_run("test result: FAILED. 7 passed; 2 failed; 0 ignored; 0 measured; 3 filtered out"),
            Some(9)
        );
        assert_eq!(tests_run("test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out"), Some(0));
    }

    #[test]
    fn takes_no_other_line_for_a_closing_line() {
        assert_eq!(tests_run("running 12 tests"), None);
        assert_eq!(tests_run("        PASS [   0.004s] livecloud-core client::tests::closing_line"), None);
    }
}
