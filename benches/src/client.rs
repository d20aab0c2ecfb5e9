//! The measured process: so many calls, so many at a time, by one side.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::job::Job;
use crate::server::{CONNECTIONS, SLOW};
use crate::sides::{Side, Visitor, visit};
use crate::{Outcome, count};

#[derive(Debug, Clone, Copy)]
pub(crate) struct Load {
    pub(crate) concurrency: u64,
    pub(crate) calls: u64,
}

/// Prints the figures of one run as one line of JSON.
pub(crate) async fn measure(side: &str, job: Job, address: &str, load: Load) -> Outcome {
    visit(side, job, address, Measure { address, load }).await
}

/// Prints a line as soon as the first call has been answered: the parent has the stopwatch.
pub(crate) async fn first(side: &str, job: Job, address: &str) -> Outcome {
    visit(side, job, address, First).await
}

/// Prints how much memory calls in flight take.
pub(crate) async fn in_flight(job: Job, address: &str, calls: u64) -> Outcome {
    let address = format!("{address}{SLOW}");
    visit("sdk", job, &address, InFlight { calls }).await
}

struct Measure<'a> {
    address: &'a str,
    load: Load,
}

impl Visitor for Measure<'_> {
    async fn visit<S: Side>(self, side: S) -> Outcome {
        let side = Arc::new(side);
        let Load { concurrency, calls } = self.load;
        let connections = connections(self.address)?;
        drive(&side, Load { concurrency, calls: calls / 5 }).await?;
        let (allocations, cpu, start) = (count::allocations(), cpu()?, Instant::now());
        drive(&side, self.load).await?;
        let (wall, used) = (start.elapsed(), self::cpu()?.saturating_sub(cpu));
        let allocations = count::allocations() - allocations;
        let figures = serde_json::json!({
            "calls": calls,
            "wall_us": micros(wall),
            "cpu_us": micros(used),
            "allocations": allocations,
            "peak_rss_kib": peak_rss()?,
            "connections": self::connections(self.address)? - connections,
        });
        println!("{figures}");
        Ok(())
    }
}

struct First;

impl Visitor for First {
    async fn visit<S: Side>(self, side: S) -> Outcome {
        side.call().await?;
        println!("answered");
        Ok(())
    }
}

struct InFlight {
    calls: u64,
}

impl Visitor for InFlight {
    async fn visit<S: Side>(self, side: S) -> Outcome {
        let side = Arc::new(side);
        // the client's own memory, of which the first call asks for most
        side.call().await?;
        let before = count::live_bytes();
        let mut calls = JoinSet::new();
        for _ in 0..self.calls {
            let side = Arc::clone(&side);
            calls.spawn(async move { side.call().await });
        }
        let mut most = 0;
        while let Some(done) = calls.join_next().await {
            most = most.max(count::live_bytes() - before);
            done??;
        }
        println!("{}", serde_json::json!({ "calls": self.calls, "most_bytes": most, "peak_rss_kib": peak_rss()? }));
        Ok(())
    }
}

async fn drive<S: Side>(side: &Arc<S>, load: Load) -> Outcome {
    let mut workers = JoinSet::new();
    for worker in 0..load.concurrency {
        let share = load.calls / load.concurrency + u64::from(worker < load.calls % load.concurrency);
        let side = Arc::clone(side);
        workers.spawn(async move {
            for _ in 0..share {
                side.call().await?;
            }
            Outcome::Ok(())
        });
    }
    while let Some(ended) = workers.join_next().await {
        ended??;
    }
    Ok(())
}

/// What the processor has done for this process so far.
fn cpu() -> Outcome<Duration> {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Ok(Duration::new(time.tv_sec.try_into()?, time.tv_nsec.try_into()?))
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

/// The most memory this process has had, in KiB.
fn peak_rss() -> Outcome<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    Ok(line.trim_end_matches("kB").trim().parse()?)
}

/// How many connections have carried calls to the server so far. By hand, so that nothing is shared with any side.
fn connections(address: &str) -> Outcome<u64> {
    let host = address.strip_prefix("http://").ok_or("the address is not http")?;
    let mut stream = TcpStream::connect(host)?;
    write!(stream, "GET {CONNECTIONS} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n")?;
    let mut reply = String::new();
    stream.read_to_string(&mut reply)?;
    Ok(reply.rsplit("\r\n").next().unwrap_or_default().parse()?)
}
