//! For tests: a transport that answers from a list, a clock that stands still until it is moved, random bytes that
//! repeat, and a record of all that was logged.

use std::fmt::{self, Write as _};
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::time::Instant;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Dispatch, Metadata, Subscriber};

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

/// Runs a future on a runtime of its own, with time paused, and returns its output together with every span and event
/// of that time, at every level: to prove what is *not* logged.
///
/// # Panics
///
/// When no runtime can be started.
pub fn capture_logs<F: Future>(run: impl FnOnce() -> F) -> (F::Output, String) {
    let log = Log::default();
    let dispatch = Dispatch::new(log.clone());
    // While only one dispatcher lives, tracing decides about an event's place by the thread that comes by first, and
    // another test's thread may have none. A second one turns that shortcut off.
    let _second = Dispatch::new(Log::default());
    let output = tracing::dispatcher::with_default(&dispatch, || {
        tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .map(|runtime| runtime.block_on(run()))
    });
    match output {
        Ok(output) => (output, log.text().clone()),
        Err(error) => panic!("no runtime for the test: {error}"),
    }
}

/// Writes down everything that tracing offers.
#[derive(Debug, Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Log {
    fn text(&self) -> std::sync::MutexGuard<'_, String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Visit for Log {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let _ = write!(self.text(), " {}={value:?}", field.name());
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let _ = write!(self.text(), "\nspan {}", attributes.metadata().name());
        attributes.record(&mut self.clone());
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &tracing::Event<'_>) {
        let _ = write!(self.text(), "\n{}", event.metadata().level());
        event.record(&mut self.clone());
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}
