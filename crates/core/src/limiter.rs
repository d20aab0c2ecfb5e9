//! The client's own quotas: wait here rather than be refused there.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::meta::Quota;
use crate::vendor::QuotaKey;

/// `wait` after `start`; a wait beyond what the clock can hold ends in thirty years.
pub(crate) fn later(start: Instant, wait: Duration) -> Instant {
    const FAR: Duration = Duration::from_secs(30 * 365 * 86_400);
    start.checked_add(wait).unwrap_or_else(|| start + FAR)
}

/// What to do when a quota has no room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum QuotaMode {
    /// Wait for room, as far as the deadline allows.
    #[default]
    Wait,
    /// Fail at once.
    FailFast,
    /// Do not count at all.
    Off,
}

/// There is no room within the caller's patience.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoRoom {
    /// When there will be room, as far as is known.
    pub wait: Duration,
}

/// Hands out permits to send, per key and rate.
///
/// A fleet can share a quota by an implementation over an external store; only durations cross this seam, no clock.
#[async_trait]
pub trait Limiter: fmt::Debug + Send + Sync {
    /// Waits for one permit, at most for `patience`. If that cannot be enough, it fails at once instead of waiting.
    ///
    /// Dropping the future gives up the place in the queue and takes no permit.
    async fn acquire(&self, key: &QuotaKey, quota: Quota, patience: Duration) -> Result<(), NoRoom>;

    /// The vendor throttled this key: nothing may start for `pause`.
    fn hold(&self, key: &QuotaKey, quota: Quota, pause: Duration);
}

#[async_trait]
impl<L: Limiter + ?Sized> Limiter for Arc<L> {
    async fn acquire(&self, key: &QuotaKey, quota: Quota, patience: Duration) -> Result<(), NoRoom> {
        (**self).acquire(key, quota, patience).await
    }

    fn hold(&self, key: &QuotaKey, quota: Quota, pause: Duration) {
        (**self).hold(key, quota, pause);
    }
}

/// The default limiter: at most `permits` in *any* window of length `per`, first come, first served, in this process.
///
/// Clone an `Arc` of it into several clients to let them share their quotas.
#[derive(Debug, Default)]
pub struct LocalLimiter {
    lanes: Mutex<HashMap<QuotaKey, Arc<Lane>>>,
}

impl LocalLimiter {
    /// A limiter with all quotas unused.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn lane(&self, key: &QuotaKey) -> Arc<Lane> {
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lane) = lanes.get(key) {
            return Arc::clone(lane);
        }
        Arc::clone(lanes.entry(key.clone()).or_default())
    }
}

#[async_trait]
impl Limiter for LocalLimiter {
    async fn acquire(&self, key: &QuotaKey, quota: Quota, patience: Duration) -> Result<(), NoRoom> {
        self.lane(key).acquire(quota, patience).await
    }

    fn hold(&self, key: &QuotaKey, _: Quota, pause: Duration) {
        self.lane(key).hold(pause);
    }
}

/// One quota: who is in the queue, and when the last permits were given.
#[derive(Debug, Default)]
struct Lane {
    /// Held by the one who is next; tokio's mutex is fair.
    turn: tokio::sync::Mutex<()>,
    /// Tells everybody in the queue that a hold has moved their slots.
    held: Notify,
    state: Mutex<LaneState>,
}

#[derive(Debug, Default)]
struct LaneState {
    /// When the last permits were given, oldest first; as many as the largest number this quota ever had.
    given: VecDeque<Instant>,
    most: usize,
    held_until: Option<Instant>,
    /// The tickets of those in the queue, in their order.
    queue: BTreeSet<u64>,
    next_ticket: u64,
}

impl LaneState {
    /// When the permit after `ahead` others can be given.
    fn slot(&self, quota: Quota, ahead: usize, now: Instant) -> Instant {
        let earliest = self.held_until.map_or(now, |held| held.max(now));
        let permits = permits(quota);
        let (rounds, place) = (ahead / permits, ahead % permits);
        // The permit `permits` places back opens this one; with fewer given, there is still room.
        let first = match (self.given.len() + place).checked_sub(permits) {
            Some(index) => self.given.get(index).map_or(earliest, |given| later(*given, quota.per).max(earliest)),
            None => earliest,
        };
        later(first, quota.per.saturating_mul(u32::try_from(rounds).unwrap_or(u32::MAX)))
    }

