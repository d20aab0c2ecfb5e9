//! When to try again, and how long to wait first.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::error::{Category, Delivery, Error, ErrorKind, TransportErrorKind};
use crate::meta::Meta;

/// Longest `Retry-After` that is waited for.
pub(crate) const MAX_RETRY_AFTER: Duration = Duration::from_secs(300);

/// A failed attempt, as a [`RetryPolicy`] sees it.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct FailedAttempt<'a> {
    /// What went wrong in this attempt; its [`delivery`](Error::delivery) is this attempt's alone.
    pub error: &'a Error,
    /// How many attempts were made, this one included.
    pub attempt: u32,
    /// The operation's contract.
    pub meta: &'a Meta,
    /// Whether an unknown outcome may be repeated: the operation says so, or the caller does.
    pub repeatable: bool,
    /// A random number for jitter.
    pub random: u64,
}

/// Decides whether a failed attempt is repeated, and after which pause.
///
/// The one repeat after a refused time stamp is not asked here: it belongs to signing. Budget and deadline are applied
/// to whatever a policy answers.
pub trait RetryPolicy: fmt::Debug + Send + Sync {
    /// The pause before the next attempt, or `None` to give up.
    fn pause(&self, failed: &FailedAttempt<'_>) -> Option<Duration>;
}

/// The default policy: three attempts; full jitter under a doubling cap.
///
/// What was not sent, throttled or refused before acting is repeated for every operation; timeouts, broken connections
/// and the vendor's own failures only where a repeat does no harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct StandardRetry {
    /// Most attempts, the first included.
    pub attempts: u32,
    /// Cap of the first pause; it doubles with every attempt.
    pub base: Duration,
    /// Cap of every pause.
    pub cap: Duration,
}

impl Default for StandardRetry {
    fn default() -> Self {
        Self { attempts: 3, base: Duration::from_millis(200), cap: Duration::from_secs(5) }
    }
}

impl StandardRetry {
    /// The default with another number of attempts, at least one.
    #[must_use]
    pub fn attempts(attempts: u32) -> Self {
        Self { attempts: attempts.max(1), ..Self::default() }
    }

    fn is_worth_repeating(failed: &FailedAttempt<'_>) -> bool {
        let error = failed.error;
        match error.kind() {
            // A repeat would only bring the same again.
            ErrorKind::Transport if error.transport_kind().is_some_and(TransportErrorKind::is_lasting) => false,
            ErrorKind::Transport | ErrorKind::Deadline => failed.repeatable || error.delivery() == Delivery::NotSent,
            ErrorKind::Api => match error.category() {
                Some(Category::Throttled | Category::Busy) => true,
                Some(Category::Transient) => failed.repeatable,
                _ => false,
            },
            _ => false,
        }
    }
}

impl RetryPolicy for StandardRetry {
    fn pause(&self, failed: &FailedAttempt<'_>) -> Option<Duration> {
        if failed.attempt >= self.attempts || !Self::is_worth_repeating(failed) {
            return None;
        }
        let doubled = self.base.saturating_mul(1 << (failed.attempt - 1).min(16));
        let jitter = scale(self.cap.min(doubled), failed.random);
        let asked = failed.error.retry_after().unwrap_or_default();
        // Sooner than the vendor asks would be refused again; that late is for the caller to decide.
        (asked <= MAX_RETRY_AFTER).then(|| jitter.max(failed.meta.retry_floor).max(asked))
    }
}

/// A policy that never repeats anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NoRetry;

impl RetryPolicy for NoRetry {
    fn pause(&self, _: &FailedAttempt<'_>) -> Option<Duration> {
        None
    }
}

/// `cap` times a random fraction in `0..1`.
fn scale(cap: Duration, random: u64) -> Duration {
    let cap = u64::try_from(cap.as_nanos()).unwrap_or(u64::MAX);
    let nanos = (u128::from(cap) * u128::from(random)) >> 64;
    Duration::from_nanos(u64::try_from(nanos).unwrap_or(cap))
}

const FULL: u32 = 500;
const RETRY_COST: u32 = 14;
const THROTTLED_COST: u32 = 5;

/// The client's reserve of retries: it empties in an outage, so that an outage is not multiplied.
#[derive(Debug, Clone)]
pub(crate) struct RetryBudget(Arc<AtomicU32>);

impl Default for RetryBudget {
    fn default() -> Self {
        Self(Arc::new(AtomicU32::new(FULL)))
    }
}

impl RetryBudget {
    /// Takes the price of one retry, or nothing if the reserve is too low.
    pub(crate) fn withdraw(&self, error: &Error) -> Option<Withdrawal> {
        let cost = if error.is_throttled() { THROTTLED_COST } else { RETRY_COST };
        self.0.fetch_update(Ordering::AcqRel, Ordering::Acquire, |tokens| tokens.checked_sub(cost)).ok()?;
        Some(Withdrawal { budget: self.clone(), cost })
    }

