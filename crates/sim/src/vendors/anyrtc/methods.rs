//! The six methods, and what they answer.

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::{
    callbacks::{BACKUPED, LEAVE, STARTED, UPLOADED},
    envelope::{coded, enveloped},
    rules,
};
use crate::{
    answer::Answer,
    call::Call,
    fields::Complaint,
    notice::Notice,
    vendor::Vendor,
    world::{
        World,
        recorders::{Handle, Recorder, Recording, Refusal},
    },
};

const DEFAULT_HOURS: u64 = 72;

/// `Acquire`.
pub(super) fn acquire(world: &mut World, call: &Call) -> Answer {
    let hours = client_request(call).pointer("/resourceExpiredHour").and_then(Value::as_u64).unwrap_or(DEFAULT_HOURS);
    let resource_id = world.recorders.acquire(recorder(call), hours, call.elapsed);
    done(call, &json!({"resourceId": resource_id})).applied()
}

/// `Start`.
pub(super) fn start(world: &mut World, call: &Call) -> Answer {
    let (mode, request) = (call.place("mode"), client_request(call));
    if !["individual", "mix"].contains(&mode) {
        return broken(call, 2, &Complaint::rule("mode", "must be individual or mix"));
    }
    if let Err(complaint) = rules::start(mode, &request) {
        return broken(call, 2, &complaint);
    }
    let (resource_id, millis) = (call.place("resourceid"), call.unix_millis());
    match world.recorders.start(resource_id, recorder(call), mode, request, call.elapsed, millis) {
        Ok(recording) => {
            let started = recording.notice();
            let answer = done(call, &ids(recording)).applied();
            world.notices.push(notice(call, STARTED, started));
            answer
        }
        Err(refusal) => refused(call, refusal),
    }
}

/// `Update`: the given lists replace all earlier ones.
pub(super) fn update(world: &mut World, call: &Call) -> Answer {
    let recording = match world.recorders.find_running(handle(call), call.elapsed) {
        Ok(recording) => recording,
        Err(refusal) => return refused(call, refusal),
    };
    let request = client_request(call);
    let stream_types = recording.request.pointer("/recordingConfig/streamTypes").and_then(Value::as_i64).unwrap_or(2);
    if let Err(complaint) = rules::update(stream_types, &request) {
        return broken(call, 2, &complaint);
    }
    recording.subscription = request.get("streamSubscribe").cloned().unwrap_or_default();
    done(call, &ids(recording)).applied()
}

/// `UpdateLayout`: what is left out goes back to its default.
pub(super) fn update_layout(world: &mut World, call: &Call) -> Answer {
    let recording = match world.recorders.find_running(handle(call), call.elapsed) {
        Ok(recording) => recording,
        Err(refusal) => return refused(call, refusal),
    };
    let request = client_request(call);
    if recording.mode != "mix" {
        return broken(call, 1028, &Complaint::rule("mode", "must be mix"));
    }
    if let Err(complaint) = rules::layout(&request, "") {
        return broken(call, 1028, &complaint);
    }
    let mut layout = json!({"mixedVideoLayout": 0, "backgroundColor": "#000000", "layoutConfig": []});
    for (name, value) in request.as_object().into_iter().flatten() {
        layout[name.as_str()] = value.clone();
    }
    recording.layout = layout;
    done(call, &ids(recording)).applied()
}

/// `Query`.
pub(super) fn query(world: &mut World, call: &Call) -> Answer {
    let step = world.recorders.step();
    let recording = match world.recorders.find(handle(call), call.elapsed) {
        Ok(recording) => recording,
        Err(refusal) => return refused(call, refusal),
    };
    match recording.status(call.elapsed, step) {
        Some(status) => done(call, &with_server_response(recording, progress(recording, status))),
        None => refused(call, Refusal::NotFound),
    }
}

