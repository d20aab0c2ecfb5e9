//! The simulator with its state: what is done to a library shows in it afterwards.

use livecloud_core::{Category, FilePart, NoRetry, Pages};
use livecloud_sim::{Simulator, Vendor, demo};
use polyv_vod::callback::{Details, EventKind, Inbound, Verifier};
use polyv_vod::{
    Account, AddCategoryV3, Client, CreateChildPlaysafeToken, CreatePlaysafeToken, CreationOrder, DeleteCategoryV3,
    DeleteType, DeleteVideo, DeleteVideoV3, ErrorKind, GetCategoryV3, GetUploadToken, GetVideo, GetVideoInfo,
    GetVideoInfoV3, InitUpload, ListCategories, ListNewVideos, ListVideosV3, MoveVideosToCategory, SearchVideos,
    SetCoverImageUrl, UpdateCategoryProfileV3, UpdateCategoryV3, UpdateVideoCategoryV3, UploadCoverImage,
};

const VIDEO: &str = demo::POLYV_VOD_VIDEO;
const OTHER: &str = demo::POLYV_VOD_OTHER_VIDEO;

/// All that are documented.
const KINDS: [EventKind; 13] = [
    EventKind::Upload,
    EventKind::InvalidVideo,
    EventKind::AsyncUpload,
    EventKind::VideoSyncedFail,
    EventKind::Encode,
    EventKind::EncodeFailed,
    EventKind::TranscodeComplete,
    EventKind::Pass,
    EventKind::NoPass,
    EventKind::DeleteMediaComplete,
    EventKind::AiContentScanNotPassed,
    EventKind::CoursewareConvertComplete,
    EventKind::Snapshot,
];

async fn simulator() -> (Simulator, Client) {
    let sim = Simulator::builder().only(Vendor::PolyvVod).start().await.unwrap();
    let account = Account::sub(demo::POLYV_VOD_APP_ID, demo::POLYV_VOD_APP_SECRET)
        .with_main(demo::POLYV_VOD_USER_ID, demo::POLYV_VOD_SECRET_KEY);
    // nothing here waits for a retry: time is real
    let client = Client::builder(account).base_url(sim.base_url(Vendor::PolyvVod)).retry(NoRetry).build().unwrap();
    (sim, client)
}

#[tokio::test]
async fn a_category_is_created_renamed_filled_and_deleted() {
    let (_sim, client) = simulator().await;
    let id = client.call(AddCategoryV3::new("第二季").parent_id(demo::POLYV_VOD_CATEGORY)).await.unwrap().0;
    client.call(UpdateCategoryV3::new(&id, "第三季")).await.unwrap();
    client.call(UpdateCategoryProfileV3::new(&id).encrypt(true)).await.unwrap();
    let parent = client.call(GetCategoryV3::new(demo::POLYV_VOD_CATEGORY)).await.unwrap();
    assert!(parent.sub_categories.iter().any(|child| child.cate_name.as_deref() == Some("第三季")));

    client.call(UpdateVideoCategoryV3::new([VIDEO]).cate_id(&id)).await.unwrap();
    client.call(MoveVideosToCategory::new([OTHER], &id)).await.unwrap();
    let mut listed = Vec::new();
    let list = ListVideosV3::new().cate_id(&id).sort(CreationOrder::Desc).page_size(1);
    for video in Pages::new(&client, list).items().collect().await.unwrap() {
        listed.push(video.vid.unwrap());
    }
    assert_eq!(listed, [OTHER, VIDEO]);
    let tree = client.call(ListCategories::new()).await.unwrap().0;
    assert!(format!("{tree:?}").contains(&id));

    client.call(DeleteCategoryV3::new(&id)).await.unwrap();
    let error = client.call(GetCategoryV3::new(&id)).await.unwrap_err();
    assert_eq!((error.kind(), error.category()), (ErrorKind::Api, Some(Category::NotFound)));
}

