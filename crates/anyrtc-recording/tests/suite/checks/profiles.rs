//! What the relaxed profile allows, what is only warned about, and how several broken rules read.

use anyrtc_recording::{
    Account, AmazonRegion, ChannelType, DecryptionMode, Layout, LayoutRegion, Mode, RecordingConfig,
    RecordingFileConfig, SnapshotConfig, Start, StartRequest, StorageConfig, StorageVendor, StreamSubscribe,
    StreamTypes, Subscription, TranscodingConfig, UidGroup, Uids, Update, Validation,
};
use livecloud_core::{Checks, Operation};

use super::{RELAXED, STRICT, broken, canvas, config, full, individual, into, mix, snapshots, with};
use crate::{CNAME, UID, client, ok};

#[tokio::test]
async fn relaxed_allows_what_newer_pages_do_and_no_more() {
    let group = |group| individual(StartRequest::new(config().subscribe_uid_group(group)));
    let files = RecordingFileConfig::hls;
    let request = || StartRequest::new(config().subscribe_uid_group(UidGroup::UpTo2));
    let mut regions_beside = Layout::best_fit();
    regions_beside.layout_config = Some(vec![full()]);
    let decryption = |mode| with(config().decryption_mode(DecryptionMode::Other(mode)).secret("k"));
    let allowed = [
        individual(request().snapshot_config(SnapshotConfig::new()).recording_file_config(files())),
        group(UidGroup::Other(5)),
        canvas(Layout::custom(vec![full(); 50])),
        canvas(regions_beside),
        with(config().subscribe_audio_uids(Vec::<String>::new())),
        with(config().subscribe_audio_uids(["1"]).un_subscribe_audio_uids(["2"])),
        with(config().subscribe_audio_uids(["#allstream#", "1"])),
        decryption(8),
        snapshots(config(), SnapshotConfig::new().capture_interval(1)),
        into(StorageConfig::other(StorageVendor::Other(6), 99, "b", "a", "s")),
        into(StorageConfig::amazon_s3(AmazonRegion::Other(18), "b", "a", "s")),
    ];
    for start in allowed {
        assert_ne!(broken(start.clone(), STRICT).await, [], "{start:?}");
        assert_eq!(broken(start.clone(), RELAXED).await, [], "{start:?}");
    }
    let refused = [
        (group(UidGroup::Other(6)), "R10"),
        (canvas(Layout::custom(vec![full(); 51])), "R15"),
        (snapshots(config(), SnapshotConfig::new().capture_interval(0)), "R27"),
        (with(config().decryption_mode(DecryptionMode::Other(8))), "R22"),
        (with(config().max_idle_time(4)), "R25"),
        (into(StorageConfig::private("")), "R33"),
    ];
    for (start, rule) in refused {
        assert_eq!(broken(start, RELAXED).await[0].1, rule);
    }
    let mut both_in_mix = mix(request().snapshot_config(SnapshotConfig::new()));
    both_in_mix.client_request.recording_file_config = Some(files());
    let rules: Vec<_> = broken(both_in_mix, RELAXED).await.into_iter().map(|(_, rule)| rule).collect();
    assert_eq!(rules, ["R05", "R06"]);
}

#[tokio::test]
async fn all_broken_rules_come_back_at_once_and_name_no_secret() {
    let config = RecordingConfig::new(ChannelType::Live)
        .max_idle_time(4)
        .decryption_mode(DecryptionMode::Other(7))
        .secret("hunter2")
        .transcoding_config(TranscodingConfig::new(1921, 0, 15, 500));
    let storage = StorageConfig::other(StorageVendor::Aliyun, 19, "", "", "hunter2");
    let start = Start::new("r", Mode::Mix, "a/b", "", StartRequest::new(config).storage_config(storage));
    let error = client(&ok()).call(start).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "anyrtc-recording Start: invalid request: \
         cname must consist of letters, digits, blanks and !#$%&()+-:;<=.>?@[]^_{}|~,, given '/' [R01]; \
         uid must not be empty [R02]; \
         clientRequest.recordingConfig.decryptionMode must be in 0..=3, given 7 [R22]; \
         clientRequest.recordingConfig.maxIdleTime must be in 5..=4294967295, given 4 [R25]; \
         clientRequest.recordingConfig.transcodingConfig.width must be in 1..=1920, given 1921 [R13]; \
         clientRequest.recordingConfig.transcodingConfig.height must be in 1..=1920, given 0 [R13]; \
         clientRequest.storageConfig.region must be a documented region of the vendor, given 19 of 2 [R32]; \
         clientRequest.storageConfig.bucket must not be empty [R33]; \
         clientRequest.storageConfig.accessKey is required [R33]"
    );
}

#[test]
fn doubtful_but_legal_requests_are_warned_about() {
    fn warned<O: Operation<Vendor = Account>>(operation: &O, validation: Validation) -> Vec<&'static str> {
        let account = crate::account();
        let mut checks = Checks::new(&account, std::time::UNIX_EPOCH, validation);
        operation.check(&mut checks);
        assert_eq!(checks.violations(), []);
        checks.warnings().iter().map(|warning| warning.id).collect()
    }
    assert_eq!(warned(&with(config()), STRICT), [""; 0]);
    assert_eq!(warned(&mix(StartRequest::new(config())), STRICT), ["R09"]);
    assert_eq!(warned(&canvas(Layout::custom([LayoutRegion::new(0.5, 0.0, 0.6, 1.0)])), STRICT), ["R17"]);
    assert_eq!(warned(&canvas(Layout::custom([LayoutRegion::new(0.7, 0.1, 0.3, 0.9)])), STRICT), [""; 0]);
    assert_eq!(warned(&with(config().subscribe_audio_uids(["1"])), STRICT), ["R21"]);
    assert_eq!(warned(&with(config().secret("k")), STRICT), ["R22"]);
    let mut big = Layout::best_fit();
    big.max_resolution_uid = Some("1".into());
    assert_eq!(warned(&canvas(big), STRICT), ["R38"]);
    let four = config().subscribe_video_uids(["100", "101", "102"]).subscribe_audio_uids(["101", "102", "103"]);
    assert_eq!(warned(&with(four.clone().subscribe_uid_group(UidGroup::UpTo2)), STRICT), ["R39"]);
    assert_eq!(warned(&with(four.subscribe_uid_group(UidGroup::UpTo7)), STRICT), [""; 0]);
    let two =
        config().subscribe_video_uids(["1"]).subscribe_audio_uids(["1", "2"]).subscribe_uid_group(UidGroup::UpTo2);
    assert_eq!(warned(&with(two), STRICT), [""; 0], "as many as announced");
    let one_kind = StreamSubscribe::from(Subscription::Audio(Uids::Everyone));
    let update = Update::new("r", "s", Mode::Mix, CNAME, UID, one_kind);
    assert_eq!(warned(&update, STRICT), ["R21"]);
    assert_eq!(warned(&update.for_stream_types(StreamTypes::Audio), STRICT), [""; 0]);
    let everyone_and_one = Subscription::both(Uids::only(["#allstream#", "1"]), Uids::Everyone);
    assert_eq!(warned(&with(config().subscription(everyone_and_one)), RELAXED), ["R45"]);
    let unknown = into(StorageConfig::other(StorageVendor::Other(6), 1, "b", "a", "s"));
    assert_eq!(warned(&unknown, RELAXED), ["R32"]);
}
