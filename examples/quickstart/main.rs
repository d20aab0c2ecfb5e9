//! Ten calls at four clouds, one line each; then what a refused and a throttled call look like.
//!
//! Without arguments everything happens on this machine, against the embedded simulator.
//!
//! `--live` talks to the real vendors, and only to those whose ids are given:
//!
//! ```text
//! cargo run -p livecloud-examples --example quickstart -- --live \
//!     --zego-player ID --zego-sequence N \
//!     --vod-video VID --vod-title TEXT \
//!     --live-channel ID --live-account NUMBER --live-nickname TEXT --live-name TEXT \
//!     --record-channel CNAME --record-uid UID --record-store URL
//! ```
//!
//! Credentials come from the environment; what is missing is named. `--record-store` is the upload address of your own
//! HTTP store (vendor 100); for cloud storage see the example `record_channel`.

mod arguments;
mod calls;

use std::error::Error;
use std::process::ExitCode;

use livecloud::anyrtc_recording::{AliyunRegion, StorageConfig};
use livecloud::core::{NoRetry, Vendor};
use livecloud::zego_cloud_player::UpdatePlayer;
use livecloud::{anyrtc_recording, polyv_live, polyv_vod, zego_cloud_player};
use livecloud_sim::{Fault, Simulator, demo};

use arguments::Arguments;
use calls::{Channel, Player, Recorder, Video};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let done = match Arguments::read(std::env::args().skip(1)) {
        Ok(arguments) if arguments.live => live(&arguments).await,
        Ok(_) => simulated().await,
        Err(error) => Err(error.into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// All ten against the simulator.
async fn simulated() -> Result<(), Box<dyn Error>> {
    let sim = Simulator::start().await?;
    println!("ten calls at four simulated clouds:\n");

    let zego = zego_cloud_player::Account::new(demo::ZEGO_APP_ID, demo::ZEGO_SERVER_SECRET);
    let zego = client(zego, sim.base_url(livecloud_sim::Vendor::Zego))?;
    calls::zego(&zego, &Player { id: demo::ZEGO_PLAYER, sequence: 100 }).await?;

    let vod = polyv_vod::Account::sub(demo::POLYV_VOD_APP_ID, demo::POLYV_VOD_APP_SECRET);
    let vod = client(vod, sim.base_url(livecloud_sim::Vendor::PolyvVod))?;
    calls::polyv_vod(&vod, &Video { vid: demo::POLYV_VOD_VIDEO, title: "第一课 📹" }).await?;

    let live = polyv_live::Account::new(demo::POLYV_LIVE_APP_ID, demo::POLYV_LIVE_APP_SECRET);
    let live = client(live, sim.base_url(livecloud_sim::Vendor::PolyvLive))?;
    let channel =
        Channel {
            id: demo::POLYV_LIVE_CHANNEL, account: demo::POLYV_LIVE_ACCOUNT, nickname: "陈老师", name: "公开课"
        };
    calls::polyv_live(&live, &channel).await?;

    let anyrtc =
        anyrtc_recording::Account::new(demo::ANYRTC_APP_ID, demo::ANYRTC_CUSTOMER_ID, demo::ANYRTC_CUSTOMER_SECRET);
    let anyrtc = client(anyrtc, sim.base_url(livecloud_sim::Vendor::Anyrtc))?;
    let storage = StorageConfig::aliyun(AliyunRegion::CnBeijing, "bucket", "access key", "secret key");
    calls::anyrtc(&anyrtc, &Recorder { cname: demo::ANYRTC_CNAME, uid: demo::ANYRTC_UID, storage }).await?;

    println!("\na refused call:\n");
    let error = zego.call(UpdatePlayer::new("nobody", 1).pause()).await.expect_err("there is no such player");
    println!("  {error}");
    if let (Some(category), Some(advice)) = (error.category(), error.advice()) {
        println!("  {category:?}, {:?}; advice: {advice}", error.delivery());
    }

    println!("\na throttled call, first without and then with the client's patience:\n");
    sim.next_n(2, "UpdatePlayer", Fault::throttled());
    let update = UpdatePlayer::new(demo::ZEGO_PLAYER, 101).resume();
    let error = zego.call(&update).retry(NoRetry).await.expect_err("the simulator throttles it");
    println!("  {error}");
    let answer = zego.call(&update).with_info().await?;
    println!("  done after {} attempts and {:.1} s", answer.info.attempts, answer.info.elapsed.as_secs_f32());
    Ok(())
}

fn client<V: Vendor>(account: V, base_url: &str) -> Result<livecloud::core::Client<V>, livecloud::Error> {
    livecloud::core::Client::builder(account).base_url(base_url).build()
}

/// The vendors whose ids were given. Everything that can be missing is found before the first call.
async fn live(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let zego = match arguments.all(["zego-player", "zego-sequence"])? {
        Some([id, sequence]) => {
            let sequence = sequence.parse().map_err(|_| "--zego-sequence must be a number")?;
            Some((zego_cloud_player::Client::new(zego_cloud_player::Account::from_env()?)?, Player { id, sequence }))
        }
        None => None,
    };
    let vod = match arguments.all(["vod-video", "vod-title"])? {
        Some([vid, title]) => Some((polyv_vod::Client::new(polyv_vod::Account::from_env()?)?, Video { vid, title })),
        None => None,
    };
    let live = match arguments.all(["live-channel", "live-account", "live-nickname", "live-name"])? {
        Some([id, account, nickname, name]) => {
            let channel = Channel { id, account, nickname, name };
            Some((polyv_live::Client::new(polyv_live::Account::from_env()?)?, channel))
        }
        None => None,
    };
    let anyrtc = match arguments.all(["record-channel", "record-uid", "record-store"])? {
        Some([cname, uid, store]) => {
            let recorder = Recorder { cname, uid, storage: StorageConfig::private(store) };
            Some((anyrtc_recording::Client::new(anyrtc_recording::Account::from_env()?)?, recorder))
        }
        None => None,
    };

    println!("calls at real clouds:\n");
    if let Some((client, player)) = &zego {
        calls::zego(client, player).await?;
    }
    if let Some((client, video)) = &vod {
        calls::polyv_vod(client, video).await?;
    }
    if let Some((client, channel)) = &live {
        calls::polyv_live(client, channel).await?;
    }
    if let Some((client, recorder)) = &anyrtc {
        calls::anyrtc(client, recorder).await?;
    }
    Ok(())
}
