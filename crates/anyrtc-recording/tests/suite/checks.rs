//! Each rule: refused with its path and id, and sent when checks are off.

mod profiles;

use anyrtc_recording::{
    Account, AliyunRegion, AmazonRegion, ChannelType, DecryptionMode, Delivery, ErrorKind, ExtensionService,
    ExtensionServiceConfig, KingsoftRegion, Layout, LayoutRegion, MixedVideoLayout, Mode, QiniuRegion, Query,
    RecordingConfig, RecordingFileConfig, RenderMode, ServiceParam, SnapshotConfig, Start, StartRequest, Stop,
    StorageConfig, StorageVendor, StreamSubscribe, StreamTypes, Subscription, TencentRegion, TranscodingConfig,
    UidGroup, Uids, Update, UpdateLayout, Validation, VideoData, VideoStreamType,
};
use livecloud_core::Operation;

use super::{CNAME, UID, acquire, client, ok};

const STRICT: Validation = Validation::Strict;
const RELAXED: Validation = Validation::Relaxed;
const CONFIG: &str = "clientRequest.recordingConfig";
const STORAGE: &str = "clientRequest.storageConfig";
const SERVICE: &str = "clientRequest.extensionServiceConfig.extensionServices[0]";

/// `(path, rule id)` of every violation; empty when the request was sent.
async fn broken<O>(operation: O, validation: Validation) -> Vec<(String, &'static str)>
where
    O: Operation<Vendor = Account> + 'static,
{
    let transport = ok();
    let outcome = client(&transport).call(operation).validation(validation).await;
    let sent = transport.requests().len();
    match outcome {
        Ok(_) => {
            assert_eq!(sent, 1);
            Vec::new()
        }
        Err(error) => {
            assert_eq!((sent, error.kind(), error.delivery()), (0, ErrorKind::Invalid, Delivery::NotSent), "{error}");
            error.violations().iter().map(|violation| (violation.path.clone(), violation.id)).collect()
        }
    }
}

/// Refused under Strict for exactly this, sent under Off.
async fn refused<O>(operation: O, path: &str, rule: &'static str)
where
    O: Operation<Vendor = Account> + Clone + 'static,
{
    assert_eq!(broken(operation.clone(), STRICT).await, [(path.to_owned(), rule)]);
    assert_eq!(broken(operation, Validation::Off).await, [], "{path} {rule} under Off");
}

fn config() -> RecordingConfig {
    RecordingConfig::new(ChannelType::Live)
}

fn storage() -> StorageConfig {
    StorageConfig::aliyun(AliyunRegion::CnBeijing, "bucket", "access", "secret")
}

fn mix(request: StartRequest) -> Start {
    Start::new("r", Mode::Mix, CNAME, UID, request)
}

fn individual(request: StartRequest) -> Start {
    Start::new("r", Mode::Individual, CNAME, UID, request)
}

/// A mix with that configuration, into a storage.
fn with(config: RecordingConfig) -> Start {
    mix(StartRequest::new(config).storage_config(storage()))
}

/// A mix into that storage.
fn into(storage: StorageConfig) -> Start {
    mix(StartRequest::new(config()).storage_config(storage))
}

fn canvas(layout: Layout) -> Start {
    with(config().transcoding_config(TranscodingConfig::new(360, 640, 15, 500).layout(layout)))
}

fn snapshots(config: RecordingConfig, snapshot: SnapshotConfig) -> Start {
    let request = StartRequest::new(config.subscribe_uid_group(UidGroup::UpTo7));
    individual(request.snapshot_config(snapshot).storage_config(storage()))
}

fn service() -> ExtensionService {
    ExtensionService::aliyun_vod(ServiceParam::new("cn-shanghai", "access", "secret", VideoData::new("title")))
}

fn into_vod(service: ExtensionService) -> Start {
    let services = ExtensionServiceConfig::new([service]);
    mix(StartRequest::new(config()).extension_service_config(services))
}

fn full() -> LayoutRegion {
    LayoutRegion::new(0.0, 0.0, 1.0, 1.0)
}

#[tokio::test]
async fn channel_and_recorder_are_checked_in_every_body() {
    let long = "a".repeat(65);
    let lists = || StreamSubscribe::from(Subscription::Audio(Uids::Everyone));
    for (cname, uid, path, rule) in [("a*b", UID, "cname", "R01"), ("", UID, "cname", "R01"), (CNAME, "", "uid", "R02")]
    {
        refused(anyrtc_recording::Acquire::new(cname, uid), path, rule).await;
        refused(Start::new("r", Mode::Mix, cname, uid, StartRequest::new(config())), path, rule).await;
        refused(Update::new("r", "s", Mode::Mix, cname, uid, lists()), path, rule).await;
        refused(UpdateLayout::new("r", "s", cname, uid, Layout::default()), path, rule).await;
        refused(Stop::new("r", "s", Mode::Mix, cname, uid), path, rule).await;
    }
    refused(Stop::new("r", "s", Mode::Mix, long, UID), "cname", "R01").await;
    refused(Stop::new("r", "s", Mode::Mix, CNAME, "图".repeat(49)), "uid", "R02").await;
    assert_eq!(broken(Stop::new("r", "s", Mode::Mix, CNAME, "图".repeat(48)), STRICT).await, []);
    refused(Query::new("r", "s", Mode::Other("web".into())), "mode", "E01").await;
    assert_eq!(broken(Query::new("r", "s", Mode::Other(String::new())), STRICT).await, [("mode".to_owned(), "E01")]);
    refused(acquire().resource_expired_hour(721), "clientRequest.resourceExpiredHour", "R03").await;
}

#[tokio::test]
async fn ids_in_the_path_are_checked_with_everything_else() {
    let lists = || StreamSubscribe::from(Subscription::Audio(Uids::Everyone));
    for id in ["", ".", ".."] {
        let found = [
            broken(Query::new(id, id, Mode::Mix), STRICT).await,
            broken(Stop::new(id, id, Mode::Mix, CNAME, UID), STRICT).await,
            broken(Update::new(id, id, Mode::Mix, CNAME, UID, lists()), STRICT).await,
            broken(UpdateLayout::new(id, id, CNAME, UID, Layout::default()), STRICT).await,
        ];
        let expected = [("resourceid".to_owned(), "E05"), ("sid".to_owned(), "E06")];
        assert!(found.iter().all(|found| *found == expected), "{id:?}: {found:?}");
    }
    assert_eq!(broken(Query::new("...", "a/..", Mode::Mix), STRICT).await, []);
    let start = Start::new("", Mode::Mix, "", UID, StartRequest::default());
    let rules: Vec<_> = broken(start.clone(), STRICT).await.into_iter().map(|(_, rule)| rule).collect();
    assert_eq!(rules, ["R01", "E05", "R04"]);
    // What is left without checks: such an address would be another one.
    assert_eq!(broken(start, Validation::Off).await, [("resourceid".to_owned(), "path")]);
    assert_eq!(broken(Query::new("r", "", Mode::Mix), Validation::Off).await, [("sid".to_owned(), "path")]);
}

#[tokio::test]
async fn parts_that_exclude_each_other_are_refused() {
    let files = RecordingFileConfig::hls;
    let group = || config().subscribe_uid_group(UidGroup::UpTo2);
    let snapshot = "clientRequest.snapshotConfig";
    refused(mix(StartRequest::default().storage_config(storage())), CONFIG, "R04").await;
    refused(
        individual(StartRequest::new(group()).snapshot_config(SnapshotConfig::new()).recording_file_config(files())),
        snapshot,
        "R05",
    )
    .await;
    refused(mix(StartRequest::new(config()).snapshot_config(SnapshotConfig::new())), snapshot, "R06").await;
    let mut vod = into_vod(service());
    vod.client_request.storage_config = Some(storage());
    refused(vod, STORAGE, "R09").await;
    let mut vod = into_vod(service());
    vod.mode = Mode::Individual;
    vod.client_request.recording_config = Some(group());
    refused(vod.clone(), "clientRequest.extensionServiceConfig", "R08").await;
    vod.client_request.snapshot_config = Some(SnapshotConfig::new());
    let both = broken(vod, STRICT).await;
    assert_eq!(both.iter().map(|(_, rule)| *rule).collect::<Vec<_>>(), ["R07", "R08"]);
    refused(individual(StartRequest::new(config())), &format!("{CONFIG}.subscribeUidGroup"), "R10").await;
    let canvas = TranscodingConfig::new(360, 640, 15, 500);
    let request = StartRequest::new(group().transcoding_config(canvas));
    refused(individual(request), &format!("{CONFIG}.transcodingConfig"), "R11").await;
    let request = StartRequest::new(group().audio_profile(anyrtc_recording::AudioProfile::Mono48));
    refused(individual(request), &format!("{CONFIG}.audioProfile"), "R23").await;
}

#[tokio::test]
async fn the_canvas_is_checked() {
    let at = |name: &str| format!("{CONFIG}.transcodingConfig{name}");
    let size = |width, height| with(config().transcoding_config(TranscodingConfig::new(width, height, 15, 500)));
    let mut part = TranscodingConfig::new(360, 640, 15, 500);
    part.bitrate = None;
    refused(with(config().transcoding_config(part)), &at(".bitrate"), "R12").await;
    refused(size(1921, 1), &at(".width"), "R13").await;
    refused(size(1, 1921), &at(".height"), "R13").await;
    refused(size(1441, 1440), &at(""), "R13").await;
    refused(size(0, 640), &at(".width"), "R13").await;
    assert_eq!(broken(size(u32::MAX, u32::MAX), STRICT).await.len(), 2);
    let mut layout = Layout::custom([]);
    refused(canvas(layout.clone()), &at(".layoutConfig"), "R14").await;
    layout.mixed_video_layout = Some(MixedVideoLayout::Other(4));
    layout.layout_config = None;
    refused(canvas(layout), &at(".mixedVideoLayout"), "R14").await;
    refused(canvas(Layout::custom(vec![full(); 18])), &at(".layoutConfig"), "R15").await;
    let mut layout = Layout::best_fit();
    layout.layout_config = Some(vec![full()]);
    refused(canvas(layout), &at(".layoutConfig"), "R16").await;
    refused(canvas(Layout::best_fit().background_color("red")), &at(".backgroundColor"), "R26").await;
    refused(canvas(Layout::vertical("")), &at(".maxResolutionUid"), "R02").await;
    let below = -0.000_001;
    for (region, name) in [
        (LayoutRegion::new(below, 0.0, 1.0, 1.0), "x_axis"),
        (LayoutRegion::new(0.0, 1.1, 0.0, 0.0), "y_axis"),
        (LayoutRegion::new(0.0, 0.0, 2.0, 1.0), "width"),
        (LayoutRegion::new(0.0, 0.0, 1.0, below), "height"),
        (full().alpha(1.1), "alpha"),
        (full().render_mode(RenderMode::Other(2)), "render_mode"),
    ] {
        refused(canvas(Layout::custom([full(), region])), &at(&format!(".layoutConfig[1].{name}")), "R17").await;
    }
    let not_a_number = canvas(Layout::custom([LayoutRegion::new(f64::NAN, 0.0, 1.0, 1.0)]));
    assert_eq!(broken(not_a_number, STRICT).await, [(at(".layoutConfig[0].x_axis"), "R17")]);
    refused(canvas(Layout::custom([full().uid("a".repeat(49))])), &at(".layoutConfig[0].uid"), "R02").await;
    let mut update = UpdateLayout::new("r", "s", CNAME, UID, Layout::custom(vec![full(); 18]));
    refused(update.clone(), "clientRequest.layoutConfig", "R15").await;
    update.client_request = Layout::floating();
    update.mode = Mode::Individual;
    refused(update, "mode", "R37").await;
}

#[tokio::test]
async fn lists_are_checked() {
    let at = |name: &str| format!("{CONFIG}.{name}");
    let uids = |count: usize| (0..count).map(|uid| uid.to_string()).collect::<Vec<_>>();
    let none = Vec::<String>::new;
    refused(with(config().subscribe_audio_uids(uids(33))), &at("subscribeAudioUids"), "R18").await;
    refused(with(config().un_subscribe_video_uids(none())), &at("unSubscribeVideoUids"), "R18").await;
    let both = config().subscribe_video_uids(uids(1)).un_subscribe_video_uids(uids(2));
    refused(with(both), &at("unSubscribeVideoUids"), "R19").await;
    let video_only = config().stream_types(StreamTypes::Video);
    refused(with(video_only.clone().un_subscribe_audio_uids(uids(1))), &at("unSubscribeAudioUids"), "R20").await;
    let audio_only = config().stream_types(StreamTypes::Audio);
    refused(with(audio_only.subscribe_video_uids(uids(1))), &at("subscribeVideoUids"), "R20").await;
    refused(with(config().subscribe_audio_uids(["#allstream#", "1"])), &at("subscribeAudioUids"), "R45").await;
    refused(with(config().subscribe_audio_uids(["1", ""])), &at("subscribeAudioUids[1]"), "R02").await;
    refused(with(config().subscribe_uid_group(UidGroup::Other(4))), &at("subscribeUidGroup"), "R10").await;

    let lists = "clientRequest.streamSubscribe";
    let update = |lists| Update::new("r", "s", Mode::Mix, CNAME, UID, lists);
    refused(update(StreamSubscribe::default()), lists, "R36").await;
    let mut half = StreamSubscribe::from(Subscription::both(Uids::Everyone, Uids::Everyone));
    half.video_uid_list = Some(anyrtc_recording::VideoUidList::default());
    refused(update(half.clone()), &format!("{lists}.videoUidList"), "R36").await;
    half.audio_uid_list = Some(anyrtc_recording::AudioUidList::default());
    let both = broken(update(half), STRICT).await;
    let paths = ["audioUidList", "videoUidList"].map(|name| (format!("{lists}.{name}"), "R36"));
    assert_eq!(both, paths);
    let audio = || StreamSubscribe::from(Subscription::Audio(Uids::only(["1"])));
    refused(update(audio()).for_stream_types(StreamTypes::Video), &format!("{lists}.audioUidList"), "R20").await;
    for types in [StreamTypes::Audio, StreamTypes::Both] {
        assert_eq!(broken(update(audio()).for_stream_types(types), STRICT).await, []);
    }
    assert_eq!(broken(update(audio()), STRICT).await, [], "not checked while unknown");
    let many = Subscription::Video(Uids::Except(uids(33))).into();
    refused(update(many), &format!("{lists}.videoUidList.unSubscribeVideoUids"), "R18").await;
}

#[tokio::test]
async fn settings_of_the_recording_are_checked() {
    let at = |name: &str| format!("{CONFIG}.{name}");
    refused(with(RecordingConfig::new(ChannelType::Other(2))), &at("channelType"), "E02").await;
    refused(with(RecordingConfig::default()), &at("channelType"), "E02").await;
    refused(with(config().stream_types(StreamTypes::Other(3))), &at("streamTypes"), "E03").await;
    refused(with(config().video_stream_type(VideoStreamType::Other(2))), &at("videoStreamType"), "E04").await;
    refused(with(config().decryption_mode(DecryptionMode::Aes128Xts)), &at("secret"), "R22").await;
    refused(with(config().decryption_mode(DecryptionMode::Aes256Xts).secret("")), &at("secret"), "R22").await;
    let unknown = config().decryption_mode(DecryptionMode::Other(4)).secret("k");
    refused(with(unknown), &at("decryptionMode"), "R22").await;
    let profile = config().audio_profile(anyrtc_recording::AudioProfile::Other(3));
    refused(with(profile), &at("audioProfile"), "R24").await;
    refused(with(config().max_idle_time(4)), &at("maxIdleTime"), "R25").await;
    refused(with(config().max_idle_time(1 << 32)), &at("maxIdleTime"), "R25").await;

    let snapshot = "clientRequest.snapshotConfig";
    let interval = |seconds| snapshots(config(), SnapshotConfig::new().capture_interval(seconds));
    refused(interval(4), &format!("{snapshot}.captureInterval"), "R27").await;
    refused(interval(3601), &format!("{snapshot}.captureInterval"), "R27").await;
    for types in [None, Some(vec!["png".to_owned()]), Some(vec!["jpg".to_owned(); 2]), Some(Vec::new())] {
        let mut snapshot_config = SnapshotConfig::new();
        snapshot_config.file_type = types;
        refused(snapshots(config(), snapshot_config), &format!("{snapshot}.fileType"), "R28").await;
    }
    let audio = config().stream_types(StreamTypes::Audio);
    refused(snapshots(audio, SnapshotConfig::new()), &at("streamTypes"), "R29").await;
    let audio = config().subscribe_audio_uids(["1"]);
    refused(snapshots(audio, SnapshotConfig::new()), &at("subscribeVideoUids"), "R30").await;
}

#[tokio::test]
async fn files_and_storage_are_checked() {
    use anyrtc_recording::AvFileType::{Hls, Mp4, Other};
    let types = "clientRequest.recordingFileConfig.avFileType";
    let files = |list: &[anyrtc_recording::AvFileType]| {
        let mut files = RecordingFileConfig::new();
        files.av_file_type = Some(list.to_vec());
        StartRequest::new(config().subscribe_uid_group(UidGroup::UpTo2)).recording_file_config(files)
    };
    for list in [&[][..], &[Mp4], &[Mp4, Hls], &[Other("flv".into())]] {
        refused(mix(files(list).storage_config(storage())), types, "R31").await;
    }
    refused(individual(files(&[Hls, Mp4])), types, "R31").await;
    let qiniu = StorageConfig::qiniu(QiniuRegion::Huadong, "b", "a", "s");
    refused(mix(files(&[Hls, Mp4]).storage_config(qiniu.clone())), types, "R31").await;
    assert_eq!(broken(mix(files(&[Hls]).storage_config(qiniu)), STRICT).await, []);

    let at = |name: &str| format!("{STORAGE}.{name}");
    refused(into(StorageConfig::amazon_s3(AmazonRegion::Other(16), "b", "a", "s")), &at("region"), "R32").await;
    refused(into(StorageConfig::other(StorageVendor::Other(5), 0, "b", "a", "s")), &at("vendor"), "R32").await;
    let mut of_nobody = storage();
    of_nobody.vendor = None;
    refused(into(of_nobody), &at("vendor"), "R32").await;
    let mut nowhere = storage();
    nowhere.region = None;
    refused(into(nowhere), &at("region"), "R32").await;
    for last in [
        StorageConfig::qiniu(QiniuRegion::Dongnanya, "b", "a", "s"),
        StorageConfig::amazon_s3(AmazonRegion::UsGovWest1, "b", "a", "s"),
        StorageConfig::aliyun(AliyunRegion::EuEast1, "b", "a", "s"),
        StorageConfig::tencent(TencentRegion::EuMoscow, "b", "a", "s"),
        StorageConfig::kingsoft(KingsoftRegion::NaSingapore1, "b", "a", "s"),
    ] {
        let beyond = last.region.unwrap() + 1;
        assert_eq!(broken(into(last.clone()), STRICT).await, []);
        let mut next = last;
        next.region = Some(beyond);
        refused(into(next), &at("region"), "R32").await;
    }
    refused(into(StorageConfig::private("")), &at("bucket"), "R33").await;
    refused(into(StorageConfig::aliyun(AliyunRegion::CnBeijing, "b", "", "s")), &at("accessKey"), "R33").await;
    refused(into(StorageConfig::aliyun(AliyunRegion::CnBeijing, "b", "a", "")), &at("secretKey"), "R33").await;
    refused(into(storage().file_name_prefix(["a", "b_c"])), &at("fileNamePrefix[1]"), "R34").await;
    refused(into(storage().file_name_prefix(["a".repeat(128)])), &at("fileNamePrefix"), "R34").await;
}

/// Takes one required member away.
type Spoil = fn(&mut ServiceParam);

#[tokio::test]
async fn the_vod_service_is_checked() {
    let at = |name: &str| format!("{SERVICE}.{name}");
    let mut wrong = service();
    wrong.service_name = "other".into();
    refused(into_vod(wrong), &at("serviceName"), "R35").await;
    refused(into_vod(service().error_handle_policy("go on")), &at("errorHandlePolicy"), "R35").await;
    let spoilers: [(Spoil, &str); 4] = [
        (|param| param.access_key = "".into(), "accessKey"),
        (|param| param.secret_key = "".into(), "secretKey"),
        (|param| param.region_id.clear(), "regionId"),
        (|param| param.api_data.video_data.title.clear(), "apiData.videoData.title"),
    ];
    for (spoil, name) in spoilers {
        let mut service = service();
        spoil(&mut service.service_param);
        refused(into_vod(service), &at(&format!("serviceParam.{name}")), "R35").await;
    }
    let config_of = |services| mix(StartRequest::new(config()).extension_service_config(services));
    let parent = "clientRequest.extensionServiceConfig";
    refused(config_of(ExtensionServiceConfig::new([])), &format!("{parent}.extensionServices"), "R35").await;
    let policy = ExtensionServiceConfig::new([service()]).error_handle_policy("go on");
    refused(config_of(policy), &format!("{parent}.errorHandlePolicy"), "R35").await;
    let spelt = ExtensionServiceConfig::new([service().error_handle_policy("error_abort")]);
    assert_eq!(broken(config_of(spelt.error_handle_policy("error_abort")), STRICT).await, []);
}
