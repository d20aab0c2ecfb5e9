//! Waiting for a player to get somewhere.

use std::time::Duration;

use livecloud_core::{Error, ErrorKind};
use tokio::time::{Instant, sleep};

use super::Player;
use crate::operations::{PlayerInfo, PlayerStatus};

/// How long to wait between two looks.
const PAUSE: Duration = Duration::from_millis(500);

/// How waiting for a player ended.
#[derive(Debug, Clone, PartialEq)]
#[must_use = "the player may not be where it was expected"]
pub enum Waited {
    /// It has the status that was waited for.
    Reached(PlayerInfo),
    /// It has another one that it will not leave by itself: its source failed, it has ended, or it was destroyed
    /// ([`destroyed_because`](PlayerInfo::destroyed_because) says why).
    Missed(PlayerInfo),
    /// The time was up. What was last seen of it; nothing if it was never listed.
    TimedOut(Option<PlayerInfo>),
}

impl Waited {
    /// Whether the player has the status that was waited for.
    #[must_use]
    pub const fn is_reached(&self) -> bool {
        matches!(self, Self::Reached(_))
    }
}

impl Player {
    /// Waits until the player has this status, for at most that long. It looks twice a second, within the quota that all
    /// [`DescribePlayers`](crate::DescribePlayers) of the project share (10 a second).
    ///
    /// A status that comes and goes between two looks is not seen; [callbacks](crate::callback) tell of it.
    pub async fn wait_until(&self, status: PlayerStatus, deadline: Duration) -> Result<Waited, Error> {
        use PlayerStatus::{Destroyed, Ended, SourceFailed};

        let end = Instant::now() + deadline;
        let mut seen = None;
        loop {
            match self.describe_within(Some(end.saturating_duration_since(Instant::now()))).await {
                Ok(Some(info)) if info.status == Some(status) => return Ok(Waited::Reached(info)),
                Ok(Some(info)) if matches!(info.status, Some(SourceFailed | Ended | Destroyed)) => {
                    return Ok(Waited::Missed(info));
                }
                Ok(info) => seen = info.or(seen),
                // The time was too short for another answer, not for the player alone.
                Err(error) if is_out_of_time(&error) => return Ok(Waited::TimedOut(seen)),
                Err(error) => return Err(error),
            }
            if Instant::now() + PAUSE >= end {
                return Ok(Waited::TimedOut(seen));
            }
            sleep(PAUSE).await;
        }
    }
}

fn is_out_of_time(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Deadline | ErrorKind::RateLimited)
}
