//! What a customer does every day, against the simulator.

use livecloud_core::wire::BeijingDate;
use livecloud_core::{Category, FilePart, NoRetry, Pages};
use livecloud_sim::{ManualClock, Simulator, Vendor, demo};
use polyv_live::callback::{CallbackError, Details, Event, EventKind, Inbound, StreamState, Verifier};
use polyv_live::{
    Account, AddBadwords, Client, CutoffStream, DownloadWhiteList, GetCallbackSetting, GetGlobalCallback,
    GetSessionStats, GetUserInfo, ImageType, ListChannelIds, ListChannelSessions, QueryLiveStatus, Rank, ResumeStream,
    SetStreamCallback, UpdateCallbackSetting, UpdateGlobalCallback, UploadImage,
};
use serde_json::json;

const CHANNEL: &str = demo::POLYV_LIVE_CHANNEL;
const NOW: u64 = 1_700_000_000_000;

async fn simulator() -> (Simulator, ManualClock, Client) {
    let clock = ManualClock::at_unix_millis(NOW);
    let sim = Simulator::builder().only(Vendor::PolyvLive).clock(clock.clone()).start().await.unwrap();
    let account = Account::new(demo::POLYV_LIVE_APP_ID, demo::POLYV_LIVE_APP_SECRET).user_id(demo::POLYV_LIVE_USER_ID);
    let client = Client::builder(account)
        .base_url(sim.base_url(Vendor::PolyvLive))
        .clock(livecloud_core::test_util::ManualClock::at(NOW))
        .retry(NoRetry)
        .build()
        .unwrap();
    (sim, clock, client)
}

#[tokio::test]
async fn a_stream_lives_is_cut_off_and_leaves_a_session_with_statistics() {
    let (sim, clock, client) = simulator().await;
    let state = async || client.call(QueryLiveStatus::new(CHANNEL)).await.unwrap();
    assert_eq!(state().await, StreamState::End);
    assert!(sim.set_live(CHANNEL, true));
    assert_eq!(state().await, StreamState::Live);
    clock.advance(std::time::Duration::from_secs(100));
    client.call(CutoffStream::new(CHANNEL)).await.unwrap();
    assert_eq!(state().await, StreamState::End);
    assert!(!sim.set_live(CHANNEL, true));
    client.call(ResumeStream::new(CHANNEL)).await.unwrap();
    assert!(sim.set_live(CHANNEL, true) && sim.set_live(CHANNEL, false));

    let list = ListChannelSessions::new(CHANNEL).start_date(BeijingDate::new(2023, 11, 15)).page_size(1);
    let sessions = Pages::new(&client, list).items().collect().await.unwrap();
    assert_eq!(sessions.len(), 2);
    let first = sessions[1].session_id.clone().unwrap();
    let stats = client.call(GetSessionStats::new(CHANNEL).session_ids([first.clone()])).await.unwrap();
    assert_eq!((stats.list.len(), stats.list[0].duration, &stats.list[0].session_id), (1, Some(100), &Some(first)));
    let error = client.call(GetSessionStats::new(CHANNEL).session_ids(["none"])).await.unwrap_err();
    assert_eq!(error.category(), Some(Category::NotFound));
}

#[tokio::test]
async fn callback_addresses_are_set_read_and_switched_off() {
    let (sim, _, client) = simulator().await;
    client.call(SetStreamCallback::new().url("https://h/s")).await.unwrap();
    let account = client.call(GetGlobalCallback::new()).await.unwrap();
    assert_eq!(account.stream_callback_url.as_deref(), Some("https://h/s"));
    let update = UpdateGlobalCallback::new().record_callback_url("https://h/r").record_callback_video_type(["mp4"]);
    client.call(update).await.unwrap();

    let setting = client.call(GetCallbackSetting::new(CHANNEL)).await.unwrap();
    assert!(setting.global_setting_enabled.unwrap().is_yes());
    client.call(UpdateCallbackSetting::of(CHANNEL, &setting).playback_callback_url("https://h/p")).await.unwrap();
    let setting = client.call(GetCallbackSetting::new(CHANNEL)).await.unwrap();
    let kept = [&setting.stream_callback_url, &setting.record_callback_url, &setting.playback_callback_url];
    assert_eq!(kept.map(|url| url.as_deref().unwrap()), ["https://h/s", "https://h/r", "https://h/p"]);
    assert!(!setting.global_setting_enabled.unwrap().is_yes());

    client.call(SetStreamCallback::new()).await.unwrap();
    assert_eq!(sim.live_account()["callbacks"].get("streamCallbackUrl"), None);
}

