//! Where events go.

use livecloud_core::test_util::{ReplayTransport, Step, capture_logs};
use livecloud_core::{ErrorKind, Validation};
use polyv_live::{
    Client, GetCallbackSetting, GetGlobalCallback, RecordFileCallback, SetPlaybackCallback, SetRecordCallback,
    SetStreamCallback, UpdateCallbackSetting, UpdateGlobalCallback,
};
use serde_json::json;

use super::{account, client, ok};

fn with_user(transport: &ReplayTransport) -> Client {
    Client::builder(account().user_id("1b448be323")).transport(transport.clone()).build().unwrap()
}

#[tokio::test]
async fn an_address_of_the_account_is_set_or_left_out_to_switch_it_off() {
    let transport = ok();
    let client = with_user(&transport);
    client.call(SetStreamCallback::new().url("https://h/s?a=1&b=2")).await.unwrap();
    client.call(SetRecordCallback::new().url("https://h/r")).await.unwrap();
    client.call(SetPlaybackCallback::new()).await.unwrap();
    let told: Vec<_> = transport
        .requests()
        .iter()
        .map(|sent| (sent.path().to_owned(), sent.form("url").unwrap_or_default()))
        .collect();
    let told: Vec<_> = told.iter().map(|(path, url)| (path.as_str(), url.as_str())).collect();
    assert_eq!(
        told,
        [
            ("/live/v2/user/1b448be323/set-stream-callback", "https://h/s?a=1&b=2"),
            ("/live/v2/user/1b448be323/set-record-callback", "https://h/r"),
            ("/live/v2/user/1b448be323/set-playback-callback", ""),
        ]
    );
    let error = super::client(&ok()).call(SetStreamCallback::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
}

#[tokio::test]
async fn a_channels_addresses_are_read_and_kept_when_one_changes() {
    let data = json!({
        "recordCallbackUrl": "https://h/r", "playbackCallbackUrl": "", "streamCallbackUrl": null,
        "liveScanCallbackUrl": "https://h/l", "recordCallbackVideoType": "m3u8,mp4", "playbackCacheCallbackUrl": "https://h/c",
        "pptRecordCallbackUrl": "https://h/p", "globalSettingEnabled": "N", "new": 1,
    });
    let transport = ReplayTransport::always(Step::json(json!({"code": 200, "data": data}).to_string()));
    let client = client(&transport);
    let setting = client.call(GetCallbackSetting::new("7")).await.unwrap();
    assert_eq!(setting.global_setting_enabled.map(livecloud_core::wire::YesNo::is_yes), Some(false));
    client.call(UpdateCallbackSetting::of("7", &setting).stream_callback_url("https://h/s")).await.unwrap();
    let sent = &transport.requests()[1];
    let mut fields = sent.form_pairs();
    fields.retain(|(name, _)| name.contains("Callback"));
    fields.sort();
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        fields,
        [
            pair("liveScanCallbackUrl", "https://h/l"),
            pair("playbackCacheCallbackUrl", "https://h/c"),
            pair("pptRecordCallbackUrl", "https://h/p"),
            pair("recordCallbackUrl", "https://h/r"),
            pair("recordCallbackVideoType", "m3u8,mp4"),
            pair("streamCallbackUrl", "https://h/s"),
        ]
    );
}

#[tokio::test]
async fn the_accounts_addresses_travel_as_json_and_an_empty_one_arrives() {
    let transport = ok();
    let update = UpdateGlobalCallback::new()
        .stream_callback_url("https://h/s")
        .record_callback_url("")
        .record_callback_video_type(["mp4"])
        .record_file_call_back_type(RecordFileCallback::Last)
        .rebirth_vod_callback_enabled(true);
    client(&transport).call(update).await.unwrap();
    assert_eq!(
        transport.requests()[0].json(),
        json!({"streamCallbackUrl": "https://h/s", "recordCallbackUrl": "", "recordCallbackVideoType": "mp4",
            "recordFileCallBackType": "last", "rebirthVodCallbackEnabled": "Y"})
    );
    let data = json!({"code": 200, "data": {"recordFileCallBackType": "some", "recordCallbackVideoType": "mp4"}});
    let read = client_of(&data.to_string()).call(GetGlobalCallback::new()).await.unwrap();
    assert_eq!(read.record_file_call_back_type, Some(RecordFileCallback::Other("some".into())));
    assert_eq!(read.record_callback_video_type.unwrap().0, ["mp4"]);
}

