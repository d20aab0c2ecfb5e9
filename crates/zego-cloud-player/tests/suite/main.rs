//! Tests of the crate as its users see it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod callback;
mod callback_order;
mod calls;
mod checks;
mod http;
mod hygiene;
mod limits;
mod pages;
mod player;
mod players;
mod replies;
mod signing;
mod simulator;
mod uploads;
mod wire;

use livecloud_core::test_util::{ManualClock, ReplayTransport, SeededEntropy, Step};
use livecloud_core::{Operation, Validation};
use serde_json::Value;
use zego_cloud_player::{Account, AudioOptions, Client, Delivery, ErrorKind, UpdatePlayer, VideoOptions};

const SECRET: &str = "9193cc662a4c0ec135ec71fb57194b38";
const NOW_MS: u64 = 1_615_186_943_000;
const OK: &str = r#"{"Code":0,"Message":"succeed","RequestId":"abcd123"}"#;

fn account() -> Account {
    Account::new(12345, SECRET)
}

/// A client over a list of replies, with a clock that follows paused time.
fn client(transport: &ReplayTransport) -> Client {
    Client::builder(account())
        .transport(transport.clone())
        .clock(ManualClock::at(NOW_MS).ticking())
        .entropy(SeededEntropy::new(7))
        .build()
        .unwrap()
}

fn ok() -> ReplayTransport {
    ReplayTransport::always(Step::json(OK))
}

/// A client that is answered with that.
fn answered(reply: &str) -> (Client, ReplayTransport) {
    let transport = ReplayTransport::always(Step::json(reply.to_owned()));
    (client(&transport), transport)
}

/// What a call of that operation sends as its body.
async fn body_of(operation: impl Operation<Vendor = Account>) -> Value {
    let name = operation.meta().name;
    // The content does not matter: the request does.
    let (client, transport) = answered(r#"{"Code":0,"Data":{"PlayerId":"p","UploadTaskId":"u"}}"#);
    client.call(operation).await.unwrap();
    let sent = &transport.requests()[0];
    assert_eq!((sent.path(), sent.query("Action").as_deref()), ("/", Some(name)));
    assert_eq!(sent.request().method(), "POST");
    sent.json()
}

/// `(path, rule id)` of every violation; empty when the request was sent.
async fn broken<O: Operation<Vendor = Account>>(operation: O, validation: Validation) -> Vec<(String, &'static str)> {
    let (client, transport) = answered(r#"{"Code":0,"Data":{"PlayerId":"p","UploadTaskId":"u"}}"#);
    let outcome = client.call(operation).validation(validation).await;
    let sent = transport.requests().len();
    match outcome {
        Ok(_) => {
            assert_eq!(sent, 1);
            Vec::new()
        }
        Err(error) => {
            assert_eq!((sent, error.kind(), error.delivery()), (0, ErrorKind::Invalid, Delivery::NotSent));
            error.violations().iter().map(|violation| (violation.path.clone(), violation.id)).collect()
        }
    }
}

/// An address of that length.
fn url(bytes: usize) -> String {
    let start = "https://host/";
    start.to_owned() + &"a".repeat(bytes - start.len())
}

/// The request of the vendor's page.
fn documented_sample() -> UpdatePlayer {
    UpdatePlayer::new("player_1", 100)
        .stream_url("https://xxx.com/video/test111.mp4")
        .backup_stream_url("")
        .video_options(VideoOptions::pixels(360, 640).video_bitrate(1200))
        .audio_options(AudioOptions::new().audio_bitrate(48).volume(150))
        .seek_to(10)
        .pause()
        .repeat_times(1)
}
