//! Call quotas.

use std::{
    collections::{HashMap, VecDeque},
    time::Duration,
};

use crate::operation::Quota;

/// Remembers when calls were let through, per key.
#[derive(Debug, Default)]
pub(crate) struct Quotas(HashMap<String, VecDeque<Duration>>);

impl Quotas {
    /// Takes one call at the monotonic time `at`, or says that the window is full. A refused call does not count.
    pub(crate) fn take(&mut self, key: &str, quota: Quota, at: Duration) -> bool {
        let calls = self.0.entry(key.to_owned()).or_default();
        while calls.front().is_some_and(|first| at.saturating_sub(*first) >= quota.window) {
            calls.pop_front();
        }
        let room = calls.len() < quota.most;
        if room {
            calls.push_back(at);
        }
        room
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_window_holds_at_most_the_quota() {
        let mut quotas = Quotas::default();
        let quota = Quota::per_second(2);
        let ms = Duration::from_millis;
        assert!(quotas.take("a", quota, ms(0)));
        assert!(quotas.take("a", quota, ms(900)));
        assert!(!quotas.take("a", quota, ms(999)));
        assert!(quotas.take("b", quota, ms(999)));
        assert!(quotas.take("a", quota, ms(1000)));
        assert!(!quotas.take("a", quota, ms(1899)));
        assert!(quotas.take("a", quota, ms(1900)));
    }
}
