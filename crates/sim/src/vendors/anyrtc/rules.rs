//! Rules of `start` and `update` that span several fields.

use std::ops::RangeInclusive;

use serde_json::Value;

use crate::fields::Complaint;

type Checked = Result<(), Complaint>;

/// Regions by storage vendor; Amazon has no 16.
const REGIONS: [RangeInclusive<i64>; 5] = [0..=4, 0..=17, 0..=18, 0..=19, 0..=9];
const QINIU: i64 = 0;
const AMAZON: i64 = 1;
/// An HTTP store of the customer's own: an upload URL, and no keys.
const OWN_STORE: i64 = 100;

fn refuse(field: &str, rule: &str) -> Checked {
    Err(Complaint::rule(format!("clientRequest{}", field.replace('/', ".")), rule))
}

fn whole(request: &Value, pointer: &str) -> Option<i64> {
    request.pointer(pointer).and_then(Value::as_i64)
}

fn texts<'a>(request: &'a Value, pointer: &str) -> Option<Vec<&'a str>> {
    Some(request.pointer(pointer)?.as_array()?.iter().filter_map(Value::as_str).collect())
}

fn has(request: &Value, pointer: &str) -> bool {
    request.pointer(pointer).is_some()
}

/// What `start` must not combine. `request` is `clientRequest`.
pub(super) fn start(mode: &str, request: &Value) -> Checked {
    recording(mode, request)?;
    outputs(mode, request)?;
    storage(request)?;
    let stream_types = whole(request, "/recordingConfig/streamTypes").unwrap_or(2);
    subscription(stream_types, request, "/recordingConfig", "/recordingConfig")
}

fn recording(mode: &str, request: &Value) -> Checked {
    let individual = mode == "individual";
    if individual && !has(request, "/recordingConfig/subscribeUidGroup") {
        return refuse("/recordingConfig/subscribeUidGroup", "is required in individual mode");
    }
    if individual && has(request, "/recordingConfig/transcodingConfig") {
        return refuse("/recordingConfig/transcodingConfig", "is for mix mode only");
    }
    if individual && has(request, "/recordingConfig/audioProfile") {
        return refuse("/recordingConfig/audioProfile", "is for mix mode only");
    }
    let encrypted = whole(request, "/recordingConfig/decryptionMode").unwrap_or(0) != 0;
    let secret = request.pointer("/recordingConfig/secret").and_then(Value::as_str).unwrap_or_default();
    if encrypted && secret.is_empty() {
        return refuse("/recordingConfig/secret", "is required by decryptionMode");
    }
    let Some(canvas) = request.pointer("/recordingConfig/transcodingConfig") else {
        return Ok(());
    };
    let side = |name| whole(canvas, name).unwrap_or(0);
    if side("/width") * side("/height") > 1920 * 1080 {
        return refuse("/recordingConfig/transcodingConfig", "must have at most 1920*1080 pixels");
    }
    layout(canvas, "/recordingConfig/transcodingConfig")
}

/// A custom layout needs its regions.
pub(super) fn layout(canvas: &Value, at: &str) -> Checked {
    let regions = canvas.pointer("/layoutConfig").and_then(Value::as_array).map_or(0, Vec::len);
    if whole(canvas, "/mixedVideoLayout") == Some(3) && regions == 0 {
        return refuse(&format!("{at}/layoutConfig"), "is required by layout 3");
    }
    Ok(())
}

/// Files, pictures or Aliyun VoD.
fn outputs(mode: &str, request: &Value) -> Checked {
    let snapshot = has(request, "/snapshotConfig");
    let extension = has(request, "/extensionServiceConfig");
    if snapshot && has(request, "/recordingFileConfig") {
        return refuse("/snapshotConfig", "and recordingFileConfig exclude each other");
    }
    if snapshot && extension {
        return refuse("/snapshotConfig", "and extensionServiceConfig exclude each other");
    }
    if extension && mode != "mix" {
        return refuse("/extensionServiceConfig", "is for mix mode only");
    }
    if extension && has(request, "/storageConfig") {
        return refuse("/extensionServiceConfig", "and storageConfig exclude each other");
    }
    if snapshot {
        return snapshots(mode, request);
    }
    match texts(request, "/recordingFileConfig/avFileType").as_deref() {
        None | Some(["hls"]) => Ok(()),
        Some(["hls", "mp4"]) if mode == "mix" && whole(request, "/storageConfig/vendor") != Some(QINIU) => Ok(()),
        Some(_) => {
            refuse("/recordingFileConfig/avFileType", "must be [hls], or [hls, mp4] in mix mode and not at Qiniu")
        }
    }
}

fn snapshots(mode: &str, request: &Value) -> Checked {
    if mode != "individual" {
        return refuse("/snapshotConfig", "is for individual mode only");
    }
    if texts(request, "/snapshotConfig/fileType").as_deref() != Some(&["jpg"]) {
        return refuse("/snapshotConfig/fileType", "must be [jpg]");
    }
    if whole(request, "/recordingConfig/streamTypes") == Some(0) {
        return refuse("/recordingConfig/streamTypes", "must be 1 or 2 with snapshots");
    }
    let (audio, video) = ("/recordingConfig/subscribeAudioUids", "/recordingConfig/subscribeVideoUids");
    if has(request, audio) && !has(request, video) {
        return refuse(video, "is required beside subscribeAudioUids with snapshots");
    }
    Ok(())
}

fn storage(request: &Value) -> Checked {
    let Some(vendor) = whole(request, "/storageConfig/vendor") else {
        return Ok(());
    };
    if let Some(regions) = usize::try_from(vendor).ok().and_then(|vendor| REGIONS.get(vendor)) {
        match whole(request, "/storageConfig/region") {
            None => return refuse("/storageConfig/region", "is required"),
            Some(16) if vendor == AMAZON => return refuse("/storageConfig/region", "does not exist"),
            Some(region) if !regions.contains(&region) => return refuse("/storageConfig/region", "does not exist"),
            Some(_) => {}
        }
    }
    for key in ["/storageConfig/accessKey", "/storageConfig/secretKey"] {
        let given = request.pointer(key).and_then(Value::as_str).is_some_and(|key| !key.is_empty());
        if vendor != OWN_STORE && !given {
            return refuse(key, "is required");
        }
    }
    // The prefix is written "a/b/", closing slash included.
    let prefix = texts(request, "/storageConfig/fileNamePrefix").unwrap_or_default();
    if prefix.iter().map(|part| part.len() + 1).sum::<usize>() > 128 {
        return refuse("/storageConfig/fileNamePrefix", "must have at most 128 characters");
    }
    Ok(())
}

/// Audio lists need audio, video lists need video.
fn subscription(stream_types: i64, request: &Value, audio: &str, video: &str) -> Checked {
    let without = [
        (1, audio, ["subscribeAudioUids", "unSubscribeAudioUids"]),
        (0, video, ["subscribeVideoUids", "unSubscribeVideoUids"]),
    ];
    for (barred, at, lists) in without {
        let given = lists.iter().map(|list| format!("{at}/{list}")).find(|list| has(request, list));
        if let Some(list) = given.filter(|_| stream_types == barred) {
            return refuse(&list, "does not go with streamTypes");
        }
    }
    Ok(())
}

/// The lists of `update`, against the stream types the recording was started with.
pub(super) fn update(stream_types: i64, request: &Value) -> Checked {
    subscription(stream_types, request, "/streamSubscribe/audioUidList", "/streamSubscribe/videoUidList")
}
