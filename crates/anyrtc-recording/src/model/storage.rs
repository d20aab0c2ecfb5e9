//! Where recorded files go.

#[cfg(feature = "full-serde")]
use serde::Deserialize;
use serde::Serialize;

use livecloud_core::Secret;
use livecloud_core::wire::{self, Url};

livecloud_core::open_enum! {
    /// A cloud storage.
    pub enum StorageVendor: i64 {
        /// Qiniu Kodo.
        Qiniu = 0,
        /// Amazon S3.
        AmazonS3 = 1,
        /// Aliyun OSS.
        Aliyun = 2,
        /// Tencent COS.
        Tencent = 3,
        /// Kingsoft KS3.
        Kingsoft = 4,
        /// Your own HTTP store, such as anyRTC's `arfdfs` server; known from vendor code, not from the API page.
        Private = 100,
    }
}

livecloud_core::open_enum! {
    /// A region of Qiniu Kodo.
    pub enum QiniuRegion: i64 {
        /// `Huadong`: East China.
        Huadong = 0,
        /// `Huabei`: North China.
        Huabei = 1,
        /// `Huanan`: South China.
        Huanan = 2,
        /// `Beimei`: North America.
        Beimei = 3,
        /// `Dongnanya`: South-East Asia.
        Dongnanya = 4,
    }
}

livecloud_core::open_enum! {
    /// A region of Amazon S3; 16 does not exist.
    pub enum AmazonRegion: i64 {
        /// `US_EAST_1`.
        UsEast1 = 0,
        /// `US_EAST_2`.
        UsEast2 = 1,
        /// `US_WEST_1`.
        UsWest1 = 2,
        /// `US_WEST_2`.
        UsWest2 = 3,
        /// `EU_WEST_1`.
        EuWest1 = 4,
        /// `EU_WEST_2`.
        EuWest2 = 5,
        /// `EU_WEST_3`.
        EuWest3 = 6,
        /// `EU_CENTRAL_1`.
        EuCentral1 = 7,
        /// `AP_SOUTHEAST_1`.
        ApSoutheast1 = 8,
        /// `AP_SOUTHEAST_2`.
        ApSoutheast2 = 9,
        /// `AP_NORTHEAST_1`.
        ApNortheast1 = 10,
        /// `AP_NORTHEAST_2`.
        ApNortheast2 = 11,
        /// `SA_EAST_1`.
        SaEast1 = 12,
        /// `CA_CENTRAL_1`.
        CaCentral1 = 13,
        /// `AP_SOUTH_1`.
        ApSouth1 = 14,
        /// `CN_NORTH_1`.
        CnNorth1 = 15,
        /// `US_GOV_WEST_1`.
        UsGovWest1 = 17,
    }
}

livecloud_core::open_enum! {
    /// A region of Aliyun OSS.
    pub enum AliyunRegion: i64 {
        /// `CN_Hangzhou`.
        CnHangzhou = 0,
        /// `CN_Shanghai`.
        CnShanghai = 1,
        /// `CN_Qingdao`.
        CnQingdao = 2,
        /// `CN_Beijing`; the page spells it `CN_Beijin`.
        CnBeijing = 3,
        /// `CN_Zhangjiakou`.
        CnZhangjiakou = 4,
        /// `CN_Huhehaote`.
        CnHuhehaote = 5,
        /// `CN_Shenzhen`.
        CnShenzhen = 6,
        /// `CN_Hongkong`.
        CnHongkong = 7,
        /// `US_West_1`.
        UsWest1 = 8,
        /// `US_East_1`.
        UsEast1 = 9,
        /// `AP_Southeast_1`.
        ApSoutheast1 = 10,
        /// `AP_Southeast_2`.
        ApSoutheast2 = 11,
        /// `AP_Southeast_3`.
        ApSoutheast3 = 12,
        /// `AP_Southeast_5`.
        ApSoutheast5 = 13,
        /// `AP_Northeast_1`.
        ApNortheast1 = 14,
        /// `AP_South_1`.
        ApSouth1 = 15,
        /// `EU_Central_1`.
        EuCentral1 = 16,
        /// `EU_West_1`.
        EuWest1 = 17,
        /// `EU_East_1`.
        EuEast1 = 18,
    }
}

