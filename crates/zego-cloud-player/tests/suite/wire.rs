use livecloud_core::NoTransport;
use livecloud_core::test_util::ManualClock;
use serde_json::{Value, json};
use zego_cloud_player::{Client, UpdatePlayer, VideoOptions};

use super::{NOW_MS, account, body_of, client, documented_sample, ok};

#[test]
fn the_documented_request_is_produced_exactly() {
    let client = Client::builder(account())
        .transport(NoTransport)
        .clock(ManualClock::at(NOW_MS))
        .nonce("4fd24687296dd9f3")
        .build()
        .unwrap();
    let request = client.prepare(documented_sample()).unwrap();
    assert_eq!(request.method(), "POST");
    assert_eq!(
        request.uri().to_string(),
        "https://cloud-player-api.zego.im/?Action=UpdatePlayer&AppId=12345&SignatureNonce=4fd24687296dd9f3\
         &Timestamp=1615186943&Signature=43e5cfcca828314675f91b001390566a&SignatureVersion=2.0"
    );
    assert_eq!(request.headers()["content-type"], "application/json");
    let body: Value = serde_json::from_slice(request.body()).unwrap();
    assert_eq!(
        body,
        json!({
            "PlayerId": "player_1", "Sequence": 100, "StreamUrl": "https://xxx.com/video/test111.mp4",
            "BackupStreamUrl": "", "VideoOptions": {"Width": 360, "Height": 640, "VideoBitrate": 1200},
            "AudioOptions": {"AudioBitrate": 48, "Volume": 150}, "SeekTo": 10, "IsPause": 1, "RepeatTimes": 1
        })
    );
}

#[tokio::test]
async fn required_fields_alone_send_nothing_else() {
    assert_eq!(body_of(UpdatePlayer::new("player_1", 1)).await, json!({"PlayerId": "player_1", "Sequence": 1}));
}

#[tokio::test]
async fn all_fields_are_sent_under_the_vendors_names() {
    let update = UpdatePlayer::new("p", 9)
        .stream_url_list(["https://a/1.mp4", "https://a/2.mp4"])
        .backup_stream_url("https://b/1.mp4")
        .video_options(VideoOptions::pixels(2, 3000).short_edge(0).video_bitrate(1))
        .volume(0)
        .seek_to(0)
        .resume()
        .repeat_times(-1);
    assert_eq!(
        body_of(update).await,
        json!({
            "PlayerId": "p", "Sequence": 9, "StreamUrlList": ["https://a/1.mp4", "https://a/2.mp4"],
            "BackupStreamUrl": "https://b/1.mp4",
            "VideoOptions": {"Width": 2, "Height": 3000, "ShortEdge": 0, "VideoBitrate": 1},
            "AudioOptions": {"Volume": 0}, "SeekTo": 0, "IsPause": 0, "RepeatTimes": -1
        })
    );
}

#[test]
fn is_test_is_sent_only_when_asked_for() {
    let query = |account| {
        let client = Client::builder(account).transport(NoTransport).build().unwrap();
        client.prepare(UpdatePlayer::new("p", 1)).unwrap().uri().query().unwrap().to_owned()
    };
    assert!(!query(account()).contains("IsTest"));
    assert!(query(account().is_test(true)).ends_with("&IsTest=true"));
    assert!(query(account().is_test(false)).ends_with("&IsTest=false"));
}

#[tokio::test]
async fn any_text_arrives_unchanged() {
    for text in ["a b", "+&=%#?/\\\"", "直播间", "🎉 𠮷", "0052191541"] {
        assert_eq!(body_of(UpdatePlayer::new(text, 1)).await["PlayerId"], text);
    }
}

#[test]
fn a_request_reads_back_from_its_own_json() {
    let written = serde_json::to_value(documented_sample()).unwrap();
    assert_eq!(serde_json::from_value::<UpdatePlayer>(written).unwrap(), documented_sample());
}

#[tokio::test]
async fn operations_can_be_called_by_name_from_json_to_json() {
    let transport = ok();
    let client = client(&transport);
    let update = zego_cloud_player::REGISTRY.iter().find(|entry| entry.meta().name == "UpdatePlayer").unwrap();
    let answer = update.call(&client, json!({"PlayerId": "p", "Sequence": 3, "IsPause": 1})).await.unwrap();
    assert_eq!((answer.output, answer.info.attempts), (Value::Null, 1));
    assert_eq!(transport.requests()[0].json()["IsPause"], 1);

    for (input, message) in [
        (json!({"PlayerId": "p"}), "Sequence is required [input]"),
        (json!({"PlayerId": "p", "Sequence": "x"}), "Sequence has the wrong type or form [input]"),
        (json!({"PlayerId": "p", "Sequence": 0}), "Sequence must be in 1..=9007199254740991, given 0 [Z02]"),
    ] {
        let error = update.prepare(&client, input).unwrap_err().to_string();
        assert_eq!(error, format!("zego-cloud-player UpdatePlayer: invalid request: {message}"));
    }
}
