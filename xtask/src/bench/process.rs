//! The processes of a measurement: one server, and a new client for every run.

#![expect(clippy::disallowed_methods, reason = "a stopwatch around a process, not a clock of the library")]

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use serde_json::Value;

use crate::Outcome;

/// What one run of a client, or the median of several, says.
#[derive(Clone, Copy)]
pub(super) struct Figures {
    pub(super) per_second: f64,
    /// Microseconds of the client's processor time, per call.
    pub(super) cpu: f64,
    pub(super) rss_mib: f64,
    /// Per call.
    pub(super) allocations: f64,
    pub(super) connections: f64,
}

impl Figures {
    fn read(line: &Value) -> Outcome<Self> {
        let number = |name: &str| line[name].as_f64().ok_or_else(|| format!("the client says nothing of {name}"));
        let calls = number("calls")?;
        Ok(Self {
            per_second: calls / number("wall_us")? * 1e6,
            cpu: number("cpu_us")? / calls,
            rss_mib: number("peak_rss_kib")? / 1024.0,
            // a few are the harness's own
            allocations: (number("allocations")? / calls).round(),
            connections: number("connections")?,
        })
    }

    /// The median of every figure.
    pub(super) fn median(runs: &[Self]) -> Self {
        let of = |figure: fn(&Self) -> f64| median(runs.iter().map(figure).collect());
        Self {
            per_second: of(|run| run.per_second),
            cpu: of(|run| run.cpu),
            rss_mib: of(|run| run.rss_mib),
            allocations: of(|run| run.allocations),
            connections: of(|run| run.connections),
        }
    }
}

/// The middle one, or the mean of the two in the middle.
pub(super) fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    let half = figures.len() / 2;
    if figures.len() % 2 == 1 { figures[half] } else { f64::midpoint(figures[half - 1], figures[half]) }
}

/// The mock, in a process of its own; it ends with this value.
pub(super) struct Server {
    program: PathBuf,
    address: String,
    process: Child,
}

impl Server {
    pub(super) fn start(program: &Path) -> Outcome<Self> {
        let mut process = Command::new(program).arg("serve").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let mut address = String::new();
        BufReader::new(process.stdout.take().ok_or("the server has no output")?).read_line(&mut address)?;
        Ok(Self { program: program.to_owned(), address: address.trim().to_owned(), process })
    }

    /// Lets a new client make so many calls.
    pub(super) fn load(&self, side: &str, operation: &str, concurrency: u32, calls: u32) -> Outcome<Figures> {
        let (concurrency, calls) = (concurrency.to_string(), calls.to_string());
        Figures::read(&self.client(&["client", side, operation, &self.address, &concurrency, &calls])?)
    }

    /// The most bytes that so many calls in flight have taken.
    pub(super) fn in_flight(&self, operation: &str, calls: u64) -> Outcome<u64> {
        let line = self.client(&["inflight", operation, &self.address, &calls.to_string()])?;
        Ok(line["most_bytes"].as_u64().ok_or("the client says nothing of its memory")?)
    }

    fn client(&self, args: &[&str]) -> Outcome<Value> {
        let output = Command::new(&self.program).args(args).stderr(Stdio::inherit()).output()?;
        if !output.status.success() {
            return Err(format!("the client failed: {}", args.join(" ")).into());
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }

    /// Milliseconds from the start of a client to the answer of its first call.
    pub(super) fn first(&self, side: &str, operation: &str) -> Outcome<f64> {
        let mut command = Command::new(&self.program);
        let start = Instant::now();
        let mut client = command.args(["first", side, operation, &self.address]).stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        BufReader::new(client.stdout.take().ok_or("the client has no output")?).read_line(&mut line)?;
        let took = start.elapsed();
        if !client.wait()?.success() || line.trim() != "answered" {
            return Err(format!("the first call of {side} failed").into());
        }
        Ok(took.as_secs_f64() * 1000.0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, which is as good.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn the_median_is_the_middle_one() {
        assert!((median(vec![9.0, 1.0, 2.0]) - 2.0).abs() < f64::EPSILON);
        assert!((median(vec![1.0, 2.0, 4.0, 9.0]) - 3.0).abs() < f64::EPSILON);
    }
}
