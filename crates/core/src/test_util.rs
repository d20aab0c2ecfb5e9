//! For tests: a clock that stands still until it is moved, and random bytes that repeat.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::time::Instant;

use crate::clock::{Clock, Entropy};

pub use crate::transport::replay::{ReplayTransport, Sent, Step};

/// A clock that is set and moved by hand; clones share their time.
#[derive(Debug, Clone)]
pub struct ManualClock {
    millis: Arc<AtomicU64>,
    ticking_since: Option<Instant>,
}

impl ManualClock {
    /// Stands at that time, in milliseconds since the Unix epoch.
    #[must_use]
    pub fn at(unix_millis: u64) -> Self {
        Self { millis: Arc::new(AtomicU64::new(unix_millis)), ticking_since: None }
    }

    /// Also moves with `tokio`'s time, which tests can pause.
    #[must_use]
    pub fn ticking(mut self) -> Self {
        self.ticking_since = Some(Instant::now());
        self
    }

    /// Moves forward.
    pub fn advance(&self, by: Duration) {
        self.millis.fetch_add(u64::try_from(by.as_millis()).unwrap_or(u64::MAX), Ordering::AcqRel);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> SystemTime {
        let ticked = self.ticking_since.map(|since| since.elapsed()).unwrap_or_default();
        UNIX_EPOCH + Duration::from_millis(self.millis.load(Ordering::Acquire)) + ticked
    }
}

/// Random-looking bytes that are the same in every run; every fill gives others.
#[derive(Debug, Clone, Default)]
pub struct SeededEntropy(Arc<AtomicU64>);

impl SeededEntropy {
    /// Another seed gives other bytes.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(Arc::new(AtomicU64::new(seed)))
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, dest: &mut [u8]) -> io::Result<()> {
        for chunk in dest.chunks_mut(8) {
            // splitmix64
            let mut z = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::AcqRel).wrapping_add(0x9e37_79b9_7f4a_7c15);
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            chunk.copy_from_slice(&(z ^ (z >> 31)).to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}
