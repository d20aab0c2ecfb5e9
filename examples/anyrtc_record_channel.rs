//! Records a channel: acquire, start, watch until it runs, change the layout, stop, list the files; then what a second
//! stop answers.

use std::time::Duration;

use livecloud::anyrtc_recording::{
    Account, Acquire, AliyunRegion, ChannelType, Class, Client, Layout, LayoutRegion, Mode, Phase, Query, StartMix,
    Stop, StorageConfig, TranscodingConfig, UpdateLayout,
};
use livecloud_sim::{Simulator, Vendor, demo};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sim = Simulator::start().await?;
    // Against the real vendor: Client::new(Account::from_env()?)?
    let account = Account::new(demo::ANYRTC_APP_ID, demo::ANYRTC_CUSTOMER_ID, demo::ANYRTC_CUSTOMER_SECRET);
    let client = Client::builder(account).base_url(sim.base_url(Vendor::Anyrtc)).build()?;
    let (cname, uid) = (demo::ANYRTC_CNAME, demo::ANYRTC_UID);

    // A resource id serves one recording and must be used within five minutes: acquire just before the start.
    let resource_id = client.call(Acquire::new(cname, uid)).await?.resource_id;
    let storage = StorageConfig::aliyun(AliyunRegion::CnBeijing, "bucket", "access key", "secret key")
        .file_name_prefix(["lessons", "2026"]);
    let start = StartMix::new(&resource_id, cname, uid, ChannelType::Live, storage)
        .max_idle_time(300)
        .transcoding(TranscodingConfig::new(1280, 720, 15, 1200).layout(Layout::best_fit()));
    // Debug never shows the storage keys.
    println!("{start:?}");
    // Not repeated after a lost answer: `error.delivery()` then says whether a recording may be running.
    let sid = client.call(start).await?.sid;
    println!("recording {sid}");

    loop {
        let phase = client.call(Query::new(&resource_id, &sid, Mode::Mix)).await?.phase();
        println!("phase: {phase:?}");
        if phase == Some(Phase::Running) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
    }

    let halves = [LayoutRegion::new(0.0, 0.0, 0.5, 1.0), LayoutRegion::new(0.5, 0.0, 0.5, 1.0)];
    client.call(UpdateLayout::new(&resource_id, &sid, cname, uid, Layout::custom(halves))).await?;

    let stop = Stop::new(&resource_id, &sid, Mode::Mix, cname, uid);
    let stopped = client.call(&stop).await?;
    println!("files: {:?}, all in the bucket: {}", stopped.files().names().collect::<Vec<_>>(), !stopped.is_partial());

    let error = client.call(&stop).await.expect_err("it is stopped already");
    println!("{error}\nclass: {:?}", Class::of(&error));
    Ok(())
}
