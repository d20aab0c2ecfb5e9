//! A seam for metrics: what happened to each attempt.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::error::Error;

/// Something that happened during a call. Holds no parameters, bodies or secrets.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Event<'a> {
    /// An attempt ended.
    Attempt {
        /// The vendor crate's name.
        vendor: &'static str,
        /// The operation's name.
        operation: &'static str,
        /// 1 for the first.
        attempt: u32,
        /// How long it took, the wait for a permit not included.
        elapsed: Duration,
        /// How it failed, if it did.
        error: Option<&'a Error>,
    },
    /// The call will be tried again.
    Retry {
        /// The vendor crate's name.
        vendor: &'static str,
        /// The operation's name.
        operation: &'static str,
        /// The number of the attempt to come.
        attempt: u32,
        /// The pause before it.
        pause: Duration,
    },
}

/// Receives events; called inline, so it should only count.
pub trait Observer: fmt::Debug + Send + Sync {
    /// Takes note of an event.
    fn observe(&self, event: &Event<'_>);
}

impl<O: Observer + ?Sized> Observer for Arc<O> {
    fn observe(&self, event: &Event<'_>) {
        (**self).observe(event);
    }
}
