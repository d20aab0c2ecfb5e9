use std::sync::Arc;
use std::time::Duration;

use livecloud_core::test_util::{ReplayTransport, Step};
use livecloud_core::{QuotaMode, TransportErrorKind};
use livecloud_sim::{Simulator, Vendor, demo};
use zego_cloud_player::{
    Account, Client, CreatePlayer, ErrorKind, Player, PlayerSettings, PlayerSource, Updated, VideoSize,
};

use super::world::{sent, world};
use crate::{OK, client};

fn sequences(sim: &Simulator) -> Vec<u64> {
    sent(sim, "UpdatePlayer").iter().map(|(body, _)| body["Sequence"].as_u64().unwrap()).collect()
}

fn accepted(sequence: u64) -> Updated {
    Updated::Accepted { sequence }
}

/// Real threads and sockets: nothing here waits for time to pass.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_tasks_update_in_a_growing_order_and_the_last_one_wins() {
    let sim = Simulator::builder().only(Vendor::Zego).without_quotas().start().await.unwrap();
    let client = Client::builder(Account::new(demo::ZEGO_APP_ID, demo::ZEGO_SERVER_SECRET))
        .base_url(sim.base_url(Vendor::Zego))
        .quota_mode(QuotaMode::Off)
        .build()
        .unwrap();
    let player = Player::attach(&client, demo::ZEGO_PLAYER, 0);
    let tasks = (0..100_u32).map(|n| {
        let player = player.clone();
        // Half of them set nothing in common with the other half, so that none of those makes the others pointless.
        tokio::spawn(async move {
            let settings = PlayerSettings::new();
            let settings = if n % 2 == 0 { settings.volume(n) } else { settings.seek_to(n) };
            (n, player.change(settings).await.unwrap())
        })
    });
    let mut last = [(0, 0), (0, 0)];
    let mut count = 0;
    for task in tasks.collect::<Vec<_>>() {
        let (n, updated) = task.await.unwrap();
        if let Updated::Accepted { sequence } = updated {
            count += 1;
            let last = &mut last[n as usize % 2];
            *last = (*last).max((sequence, n));
        }
    }
    let sent = sequences(&sim);
    assert!(sent.is_sorted_by(|one, next| one < next), "{sent:?}");
    assert_eq!(
        (sent.len(), sent.last()),
        (count, Some(&player.sequence())),
        "every accepted one was sent, and no other"
    );
    let state = sim.player(demo::ZEGO_PLAYER).unwrap();
    let [(_, volume), (_, position)] = last;
    assert_eq!((&state["AudioOptions"]["Volume"], &state["SeekTo"]), (&volume.into(), &position.into()));

    // A new process, with the number that the old one had stored.
    let restarted = Player::attach(&client, player.id(), player.sequence());
    assert_eq!(restarted.volume(7).await.unwrap(), accepted(player.sequence() + 1));
    assert_eq!(sim.player(demo::ZEGO_PLAYER).unwrap()["AudioOptions"]["Volume"], 7);
    sim.shutdown().await;
}

#[tokio::test(start_paused = true)]
async fn what_waits_and_is_made_pointless_is_not_sent() {
    let (sim, client) = world();
    let player = Player::attach(&client, demo::ZEGO_PLAYER, 10);
    // The first is under way at once; the others queue behind it.
    let (first, second, seek, third) =
        tokio::join!(player.volume(10), player.volume(20), player.seek(5), player.volume(30));
    assert_eq!(first.unwrap(), accepted(11));
    assert_eq!(second.unwrap(), Updated::Superseded);
    assert_eq!(seek.unwrap(), accepted(12), "it sets something else");
    assert_eq!(third.unwrap(), accepted(13));
    assert_eq!(sequences(&sim), [11, 12, 13]);
    assert_eq!(sim.player(demo::ZEGO_PLAYER).unwrap()["AudioOptions"]["Volume"], 30);
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_is_not_repeated_once_a_newer_update_sets_the_same() {
    for covered in [true, false] {
        let lost = Step::fail(TransportErrorKind::Interrupted).after(Duration::from_secs(1));
        let transport = ReplayTransport::new([lost, Step::json(OK), Step::json(OK)]);
        let player = Player::attach(&client(&transport), "p", 0);
        let newer = async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            if covered { player.volume(2).await } else { player.pause().await }
        };
        let (first, newer) = tokio::join!(player.volume(1), newer);
        assert_eq!(first.unwrap(), if covered { Updated::Superseded } else { accepted(1) });
        assert_eq!(newer.unwrap(), accepted(2));
        let numbers: Vec<_> = transport.requests().iter().map(|sent| sent.json()["Sequence"].as_u64()).collect();
        // A repeat is the same update: its number stays.
        let expected: &[u64] = if covered { &[1, 2] } else { &[1, 1, 2] };
        assert_eq!(numbers, expected.iter().copied().map(Some).collect::<Vec<_>>());
    }
}

