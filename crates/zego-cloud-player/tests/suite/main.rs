//! Tests of the crate as its users see it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod callback;
mod calls;
mod checks;
mod http;
mod hygiene;
mod replies;
mod signing;
mod simulator;
mod wire;

use livecloud_core::test_util::{ManualClock, ReplayTransport, SeededEntropy, Step};
use zego_cloud_player::{Account, AudioOptions, Client, UpdatePlayer, VideoOptions};

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
