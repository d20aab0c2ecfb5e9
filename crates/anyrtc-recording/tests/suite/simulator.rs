use std::time::Duration;

use anyrtc_recording::{
    Account, Acquire, AliyunRegion, AliyunVod, ChannelType, Class, Client, Delivery, FileList, IndividualOutput,
    Layout, LayoutRegion, Mode, Query, RenderMode, SnapshotConfig, Start, StartIndividual, StartMix, Stop,
    StorageConfig, Subscription, TranscodingConfig, UidGroup, Uids, Update, UpdateLayout, UploadingStatus, VideoData,
    codes,
};
use livecloud_sim::{Fault, Simulator, Vendor, demo};

use super::{CNAME, UID};

async fn simulator() -> Simulator {
    // Every status comes at once, so that no test has to wait.
    Simulator::builder().only(Vendor::Anyrtc).anyrtc_step(Duration::ZERO).without_quotas().start().await.unwrap()
}

fn client_of(sim: &Simulator, secret: &str) -> Client {
    let account = Account::new(demo::ANYRTC_APP_ID, demo::ANYRTC_CUSTOMER_ID, secret);
    Client::builder(account).base_url(sim.base_url(Vendor::Anyrtc)).build().unwrap()
}

fn client(sim: &Simulator) -> Client {
    client_of(sim, demo::ANYRTC_CUSTOMER_SECRET)
}

async fn acquire(client: &Client, cname: &str) -> String {
    client.call(Acquire::new(cname, UID).resource_expired_hour(24)).await.unwrap().resource_id
}

fn storage() -> StorageConfig {
    StorageConfig::aliyun(AliyunRegion::CnBeijing, "bucket", "access", "secret").file_name_prefix(["a", "b"])
}

/// A mix with everything that a mix can have.
fn full_mix(resource_id: &str, cname: &str) -> Start {
    let region = |x| LayoutRegion::new(x, 0.0, 0.5, 1.0).alpha(0.0).render_mode(RenderMode::Fit).uid("u 1");
    let layout = Layout::custom([region(0.0), region(0.5)]).background_color("#00ff7f");
    StartMix::new(ChannelType::Live, storage())
        .token("token")
        .decryption(anyrtc_recording::DecryptionMode::Aes128Ecb, "password")
        .subscription(Subscription::both(Uids::only(["1"]), Uids::except(["2", "3"])))
        .subscribe_uid_group(UidGroup::UpTo2)
        .video_stream_type(anyrtc_recording::VideoStreamType::Low)
        .audio_profile(anyrtc_recording::AudioProfile::Stereo192)
        .transcoding(TranscodingConfig::new(1280, 720, 15, 1200).layout(layout))
        .max_idle_time(u64::from(u32::MAX))
        .mp4()
        .on(resource_id, cname, UID)
}

#[tokio::test]
async fn a_mix_runs_from_acquire_to_stop() {
    let sim = simulator().await;
    let client = client(&sim);
    let resource_id = acquire(&client, CNAME).await;
    let sid = client.call(full_mix(&resource_id, CNAME)).await.unwrap().sid;

    let audio_only = Subscription::both(Uids::Everyone, Uids::except(["444", "555"]));
    let updated = client.call(Update::new(&resource_id, &sid, Mode::Mix, CNAME, UID, audio_only)).await.unwrap();
    assert_eq!(updated.sid.as_ref(), Some(&sid));
    let layout = Layout::vertical("1").background_color("#FF0000");
    client.call(UpdateLayout::new(&resource_id, &sid, CNAME, UID, layout)).await.unwrap();

    let queried = client.call(Query::new(&resource_id, &sid, Mode::Mix)).await.unwrap();
    assert_eq!(queried.phase(), Some(anyrtc_recording::Phase::Running), "{queried:?}");
    assert!(queried.server_response.slice_start_time_ms.is_some());

    let stopped = client.call(Stop::new(&resource_id, &sid, Mode::Mix, CNAME, UID)).await.unwrap();
    let names: Vec<_> = stopped.files().names().collect();
    assert_eq!(names, [format!("a/b/{sid}_{CNAME}.m3u8"), format!("a/b/{sid}_{CNAME}.mp4")]);
    assert_eq!(stopped.server_response.uploading_status, Some(UploadingStatus::Uploaded));

    let error = client.call(Stop::new(&resource_id, &sid, Mode::Mix, CNAME, UID)).await.unwrap_err();
    assert_eq!((Class::of(&error), error.code()), (Some(Class::AlreadyStopped), Some(&codes::ALREADY_STOPPED.into())));

    let recording = &sim.recordings()[0];
    assert_eq!(recording["layout"]["maxResolutionUid"], "1");
    assert_eq!(recording["streamSubscribe"]["audioUidList"]["subscribeAudioUids"][0], "#allstream#");
    assert_eq!(recording["clientRequest"]["storageConfig"]["accessKey"], "access");
}

