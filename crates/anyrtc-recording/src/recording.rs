//! The life of one recording, from acquire to stop, in types: what cannot be called cannot be written.
//!
//! | Step | Type | What it can do |
//! |---|---|---|
//! | [`Recording::acquire`] | [`Recording<Reserved>`] | [`start`](Recording::start), once |
//! | [`start`](Recording::start) | [`Recording<Mix>`], [`Recording<Individual>`] | [`confirm`](Recording::confirm), [`query`](Recording::query), [`watch`](Recording::watch), [`update`](Recording::update), [`stop`](Recording::stop), once; a mix also [`update_layout`](Recording::update_layout) |
//! | a start whose answers were lost | [`Lost`] | [`claim`](Lost::claim) the recording by its callbacks, [`retry`](Lost::retry) |
//! | [`stop`](Recording::stop) | [`Outcome`] | files, upload, names |
//! | after a crash | [`Snapshot`] | [`Recording::resume`] |
//!
//! ```
//! # use anyrtc_recording::Account;
//! # use livecloud_core::test_util::{ReplayTransport, Step};
//! use anyrtc_recording::{
//!     Acquire, AliyunRegion, ChannelType, Client, Layout, Recording, StartMix, StorageConfig, Subscription, Uids,
//! };
//!
//! async fn record(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
//!     // Channel and uid are named here and nowhere else.
//!     let reserved = Recording::acquire(client, Acquire::new("httpClient463224", "527841")).await?;
//!     // UPDATE recordings SET snapshot = ...: what runs from here on can be found again after a crash.
//!     let row = serde_json::to_string(&reserved.snapshot())?;
//!
//!     let storage = StorageConfig::aliyun(AliyunRegion::CnBeijing, "bucket", "access key", "secret key");
//!     let mut recording = reserved.start(StartMix::new(ChannelType::Live, storage).max_idle_time(300)).await?;
//!     // And again, now that it has a sid.
//!     let row = serde_json::to_string(&recording.snapshot())?;
//!
//!     recording.confirm().await?;
//!     recording.update(Subscription::both(Uids::Everyone, Uids::except(["444"]))).await?;
//!     recording.update_layout(Layout::vertical("527842")).await?;
//!
//!     let outcome = recording.stop().await?;
//!     println!("{:?}, {:?}: {:?}", outcome.ending, outcome.uploading_status, outcome.files);
//!     Ok(())
//! }
//! # let ids = r#""resourceId":"r-1","sid":"s-1""#;
//! # let reply = format!(r#"{{"Code":200,"Body":{{{ids},"serverResponse":{{"status":"5","fileList":"a.m3u8"}}}}}}"#);
//! # let transport = ReplayTransport::always(Step::json(reply));
//! # let client = Client::builder(Account::new("app", "id", "secret")).transport(transport).build().unwrap();
//! # let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
//! # runtime.block_on(record(&client)).unwrap();
//! ```
//!
//! # Lost answers
//!
//! [`Start`](crate::Start) and [`Stop`](crate::Stop) by themselves are not repeated after a lost answer. The handle
//! repeats them on purpose, after 3, 6 and 9 seconds, as the vendor advises: a start on the same resource id, which can
//! make no second recording. What such a repeat then learns is often only *that* there is a recording (codes 7 and 53),
//! not its sid; [`Lost`] says so. It is never hidden by another recording under another uid, which would be billed too:
//! if you want that one, acquire it.
//!
//! # After a crash
//!
//! Store [`Recording::snapshot`] as JSON in a row of your database: once right after `acquire`, and again right after
//! `start`. It holds ids and times, and no secret. A new process hands it to [`Recording::resume`].
//!
//! # What cannot be written
//!
//! A resource id serves one start, and an individual recording has no layout:
//!
//! ```compile_fail,E0382
//! # async fn f(reserved: anyrtc_recording::Recording<anyrtc_recording::recording::Reserved>, mix: anyrtc_recording::StartMix) {
//! let first = reserved.start(mix.clone()).await;
//! let second = reserved.start(mix).await; // use of moved value
//! # }
//! ```
//!
//! ```compile_fail,E0599
//! # async fn f(mut pictures: anyrtc_recording::Recording<anyrtc_recording::recording::Individual>) {
//! let layout = pictures.update_layout(anyrtc_recording::Layout::best_fit()).await; // no method
//! # }
//! ```
//!
//! What was not started cannot be queried or stopped, and what was stopped is gone:
//!
//! ```compile_fail,E0599
//! # async fn f(reserved: anyrtc_recording::Recording<anyrtc_recording::recording::Reserved>) {
//! let outcome = reserved.stop().await; // no method
//! # }
//! ```
//!
//! ```compile_fail,E0382
//! # async fn f(recording: anyrtc_recording::Recording<anyrtc_recording::recording::Mix>) {
//! let outcome = recording.stop().await;
//! let state = recording.query().await; // use of moved value
//! # }
//! ```
//!
//! Snapshots belong to individual recordings; a canvas, Aliyun's video on demand and an MP4 to a mix:
//!
//! ```compile_fail,E0599
//! # fn f(start: anyrtc_recording::StartMix, config: anyrtc_recording::SnapshotConfig) {
//! let start = start.snapshot_config(config); // no method
//! # }
//! ```
//!
//! ```compile_fail,E0599
//! # fn f(start: anyrtc_recording::StartIndividual, canvas: anyrtc_recording::TranscodingConfig) {
//! let start = start.transcoding(canvas); // no method
//! # }
//! ```
//!
//! ```compile_fail,E0308
//! # fn f(group: anyrtc_recording::UidGroup, vod: anyrtc_recording::AliyunVod) {
//! # use anyrtc_recording::{ChannelType, IndividualOutput, StartIndividual};
//! let start = StartIndividual::new(ChannelType::Live, group, IndividualOutput::Files, vod); // mismatched types
//! # }
//! ```
//!
//! Two updates at once could overtake each other:
//!
//! ```compile_fail,E0499
//! # async fn f(mut mix: anyrtc_recording::Recording<anyrtc_recording::recording::Mix>) {
//! # use anyrtc_recording::{Layout, Subscription, Uids};
//! let lists = mix.update(Subscription::both(Uids::Everyone, Uids::Everyone));
//! let layout = mix.update_layout(Layout::best_fit()); // a second mutable borrow
//! lists.await;
//! # }
//! ```

