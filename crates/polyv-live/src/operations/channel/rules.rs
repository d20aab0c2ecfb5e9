//! Rules of several operations.

use livecloud_core::{Checks, Secret};

use crate::account::Account;

/// A moment in milliseconds. Strict wants 13 digits; 0, where it may hide the moment, passes.
pub(super) fn millis(checks: &mut Checks<'_, Account>, path: &str, time: Option<i64>, may_be_0: bool) {
    let Some(time) = time.filter(|time| !(may_be_0 && *time == 0)) else { return };
    if time < 0 {
        checks.refuse_value("L09", path, "must not be negative", time);
    } else if checks.is_strict() && !(1_000_000_000_000..=9_999_999_999_999).contains(&time) {
        checks.refuse_value("L09", path, "must be milliseconds since 1970, 13 digits", time);
    }
}

/// One of the vendor's words. `other` is what is none of them.
pub(super) fn word(checks: &mut Checks<'_, Account>, id: &'static str, path: &str, other: Option<&str>, words: &str) {
    if let Some(other) = other
        && checks.is_strict()
    {
        checks.refuse_value(id, path, format!("must be one of {words}"), format_args!("{other:?}"));
    }
}

/// A password's length. The password is not repeated.
pub(super) fn password(checks: &mut Checks<'_, Account>, path: &str, password: Option<&Secret>) {
    if password.is_some_and(|password| !(6..=16).contains(&password.expose().chars().count())) {
        checks.refuse("L41", path, "must have 6..=16 characters");
    }
}
