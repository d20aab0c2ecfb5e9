use anyrtc_recording::recording::{Ending, Files};
use anyrtc_recording::{Class, Delivery, FileList, TrackType, UploadingStatus};
use livecloud_core::TransportErrorKind;
use livecloud_core::test_util::Step;
use tokio::time::Instant;

use super::{coded, individual, methods, not_found, running, seconds};
use crate::CNAME;

/// An answer with that `serverResponse`.
fn response(http: u16, members: &str) -> Step {
    Step::reply(http, format!(r#"{{"Code":{http},"Body":{{"sid":"s-1","serverResponse":{{{members}}}}}}}"#))
}

fn seen() -> Step {
    response(200, r#""status":5,"fileList":"seen.m3u8""#)
}

fn predicted() -> Vec<String> {
    vec![format!("s-1_{CNAME}.m3u8")]
}

#[tokio::test(start_paused = true)]
async fn the_answer_tells_files_and_upload_as_text_and_as_array() {
    let array = r#""uploadingStatus":"backuped","fileList":[{"filename":"a.m3u8","uid":"0"},{"filename":"a.mp4"}]"#;
    for (members, names, upload) in [
        (r#""uploadingStatus":"uploaded","fileList":"told.m3u8""#, vec!["told.m3u8"], UploadingStatus::Uploaded),
        (array, vec!["a.m3u8", "a.mp4"], UploadingStatus::Backuped),
    ] {
        let (transport, recording) = running([seen(), response(200, members)]).await;
        let outcome = recording.stop().await.unwrap();
        assert!(matches!(outcome.files, Files::Told(_)), "{outcome:?}");
        assert_eq!(outcome.files.names().collect::<Vec<_>>(), names);
        assert_eq!((outcome.ending, outcome.is_complete()), (Ending::Stopped, upload == UploadingStatus::Uploaded));
        assert_eq!(outcome.uploading_status, Some(upload));
        assert_eq!(outcome.predicted, predicted());
        assert!(outcome.answer.is_some() && outcome.refusal.is_none());
        assert_eq!(methods(&transport), ["acquire", "start", "query", "stop"]);
        assert_eq!(transport.requests()[3].json()["clientRequest"], serde_json::json!({}));
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_without_files_does_not_hide_those_that_were_seen() {
    for members in [r#""uploadingStatus":"uploaded""#, r#""fileList":[]"#, r#""fileList":"""#] {
        let (_, recording) = running([seen(), response(200, members)]).await;
        let outcome = recording.stop().await.unwrap();
        assert_eq!(outcome.files, Files::Seen(FileList::Name("seen.m3u8".into())), "{members}");
    }
    let (_, recording) = running([not_found(), response(200, "")]).await;
    assert_eq!(recording.stop().await.unwrap().files, Files::Told(FileList::None));
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_is_asked_for_again_and_the_files_are_those_seen_before() {
    for lost in [Step::hang(), Step::fail(TransportErrorKind::Interrupted), Step::reply(504, ""), coded(206, 65)] {
        for over in [vec![coded(400, 49)], vec![coded(400, 501)], vec![not_found(); 6]] {
            let calls = 4 + over.len();
            let (transport, recording) = running([seen(), lost.clone()].into_iter().chain(over)).await;
            let outcome = recording.stop().await.unwrap();
            assert_eq!((outcome.ending, outcome.uploading_status.as_ref()), (Ending::AnswerLost, None));
            assert_eq!(outcome.files.names().collect::<Vec<_>>(), ["seen.m3u8"]);
            assert_eq!(outcome.predicted, predicted());
            assert!(outcome.refusal.is_some() && !outcome.is_complete());
            assert_eq!(methods(&transport).len(), calls);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_repeat_that_still_finds_it_running_tells_everything() {
    let stopped = response(200, r#""fileList":"told.m3u8""#);
    let (_, recording) = running([seen(), Step::reply(502, "<html>"), Step::reply(500, ""), stopped]).await;
    let begin = Instant::now();
    let outcome = recording.stop().await.unwrap();
    assert_eq!((outcome.ending, begin.elapsed()), (Ending::Stopped, seconds(3 + 6)));
    assert_eq!(outcome.files, Files::Told(FileList::Name("told.m3u8".into())));
}

#[tokio::test(start_paused = true)]
async fn what_ended_before_is_over_with_the_files_that_are_known() {
    for over in [coded(400, 49), coded(400, 501)] {
        let (_, recording) = running([not_found(), over]).await;
        let outcome = recording.stop().await.unwrap();
        assert_eq!((outcome.ending, &outcome.files), (Ending::AlreadyOver, &Files::Unknown));
        assert_eq!(outcome.predicted, predicted());
    }
    let (transport, recording) = running([not_found()].into_iter().chain(vec![not_found(); 6])).await;
    let begin = Instant::now();
    assert_eq!(recording.stop().await.unwrap().ending, Ending::AlreadyOver);
    assert_eq!((begin.elapsed(), methods(&transport).len()), (seconds(90), 2 + 1 + 6));

    // It was only on its way to another server, even if an answer got lost before.
    for first in [not_found(), Step::reply(504, "")] {
        let (_, recording) = running([not_found(), first, not_found(), response(200, r#""fileList":"a""#)]).await;
        assert_eq!(recording.stop().await.unwrap().ending, Ending::Stopped);
    }
}

#[tokio::test(start_paused = true)]
async fn a_recording_of_nobody_is_a_result() {
    let (_, recording) = running([not_found(), coded(206, 435)]).await;
    let outcome = recording.stop().await.unwrap();
    assert_eq!((outcome.ending, &outcome.files), (Ending::NothingRecorded, &Files::Told(FileList::None)));
    assert!(outcome.predicted.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_206_that_says_nothing_is_not_repeated_and_keeps_its_body() {
    let (transport, recording) = running([seen(), Step::reply(206, r#"{"Code":206,"Body":{"sid":"s-1"}}"#)]).await;
    let outcome = recording.stop().await.unwrap();
    assert_eq!((outcome.ending, methods(&transport).len()), (Ending::Unclear, 4));
    let refusal = outcome.refusal.unwrap();
    assert_eq!(Class::of(&refusal), Some(Class::Unexpected));
    assert_eq!(refusal.reply_excerpt(), Some(&br#"{"Code":206,"Body":{"sid":"s-1"}}"#[..]));
    assert_eq!(outcome.files.names().collect::<Vec<_>>(), ["seen.m3u8"]);

    let (_, recording) = running([seen(), Step::reply(206, r#"{"Code":206,"Bo"#), coded(400, 49)]).await;
    assert_eq!(recording.stop().await.unwrap().ending, Ending::AnswerLost, "half an answer may have been any");
}

#[tokio::test(start_paused = true)]
async fn a_failure_gives_the_recording_back_to_be_stopped_again() {
    for step in [coded(400, 1003), coded(400, 432), Step::reply(401, "")] {
        let (_, recording) = running([seen(), step, seen(), response(200, r#""fileList":"told""#)]).await;
        let failed = recording.stop().await.unwrap_err();
        assert_eq!(failed.error.delivery(), Delivery::Answered);
        assert_eq!(failed.files.names().collect::<Vec<_>>(), ["seen.m3u8"]);
        assert!(failed.to_string().starts_with("the recording may still run: "), "{failed}");
        assert_eq!(failed.recording.stop().await.unwrap().ending, Ending::Stopped);
    }
    let (transport, recording) = running([seen()].into_iter().chain(vec![Step::reply(500, ""); 4])).await;
    let begin = Instant::now();
    let failed = recording.stop().await.unwrap_err();
    assert_eq!((failed.error.delivery(), begin.elapsed()), (Delivery::Unknown, seconds(18)));
    assert_eq!(methods(&transport).len(), 2 + 1 + 4);
}

#[tokio::test(start_paused = true)]
async fn the_look_at_the_files_holds_nothing_up_for_long() {
    let (_, recording) = running([Step::hang(), response(200, r#""fileList":"a""#)]).await;
    let begin = Instant::now();
    assert_eq!(recording.stop().await.unwrap().ending, Ending::Stopped);
    assert_eq!(begin.elapsed(), seconds(3));
}

#[tokio::test(start_paused = true)]
async fn a_slow_stop_is_waited_for() {
    let (_, recording) = running([seen(), response(200, r#""fileList":"a""#).after(seconds(59))]).await;
    assert_eq!(recording.stop().await.unwrap().ending, Ending::Stopped);
}

#[tokio::test(start_paused = true)]
async fn individual_recordings_have_a_name_for_each_user_and_predict_no_list() {
    let recording = individual([not_found(), coded(400, 49)]).await;
    let name = recording.predicted_name("7", &TrackType::Audio);
    assert_eq!(name, format!("a/s-1_{CNAME}__uid_s_7__uid_e_audio.m3u8"));
    assert!(recording.stop().await.unwrap().predicted.is_empty());
}