mod confirm;
mod lost;
mod names;
mod patience;
mod resume;
mod running;
mod snapshot;
mod start;
mod stop;
mod watch;

use std::fmt;

use crate::Client;

pub use confirm::{ConfirmError, End};
pub use lost::{Lost, StartError};
pub use resume::{Ended, Resumed};
pub use running::{Individual, Mix, Running};
pub use snapshot::Snapshot;
pub use start::{Reserved, StartKind};
pub use stop::{Ending, Files, Outcome, StopError};
pub use watch::{Change, Watch};

use self::snapshot::Reservation;

/// One recording: [`Reserved`], then running as a [`Mix`] or as [`Individual`] recordings. See the
/// [module](crate::recording) for its life.
///
/// Dropping a running one does not stop the recording: the recorder goes on until it is stopped, or leaves after
/// `maxIdleTime` without users.
pub struct Recording<S> {
    client: Client,
    reservation: Box<Reservation>,
    state: S,
}

impl<S> Recording<S> {
    /// The channel.
    #[must_use]
    pub fn cname(&self) -> &str {
        &self.reservation.cname
    }

    /// The recorder's uid.
    #[must_use]
    pub fn uid(&self) -> &str {
        &self.reservation.uid
    }

    /// The resource id.
    #[must_use]
    pub fn resource_id(&self) -> &str {
        &self.reservation.resource_id
    }
}

/// Channel, uid and state; the resource id is long and says nothing.
impl<S: fmt::Debug> fmt::Debug for Recording<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recording")
            .field("cname", &self.cname())
            .field("uid", &self.uid())
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}
