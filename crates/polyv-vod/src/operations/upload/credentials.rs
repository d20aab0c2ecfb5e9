//! What the vendor hands out for an upload to its object storage.

use livecloud_core::Secret;
use livecloud_core::wire::{self, Url};
use serde::Deserialize;
#[cfg(feature = "full-serde")]
use serde::Serialize;

livecloud_core::open_enum! {
    /// Where an upload goes.
    pub enum UploadLine {
        /// South China.
        South = "line1",
        /// North China.
        North = "line2",
        /// The vendor chooses.
        Auto = "auto",
    }
}

/// Temporary credentials of an upload, and its place. `Debug` shows no secret.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct UploadCredentials {
    /// Id of the temporary key.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub access_id: Option<String>,
    /// The temporary key.
    #[serde(default, with = "wire::opt_secret")]
    pub access_key: Option<Secret>,
    /// The token that goes with it.
    #[serde(default, with = "wire::opt_secret")]
    pub token: Option<Secret>,
    /// When they expire, as the storage says it. Reckon with [`validity_time`](Self::validity_time) and the time before
    /// your call instead.
    #[serde(default, rename = "Expiration", deserialize_with = "wire::opt_text")]
    pub expiration: Option<String>,
    /// How long they live, in seconds.
    #[serde(default, deserialize_with = "wire::opt_u64")]
    pub validity_time: Option<u64>,
    /// The bucket.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub bucket_name: Option<String>,
    /// The storage's endpoint.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub endpoint: Option<String>,
    /// The host to upload to, without a scheme.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub domain: Option<String>,
    /// The bucket's host.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub host: Option<String>,
    /// `ab`: Aliyun OSS, also where absent; `hw`: Huawei OBS, see [`hw_obs_info`](Self::hw_obs_info).
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub storage_type: Option<String>,
    /// The same for Huawei's storage.
    #[serde(default)]
    pub hw_obs_info: Option<ObsUpload>,
}

/// Credentials and place in Huawei's storage. `Debug` shows no secret.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ObsUpload {
    /// The bucket.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub bucket_name: Option<String>,
    /// Id of the temporary key.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub ak: Option<String>,
    /// The temporary key.
    #[serde(default, with = "wire::opt_secret")]
    pub sk: Option<Secret>,
    /// The token that goes with it.
    #[serde(default, rename = "securitytoken", with = "wire::opt_secret")]
    pub security_token: Option<Secret>,
    /// The storage's endpoint.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub endpoint: Option<String>,
    /// Where the storage reports the finished upload.
    #[serde(default)]
    pub callback_url: Option<Url>,
    /// What it reports. The form may hold tokens, so it does not print.
    #[serde(default, with = "wire::opt_secret")]
    pub callback_body: Option<Secret>,
    /// The media type of that.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub callback_body_type: Option<String>,
    /// Whether `endpoint` is the vendor's own domain.
    #[serde(default, deserialize_with = "wire::opt_bool")]
    pub is_cname: Option<bool>,
}

/// An upload that has begun.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct InitiatedUpload {
    /// The video's id.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub vid: Option<String>,
    /// What the object's key begins with; `vid`, a dot and the file's extension follow.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub dir: Option<String>,
    /// What the storage is to report when the file is there: JSON as text. It may hold tokens, so it does not print.
    #[serde(default, with = "wire::opt_secret")]
    pub callback: Option<Secret>,
    /// The same as base64, ready for the header (inferred).
    #[serde(default, with = "wire::opt_secret")]
    pub encoded_callback: Option<Secret>,
    /// Free storage of the account, in bytes. A larger file must not be uploaded.
    #[serde(default, deserialize_with = "wire::opt_u64")]
    pub remain_space: Option<u64>,
    /// Credentials and place.
    #[serde(flatten)]
    pub credentials: UploadCredentials,
}
