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
        let start = StartMix::new(anyrtc_recording::ChannelType::Live, storage).token(text).on("r", text, text);
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

/// What a request from JSON breaks.
fn broken(name: &str, input: &Value) -> Vec<(String, String)> {
    let client = Client::builder(account()).transport(NoTransport).build().unwrap();
    let entry = REGISTRY.iter().find(|entry| entry.meta().name == name).unwrap();
    match entry.prepare(&client, input.clone()) {
        Ok(_) => Vec::new(),
        Err(error) => error.violations().iter().map(|found| (found.path.clone(), found.id.to_owned())).collect(),
    }
}

#[test]
fn ids_in_json_may_be_numbers() {
    let common = json!({"resourceid": 1, "sid": 2, "mode": "mix", "cname": 3, "uid": 4});
    let with = |request: Value| {
        let mut input = common.clone();
        input["clientRequest"] = request;
        input
    };
    let client = Client::builder(account()).transport(NoTransport).build().unwrap();
    let layout = json!({"mixedVideoLayout": 3, "layoutConfig": [
        {"uid": 5, "x_axis": 0, "y_axis": 0, "width": 1, "height": 1}
    ], "maxResolutionUid": 5});
    let mut canvas = layout.clone();
    for (name, value) in [("width", 360), ("height", 640), ("fps", 15), ("bitrate", 500)] {
        canvas[name] = json!(value);
    }
    let start = json!({
        "recordingConfig": {
            "channelType": "1", "subscribeAudioUids": [5], "unSubscribeVideoUids": [6, "7"],
            "transcodingConfig": canvas,
        },
        "storageConfig": {"vendor": 100, "bucket": "http://h/", "fileNamePrefix": [2021]},
    });
    let lists = json!({"audioUidList": {"subscribeAudioUids": [5]}, "videoUidList": {"unSubscribeVideoUids": [6]}});
    for (name, request, pointers) in [
        ("Acquire", json!({}), &[][..]),
        (
            "Start",
            start,
            &[
                ("/clientRequest/recordingConfig/subscribeAudioUids/0", "5"),
                ("/clientRequest/recordingConfig/unSubscribeVideoUids/1", "7"),
                ("/clientRequest/recordingConfig/transcodingConfig/layoutConfig/0/uid", "5"),
                ("/clientRequest/recordingConfig/transcodingConfig/maxResolutionUid", "5"),
                ("/clientRequest/storageConfig/fileNamePrefix/0", "2021"),
            ],
        ),
        (
            "Update",
            json!({"streamSubscribe": lists}),
            &[
                ("/clientRequest/streamSubscribe/audioUidList/subscribeAudioUids/0", "5"),
                ("/clientRequest/streamSubscribe/videoUidList/unSubscribeVideoUids/0", "6"),
            ],
        ),
        ("UpdateLayout", layout, &[("/clientRequest/layoutConfig/0/uid", "5")]),
        ("Stop", json!({}), &[]),
    ] {
        let entry = REGISTRY.iter().find(|entry| entry.meta().name == name).unwrap();
        let request = entry.prepare(&client, with(request)).unwrap_or_else(|error| panic!("{error}"));
        let body: Value = serde_json::from_slice(request.body()).unwrap();
        assert_eq!((&body["cname"], &body["uid"]), (&json!("3"), &json!("4")), "{name}");
        for (pointer, expected) in pointers {
            assert_eq!(body.pointer(pointer), Some(&json!(expected)), "{name} {pointer}");
        }
        assert_eq!(request.uri().path().contains("/resourceid/1/"), name != "Acquire");
    }
    let query = REGISTRY.iter().find(|entry| entry.meta().name == "Query").unwrap();
    let request = query.prepare(&client, common.clone()).unwrap();
    assert!(request.uri().path().ends_with("/resourceid/1/sid/2/mode/mix/query"));
}

#[test]
fn members_missing_from_json_are_found_by_the_checks() {
    let of = |rules: &[(&str, &str)]| -> Vec<_> {
        rules.iter().map(|(path, rule)| ((*path).to_owned(), (*rule).to_owned())).collect()
    };
    let recorder = [("cname", "R01"), ("uid", "R02")];
    let session = [("resourceid", "E05"), ("sid", "E06"), ("mode", "E01")];
    assert_eq!(broken("Acquire", &json!({})), of(&recorder));
    assert_eq!(broken("Query", &json!({})), of(&session));
    assert_eq!(broken("Stop", &json!({})), of(&[&recorder[..], &session].concat()));
    let lists = [("clientRequest.streamSubscribe", "R36")];
    assert_eq!(broken("Update", &json!({})), of(&[&recorder[..], &session, &lists].concat()));
    let recording = [session[0], session[2], ("clientRequest.recordingConfig", "R04")];
    assert_eq!(broken("Start", &json!({})), of(&[&recorder[..], &recording].concat()));

    let start = |request: Value| json!({"resourceid": "r", "mode": "mix", "cname": CNAME, "uid": UID, "clientRequest": request});
    let found = broken("Start", &start(json!({"recordingConfig": {}, "storageConfig": {}})));
    let storage = |name: &str| format!("clientRequest.storageConfig.{name}");
    let expected = [
        ("clientRequest.recordingConfig.channelType".to_owned(), "E02"),
        (storage("vendor"), "R32"),
        (storage("bucket"), "R33"),
        (storage("accessKey"), "R33"),
        (storage("secretKey"), "R33"),
    ];
    assert_eq!(found, expected.map(|(path, rule)| (path, rule.to_owned())));
    let settings = |services: Value| json!({"recordingConfig": {"channelType": 0}, "extensionServiceConfig": services});
    assert_eq!(
        broken("Start", &start(settings(json!({})))),
        of(&[("clientRequest.extensionServiceConfig.extensionServices", "R35")])
    );
    let found = broken("Start", &start(settings(json!({"extensionServices": [{}]}))));
    let names: Vec<_> = found.iter().map(|(path, _)| path.rsplit('.').next().unwrap()).collect();
    assert_eq!(names, ["serviceName", "accessKey", "secretKey", "regionId", "title"]);
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
