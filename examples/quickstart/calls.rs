//! The ten calls, the same for simulated and real clouds.

use std::fmt::Display;

use livecloud::anyrtc_recording::{
    self, Acquire, ChannelType, Layout, Mode, Query, StartMix, Stop, StorageConfig, Subscription, Uids, Update,
    UpdateLayout,
};
use livecloud::core::{Answer, Error};
use livecloud::polyv_live::{self, BasicSetting, UpdateChannelAccount, UpdateChannelBasic};
use livecloud::polyv_vod::{self, UpdateVideoInfoV3};
use livecloud::zego_cloud_player::{self, UpdatePlayer};

pub struct Player<'a> {
    pub id: &'a str,
    pub sequence: u64,
}

pub struct Video<'a> {
    pub vid: &'a str,
    pub title: &'a str,
}

pub struct Channel<'a> {
    pub id: &'a str,
    pub account: &'a str,
    pub nickname: &'a str,
    pub name: &'a str,
}

pub struct Recorder<'a> {
    pub cname: &'a str,
    pub uid: &'a str,
    pub storage: StorageConfig,
}

pub async fn zego(client: &zego_cloud_player::Client, player: &Player<'_>) -> Result<(), Error> {
    let update = UpdatePlayer::new(player.id, player.sequence).seek_to(10).volume(150);
    let answer = client.call(update).with_info().await?;
    tell("ZEGO", "UpdatePlayer", &answer, format_args!("{} plays from 10 s at 150 % volume", player.id));
    Ok(())
}

pub async fn polyv_vod(client: &polyv_vod::Client, video: &Video<'_>) -> Result<(), Error> {
    let answer = client.call(UpdateVideoInfoV3::new(video.vid).title(video.title)).with_info().await?;
    tell("POLYV VOD", "UpdateVideoInfoV3", &answer, format_args!("the video is now called {}", video.title));
    Ok(())
}

pub async fn polyv_live(client: &polyv_live::Client, channel: &Channel<'_>) -> Result<(), Error> {
    let role = UpdateChannelAccount::new(channel.id, channel.account).nickname(channel.nickname);
    let answer = client.call(role).with_info().await?;
    tell(
        "POLYV Live",
        "UpdateChannelAccount",
        &answer,
        format_args!("role {} is {}", channel.account, channel.nickname),
    );

    let basic = UpdateChannelBasic::new(channel.id).basic_setting(BasicSetting::new().name(channel.name));
    let answer = client.call(basic).with_info().await?;
    tell(
        "POLYV Live",
        "UpdateChannelBasic",
        &answer,
        format_args!("channel {} is called {}", channel.id, channel.name),
    );
    Ok(())
}

pub async fn anyrtc(client: &anyrtc_recording::Client, recorder: &Recorder<'_>) -> Result<(), Error> {
    let Recorder { cname, uid, storage } = recorder;
    let answer = client.call(Acquire::new(*cname, *uid)).with_info().await?;
    tell("anyRTC", "Acquire", &answer, "a resource id, good for one recording within 5 minutes");
    let resource_id = answer.output.resource_id;

    let start = StartMix::new(ChannelType::Communication, storage.clone()).on(&resource_id, *cname, *uid);
    let answer = client.call(start).with_info().await?;
    tell("anyRTC", "Start", &answer, format_args!("recording {cname} as {}", answer.output.sid));
    let sid = answer.output.sid.clone();

    // From here on the recording runs: whatever goes wrong, it is stopped.
    let watched = watch(client, recorder, &resource_id, &sid).await;
    let answer = client.call(Stop::new(&resource_id, &sid, Mode::Mix, *cname, *uid)).with_info().await?;
    let files: Vec<_> = answer.output.files().names().collect();
    tell("anyRTC", "Stop", &answer, format_args!("files: {}", files.join(", ")));
    watched
}

async fn watch(
    client: &anyrtc_recording::Client,
    recorder: &Recorder<'_>,
    resource_id: &str,
    sid: &str,
) -> Result<(), Error> {
    let (cname, uid) = (recorder.cname, recorder.uid);
    let subscription = Subscription::both(Uids::Everyone, Uids::except(["444"]));
    let answer = client.call(Update::new(resource_id, sid, Mode::Mix, cname, uid, subscription)).with_info().await?;
    tell("anyRTC", "Update", &answer, "everybody's sound, everybody's picture but one");

    let layout = UpdateLayout::new(resource_id, sid, cname, uid, Layout::best_fit());
    let answer = client.call(layout).with_info().await?;
    tell("anyRTC", "UpdateLayout", &answer, "pictures side by side");

    let answer = client.call(Query::new(resource_id, sid, Mode::Mix)).with_info().await?;
    let phase = answer.output.phase().map_or_else(|| "unknown".to_owned(), |phase| format!("{phase:?}").to_lowercase());
    tell("anyRTC", "Query", &answer, format_args!("the recording is {phase}"));
    Ok(())
}

/// One line: who, what, what came of it, how long it took.
fn tell<T>(vendor: &str, operation: &str, answer: &Answer<T>, outcome: impl Display) {
    let millis = answer.info.elapsed.as_secs_f64() * 1000.0;
    println!("  {vendor:<11}{operation:<21} ok  {millis:>7.1} ms  {outcome}");
}