    fn give(&mut self, quota: Quota, now: Instant) {
        self.most = self.most.max(permits(quota));
        while self.given.len() >= self.most {
            self.given.pop_front();
        }
        self.given.push_back(now);
    }
}

fn permits(quota: Quota) -> usize {
    usize::try_from(quota.permits.max(1)).unwrap_or(usize::MAX)
}

impl Lane {
    fn state(&self) -> std::sync::MutexGuard<'_, LaneState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn hold(&self, pause: Duration) {
        {
            let mut state = self.state();
            let until = later(Instant::now(), pause);
            state.held_until = Some(state.held_until.map_or(until, |held| held.max(until)));
        }
        self.held.notify_waiters();
    }

    async fn acquire(&self, quota: Quota, patience: Duration) -> Result<(), NoRoom> {
        let now = Instant::now();
        {
            // Mostly there is room and nobody waits: then there is no queue to join.
            let mut state = self.state();
            if state.queue.is_empty() && state.slot(quota, 0, now) <= now {
                state.give(quota, now);
                return Ok(());
            }
        }
        let give_up = later(now, patience);
        let place = Place::take(self);
        let mut turn = pin!(self.turn.lock());
        let mut its_turn = None;
        loop {
            // Registered before looking, so that no hold slips in between.
            let mut held = pin!(self.held.notified());
            held.as_mut().enable();
            let now = Instant::now();
            let slot = {
                let mut state = self.state();
                let ahead = if its_turn.is_some() { 0 } else { state.queue.range(..place.ticket).count() };
                let slot = state.slot(quota, ahead, now);
                if its_turn.is_some() && slot <= now {
                    state.queue.remove(&place.ticket);
                    state.give(quota, now);
                    return Ok(());
                }
                slot
            };
            // At the very end of its patience a caller has no time left to use a permit.
            if slot > now && slot >= give_up {
                return Err(NoRoom { wait: slot - now });
            }
            if its_turn.is_some() {
                let _ = tokio::time::timeout_at(slot, held).await;
            } else {
                its_turn = poll_fn(|cx| match turn.as_mut().poll(cx) {
                    Poll::Ready(turn) => Poll::Ready(Some(turn)),
                    Poll::Pending => held.as_mut().poll(cx).map(|()| None),
                })
                .await;
            }
        }
    }
}

/// A place in the queue; dropping it leaves the queue.
struct Place<'a> {
    lane: &'a Lane,
    ticket: u64,
}

