//! Which vendor speaks which dialect, and who writes its callbacks.

use std::time::Duration;

use crate::{dialect::Dialect, notice::Notifier, operation::Operation, vendor::Vendor, world::World};

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

/// Lets everything happen at a vendor that is due by now, on its monotonic and on its wall clock.
pub(crate) fn pass_time(vendor: Vendor, world: &mut World, now: Duration, unix_millis: i64) {
    if vendor == Vendor::Zego {
        zego::time::pass(world, now, unix_millis);
    }
}

/// When something will next happen by itself, to be told by callback.
pub(crate) fn due(world: &World) -> Option<Duration> {
    zego::time::due(world)
}

/// Someone begins to stream to a POLYV Live channel, or ends. Whether they did.
pub(crate) fn set_live(world: &mut World, channel: &str, live: bool, unix_millis: i64) -> bool {
    polyv_live::streams::set_live(world, channel, live, unix_millis)
}

/// Every operation of every vendor.
pub(crate) fn all_operations() -> impl Iterator<Item = &'static Operation> {
    Vendor::ALL.into_iter().flat_map(|vendor| dialect(vendor).operations())
}
