//! Lost answers: never a duplicate, never a silent loss.

use livecloud_core::Delivery;
use livecloud_sim::{Fault, demo};
use zego_cloud_player::{
    CancelUploadTask, CreatePlayer, CreateUploadTask, DescribeUploadTasks, ErrorKind, Player, PlayerStatus, Updated,
    codes,
};

use super::world::{film, sent, world};

/// Ways in which the vendor acts and its answer is lost.
fn lost() -> [Fault; 4] {
    [Fault::DropAfterActing, Fault::DropMidReply, Fault::GatewayHtml.after_acting(), Fault::EmptyBody]
}

/// How many players of that name the vendor bills.
async fn billed(client: &zego_cloud_player::Client) -> usize {
    let mut players =
        livecloud_core::Pages::new(client, zego_cloud_player::DescribePlayers::new().room_id(demo::ZEGO_ROOM)).items();
    let mut count = 0;
    while let Some(player) = players.next().await.unwrap() {
        let is_film = player.player_name.as_deref() == Some("film-night-7");
        count += usize::from(is_film && player.status != Some(PlayerStatus::Destroyed));
    }
    count
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_to_a_creation_leaves_one_player() {
    for fault in lost() {
        // Once, and the repeat says that the name is taken; every time, and only the look-up tells.
        for times in [1, 2, 3] {
            let (sim, client) = world();
            sim.next_n(times, "CreatePlayer", fault.clone());
            let player = Player::create(&client, film()).await.unwrap();
            let known = sim.player(player.id()).unwrap();
            assert_eq!(known["PlayerName"], "film-night-7", "{fault:?}, {times} times");
            assert_eq!(billed(&client).await, 1, "{fault:?}, {times} times");
            assert_eq!(player.volume(1).await.unwrap(), Updated::Accepted { sequence: 1 });
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_creation_that_never_arrives_is_reported_as_unknown() {
    let (sim, client) = world();
    sim.always("CreatePlayer", Fault::DropBeforeActing);
    let error = Player::create(&client, film()).await.unwrap_err();
    assert_eq!((error.kind(), error.delivery()), (ErrorKind::Transport, Delivery::Unknown));
    assert!(Player::find(&client, demo::ZEGO_ROOM, "film-night-7").await.unwrap().is_none());
    assert_eq!(billed(&client).await, 0);
}

#[tokio::test(start_paused = true)]
async fn a_failed_look_up_leaves_the_first_error() {
    let (sim, client) = world();
    sim.always("CreatePlayer", Fault::DropAfterActing);
    sim.always("DescribePlayers", Fault::vendor_code(350_006_006, "not enabled"));
    let error = Player::create(&client, film()).await.unwrap_err();
    assert_eq!((error.operation(), error.delivery()), ("CreatePlayer", Delivery::Unknown));
    sim.clear_faults();
    assert_eq!(billed(&client).await, 1);
    let found = Player::find(&client, demo::ZEGO_ROOM, "film-night-7").await.unwrap();
    assert!(found.is_some(), "it can be found later");
}

#[tokio::test(start_paused = true)]
async fn a_name_that_is_taken_is_an_error_and_nobody_elses_player_is_taken_over() {
    let (sim, client) = world();
    Player::create(&client, film()).await.unwrap();
    let error = Player::create(&client, film()).await.unwrap_err();
    assert!(error.is_code(codes::PLAYER_NAME_TAKEN) && error.delivery() == Delivery::Answered);

    // The first attempt is lost before it arrives, so the player of that name is not this one.
    sim.next("CreatePlayer", Fault::DropBeforeActing);
    let other = CreatePlayer::new("https://media.example/other.mp4", demo::ZEGO_ROOM).player_name("film-night-7");
    let error = Player::create(&client, other).await.unwrap_err();
    assert!(error.is_code(codes::PLAYER_NAME_TAKEN) && error.delivery() == Delivery::Unknown);
    assert_eq!(billed(&client).await, 1);
}

#[tokio::test(start_paused = true)]
async fn a_creation_without_a_name_is_refused() {
    let (sim, client) = world();
    for create in [CreatePlayer::new("https://media.example/a.mp4", "r"), film().player_name(" ")] {
        let error = Player::create(&client, create).await.unwrap_err();
        assert_eq!((error.violations()[0].id, &*error.violations()[0].path), ("Z35", "PlayerName"));
    }
    assert_eq!(sim.requests().len(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_to_an_update_is_repeated_under_its_number_and_takes_effect_once() {
    for fault in lost() {
        let (sim, client) = world();
        let player = Player::attach(&client, demo::ZEGO_PLAYER, 0);
        sim.next("UpdatePlayer", fault.clone());
        if fault == Fault::EmptyBody {
            // A success without an envelope is not repeated, and not taken for one either.
            assert_eq!(player.seek(30).await.unwrap_err().delivery(), Delivery::Unknown);
            continue;
        }
        assert_eq!(player.seek(30).await.unwrap(), Updated::Accepted { sequence: 1 });
        let sent = sent(&sim, "UpdatePlayer");
        assert_eq!(sent.len(), 2, "{fault:?}");
        assert!(sent.iter().all(|(body, _)| body["Sequence"] == 1));
        assert_eq!(sent.iter().filter(|(_, applied)| *applied).count(), 1, "{fault:?}");
    }
    let (sim, client) = world();
    sim.always("UpdatePlayer", Fault::DropAfterActing);
    let error = Player::attach(&client, demo::ZEGO_PLAYER, 0).seek(30).await.unwrap_err();
    assert_eq!(error.delivery(), Delivery::Unknown, "told, not swallowed");
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_to_a_stop_ends_as_done_when_the_player_is_gone() {
    for fault in lost() {
        for times in [1, 2, 3] {
            let (sim, client) = world();
            sim.next_n(times, "DeletePlayer", fault.clone());
            Player::attach(&client, demo::ZEGO_PLAYER, 0).stop().await.unwrap();
            assert_eq!(sim.player(demo::ZEGO_PLAYER).unwrap()["Status"], 8, "{fault:?}, {times} times");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_stop_that_did_not_happen_is_an_error() {
    let (sim, client) = world();
    sim.always("DeletePlayer", Fault::DropBeforeActing);
    let player = Player::attach(&client, demo::ZEGO_PLAYER, 0);
    assert_eq!(player.stop().await.unwrap_err().delivery(), Delivery::Unknown);
    sim.clear_faults();
    let gone = Player::attach(&client, demo::ZEGO_DESTROYED_PLAYER, 0);
    gone.stop().await.unwrap();
    // Nobody has ever seen it: more likely a wrong id than a player that is gone.
    let error = Player::attach(&client, "nobody", 0).stop().await.unwrap_err();
    assert!(error.is_code(codes::INVALID_PARAMETER), "{error}");
    assert_ne!(sim.player(demo::ZEGO_PLAYER).unwrap()["Status"], 8);
}

fn upload() -> CreateUploadTask {
    CreateUploadTask::new("film-night-7.mp4", "https://media.example/film.mp4")
}

async fn uploads(client: &zego_cloud_player::Client) -> usize {
    let tasks = livecloud_core::Pages::new(client, DescribeUploadTasks::new()).items().collect().await.unwrap();
    tasks.iter().filter(|task| task.title.as_deref() == Some("film-night-7.mp4")).count()
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_to_an_upload_finds_the_task_or_says_so() {
    for fault in lost() {
        let (sim, client) = world();
        sim.next("CreateUploadTask", fault.clone());
        let created = upload().send_once(&client).await.unwrap();
        assert!(sim.upload(&created.upload_task_id).is_some());
        assert_eq!(uploads(&client).await, 1, "{fault:?}");
    }
    let (sim, client) = world();
    sim.next("CreateUploadTask", Fault::GatewayHtml);
    let error = upload().send_once(&client).await.unwrap_err();
    assert_eq!((error.delivery(), uploads(&client).await), (Delivery::Unknown, 0), "it never arrived");
}

#[tokio::test(start_paused = true)]
async fn an_older_task_of_that_title_is_not_taken_for_the_lost_one() {
    let (sim, client) = world();
    upload().send_once(&client).await.unwrap();
    tokio::time::advance(std::time::Duration::from_secs(3600)).await;
    sim.next("CreateUploadTask", Fault::DropBeforeActing);
    assert_eq!(upload().send_once(&client).await.unwrap_err().delivery(), Delivery::Unknown);
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_to_a_cancel_is_repeated_and_cancelled_once() {
    let (sim, client) = world();
    sim.next("CancelUploadTask", Fault::DropAfterActing);
    let requested = client.call(CancelUploadTask::new(demo::ZEGO_WAITING_UPLOAD)).await.unwrap();
    assert!(requested.already_requested);
    assert_eq!(sim.upload(demo::ZEGO_WAITING_UPLOAD).unwrap()["Status"], 6);
    sim.always("CancelUploadTask", Fault::DropAfterActing);
    let lost = client.call(CancelUploadTask::new(demo::ZEGO_WAITING_UPLOAD)).await.unwrap_err();
    assert_eq!(lost.delivery(), Delivery::Unknown);
}
