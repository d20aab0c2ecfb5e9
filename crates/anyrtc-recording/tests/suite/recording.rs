//! The handle over the life of one recording: in memory, with paused time.

mod confirm;
mod faults;
mod resume;
mod start;
mod stop;
mod watch;
mod world;

use std::time::Duration;

use anyrtc_recording::recording::{Individual, Mix, Reserved};
use anyrtc_recording::{ChannelType, IndividualOutput, Recording, StartIndividual, StorageConfig, UidGroup};
use livecloud_core::test_util::{ReplayTransport, Step};

use crate::{acquire, client, mix};

const ACQUIRED: &str = r#"{"Code":200,"Body":{"resourceId":"r-1"}}"#;
const RENEWED: &str = r#"{"Code":200,"Body":{"resourceId":"r-2"}}"#;
const STARTED: &str = r#"{"Code":200,"Body":{"resourceId":"r-1","sid":"s-1"}}"#;

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// An answer to a query.
fn status(status: u32) -> Step {
    Step::json(format!(r#"{{"Code":200,"Body":{{"serverResponse":{{"status":"{status}"}}}}}}"#))
}

/// A business code under an HTTP status.
fn coded(http: u16, code: u32) -> Step {
    Step::reply(http, format!(r#"{{"Code":{http},"Body":{{"code":{code}}}}}"#))
}

fn not_found() -> Step {
    coded(404, 404)
}

/// A transport that first answers an acquire.
fn replay(steps: impl IntoIterator<Item = Step>) -> ReplayTransport {
    ReplayTransport::new(std::iter::once(Step::json(ACQUIRED)).chain(steps))
}

async fn reserved(transport: &ReplayTransport) -> Recording<Reserved> {
    Recording::acquire(&client(transport), acquire()).await.unwrap()
}

/// A mix that has been started; the transport's other steps are still to come.
async fn running(steps: impl IntoIterator<Item = Step>) -> (ReplayTransport, Recording<Mix>) {
    let transport = replay(std::iter::once(Step::json(STARTED)).chain(steps));
    let recording = reserved(&transport).await.start(mix()).await.unwrap();
    (transport, recording)
}

async fn individual(steps: impl IntoIterator<Item = Step>) -> Recording<Individual> {
    let transport = replay(std::iter::once(Step::json(STARTED)).chain(steps));
    reserved(&transport).await.start(pictures()).await.unwrap()
}

fn pictures() -> StartIndividual {
    let storage = StorageConfig::private("http://store.example/upload").file_name_prefix(["a"]);
    StartIndividual::new(ChannelType::Live, UidGroup::UpTo2, IndividualOutput::Files, storage)
}

/// The last parts of the paths that were called.
fn methods(transport: &ReplayTransport) -> Vec<String> {
    transport.requests().iter().map(|sent| sent.path().rsplit('/').next().unwrap_or_default().to_owned()).collect()
}
