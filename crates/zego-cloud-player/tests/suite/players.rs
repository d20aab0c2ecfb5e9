use livecloud_core::test_util::{ReplayTransport, Step};
use livecloud_core::{Category, TransportErrorKind};
use serde_json::json;
use zego_cloud_player::{
    AudioCodec, AudioOptions, CreateAudioOptions, CreatePlayer, CreateVideoOptions, DeletePlayer, Delivery,
    DescribePlayers, DestroyReason, ErrorKind, ExtensionParam, PlayerSource, PlayerStatus, RenderMode, SoundChannel,
    StreamData, UpdatePlayer, VideoCodec, VideoOptions, VideoSize, codes,
};

use super::{OK, answered, body_of, broken, client};

/// The request of the vendor's page.
fn create_sample() -> CreatePlayer {
    let source = PlayerSource::single("https://xxx.com/video/test.mp4").backup("");
    let picture = CreateVideoOptions::sized(VideoSize::pixels(360, 640))
        .video_bitrate(600)
        .video_codec(VideoCodec::H264)
        .fps(15)
        .render_mode(RenderMode::Crop);
    let sound = CreateAudioOptions::new()
        .audio_codec(AudioCodec::HeAac)
        .audio_bitrate(48)
        .sound_channel(SoundChannel::Mono)
        .volume(100);
    CreatePlayer::new(source, "room_12")
        .stream_id("stream")
        .player_name("player_1")
        .video_options(picture)
        .audio_options(sound)
        .play_time(0)
        .repeat_times(1)
        .seek_to(0)
        .max_idle_time(30)
        .stream_data(StreamData::every_ms(1000))
}

const CREATED: &str = r#"{"Code":0,"Message":"succeed","RequestId":"abcd123","Data":{"PlayerId":"XXXXXXXXXXXX","RoomId":"room_12","StreamId":"stream","CreateTime":1681221508}}"#;

const LISTED: &str = r#"{"Code":0,"Message":"succeed","RequestId":"abcd123","Data":{"TotalSize":1,"NextPageToken":"","Players":[{"PlayerId":"player_1","RoomId":"room_12","StreamId":"stream","CreateTime":1681221508,"PlayTime":1681221508,"PlayerName":"player_1","StreamUrl":"https://xxx.com/video/test.mp4","Status":4,"DestroyReason":1,"StreamUrlList":[],"PlayIndex":0}]}}"#;

#[tokio::test]
async fn the_documented_creation_is_produced_exactly() {
    assert_eq!(
        body_of(create_sample()).await,
        json!({
            "StreamUrl": "https://xxx.com/video/test.mp4", "BackupStreamUrl": "", "RoomId": "room_12",
            "StreamId": "stream", "PlayerName": "player_1",
            "VideoOptions": {"Width": 360, "Height": 640, "VideoBitrate": 600, "VideoCodec": 0, "Fps": 15, "RenderMode": 1},
            "AudioOptions": {"AudioCodec": 1, "AudioBitrate": 48, "SoundChannel": 1, "Volume": 100},
            "PlayTime": 0, "RepeatTimes": 1, "SeekTo": 0, "MaxIdleTime": 30,
            "StreamData": {"Enable": 1, "Interval": 1000}
        })
    );
}

#[tokio::test]
async fn a_source_and_a_room_are_all_that_a_player_needs() {
    let single = CreatePlayer::new("https://a/1.mp4", "r");
    assert_eq!(body_of(single).await, json!({"StreamUrl": "https://a/1.mp4", "RoomId": "r"}));
    let playlist = CreatePlayer::new(PlayerSource::playlist(["https://a/1.mp4", "https://a/2.mp4"]), "r");
    let sent = body_of(playlist).await;
    assert_eq!(sent, json!({"StreamUrlList": ["https://a/1.mp4", "https://a/2.mp4"], "RoomId": "r"}));
}

