//! anyRTC Cloud Recording: what the methods may be told.

use serde_json::{Value, json};

use crate::anyrtc::{APP, ROOM, Rec, UID, individual, mix, refusal, resource_id, start_uncounted};

/// Merges `patch` into `base`, member by member.
fn patched(mut base: Value, patch: &Value) -> Value {
    fn merge(base: &mut Value, patch: &Value) {
        match (base, patch) {
            (Value::Object(base), Value::Object(patch)) => {
                for (name, value) in patch {
                    merge(base.entry(name).or_insert(Value::Null), value);
                }
            }
            (base, patch) => *base = patch.clone(),
        }
    }
    merge(&mut base, patch);
    base
}

fn storage(patch: &Value) -> Value {
    let base = json!({"vendor": 2, "region": 3, "bucket": "b", "accessKey": "ak", "secretKey": "sk"});
    json!({"storageConfig": patched(base, patch)})
}

fn canvas(patch: &Value) -> Value {
    let base = json!({"width": 360, "height": 640, "fps": 15, "bitrate": 500});
    json!({"recordingConfig": {"transcodingConfig": patched(base, patch)}})
}

fn regions(count: usize) -> Value {
    let region = json!({"x_axis": 0.0, "y_axis": 0.0, "width": 1.0, "height": 1.0});
    canvas(&json!({"mixedVideoLayout": 3, "layoutConfig": vec![region; count]}))
}

fn uids(count: usize) -> Vec<String> {
    (0..count).map(|uid| uid.to_string()).collect()
}

#[tokio::test]
async fn requests_within_the_documented_rules_start() {
    for (mode, patch) in [
        ("mix", json!({})),
        ("individual", json!({})),
        ("mix", json!({"token": "<token if any>", "recordingConfig": {"maxIdleTime": 4_294_967_295_u32}})),
        ("mix", canvas(&json!({"width": 1440, "height": 1440, "backgroundColor": "#ff00AA"}))),
        ("mix", canvas(&json!({"width": 1080, "height": 1920}))),
        ("mix", regions(17)),
        ("mix", json!({"recordingConfig": {"subscribeAudioUids": uids(32), "subscribeVideoUids": uids(32)}})),
        ("mix", json!({"recordingConfig": {"decryptionMode": 3, "secret": "k"}})),
        ("mix", storage(&json!({"vendor": 1, "region": 17}))),
        ("mix", storage(&json!({"vendor": 3, "region": 19}))),
        ("mix", storage(&json!({"fileNamePrefix": []}))),
        ("mix", storage(&json!({"fileNamePrefix": ["x".repeat(127)]}))),
        ("mix", storage(&json!({"fileNamePrefix": ["x".repeat(63), "y".repeat(63)]}))),
        ("mix", json!({"storageConfig": {"vendor": 100, "bucket": "http://host/upload"}})),
        ("mix", json!({"recordingFileConfig": {"avFileType": ["hls"]}})),
        ("individual", json!({"snapshotConfig": {"captureInterval": 5, "fileType": ["jpg"]}})),
    ] {
        let (sim, _) = start_uncounted().await;
        let base = if mode == "mix" { mix() } else { individual() };
        let rid = resource_id(&sim).await;
        let reply = APP.start(&sim, &rid, mode, &patched(base, &patch)).await;
        assert_eq!(reply.status, 200, "{mode} {patch}: {}", reply.text());
    }
}

