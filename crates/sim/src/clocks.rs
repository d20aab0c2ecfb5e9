//! The clock on each vendor's wall.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, SystemTime},
};

use crate::{clock::Clock, vendor::Vendor};

/// One clock, and by how much each vendor's is off.
#[derive(Debug)]
pub(crate) struct Clocks {
    clock: Arc<dyn Clock>,
    /// Seconds by which each vendor's clock is ahead of ours.
    offsets: [AtomicI64; 4],
}

impl Clocks {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, offsets: Default::default() }
    }

    pub(crate) fn set_offset(&self, vendor: Vendor, seconds: i64) {
        self.offsets[vendor.index()].store(seconds, Ordering::Relaxed);
    }

    /// Puts all of them right.
    pub(crate) fn reset(&self) {
        for offset in &self.offsets {
            offset.store(0, Ordering::Relaxed);
        }
    }

    /// What the clock on that vendor's wall says.
    pub(crate) fn now_at(&self, vendor: Vendor) -> SystemTime {
        shifted(self.clock.now(), self.offsets[vendor.index()].load(Ordering::Relaxed))
    }

    pub(crate) fn elapsed(&self) -> Duration {
        self.clock.elapsed()
    }

    pub(crate) fn try_advance(&self, by: Duration) -> bool {
        self.clock.try_advance(by)
    }
}

/// So many seconds later, or earlier if negative; a time that cannot be told stays as it is.
pub(crate) fn shifted(time: SystemTime, seconds: i64) -> SystemTime {
    let span = Duration::from_secs(seconds.unsigned_abs());
    let shifted = if seconds < 0 { time.checked_sub(span) } else { time.checked_add(span) };
    shifted.unwrap_or(time)
}
