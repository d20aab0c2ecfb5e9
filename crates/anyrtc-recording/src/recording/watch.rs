//! A recording's changes of status, as a stream.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use livecloud_core::Error;
use tokio::time::sleep;

use super::confirm::End;
use super::patience::{GRACE, Look, look};
use crate::Client;
use crate::model::{ExtensionState, Phase, RecordingStatus, ServiceState};
use crate::operations::{Queried, Query};

/// The vendor's twin advises to look every two minutes.
const INTERVAL: Duration = Duration::from_secs(120);
/// Anything shorter would use up the quota that all recordings of the app share.
const SHORTEST: Duration = Duration::from_secs(1);

/// What a [`Watch`] tells.
#[derive(Debug)]
#[non_exhaustive]
pub enum Change {
    /// The status is another one than before, or is seen for the first time.
    Status(Box<Queried>),
    /// It is over; the last item.
    Ended(End),
}

/// A stream of a recording's changes of status; made by [`Recording::watch`](crate::Recording::watch).
///
/// It asks at intervals, within the quota that all calls of the app share. "Not found" is asked about again for 90
/// seconds before it counts as the end. An error is an item too; after one that may pass, the stream goes on. It does not
/// keep the recording from being stopped; after that it ends.
///
/// Nothing is asked until it is polled: as a [`Stream`], or by [`next`](Self::next).
#[must_use = "nothing is asked until it is polled"]
pub struct Watch {
    state: State,
}

enum State {
    Idle(Box<Watcher>),
    /// Looking, or waiting for the next look.
    Busy(Looking),
    Ended,
}

type Item = Result<Change, Error>;
/// Ends in an item, and in whoever looks for the next one.
type Looking = Pin<Box<dyn Future<Output = (Option<Box<Watcher>>, Item)> + Send>>;

impl Watch {
    pub(super) fn new(client: Client, query: Query) -> Self {
        let watcher = Watcher { client, query, interval: INTERVAL, wait: Duration::ZERO, seen: None, end: None };
        Self { state: State::Idle(Box::new(watcher)) }
    }

    /// Asks at this interval, of at least a second; every two minutes without it. Has no effect once it was polled.
    pub fn every(mut self, interval: Duration) -> Self {
        if let State::Idle(watcher) = &mut self.state {
            watcher.interval = interval.max(SHORTEST);
        }
        self
    }

    /// The next item, for those who have no `StreamExt` at hand. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Result<Change, Error>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }
}

impl Stream for Watch {
    type Item = Result<Change, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut busy = match std::mem::replace(&mut self.state, State::Ended) {
            State::Idle(watcher) => watcher.run(),
            State::Busy(busy) => busy,
            State::Ended => return Poll::Ready(None),
        };
        let Poll::Ready((watcher, item)) = busy.as_mut().poll(cx) else {
            self.state = State::Busy(busy);
            return Poll::Pending;
        };
        self.state = watcher.map_or(State::Ended, State::Idle);
        Poll::Ready(Some(item))
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").field("ended", &matches!(self.state, State::Ended)).finish_non_exhaustive()
    }
}

/// Looks, and remembers what it saw.
struct Watcher {
    client: Client,
    query: Query,
    interval: Duration,
    /// Before the next look.
    wait: Duration,
    seen: Option<Seen>,
    /// The last status was the last one: that is told next, without another look.
    end: Option<End>,
}

/// What counts as a change.
#[derive(PartialEq, Eq)]
struct Seen {
    status: Option<RecordingStatus>,
    service: Option<ServiceState>,
    extensions: Vec<Option<ExtensionState>>,
}

impl From<&Queried> for Seen {
    fn from(queried: &Queried) -> Self {
        let response = &queried.server_response;
        let extensions = response.extension_service_state.iter().map(|service| service.payload.state.clone());
        Self {
            status: response.status,
            service: response.sub_service_status.as_ref().and_then(|status| status.recording_service.clone()),
            extensions: extensions.collect(),
        }
    }
}

impl Watcher {
    /// Looks until there is something to tell; without a watcher, that is the last thing.
    fn run(mut self: Box<Self>) -> Looking {
        Box::pin(async move {
            if let Some(end) = self.end {
                return (None, Ok(Change::Ended(end)));
            }
            let mut grace = GRACE.into_iter();
            loop {
                sleep(self.wait).await;
                self.wait = self.interval;
                match look(&self.client, &self.query, None).await {
                    Look::There(queried) => {
                        grace = GRACE.into_iter();
                        let seen = Some(Seen::from(&queried));
                        if self.seen != seen {
                            let phase = queried.phase();
                            self.seen = seen;
                            self.end = End::of(phase).filter(|_| phase != Some(Phase::Stopping));
                            return (Some(self), Ok(Change::Status(Box::new(queried))));
                        }
                    }
                    Look::Leaving => return (None, Ok(Change::Ended(End::Exiting))),
                    Look::Missing => match grace.next() {
                        Some(pause) => self.wait = pause,
                        None => return (None, Ok(Change::Ended(End::Gone))),
                    },
                    Look::Failed(error) => return (error.is_retryable().then_some(self), Err(error)),
                }
            }
        })
    }
}