#[tokio::test]
async fn requests_outside_the_documented_rules_are_refused_with_code_2() {
    let (sim, _) = start_uncounted().await;
    let snapshot =
        |patch: Value| patched(json!({"snapshotConfig": {"captureInterval": 5, "fileType": ["jpg"]}}), &patch);
    let vod = json!({"extensionServiceConfig": {"extensionServices": [{"serviceName": "aliyun_vod_service",
        "serviceParam": {"accessKey": "a", "secretKey": "s", "regionId": "r",
            "apiData": {"videoData": {"title": "t"}}}}]}});
    for (mode, patch, path) in [
        ("mix", json!({"recordingConfig": {"channelType": "0"}}), "recordingConfig.channelType"),
        ("mix", json!({"recordingConfig": {"channelType": 2}}), "recordingConfig.channelType"),
        ("mix", json!({"recordingConfig": {"maxIdleTime": 4}}), "recordingConfig.maxIdleTime"),
        ("mix", json!({"recordingConfig": {"unsubscribeAudioUids": ["1"]}}), "recordingConfig.unsubscribeAudioUids"),
        ("mix", canvas(&json!({"width": 1441, "height": 1440})), "recordingConfig.transcodingConfig"),
        ("mix", canvas(&json!({"width": 1921, "height": 1})), "recordingConfig.transcodingConfig.width"),
        ("mix", canvas(&json!({"fps": null})), "recordingConfig.transcodingConfig.fps"),
        ("mix", canvas(&json!({"backgroundColor": "red"})), "recordingConfig.transcodingConfig.backgroundColor"),
        ("mix", regions(18), "recordingConfig.transcodingConfig.layoutConfig"),
        ("mix", regions(0), "recordingConfig.transcodingConfig.layoutConfig"),
        (
            "mix",
            canvas(&json!({"mixedVideoLayout": 3, "layoutConfig": [{"x_axis": 1.1, "y_axis": 0, "width": 1,
                "height": 1}]})),
            "recordingConfig.transcodingConfig.layoutConfig[0].x_axis",
        ),
        ("mix", json!({"recordingConfig": {"subscribeAudioUids": uids(33)}}), "recordingConfig.subscribeAudioUids"),
        ("mix", json!({"recordingConfig": {"subscribeAudioUids": [1]}}), "recordingConfig.subscribeAudioUids"),
        (
            "mix",
            json!({"recordingConfig": {"streamTypes": 1, "subscribeAudioUids": ["1"]}}),
            "recordingConfig.subscribeAudioUids",
        ),
        (
            "mix",
            json!({"recordingConfig": {"streamTypes": 0, "unSubscribeVideoUids": ["1"]}}),
            "recordingConfig.unSubscribeVideoUids",
        ),
        ("mix", json!({"recordingConfig": {"decryptionMode": 1}}), "recordingConfig.secret"),
        ("mix", json!({"recordingConfig": {"audioProfile": 3}}), "recordingConfig.audioProfile"),
        ("individual", json!({"recordingConfig": {"audioProfile": 1}}), "recordingConfig.audioProfile"),
        ("individual", json!({"recordingConfig": {"subscribeUidGroup": 4}}), "recordingConfig.subscribeUidGroup"),
        ("individual", canvas(&json!({})), "recordingConfig.transcodingConfig"),
        ("individual", snapshot(json!({"snapshotConfig": {"captureInterval": 4}})), "snapshotConfig.captureInterval"),
        ("individual", snapshot(json!({"snapshotConfig": {"fileType": ["png"]}})), "snapshotConfig.fileType"),
        ("individual", json!({"snapshotConfig": {}}), "snapshotConfig.fileType"),
        ("individual", snapshot(json!({"recordingFileConfig": {"avFileType": ["hls"]}})), "snapshotConfig"),
        ("individual", snapshot(json!({"recordingConfig": {"streamTypes": 0}})), "recordingConfig.streamTypes"),
        (
            "individual",
            snapshot(json!({"recordingConfig": {"subscribeAudioUids": ["1"]}})),
            "recordingConfig.subscribeVideoUids",
        ),
        ("mix", snapshot(json!({})), "snapshotConfig"),
        ("individual", snapshot(vod.clone()), "snapshotConfig"),
        ("individual", vod.clone(), "extensionServiceConfig"),
        ("mix", patched(vod.clone(), &storage(&json!({}))), "extensionServiceConfig"),
        ("mix", json!({"recordingFileConfig": {"avFileType": ["mp4"]}}), "recordingFileConfig.avFileType"),
        (
            "individual",
            json!({"recordingFileConfig": {"avFileType": ["hls", "mp4"]}}),
            "recordingFileConfig.avFileType",
        ),
        (
            "mix",
            patched(json!({"recordingFileConfig": {"avFileType": ["hls", "mp4"]}}), &storage(&json!({"vendor": 0}))),
            "recordingFileConfig.avFileType",
        ),
        ("mix", storage(&json!({"vendor": 5})), "storageConfig.vendor"),
        ("mix", storage(&json!({"vendor": 1, "region": 16})), "storageConfig.region"),
        ("mix", storage(&json!({"vendor": 0, "region": 5})), "storageConfig.region"),
        ("mix", storage(&json!({"accessKey": ""})), "storageConfig.accessKey"),
        ("mix", storage(&json!({"bucket": ""})), "storageConfig.bucket"),
        ("mix", storage(&json!({"fileNamePrefix": ["a/b"]})), "storageConfig.fileNamePrefix[0]"),
        ("mix", storage(&json!({"fileNamePrefix": ["x".repeat(128)]})), "storageConfig.fileNamePrefix"),
        ("mix", storage(&json!({"fileNamePrefix": ["x".repeat(63), "y".repeat(64)]})), "storageConfig.fileNamePrefix"),
    ] {
        let base = if mode == "mix" { mix() } else { individual() };
        let rid = resource_id(&sim).await;
        let reply = APP.start(&sim, &rid, mode, &patched(base, &patch)).await;
        assert_eq!(refusal(&reply), (400, 2), "{mode} {patch}");
        let reason = reply.json()["Body"]["reason"].as_str().unwrap().to_owned();
        assert!(reason.starts_with(&format!("clientRequest.{path} ")), "{path}: {reason}");
        // A refused start leaves the resource id unused.
        assert!(sim.recordings().is_empty());
    }
    let rid = resource_id(&sim).await;
    let missing_group = json!({"recordingConfig": {"channelType": 0}});
    assert_eq!(refusal(&APP.start(&sim, &rid, "individual", &missing_group).await), (400, 2));
    assert_eq!(refusal(&APP.start(&sim, &rid, "mix", &json!({})).await), (400, 2));
    assert_eq!(APP.start(&sim, &rid, "mix", &mix()).await.status, 200);
}