    /// A call that succeeded at once puts a little back.
    pub(crate) fn reward(&self) {
        self.give(1);
    }

    fn give(&self, tokens: u32) {
        let _ = self
            .0
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |have| (have < FULL).then(|| (have + tokens).min(FULL)));
    }

    #[cfg(test)]
    pub(crate) fn left(&self) -> u32 {
        self.0.load(Ordering::Acquire)
    }
}

/// The price of one retry. Dropped, it goes back: after a success, and when the call is cancelled.
#[derive(Debug)]
pub(crate) struct Withdrawal {
    budget: RetryBudget,
    cost: u32,
}

impl Withdrawal {
    /// The retry failed: the price is gone.
    pub(crate) fn spend(mut self) {
        self.cost = 0;
    }
}

impl Drop for Withdrawal {
    fn drop(&mut self) {
        self.budget.give(self.cost);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::TransportError;

    fn pause(error: &Error, attempt: u32, meta: &Meta, random: u64) -> Option<Duration> {
        let repeatable = meta.idempotency.is_repeatable();
        StandardRetry::default().pause(&FailedAttempt { error, attempt, meta, repeatable, random })
    }

    fn api(category: Category) -> Error {
        Error::api(None, "", category, None)
    }

    fn transport(kind: TransportErrorKind) -> Error {
        Error::transport(TransportError::new(kind))
    }

    #[test]
    fn the_table_of_situations_decides() {
        let idempotent = Meta::post("X").idempotent();
        let other = Meta::post("X");
        let table = [
            (transport(TransportErrorKind::Connect), true, true),
            (api(Category::Throttled), true, true),
            (api(Category::Busy), true, true),
            (transport(TransportErrorKind::Timeout), true, false),
            (transport(TransportErrorKind::Interrupted), true, false),
            (api(Category::Transient), true, false),
            (transport(TransportErrorKind::TooLarge), false, false),
            (transport(TransportErrorKind::Unavailable), false, false),
            (api(Category::Auth), false, false),
            (api(Category::Account), false, false),
            (api(Category::InvalidArgument), false, false),
            (api(Category::NotFound), false, false),
            (api(Category::Conflict), false, false),
            (api(Category::State), false, false),
            (api(Category::Other), false, false),
            (Error::config("x"), false, false),
            (Error::invalid(Vec::new()), false, false),
        ];
        for (error, repeat_idempotent, repeat_other) in table {
            assert_eq!(pause(&error, 1, &idempotent, 0).is_some(), repeat_idempotent, "{error}");
            assert_eq!(pause(&error, 1, &other, 0).is_some(), repeat_other, "{error}");
            assert_eq!(pause(&error, 3, &idempotent, 0), None, "the third attempt is the last: {error}");
        }
    }

    #[test]
    fn pauses_are_jittered_under_a_doubling_cap_and_over_the_floor() {
        let meta = Meta::post("X");
        let error = transport(TransportErrorKind::Connect);
        assert_eq!(pause(&error, 1, &meta, 0), Some(Duration::ZERO));
        assert_eq!(pause(&error, 1, &meta, u64::MAX / 2).unwrap().as_millis(), 99);
        assert!(pause(&error, 2, &meta, u64::MAX).unwrap() <= Duration::from_millis(400));
        let floored = meta.retry_floor(Duration::from_secs(3));
        assert_eq!(pause(&error, 1, &floored, 0), Some(Duration::from_secs(3)));
        let asked = api(Category::Throttled).with_retry_after(Some(Duration::from_secs(7)));
        assert_eq!(pause(&asked, 1, &meta, 0), Some(Duration::from_secs(7)));
        let absurd = api(Category::Throttled).with_retry_after(Some(Duration::from_secs(86_400)));
        assert_eq!(pause(&absurd, 1, &meta, 0), None);
        assert!(scale(Duration::MAX, u64::MAX) > Duration::from_secs(86_400));
    }

    #[test]
    fn the_budget_empties_refills_and_forgets_nothing_of_a_cancelled_call() {
        let budget = RetryBudget::default();
        let error = transport(TransportErrorKind::Timeout);
        for _ in 0..35 {
            budget.withdraw(&error).unwrap().spend();
        }
        assert!(budget.withdraw(&error).is_none());
        assert_eq!(budget.left(), 10);
        drop(budget.withdraw(&api(Category::Throttled)).unwrap());
        assert_eq!(budget.left(), 10);
        for _ in 0..4 {
            budget.reward();
        }
        assert_eq!(budget.left(), 14);
        assert!(budget.withdraw(&error).is_some());
    }
}
