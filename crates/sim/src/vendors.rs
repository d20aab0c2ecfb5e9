//! Which vendor speaks which dialect, and who writes its callbacks.

use crate::{dialect::Dialect, notice::Notifier, operation::Operation, vendor::Vendor};

mod anyrtc;
mod polyv;
mod polyv_live;
mod polyv_vod;
mod zego;

pub(crate) fn dialect(vendor: Vendor) -> &'static dyn Dialect {
    match vendor {
        Vendor::Zego => &zego::Zego,
        Vendor::PolyvVod => &polyv_vod::PolyvVod,
        Vendor::PolyvLive => &polyv_live::PolyvLive,
        Vendor::Anyrtc => &anyrtc::Anyrtc,
    }
}

pub(crate) fn notifier(vendor: Vendor) -> &'static dyn Notifier {
    match vendor {
        Vendor::Zego => &zego::callbacks::Callbacks,
        Vendor::PolyvVod => &polyv_vod::callbacks::Callbacks,
        Vendor::PolyvLive => &polyv_live::callbacks::Callbacks,
        Vendor::Anyrtc => &anyrtc::callbacks::Callbacks,
    }
}

/// Every operation of every vendor.
pub(crate) fn all_operations() -> impl Iterator<Item = &'static Operation> {
    Vendor::ALL.into_iter().flat_map(|vendor| dialect(vendor).operations())
}
