//! The four vendors: their accounts, operations and profiles under one roof.

use clap::ValueEnum;
use livecloud::core::Vendor;
use livecloud::core::registry::Entry;
use livecloud::{Error, anyrtc_recording, polyv_live, polyv_vod, zego_cloud_player};

/// Calls `function::<Account>(arguments)` with the account type of a vendor.
macro_rules! with_account {
    ($vendor:expr, $function:ident($($argument:expr),*)) => {
        match $vendor {
            $crate::accounts::VendorName::ZegoCloudPlayer => {
                $function::<livecloud::zego_cloud_player::Account>($($argument),*)
            }
            $crate::accounts::VendorName::PolyvVod => $function::<livecloud::polyv_vod::Account>($($argument),*),
            $crate::accounts::VendorName::PolyvLive => $function::<livecloud::polyv_live::Account>($($argument),*),
            $crate::accounts::VendorName::AnyrtcRecording => {
                $function::<livecloud::anyrtc_recording::Account>($($argument),*)
            }
        }
    };
}
pub(crate) use with_account;

/// A vendor, by the name of its crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum VendorName {
    /// ZEGO Cloud Player
    ZegoCloudPlayer,
    /// POLYV VOD
    PolyvVod,
    /// POLYV Live
    PolyvLive,
    /// anyRTC Cloud Recording
    AnyrtcRecording,
}

impl VendorName {
    /// The name of its crate.
    pub(crate) fn name(self) -> &'static str {
        fn name<V: Vendor>() -> &'static str {
            V::NAME
        }
        with_account!(self, name())
    }
}

/// What this command line needs to know of a vendor beyond what calls need.
pub(crate) trait Known: Vendor + Clone {
    /// Every typed operation.
    const REGISTRY: &'static [Entry<Self>];
    /// The profiles that raw calls choose from, the usual one first.
    const PROFILES: &'static [(&'static str, Self::Profile)];
    /// The account that these variables describe; an error names the missing ones.
    fn from_vars(vars: impl Fn(&str) -> Option<String>) -> Result<Self, Error>;
}

impl Known for zego_cloud_player::Account {
    const REGISTRY: &'static [Entry<Self>] = zego_cloud_player::REGISTRY;
    const PROFILES: &'static [(&'static str, ())] = &[("default", ())];
    fn from_vars(vars: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        Self::from_vars(vars)
    }
}

impl Known for polyv_vod::Account {
    const REGISTRY: &'static [Entry<Self>] = polyv_vod::REGISTRY;
    // those with a fixed set of signed fields are called by the last segment of their path
    const PROFILES: &'static [(&'static str, polyv_vod::Profile)] = &[
        ("v3", polyv_vod::Profile::V3),
        ("v2", polyv_vod::Profile::V2),
        ("v2-cataJson", polyv_vod::Profile::V2Fixed(polyv_vod::FixedFields::ListCategories)),
        ("v2-changeCata", polyv_vod::Profile::V2Fixed(polyv_vod::FixedFields::MoveVideos)),
        ("v2-deleteCata", polyv_vod::Profile::V2Fixed(polyv_vod::FixedFields::DeleteCategory)),
        ("v2-updateCata", polyv_vod::Profile::V2Fixed(polyv_vod::FixedFields::RenameCategory)),
        ("v2-saveKeyFrame", polyv_vod::Profile::V2Fixed(polyv_vod::FixedFields::SaveKeyFrames)),
        ("v2-viewlog", polyv_vod::Profile::V2Fixed(polyv_vod::FixedFields::ViewLogByDay)),
        ("upload-md5", polyv_vod::Profile::UploadMd5),
        ("playsafe", polyv_vod::Profile::Playsafe),
        ("playsafe-sub", polyv_vod::Profile::PlaysafeSub),
        ("v1-read", polyv_vod::Profile::V1Read),
        ("v1-write", polyv_vod::Profile::V1Write),
    ];
    fn from_vars(vars: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        Self::from_vars(vars)
    }
}

impl Known for polyv_live::Account {
    const REGISTRY: &'static [Entry<Self>] = polyv_live::REGISTRY;
    const PROFILES: &'static [(&'static str, polyv_live::Profile)] = &[
        ("api", polyv_live::Profile::Api),
        ("download", polyv_live::Profile::Download),
        ("live-status", polyv_live::Profile::LiveStatus),
    ];
    fn from_vars(vars: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        Self::from_vars(vars)
    }
}

impl Known for anyrtc_recording::Account {
    const REGISTRY: &'static [Entry<Self>] = anyrtc_recording::REGISTRY;
    const PROFILES: &'static [(&'static str, ())] = &[("default", ())];
    fn from_vars(vars: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        Self::from_vars(vars)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vendors_are_called_by_the_names_of_their_crates() {
        for vendor in VendorName::value_variants() {
            let spelt = vendor.to_possible_value().unwrap();
            assert_eq!(spelt.get_name(), vendor.name());
        }
    }
}
