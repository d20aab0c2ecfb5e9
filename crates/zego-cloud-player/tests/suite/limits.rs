//! The rules of the operations other than `UpdatePlayer`, at their boundaries.

use std::fmt::Debug;
use std::time::{Duration, UNIX_EPOCH};

use livecloud_core::{Checks, Operation, Validation};
use zego_cloud_player::{
    Account, AudioCodec, CancelUploadTask, CreateAudioOptions, CreatePlayer, CreateUploadTask, CreateVideoOptions,
    DeletePlayer, DescribePlayers, DescribeUploadTasks, PlayerSource, PlayerStatus, RenderMode, SoundChannel,
    StreamData, UploadTaskStatus, VideoCodec, VideoSize,
};

use super::{NOW_MS, account, broken, url};

const NOW: i64 = 1_615_186_943;

fn create() -> CreatePlayer {
    CreatePlayer::new("https://a/1.mp4", "r")
}

fn picture(options: CreateVideoOptions) -> CreatePlayer {
    create().video_options(options)
}

fn size(width: u32, height: u32) -> CreatePlayer {
    picture(CreateVideoOptions::sized(VideoSize::pixels(width, height)))
}

fn video() -> CreateVideoOptions {
    CreateVideoOptions::new()
}

fn sound(options: CreateAudioOptions) -> CreatePlayer {
    create().audio_options(options)
}

fn audio() -> CreateAudioOptions {
    CreateAudioOptions::new()
}

fn list(urls: impl IntoIterator<Item = String>) -> CreatePlayer {
    CreatePlayer::new(PlayerSource::playlist(urls), "r")
}

fn upload() -> CreateUploadTask {
    CreateUploadTask::new("a.mp4", "https://a/1.mp4")
}

async fn passes<O: Operation<Vendor = Account> + Clone + Debug>(operations: impl IntoIterator<Item = O>) {
    for operation in operations {
        for validation in [Validation::Strict, Validation::Relaxed] {
            assert_eq!(broken(operation.clone(), validation).await, [], "{operation:?}");
        }
    }
}

/// Refused under Strict and Relaxed, let through under Off.
async fn refused<O: Operation<Vendor = Account> + Clone + Debug>(
    cases: impl IntoIterator<Item = (O, &'static str, &'static str)>,
) {
    for (operation, path, rule) in cases {
        for validation in [Validation::Strict, Validation::Relaxed] {
            let found = broken(operation.clone(), validation).await;
            assert_eq!(found, [(path.to_owned(), rule)], "{operation:?}");
        }
        assert_eq!(broken(operation, Validation::Off).await, [], "{path} {rule} under Off");
    }
}

/// Refused under Strict only.
async fn refused_when_strict<O: Operation<Vendor = Account> + Clone + Debug>(
    cases: impl IntoIterator<Item = (O, &'static str, &'static str)>,
) {
    for (operation, path, rule) in cases {
        let found = broken(operation.clone(), Validation::Strict).await;
        assert_eq!(found, [(path.to_owned(), rule)], "{operation:?}");
        for validation in [Validation::Relaxed, Validation::Off] {
            assert_eq!(broken(operation.clone(), validation).await, [], "{path} {rule} under {validation:?}");
        }
    }
}

fn warned(operation: &impl Operation<Vendor = Account>, validation: Validation) -> Vec<&'static str> {
    let account = account();
    let mut checks = Checks::new(&account, UNIX_EPOCH + Duration::from_millis(NOW_MS), validation);
    operation.check(&mut checks);
    assert_eq!(checks.violations(), []);
    checks.warnings().iter().map(|warning| warning.id).collect()
}

#[tokio::test]
async fn creations_pass_up_to_every_boundary() {
    passes(vec![
        create(),
        CreatePlayer::new(url(1024), "r"),
        CreatePlayer::new(PlayerSource::single("HTTP://a").backup(url(1024)), "r"),
        list(vec![url(500); 100]),
        list([url(1025)]),
        CreatePlayer::new("https://a", "r".repeat(128)),
        CreatePlayer::new("https://a", "房间 1"),
        create().stream_id("a-b_1Z".to_owned() + &"x".repeat(250)),
        create().stream_id("s"),
        create().player_name(""),
        create().player_name("名".repeat(21) + "x"),
        size(1, 1),
        size(2, 3000),
        picture(CreateVideoOptions::sized(VideoSize::AudioOnly)),
        picture(video().short_edge(0)),
        picture(video().short_edge(2160)),
        picture(video().video_bitrate(1).fps(1)),
        picture(video().video_bitrate(50_000).fps(30)),
        sound(audio().audio_bitrate(1).volume(0)),
        sound(audio().audio_bitrate(192).volume(200)),
        create().play_time(0),
        create().play_time(NOW),
        create().play_time(NOW - 86_400 - 60),
        create().play_time(NOW + 1800 + 60),
        create().repeat_times(-1),
        create().repeat_times(1),
        create().repeat_times(i32::MAX),
        create().max_idle_time(5),
        create().max_idle_time(3000),
        create().delay_destroy_seconds(0),
        create().delay_destroy_seconds(3600),
        create().stream_data(StreamData::every_ms(1)),
    ])
    .await;
}

