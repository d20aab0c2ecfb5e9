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
    const PROFILES: &'static [(&'static str, polyv_vod::Profile)] = &[("v3", polyv_vod::Profile::V3)];
    fn from_vars(vars: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        Self::from_vars(vars)
    }
}

impl Known for polyv_live::Account {
    const REGISTRY: &'static [Entry<Self>] = polyv_live::REGISTRY;
    const PROFILES: &'static [(&'static str, polyv_live::Profile)] = &[("api", polyv_live::Profile::Api)];
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
