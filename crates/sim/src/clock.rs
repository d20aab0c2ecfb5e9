//! Time as the simulated vendors see it.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// Where the simulator takes the time from.
///
/// Signed timestamps and `Date` headers follow [`Clock::now`]; quotas, resource ids and recordings follow
/// [`Clock::elapsed`], which must never run backwards.
pub trait Clock: fmt::Debug + Send + Sync + 'static {
    /// Wall time.
    fn now(&self) -> SystemTime;

    /// Monotonic time since some fixed start.
    fn elapsed(&self) -> Duration;

    /// Lets time pass, if this clock can be told to; the control routes ask for it.
    fn try_advance(&self, by: Duration) -> bool {
        let _ = by;
        false
    }
}

/// The machine's own clock; the default.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock {
    started: tokio::time::Instant,
}

impl SystemClock {
    /// Starts counting now.
    pub fn new() -> Self {
        Self { started: tokio::time::Instant::now() }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock the rest of the crate is told to use")]
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }
}

/// A clock that stands still until a test moves it; clones move together.
#[derive(Debug, Clone)]
pub struct ManualClock(Arc<Mutex<Manual>>);

#[derive(Debug)]
struct Manual {
    wall: SystemTime,
    elapsed: Duration,
}

impl ManualClock {
    /// Stands at `wall`.
    pub fn new(wall: SystemTime) -> Self {
        Self(Arc::new(Mutex::new(Manual { wall, elapsed: Duration::ZERO })))
    }

    /// Stands at so many milliseconds after 1970-01-01T00:00:00Z.
    pub fn at_unix_millis(millis: u64) -> Self {
        Self::new(UNIX_EPOCH + Duration::from_millis(millis))
    }

    /// Lets time pass, for the wall clock and for everything that lives on it.
    pub fn advance(&self, by: Duration) {
        let mut state = self.lock();
        state.wall += by;
        state.elapsed += by;
    }

    /// Turns the wall clock alone, as an operator or an NTP step would; lifetimes and quotas do not notice.
    pub fn set_wall(&self, wall: SystemTime) {
        self.lock().wall = wall;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Manual> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for ManualClock {
    fn now(&self) -> SystemTime {
        self.lock().wall
    }

    fn elapsed(&self) -> Duration {
        self.lock().elapsed
    }

    fn try_advance(&self, by: Duration) -> bool {
        self.advance(by);
        true
    }
}

/// Milliseconds since 1970, negative before.
pub(crate) fn unix_millis(time: SystemTime) -> i64 {
    let signed = |span: Duration| i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
    time.duration_since(UNIX_EPOCH).map_or_else(|before| -signed(before.duration()), signed)
}