#[tokio::test]
async fn individual_files_snapshots_and_vod_are_accepted() {
    let sim = simulator().await;
    let client = client(&sim);
    for output in [IndividualOutput::Files, IndividualOutput::Snapshots(SnapshotConfig::new().capture_interval(5))] {
        let has_files = output == IndividualOutput::Files;
        let cname = if has_files { "files" } else { "snapshots" };
        let resource_id = acquire(&client, cname).await;
        let start =
            StartIndividual::new(ChannelType::Live, UidGroup::UpTo2, output, storage()).on(&resource_id, cname, UID);
        let sid = client.call(start).await.unwrap().sid;
        let stopped = client.call(Stop::new(&resource_id, &sid, Mode::Individual, cname, UID)).await.unwrap();
        assert_eq!(matches!(stopped.files(), FileList::Items(_)), has_files, "{stopped:?}");
        assert_eq!(stopped.files().is_none(), !has_files);
    }
    let resource_id = acquire(&client, "vod").await;
    let video = VideoData::new("title").description("text").cover_url("http://x").cate_id("7").tags("a,b");
    let video = video.template_group_id("g").user_data("{}").storage_location("l").workflow_id("w");
    let vod = AliyunVod::new("cn-shanghai", "access", "secret", video);
    let sid = client.call(StartMix::new(ChannelType::Live, vod).on(&resource_id, "vod", UID)).await.unwrap().sid;
    let response = client.call(Query::new(&resource_id, &sid, Mode::Mix)).await.unwrap().server_response;
    let service = &response.extension_service_state[0];
    assert_eq!(service.service_name.as_deref(), Some("aliyun_vod_service"));
    assert_eq!(service.payload.state, Some(anyrtc_recording::ExtensionState::InProgress));
    assert!(service.payload.video_info[0].video_id.is_some());
    assert_eq!(
        response.sub_service_status.unwrap().recording_service,
        Some(anyrtc_recording::ServiceState::InProgress)
    );
}

#[tokio::test]
async fn the_bare_shape_of_answers_is_read_too() {
    let sim = Simulator::builder().only(Vendor::Anyrtc).anyrtc_bare().start().await.unwrap();
    let client = client(&sim);
    let resource_id = acquire(&client, CNAME).await;
    let sid = client.call(full_mix(&resource_id, CNAME)).await.unwrap().sid;
    let error = client.call(full_mix(&resource_id, CNAME)).await.unwrap_err();
    assert_eq!(Class::of(&error), Some(Class::AlreadyStarted));
    client.call(Stop::new(&resource_id, &sid, Mode::Mix, CNAME, UID)).await.unwrap();
    let error =
        client.call(Update::new(&resource_id, "other", Mode::Mix, CNAME, UID, Subscription::Audio(Uids::Everyone)));
    assert_eq!(Class::of(&error.await.unwrap_err()), Some(Class::HandleInvalid));
}

#[tokio::test]
async fn a_channel_and_uid_with_every_sign_arrive_unchanged() {
    let sim = simulator().await;
    let client = client(&sim);
    let cname = "a b!#$%&()+-:;<=.>?@[]^_{}|~,";
    let uid = "录制 🎉 +&=%#?/";
    let resource_id = client.call(Acquire::new(cname, uid)).await.unwrap().resource_id;
    let start = StartMix::new(ChannelType::Live, storage()).on(&resource_id, cname, uid);
    let sid = client.call(start).await.unwrap().sid;
    client.call(Stop::new(&resource_id, &sid, Mode::Mix, cname, uid)).await.unwrap();
    assert_eq!((&sim.recordings()[0]["cname"], &sim.recordings()[0]["uid"]), (&cname.into(), &uid.into()));
}

#[tokio::test]
async fn partly_backed_up_files_come_as_206_and_nothing_recorded_as_435() {
    let sim = simulator().await;
    let client = client(&sim);
    sim.set_uploading_status("backuped");
    let resource_id = acquire(&client, CNAME).await;
    let sid = client.call(full_mix(&resource_id, CNAME)).await.unwrap().sid;
    let answer = client.call(Stop::new(&resource_id, &sid, Mode::Mix, CNAME, UID)).with_info().await.unwrap();
    assert_eq!((answer.info.http_status.as_u16(), answer.output.is_partial()), (206, true));

    sim.set_publishers("silent", 0);
    let resource_id = acquire(&client, "silent").await;
    let sid = client.call(full_mix(&resource_id, "silent")).await.unwrap().sid;
    let error = client.call(Stop::new(&resource_id, &sid, Mode::Mix, "silent", UID)).await.unwrap_err();
    assert_eq!(Class::of(&error), Some(Class::NothingRecorded));
}

#[tokio::test]
async fn a_lost_answer_to_start_is_reported_and_not_hidden_by_a_repeat() {
    let sim = simulator().await;
    let client = client(&sim);
    let resource_id = acquire(&client, CNAME).await;
    sim.next("Start", Fault::DropAfterActing);
    let error = client.call(full_mix(&resource_id, CNAME)).await.unwrap_err();
    assert_eq!((error.delivery(), error.attempts()), (Delivery::Unknown, 1));
    assert_eq!(sim.recordings().len(), 1, "it did start");
    let error = client.call(full_mix(&resource_id, CNAME)).await.unwrap_err();
    assert_eq!(Class::of(&error), Some(Class::AlreadyStarted));
}

#[tokio::test]
async fn a_query_gets_through_a_gateway_page() {
    let sim = simulator().await;
    let client = client(&sim);
    let resource_id = acquire(&client, CNAME).await;
    let sid = client.call(full_mix(&resource_id, CNAME)).await.unwrap().sid;
    sim.next("Query", Fault::GatewayHtml);
    let answer = client.call(Query::new(&resource_id, &sid, Mode::Mix)).with_info().await.unwrap();
    assert_eq!(answer.info.attempts, 2);
}

#[tokio::test]
async fn a_wrong_secret_is_refused_by_an_independent_check() {
    let sim = simulator().await;
    let error = client_of(&sim, "wrong").call(Acquire::new(CNAME, UID)).await.unwrap_err();
    assert_eq!(Class::of(&error), Some(Class::Auth));
    assert!(error.is_auth());
    assert_eq!(sim.requests().len(), 1);
}
