//! The parts that requests and replies are made of.

#[cfg(feature = "full-serde")]
pub(crate) mod input;
mod layout;
pub(crate) mod members;
mod recording;
mod reply;
mod storage;
mod subscription;
mod vod;

pub use layout::{Layout, LayoutRegion, MixedVideoLayout, RenderMode, TranscodingConfig};
pub use recording::{
    AudioProfile, AvFileType, ChannelType, DecryptionMode, Mode, RecordingConfig, RecordingFileConfig, SnapshotConfig,
    UidGroup, VideoStreamType,
};
pub use reply::{
    ExtensionPayload, ExtensionServiceState, ExtensionState, FileList, FileListMode, Phase, RecordedFile,
    RecordingStatus, ServerResponse, ServiceState, SubServiceStatus, TrackType, UploadingStatus, VodVideo,
};
pub use storage::{
    AliyunRegion, AmazonRegion, KingsoftRegion, QiniuRegion, StorageConfig, StorageVendor, TencentRegion,
};
pub use subscription::{AudioUidList, StreamSubscribe, StreamTypes, Subscription, Uids, VideoUidList};
pub use vod::{AliyunVod, ApiData, ExtensionService, ExtensionServiceConfig, ServiceParam, VideoData};

pub(crate) use subscription::EVERYONE;
pub(crate) use vod::{ALIYUN_VOD, ERROR_ABORT};
