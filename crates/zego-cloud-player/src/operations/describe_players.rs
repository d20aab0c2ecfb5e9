//! `DescribePlayers`.

use std::time::Duration;

use livecloud_core::wire::{self, Url};
use livecloud_core::{Checks, Draft, Error, Meta, Operation, Paged, Quota, Turn, open_enum};
use serde::{Deserialize, Serialize};

use crate::account::Account;
use crate::{replies, rules};

open_enum! {
    /// What a player is doing.
    pub enum PlayerStatus: i64 {
        /// It is being created.
        Creating = 1,
        /// It connects to its source. Idle: destroyed after `MaxIdleTime`.
        ConnectingSource = 2,
        /// It waits for its `PlayTime`.
        WaitingToPlay = 3,
        /// It plays.
        Playing = 4,
        /// It is paused. Idle: destroyed after `MaxIdleTime`.
        Paused = 5,
        /// Its source could not be connected. Idle: destroyed after `MaxIdleTime`.
        SourceFailed = 6,
        /// It has played to the end, and will be destroyed.
        Ended = 7,
        /// It is gone.
        Destroyed = 8,
    }
}

open_enum! {
    /// Why a player was destroyed.
    pub enum DestroyReason: i64 {
        /// DeletePlayer was called.
        Deleted = 1,
        /// It was idle for longer than `MaxIdleTime`.
        Idle = 2,
        /// It had played to the end.
        Finished = 3,
        /// Publishing failed.
        PublishFailed = 4,
        /// It could not enter its room, or was put out of it.
        RoomRefused = 5,
    }
}

/// Lists the project's players in all states, those already destroyed included, or one of them.
///
/// One call returns one page; [`Pages`](crate::core::Pages) walks through all of them. How long destroyed players stay listed
/// is not documented, and current settings (pause, volume, size) are not told.
///
/// Vendor page: <https://doc-zh.zego.im/cloud-player-server/describe-players>
///
/// ```
/// # use livecloud_core::test_util::{ReplayTransport, Step};
/// # use zego_cloud_player::{Account, Client, DescribePlayers, PlayerStatus};
/// # async fn run() -> Result<(), zego_cloud_player::Error> {
/// # let transport = ReplayTransport::always(Step::json(
/// #     r#"{"Code":0,"Data":{"TotalSize":1,"NextPageToken":"","Players":[{"PlayerId":"player_1","Status":4}]}}"#,
/// # ));
/// # let client = Client::builder(Account::new(1, "secret")).transport(transport).build()?;
/// let page = client.call(DescribePlayers::new().room_id("room_12")).await?;
/// for player in &page.players {
///     println!("{:?} is {:?}", player.player_id, player.status);
/// }
/// # assert_eq!(page.players[0].status, Some(PlayerStatus::Playing));
/// # Ok(())
/// # }
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct DescribePlayers {
    /// Only this room's players; up to 128 bytes. Empty or absent: all rooms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room_id: Option<String>,
    /// Only this player, whatever its room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub player_id: Option<String>,
    /// Entries a page, 1..=50; 50 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_size: Option<u32>,
    /// The page to return: [`next_page_token`](PlayersPage::next_page_token) of the one before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_token: Option<String>,
    /// Only players in this state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<PlayerStatus>,
}

/// One page of players.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct PlayersPage {
    /// How many match in all; whether over all pages is not documented, so do not page by it.
    #[serde(default, alias = "TotoalSize", deserialize_with = "wire::opt_u64")]
    pub total_size: Option<u64>,
    /// Names the next page; absent on the last one.
    #[serde(default, deserialize_with = "replies::token")]
    pub next_page_token: Option<String>,
    /// The players.
    #[serde(default, deserialize_with = "replies::list")]
    pub players: Vec<PlayerInfo>,
}

/// What is known about a player.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct PlayerInfo {
    /// The player's id.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub player_id: Option<String>,
    /// The room it plays into.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub room_id: Option<String>,
    /// The stream it publishes.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub stream_id: Option<String>,
    /// When it was created, in Unix seconds.
    #[serde(default, deserialize_with = "wire::opt_i64")]
    pub create_time: Option<i64>,
    /// When it starts or started to play, in Unix seconds.
    #[serde(default, deserialize_with = "wire::opt_i64")]
    pub play_time: Option<i64>,
    /// Its name.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub player_name: Option<String>,
    /// What it plays.
    #[serde(default)]
    pub stream_url: Option<Url>,
    /// What a playlist player plays; empty for another.
    #[serde(default, deserialize_with = "replies::list")]
    pub stream_url_list: Vec<Url>,
    /// Which item of the list is playing, from 0; 0 after destruction.
    #[serde(default, deserialize_with = "wire::opt_u64")]
    pub play_index: Option<u64>,
    /// What it is doing.
    #[serde(default)]
    pub status: Option<PlayerStatus>,
    /// As it came; means something only while `status` is `Destroyed`: see
    /// [`destroyed_because`](Self::destroyed_because).
    #[serde(default, alias = "DestoryReason")]
    pub destroy_reason: Option<DestroyReason>,
}

impl PlayerInfo {
    /// Why it was destroyed; nothing while it was not.
    #[must_use]
    pub fn destroyed_because(&self) -> Option<DestroyReason> {
        self.destroy_reason.filter(|_| self.status == Some(PlayerStatus::Destroyed))
    }
}

impl DescribePlayers {
    /// The vendor's pages name 10 and 20 a second: the lower one holds.
    pub const META: Meta = Meta::post("DescribePlayers")
        .safe()
        .quota(Quota::per_second("DescribePlayers", 10))
        .timing(Duration::from_secs(15), Duration::from_secs(60))
        .page("https://doc-zh.zego.im/cloud-player-server/describe-players");

    /// All players.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    livecloud_core::__setters! {
        /// Only this room's players.
        into room_id: String,
        /// Only this player.
        into player_id: String,
        /// Sets the entries a page, 1..=50.
        page_size: u32,
        /// Returns this page.
        into page_token: String,
        /// Only players in this state.
        status: PlayerStatus,
    }
}

impl Operation for DescribePlayers {
    type Vendor = Account;
    type Output = PlayersPage;

    fn meta(&self) -> &Meta {
        &Self::META
    }

    fn profile(&self) {}

    fn check(&self, checks: &mut Checks<'_, Account>) {
        checks.max_bytes("Z18", "RoomId", self.room_id.as_deref(), 128);
        rules::page_size(checks, self.page_size);
        if checks.is_strict() {
            let status = self.status.map(PlayerStatus::as_i64);
            rules::one_of(checks, "Z29", "Status", status, &[1, 2, 3, 4, 5, 6, 7, 8]);
        }
    }

    fn write(&self, _: &Account, draft: &mut Draft) -> Result<(), Error> {
        draft.query.push("Action", Self::META.name);
        draft.json(self)
    }
}

impl Paged for DescribePlayers {
    type Item = PlayerInfo;

    fn token(&self) -> Option<&str> {
        self.page_token.as_deref()
    }

    fn turn(&mut self, page: &PlayersPage) -> Turn {
        self.page_token.clone_from(&page.next_page_token);
        page.next_page_token.as_ref().map_or(Turn::END, Turn::next)
    }

    fn items(page: PlayersPage) -> Vec<PlayerInfo> {
        page.players
    }
}
