//! One player, from its creation to its end.

mod line;
mod settings;
mod wait;

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use livecloud_core::{Category, Delivery, Error, Pages};
use tokio::sync::Mutex;

use self::line::{Effects, Line};
pub use self::settings::PlayerSettings;
pub use self::wait::Waited;
use crate::Client;
use crate::operations::{CreatePlayer, DeletePlayer, DescribePlayers, PlayerInfo, PlayerStatus, UpdatePlayer};
use crate::source::PlayerSource;

/// How often a player whose creation was not answered is looked for, and how long to wait in between.
const LOOKS: u32 = 4;
const LOOK_PAUSE: Duration = Duration::from_millis(500);

/// One player: made or found, steered, waited for, stopped.
///
/// A handle is cheap to clone; clones steer the same player together.
///
/// **Order.** Updates of one handle are sent one after the other, in the order in which they were asked for, with a growing
/// `Sequence`, so the last one asked for wins. An update that another one behind it makes pointless, because it sets
/// everything the first one sets (of ten moves of a volume slider, the first nine), is not sent, and not repeated after a
/// failure: it ends as [`Updated::Superseded`].
///
/// **After a restart** go on above the last [`sequence`](Self::sequence): the vendor takes what is not above the last one
/// it saw for an old update, and probably ignores it without saying so. Store the number beside the player's id, or take
/// the time for it ([`attach`](Self::attach) says how). Two processes that steer one player need one counter.
///
/// **Accepted is not done.** Every answer means that the vendor took the request. [`wait_until`](Self::wait_until) and
/// [callbacks](crate::callback) tell what became of it.
///
/// **A player costs money until it is gone**, and an idle one is destroyed after its `MaxIdleTime` (300 s where
/// [`CreatePlayer::max_idle_time`] does not say otherwise): one that connects, one whose source failed, and, since the
/// middle of 2025, one that is paused.
///
/// ```
/// # use livecloud_core::test_util::{ReplayTransport, Step};
/// # use std::time::Duration;
/// # use zego_cloud_player::{Account, Client};
/// use zego_cloud_player::{CreatePlayer, Player, PlayerStatus, Waited};
///
/// # async fn run() -> Result<(), zego_cloud_player::Error> {
/// # let ok = || Step::json(r#"{"Code":0,"Message":"succeed","RequestId":"1"}"#);
/// # let transport = ReplayTransport::new([
/// #     Step::json(r#"{"Code":0,"Data":{"PlayerId":"p","RoomId":"room_12","StreamId":"s","CreateTime":1}}"#),
/// #     Step::json(r#"{"Code":0,"Data":{"Players":[{"PlayerId":"p","Status":4}]}}"#),
/// #     ok(), ok(), ok(),
/// # ]);
/// # let client = Client::builder(Account::new(1, "secret")).transport(transport).build()?;
/// // Store the name before the call: it finds the player again, whatever happens.
/// let create = CreatePlayer::new("https://media.example/film.mp4", "room_12").player_name("film-night-7");
/// let player = Player::create(&client, create).await?;
/// match player.wait_until(PlayerStatus::Playing, Duration::from_secs(10)).await? {
///     Waited::Reached(_) => println!("it plays"),
///     other => println!("not playing: {other:?}"),
/// }
/// player.volume(150).await?;
/// player.seek(60).await?;
/// player.stop().await?;
/// # Ok(())
/// # }
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
/// ```
#[derive(Clone)]
pub struct Player(Arc<Inner>);

struct Inner {
    client: Client,
    id: String,
    /// What it was made from, once that is known.
    kind: OnceLock<Kind>,
    /// Who is to be sent next, and the last number.
    line: Line,
    /// Held by the update under way; hands itself on in order.
    turn: Mutex<()>,
}

/// What a player was made from; later sources have to be of the same kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Single,
    Playlist,
}

/// What became of an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Updated {
    /// The vendor took it.
    Accepted {
        /// Its number.
        sequence: u64,
    },
    /// A newer update of the same handle sets all that this one sets. It was not sent, or not repeated after its answer
    /// was lost; what counts is what became of the newer one.
    Superseded,
}

