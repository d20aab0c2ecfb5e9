//! What can be done with a recording while it runs.

use std::fmt;

use livecloud_core::Error;

use super::snapshot::{Begun, Snapshot};
use super::watch::Watch;
use super::{Recording, names};
use crate::model::{Layout, Subscription, TrackType};
use crate::operations::{Queried, Query, Update, UpdateLayout};

/// A mode of a recording that was started: [`Mix`], [`Individual`].
pub trait Running: sealed::Sealed {}

pub(super) mod sealed {
    use super::super::snapshot::Begun;

    pub trait Sealed: Send + Sync + Sized {
        fn new(begun: Begun) -> Self;
        fn begun(&self) -> &Begun;
    }
}

macro_rules! running {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        pub struct $name(Box<Begun>);

        impl Running for $name {}
        impl sealed::Sealed for $name {
            fn new(begun: Begun) -> Self {
                Self(Box::new(begun))
            }
            fn begun(&self) -> &Begun {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), " {:?}"), self.0.sid)
            }
        }
    };
}
running! {
    /// State of a [`Recording`]: all users in one recording.
    Mix
}
running! {
    /// State of a [`Recording`]: every user into files, or snapshots, of their own.
    Individual
}

impl<M: Running> Recording<M> {
    /// The recording's id.
    #[must_use]
    pub fn sid(&self) -> &str {
        &self.state.begun().sid
    }

    /// What has to be stored as soon as it has started.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot { reservation: (*self.reservation).clone(), started: Some(self.state.begun().clone()) }
    }

    pub(super) fn to_query(&self) -> Query {
        Query::new(self.resource_id(), self.sid(), self.state.begun().terms.mode.clone())
    }

    /// Tells what it is doing, and its files so far: a single [`Query`].
    ///
    /// One [`Class::NotFound`](crate::Class::NotFound) is not final; [`confirm`](Self::confirm) and
    /// [`watch`](Self::watch) know that.
    pub async fn query(&self) -> Result<Queried, Error> {
        self.client.call(self.to_query()).await
    }

    /// Says whenever its status changes; see [`Watch`].
    pub fn watch(&self) -> Watch {
        Watch::new(self.client.clone(), self.to_query())
    }

    /// Replaces the lists of who is recorded. A kind that it was not started with is refused before it is sent.
    pub async fn update(&mut self, subscription: Subscription) -> Result<(), Error> {
        let begun = self.state.begun();
        let (resource_id, mode) = (self.resource_id(), begun.terms.mode.clone());
        let update = Update::new(resource_id, &begun.sid, mode, self.cname(), self.uid(), subscription)
            .for_stream_types(begun.terms.stream_types);
        self.client.call(update).await?;
        Ok(())
    }
}

impl Recording<Mix> {
    /// Replaces the layout, all of it: what is left out goes back to the vendor's default.
    pub async fn update_layout(&mut self, layout: Layout) -> Result<(), Error> {
        let update = UpdateLayout::new(self.resource_id(), self.sid(), self.cname(), self.uid(), layout);
        self.client.call(update).await?;
        Ok(())
    }

    /// The names its files will probably have, folders included: from the vendor's samples and server code. The MP4
    /// appears only some time after the end.
    #[must_use]
    pub fn predicted_names(&self) -> Vec<String> {
        names::predicted(&self.reservation, &self.state.0)
    }
}

impl Recording<Individual> {
    /// The name one user's M3U8 file will probably have, folders included, by analogy with Agora.
    #[must_use]
    pub fn predicted_name(&self, uid: &str, track: &TrackType) -> String {
        names::individual(&self.reservation, &self.state.0, uid, track.as_str())
    }
}