#[tokio::test]
async fn all_fields_of_a_creation_are_sent_under_the_vendors_names() {
    let all = CreatePlayer::new(PlayerSource::single("https://a/1").backup("https://b/1"), "r")
        .stream_id("s")
        .player_name("片头")
        .video_options(
            CreateVideoOptions::sized(VideoSize::AudioOnly)
                .short_edge(720)
                .video_bitrate(1)
                .video_codec(VideoCodec::H265)
                .fps(30)
                .render_mode(RenderMode::Fit),
        )
        .audio_options(
            CreateAudioOptions::new()
                .audio_codec(AudioCodec::Opus)
                .audio_bitrate(192)
                .sound_channel(SoundChannel::Stereo)
                .volume(0),
        )
        .play_time(1_615_186_943)
        .repeat_times(-1)
        .seek_to(7)
        .max_idle_time(3000)
        .stream_data(StreamData::every_ms(500))
        .extension_params([ExtensionParam::new("k", "v")])
        .room_user_update(true)
        .delay_destroy_seconds(3600);
    let expected = json!({
        "StreamUrl": "https://a/1", "BackupStreamUrl": "https://b/1", "RoomId": "r", "StreamId": "s",
        "PlayerName": "片头",
        "VideoOptions": {
            "Width": 1, "Height": 1, "ShortEdge": 720, "VideoBitrate": 1, "VideoCodec": 3, "Fps": 30, "RenderMode": 0
        },
        "AudioOptions": {"AudioCodec": 6, "AudioBitrate": 192, "SoundChannel": 2, "Volume": 0},
        "PlayTime": 1_615_186_943, "RepeatTimes": -1, "SeekTo": 7, "MaxIdleTime": 3000,
        "StreamData": {"Enable": 1, "Interval": 500}, "ExtensionParams": [{"Key": "k", "Value": "v"}],
        "RoomUserUpdate": 1, "DelayDestroySeconds": 3600
    });
    assert_eq!(body_of(all.clone()).await, expected);
    assert_eq!(serde_json::from_value::<CreatePlayer>(expected).unwrap(), all);
}