impl<'a> Place<'a> {
    fn take(lane: &'a Lane) -> Self {
        let mut state = lane.state();
        let ticket = state.next_ticket;
        state.next_ticket += 1;
        state.queue.insert(ticket);
        Self { lane, ticket }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.lane.state().queue.remove(&self.ticket);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PATIENT: Duration = Duration::from_secs(3600);

    fn key() -> QuotaKey {
        QuotaKey::new("test", "app".into(), "class")
    }

    #[tokio::test(start_paused = true)]
    async fn the_permit_after_a_full_window_waits_for_its_end() {
        let limiter = LocalLimiter::new();
        let quota = Quota::per_second("class", 3);
        let start = Instant::now();
        for _ in 0..3 {
            limiter.acquire(&key(), quota, PATIENT).await.unwrap();
        }
        assert_eq!(start.elapsed(), Duration::ZERO);
        limiter.acquire(&key(), quota, PATIENT).await.unwrap();
        assert_eq!(start.elapsed(), Duration::from_secs(1));
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_that_cannot_fit_fails_at_once() {
        let limiter = LocalLimiter::new();
        let quota = Quota::per_second("class", 1);
        limiter.acquire(&key(), quota, PATIENT).await.unwrap();
        let start = Instant::now();
        let refused = limiter.acquire(&key(), quota, Duration::from_millis(900)).await;
        assert_eq!(refused, Err(NoRoom { wait: Duration::from_secs(1) }));
        assert_eq!(start.elapsed(), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn a_cancelled_wait_takes_no_permit() {
        let limiter = Arc::new(LocalLimiter::new());
        let quota = Quota::per_second("class", 1);
        limiter.acquire(&key(), quota, PATIENT).await.unwrap();
        let start = Instant::now();
        let mut waiting = Vec::new();
        for _ in 0..5 {
            let limiter = Arc::clone(&limiter);
            waiting.push(tokio::spawn(async move { limiter.acquire(&key(), quota, PATIENT).await }));
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
        for task in waiting {
            task.abort();
            let _ = task.await;
        }
        limiter.acquire(&key(), quota, Duration::from_secs(1)).await.unwrap();
        assert_eq!(start.elapsed(), Duration::from_secs(1));
    }

    #[tokio::test(start_paused = true)]
    async fn a_hold_ends_the_waits_that_it_makes_hopeless_at_once() {
        let limiter = Arc::new(LocalLimiter::new());
        let quota = Quota::per_second("class", 1);
        limiter.acquire(&key(), quota, PATIENT).await.unwrap();
        let start = Instant::now();
        let waiting: Vec<_> = [300, 5, 5, 5]
            .map(|seconds| {
                let limiter = Arc::clone(&limiter);
                tokio::spawn(async move {
                    let refused = limiter.acquire(&key(), quota, Duration::from_secs(seconds)).await;
                    (refused.is_ok(), start.elapsed().as_secs())
                })
            })
            .into();
        tokio::task::yield_now().await;
        limiter.hold(&key(), quota, Duration::from_secs(200));
        let mut ends = Vec::new();
        for task in waiting {
            ends.push(task.await.unwrap());
        }
        assert_eq!(ends, [(true, 200), (false, 0), (false, 0), (false, 0)]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_smaller_quota_on_the_same_key_forgets_nothing() {
        let limiter = LocalLimiter::new();
        let start = Instant::now();
        for _ in 0..5 {
            limiter.acquire(&key(), Quota::per_second("class", 5), PATIENT).await.unwrap();
        }
        limiter.acquire(&key(), Quota::per_second("class", 1), PATIENT).await.unwrap();
        assert_eq!(start.elapsed(), Duration::from_secs(1));
        limiter.acquire(&key(), Quota::per_second("class", 5), PATIENT).await.unwrap();
        assert_eq!(start.elapsed(), Duration::from_secs(1));
        limiter.acquire(&key(), Quota::per_second("class", 1), PATIENT).await.unwrap();
        assert_eq!(start.elapsed(), Duration::from_secs(2));
    }

    #[tokio::test(start_paused = true)]
    async fn a_held_key_waits_and_other_keys_do_not() {
        let limiter = LocalLimiter::new();
        let quota = Quota::per_second("class", 5);
        let start = Instant::now();
        limiter.hold(&key(), quota, Duration::from_secs(4));
        limiter.acquire(&QuotaKey::new("test", "other".into(), "class"), quota, PATIENT).await.unwrap();
        assert_eq!(start.elapsed(), Duration::ZERO);
        limiter.acquire(&key(), quota, PATIENT).await.unwrap();
        assert_eq!(start.elapsed(), Duration::from_secs(4));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn never_more_than_the_quota_in_any_window(
            permits in 1u32..6,
            arrivals in proptest::collection::vec(0u64..700, 1..40),
            cancelled in proptest::collection::vec(any::<bool>(), 40),
        ) {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
            let given = runtime.block_on(async {
                let limiter = Arc::new(LocalLimiter::new());
                let quota = Quota::per_second("class", permits);
                let mut tasks = Vec::new();
                for (gap, cancel) in arrivals.iter().zip(cancelled) {
                    tokio::time::sleep(Duration::from_millis(*gap)).await;
                    let limiter = Arc::clone(&limiter);
                    let task = tokio::spawn(async move {
                        limiter.acquire(&key(), quota, PATIENT).await.unwrap();
                        Instant::now()
                    });
                    if cancel { task.abort() }
                    tasks.push(task);
                }
                let mut given = Vec::new();
                for task in tasks {
                    given.extend(task.await.ok());
                }
                given
            });
            let mut given = given;
            given.sort();
            for window in given.windows(permits as usize + 1) {
                prop_assert!(window[permits as usize] - window[0] >= Duration::from_secs(1));
            }
        }
    }
}
