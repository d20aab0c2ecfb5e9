//! The process of `record_channel_resume` is really killed, and another one really finds its recording.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use livecloud_sim::{Simulator, Vendor};

/// Built by `cargo test` beside this test.
fn example(role: &str, sim: &Simulator, row: &Path) -> Command {
    let test = std::env::current_exe().unwrap();
    let path = test.ancestors().nth(2).unwrap().join("examples/record_channel_resume");
    let path = path.with_extension(std::env::consts::EXE_EXTENSION);
    assert!(path.exists(), "{} is not there: `cargo test -p livecloud-examples` builds it", path.display());
    let mut command = Command::new(path);
    command.args([role, sim.base_url(Vendor::Anyrtc)]).arg(row).stdin(Stdio::null()).stdout(Stdio::piped());
    command
}

/// Dies with the test.
struct Process(Child);

impl Process {
    fn first_line(&mut self) -> String {
        let mut line = String::new();
        BufReader::new(self.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
        line
    }

    /// `SIGKILL`: it cannot be caught, so nothing is tidied up.
    fn kill(&mut self) {
        self.0.kill().unwrap();
        let status = self.0.wait().unwrap();
        #[cfg(unix)]
        assert_eq!(std::os::unix::process::ExitStatusExt::signal(&status), Some(9));
        assert!(!status.success());
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _gone = self.0.kill();
        let _reaped = self.0.wait();
    }
}

/// A file that is removed with the test.
struct Row(PathBuf);

impl Row {
    fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("livecloud-{name}-{}.json", std::process::id())))
    }
}

impl Drop for Row {
    fn drop(&mut self) {
        let _gone = std::fs::remove_file(&self.0);
    }
}

async fn simulator() -> Simulator {
    Simulator::builder().only(Vendor::Anyrtc).start().await.unwrap()
}

fn resume(sim: &Simulator, row: &Row) -> String {
    let Output { status, stdout, .. } = example("resume", sim, &row.0).output().unwrap();
    assert!(status.success(), "{status}");
    String::from_utf8(stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_killed_after_the_start_loses_nothing() {
    let (sim, row) = (simulator().await, Row::new("killed-after-start"));
    let mut first = Process(example("record", &sim, &row.0).spawn().unwrap());
    let line = first.first_line();
    let sid = line.strip_prefix("recording ").unwrap().trim();
    first.kill();

    let stored = std::fs::read_to_string(&row.0).unwrap();
    assert!(stored.contains(sid) && !stored.contains("secret key") && !stored.contains("access key"), "{stored}");
    let recordings = sim.recordings();
    assert_eq!((recordings.len(), recordings[0]["sid"].as_str()), (1, Some(sid)));
    assert_eq!(recordings[0]["stopped"], false, "it runs on without its process");

    let printed = resume(&sim, &row);
    let file = format!("{sid}_{}.m3u8", livecloud_sim::demo::ANYRTC_CNAME);
    assert_eq!(printed, format!("Stopped: {file}; everything stored: true\n"));
    let recordings = sim.recordings();
    assert_eq!((recordings.len(), &recordings[0]["stopped"]), (1, &true.into()), "the same one, and no other");
    sim.shutdown().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_killed_before_the_start_starts_once() {
    let (sim, row) = (simulator().await, Row::new("killed-before-start"));
    // The start never gets through to the vendor while the first process lives.
    sim.always("Start", livecloud_sim::Fault::Delay(std::time::Duration::from_secs(3600)));
    let mut first = Process(example("record", &sim, &row.0).spawn().unwrap());
    while !sim.requests().iter().any(|request| request.operation == Some("Start")) {
        tokio::task::yield_now().await;
    }
    first.kill();
    assert!(sim.recordings().is_empty() && row.0.exists());

    sim.clear_faults();
    let printed = resume(&sim, &row);
    assert!(printed.starts_with("Stopped: "), "{printed}");
    assert_eq!(sim.recordings().len(), 1);
    sim.shutdown().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_killed_before_the_sid_was_stored_makes_no_second_recording() {
    let (sim, row) = (simulator().await, Row::new("killed-within-start"));
    // The start takes effect, and its answer is still on its way.
    let drip = livecloud_sim::Fault::SlowDrip { bytes: 1, pause: std::time::Duration::from_secs(3600) };
    sim.next("Start", drip);
    let mut first = Process(example("record", &sim, &row.0).spawn().unwrap());
    while sim.recordings().is_empty() {
        tokio::task::yield_now().await;
    }
    first.kill();

    let printed = resume(&sim, &row);
    assert!(printed.contains("wait for a callback and claim it"), "{printed}");
    assert_eq!(sim.recordings().len(), 1, "the same one, and no other");
    sim.shutdown().await;
}
