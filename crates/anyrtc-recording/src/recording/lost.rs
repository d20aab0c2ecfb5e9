//! Starts that brought no sid.

use std::fmt;
use std::marker::PhantomData;

use livecloud_core::{Error, unix_millis};

use super::Recording;
use super::patience::{Look, look};
use super::running::Running;
use super::snapshot::{Begun, Reservation, Snapshot, Terms};
use super::start::Reserved;
use crate::Client;
use crate::callback::{Event, EventKind};
use crate::operations::Query;

/// How far the vendor's clock may be behind ours when it dates an event.
const CLOCK_TOLERANCE_MS: i64 = 60_000;

/// A start that brought no recording to hold.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError<M> {
    /// Nothing was started: the request was refused, or never sent.
    NotStarted {
        /// Why.
        error: Error,
        /// Good for another start.
        reserved: Recording<Reserved>,
    },
    /// It runs, or may run, and its sid is not known.
    Lost {
        /// The last answer, or how it got lost.
        error: Error,
        /// What is known of it.
        lost: Lost<M>,
    },
}

impl<M> StartError<M> {
    /// What went wrong.
    pub const fn error(&self) -> &Error {
        match self {
            Self::NotStarted { error, .. } | Self::Lost { error, .. } => error,
        }
    }
}

impl<M> fmt::Display for StartError<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotStarted { error, .. } => write!(f, "nothing was started: {error}"),
            Self::Lost { error, lost } if lost.runs => write!(f, "it runs, and its sid is lost: {error}"),
            Self::Lost { error, .. } => write!(f, "it may run, and its sid is lost: {error}"),
        }
    }
}

impl<M: fmt::Debug> std::error::Error for StartError<M> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.error().source()
    }
}

/// For `?`; the handle inside is dropped.
impl<M> From<StartError<M>> for Error {
    fn from(start: StartError<M>) -> Self {
        match start {
            StartError::NotStarted { error, .. } | StartError::Lost { error, .. } => error,
        }
    }
}

/// A recording that runs, or may run, under a sid that no answer told: it can be neither queried nor stopped.
///
/// Its callbacks know the sid: [`claim`](Self::claim). Where nobody claims it, it ends after `maxIdleTime` without users.
#[must_use = "a recording may be running"]
pub struct Lost<M> {
    client: Client,
    reservation: Box<Reservation>,
    terms: Box<Terms>,
    runs: bool,
    mode: PhantomData<fn() -> M>,
}

impl<M> Lost<M> {
    pub(super) fn new(client: Client, reservation: Box<Reservation>, terms: Terms, runs: bool) -> Self {
        Self { client, reservation, terms: Box::new(terms), runs, mode: PhantomData }
    }

    /// Whether the vendor said that it runs; otherwise every answer was lost.
    #[must_use]
    pub const fn is_running(&self) -> bool {
        self.runs
    }

    /// What to store, as before the start; resuming from it starts again.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot { reservation: (*self.reservation).clone(), started: None }
    }

    /// To be started again, with the same parameters: the way to find out whether it runs.
    #[must_use]
    pub fn retry(self) -> Recording<Reserved> {
        Recording::again(self.client, self.reservation)
    }
}

impl<M: Running> Lost<M> {
    /// Takes the sid from a verified callback, if it is about this recording: channel and uid are the same, it is not
    /// older than the resource id, and it is not about the end of a recording, which could be an earlier one's.
    ///
    /// The vendor is then asked whether resource id and sid belong together. What is not claimed, or cannot be looked at
    /// just now, comes back for another event or another time.
    pub async fn claim(self, event: &Event) -> Result<Recording<M>, Self> {
        let Reservation { cname, uid, acquired_ms, .. } = &*self.reservation;
        let is_of_the_end = matches!(
            event.kind,
            EventKind::SessionExit
                | EventKind::Uploaded
                | EventKind::Backuped
                | EventKind::UploadingProgress
                | EventKind::RecorderLeave
        );
        let is_old = event.send_ts.is_some_and(|at| at.saturating_add(CLOCK_TOLERANCE_MS) < *acquired_ms);
        let is_ours = event.cname.as_ref() == Some(cname) && event.uid.as_ref() == Some(uid);
        match event.sid.as_deref().filter(|sid| is_ours && !is_of_the_end && !is_old && !sid.is_empty()) {
            Some(sid) => self.named(sid).await,
            None => Err(self),
        }
    }

    /// Takes the sid from elsewhere, such as the vendor's support, otherwise like [`claim`](Self::claim).
    pub async fn named(mut self, sid: &str) -> Result<Recording<M>, Self> {
        let Some(resource_id) = self.resource_of(sid).await else { return Err(self) };
        self.reservation.resource_id = resource_id;
        self.reservation.suspects.clear();
        let started_ms = unix_millis(self.client.now());
        let state = M::new(Begun { sid: sid.to_owned(), started_ms, terms: *self.terms });
        Ok(Recording { client: self.client, reservation: self.reservation, state })
    }

    /// The resource id on which that recording was started.
    async fn resource_of(&self, sid: &str) -> Option<String> {
        for suspect in &self.reservation.suspects {
            let query = Query::new(suspect, sid, self.terms.mode.clone());
            if matches!(look(&self.client, &query, None).await, Look::There(_) | Look::Leaving) {
                return Some(suspect.clone());
            }
        }
        None
    }
}

impl<M> fmt::Debug for Lost<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lost")
            .field("cname", &self.reservation.cname)
            .field("uid", &self.reservation.uid)
            .field("runs", &self.runs)
            .finish_non_exhaustive()
    }
}
