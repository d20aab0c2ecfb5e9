//! Putting late events in their place.

use super::event::{Event, EventKind};

/// What is known of one player or upload task from its events so far: tells which of the next ones still count.
///
/// Keep one beside each player and task that you follow, and store it with its state: [`from_parts`](Self::from_parts)
/// brings it back. Repeated deliveries are another matter: they share a replay key.
///
/// ```
/// use zego_cloud_player::callback::{Progress, Standing};
/// # use std::time::{Duration, UNIX_EPOCH};
/// # use zego_cloud_player::callback::{Event, Inbound, Verifier, sign_for_test};
/// # fn event(event_type: u32, time: u64) -> Event {
/// #     let now = UNIX_EPOCH + Duration::from_secs(1_681_221_510);
/// #     let body = serde_json::json!({"EventType": event_type, "EventTime": time, "PlayerId": "p"});
/// #     let request = sign_for_test("s", body, now, "n");
/// #     let inbound = Inbound { uri: "/", headers: request.headers(), body: request.body() };
/// #     Verifier::new("s").verify(inbound, now).unwrap().event().unwrap()
/// # }
/// # let (playing, created, destroyed) = (event(3, 20), event(1, 10), event(2, 30));
///
/// let mut progress = Progress::new();
/// assert_eq!(progress.take(&playing), Standing::Counts);
/// assert_eq!(progress.take(&created), Standing::Late, "it happened before, and came after");
/// assert_eq!(progress.take(&destroyed), Standing::Counts);
/// assert_eq!(progress.take(&playing), Standing::Late, "a player that is gone stays gone");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    latest: Option<i64>,
    end: Option<EventKind>,
}

/// Whether an event changes what is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "a late event must not change anything"]
pub enum Standing {
    /// It does: apply it.
    Counts,
    /// Something newer, or final, is known already: leave the state as it is.
    Late,
    /// It happened in the same millisecond as the last one, or says no time: ask the vendor (a Describe call).
    Unclear,
}

impl Progress {
    /// Of a player or task of which nothing is known.
    #[must_use]
    pub const fn new() -> Self {
        Self { latest: None, end: None }
    }

    /// As it was stored: [`latest`](Self::latest) and [`end`](Self::end).
    #[must_use]
    pub const fn from_parts(latest: Option<i64>, end: Option<EventKind>) -> Self {
        Self { latest, end }
    }

    /// The highest [`event_time`](Event::event_time) so far, in Unix milliseconds.
    #[must_use]
    pub const fn latest(&self) -> Option<i64> {
        self.latest
    }

    /// The event that ended it, once one has: destroyed; uploaded, failed, expired.
    #[must_use]
    pub const fn end(&self) -> Option<EventKind> {
        self.end
    }

    /// Takes the next event of this player or task.
    ///
    /// Final events count whenever they come, and are final; only a file that was uploaded can still expire. Of the others
    /// those that change a state count if they are newer than all before. Reports of trouble, and of a cancel that
    /// failed, change no state: they count until the end.
    pub fn take(&mut self, event: &Event) -> Standing {
        let kind = event.kind;
        if is_final(kind) {
            let is_news = match self.end {
                None => true,
                Some(EventKind::FileUploaded) => kind == EventKind::FileExpired,
                Some(_) => false,
            };
            if is_news {
                self.end = Some(kind);
                self.latest = self.latest.max(event.event_time);
            }
            return if is_news { Standing::Counts } else { Standing::Late };
        }
        if self.end.is_some() {
            return Standing::Late;
        }
        if !changes_state(kind) {
            return Standing::Counts;
        }
        match (event.event_time, self.latest) {
            (None, _) => Standing::Unclear,
            (Some(time), Some(latest)) if time == latest => Standing::Unclear,
            (Some(time), Some(latest)) if time < latest => Standing::Late,
            (time, _) => {
                self.latest = time;
                Standing::Counts
            }
        }
    }
}

const fn is_final(kind: EventKind) -> bool {
    use EventKind::{FileExpired, FileUploaded, PlayerDestroyed, UploadFailed};
    matches!(kind, PlayerDestroyed | FileUploaded | UploadFailed | FileExpired)
}

const fn changes_state(kind: EventKind) -> bool {
    use EventKind::{PlayerCreated, PlayerStatusChanged, UploadStatusChanged};
    matches!(kind, PlayerCreated | PlayerStatusChanged | UploadStatusChanged)
}
