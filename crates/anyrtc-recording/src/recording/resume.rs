//! Taking up a recording after a crash.

use livecloud_core::Error;
use tokio::time::sleep;

use super::confirm::End;
use super::patience::{GRACE, Look, look};
use super::running::{Individual, Mix, Running};
use super::snapshot::Snapshot;
use super::start::Reserved;
use super::{Recording, names};
use crate::Client;
use crate::model::Mode;
use crate::operations::Query;

/// What became of a recording.
#[derive(Debug)]
#[non_exhaustive]
pub enum Resumed {
    /// No sid was stored: start it, with the same parameters as then. If the earlier process did come to start it, that
    /// ends in [`StartError::Lost`](crate::recording::StartError::Lost), and makes no second recording.
    Reserved(Recording<Reserved>),
    /// It is there. It may be on its way out: [`query`](Recording::query) tells.
    Mix(Recording<Mix>),
    /// The same, in individual mode.
    Individual(Recording<Individual>),
    /// It is over.
    Ended(Box<Ended>),
}

/// A recording that was over when it was looked for. What files it left is told by callbacks, and by the storage itself.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ended {
    /// How that was found.
    pub end: End,
    /// What was stored of it.
    pub snapshot: Snapshot,
    /// The names that a mix's files probably have, folders included. No answer told them.
    pub predicted: Vec<String>,
}

pub(super) async fn resume(client: &Client, snapshot: Snapshot) -> Result<Resumed, Error> {
    if snapshot.app_id() != client.account().app_id() {
        return Err(Error::config("the snapshot belongs to another App ID than the client"));
    }
    let Snapshot { reservation, started } = snapshot;
    let Some(begun) = started else {
        let mut reservation = Box::new(reservation);
        // The earlier process may have come to start it.
        reservation.suspect();
        return Ok(Resumed::Reserved(Recording::again(client.clone(), reservation)));
    };
    let make = match begun.terms.mode {
        Mode::Mix => |recording: Recording<_>| Resumed::Mix(recording.typed()),
        Mode::Individual => |recording: Recording<_>| Resumed::Individual(recording.typed()),
        Mode::Other(_) => return Err(Error::config("the snapshot names no mode that can be resumed")),
    };
    let query = Query::new(&reservation.resource_id, &begun.sid, begun.terms.mode.clone());
    let mut grace = GRACE.into_iter();
    let end = loop {
        match look(client, &query, None).await {
            Look::There(_) => {
                return Ok(make(Recording {
                    client: client.clone(),
                    reservation: Box::new(reservation),
                    state: begun,
                }));
            }
            Look::Leaving => break End::Exiting,
            Look::Missing => match grace.next() {
                Some(pause) => sleep(pause).await,
                None => break End::Gone,
            },
            Look::Failed(error) => return Err(error),
        }
    };
    let predicted = names::predicted(&reservation, &begun);
    let snapshot = Snapshot { reservation, started: Some(begun) };
    Ok(Resumed::Ended(Box::new(Ended { end, snapshot, predicted })))
}

impl Recording<super::snapshot::Begun> {
    fn typed<M: Running>(self) -> Recording<M> {
        Recording { client: self.client, reservation: self.reservation, state: M::new(self.state) }
    }
}