impl Player {
    /// Creates a player, never two.
    ///
    /// The request needs a [`player_name`](CreatePlayer::player_name) that no other player of the project has had: it is
    /// what makes a repeat safe. If an answer is lost the call is repeated; if the vendor then says that a player of this
    /// name runs, or does not answer at all, the player is looked up by room and name. A name that is taken from the
    /// start is an error with the code [`PLAYER_NAME_TAKEN`](crate::codes::PLAYER_NAME_TAKEN).
    ///
    /// An error with [`Delivery::Unknown`] means that no such player was seen, though the vendor may yet make one: look
    /// for it later with [`find`](Self::find), which is also what to do after a crash.
    pub async fn create(client: &Client, create: CreatePlayer) -> Result<Self, Error> {
        let Some(name) = create.player_name.as_deref().filter(|name| !name.trim().is_empty()) else {
            return Err(Error::invalid_field(
                "PlayerName",
                "must be given: it finds a player whose answer was lost",
                "Z35",
            ));
        };
        let error = match client.call(&create).assume_idempotent().await {
            Ok(created) => {
                let player = Self::attach(client, created.player_id, 0);
                let _ = player.0.kind.set(if create.stream_url.is_some() { Kind::Single } else { Kind::Playlist });
                return Ok(player);
            }
            Err(error) => error,
        };
        if error.delivery() != Delivery::Unknown {
            return Err(error);
        }
        for look in 0..LOOKS {
            if look > 0 {
                tokio::time::sleep(LOOK_PAUSE).await;
            }
            match Self::find(client, &create.room_id, name).await {
                Ok(Some(found)) => return Self::of(client, &found, &create).ok_or(error),
                Ok(None) => {}
                // What went wrong with the creation tells more.
                Err(_) => break,
            }
        }
        Err(error)
    }

    /// The player that a lookup found, if it can be the one that was asked for.
    fn of(client: &Client, found: &PlayerInfo, create: &CreatePlayer) -> Option<Self> {
        let plays = |url| found.stream_url.as_ref().is_none_or(|found| found.is_empty() || Some(found) == url);
        let is_same = create.stream_id.is_none() || create.stream_id == found.stream_id;
        let id = found.player_id.clone().filter(|_| is_same && plays(create.stream_url.as_ref()))?;
        let player = Self::attach(client, id, 0);
        player.learn(found);
        Some(player)
    }

    /// Looks a player up that is not destroyed: by its room, and the name it was created with.
    ///
    /// After a crash around [`create`](Self::create): [`attach`](Self::attach) to its id, with 0 if it has never been
    /// updated.
    pub async fn find(client: &Client, room_id: &str, name: &str) -> Result<Option<PlayerInfo>, Error> {
        let mut players = Pages::new(client, DescribePlayers::new().room_id(room_id)).items();
        while let Some(player) = players.next().await? {
            if player.player_name.as_deref() == Some(name) && player.status != Some(PlayerStatus::Destroyed) {
                return Ok(Some(player));
            }
        }
        Ok(None)
    }

    /// A handle of a player that exists, which goes on above the `Sequence` that was last used for it; 0 if none was.
    ///
    /// Where that number is lost, the time in Unix seconds will do: it is above every counter that grew by less than one a
    /// second. Nothing is sent.
    #[must_use]
    pub fn attach(client: &Client, player_id: impl Into<String>, last_sequence: u64) -> Self {
        Self(Arc::new(Inner {
            client: client.clone(),
            id: player_id.into(),
            kind: OnceLock::new(),
            line: Line::after(last_sequence),
            turn: Mutex::new(()),
        }))
    }