#[tokio::test]
async fn every_documented_codec_mode_and_channel_passes() {
    for codec in [0, 2, 3] {
        passes([picture(video().video_codec(VideoCodec::from(codec)))]).await;
    }
    for codec in [0, 1, 6] {
        passes([sound(audio().audio_codec(AudioCodec::from(codec)))]).await;
    }
    passes([picture(video().render_mode(RenderMode::Fit)), picture(video().render_mode(RenderMode::Crop))]).await;
    let channels = [SoundChannel::Mono, SoundChannel::Stereo, SoundChannel::Other(2)];
    passes(channels.map(|channel| sound(audio().sound_channel(channel)))).await;
}

#[tokio::test]
async fn creations_beyond_a_hard_limit_are_refused() {
    let mut neither = create();
    neither.stream_url = None;
    let mut both = create();
    both.stream_url_list = Some(vec!["https://a".into()]);
    refused(vec![
        (neither, "StreamUrl", "Z16"),
        (both, "StreamUrlList", "Z05"),
        (CreatePlayer::new(url(1025), "r"), "StreamUrl", "Z03"),
        (CreatePlayer::new("rtmp://a/b", "r"), "StreamUrl", "Z03"),
        (CreatePlayer::new(PlayerSource::single("https://a").backup(url(1025)), "r"), "BackupStreamUrl", "Z03"),
        (CreatePlayer::new(PlayerSource::single("https://a").backup("a.mp4"), "r"), "BackupStreamUrl", "Z03"),
        (list([]), "StreamUrlList", "Z04"),
        (list(vec![url(20); 101]), "StreamUrlList", "Z04"),
        (list([url(50_001)]), "StreamUrlList", "Z04"),
        (list(["ftp://a".to_owned()]), "StreamUrlList[0]", "Z04"),
        (CreatePlayer::new("https://a", ""), "RoomId", "Z18"),
        (CreatePlayer::new("https://a", "r".repeat(129)), "RoomId", "Z18"),
        (create().stream_id(""), "StreamId", "Z19"),
        (create().stream_id("x".repeat(257)), "StreamId", "Z19"),
        (create().stream_id("a.b"), "StreamId", "Z19"),
        (create().stream_id("流"), "StreamId", "Z19"),
        (create().player_name("x".repeat(65)), "PlayerName", "Z20"),
        (create().player_name("名".repeat(22)), "PlayerName", "Z20"),
        (size(0, 2), "VideoOptions.Width", "Z07"),
        (size(2, 3001), "VideoOptions.Height", "Z07"),
        (picture(video().short_edge(2161)), "VideoOptions.ShortEdge", "Z10"),
        (picture(video().video_bitrate(0)), "VideoOptions.VideoBitrate", "Z09"),
        (picture(video().video_bitrate(50_001)), "VideoOptions.VideoBitrate", "Z09"),
        (picture(video().fps(0)), "VideoOptions.Fps", "Z21"),
        (picture(video().fps(31)), "VideoOptions.Fps", "Z21"),
        (picture(video().video_codec(VideoCodec::Other(1))), "VideoOptions.VideoCodec", "Z27"),
        (picture(video().render_mode(RenderMode::Other(2))), "VideoOptions.RenderMode", "Z27"),
        (sound(audio().audio_codec(AudioCodec::Other(2))), "AudioOptions.AudioCodec", "Z27"),
        (sound(audio().sound_channel(SoundChannel::Other(0))), "AudioOptions.SoundChannel", "Z27"),
        (sound(audio().sound_channel(SoundChannel::Other(3))), "AudioOptions.SoundChannel", "Z27"),
        (sound(audio().audio_bitrate(0)), "AudioOptions.AudioBitrate", "Z11"),
        (sound(audio().audio_bitrate(193)), "AudioOptions.AudioBitrate", "Z11"),
        (sound(audio().volume(201)), "AudioOptions.Volume", "Z12"),
        (create().repeat_times(0), "RepeatTimes", "Z22"),
        (create().repeat_times(-2), "RepeatTimes", "Z22"),
        (create().play_time(-1), "PlayTime", "Z23"),
        (create().play_time(NOW * 1000), "PlayTime", "Z23"),
    ])
    .await;
}

#[tokio::test]
async fn creations_beyond_a_limit_that_gives_way_are_refused_when_strict() {
    let mut stray = list([url(20)]);
    stray.backup_stream_url = Some("https://b".into());
    refused_when_strict([
        (stray, "BackupStreamUrl", "Z17"),
        (size(361, 2), "VideoOptions.Width", "Z07"),
        (size(2, 2999), "VideoOptions.Height", "Z07"),
        (create().play_time(1), "PlayTime", "Z23"),
        (create().play_time(NOW - 86_400 - 61), "PlayTime", "Z23"),
        (create().play_time(NOW + 1800 + 61), "PlayTime", "Z23"),
        (create().play_time(NOW + 86_400), "PlayTime", "Z23"),
        (create().max_idle_time(4), "MaxIdleTime", "Z24"),
        (create().max_idle_time(3001), "MaxIdleTime", "Z24"),
        (create().delay_destroy_seconds(3601), "DelayDestroySeconds", "Z25"),
    ])
    .await;
}

