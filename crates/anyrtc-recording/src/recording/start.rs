//! From a resource id to a running recording.

use std::time::{Duration, UNIX_EPOCH};

use livecloud_core::{Delivery, Error, unix_millis};
use tokio::time::{Instant, sleep};

use super::lost::{Lost, StartError};
use super::patience::{REPEATS, RESOURCE_LIFE};
use super::running::sealed::Sealed as _;
use super::running::{Individual, Mix, Running};
use super::snapshot::{Begun, Reservation, Snapshot, Terms};
use super::{Recording, resume};
use crate::class::Class;
use crate::envelope::ErrorIds;
use crate::model::Mode;
use crate::operations::{Acquire, Start, StartIndividual, StartMix, StartRequest};
use crate::{Client, Resumed};

/// How often a resource id that the vendor calls dead is replaced.
const RENEWALS: usize = 2;

/// State of a [`Recording`]: it has a resource id, and has not been started in this process.
#[derive(Debug, Clone)]
pub struct Reserved {
    since: Instant,
    /// How old the resource id was then.
    age: Duration,
}

impl Reserved {
    fn is_over_age(&self) -> bool {
        self.age.saturating_add(self.since.elapsed()) >= RESOURCE_LIFE
    }
}

/// A typed start: [`StartMix`], [`StartIndividual`].
pub trait StartKind: sealed::Sealed {
    /// What the recording then is.
    type State: Running;
}

mod sealed {
    use crate::model::Mode;
    use crate::operations::StartRequest;

    pub trait Sealed: Into<StartRequest> {
        const MODE: Mode;
    }
}

impl sealed::Sealed for StartMix {
    const MODE: Mode = Mode::Mix;
}
impl StartKind for StartMix {
    type State = Mix;
}
impl sealed::Sealed for StartIndividual {
    const MODE: Mode = Mode::Individual;
}
impl StartKind for StartIndividual {
    type State = Individual;
}

impl Recording<Reserved> {
    /// Gets a resource id for one recording of that channel, by a recorder of that uid.
    ///
    /// Acquire just before you start. Store the [`snapshot`](Self::snapshot) before you do.
    pub async fn acquire(client: &Client, acquire: Acquire) -> Result<Self, Error> {
        let (since, acquired_ms) = (Instant::now(), unix_millis(client.now()));
        let resource_id = client.call(&acquire).await?.resource_id;
        let reservation = Reservation {
            app_id: client.account().app_id().to_owned(),
            cname: acquire.cname,
            uid: acquire.uid,
            resource_id,
            acquired_ms,
            resource_expired_hour: acquire.client_request.resource_expired_hour,
            suspects: Vec::new(),
        };
        let state = Reserved { since, age: Duration::ZERO };
        Ok(Self { client: client.clone(), reservation: Box::new(reservation), state })
    }

    /// Takes up a recording where an earlier process left it.
    ///
    /// With a sid, it is looked for: an answer gives it back as it is; "not found" for 90 seconds, or "exiting", ends in
    /// [`Resumed::Ended`]. Without one, nobody knows whether the earlier process came to start it: start it again, with
    /// the same parameters, and [`start`](Self::start) finds out.
    ///
    /// An error of [`Class::HandleInvalid`] says that the snapshot is damaged, or older than `resourceExpiredHour`. After
    /// any other error, resume again.
    pub async fn resume(client: &Client, snapshot: Snapshot) -> Result<Resumed, Error> {
        resume::resume(client, snapshot).await
    }

    /// As it was left some time ago.
    pub(super) fn again(client: Client, reservation: Box<Reservation>) -> Self {
        let acquired = u64::try_from(reservation.acquired_ms).ok();
        let acquired = acquired.and_then(|millis| UNIX_EPOCH.checked_add(Duration::from_millis(millis)));
        // A clock that went backwards says nothing about the age.
        let age = acquired.and_then(|acquired| client.now().duration_since(acquired).ok()).unwrap_or(RESOURCE_LIFE);
        Self { client, reservation, state: Reserved { since: Instant::now(), age } }
    }