    /// The player's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.0.id
    }

    /// The last `Sequence` that was used; what to store for [`attach`](Self::attach).
    #[must_use]
    pub fn sequence(&self) -> u64 {
        self.0.line.last()
    }

    /// What the vendor lists of it; nothing if it is not listed, which may pass for a moment after its creation.
    ///
    /// Pause, volume and size are not told.
    pub async fn describe(&self) -> Result<Option<PlayerInfo>, Error> {
        self.describe_within(None).await
    }

    async fn describe_within(&self, deadline: Option<Duration>) -> Result<Option<PlayerInfo>, Error> {
        let mut call = self.0.client.call(DescribePlayers::new().player_id(self.id()));
        if let Some(deadline) = deadline {
            call = call.deadline(deadline);
        }
        let page = call.await?;
        let found = page.players.into_iter().find(|player| player.player_id.as_deref() == Some(self.id()));
        if let Some(found) = &found {
            self.learn(found);
        }
        Ok(found)
    }

    /// Pauses. **A player that stays paused for longer than its `MaxIdleTime` (300 s by default) is destroyed.**
    pub async fn pause(&self) -> Result<Updated, Error> {
        self.change(PlayerSettings::new().pause()).await
    }

    /// Plays on.
    pub async fn resume(&self) -> Result<Updated, Error> {
        self.change(PlayerSettings::new().resume()).await
    }

    /// Jumps there, in seconds from the media's start.
    pub async fn seek(&self, seconds: u32) -> Result<Updated, Error> {
        self.change(PlayerSettings::new().seek_to(seconds)).await
    }

    /// Sets the volume, in percent of the source's: 0..=200.
    pub async fn volume(&self, percent: u32) -> Result<Updated, Error> {
        self.change(PlayerSettings::new().volume(percent)).await
    }

    /// Plays something else from its beginning, or with a playlist from its first item.
    ///
    /// It has to be of the kind the player was created with, one address or a playlist; another is refused here as soon as
    /// the handle has seen what the player plays.
    pub async fn switch_source(&self, source: impl Into<PlayerSource>) -> Result<Updated, Error> {
        let source = source.into();
        let kind = Kind::of(&source);
        match self.0.kind.get() {
            Some(made) if *made != kind => Err(kind.refused()),
            _ => self.update(UpdatePlayer::new(self.id(), 0).source(source)).await,
        }
    }

    /// Changes several settings in one update.
    pub async fn change(&self, settings: PlayerSettings) -> Result<Updated, Error> {
        self.update(settings.into_update(self.id())).await
    }

    /// Stops and destroys the player, and with it its bill. One that is gone already is a success.
    ///
    /// Updates that still wait behind it or are to be repeated end as superseded. If the answers are lost, or the vendor
    /// refuses a repeat, the player is looked up; an error with [`Delivery::Unknown`] means that it was still there.
    #[doc(alias = "delete")]
    pub async fn stop(&self) -> Result<(), Error> {
        let place = self.0.line.join(Effects::END);
        let _turn = self.0.turn.lock().await;
        let deleted = self.0.client.call(DeletePlayer::new(self.id())).await;
        drop(place);
        let Err(error) = deleted else { return Ok(()) };
        let asked_before = error.delivery() == Delivery::Unknown;
        if !asked_before && error.category() != Some(Category::InvalidArgument) {
            return Err(error);
        }
        match self.describe().await {
            Ok(Some(found)) if found.status == Some(PlayerStatus::Destroyed) => Ok(()),
            // Not listed: deleted by the lost request. Without one before it, the id is more likely wrong.
            Ok(None) if asked_before => Ok(()),
            _ => Err(error),
        }
    }

    async fn update(&self, mut update: UpdatePlayer) -> Result<Updated, Error> {
        let inner = &*self.0;
        let place = inner.line.join(Effects::of(&update));
        let _turn = inner.turn.lock().await;
        if place.is_superseded() {
            return Ok(Updated::Superseded);
        }
        update.sequence = inner.line.next();
        let (this, place_at) = (self.clone(), place.at());
        let wanted = move || !this.0.line.is_superseded(place_at);
        match inner.client.call(&update).repeat_while(wanted).await {
            Ok(_) => Ok(Updated::Accepted { sequence: update.sequence }),
            Err(error) if error.is_retryable() && place.is_superseded() => Ok(Updated::Superseded),
            Err(error) => Err(error),
        }
    }

    fn learn(&self, info: &PlayerInfo) {
        let is_single = info.stream_url.as_ref().is_some_and(|url| !url.is_empty());
        let kind = match (is_single, info.stream_url_list.is_empty()) {
            (_, false) => Kind::Playlist,
            (true, true) => Kind::Single,
            (false, true) => return,
        };
        // Whoever knew it first knew the same.
        let _ = self.0.kind.set(kind);
    }
}

impl Kind {
    fn of(source: &PlayerSource) -> Self {
        match source {
            PlayerSource::Single { .. } => Self::Single,
            PlayerSource::Playlist(_) => Self::Playlist,
        }
    }

    fn refused(self) -> Error {
        match self {
            Self::Single => Error::invalid_field("StreamUrl", "is not for a player made from a playlist", "Z36"),
            Self::Playlist => Error::invalid_field("StreamUrlList", "is not for a player made from one address", "Z36"),
        }
    }
}

impl fmt::Debug for Player {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Player").field("id", &self.id()).field("sequence", &self.sequence()).finish_non_exhaustive()
    }
}
