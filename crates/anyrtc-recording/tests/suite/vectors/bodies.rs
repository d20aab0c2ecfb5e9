//! Request bodies: made with the typed constructors where there is one for it, read back from JSON, and compared.

use anyrtc_recording::{
    Acquire, AliyunRegion, AliyunVod, AvFileType, ChannelType, IndividualOutput, Layout, LayoutRegion, Mode,
    RecordingConfig, RecordingFileConfig, RenderMode, SnapshotConfig, Start, StartIndividual, StartMix, StartRequest,
    Stop, StorageConfig, Subscription, TranscodingConfig, UidGroup, Uids, Update, UpdateLayout, VideoData,
    VideoStreamType,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{Vector, of_kind, offline, text};
use crate::{CNAME, UID};

/// Numbers in the canonical form: 1.0, the one whole float among the vectors, is 1.
fn normal(value: &Value) -> Value {
    match value {
        Value::Number(number) if number.as_f64() == Some(1.0) => json!(1),
        Value::Array(items) => items.iter().map(normal).collect(),
        Value::Object(members) => members.iter().map(|(key, value)| (key.clone(), normal(value))).collect(),
        other => other.clone(),
    }
}

fn written(operation: &impl Serialize) -> Value {
    normal(&serde_json::to_value(operation).unwrap())
}

fn sample_storage() -> StorageConfig {
    StorageConfig::aliyun(AliyunRegion::CnBeijing, "xxxxx", "xxxxxxf", "xxxxx")
        .file_name_prefix(["directory1", "directory2"])
}

pub(crate) fn sample_recording() -> Start {
    let layout = Layout::best_fit().background_color("#FF0000");
    StartMix::new(ChannelType::Communication, sample_storage())
        .token("<token if any>")
        .max_idle_time(30)
        .transcoding(TranscodingConfig::new(360, 640, 15, 500).layout(layout))
        .subscription(Subscription::both(Uids::only(["123", "456"]), Uids::only(["123", "456"])))
        .subscribe_uid_group(UidGroup::UpTo2)
        .hls()
        .on("r", CNAME, UID)
}

pub(crate) fn sample_snapshot() -> Start {
    let output = IndividualOutput::Snapshots(SnapshotConfig::new().capture_interval(5));
    let (profile, group) = (ChannelType::Communication, UidGroup::UpTo2);
    StartIndividual::new(profile, group, output, sample_storage())
        .token("<token if any>")
        .max_idle_time(30)
        .subscription(Subscription::both(Uids::Everyone, Uids::Everyone))
        .on("r", CNAME, UID)
}

pub(crate) fn sample_vod() -> Start {
    let video = VideoData::new("My Video").description("This is my first video").cover_url("http://xxxxx");
    let vod = AliyunVod::new("cn-shanghai", "xxxxxx", "xxxxxx", video);
    StartMix::new(ChannelType::Communication, vod)
        .token("<token if any>")
        .max_idle_time(30)
        .subscription(Subscription::both(Uids::Everyone, Uids::Everyone))
        .subscribe_uid_group(UidGroup::UpTo2)
        .on("r", CNAME, UID)
}

pub(crate) fn sample_update() -> Update {
    let subscription = Subscription::both(Uids::Everyone, Uids::except(["444", "555", "666"]));
    Update::new("r", "s", Mode::Mix, CNAME, UID, subscription)
}

pub(crate) fn sample_layout() -> UpdateLayout {
    let region = |uid: &str, at| LayoutRegion::new(at, at, 0.1, 0.1).uid(uid).alpha(1.0).render_mode(RenderMode::Fit);
    let layout = Layout::custom([region("1", 0.1), region("2", 0.2)]).background_color("#FF0000");
    UpdateLayout::new("r", "s", CNAME, UID, layout)
}

/// The body of a vector, made by hand.
fn made(name: &str) -> Value {
    let start = |mode, cname, uid, request| written(&Start::new("r", mode, cname, uid, request));
    match name {
        "body.acquire.sample" => written(&Acquire::new(CNAME, UID).resource_expired_hour(24)),
        "body.acquire.default_expiry" => written(&Acquire::new(CNAME, UID)),
        "body.start.recording.sample" => written(&sample_recording()),
        "body.start.snapshot.sample" => written(&sample_snapshot()),
        "body.start.aliyun_vod.sample" => written(&sample_vod()),
        "body.update.sample" => written(&sample_update()),
        "body.update_layout.sample" => written(&sample_layout()),
        "body.stop.sample" => written(&Stop::new("r", "s", Mode::Mix, CNAME, UID)),
        "body.start.individual_group_zero" => {
            let mut config = RecordingConfig::new(ChannelType::Live).subscribe_uid_group(UidGroup::UpTo2);
            config = config.stream_types(anyrtc_recording::StreamTypes::Audio).subscribe_audio_uids(["#allstream#"]);
            start(Mode::Individual, "room1", "rec-1", StartRequest::new(config))
        }
        "body.start.private_store" => {
            let store = StorageConfig::private("http://host:port/arapi/v1/fdfs/file/uploadOssFile")
                .file_name_prefix(["directory1", "directory2"]);
            written(&StartMix::new(ChannelType::Live, store).on("r", "room1", "rec-1"))
        }
        "body.start.mix_mp4" => {
            let config = RecordingConfig::new(ChannelType::Live)
                .max_idle_time(60)
                .transcoding_config(TranscodingConfig::new(360, 640, 15, 500).layout(Layout::best_fit()))
                .video_stream_type(VideoStreamType::High)
                .subscription(Subscription::both(Uids::Everyone, Uids::only(["u1"])));
            let mut files = RecordingFileConfig::new();
            files.av_file_type = Some(vec![AvFileType::Hls, AvFileType::Mp4]);
            start(Mode::Mix, "room1", "anyrtcroom1", StartRequest::new(config).recording_file_config(files))
        }
        other => panic!("no body for {other}"),
    }
}

#[test]
fn bodies_are_the_documented_ones() {
    let vectors = of_kind("request_body");
    assert_eq!(vectors.len(), 11);
    for vector in vectors {
        let expected = normal(&vector.expected["json"]);
        assert_eq!(expected.to_string(), text(&vector.expected, "canonical"), "{}", vector.name);
        assert_eq!(made(&vector.name), expected, "{}", vector.name);
        assert_eq!(reread(&vector), expected, "{}", vector.name);
    }
}

/// The vector's own body with path fields added, read by the operation and written again.
fn reread(vector: &Vector) -> Value {
    let mut input = vector.expected["json"].clone();
    let mode = vector.input["mode"].as_str().unwrap_or("mix");
    for (name, value) in [("resourceid", "r"), ("sid", "s"), ("mode", mode)] {
        input[name] = json!(value);
    }
    match text(&vector.input, "method") {
        "acquire" => again::<Acquire>(input),
        "start" => again::<Start>(input),
        "update" => again::<Update>(input),
        "updateLayout" => again::<UpdateLayout>(input),
        "stop" => again::<Stop>(input),
        other => panic!("no method {other}"),
    }
}

fn again<O: Serialize + DeserializeOwned>(input: Value) -> Value {
    written(&serde_json::from_value::<O>(input).unwrap())
}

#[test]
fn the_documented_requests_pass_strict_checks() {
    let client = offline(crate::account());
    client.prepare(Acquire::new(CNAME, UID).resource_expired_hour(24)).unwrap();
    client.prepare(sample_recording()).unwrap();
    client.prepare(sample_snapshot()).unwrap();
    client.prepare(sample_vod()).unwrap();
    client.prepare(sample_update()).unwrap();
    client.prepare(sample_layout()).unwrap();
    client.prepare(Stop::new("r", "s", Mode::Mix, CNAME, UID)).unwrap();
}
