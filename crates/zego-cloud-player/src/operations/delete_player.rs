//! `DeletePlayer`.

use std::time::Duration;

use livecloud_core::{Ack, Checks, Draft, Error, Meta, Operation, Quota};
#[cfg(feature = "full-serde")]
use serde::Deserialize;
use serde::Serialize;

use crate::account::Account;

/// Destroys a player: playing and publishing stop, and so does its bill.
///
/// A successful answer means *accepted*; the player is gone when DescribePlayers shows it
/// [`Destroyed`](crate::PlayerStatus::Destroyed) or a callback says so.
///
/// Errors worth knowing: [`PLAYER_BEING_CREATED`](crate::codes::PLAYER_BEING_CREATED), repeated after a pause. Which code
/// a player that does not exist is answered with is not documented, probably
/// [`INVALID_PARAMETER`](crate::codes::INVALID_PARAMETER); after more than one attempt it may mean that an earlier one
/// has deleted the player, so look it up.
///
/// Vendor page: <https://doc-zh.zego.im/cloud-player-server/delete-player>
///
/// ```
/// # use livecloud_core::test_util::{ReplayTransport, Step};
/// # use zego_cloud_player::{Account, Client, DeletePlayer};
/// # async fn run() -> Result<(), zego_cloud_player::Error> {
/// # let transport = ReplayTransport::always(Step::json(r#"{"Code":0,"Message":"succeed","RequestId":"1"}"#));
/// # let client = Client::builder(Account::new(1, "secret")).transport(transport).build()?;
/// client.call(DeletePlayer::new("player_1")).await?;
/// # Ok(())
/// # }
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct DeletePlayer {
    /// The player's id, from CreatePlayer.
    pub player_id: String,
}

impl DeletePlayer {
    /// A player that was deleted twice is as gone as after the first time.
    pub const META: Meta = Meta::post("DeletePlayer")
        .idempotent()
        .quota(Quota::per_second("DeletePlayer", 20))
        .timing(Duration::from_secs(15), Duration::from_secs(60))
        // A player that is being created wants half a second, not a few milliseconds.
        .retry_floor(Duration::from_millis(500))
        .page("https://doc-zh.zego.im/cloud-player-server/delete-player");

    /// Deletes that player.
    #[must_use]
    pub fn new(player_id: impl Into<String>) -> Self {
        Self { player_id: player_id.into() }
    }
}

impl Operation for DeletePlayer {
    type Vendor = Account;
    type Output = Ack;

    fn meta(&self) -> &Meta {
        &Self::META
    }

    fn profile(&self) {}

    fn check(&self, checks: &mut Checks<'_, Account>) {
        checks.not_empty("Z01", "PlayerId", &self.player_id);
    }

    fn write(&self, _: &Account, draft: &mut Draft) -> Result<(), Error> {
        draft.query.push("Action", Self::META.name);
        draft.json(self)
    }
}
