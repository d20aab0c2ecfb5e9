//! The real binary, run as users run it, against simulators on loopback.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod callbacks;
mod calls;
mod documents;
mod dry_run;
mod failures;
mod operations;
mod raw;
mod simulate;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use livecloud_sim::{Simulator, Vendor, demo as world};
use serde_json::Value;

/// Every variable that holds a credential.
const VARIABLES: [&str; 16] = [
    "ZEGO_APP_ID",
    "ZEGO_SERVER_SECRET",
    "ZEGO_CALLBACK_SECRET",
    "POLYV_LIVE_APP_ID",
    "POLYV_LIVE_APP_SECRET",
    "POLYV_LIVE_USER_ID",
    "POLYV_VOD_APP_ID",
    "POLYV_VOD_APP_SECRET",
    "POLYV_VOD_USER_ID",
    "POLYV_VOD_SECRET_KEY",
    "POLYV_VOD_WRITE_TOKEN",
    "POLYV_VOD_READ_TOKEN",
    "ANYRTC_APP_ID",
    "ANYRTC_CUSTOMER_ID",
    "ANYRTC_CUSTOMER_SECRET",
    "ANYRTC_CALLBACK_SECRET",
];

/// Every vendor: what the command line calls it, and what the simulator does.
const VENDORS: [(&str, Vendor); 4] = [
    ("zego-cloud-player", Vendor::Zego),
    ("polyv-vod", Vendor::PolyvVod),
    ("polyv-live", Vendor::PolyvLive),
    ("anyrtc-recording", Vendor::Anyrtc),
];

/// The binary, without the credentials of whoever runs the tests.
fn bare(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_livecloud"));
    for name in VARIABLES {
        command.env_remove(name);
    }
    command.args(arguments).stdin(Stdio::null());
    command
}

/// The binary with the credentials of the demo world.
fn demo(arguments: &[&str]) -> Command {
    let mut command = bare(arguments);
    command.args(["--env-file".as_ref(), demo_env().as_os_str()]);
    command
}

/// An env file, as the binary itself prints it.
fn demo_env() -> PathBuf {
    file("demo.env", &done(bare(&["simulate", "--print-env"])).stdout)
}

/// A file for one test process. Tests run at the same time, in one process or in several.
fn file(name: &str, content: &str) -> PathBuf {
    use std::sync::atomic::{AtomicU32, Ordering};
    static COUNT: AtomicU32 = AtomicU32::new(0);

    let unique = format!("{}-{}-{name}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(unique);
    std::fs::write(&path, content).unwrap();
    path
}

/// How a run ended.
#[derive(Debug)]
struct Ended {
    code: i32,
    stdout: String,
    stderr: String,
}

impl Ended {
    fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    fn json_error(&self) -> Value {
        assert_eq!(self.stderr.trim_end().lines().count(), 1, "{self:?}");
        serde_json::from_str(&self.stderr).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The one line that tells what went wrong.
    fn line(&self) -> &str {
        assert_eq!(self.stdout, "", "{self:?}");
        let line = self.stderr.strip_suffix('\n').unwrap();
        assert!(!line.contains('\n') && line.starts_with("livecloud: "), "{self:?}");
        line
    }
}

fn run(mut command: Command) -> Ended {
    ended(command.output().unwrap())
}

fn run_with_stdin(mut command: Command, stdin: &str) -> Ended {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(stdin.as_bytes()).unwrap();
    ended(child.wait_with_output().unwrap())
}

/// Runs what must succeed.
fn done(command: Command) -> Ended {
    let ended = run(command);
    assert_eq!(ended.code, 0, "{ended:?}");
    ended
}

fn ended(output: Output) -> Ended {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ended { code: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// All four vendors, whose recordings do not wait.
async fn simulator() -> Simulator {
    Simulator::builder().anyrtc_step(Duration::ZERO).start().await.unwrap()
}

/// A file with the operation's sample input.
fn sample(operation: &str) -> String {
    let input = world::inputs().remove(operation).unwrap_or_else(|| panic!("{operation} has no sample input"));
    // other tests may write the same one at this moment
    let path = format!("{}/{operation}-{}.json", env!("CARGO_TARGET_TMPDIR"), std::process::id());
    std::fs::write(&path, input.to_string()).unwrap();
    path
}
