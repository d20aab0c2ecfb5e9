use livecloud_core::test_util::capture_logs;
use polyv_vod::{Delivery, ErrorKind, UpdateVideoInfoV3, Validation};

use super::{VID, account, client, documented_sample, ok};

/// `(path, rule id)` of every violation; empty when the request was sent.
async fn broken(update: UpdateVideoInfoV3, validation: Validation) -> Vec<(String, &'static str)> {
    let transport = ok();
    let outcome = client(&transport).call(update).validation(validation).await;
    let sent = transport.requests().len();
    match outcome {
        Ok(_) => {
            assert_eq!(sent, 1);
            Vec::new()
        }
        Err(error) => {
            assert_eq!((sent, error.kind(), error.delivery()), (0, ErrorKind::Invalid, Delivery::NotSent));
            error.violations().iter().map(|violation| (violation.path.clone(), violation.id)).collect()
        }
    }
}

/// What is logged while the update is sent.
fn warned(update: &UpdateVideoInfoV3) -> String {
    let (sent, log) = capture_logs(|| async { client(&ok()).call(update.clone()).await });
    sent.unwrap();
    log.lines().filter(|line| line.contains("WARN")).collect()
}

#[tokio::test]
async fn the_documented_sample_and_texts_of_any_length_pass() {
    let long = "长".repeat(10_000);
    for update in
        [documented_sample(), UpdateVideoInfoV3::new(VID), UpdateVideoInfoV3::new(VID).title("x").describ(long)]
    {
        assert_eq!(broken(update, Validation::Strict).await, []);
    }
}

#[tokio::test]
async fn blank_texts_are_refused_and_left_out_under_off() {
    for validation in [Validation::Strict, Validation::Relaxed] {
        for blank in ["", "  ", "\t\n"] {
            for (update, path, rule) in [
                (UpdateVideoInfoV3::new(blank).title("x"), "vid", "V01"),
                (UpdateVideoInfoV3::new(VID).title(blank), "title", "V03"),
                (UpdateVideoInfoV3::new(VID).describ(blank), "describ", "V03"),
                (UpdateVideoInfoV3::new(VID).tag(blank), "tag", "V03"),
                (UpdateVideoInfoV3::new(VID).publish_url(blank), "publishUrl", "V03"),
            ] {
                assert_eq!(broken(update.clone(), validation).await, [(path.to_owned(), rule)], "{update:?}");
                assert_eq!(broken(update, Validation::Off).await, [], "{path} under Off");
            }
        }
    }
}

#[tokio::test]
async fn all_broken_rules_come_back_at_once() {
    let update = UpdateVideoInfoV3::new("").title("").describ(" ").tag("").publish_url("");
    let error = client(&ok()).call(update).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "polyv-vod UpdateVideoInfoV3: invalid request: vid must not be blank [V01]; \
         title must not be blank; leave it out instead [V03]; describ must not be blank; leave it out instead [V03]; \
         tag must not be blank; leave it out instead [V03]; publishUrl must not be blank; leave it out instead [V03]"
    );
}

#[test]
fn a_strange_video_id_and_an_empty_update_are_warned_about_and_sent() {
    assert_eq!(warned(&UpdateVideoInfoV3::new(VID).title("x")), "");
    for vid in ["xxx", "abcde123450f1e2d3c4b5a69788796a5_b", "ABCDE123450f1e2d3c4b5a69788796a5_A", "短_短"] {
        assert!(warned(&UpdateVideoInfoV3::new(vid).title("x")).contains("V02"), "{vid}");
    }
    assert!(warned(&UpdateVideoInfoV3::new(VID)).contains("V04"));
}

#[test]
fn a_video_of_another_account_is_warned_about_where_the_account_is_known() {
    let log = |user_id: &str| {
        let transport = ok();
        let account = account().with_main(user_id, "key");
        let client = polyv_vod::Client::builder(account).transport(transport).build().unwrap();
        capture_logs(|| async { client.call(UpdateVideoInfoV3::new(VID).title("x")).await.unwrap() }).1
    };
    assert!(!log("abcde12345").contains("V02"));
    assert!(log("ffffffffff").contains("V02"));
}
