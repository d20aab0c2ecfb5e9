use std::time::Duration;

use livecloud_sim::{Fault, demo};
use tokio::time::Instant;
use zego_cloud_player::{DestroyReason, ErrorKind, Player, PlayerStatus, Waited};

use super::world::{film, sent, world};

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test(start_paused = true)]
async fn a_new_player_is_waited_for_until_it_plays() {
    let (sim, client) = world();
    let player = Player::create(&client, film()).await.unwrap();
    let waited = player.wait_until(PlayerStatus::Playing, MINUTE).await.unwrap();
    let Waited::Reached(info) = &waited else { panic!("{waited:?}") };
    assert!(waited.is_reached());
    assert_eq!((info.player_id.as_deref(), info.status), (Some(player.id()), Some(PlayerStatus::Playing)));
    assert!(sent(&sim, "DescribePlayers").len() <= 4, "twice a second");
}

#[tokio::test(start_paused = true)]
async fn a_player_that_will_not_get_there_ends_the_wait() {
    let (_, client) = world();
    let gone = Player::attach(&client, demo::ZEGO_DESTROYED_PLAYER, 0);
    let waited = gone.wait_until(PlayerStatus::Playing, MINUTE).await.unwrap();
    let Waited::Missed(info) = waited else { panic!("{waited:?}") };
    assert_eq!(info.destroyed_because(), Some(DestroyReason::Deleted));
    assert!(gone.wait_until(PlayerStatus::Destroyed, MINUTE).await.unwrap().is_reached());
}

#[tokio::test(start_paused = true)]
async fn the_wait_ends_in_time_with_what_was_last_seen() {
    let (sim, client) = world();
    let began = Instant::now();
    let player = Player::attach(&client, demo::ZEGO_PLAYER, 0);
    let waited = player.wait_until(PlayerStatus::Paused, Duration::from_secs(5)).await.unwrap();
    let Waited::TimedOut(Some(info)) = waited else { panic!("{waited:?}") };
    assert_eq!(info.status, Some(PlayerStatus::Playing));
    assert!(began.elapsed() <= Duration::from_secs(5));

    // Not listed: it may still come.
    let unknown = Player::attach(&client, "nobody", 0);
    assert_eq!(
        unknown.wait_until(PlayerStatus::Playing, Duration::from_secs(2)).await.unwrap(),
        Waited::TimedOut(None)
    );
    // An answer that does not come in time is no error of the player's.
    sim.always("DescribePlayers", Fault::Delay(Duration::from_secs(3600)));
    assert_eq!(
        player.wait_until(PlayerStatus::Paused, Duration::from_millis(1)).await.unwrap(),
        Waited::TimedOut(None)
    );
}

#[tokio::test(start_paused = true)]
async fn a_refusal_ends_the_wait_with_its_error() {
    let (sim, client) = world();
    sim.always("DescribePlayers", Fault::vendor_code(350_006_006, "not enabled"));
    let player = Player::attach(&client, demo::ZEGO_PLAYER, 0);
    let error = player.wait_until(PlayerStatus::Paused, MINUTE).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Api);
}

#[tokio::test(start_paused = true)]
async fn many_waits_share_the_quota() {
    let (sim, client) = world();
    let player = Player::attach(&client, demo::ZEGO_PLAYER, 0);
    let waits = (0..20).map(|_| {
        let player = player.clone();
        tokio::spawn(async move { player.wait_until(PlayerStatus::Paused, Duration::from_secs(10)).await.unwrap() })
    });
    for wait in waits.collect::<Vec<_>>() {
        assert!(matches!(wait.await.unwrap(), Waited::TimedOut(_)));
    }
    let count = sent(&sim, "DescribePlayers").len();
    assert!(count <= 110, "{count} in ten seconds");
    assert!(sim.requests().iter().all(|request| request.code.as_deref() == Some("0")), "none was refused");
}
