//! Records a channel: acquire, start, confirm, change layout and subscription, watch, stop, print the files.

use std::time::Duration;

use livecloud::anyrtc_recording::recording::{Change, Files};
use livecloud::anyrtc_recording::{
    Account, Acquire, AliyunRegion, ChannelType, Client, Layout, LayoutRegion, Phase, Recording, StartMix,
    StorageConfig, Subscription, TranscodingConfig, Uids,
};
use livecloud_sim::{Simulator, Vendor, demo};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // So slow that the watch below has something to see.
    let sim = Simulator::builder().only(Vendor::Anyrtc).anyrtc_step(Duration::from_millis(1_400)).start().await?;
    // Against the real vendor: Client::new(Account::from_env()?)?
    let account = Account::new(demo::ANYRTC_APP_ID, demo::ANYRTC_CUSTOMER_ID, demo::ANYRTC_CUSTOMER_SECRET);
    let client = Client::builder(account).base_url(sim.base_url(Vendor::Anyrtc)).build()?;

    // Channel and uid are named here and nowhere else.
    let reserved = Recording::acquire(&client, Acquire::new(demo::ANYRTC_CNAME, demo::ANYRTC_UID)).await?;
    // Stored now, it is found again after a crash: see record_channel_resume.
    println!("to be stored: {:?}", reserved.snapshot().cname());

    let storage = StorageConfig::aliyun(AliyunRegion::CnBeijing, "bucket", "access key", "secret key")
        .file_name_prefix(["lessons", "2026"]);
    let mix = StartMix::new(ChannelType::Live, storage)
        .max_idle_time(300)
        .transcoding(TranscodingConfig::new(1280, 720, 15, 1200).layout(Layout::best_fit()));
    // Debug never shows the storage keys.
    println!("{mix:?}");
    let mut recording = reserved.start(mix).await?;
    println!("{recording:?}, probably into {:?}", recording.predicted_names());

    // Five seconds after the start, and then until status 4 or 5.
    let confirmed = recording.confirm().await?;
    println!("it records: {:?}", confirmed.phase());

    let halves = [LayoutRegion::new(0.0, 0.0, 0.5, 1.0), LayoutRegion::new(0.5, 0.0, 0.5, 1.0)];
    recording.update_layout(Layout::custom(halves).background_color("#202020")).await?;
    recording.update(Subscription::both(Uids::Everyone, Uids::except(["the cat"]))).await?;

    let mut watch = recording.watch().every(Duration::from_secs(1));
    while let Some(change) = watch.next().await {
        match change? {
            Change::Status(queried) => {
                println!("status {:?}, files so far: {:?}", queried.server_response.status, queried.files());
                if queried.phase() == Some(Phase::Running) && !queried.files().is_none() {
                    break;
                }
            }
            Change::Ended(end) => println!("{end}"),
            _ => {}
        }
    }

    let outcome = recording.stop().await?;
    match &outcome.files {
        Files::Told(_) => println!("{:?}; files: {:?}", outcome.ending, outcome.files.names().collect::<Vec<_>>()),
        Files::Seen(_) => println!("{:?}; files until now: {:?}", outcome.ending, outcome.files),
        _ => println!("{:?}; probably {:?}", outcome.ending, outcome.predicted),
    }
    println!("everything in the bucket: {}", outcome.is_complete());
    sim.shutdown().await;
    Ok(())
}