#[tokio::test]
async fn the_account_its_words_lists_and_pictures_are_there() {
    let (sim, _, client) = simulator().await;
    let info = client.call(GetUserInfo::new()).await.unwrap();
    assert_eq!(info.user_id.as_deref(), Some(demo::POLYV_LIVE_USER_ID));
    let ids = client.call(ListChannelIds::new()).await.unwrap().channels;
    assert_eq!(ids.len(), usize::try_from(info.total_channels.unwrap()).unwrap());
    assert!(ids.contains(&CHANNEL.to_owned()));

    let added = client.call(AddBadwords::new(["坏", "+&=%"]).channel_id(CHANNEL)).await.unwrap();
    assert_eq!((added.count, &sim.live_account()["badwords"][CHANNEL]), (Some(2), &json!(["坏", "+&=%"])));
    let file = client.call(DownloadWhiteList::new(Rank::Primary).channel_id(CHANNEL)).await.unwrap();
    assert!(file.content.ends_with(CHANNEL.as_bytes()));
    let missing = client.call(DownloadWhiteList::new(Rank::Primary).channel_id("99")).await.unwrap_err();
    assert_eq!(missing.category(), Some(Category::NotFound));

    let pictures = [FilePart::new("封 面.png", &b"\r\n--\x00\xff"[..]), FilePart::new("b.png", "b")];
    let addresses = client.call(UploadImage::new(ImageType::Cover, pictures)).await.unwrap();
    assert!(addresses[0].ends_with("/1/封 面.png") && addresses[1].ends_with("/2/b.png"));
}

#[tokio::test]
async fn whoever_names_another_user_is_refused() {
    let sim = Simulator::builder().only(Vendor::PolyvLive).start().await.unwrap();
    let account = Account::new(demo::POLYV_LIVE_APP_ID, demo::POLYV_LIVE_APP_SECRET).user_id("other");
    let client = Client::builder(account).base_url(sim.base_url(Vendor::PolyvLive)).retry(NoRetry).build().unwrap();
    for error in [
        client.call(ResumeStream::new(CHANNEL)).await.unwrap_err(),
        client.call(SetStreamCallback::new()).await.unwrap_err(),
        client.call(AddBadwords::new(["x"])).await.unwrap_err(),
    ] {
        assert_eq!((error.category(), error.message()), (Some(Category::Account), Some("userId is error")));
    }
}

/// The addresses lead nowhere: what was sent is known all the same.
#[tokio::test]
async fn every_event_of_the_simulator_verifies_and_is_typed() {
    let (sim, _, _) = simulator().await;
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    sim.set_callback_url(Vendor::PolyvLive, &format!("http://{free}/hook")).unwrap();
    let now = std::time::UNIX_EPOCH + std::time::Duration::from_millis(NOW);
    let verifier = Verifier::new(demo::POLYV_LIVE_APP_SECRET);
    for kind in EventKind::ALL.iter().take(9).filter(|kind| **kind != EventKind::SubtitleContent) {
        sim.callback(Vendor::PolyvLive, kind.name()).await.unwrap();
        let sent = sim.deliveries().pop().unwrap();
        let inbound = Inbound { uri: &sent.url, headers: &http::HeaderMap::new(), body: &sent.body };
        let event = match verifier.verify(inbound, now) {
            // the one without a documented signature
            Err(error) => {
                assert_eq!((*kind, error), (EventKind::RecordMergedMp4, CallbackError::Missing("sign")));
                Event::unverified(inbound).unwrap()
            }
            Ok(verified) => verified.event().unwrap(),
        };
        assert_eq!(event.kind, *kind, "{}", sent.url);
        assert!(!matches!(event.details(), Details::Undocumented));
        assert_eq!(sent.method == "POST", *kind == EventKind::AiPptVideo);
        assert_eq!(event.dedup_key().is_none(), *kind == EventKind::PointsQuery, "{kind:?}");
    }
}
