//! Dates and times as text. The vendors write Beijing time, eight hours ahead of UTC, without saying so.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use crate::clock::unix_millis;

/// Beijing is this far ahead of UTC, all year.
const OFFSET_SECONDS: i64 = 8 * 60 * 60;
const DAY: i64 = 24 * 60 * 60;

macro_rules! text_type {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            /// The text, as it is sent or came.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                super::text(deserializer).map(Self)
            }
        }
    };
}

text_type! {
    /// A day in Beijing: `yyyy-MM-dd`. Made of a moment, or of a text, which is kept as it is.
    BeijingDate
}

text_type! {
    /// A moment in Beijing's time: `yyyy-MM-dd HH:mm:ss`. Made of a moment, or of a text, which is kept as it is.
    BeijingTime
}

impl BeijingDate {
    /// A day by its numbers; there is no check here.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Self {
        Self(format!("{year:04}-{month:02}-{day:02}"))
    }

    /// When it begins; nothing where the text is no day.
    #[must_use]
    pub fn start(&self) -> Option<SystemTime> {
        moment(days_of(&self.0)?, 0)
    }
}

impl From<SystemTime> for BeijingDate {
    fn from(time: SystemTime) -> Self {
        let (date, _) = written(time);
        Self(date)
    }
}

impl BeijingTime {
    /// The moment; nothing where the text is none. Seconds may be missing, and so may the time of day: then it is
    /// midnight.
    #[must_use]
    pub fn time(&self) -> Option<SystemTime> {
        let Some((date, clock)) = self.0.split_once(' ') else { return moment(days_of(&self.0)?, 0) };
        let mut parts = clock.split(':').map(two_digits);
        let (hour, minute) = (parts.next()??, parts.next()??);
        let second = parts.next().unwrap_or(Some(0))?;
        let is_clock = hour < 24 && minute < 60 && second < 60 && parts.next().is_none();
        if is_clock { moment(days_of(date)?, hour * 3600 + minute * 60 + second) } else { None }
    }

    /// Whether this is a moment to the second, `yyyy-MM-dd HH:mm:ss`: [`time`](Self::time) also reads shorter forms, which
    /// not every operation takes.
    #[must_use]
    pub fn has_seconds(&self) -> bool {
        self.0.len() == 19 && self.time().is_some()
    }
}

impl From<SystemTime> for BeijingTime {
    fn from(time: SystemTime) -> Self {
        let (date, second) = written(time);
        Self(format!("{date} {:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60))
    }
}

/// Where a moment is wanted and a day is given, the vendor takes the day's beginning or end.
impl From<BeijingDate> for BeijingTime {
    fn from(date: BeijingDate) -> Self {
        Self(date.0)
    }
}

/// The day in Beijing and the second of that day.
fn written(time: SystemTime) -> (String, i64) {
    let seconds = unix_millis(time).div_euclid(1000) + OFFSET_SECONDS;
    let (year, month, day) = civil(seconds.div_euclid(DAY));
    (format!("{year:04}-{month:02}-{day:02}"), seconds.rem_euclid(DAY))
}

fn moment(days: i64, second: i64) -> Option<SystemTime> {
    let seconds = days * DAY + second - OFFSET_SECONDS;
    let distance = Duration::from_secs(seconds.unsigned_abs());
    if seconds < 0 { UNIX_EPOCH.checked_sub(distance) } else { UNIX_EPOCH.checked_add(distance) }
}

/// `yyyy-MM-dd` as days since 1970; only days that exist.
fn days_of(date: &str) -> Option<i64> {
    let mut parts = date.split('-');
    let year = parts.next().filter(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()))?;
    let (year, month, day) = (year.parse().ok()?, two_digits(parts.next()?)?, two_digits(parts.next()?)?);
    let days = days_from_civil(year, month, day);
    (parts.next().is_none() && civil(days) == (year, month, day)).then_some(days)
}

fn two_digits(text: &str) -> Option<i64> {
    if text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// Days since 1970 of a date of the Gregorian calendar, in the usual arithmetic over eras of 400 years.
const fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The other way round.
const fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let (day, month) = (day_of_year - (153 * shifted + 2) / 5 + 1, (shifted + 2) % 12 + 1);
    let year = year_of_era + era * 400;
    (if month <= 2 { year + 1 } else { year }, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> SystemTime {
        moment(0, seconds + OFFSET_SECONDS).unwrap()
    }

    #[test]
    fn a_moment_to_the_second_is_told_from_shorter_forms() {
        assert!(BeijingTime::from("2024-02-29 23:59:59").has_seconds());
        for shorter in ["2024-02-29 23:59", "2024-02-29", "2024-02-30 23:59:59", "2024-02-29 24:00:00", ""] {
            assert!(!BeijingTime::from(shorter).has_seconds(), "{shorter}");
        }
    }

    #[test]
    fn moments_are_written_in_beijings_time() {
        for (seconds, text) in [
            (0, "1970-01-01 08:00:00"),
            (1_557_888_134, "2019-05-15 10:42:14"),
            (1_709_222_399, "2024-02-29 23:59:59"),
            (1_709_222_400, "2024-03-01 00:00:00"),
            (951_753_600, "2000-02-29 00:00:00"),
            (-28_801, "1969-12-31 23:59:59"),
        ] {
            let written = BeijingTime::from(at(seconds));
            assert_eq!((written.as_str(), written.time()), (text, Some(at(seconds))));
            assert_eq!(BeijingDate::from(at(seconds)).as_str(), &text[..10]);
        }
    }

    #[test]
    fn days_are_read_back_to_their_beginning_and_only_if_they_exist() {
        assert_eq!(BeijingDate::new(2024, 2, 29).start(), Some(at(1_709_136_000)));
        assert_eq!(BeijingTime::from(BeijingDate::new(2024, 2, 29)).time(), Some(at(1_709_136_000)));
        assert_eq!(BeijingTime::from("2024-02-29 23:59").time(), Some(at(1_709_222_340)));
        for text in ["2023-02-29", "2024-13-01", "2024-1-1", "24-01-01", "2024-01-01-1", "+024-01-01", "", "soon"] {
            assert_eq!(BeijingDate::from(text).start(), None, "{text}");
            assert_eq!(BeijingTime::from(text).time(), None, "{text}");
        }
        for clock in ["24:00:00", "23:60:00", "23:59:60", "23", "23:59:59:59", "1:00:00", ""] {
            assert_eq!(BeijingTime::from(format!("2024-01-01 {clock}")).time(), None, "{clock}");
        }
    }

    #[test]
    fn every_day_of_four_centuries_is_read_as_it_is_written() {
        for days in -146_097..146_097 {
            let (year, month, day) = civil(days);
            assert_eq!(days_from_civil(year, month, day), days);
        }
    }

    #[test]
    fn what_the_vendor_wrote_is_kept() {
        let odd: BeijingTime = serde_json::from_str("\"yesterday\"").unwrap();
        assert_eq!((odd.time(), serde_json::to_string(&odd).unwrap()), (None, "\"yesterday\"".to_owned()));
        let number: BeijingDate = serde_json::from_str("20240229").unwrap();
        assert_eq!(number.to_string(), "20240229");
    }
}