#[tokio::test]
async fn channel_names_and_uids_have_their_limits() {
    let (sim, _) = start_uncounted().await;
    let (fits, long) = ("x".repeat(64), "x".repeat(65));
    for (cname, uid, expected) in [
        (fits.as_str(), UID, (200, 0)),
        ("a !#$%&()+-:;<=.>?@[]^_{}|~,", UID, (200, 0)),
        (&long, UID, (400, 1013)),
        ("房间", UID, (400, 1013)),
        ("a/b", UID, (400, 1013)),
        ("", UID, (400, 2)),
        (ROOM, "", (400, 2)),
        (ROOM, &fits[..49], (400, 2)),
        (ROOM, &fits[..48], (200, 0)),
        (ROOM, "f47ac10b-58cc-4372-a567-0e02b2c3d479", (200, 0)),
    ] {
        let reply = APP.acquire(&sim, cname, uid).await;
        assert_eq!(refusal(&reply), expected, "{cname} {uid}");
    }
}

#[tokio::test]
async fn updates_and_layouts_have_rules_of_their_own() {
    let (sim, _) = start_uncounted().await;
    let video_only = json!({"recordingConfig": {"channelType": 0, "streamTypes": 1}});
    let rec = Rec::start(&sim, "mix", &video_only).await;
    for request in [
        json!({}),
        json!({"streamSubscribe": {"audioUidList": {"subscribeAudioUids": ["1"]}}}),
        json!({"streamSubscribe": {"videoUidList": {"subscribeVideoUids": uids(33)}}}),
        json!({"streamSubscribe": {"videoUidList": {"subscribeAudioUids": ["1"]}}}),
    ] {
        assert_eq!(refusal(&APP.on(&sim, &rec, "update", &request).await), (400, 2), "{request}");
    }
    for request in [
        json!({"mixedVideoLayout": 4}),
        json!({"mixedVideoLayout": 3}),
        json!({"backgroundColor": "red"}),
        json!({"transcodingConfig": {}}),
        json!({"layoutConfig": [{"x_axis": 0, "y_axis": 0, "width": 1}]}),
    ] {
        assert_eq!(refusal(&APP.on(&sim, &rec, "updateLayout", &request).await), (400, 1028), "{request}");
    }
    rec.stop(&sim).await;
    let rec = Rec::start(&sim, "individual", &individual()).await;
    assert_eq!(refusal(&APP.on(&sim, &rec, "updateLayout", &json!({})).await), (400, 1028));
}
