//! Who is to be sent next, and which updates the ones behind them make pointless.

use std::collections::BTreeMap;
use std::ops::BitOr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::operations::UpdatePlayer;

/// What an update sets; one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Effects(u16);

impl Effects {
    const NONE: Self = Self(0);
    const SOURCE: Self = Self(1);
    const BACKUP: Self = Self(1 << 1);
    const SIZE: Self = Self(1 << 2);
    const SHORT_EDGE: Self = Self(1 << 3);
    const VIDEO_BITRATE: Self = Self(1 << 4);
    const AUDIO_BITRATE: Self = Self(1 << 5);
    const VOLUME: Self = Self(1 << 6);
    const POSITION: Self = Self(1 << 7);
    const PAUSE: Self = Self(1 << 8);
    const REPEATS: Self = Self(1 << 9);
    /// The player's end, after which nothing else matters.
    pub(super) const END: Self = Self(u16::MAX);

    pub(super) fn of(update: &UpdatePlayer) -> Self {
        let video = update.video_options.as_ref();
        let audio = update.audio_options.as_ref();
        let sets = [
            // A new source begins at its beginning.
            (update.stream_url.is_some() || update.stream_url_list.is_some(), Self::SOURCE | Self::POSITION),
            (update.backup_stream_url.is_some(), Self::BACKUP),
            (video.is_some_and(|video| video.width.is_some() || video.height.is_some()), Self::SIZE),
            (video.is_some_and(|video| video.short_edge.is_some()), Self::SHORT_EDGE),
            (video.is_some_and(|video| video.video_bitrate.is_some()), Self::VIDEO_BITRATE),
            (audio.is_some_and(|audio| audio.audio_bitrate.is_some()), Self::AUDIO_BITRATE),
            (audio.is_some_and(|audio| audio.volume.is_some()), Self::VOLUME),
            (update.seek_to.is_some(), Self::POSITION),
            (update.is_pause.is_some(), Self::PAUSE),
            (update.repeat_times.is_some_and(|times| times != 0), Self::REPEATS),
        ];
        sets.into_iter().filter(|(set, _)| *set).fold(Self::NONE, |all, (_, effect)| all | effect)
    }

    /// Whether all that `older` sets is set anew.
    const fn cover(self, older: Self) -> bool {
        older.0 & !self.0 == 0
    }
}

impl BitOr for Effects {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The updates of one player that are not done, and its last number.
#[derive(Debug)]
pub(super) struct Line(Mutex<State>);

#[derive(Debug)]
struct State {
    last_sequence: u64,
    tickets: u64,
    /// By ticket: who joined later has the higher one.
    joined: BTreeMap<u64, Effects>,
}

/// One update's place in the line; given up when dropped, so that an abandoned update supersedes nothing.
#[derive(Debug)]
pub(super) struct Place<'l> {
    line: &'l Line,
    at: At,
}

/// Which place.
#[derive(Debug, Clone, Copy)]
pub(super) struct At {
    ticket: u64,
    effects: Effects,
}

impl Line {
    pub(super) const fn after(last_sequence: u64) -> Self {
        Self(Mutex::new(State { last_sequence, tickets: 0, joined: BTreeMap::new() }))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing in here can panic half-way.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn last(&self) -> u64 {
        self.state().last_sequence
    }

    /// The number of the update that is sent now.
    pub(super) fn next(&self) -> u64 {
        let mut state = self.state();
        state.last_sequence = state.last_sequence.saturating_add(1);
        state.last_sequence
    }

    pub(super) fn join(&self, effects: Effects) -> Place<'_> {
        let mut state = self.state();
        state.tickets += 1;
        let ticket = state.tickets;
        state.joined.insert(ticket, effects);
        Place { line: self, at: At { ticket, effects } }
    }

    /// Whether somebody behind sets all that this update sets.
    pub(super) fn is_superseded(&self, At { ticket, effects }: At) -> bool {
        self.state().joined.range(ticket + 1..).any(|(_, newer)| newer.cover(effects))
    }
}

impl Place<'_> {
    pub(super) const fn at(&self) -> At {
        self.at
    }

    pub(super) fn is_superseded(&self) -> bool {
        self.line.is_superseded(self.at)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.line.state().joined.remove(&self.at.ticket);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::{AudioOptions, VideoOptions};

    fn update() -> UpdatePlayer {
        UpdatePlayer::new("p", 1)
    }

    #[test]
    fn an_update_covers_what_it_sets_anew_and_nothing_else() {
        let volume = Effects::of(&update().volume(1));
        let both = Effects::of(&update().volume(1).seek_to(2));
        assert!(volume.cover(volume) && both.cover(volume) && !volume.cover(both));
        assert!(Effects::of(&update().resume()).cover(Effects::of(&update().pause())));
        let source = Effects::of(&update().stream_url("https://h/a"));
        let with_backup = Effects::of(&update().stream_url("https://h/a").backup_stream_url("https://h/b"));
        assert!(source.cover(Effects::of(&update().seek_to(9))), "a new source begins at its beginning");
        assert!(!Effects::of(&update().seek_to(9)).cover(source));
        assert!(!source.cover(with_backup), "the backup would be lost");
        assert!(Effects::END.cover(with_backup));
    }

    #[test]
    fn every_field_of_an_update_has_an_effect_of_its_own() {
        let all = [
            update().stream_url("https://h/a"),
            update().stream_url_list(["https://h/a"]),
            update().backup_stream_url("https://h/b"),
            update().video_options(VideoOptions::pixels(2, 2)),
            update().video_options(VideoOptions::default().short_edge(2)),
            update().video_options(VideoOptions::default().video_bitrate(2)),
            update().audio_options(AudioOptions::new().audio_bitrate(2)),
            update().volume(1),
            update().seek_to(1),
            update().pause(),
            update().repeat_times(2),
        ];
        let effects: Vec<_> = all.iter().map(Effects::of).collect();
        for (index, effect) in effects.iter().enumerate() {
            assert_ne!(*effect, Effects::NONE, "{index}");
            let covered = effects.iter().filter(|other| effect.cover(**other)).count();
            // Both kinds of source are one effect, and include the position.
            assert_eq!(covered, if index < 2 { 3 } else { 1 }, "{index}");
        }
        assert_eq!(Effects::of(&update().repeat_times(0)), Effects::NONE, "0 keeps what is");
    }

    #[test]
    fn only_those_behind_supersede_and_only_while_they_are_there() {
        let line = Line::after(7);
        let first = line.join(Effects::VOLUME);
        let second = line.join(Effects::VOLUME);
        assert!(first.is_superseded() && !second.is_superseded());
        drop(second);
        assert!(!first.is_superseded());
        assert_eq!((line.next(), line.next(), line.last()), (8, 9, 9));
    }
}
