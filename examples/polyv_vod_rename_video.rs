//! Renames a POLYV video; then what a video that is still uploading answers.

use std::time::Duration;

use livecloud::polyv_vod::{Account, Client, UpdateVideoInfoV3};
use livecloud_sim::{Simulator, Vendor, demo};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sim = Simulator::start().await?;
    // Against the real vendor: Client::new(Account::from_env()?)?
    let account = Account::sub(demo::POLYV_VOD_APP_ID, demo::POLYV_VOD_APP_SECRET);
    let client = Client::builder(account).base_url(sim.base_url(Vendor::PolyvVod)).build()?;

    let rename = UpdateVideoInfoV3::new(demo::POLYV_VOD_VIDEO).title("第一课 📹 a & b = c").tag("math,2026");
    let answer = client.call(rename).with_info().await?;
    println!("renamed, request {}", answer.info.request_id.unwrap_or_default());
    println!("the video is now: {}", sim.video(demo::POLYV_VOD_VIDEO).unwrap_or_default());

    // Refused before acting: the client waits and tries again, as long as the deadline allows.
    let rename = UpdateVideoInfoV3::new(demo::POLYV_VOD_UPLOADING_VIDEO).title("too early");
    let error = client.call(rename).deadline(Duration::from_secs(1)).await.expect_err("it is still uploading");
    println!("{error}");
    println!("category: {:?}, advice: {}", error.category(), error.advice().unwrap_or("none"));
    Ok(())
}