#[test]
fn doubtful_creations_are_warned_about() {
    let strict = |create: CreatePlayer| warned(&create, Validation::Strict);
    assert_eq!(strict(create().max_idle_time(600)), [""; 0]);
    assert_eq!(strict(create().max_idle_time(601)), ["Z24"]);
    assert_eq!(strict(create().max_idle_time(2999)), ["Z24"]);
    assert_eq!(strict(create().max_idle_time(3000)), [""; 0]);
    assert_eq!(strict(create().stream_data(StreamData::every_ms(0))), ["Z26"]);
    assert_eq!(strict(list([url(1025)])), ["Z04"]);
    let mut one_side = video();
    one_side.width = Some(360);
    assert_eq!(strict(picture(one_side)), ["Z08"]);
    assert_eq!(strict(picture(CreateVideoOptions::sized(VideoSize::pixels(2, 2)).short_edge(2))), ["Z15"]);
    assert_eq!(warned(&create().delay_destroy_seconds(3601), Validation::Relaxed), ["Z25"]);
    assert_eq!(warned(&upload().retention_days(8), Validation::Relaxed), ["Z33"]);
}

#[tokio::test]
async fn ids_are_needed_to_delete_and_to_cancel() {
    passes([DeletePlayer::new("p")]).await;
    refused([(DeletePlayer::new(""), "PlayerId", "Z01")]).await;
    passes([CancelUploadTask::new("t")]).await;
    refused([(CancelUploadTask::new(""), "UploadTaskId", "Z30")]).await;
}

#[tokio::test]
async fn lists_are_limited_by_room_page_and_status() {
    let all = DescribePlayers::new;
    passes([all().room_id(""), all().room_id("r".repeat(128)), all().page_size(1), all().page_size(50)]).await;
    passes((1..=8).map(|status| all().status(PlayerStatus::from(status)))).await;
    refused([
        (all().room_id("r".repeat(129)), "RoomId", "Z18"),
        (all().page_size(0), "PageSize", "Z28"),
        (all().page_size(51), "PageSize", "Z28"),
    ])
    .await;
    refused_when_strict([0, 9].map(|status| (all().status(PlayerStatus::Other(status)), "Status", "Z29"))).await;

    let all = DescribeUploadTasks::new;
    passes([all(), all().page_size(1), all().page_size(50)]).await;
    passes((0..=7).map(|status| all().status(UploadTaskStatus::from(status)))).await;
    refused([(all().page_size(0), "PageSize", "Z28"), (all().page_size(51), "PageSize", "Z28")]).await;
    refused_when_strict([-1, 8].map(|status| (all().status(UploadTaskStatus::Other(status)), "Status", "Z29"))).await;
}

#[tokio::test]
async fn uploads_are_limited_by_title_address_days_and_check_sum() {
    let titled = |title: String| CreateUploadTask::new(title, "https://a/1.mp4");
    passes(["mp3", "mp4", "flv", "wav", "aac", "flac", "MP4"].map(|suffix| titled(format!("a.{suffix}")))).await;
    passes([
        titled("x".repeat(96) + ".mp4"),
        titled("名".repeat(32) + ".mp4"),
        CreateUploadTask::new("a.mp4", url(1024)),
        upload().retention_days(1),
        upload().retention_days(7),
        upload().content_md5("1B2M2Y8AsgTpgAmY7PhCfg=="),
    ])
    .await;
    refused([
        (titled(String::new()), "Title", "Z31"),
        (titled("x".repeat(97) + ".mp4"), "Title", "Z31"),
        (titled("名".repeat(33) + ".mp4"), "Title", "Z31"),
        (CreateUploadTask::new("a.mp4", url(1025)), "StreamUrl", "Z03"),
        (CreateUploadTask::new("a.mp4", "/a.mp4"), "StreamUrl", "Z03"),
        (upload().retention_days(0), "RetentionDays", "Z33"),
        (upload().content_md5("d41d8cd98f00b204e9800998ecf8427e"), "ContentMd5", "Z34"),
        (upload().content_md5("ZDQxZDhjZDk4ZjAwYjIwNGU5ODAwOTk4ZWNmODQyN2U="), "ContentMd5", "Z34"),
        (upload().content_md5("1B2M2Y8AsgTpgAmY7PhCfg"), "ContentMd5", "Z34"),
        (upload().content_md5(""), "ContentMd5", "Z34"),
    ])
    .await;
    refused_when_strict([
        (titled("a.m3u8".to_owned()), "Title", "Z32"),
        (titled("mp4".to_owned()), "Title", "Z32"),
        (upload().retention_days(8), "RetentionDays", "Z33"),
    ])
    .await;
}
