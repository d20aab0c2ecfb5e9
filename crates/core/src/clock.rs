//! Time and randomness as seams: nothing else in the workspace reads the wall clock or the operating system's entropy.

use std::fmt;
use std::io;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Tells the wall time that goes into signatures.
///
/// Deadlines and pauses do not use it: they follow `tokio`'s monotonic time.
pub trait Clock: fmt::Debug + Send + Sync {
    /// The time now.
    fn now(&self) -> SystemTime;
}

/// The machine's clock; the default.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where wall time is read")]
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }
}

/// Makes the random bytes behind nonces, multipart boundaries and retry jitter.
pub trait Entropy: fmt::Debug + Send + Sync {
    /// Fills `dest` with unpredictable bytes.
    fn fill(&self, dest: &mut [u8]) -> io::Result<()>;
}

/// The operating system's random source; the default.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsEntropy;

impl Entropy for OsEntropy {
    fn fill(&self, dest: &mut [u8]) -> io::Result<()> {
        getrandom::fill(dest).map_err(io::Error::other)
    }
}

/// How far the vendor's clock is ahead of ours, learned from replies; shared by all calls of a client.
#[derive(Debug, Default)]
pub(crate) struct Skew(AtomicI64);

impl Skew {
    /// `time` as the vendor sees it.
    pub(crate) fn correct(&self, time: SystemTime) -> SystemTime {
        let offset = self.0.load(Ordering::Relaxed);
        let distance = Duration::from_millis(offset.unsigned_abs());
        if offset < 0 { time.checked_sub(distance) } else { time.checked_add(distance) }.unwrap_or(time)
    }

    /// Remembers the difference between the vendor's `Date` and our own time.
    pub(crate) fn learn(&self, vendor: SystemTime, ours: SystemTime) -> i64 {
        let offset = unix_millis(vendor).saturating_sub(unix_millis(ours));
        self.0.store(offset, Ordering::Relaxed);
        offset
    }
}

/// Milliseconds since the Unix epoch; negative before it.
#[must_use]
pub fn unix_millis(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_millis()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_millis()).map_or(i64::MIN, |millis| -millis),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skew_moves_time_both_ways() {
        let skew = Skew::default();
        let ours = UNIX_EPOCH + Duration::from_secs(1_000);
        assert_eq!(skew.correct(ours), ours);
        assert_eq!(skew.learn(ours + Duration::from_secs(7), ours), 7_000);
        assert_eq!(skew.correct(ours), ours + Duration::from_secs(7));
        assert_eq!(skew.learn(ours - Duration::from_secs(7), ours), -7_000);
        assert_eq!(skew.correct(ours), ours - Duration::from_secs(7));
    }

    #[test]
    fn the_operating_system_gives_different_bytes_each_time() {
        let (mut one, mut two) = ([0; 16], [0; 16]);
        OsEntropy.fill(&mut one).unwrap();
        OsEntropy.fill(&mut two).unwrap();
        assert_ne!(one, two);
    }
}