    /// What has to be stored before [`start`](Self::start).
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot { reservation: (*self.reservation).clone(), started: None }
    }

    /// Starts it.
    ///
    /// A start whose answer is lost is repeated on the same resource id after 3, 6 and 9 seconds, which can make no
    /// second recording. A resource id that is almost 5 minutes old, or that the vendor calls dead (433, 1001), is
    /// replaced by a new one for the same channel and uid first. Store the [`snapshot`](Recording::snapshot) as soon as
    /// this returns: what a crash leaves on a replaced resource id that was never stored cannot be stopped any more, and
    /// ends after `maxIdleTime` without users. So acquire just before you start.
    ///
    /// Dropping the future leaves open whether it started. So does a crash: resume from the snapshot that was stored
    /// before.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use anyrtc_recording::{Account, Acquire, ChannelType, Client, Recording, StartMix, StorageConfig};
    /// use anyrtc_recording::recording::StartError;
    ///
    /// # async fn run() -> Result<(), anyrtc_recording::Error> {
    /// # let transport = ReplayTransport::new([
    /// #     Step::json(r#"{"Code":200,"Body":{"resourceId":"r-1"}}"#),
    /// #     Step::reply(504, ""), Step::reply(201, r#"{"Code":201,"Body":{"code":7}}"#),
    /// # ]);
    /// # let client = Client::builder(Account::new("app", "id", "secret")).transport(transport).build()?;
    /// # let mix = StartMix::new(ChannelType::Live, StorageConfig::private("http://store.example/upload"));
    /// let reserved = Recording::acquire(&client, Acquire::new("httpClient463224", "527841")).await?;
    /// match reserved.start(mix).await {
    ///     Ok(recording) => println!("recording {}", recording.sid()),
    ///     // refused or never sent: the resource id is still good for a better request
    ///     Err(StartError::NotStarted { error, reserved }) => println!("{error}; {reserved:?}"),
    ///     // it runs, or may run, and nobody told its sid: the callbacks will
    ///     Err(StartError::Lost { error, lost }) => println!("{error}; runs for sure: {}", lost.is_running()),
    ///     Err(_) => {}
    /// }
    /// # Ok(())
    /// # }
    /// # let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    /// # runtime.block_on(run()).unwrap();
    /// ```
    pub async fn start<K: StartKind>(mut self, start: K) -> Result<Recording<K::State>, StartError<K::State>> {
        let request: StartRequest = start.into();
        let terms = Terms::of(&K::MODE, &request);
        let Reservation { resource_id, cname, uid, .. } = &*self.reservation;
        let mut start = Start::new(resource_id, K::MODE, cname, uid, request);
        match self.launch(&mut start).await {
            Ok(sid) => {
                self.reservation.suspects.clear();
                let started_ms = unix_millis(self.client.now());
                let state = K::State::new(Begun { sid, started_ms, terms });
                Ok(Recording { client: self.client, reservation: self.reservation, state })
            }
            Err(Failure { error, .. }) if self.reservation.suspects.is_empty() => {
                Err(StartError::NotStarted { error, reserved: self })
            }
            Err(Failure { error, runs }) => {
                Err(StartError::Lost { error, lost: Lost::new(self.client, self.reservation, terms, runs) })
            }
        }
    }

    /// Starts until an answer tells a sid, or it is clear that none will.
    async fn launch(&mut self, start: &mut Start) -> Result<String, Failure> {
        let mut pauses = REPEATS.into_iter();
        let mut renewals = 0..RENEWALS;
        loop {
            if self.state.is_over_age() {
                self.renew(start).await?;
            }
            let error = match self.client.call(&*start).await {
                Ok(started) => return Ok(started.sid),
                Err(error) => error,
            };
            match Class::of(&error) {
                Some(Class::AlreadyStarted) => {
                    self.reservation.suspects = vec![start.resource_id.clone()];
                    return ErrorIds::of(&error).sid.ok_or(Failure { error, runs: true });
                }
                // Without a start of ours before, it is somebody else's.
                Some(Class::Conflict) => {
                    let suspects = &mut self.reservation.suspects;
                    // On this resource id it would be "already started".
                    if suspects.len() > 1 {
                        suspects.retain(|id| *id != start.resource_id);
                    }
                    return Err(Failure { error, runs: !suspects.is_empty() });
                }
                Some(Class::Reacquire) if renewals.next().is_some() => self.renew(start).await?,
                // Also an answer that cannot be read, or has no sid: on the same resource id, a repeat does no harm.
                _ if error.delivery() == Delivery::Unknown => {
                    self.reservation.suspect();
                    let Some(pause) = pauses.next() else { return Err(error.into()) };
                    sleep(pause).await;
                }
                _ => return Err(error.into()),
            }
        }
    }

    /// Replaces the resource id by a new one.
    async fn renew(&mut self, start: &mut Start) -> Result<(), Failure> {
        let Reservation { cname, uid, resource_expired_hour, .. } = &*self.reservation;
        let mut acquire = Acquire::new(cname, uid);
        acquire.client_request.resource_expired_hour = *resource_expired_hour;
        let mut next = Self::acquire(&self.client, acquire).await?;
        start.resource_id.clone_from(&next.reservation.resource_id);
        next.reservation.suspects = std::mem::take(&mut self.reservation.suspects);
        *self = next;
        Ok(())
    }
}

/// Why there is no sid.
struct Failure {
    error: Error,
    /// The vendor says that the recording runs.
    runs: bool,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self { error, runs: false }
    }
}
