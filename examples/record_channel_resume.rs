//! Survives a crash: one process records a channel and is killed, another one takes the recording up and stops it.
//!
//! ```sh
//! cargo run --example record_channel_resume                          # both, against the simulator
//! cargo run --example record_channel_resume -- record BASE_URL ROW   # records until it is killed
//! cargo run --example record_channel_resume -- resume BASE_URL ROW   # takes it up and stops it
//! ```
//!
//! `ROW` is a file that stands for a row of your database: what is in it survives the process.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use livecloud::anyrtc_recording::recording::{Outcome, StartError};
use livecloud::anyrtc_recording::{
    Account, Acquire, AliyunRegion, ChannelType, Client, Recording, Resumed, Snapshot, StartMix, StorageConfig,
};
use livecloud_sim::{Simulator, Vendor, demo};

type Outcomes<T = ()> = Result<T, Box<dyn std::error::Error>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcomes {
    let args: Vec<_> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => both().await,
        ["record", base_url, row] => record(&client(base_url)?, Path::new(row)).await,
        ["resume", base_url, row] => resume(&client(base_url)?, Path::new(row)).await,
        _ => Err("usage: record_channel_resume [record|resume BASE_URL ROW]".into()),
    }
}

/// Against the real vendor: `Client::new(Account::from_env()?)`.
fn client(base_url: &str) -> Outcomes<Client> {
    let account = Account::new(demo::ANYRTC_APP_ID, demo::ANYRTC_CUSTOMER_ID, demo::ANYRTC_CUSTOMER_SECRET);
    Ok(Client::builder(account).base_url(base_url).build()?)
}

/// `UPDATE lessons SET recording = ? WHERE id = ?`: the old row or the new one, never half of one.
fn store(row: &Path, snapshot: &Snapshot) -> Outcomes {
    let new = row.with_extension("new");
    std::fs::write(&new, serde_json::to_string(snapshot)?)?;
    Ok(std::fs::rename(new, row)?)
}

/// The same for every start of this recording, also in another process. It comes from the configuration: keys do not
/// belong into the row.
fn mix() -> StartMix {
    let storage = StorageConfig::aliyun(AliyunRegion::CnBeijing, "bucket", "access key", "secret key");
    StartMix::new(ChannelType::Live, storage).max_idle_time(300)
}

async fn record(client: &Client, row: &Path) -> Outcomes {
    let reserved = Recording::acquire(client, Acquire::new(demo::ANYRTC_CNAME, demo::ANYRTC_UID)).await?;
    // Before the start: a crash between start and the next line that stores would leave a recording nobody knows of.
    store(row, &reserved.snapshot())?;
    let recording = reserved.start(mix()).await?;
    store(row, &recording.snapshot())?;
    println!("recording {}", recording.sid());
    recording.confirm().await?;
    let mut watch = recording.watch();
    while let Some(change) = watch.next().await {
        println!("{change:?}");
    }
    Ok(())
}

async fn resume(client: &Client, row: &Path) -> Outcomes {
    let snapshot: Snapshot = serde_json::from_str(&std::fs::read_to_string(row)?)?;
    let outcome = match Recording::resume(client, snapshot).await? {
        Resumed::Mix(recording) => recording.stop().await?,
        Resumed::Individual(recording) => recording.stop().await?,
        // Killed before the sid was stored. The same start again: it runs then, or it did run all the time.
        Resumed::Reserved(reserved) => match reserved.start(mix()).await {
            Ok(recording) => {
                store(row, &recording.snapshot())?;
                recording.stop().await?
            }
            Err(StartError::Lost { lost, error }) => {
                println!("{error}: wait for a callback and claim it; {lost:?}");
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        },
        Resumed::Ended(ended) => {
            println!("{}; files: probably {:?}", ended.end, ended.predicted);
            return Ok(());
        }
        other => return Err(format!("unknown to this example: {other:?}").into()),
    };
    print(&outcome);
    Ok(())
}

fn print(outcome: &Outcome) {
    let files: Vec<_> = outcome.files.names().collect();
    println!("{:?}: {}; everything stored: {}", outcome.ending, files.join(", "), outcome.is_complete());
}

/// The whole story in one run.
async fn both() -> Outcomes {
    let sim = Simulator::builder().only(Vendor::Anyrtc).start().await?;
    let base_url = sim.base_url(Vendor::Anyrtc).to_owned();
    let row = std::env::temp_dir().join(format!("livecloud-record-channel-{}.json", std::process::id()));

    let mut first =
        Command::new(std::env::current_exe()?).args(["record", &base_url]).arg(&row).stdout(Stdio::piped()).spawn()?;
    let stdout = first.stdout.take().ok_or("the first process has no output")?;
    // On a thread of its own: this one serves the simulator.
    let line = tokio::task::spawn_blocking(move || {
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line).map(|_| line)
    });
    print!("first process: {}", line.await??);
    first.kill()?;
    println!("first process: {}", first.wait()?);

    println!("second process:");
    resume(&client(&base_url)?, &row).await?;
    std::fs::remove_file(&row)?;
    let recordings = sim.recordings();
    assert_eq!((recordings.len(), &recordings[0]["stopped"]), (1, &true.into()));
    sim.shutdown().await;
    Ok(())
}
