//! The parts of a start, and which of them go together.

use livecloud_core::{Checks, Secret};

use super::layout::transcoding;
use super::subscription;
use crate::account::Account;
use crate::model::{
    ALIYUN_VOD, AudioProfile, AvFileType, ChannelType, DecryptionMode, ERROR_ABORT, ExtensionServiceConfig, Mode,
    RecordingConfig, SnapshotConfig, StorageConfig, StorageVendor, StreamTypes, VideoStreamType,
};
use crate::operations::StartRequest;

/// Longest prefix with a slash after each folder, in bytes.
const PREFIX_BYTES: usize = 128;

const RECORDING: &str = "clientRequest.recordingConfig";
const FILES: &str = "clientRequest.recordingFileConfig";
const SNAPSHOT: &str = "clientRequest.snapshotConfig";
const STORAGE: &str = "clientRequest.storageConfig";
const EXTENSION: &str = "clientRequest.extensionServiceConfig";

pub(crate) fn start(checks: &mut Checks<'_, Account>, mode: &Mode, request: &StartRequest) {
    together(checks, mode, request);
    match &request.recording_config {
        None => checks.refuse("R04", RECORDING, "is required"),
        Some(config) => recording(checks, mode, config),
    }
    if let Some(config) = &request.snapshot_config {
        snapshot(checks, config, request.recording_config.as_ref());
    }
    if let Some(types) = request.recording_file_config.as_ref().and_then(|files| files.av_file_type.as_deref()) {
        files(checks, mode, types, request.storage_config.as_ref());
    }
    if let Some(config) = &request.storage_config {
        storage(checks, config);
    }
    if let Some(config) = &request.extension_service_config {
        extension(checks, config);
    }
}

/// Which parts exclude each other, and which go with which mode.
fn together(checks: &mut Checks<'_, Account>, mode: &Mode, request: &StartRequest) {
    let has_snapshot = request.snapshot_config.is_some();
    let has_extension = request.extension_service_config.is_some();
    // A newer page allows files beside snapshots in an individual recording.
    let may_combine = !checks.is_strict() && *mode == Mode::Individual;
    if has_snapshot && request.recording_file_config.is_some() && !may_combine {
        checks.refuse("R05", SNAPSHOT, "cannot be combined with recordingFileConfig");
    }
    if has_snapshot && *mode == Mode::Mix {
        checks.refuse("R06", SNAPSHOT, "is for individual mode only");
    }
    if has_snapshot && has_extension {
        checks.refuse("R07", SNAPSHOT, "cannot be combined with extensionServiceConfig");
    }
    if has_extension && *mode == Mode::Individual {
        checks.refuse("R08", EXTENSION, "is for mix mode only");
    }
    match (&request.storage_config, &request.extension_service_config) {
        (Some(_), Some(_)) => checks.refuse("R09", STORAGE, "cannot be combined with extensionServiceConfig"),
        (None, None) => checks.warn("R09", "clientRequest", "names no place where the files go"),
        _ => {}
    }
}

fn recording(checks: &mut Checks<'_, Account>, mode: &Mode, config: &RecordingConfig) {
    let path = |name| format!("{RECORDING}.{name}");
    match config.channel_type {
        None => checks.refuse("E02", path("channelType"), "is required"),
        Some(ChannelType::Other(other)) => checks.refuse_value("E02", path("channelType"), "must be 0 or 1", other),
        Some(_) => {}
    }
    if let Some(StreamTypes::Other(other)) = config.stream_types {
        checks.refuse_value("E03", path("streamTypes"), "must be in 0..=2", other);
    }
    if let Some(VideoStreamType::Other(other)) = config.video_stream_type {
        checks.refuse_value("E04", path("videoStreamType"), "must be 0 or 1", other);
    }
    decryption(checks, config);
    if let Some(AudioProfile::Other(other)) = config.audio_profile {
        checks.refuse_value("R24", path("audioProfile"), "must be in 0..=2", other);
    }
    checks.range("R25", path("maxIdleTime"), config.max_idle_time, 5..=u64::from(u32::MAX));
    if *mode == Mode::Individual {
        if config.audio_profile.is_some() {
            checks.refuse("R23", path("audioProfile"), "is for mix mode only");
        }
        if config.transcoding_config.is_some() {
            checks.refuse("R11", path("transcodingConfig"), "is for mix mode only");
        }
        if config.subscribe_uid_group.is_none() {
            checks.refuse("R10", path("subscribeUidGroup"), "is required in individual mode");
        }
    }
    // 4 and 5 by analogy with Agora, which added them later.
    let largest = if checks.is_strict() { 3 } else { 5 };
    let group = config.subscribe_uid_group.map(crate::model::UidGroup::as_i64);
    checks.range("R10", path("subscribeUidGroup"), group, 0..=largest);
    if let Some(config) = &config.transcoding_config {
        transcoding(checks, &path("transcodingConfig"), config);
    }
    subscription::recording(checks, RECORDING, config);
}

fn decryption(checks: &mut Checks<'_, Account>, config: &RecordingConfig) {
    let mode = config.decryption_mode.unwrap_or(DecryptionMode::None);
    let has_secret = config.secret.as_ref().is_some_and(|secret| !secret.is_empty());
    if let DecryptionMode::Other(other) = mode
        && checks.is_strict()
    {
        checks.refuse_value("R22", format_args!("{RECORDING}.decryptionMode"), "must be in 0..=3", other);
    }
    let secret = format_args!("{RECORDING}.secret");
    if mode != DecryptionMode::None && !has_secret {
        checks.refuse("R22", secret, "is required with a decryptionMode");
    }
    if mode == DecryptionMode::None && has_secret {
        checks.warn("R22", secret, "has no effect without a decryptionMode");
    }
}