/// `Stop`.
pub(super) fn stop(world: &mut World, call: &Call) -> Answer {
    let uploading_status = world.recorders.uploading_status.clone();
    let recording = match world.recorders.stop(handle(call), call.elapsed) {
        Ok(recording) => recording,
        Err(refusal) => return refused(call, refusal),
    };
    world.notices.push(notice(call, LEAVE, recording.notice()));
    if !recording.heard {
        return coded(call, 435, "no recorded data").applied();
    }
    let mut response = files(recording);
    let event = match uploading_status.as_str() {
        "uploaded" => Some(UPLOADED),
        "backuped" => Some(BACKUPED),
        _ => None,
    };
    if let (Some(event), false) = (event, response.is_empty()) {
        let mut told = recording.notice();
        told["details"] = json!({"fileList": file_list(recording, &response)});
        world.notices.push(notice(call, event, told));
    }
    response.insert("uploadingStatus".to_owned(), json!(uploading_status));
    let status = if uploading_status == "backuped" { StatusCode::PARTIAL_CONTENT } else { StatusCode::OK };
    let payload = with_server_response(recording, response);
    enveloped(call, status, &payload).code(status.as_u16()).applied()
}

fn notice(call: &Call, event: &'static str, fields: Value) -> Notice {
    Notice::new(Vendor::Anyrtc, event, fields, call.unix_millis())
}

fn recorder(call: &Call) -> Recorder<'_> {
    Recorder { app_id: call.place("appid"), cname: call.text("cname"), uid: call.text("uid") }
}

fn handle(call: &Call) -> Handle<'_> {
    Handle {
        app_id: call.place("appid"),
        resource_id: call.place("resourceid"),
        sid: call.place("sid"),
        mode: call.place("mode"),
        body: call.json.contains_key("cname").then(|| (call.text("cname"), call.text("uid"))),
    }
}

fn client_request(call: &Call) -> Value {
    call.json.get("clientRequest").cloned().unwrap_or_else(|| json!({}))
}

fn done(call: &Call, payload: &Value) -> Answer {
    enveloped(call, StatusCode::OK, payload).code(200)
}

fn broken(call: &Call, code: i64, complaint: &Complaint) -> Answer {
    coded(call, code, &complaint.sentence())
}

fn refused(call: &Call, refusal: Refusal) -> Answer {
    let (code, reason) = match refusal {
        Refusal::AlreadyStarted => (7, "already started with this resource id"),
        Refusal::AlreadyStopped => (49, "already stopped"),
        Refusal::Conflict => (53, "this cname and uid are already recording"),
        Refusal::Foreign => (432, "mode, cname or uid does not match the resource id"),
        Refusal::Expired => (433, "resource id expired"),
        Refusal::Undecipherable => (1001, "resource id cannot be decrypted"),
        Refusal::Mismatch => (1003, "app id or sid does not match the resource id"),
        Refusal::NotFound => (404, "failed to find worker"),
    };
    coded(call, code, reason)
}

fn ids(recording: &Recording) -> Value {
    json!({"resourceId": recording.resource_id, "sid": recording.sid})
}

fn with_server_response(recording: &Recording, response: Map<String, Value>) -> Value {
    let mut payload = ids(recording);
    payload["serverResponse"] = Value::Object(response);
    payload
}

fn members(value: Value) -> Map<String, Value> {
    if let Value::Object(members) = value { members } else { Map::new() }
}

/// What a query tells. The status is a text, as in the documentation's sample.
fn progress(recording: &Recording, status: u32) -> Map<String, Value> {
    if has_extension(recording) {
        let video = json!({"fileName": file_name(recording, "m3u8"), "videoId": recording.sid});
        return members(json!({
            "extensionServiceState": [{
                "serviceName": "aliyun_vod_service",
                "payload": {"state": if recording.heard { "inProgress" } else { "idle" }, "videoInfo": [video]},
            }],
            "subServiceStatus": {"recordingService": "serviceInProgress"},
        }));
    }
    // The first file appears with status 5.
    let mut response = if status >= 5 { files(recording) } else { Map::new() };
    response.insert("status".to_owned(), json!(status.to_string()));
    response.insert("sliceStartTime".to_owned(), json!(recording.started_unix_millis));
    response
}