#[tokio::test(start_paused = true)]
async fn an_update_that_is_superseded_during_the_pause_before_a_repeat_is_not_repeated() {
    let transport = ReplayTransport::new([Step::fail(TransportErrorKind::Interrupted), Step::json(OK)]);
    let player = Player::attach(&client(&transport), "p", 0);
    let newer = async {
        // The pause is half a second at least.
        tokio::time::sleep(Duration::from_millis(250)).await;
        player.volume(2).await
    };
    let (first, newer) = tokio::join!(player.volume(1), newer);
    assert_eq!((first.unwrap(), newer.unwrap()), (Updated::Superseded, accepted(2)));
    assert_eq!(transport.requests().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn an_abandoned_update_holds_nobody_up_and_supersedes_nothing() {
    let transport = ReplayTransport::new([Step::hang(), Step::json(OK), Step::json(OK)]);
    let player = Player::attach(&client(&transport), "p", 0);
    // Given up while it is under way.
    let under_way = tokio::time::timeout(Duration::from_secs(1), player.volume(1));
    let (under_way, waiting, given_up) = tokio::join!(
        under_way,
        player.seek(1),
        // Given up while it waits; it would have made the one before it pointless.
        tokio::time::timeout(Duration::from_millis(10), player.seek(2)),
    );
    assert!(under_way.is_err() && given_up.is_err());
    assert_eq!(waiting.unwrap(), accepted(2));
    assert_eq!(player.pause().await.unwrap(), accepted(3));
}

#[tokio::test(start_paused = true)]
async fn a_refused_update_is_an_error_and_the_next_one_goes_on() {
    let (sim, client) = world();
    let player = Player::attach(&client, demo::ZEGO_PLAYER, 0);
    assert_eq!(player.volume(201).await.unwrap_err().kind(), ErrorKind::Invalid);
    assert_eq!(player.volume(200).await.unwrap(), accepted(2), "gaps are allowed");
    assert_eq!(sequences(&sim), [2]);
}

#[tokio::test(start_paused = true)]
async fn a_source_of_the_other_kind_is_refused_as_soon_as_the_kind_is_known() {
    let (sim, client) = world();
    let list = || PlayerSource::playlist(["https://media.example/1.mp4"]);
    let made = CreatePlayer::new("https://media.example/film.mp4", "r").player_name("n");
    let player = Player::create(&client, made).await.unwrap();
    let error = player.switch_source(list()).await.unwrap_err();
    let violation = &error.violations()[0];
    assert_eq!((violation.id, &*violation.path), ("Z36", "StreamUrlList"));

    let found = Player::attach(&client, demo::ZEGO_PLAYLIST_PLAYER, 0);
    assert!(found.describe().await.unwrap().is_some());
    assert_eq!(found.switch_source("https://media.example/1.mp4").await.unwrap_err().violations()[0].path, "StreamUrl");
    assert_eq!(sequences(&sim), [0; 0], "nothing was sent");
    assert_eq!(found.switch_source(list()).await.unwrap(), accepted(1));
}

#[tokio::test(start_paused = true)]
async fn every_setting_arrives_and_a_source_comes_alone() {
    let transport = ReplayTransport::always(Step::json(OK));
    let player = Player::attach(&client(&transport), "p", 4);
    let settings = PlayerSettings::new()
        .size(VideoSize::pixels(360, 640))
        .video_bitrate(600)
        .audio_bitrate(48)
        .volume(90)
        .seek_to(7)
        .pause()
        .repeat_times(-1);
    player.change(settings).await.unwrap();
    player.change(PlayerSettings::new().short_edge(720)).await.unwrap();
    player.resume().await.unwrap();
    let source = PlayerSource::single("https://media.example/a.mp4").backup("https://media.example/b.mp4");
    player.switch_source(source).await.unwrap();
    let bodies: Vec<_> = transport.requests().iter().map(livecloud_core::test_util::Sent::json).collect();
    let expected = [
        serde_json::json!({
            "PlayerId": "p", "Sequence": 5, "SeekTo": 7, "IsPause": 1, "RepeatTimes": -1,
            "VideoOptions": {"Width": 360, "Height": 640, "VideoBitrate": 600},
            "AudioOptions": {"AudioBitrate": 48, "Volume": 90},
        }),
        serde_json::json!({"PlayerId": "p", "Sequence": 6, "VideoOptions": {"ShortEdge": 720}}),
        serde_json::json!({"PlayerId": "p", "Sequence": 7, "IsPause": 0}),
        serde_json::json!({
            "PlayerId": "p", "Sequence": 8, "StreamUrl": "https://media.example/a.mp4",
            "BackupStreamUrl": "https://media.example/b.mp4",
        }),
    ];
    assert_eq!(bodies, expected);
}

#[tokio::test(start_paused = true)]
async fn a_stop_supersedes_what_waits_before_it() {
    let (sim, client) = world();
    let player = Arc::new(Player::attach(&client, demo::ZEGO_PLAYER, 0));
    let (first, waiting, stopped) = tokio::join!(player.volume(1), player.seek(2), player.stop());
    assert_eq!((first.unwrap(), waiting.unwrap()), (accepted(1), Updated::Superseded));
    stopped.unwrap();
    assert_eq!(sim.player(demo::ZEGO_PLAYER).unwrap()["Status"], 8);
    assert!(player.volume(3).await.is_err(), "it is gone");
}

#[test]
fn debug_shows_the_id_and_the_number_only() {
    let player = Player::attach(&client(&ReplayTransport::new([])), "p", 3);
    assert_eq!(format!("{player:?}"), r#"Player { id: "p", sequence: 3, .. }"#);
}
