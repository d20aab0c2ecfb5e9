use anyrtc_recording::{
    Client, Layout, LayoutRegion, Mode, OPERATIONS, Query, REGISTRY, StartMix, StorageConfig, UpdateLayout, Validation,
};
use livecloud_core::{ErrorKind, NoTransport};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::{CNAME, UID, account, client, ok};

const STRANGE: [&str; 9] =
    ["a b", "a+b", "a&b=c", "100%", "#allstream#", "who?", "房间", "🎉", "a/b\\c\"d'e;f,g:h@i[j]{k}|l~m`n<o>p^q"];

fn offline() -> Client {
    Client::builder(account()).transport(NoTransport).validation(Validation::Off).build().unwrap()
}

#[test]
fn strange_texts_arrive_unchanged_in_path_and_json() {
    for text in STRANGE {
        let request = offline().prepare(Query::new(text, text, Mode::from(text))).unwrap();
        let segments: Vec<_> = request
            .uri()
            .path()
            .split('/')
            .map(|segment| percent_decode_str(segment).decode_utf8().unwrap().into_owned())
            .collect();
        assert_eq!(segments[5..], ["resourceid", text, "sid", text, "mode", text, "query"]);
        assert_eq!(request.uri().query(), None);

        let storage = StorageConfig::private(text).file_name_prefix([text]);
        let start = StartMix::new("r", text, text, anyrtc_recording::ChannelType::Live, storage).token(text);
        let body: Value = serde_json::from_slice(offline().prepare(start).unwrap().body()).unwrap();
        for pointer in [
            "/cname",
            "/uid",
            "/clientRequest/token",
            "/clientRequest/storageConfig/bucket",
            "/clientRequest/storageConfig/fileNamePrefix/0",
        ] {
            assert_eq!(body.pointer(pointer), Some(&json!(text)), "{pointer}");
        }
    }
}

#[test]
fn ids_that_would_address_something_else_are_refused_under_every_profile() {
    for text in ["", ".", ".."] {
        for (query, path) in
            [(Query::new(text, "s", Mode::Mix), "resourceid"), (Query::new("r", text, Mode::Mix), "sid")]
        {
            let error = offline().prepare(query).unwrap_err();
            assert_eq!((error.kind(), error.violations()[0].path.as_str()), (ErrorKind::Invalid, path));
        }
    }
}

#[test]
fn zero_is_sent_like_any_value() {
    let region = LayoutRegion::new(0.0, 0.0, 0.0, 0.0).alpha(0.0).render_mode(anyrtc_recording::RenderMode::Crop);
    let mut layout = Layout::custom([region]);
    layout.mixed_video_layout = Some(anyrtc_recording::MixedVideoLayout::Floating);
    let update = UpdateLayout::new("r", "s", CNAME, UID, layout);
    let body: Value = serde_json::from_slice(offline().prepare(update).unwrap().body()).unwrap();
    assert_eq!(
        body["clientRequest"],
        json!({
            "mixedVideoLayout": 0,
            "layoutConfig": [
                {"x_axis": 0.0, "y_axis": 0.0, "width": 0.0, "height": 0.0, "alpha": 0.0, "render_mode": 0},
            ],
        })
    );
}

#[test]
fn numbers_that_json_cannot_hold_are_no_null() {
    for number in [f64::NAN, f64::INFINITY] {
        let update = |region| UpdateLayout::new("r", "s", CNAME, UID, Layout::custom([region]));
        for region in [LayoutRegion::new(number, 0.0, 1.0, 1.0), LayoutRegion::new(0.0, 0.0, 1.0, 1.0).alpha(number)] {
            assert_eq!(offline().prepare(update(region)).unwrap_err().kind(), ErrorKind::Encode);
        }
    }
}

#[tokio::test]
async fn every_operation_runs_by_name_from_json_with_the_path_fields_of_the_template() {
    let common = json!({"resourceid": "r", "sid": "s", "mode": "mix", "cname": CNAME, "uid": UID});
    let requests = [
        ("Acquire", json!({})),
        ("Start", json!({"recordingConfig": {"channelType": 1}})),
        ("Update", json!({"streamSubscribe": {"audioUidList": {"subscribeAudioUids": ["1"]}}})),
        ("UpdateLayout", json!({"mixedVideoLayout": 1})),
        ("Query", Value::Null),
        ("Stop", json!({})),
    ];
    let transport = ok();
    let client = client(&transport);
    for ((name, request), entry) in requests.iter().zip(REGISTRY) {
        assert_eq!(entry.meta().name, *name);
        let mut input = common.clone();
        input["clientRequest"] = request.clone();
        let output = entry.call(&client, input).await.unwrap().output;
        assert!(output.as_object().unwrap().contains_key("resourceId"), "{name}: {output}");
    }
    let sent = transport.requests();
    assert!(sent[1].path().ends_with("/cloud_recording/resourceid/r/mode/mix/start"));
    assert!(sent[5].path().ends_with("/cloud_recording/resourceid/r/sid/s/mode/mix/stop"));
    assert_eq!(sent[5].json(), json!({"cname": CNAME, "uid": UID, "clientRequest": {}}));
    assert_eq!(OPERATIONS.len(), REGISTRY.len());
}

#[test]
fn outputs_are_written_in_the_vendors_names() {
    let input = json!({
        "resourceId": "r", "sid": "s",
        "serverResponse": {
            "status": "5", "fileListMode": "json", "sliceStartTime": "1562724971626",
            "fileList": [{"fileName": "a.m3u8", "trackType": "audio", "uid": 1, "isPlayable": "true"}],
        },
    });
    let queried: anyrtc_recording::Queried = serde_json::from_value(input).unwrap();
    assert_eq!(
        serde_json::to_value(queried).unwrap(),
        json!({
            "resourceId": "r", "sid": "s",
            "serverResponse": {
                "status": 5, "fileListMode": "json", "sliceStartTime": 1_562_724_971_626_i64,
                "fileList": [{"filename": "a.m3u8", "trackType": "audio", "uid": "1", "isPlayable": true}],
            },
        })
    );
}
