use livecloud_core::Validation;
use zego_cloud_player::{AudioOptions, UpdatePlayer, VideoOptions};

use super::{broken, client, documented_sample, ok, url};

fn update() -> UpdatePlayer {
    UpdatePlayer::new("player_1", 1)
}

fn size(width: u32, height: u32) -> UpdatePlayer {
    update().video_options(VideoOptions::pixels(width, height))
}

#[tokio::test]
async fn the_documented_sample_passes() {
    assert_eq!(broken(documented_sample(), Validation::Strict).await, []);
}

#[tokio::test]
async fn legal_values_up_to_every_boundary_pass() {
    let legal = [
        size(1, 1),
        size(1, 3000),
        size(2, 360),
        update().stream_url(url(1024)),
        update().stream_url("HTTP://host/a"),
        update().stream_url("https://a/1").backup_stream_url(url(1024)),
        update().stream_url_list(vec![url(500); 100]),
        update().video_options(VideoOptions::default().video_bitrate(1)),
        update().video_options(VideoOptions::default().video_bitrate(50_000)),
        update().video_options(VideoOptions::default().short_edge(0)),
        update().video_options(VideoOptions::default().short_edge(2160)),
        update().audio_options(AudioOptions::new().audio_bitrate(1).volume(0)),
        update().audio_options(AudioOptions::new().audio_bitrate(192).volume(200)),
        update().repeat_times(-1),
        update().repeat_times(0),
        update().seek_to(0),
        UpdatePlayer::new("p", (1 << 53) - 1).pause(),
        update(),
    ];
    for update in legal {
        assert_eq!(broken(update.clone(), Validation::Strict).await, [], "{update:?}");
    }
}

#[tokio::test]
async fn one_step_beyond_every_boundary_is_refused_with_path_and_rule() {
    let illegal = [
        (UpdatePlayer::new("", 1).pause(), "PlayerId", "Z01"),
        (UpdatePlayer::new("p", 0).pause(), "Sequence", "Z02"),
        (UpdatePlayer::new("p", 1 << 53).pause(), "Sequence", "Z02"),
        (update().stream_url(url(1025)), "StreamUrl", "Z03"),
        (update().stream_url("rtmp://host/a"), "StreamUrl", "Z03"),
        (update().stream_url(""), "StreamUrl", "Z03"),
        (update().backup_stream_url(url(1025)), "BackupStreamUrl", "Z03"),
        (update().backup_stream_url("a.mp4"), "BackupStreamUrl", "Z03"),
        (update().stream_url_list(Vec::<String>::new()), "StreamUrlList", "Z04"),
        (update().stream_url_list(vec!["https://a"; 101]), "StreamUrlList", "Z04"),
        (update().stream_url_list(vec![url(50_001)]), "StreamUrlList", "Z04"),
        (update().stream_url_list(["https://a", "ftp://b"]), "StreamUrlList[1]", "Z04"),
        (update().stream_url("https://a").stream_url_list(["https://a"]), "StreamUrlList", "Z05"),
        (size(0, 2), "VideoOptions.Width", "Z07"),
        (size(3001, 2), "VideoOptions.Width", "Z07"),
        (size(361, 2), "VideoOptions.Width", "Z07"),
        (size(3, 2), "VideoOptions.Width", "Z07"),
        (size(2, 2999), "VideoOptions.Height", "Z07"),
        (size(2, 0), "VideoOptions.Height", "Z07"),
        (update().video_options(VideoOptions::default().video_bitrate(0)), "VideoOptions.VideoBitrate", "Z09"),
        (update().video_options(VideoOptions::default().video_bitrate(50_001)), "VideoOptions.VideoBitrate", "Z09"),
        (update().video_options(VideoOptions::default().short_edge(2161)), "VideoOptions.ShortEdge", "Z10"),
        (update().audio_options(AudioOptions::new().audio_bitrate(0)), "AudioOptions.AudioBitrate", "Z11"),
        (update().audio_options(AudioOptions::new().audio_bitrate(193)), "AudioOptions.AudioBitrate", "Z11"),
        (update().volume(201), "AudioOptions.Volume", "Z12"),
        (update().repeat_times(-2), "RepeatTimes", "Z13"),
    ];
    for (update, path, rule) in illegal {
        assert_eq!(broken(update.clone(), Validation::Strict).await, [(path.to_owned(), rule)], "{update:?}");
        assert_eq!(broken(update, Validation::Off).await, [], "{path} {rule} under Off");
    }
}

#[tokio::test]
async fn odd_sizes_pass_the_relaxed_profile() {
    for (width, height) in [(361, 3), (2999, 1)] {
        assert_eq!(broken(size(width, height), Validation::Relaxed).await, []);
    }
    assert_eq!(broken(size(3001, 0), Validation::Relaxed).await.len(), 2);
}

#[tokio::test]
async fn all_broken_rules_come_back_at_once() {
    let update = UpdatePlayer::new("", 0).video_options(VideoOptions::pixels(0, 3001)).volume(201).repeat_times(-2);
    let error = client(&ok()).call(update).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "zego-cloud-player UpdatePlayer: invalid request: PlayerId must not be empty [Z01]; \
         Sequence must be in 1..=9007199254740991, given 0 [Z02]; \
         VideoOptions.Width must be in 1..=3000, given 0 [Z07]; \
         VideoOptions.Height must be in 1..=3000, given 3001 [Z07]; \
         AudioOptions.Volume must be in 0..=200, given 201 [Z12]; \
         RepeatTimes must be in -1..=2147483647, given -2 [Z13]"
    );
}

#[test]
fn doubtful_but_legal_requests_are_warned_about() {
    use livecloud_core::{Checks, Operation as _};
    let account = super::account();
    let warned = |update: UpdatePlayer| {
        let mut checks = Checks::new(&account, std::time::UNIX_EPOCH, Validation::Strict);
        update.check(&mut checks);
        assert_eq!(checks.violations(), []);
        checks.warnings().iter().map(|warning| warning.id).collect::<Vec<_>>()
    };
    assert_eq!(warned(update()), ["Z06"]);
    assert_eq!(warned(documented_sample()), ["Z14"]);
    let mut one_side = VideoOptions::default();
    one_side.width = Some(360);
    assert_eq!(warned(update().video_options(one_side)), ["Z08"]);
    assert_eq!(warned(size(2, 2).video_options(VideoOptions::pixels(2, 2).short_edge(2))), ["Z15"]);
    assert_eq!(warned(update().pause()), [""; 0]);
}
