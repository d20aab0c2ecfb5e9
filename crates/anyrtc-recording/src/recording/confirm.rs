//! Waiting until a recording records.

use std::fmt;
use std::time::Duration;

use livecloud_core::{Error, unix_millis};
use tokio::time::{Instant, sleep};

use super::Recording;
use super::patience::{Look, look};
use super::running::Running;
use crate::model::{Phase, RecordingStatus};
use crate::operations::Queried;

/// How long the vendor gives a recording to begin.
const PATIENCE: Duration = Duration::from_secs(90);
/// The first look comes so long after the start, in milliseconds.
const FIRST_LOOK_MS: i64 = 5_000;
/// The pause between two looks doubles from here...
const PAUSE: Duration = Duration::from_secs(1);
/// ...to here: less than the shortest `maxIdleTime`, so that no life is too short to be seen.
const LONGEST_PAUSE: Duration = Duration::from_secs(4);

/// How a recording was found to be over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum End {
    /// Its status says that it has stopped.
    Stopped,
    /// Its status says that it failed.
    Failed,
    /// The vendor says that it is exiting (501) or stopped (49).
    Exiting,
    /// The vendor did not know it for 90 seconds: it has ended, or never began.
    Gone,
}

impl End {
    /// `None` while it is on its way or records.
    pub(super) const fn of(phase: Option<Phase>) -> Option<Self> {
        match phase {
            Some(Phase::Stopping | Phase::Stopped) => Some(Self::Stopped),
            Some(Phase::Failed) => Some(Self::Failed),
            _ => None,
        }
    }
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Stopped => "it has stopped",
            Self::Failed => "it has failed",
            Self::Exiting => "it is exiting",
            Self::Gone => "it is gone",
        })
    }
}

/// A recording that was not seen to record.
#[derive(Debug)]
#[non_exhaustive]
pub enum ConfirmError {
    /// It is over. [`stop`](Recording::stop) may still tell its files.
    Over(End),
    /// Time is up. The status seen last, and the failure of the last look, as far as there were any.
    NotYet {
        /// The status seen last.
        status: Option<RecordingStatus>,
        /// How the last look failed.
        error: Option<Error>,
    },
    /// It cannot be looked at, and waiting does not change that.
    Call(Error),
}

impl fmt::Display for ConfirmError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Over(end) => write!(f, "the recording does not record: {end}"),
            Self::NotYet { error: Some(error), .. } => write!(f, "the recording does not record yet: {error}"),
            Self::NotYet { status: Some(status), .. } => {
                write!(f, "the recording does not record yet: its status is {status}")
            }
            Self::NotYet { .. } => f.write_str("the recording does not record yet"),
            Self::Call(error) => write!(f, "the recording cannot be looked at: {error}"),
        }
    }
}

impl std::error::Error for ConfirmError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Over(_) => None,
            Self::NotYet { error, .. } => error.as_ref().and_then(std::error::Error::source),
            Self::Call(error) => error.source(),
        }
    }
}

impl<M: Running> Recording<M> {
    /// Waits until it records: status 4 or 5. It takes at most 90 seconds, the vendor's advice, and about 5 as a rule.
    pub async fn confirm(&self) -> Result<Queried, ConfirmError> {
        self.confirm_within(PATIENCE).await
    }

    /// The same with another patience.
    pub async fn confirm_within(&self, patience: Duration) -> Result<Queried, ConfirmError> {
        let begin = Instant::now();
        let left = || patience.saturating_sub(begin.elapsed());
        let query = self.to_query();
        let (mut status, mut error, mut missing) = (None, None, false);
        let mut pause = PAUSE;
        let age_ms = unix_millis(self.client.now()).saturating_sub(self.state.begun().started_ms);
        let first_ms = u64::try_from((FIRST_LOOK_MS - age_ms).clamp(0, FIRST_LOOK_MS)).unwrap_or_default();
        sleep(left().min(Duration::from_millis(first_ms))).await;
        while !left().is_zero() {
            (error, missing) = (None, false);
            match look(&self.client, &query, Some(left())).await {
                Look::There(queried) => {
                    let phase = queried.phase();
                    if phase == Some(Phase::Running) {
                        return Ok(queried);
                    }
                    if let Some(end) = End::of(phase) {
                        return Err(ConfirmError::Over(end));
                    }
                    status = queried.server_response.status;
                }
                Look::Leaving => return Err(ConfirmError::Over(End::Exiting)),
                Look::Missing => missing = true,
                Look::Failed(failed) if failed.is_retryable() => error = Some(failed),
                Look::Failed(failed) => return Err(ConfirmError::Call(failed)),
            }
            sleep(left().min(pause)).await;
            pause = LONGEST_PAUSE.min(pause * 2);
        }
        if missing && patience >= PATIENCE {
            return Err(ConfirmError::Over(End::Gone));
        }
        Err(ConfirmError::NotYet { status, error })
    }
}