livecloud_core::open_enum! {
    /// A region of Tencent COS.
    pub enum TencentRegion: i64 {
        /// `AP_Beijing_1`.
        ApBeijing1 = 0,
        /// `AP_Beijing`.
        ApBeijing = 1,
        /// `AP_Shanghai`.
        ApShanghai = 2,
        /// `AP_Guangzhou`.
        ApGuangzhou = 3,
        /// `AP_Chengdu`.
        ApChengdu = 4,
        /// `AP_Chongqing`.
        ApChongqing = 5,
        /// `AP_Shenzhen_FSI`.
        ApShenzhenFsi = 6,
        /// `AP_Shanghai_FSI`.
        ApShanghaiFsi = 7,
        /// `AP_Beijing_FSI`.
        ApBeijingFsi = 8,
        /// `AP_Hongkong`.
        ApHongkong = 9,
        /// `AP_Singapore`.
        ApSingapore = 10,
        /// `AP_Mumbai`.
        ApMumbai = 11,
        /// `AP_Seoul`.
        ApSeoul = 12,
        /// `AP_Bangkok`.
        ApBangkok = 13,
        /// `AP_Tokyo`.
        ApTokyo = 14,
        /// `NA_Siliconvalley`.
        NaSiliconvalley = 15,
        /// `NA_Ashburn`.
        NaAshburn = 16,
        /// `NA_Toronto`.
        NaToronto = 17,
        /// `EU_Frankfurt`.
        EuFrankfurt = 18,
        /// `EU_Moscow`.
        EuMoscow = 19,
    }
}

livecloud_core::open_enum! {
    /// A region of Kingsoft KS3.
    pub enum KingsoftRegion: i64 {
        /// `CN_Hangzhou`.
        CnHangzhou = 0,
        /// `CN_Shanghai`.
        CnShanghai = 1,
        /// `CN_Qingdao`.
        CnQingdao = 2,
        /// `CN_Beijing`.
        CnBeijing = 3,
        /// `CN_Guangzhou`.
        CnGuangzhou = 4,
        /// `CN_Hongkong`.
        CnHongkong = 5,
        /// `JR_Beijing`.
        JrBeijing = 6,
        /// `JR_Shanghai`.
        JrShanghai = 7,
        /// `NA_Russia_1`.
        NaRussia1 = 8,
        /// `NA_Singapore_1`.
        NaSingapore1 = 9,
    }
}

/// A bucket, and the right to write into it. Keys are never printed; a key that may only write is enough.
///
/// ```
/// use anyrtc_recording::{AliyunRegion, StorageConfig};
/// let storage = StorageConfig::aliyun(AliyunRegion::CnBeijing, "bucket", "access key", "secret key")
///     .file_name_prefix(["2021", "lessons"]);
/// assert!(!format!("{storage:?}").contains("secret key"));
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct StorageConfig {
    /// Whose storage; required.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vendor: Option<StorageVendor>,
    /// The vendor's number of the region; an own store has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<i64>,
    /// The bucket; for an own store the full address of its upload, of which `Debug` shows no query and no user.
    #[serde(default)]
    pub bucket: Url,
    /// The access key; an own store has none.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "wire::opt_secret")]
    pub access_key: Option<Secret>,
    /// The secret key; an own store has none.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "wire::opt_secret")]
    pub secret_key: Option<Secret>,
    /// Folders before the file names: letters and digits only, 128 characters in all with a slash after each.
    #[serde(default, deserialize_with = "super::input::opt_texts", skip_serializing_if = "Option::is_none")]
    pub file_name_prefix: Option<Vec<String>>,
}