#[tokio::test]
async fn a_created_player_is_told_by_its_id() {
    let (client, _) = answered(CREATED);
    let answer = client.call(create_sample()).with_info().await.unwrap();
    let created = answer.output;
    assert_eq!((created.player_id.as_str(), created.create_time), ("XXXXXXXXXXXX", Some(1_681_221_508)));
    assert_eq!((created.room_id.as_deref(), created.stream_id.as_deref()), (Some("room_12"), Some("stream")));
    assert_eq!(answer.info.request_id.as_deref(), Some("abcd123"));

    let (client, _) = answered(r#"{"Code":0,"Data":{"PlayerId":7,"CreateTime":"1681221508","New":[]}}"#);
    let created = client.call(create_sample()).await.unwrap();
    assert_eq!((created.player_id.as_str(), created.create_time), ("7", Some(1_681_221_508)));
}

#[tokio::test]
async fn a_success_without_the_id_is_unreadable_and_keeps_its_request_id() {
    for data in ["", r#","Data":null"#, r#","Data":{}"#, r#","Data":{"PlayerId":null}"#] {
        let (client, transport) = answered(&format!(r#"{{"Code":0,"RequestId":"r1"{data}}}"#));
        let error = client.call(create_sample()).await.unwrap_err();
        assert_eq!((error.kind(), error.request_id()), (ErrorKind::Decode, Some("r1")), "{data}");
        assert_eq!(transport.requests().len(), 1, "the player may exist: no second one");
    }
}

#[tokio::test(start_paused = true)]
async fn a_creation_whose_answer_was_lost_is_not_repeated() {
    for lost in [
        Step::fail(TransportErrorKind::Timeout),
        Step::fail(TransportErrorKind::Interrupted),
        Step::json(r#"{"Code":350010000,"Message":"m"}"#),
    ] {
        let transport = ReplayTransport::always(lost);
        let error = client(&transport).call(create_sample()).await.unwrap_err();
        assert_eq!((error.delivery(), transport.requests().len()), (Delivery::Unknown, 1));
    }
    // What surely did not arrive, or was refused before anything was done, may be.
    for harmless in [Step::fail(TransportErrorKind::Connect), Step::json(r#"{"Code":350006001,"Message":"m"}"#)] {
        let transport = ReplayTransport::new([harmless, Step::json(CREATED)]);
        client(&transport).call(create_sample()).await.unwrap();
    }
}

#[tokio::test]
async fn a_name_that_is_taken_and_a_full_project_are_told_apart() {
    for (code, category) in [(codes::PLAYER_NAME_TAKEN, Category::Conflict), (codes::PLAYER_QUOTA, Category::Account)] {
        let (client, transport) = answered(&format!(r#"{{"Code":{code},"Message":"m","RequestId":"r"}}"#));
        let error = client.call(create_sample()).await.unwrap_err();
        assert!(error.is_code(code));
        assert_eq!((error.category(), transport.requests().len()), (Some(category), 1));
    }
}

#[tokio::test]
async fn updates_take_the_typed_source_and_size() {
    let update = UpdatePlayer::new("p", 1).source(PlayerSource::single("https://a/1").backup("https://b/1"));
    let sent = body_of(update).await;
    assert_eq!(
        sent,
        json!({"PlayerId": "p", "Sequence": 1, "StreamUrl": "https://a/1", "BackupStreamUrl": "https://b/1"})
    );
    let update = UpdatePlayer::new("p", 1).source(PlayerSource::playlist(["https://a/1"]).backup("https://b/1"));
    assert_eq!(body_of(update).await, json!({"PlayerId": "p", "Sequence": 1, "StreamUrlList": ["https://a/1"]}));
    assert_eq!(VideoOptions::sized(VideoSize::AudioOnly), VideoOptions::audio_only());
    assert_eq!(VideoOptions::sized(VideoSize::pixels(2, 4)), VideoOptions::pixels(2, 4));
    assert_eq!(AudioOptions::new(), AudioOptions::default());
}

#[tokio::test]
async fn a_deletion_names_the_player_and_is_acknowledged() {
    assert_eq!(body_of(DeletePlayer::new("player_1")).await, json!({"PlayerId": "player_1"}));
    let (client, _) = answered(OK);
    client.call(DeletePlayer::new("player_1")).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_player_that_is_being_created_is_deleted_half_a_second_later() {
    let busy = Step::json(r#"{"Code":350006009,"Message":"creating","RequestId":"r"}"#);
    let transport = ReplayTransport::new([busy, Step::fail(TransportErrorKind::Timeout), Step::json(OK)]);
    let start = tokio::time::Instant::now();
    client(&transport).call(DeletePlayer::new("player_1")).await.unwrap();
    assert_eq!(transport.requests().len(), 3);
    assert!(start.elapsed() >= std::time::Duration::from_secs(1), "{:?}", start.elapsed());
}

#[tokio::test]
async fn a_deletion_that_is_refused_says_so() {
    let (client, transport) = answered(r#"{"Code":350006003,"Message":"no such player","RequestId":"r"}"#);
    let error = client.call(DeletePlayer::new("player_1")).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "zego-cloud-player DeletePlayer: rejected with code 350006003: no such player (request id r, 1 attempt)"
    );
    assert_eq!(transport.requests().len(), 1);
}

#[tokio::test]
async fn a_list_without_filters_is_asked_for_with_an_empty_object() {
    assert_eq!(body_of(DescribePlayers::new()).await, json!({}));
}

#[tokio::test]
async fn the_documented_list_is_asked_for_exactly() {
    let describe = DescribePlayers::new()
        .room_id("room_12")
        .player_id("")
        .page_size(50)
        .page_token("XXXXXXXXX")
        .status(PlayerStatus::Creating);
    let expected = json!({"RoomId": "room_12", "PlayerId": "", "PageSize": 50, "PageToken": "XXXXXXXXX", "Status": 1});
    assert_eq!(body_of(describe.clone()).await, expected);
    assert_eq!(serde_json::from_value::<DescribePlayers>(expected).unwrap(), describe);
}

#[tokio::test]
async fn the_documented_list_is_read_whole() {
    let (client, _) = answered(LISTED);
    let page = client.call(DescribePlayers::new()).await.unwrap();
    assert_eq!((page.total_size, page.next_page_token, page.players.len()), (Some(1), None, 1));
    let player = &page.players[0];
    assert_eq!(player.player_id.as_deref(), Some("player_1"));
    assert_eq!((player.room_id.as_deref(), player.stream_id.as_deref()), (Some("room_12"), Some("stream")));
    assert_eq!((player.create_time, player.play_time), (Some(1_681_221_508), Some(1_681_221_508)));
    assert_eq!(player.player_name.as_deref(), Some("player_1"));
    assert_eq!(player.stream_url, Some("https://xxx.com/video/test.mp4".into()));
    assert_eq!((player.stream_url_list.len(), player.play_index), (0, Some(0)));
    assert_eq!((player.status, player.destroy_reason), (Some(PlayerStatus::Playing), Some(DestroyReason::Deleted)));
    assert_eq!(player.destroyed_because(), None, "it plays");
}

#[tokio::test]
async fn lists_survive_older_spellings_numbers_as_text_nulls_and_news() {
    let (client, _) = answered(
        r#"{"Code":0,"Data":{"TotoalSize":"2","NextPageToken":5,"Players":[
            {"PlayerId":7,"Status":"8","DestoryReason":"2","PlayIndex":"3","CreateTime":"1681221508","StreamUrlList":null},
            {"Status":9,"DestroyReason":77,"PlayerName":null,"Other":{}}, {}]}}"#,
    );
    let page = client.call(DescribePlayers::new()).await.unwrap();
    assert_eq!((page.total_size, page.next_page_token.as_deref()), (Some(2), Some("5")));
    let [first, second, third] = page.players.try_into().unwrap();
    assert_eq!((first.player_id.as_deref(), first.play_index), (Some("7"), Some(3)));
    assert_eq!(first.create_time, Some(1_681_221_508));
    assert_eq!(first.destroyed_because(), Some(DestroyReason::Idle));
    assert_eq!((second.status, second.destroy_reason), (Some(PlayerStatus::Other(9)), Some(DestroyReason::Other(77))));
    assert_eq!((second.destroyed_because(), third.status), (None, None));
    for empty in [r#"{"Players":null}"#, "{}", r#"{"Players":[]}"#] {
        let (client, _) = answered(&format!(r#"{{"Code":0,"Data":{empty}}}"#));
        assert_eq!(client.call(DescribePlayers::new()).await.unwrap().players, []);
    }
    let (client, _) = answered(r#"{"Code":0,"RequestId":"r1"}"#);
    let error = client.call(DescribePlayers::new()).await.unwrap_err();
    assert_eq!((error.kind(), error.request_id()), (ErrorKind::Decode, Some("r1")));
}

#[tokio::test(start_paused = true)]
async fn a_list_is_asked_for_again_after_a_lost_answer_and_at_most_ten_times_a_second() {
    let transport = ReplayTransport::new([
        Step::fail(TransportErrorKind::Interrupted),
        Step::json(r#"{"Code":350010000,"Message":"m"}"#),
        Step::json(LISTED),
    ]);
    client(&transport).call(DescribePlayers::new()).await.unwrap();

    let (client, _) = answered(LISTED);
    let start = tokio::time::Instant::now();
    for _ in 0..11 {
        client.call(DescribePlayers::new()).await.unwrap();
    }
    assert_eq!(start.elapsed(), std::time::Duration::from_secs(1));
}

#[tokio::test]
async fn a_refused_list_is_not_asked_for_again() {
    let (client, transport) = answered(r#"{"Code":350006006,"Message":"m","RequestId":"r"}"#);
    let error = client.call(DescribePlayers::new()).await.unwrap_err();
    assert_eq!((error.category(), transport.requests().len()), (Some(Category::Account), 1));
}

#[tokio::test]
async fn the_documented_creation_passes_the_checks() {
    assert_eq!(broken(create_sample(), livecloud_core::Validation::Strict).await, []);
}

#[test]
fn addresses_with_tokens_are_not_printed() {
    let source = PlayerSource::single("https://a/1?token=t0p").backup("https://b/1?token=t0p");
    let printed = format!("{source:?} {:?}", CreatePlayer::new(source.clone(), "r"));
    assert!(!printed.contains("t0p"), "{printed}");
}
