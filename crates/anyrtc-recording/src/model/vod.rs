//! Handing the recording to Aliyun's video-on-demand service.

#[cfg(feature = "full-serde")]
use serde::Deserialize;
use serde::Serialize;

use livecloud_core::Secret;
use livecloud_core::wire::{self, Url};

/// The one service that is documented.
pub(crate) const ALIYUN_VOD: &str = "aliyun_vod_service";
/// The one policy that is documented, and the default.
pub(crate) const ERROR_ABORT: &str = "error_abort";

/// Services that take the recording further. Mix mode only, and instead of a storage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ExtensionServiceConfig {
    /// What a failing service does to the rest: only `error_abort`, the default, which stops everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_handle_policy: Option<String>,
    /// The services.
    #[serde(default)]
    pub extension_services: Vec<ExtensionService>,
}

impl ExtensionServiceConfig {
    /// These services.
    #[must_use]
    pub fn new(services: impl IntoIterator<Item = ExtensionService>) -> Self {
        Self { error_handle_policy: None, extension_services: services.into_iter().collect() }
    }

    livecloud_core::__setters! {
        /// Spells the policy out.
        into error_handle_policy: String,
    }
}

/// One service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ExtensionService {
    /// Only `aliyun_vod_service`.
    #[serde(default)]
    pub service_name: String,
    /// What a failing service does to the other ones: only `error_abort`, the default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_handle_policy: Option<String>,
    /// The service's own settings.
    #[serde(default)]
    pub service_param: ServiceParam,
}

impl ExtensionService {
    /// Aliyun's video-on-demand service.
    #[must_use]
    pub fn aliyun_vod(service_param: ServiceParam) -> Self {
        Self { service_name: ALIYUN_VOD.to_owned(), error_handle_policy: None, service_param }
    }

    livecloud_core::__setters! {
        /// Spells the policy out.
        into error_handle_policy: String,
    }
}

/// The settings of Aliyun's video-on-demand service. Keys are never printed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ServiceParam {
    /// Aliyun's AccessKeyId.
    #[serde(default, with = "wire::secret")]
    pub access_key: Secret,
    /// Aliyun's AccessKeySecret.
    #[serde(default, with = "wire::secret")]
    pub secret_key: Secret,
    /// Aliyun's region id, such as `cn-shanghai`.
    #[serde(default)]
    pub region_id: String,
    /// About the video.
    #[serde(default)]
    pub api_data: ApiData,
}

impl ServiceParam {
    /// The keys, the region and the video.
    #[must_use]
    pub fn new(
        region_id: impl Into<String>,
        access_key: impl Into<Secret>,
        secret_key: impl Into<Secret>,
        video_data: VideoData,
    ) -> Self {
        Self {
            access_key: access_key.into(),
            secret_key: secret_key.into(),
            region_id: region_id.into(),
            api_data: ApiData { video_data },
        }
    }
}

/// What Aliyun is told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ApiData {
    /// About the video.
    #[serde(default)]
    pub video_data: VideoData,
}

/// A video, in Aliyun's terms; passed through to Aliyun, whose documentation explains the fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct VideoData {
    /// The title; required.
    #[serde(default)]
    pub title: String,
    /// A description.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The address of a cover picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover_url: Option<Url>,
    /// The category's id: a number as text.
    #[serde(default, deserialize_with = "livecloud_core::wire::opt_text", skip_serializing_if = "Option::is_none")]
    pub cate_id: Option<String>,
    /// Tags.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<String>,
    /// The transcoding template group's id.
    #[serde(default, deserialize_with = "livecloud_core::wire::opt_text", skip_serializing_if = "Option::is_none")]
    pub template_group_id: Option<String>,
    /// Settings of your own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_data: Option<String>,
    /// Where Aliyun stores it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub storage_location: Option<String>,
    /// The workflow's id.
    #[serde(default, deserialize_with = "livecloud_core::wire::opt_text", skip_serializing_if = "Option::is_none")]
    pub workflow_id: Option<String>,
}

impl VideoData {
    /// A video of that title.
    #[must_use]
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    livecloud_core::__setters! {
        /// Sets the description.
        into description: String,
        /// Sets the address of a cover picture.
        into cover_url: Url,
        /// Sets the category's id.
        into cate_id: String,
        /// Sets the tags.
        into tags: String,
        /// Sets the transcoding template group.
        into template_group_id: String,
        /// Sets your own settings.
        into user_data: String,
        /// Sets where Aliyun stores it.
        into storage_location: String,
        /// Sets the workflow.
        into workflow_id: String,
    }
}

/// A place in Aliyun's video-on-demand service, for [`StartMix`](crate::StartMix).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AliyunVod(ServiceParam);

impl AliyunVod {
    /// Into that region (such as `cn-shanghai`), with Aliyun's keys; the video's title is required.
    #[must_use]
    pub fn new(
        region_id: impl Into<String>,
        access_key: impl Into<Secret>,
        secret_key: impl Into<Secret>,
        video: VideoData,
    ) -> Self {
        Self(ServiceParam::new(region_id, access_key, secret_key, video))
    }
}

impl From<AliyunVod> for ExtensionServiceConfig {
    fn from(vod: AliyunVod) -> Self {
        Self::new([ExtensionService::aliyun_vod(vod.0)])
    }
}