fn client_of(body: &str) -> Client {
    client(&ReplayTransport::always(Step::json(body.to_owned())))
}

#[test]
fn addresses_are_absolute_and_kinds_of_files_are_known() {
    let client = with_user(&ok());
    let rules = |error: polyv_live::Error| -> Vec<_> {
        error.violations().iter().map(|found| (found.path.clone(), found.id)).collect()
    };
    let (channel, account) = (|| UpdateCallbackSetting::new("7"), UpdateGlobalCallback::new);
    for url in ["", "h/s", "ftp://h", "https://", "https://h /s"] {
        assert_eq!(rules(client.prepare(SetStreamCallback::new().url(url)).unwrap_err()), [("url".to_owned(), "L65")]);
        let error = client.prepare(channel().subtitle_callback_url(url)).unwrap_err();
        assert_eq!(rules(error), [("subtitleCallbackUrl".to_owned(), "L65")], "{url}");
        let outcome = client.prepare(account().live_stats_callback_url(url));
        assert_eq!(outcome.is_ok(), url.is_empty(), "{url}");
        assert!(!format!("{outcome:?}").contains("h /s"), "addresses are not repeated");
    }
    for kinds in [&[][..], &["flv"], &["mp4", "flv"]] {
        let kinds = kinds.to_vec();
        let error = client.prepare(channel().record_callback_video_type(kinds.clone())).unwrap_err();
        assert_eq!(rules(error), [("recordCallbackVideoType".to_owned(), "L67")]);
        assert!(client.prepare(account().record_callback_video_type(kinds)).is_err());
    }
    let other = account().record_file_call_back_type(RecordFileCallback::Other("x".into()));
    assert_eq!(rules(client.prepare(other).unwrap_err()), [("recordFileCallBackType".to_owned(), "L67")]);
    assert_eq!(rules(client.prepare(UpdateCallbackSetting::new("x")).unwrap_err()), [("channelId".to_owned(), "L01")]);
    assert_eq!(rules(client.prepare(GetCallbackSetting::new("x")).unwrap_err()), [("channelId".to_owned(), "L01")]);
    let off = Client::builder(with_user_id()).transport(ok()).validation(Validation::Off).build().unwrap();
    assert!(off.prepare(SetStreamCallback::new().url("h/s")).is_ok());
}

fn with_user_id() -> polyv_live::Account {
    account().user_id("1b448be323")
}

#[test]
fn an_update_that_switches_everything_off_or_nothing_is_a_warning() {
    let log =
        |operation: UpdateCallbackSetting| capture_logs(|| async { client(&ok()).call(operation).await.unwrap() }).1;
    assert!(log(UpdateCallbackSetting::new("7")).contains("L68"));
    assert!(!log(UpdateCallbackSetting::new("7").stream_callback_url("https://h")).contains("L68"));
    let long = format!("https://h/{}", "x".repeat(246));
    assert!(log(UpdateCallbackSetting::new("7").stream_callback_url(long.clone())).contains("L66"));
    assert!(!log(UpdateCallbackSetting::new("7").stream_callback_url(&long[..255])).contains("L66"));
    let (_, empty) = capture_logs(|| async { client(&ok()).call(UpdateGlobalCallback::new()).await.unwrap() });
    assert!(empty.contains("L06"), "{empty}");
}
