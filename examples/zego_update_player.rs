//! Steers a ZEGO player: seek and volume, pause, switch the source; then what a broken rule and an unknown player look
//! like.

use livecloud::zego_cloud_player::{Account, Client, ErrorKind, UpdatePlayer, VideoOptions};
use livecloud_sim::{Simulator, Vendor, demo};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sim = Simulator::start().await?;
    // Against the real vendor: Client::new(Account::from_env()?)?
    let account = Account::new(demo::ZEGO_APP_ID, demo::ZEGO_SERVER_SECRET);
    let client = Client::builder(account).base_url(sim.base_url(Vendor::Zego)).build()?;
    let player = demo::ZEGO_PLAYER;

    // The sequence orders the updates of one player: keep it growing, also across restarts.
    client.call(UpdatePlayer::new(player, 100).seek_to(10).volume(150)).await?;
    client.call(UpdatePlayer::new(player, 101).pause()).await?;
    client.call(UpdatePlayer::new(player, 102).stream_url("https://media.example/part-2.mp4")).await?;
    println!("the player is now: {}", sim.player(player).unwrap_or_default());

    // All broken rules at once, and nothing is sent.
    let update = UpdatePlayer::new(player, 103).video_options(VideoOptions::pixels(0, 3001)).volume(201);
    let error = client.call(update).await.expect_err("three rules are broken");
    assert_eq!(error.kind(), ErrorKind::Invalid);
    for violation in error.violations() {
        println!("not sent: {violation}");
    }

    let error = client.call(UpdatePlayer::new("nobody", 1).resume()).await.expect_err("there is no such player");
    println!("{error}");
    println!("advice: {}", error.advice().unwrap_or("none"));
    Ok(())
}