/// The file list: a name for a mix of HLS only, else an array; pictures and VoD have none.
fn files(recording: &Recording) -> Map<String, Value> {
    if has_extension(recording) || recording.request.get("snapshotConfig").is_some() {
        return Map::new();
    }
    let file = |name, uid: &str, track: &str, mixed| file(recording, name, uid, track, mixed);
    let stream_types = recording.request.pointer("/recordingConfig/streamTypes").and_then(Value::as_i64);
    if recording.mode == "individual" {
        let tracks: &[&str] = match stream_types {
            Some(0) => &["audio"],
            Some(1) => &["video"],
            _ => &["audio", "video"],
        };
        let of_user = |uid: String| {
            let name = |track: &str| file_name(recording, &format!("_uid_s_{uid}__uid_e_{track}.m3u8"));
            tracks.iter().map(|track| file(name(track), &uid, track, false)).collect::<Vec<_>>()
        };
        let list: Vec<_> = users(recording).into_iter().flat_map(of_user).collect();
        return members(json!({"fileListMode": "json", "fileList": list}));
    }
    let types = recording.request.pointer("/recordingFileConfig/avFileType").and_then(Value::as_array);
    if types.is_some_and(|types| types.contains(&json!("mp4"))) {
        let track = mixed_track(stream_types);
        let list = ["m3u8", "mp4"].map(|suffix| file(file_name(recording, suffix), "0", track, true));
        return members(json!({"fileListMode": "json", "fileList": list}));
    }
    members(json!({"fileListMode": "string", "fileList": file_name(recording, "m3u8")}))
}

/// The files as a callback lists them: always an array, even where the answer has one name.
fn file_list(recording: &Recording, answered: &Map<String, Value>) -> Value {
    match answered.get("fileList") {
        Some(Value::String(name)) => {
            let stream_types = recording.request.pointer("/recordingConfig/streamTypes").and_then(Value::as_i64);
            json!([file(recording, name.clone(), "0", mixed_track(stream_types), true)])
        }
        list => list.cloned().unwrap_or_else(|| json!([])),
    }
}

fn file(recording: &Recording, name: String, uid: &str, track: &str, mixed: bool) -> Value {
    json!({
        "filename": name, "trackType": track, "uid": uid, "mixedAllUser": mixed, "isPlayable": true,
        "sliceStartTime": recording.started_unix_millis,
    })
}

fn mixed_track(stream_types: Option<i64>) -> &'static str {
    match stream_types {
        Some(0) => "audio",
        Some(1) => "video",
        _ => "audio_and_video",
    }
}

fn has_extension(recording: &Recording) -> bool {
    recording.request.get("extensionServiceConfig").is_some()
}

/// `prefix/sid_cname.suffix`; a suffix that starts with an underscore names a user and goes without the dot.
fn file_name(recording: &Recording, suffix: &str) -> String {
    let prefix = recording.request.pointer("/storageConfig/fileNamePrefix").and_then(Value::as_array);
    let parts = prefix.into_iter().flatten().filter_map(Value::as_str);
    let prefix: String = parts.flat_map(|part| [part, "/"]).collect();
    let joint = if suffix.starts_with('_') { "_" } else { "." };
    format!("{prefix}{}_{}{joint}{suffix}", recording.sid, recording.cname)
}

/// Whose streams an individual recording has: the named ones, or one made-up user.
fn users(recording: &Recording) -> Vec<String> {
    let named = ["subscribeAudioUids", "subscribeVideoUids"]
        .iter()
        .filter_map(|list| recording.request.pointer(&format!("/recordingConfig/{list}"))?.as_array())
        .flatten()
        .filter_map(Value::as_str)
        .filter(|uid| *uid != "#allstream#");
    let named: std::collections::BTreeSet<_> = named.map(str::to_owned).collect();
    if named.is_empty() { vec!["1001".to_owned()] } else { named.into_iter().collect() }
}