impl StorageConfig {
    /// A bucket at Aliyun OSS.
    #[must_use]
    pub fn aliyun(
        region: AliyunRegion,
        bucket: impl Into<Url>,
        access_key: impl Into<Secret>,
        secret_key: impl Into<Secret>,
    ) -> Self {
        Self::other(StorageVendor::Aliyun, region.as_i64(), bucket, access_key, secret_key)
    }

    /// A bucket at Qiniu Kodo; it takes no MP4.
    #[must_use]
    pub fn qiniu(
        region: QiniuRegion,
        bucket: impl Into<Url>,
        access_key: impl Into<Secret>,
        secret_key: impl Into<Secret>,
    ) -> Self {
        Self::other(StorageVendor::Qiniu, region.as_i64(), bucket, access_key, secret_key)
    }

    /// A bucket at Amazon S3.
    #[must_use]
    pub fn amazon_s3(
        region: AmazonRegion,
        bucket: impl Into<Url>,
        access_key: impl Into<Secret>,
        secret_key: impl Into<Secret>,
    ) -> Self {
        Self::other(StorageVendor::AmazonS3, region.as_i64(), bucket, access_key, secret_key)
    }

    /// A bucket at Tencent COS.
    #[must_use]
    pub fn tencent(
        region: TencentRegion,
        bucket: impl Into<Url>,
        access_key: impl Into<Secret>,
        secret_key: impl Into<Secret>,
    ) -> Self {
        Self::other(StorageVendor::Tencent, region.as_i64(), bucket, access_key, secret_key)
    }

    /// A bucket at Kingsoft KS3.
    #[must_use]
    pub fn kingsoft(
        region: KingsoftRegion,
        bucket: impl Into<Url>,
        access_key: impl Into<Secret>,
        secret_key: impl Into<Secret>,
    ) -> Self {
        Self::other(StorageVendor::Kingsoft, region.as_i64(), bucket, access_key, secret_key)
    }

    /// Your own HTTP store, by the full address of its upload: `http://host:port/arapi/v1/fdfs/file/uploadOssFile`.
    #[must_use]
    pub fn private(upload_url: impl Into<Url>) -> Self {
        Self {
            vendor: Some(StorageVendor::Private),
            region: None,
            bucket: upload_url.into(),
            access_key: None,
            secret_key: None,
            file_name_prefix: None,
        }
    }

    /// A bucket at a vendor or in a region that this version has no name for. Unknown numbers pass only under
    /// [`Validation::Relaxed`](crate::Validation::Relaxed).
    #[must_use]
    pub fn other(
        vendor: StorageVendor,
        region: i64,
        bucket: impl Into<Url>,
        access_key: impl Into<Secret>,
        secret_key: impl Into<Secret>,
    ) -> Self {
        Self {
            vendor: Some(vendor),
            region: Some(region),
            bucket: bucket.into(),
            access_key: Some(access_key.into()),
            secret_key: Some(secret_key.into()),
            file_name_prefix: None,
        }
    }

    livecloud_core::__setters! {
        /// Sets the folders before the file names.
        each file_name_prefix: String,
    }
}

impl StorageVendor {
    /// Whether the region is in the vendor's table.
    pub(crate) fn has_region(self, region: i64) -> bool {
        match self {
            Self::Qiniu => !matches!(QiniuRegion::from(region), QiniuRegion::Other(_)),
            Self::AmazonS3 => !matches!(AmazonRegion::from(region), AmazonRegion::Other(_)),
            Self::Aliyun => !matches!(AliyunRegion::from(region), AliyunRegion::Other(_)),
            Self::Tencent => !matches!(TencentRegion::from(region), TencentRegion::Other(_)),
            Self::Kingsoft => !matches!(KingsoftRegion::from(region), KingsoftRegion::Other(_)),
            Self::Private | Self::Other(_) => false,
        }
    }
}
