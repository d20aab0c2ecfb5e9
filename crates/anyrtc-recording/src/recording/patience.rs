//! How long the handle waits for what.

use std::time::Duration;

use crate::Client;
use crate::class::Class;
use crate::operations::{Queried, Query};
use livecloud_core::Error;

/// A resource id is not used beyond this age: the vendor gives it 5 minutes, by another clock.
pub(super) const RESOURCE_LIFE: Duration = Duration::from_secs(290);

/// Pauses before `Start` and `Stop` are repeated after a lost answer: the vendor's advice.
pub(super) const REPEATS: [Duration; 3] = [Duration::from_secs(3), Duration::from_secs(6), Duration::from_secs(9)];

/// Pauses before a recording that is not found counts as gone. By analogy with Agora it may be on its way to another
/// server, which takes about 90 s.
pub(super) const GRACE: [Duration; 5] = [
    Duration::from_secs(5),
    Duration::from_secs(10),
    Duration::from_secs(15),
    Duration::from_secs(30),
    Duration::from_secs(30),
];

/// What a look at a recording shows.
pub(super) enum Look {
    /// It is there.
    There(Queried),
    /// It is on its way out, or stopped.
    Leaving,
    /// It is not found.
    Missing,
    /// There is no telling.
    Failed(Error),
}

/// Asks once; `patience` bounds it.
pub(super) async fn look(client: &Client, query: &Query, patience: Option<Duration>) -> Look {
    let mut call = client.call(query);
    if let Some(patience) = patience {
        call = call.deadline(patience.min(Query::META.deadline));
    }
    match call.await {
        Ok(queried) => Look::There(queried),
        Err(error) => match Class::of(&error) {
            Some(Class::Stopping | Class::AlreadyStopped) => Look::Leaving,
            Some(Class::NotFound) => Look::Missing,
            _ => Look::Failed(error),
        },
    }
}
