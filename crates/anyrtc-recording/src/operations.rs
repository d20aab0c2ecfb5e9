//! The operations, one file each, listed once.

mod acquire;
mod query;
mod start;
mod stop;
mod typed;
mod update;
mod update_layout;

pub use acquire::{AcquireRequest, Acquired};
pub use query::Queried;
pub use start::{StartRequest, Started};
pub use stop::Stopped;
pub use typed::{IndividualOutput, MixSink, StartIndividual, StartMix};
pub use update::{UpdateRequest, Updated};

livecloud_core::__operations! {
    crate::account::Account;
    Acquire in acquire => "Gets a resource id, good for one recording begun within 5 minutes", "10/s", "repeated";
    Start in start => "Starts recording a channel", "10/s", "reported";
    Update in update => "Replaces the lists of who is recorded", "10/s", "repeated";
    UpdateLayout in update_layout => "Replaces the layout of a mix", "10/s", "repeated";
    Query in query => "Tells what a recording is doing, and its files so far", "10/s", "repeated";
    Stop in stop => "Stops a recording and tells its files", "10/s", "reported";
}