#[tokio::test]
async fn a_deleted_video_is_gone_from_every_list() {
    let (_sim, client) = simulator().await;
    assert_eq!(client.call(GetVideo::new(VIDEO)).await.unwrap().0.unwrap().vid.as_deref(), Some(VIDEO));
    assert_eq!(client.call(GetVideoInfo::new([VIDEO, OTHER])).await.unwrap().0.len(), 2);
    client.call(DeleteVideoV3::new(VIDEO)).await.unwrap();
    client.call(DeleteVideo::new([OTHER]).delete_type(DeleteType::Permanent)).await.unwrap();

    let found = Pages::new(&client, SearchVideos::new()).items().collect().await.unwrap();
    assert!(!found.is_empty() && found.iter().all(|video| video.vid.as_deref() != Some(VIDEO)));
    let newest = Pages::new(&client, ListNewVideos::new()).items().collect().await.unwrap();
    assert!(newest.iter().all(|video| video.vid.as_deref() != Some(OTHER)));
    assert_eq!(client.call(GetVideoInfoV3::new([VIDEO])).await.unwrap().0, []);
    assert_eq!(client.call(GetVideo::new(OTHER)).await.unwrap().0, None);
}

#[tokio::test]
async fn an_upload_is_begun_gets_new_credentials_and_a_cover() {
    let (sim, client) = simulator().await;
    let begun = client.call(InitUpload::new(1024).title("片头").state("order-7")).await.unwrap();
    let vid = begun.vid.clone().unwrap();
    assert!(begun.credentials.token.is_some());
    assert!(client.call(GetUploadToken::new()).await.unwrap().access_key.is_some());
    let image = FilePart::new("cover.png", &b"\x89PNG"[..]);
    client.call(UploadCoverImage::new(image).vids([VIDEO])).await.unwrap();
    client.call(SetCoverImageUrl::new("http://img.example/c.png").vids([OTHER])).await.unwrap();
    assert_eq!(sim.video(&vid).unwrap()["title"], "片头");
}

#[tokio::test]
async fn a_viewers_token_is_handed_out_again_while_it_lives() {
    let (_sim, client) = simulator().await;
    let ask = CreatePlaysafeToken::new(VIDEO, "viewer-7").viewer_ip("203.0.113.7").expires(600);
    let first = client.call(&ask).await.unwrap();
    assert_eq!((first.ttl, first.viewer_ip.as_deref()), (Some(600_000), Some("203.0.113.7")));
    assert_eq!(client.call(&ask).await.unwrap().token.expose(), first.token.expose());
    let other = client.call(CreateChildPlaysafeToken::new(VIDEO, "viewer-8")).await.unwrap();
    assert_ne!(other.token.expose(), first.token.expose());
    assert_eq!(other.app_id.as_deref(), Some(demo::POLYV_VOD_APP_ID));
}

/// The addresses lead nowhere: what was sent is known all the same.
#[tokio::test]
async fn every_event_of_the_simulator_verifies_and_is_typed() {
    let (sim, _) = simulator().await;
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    sim.set_callback_url(Vendor::PolyvVod, &format!("http://{free}/hook")).unwrap();
    let verifier = Verifier::new(demo::POLYV_VOD_SECRET_KEY);
    for kind in KINDS {
        sim.callback(Vendor::PolyvVod, kind.as_str()).await.unwrap();
        let sent = sim.deliveries().pop().unwrap();
        let inbound = Inbound { uri: &sent.url, headers: &http::HeaderMap::new(), body: &sent.body };
        let event = verifier.verify(inbound, std::time::UNIX_EPOCH).unwrap().event().unwrap();
        assert_eq!(event.kind, kind, "{}", sent.url);
        assert_ne!(event.details(), Details::Unknown);
        assert_eq!(sent.method == "POST", !sent.url.contains("type="), "{}", sent.url);
    }
}