fn snapshot(checks: &mut Checks<'_, Account>, config: &SnapshotConfig, recording: Option<&RecordingConfig>) {
    // The lower bound of 1 is a newer page's.
    let shortest = if checks.is_strict() { 5 } else { 1 };
    checks.range("R27", format_args!("{SNAPSHOT}.captureInterval"), config.capture_interval, shortest..=3600);
    if config.file_type.as_deref().is_none_or(|types| types != ["jpg"]) {
        checks.refuse("R28", format_args!("{SNAPSHOT}.fileType"), "must be [\"jpg\"]");
    }
    let Some(recording) = recording else { return };
    if recording.stream_types == Some(StreamTypes::Audio) {
        checks.refuse("R29", format_args!("{RECORDING}.streamTypes"), "must be 1 or 2 with snapshots");
    }
    if recording.subscribe_audio_uids.is_some() && recording.subscribe_video_uids.is_none() {
        let path = format_args!("{RECORDING}.subscribeVideoUids");
        checks.refuse("R30", path, "is required beside subscribeAudioUids with snapshots");
    }
}

fn files(checks: &mut Checks<'_, Account>, mode: &Mode, types: &[AvFileType], storage: Option<&StorageConfig>) {
    let path = format_args!("{FILES}.avFileType");
    match types {
        [AvFileType::Hls] => {}
        [AvFileType::Hls, AvFileType::Mp4] => {
            if *mode == Mode::Individual {
                checks.refuse("R31", path, "may hold mp4 in mix mode only");
            }
            if storage.is_some_and(|storage| storage.vendor == Some(StorageVendor::Qiniu)) {
                checks.refuse("R31", path, "may not hold mp4 with a Qiniu storage");
            }
        }
        _ => checks.refuse("R31", path, "must be [\"hls\"] or [\"hls\",\"mp4\"]"),
    }
}

fn storage(checks: &mut Checks<'_, Account>, config: &StorageConfig) {
    place(checks, config.vendor, config.region);
    checks.not_empty("R33", format_args!("{STORAGE}.bucket"), &config.bucket);
    if config.vendor != Some(StorageVendor::Private) {
        for (name, key) in [("accessKey", &config.access_key), ("secretKey", &config.secret_key)] {
            if key.as_ref().is_none_or(Secret::is_empty) {
                checks.refuse("R33", format_args!("{STORAGE}.{name}"), "is required");
            }
        }
    }
    let Some(prefix) = &config.file_name_prefix else { return };
    for (index, folder) in prefix.iter().enumerate() {
        if folder.is_empty() || !folder.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            let path = format_args!("{STORAGE}.fileNamePrefix[{index}]");
            checks.refuse_value("R34", path, "must be letters and digits", format_args!("{folder:?}"));
        }
    }
    let bytes: usize = prefix.iter().map(|folder| folder.len() + 1).sum();
    if bytes > PREFIX_BYTES {
        let rule = format!("must have at most {PREFIX_BYTES} characters, a slash after each folder included");
        checks.refuse_value("R34", format_args!("{STORAGE}.fileNamePrefix"), rule, bytes);
    }
}

/// Vendor and region.
fn place(checks: &mut Checks<'_, Account>, vendor: Option<StorageVendor>, region: Option<i64>) {
    let (vendor_path, path) = (format_args!("{STORAGE}.vendor"), format_args!("{STORAGE}.region"));
    match (vendor, region) {
        (None, _) => checks.refuse("R32", vendor_path, "is required"),
        (Some(StorageVendor::Private), _) => {}
        (Some(StorageVendor::Other(other)), _) if checks.is_strict() => {
            checks.refuse_value("R32", vendor_path, "must be a documented vendor", other);
        }
        (Some(StorageVendor::Other(_)), _) => checks.warn("R32", vendor_path, "is not a documented vendor"),
        (Some(_), None) => checks.refuse("R32", path, "is required"),
        (Some(vendor), Some(region)) if !vendor.has_region(region) => {
            if checks.is_strict() {
                let given = format_args!("{region} of {vendor}");
                checks.refuse_value("R32", path, "must be a documented region of the vendor", given);
            } else {
                checks.warn("R32", path, "is not a documented region of the vendor");
            }
        }
        _ => {}
    }
}

fn extension(checks: &mut Checks<'_, Account>, config: &ExtensionServiceConfig) {
    policy(checks, EXTENSION, config.error_handle_policy.as_deref());
    if config.extension_services.is_empty() {
        checks.refuse("R35", format_args!("{EXTENSION}.extensionServices"), "must have a service");
    }
    for (index, service) in config.extension_services.iter().enumerate() {
        let path = format!("{EXTENSION}.extensionServices[{index}]");
        policy(checks, &path, service.error_handle_policy.as_deref());
        if service.service_name != ALIYUN_VOD {
            let rule = format!("must be {ALIYUN_VOD}");
            checks.refuse_value("R35", format_args!("{path}.serviceName"), rule, &service.service_name);
        }
        let param = &service.service_param;
        let required = [
            ("accessKey", param.access_key.is_empty()),
            ("secretKey", param.secret_key.is_empty()),
            ("regionId", param.region_id.is_empty()),
            ("apiData.videoData.title", param.api_data.video_data.title.is_empty()),
        ];
        for (name, _) in required.iter().filter(|(_, is_empty)| *is_empty) {
            checks.refuse("R35", format_args!("{path}.serviceParam.{name}"), "is required");
        }
    }
}

fn policy(checks: &mut Checks<'_, Account>, parent: &str, policy: Option<&str>) {
    if let Some(other) = policy.filter(|policy| *policy != ERROR_ABORT) {
        checks.refuse_value("R35", format_args!("{parent}.errorHandlePolicy"), "must be error_abort", other);
    }
}
