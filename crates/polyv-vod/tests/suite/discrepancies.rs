//! Where the vendor's own sources disagree, and where its clients go wrong: what this crate does.

use livecloud_core::test_util::{ReplayTransport, Step};
use livecloud_core::{Operation as _, Validation};
use polyv_vod::{
    AddCategoryV3, CreateChildPlaysafeToken, CreatePlaysafeToken, DeleteVideo, GetVideo, InitUpload, ListCategories,
    ListNewVideos, ListVideosV3, MoveVideosToCategory, OPERATIONS, REGISTRY, SearchVideos, SetCoverImageUrl,
    UpdateVideoInfoV3,
};

use super::{OK, SECRET, SECRET_KEY, USER_ID, VID, client_of, failure, full_account, refusal};

/// Every operation's request, with everything its catalogue knows.
async fn all_sent() -> Vec<(&'static str, livecloud_core::test_util::Sent)> {
    let mut all = Vec::new();
    for entry in REGISTRY {
        let name = entry.meta().name;
        let path = format!("{}/tests/suite/catalog/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let row: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let transport = ReplayTransport::always(Step::json(OK));
        let client = polyv_vod::Client::builder(full_account()).transport(transport.clone());
        let client = client.validation(Validation::Off).build().unwrap();
        // that answer fits some operations only
        let _ = entry.call(&client, row["input"].clone()).await;
        all.push((name, transport.requests().remove(0)));
    }
    all
}

#[tokio::test]
async fn no_secret_is_sent_and_no_parameter_of_another_interface() {
    for (name, sent) in all_sent().await {
        let request = format!("{} {}", sent.request().uri(), String::from_utf8_lossy(sent.request().body()));
        for never in ["secretKey", "requestId", "jsonp", "format=", SECRET, SECRET_KEY] {
            assert!(!request.contains(never), "{name} sends {never}");
        }
        let is_v2 = sent.path().starts_with("/v2/");
        assert_eq!(request.contains("ptime"), is_v2, "{name}: the time of the main account's interface");
        assert!(!sent.path().contains("//"), "{name}: {}", sent.path());
        assert_eq!(sent.request().uri().scheme_str(), Some("https"), "{name}");
    }
}

#[tokio::test]
async fn the_userid_is_signed_only_where_it_is_a_parameter() {
    for (name, sent) in all_sent().await {
        let is_parameter = sent.names().iter().any(|name| name.ends_with(" userid") || name.ends_with(" userId"));
        let in_path = sent.path().contains(USER_ID);
        let expected = matches!(name, "SearchVideos" | "UpdateCategoryProfileV3" | "CreatePlaysafeToken");
        assert_eq!((is_parameter, is_parameter && in_path), (expected, false), "{name}");
    }
}

#[tokio::test]
async fn categories_of_sub_accounts_are_cate_id_and_those_of_the_main_account_cataid() {
    let transport = ReplayTransport::always(Step::json(OK));
    let client = client_of(full_account(), &transport);
    let _ = client.call(ListVideosV3::new().cate_id("1")).await;
    client.call(MoveVideosToCategory::new([VID], "1")).await.unwrap();
    let sent = transport.requests();
    assert_eq!((sent[0].query("cateId").as_deref(), sent[0].query("cataId")), (Some("1"), None));
    assert_eq!(sent[1].form("cataid").as_deref(), Some("1"));
}

#[tokio::test]
async fn moments_of_lists_are_milliseconds_and_days_are_texts() {
    use livecloud_core::wire::{BeijingDate, UnixMillis};

    let transport = ReplayTransport::always(Step::json(OK));
    let client = client_of(full_account(), &transport);
    let _ = client.call(ListVideosV3::new().start_time(UnixMillis(1_700_000_000_123))).await;
    let _ = client.call(ListNewVideos::new().start_date(BeijingDate::new(2024, 5, 1))).await;
    assert_eq!(transport.requests()[0].query("startTime").as_deref(), Some("1700000000123"));
    assert_eq!(transport.requests()[1].form("startDate").as_deref(), Some("2024-05-01"));
    for sent in transport.requests() {
        assert!(!sent.names().iter().any(|name| name.ends_with("pageNum") || name.ends_with("numPerPage")));
    }
}

#[tokio::test(start_paused = true)]
async fn what_the_fixed_operations_do_not_sign_is_sent_all_the_same() {
    let transport = ReplayTransport::always(Step::json(OK));
    let client = client_of(full_account(), &transport);
    client.call(ListCategories::new()).await.unwrap();
    client.call(ListCategories::new().cataid("7")).await.unwrap();
    let [without, with] = transport.requests().try_into().unwrap();
    assert_eq!(with.form("cataid").as_deref(), Some("7"));
    assert_eq!(without.form("ptime"), with.form("ptime"));
    assert_eq!(without.form("sign"), with.form("sign"));
}

#[tokio::test]
async fn refusals_are_known_by_their_inner_code_whatever_the_outer_one_says() {
    for http in [400, 403] {
        let transport = ReplayTransport::always(failure(http, 104, "invalid signature"));
        let error =
            client_of(full_account(), &transport).call(UpdateVideoInfoV3::new(VID).title("t")).await.unwrap_err();
        assert!(error.is_auth(), "{http}");
    }
}

#[tokio::test(start_paused = true)]
async fn every_repeat_is_signed_afresh() {
    for refused in ["ptime is too old.", "PTIME IS ILLEGAL"] {
        let transport = ReplayTransport::new([
            refusal(400, refused).header("date", "Tue, 14 Nov 2023 23:13:20 GMT"),
            Step::json(OK),
        ]);
        let deleted = client_of(full_account(), &transport).call(DeleteVideo::new([VID])).await;
        deleted.unwrap();
        let [first, second] = transport.requests().try_into().unwrap();
        assert_ne!(first.form("ptime"), second.form("ptime"));
        assert_ne!(first.form("sign"), second.form("sign"));
    }
}

#[tokio::test(start_paused = true)]
async fn what_creates_something_is_not_repeated_when_its_answer_is_lost() {
    for meta in OPERATIONS {
        let creates = matches!(meta.name, "AddCategoryV3" | "InitUpload");
        assert_eq!(!meta.idempotency.is_repeatable(), creates, "{}", meta.name);
    }
    assert!(!AddCategoryV3::META.idempotency.is_repeatable());
}

#[tokio::test]
async fn a_resumed_upload_sends_no_title_of_its_own() {
    let transport = ReplayTransport::always(Step::json(r#"{"code":200,"data":{"vid":"v"}}"#));
    let client = client_of(full_account(), &transport);
    client.call(InitUpload::new(7).vid(VID)).await.unwrap();
    client.call(InitUpload::new(7)).await.unwrap();
    let [resumed, new] = transport.requests().try_into().unwrap();
    assert_eq!((resumed.form("autoid").as_deref(), resumed.form("title")), (Some("0"), None));
    assert_eq!((new.form("autoid").as_deref(), new.form("vid")), (Some("1"), None));
}

#[test]
fn tokens_live_seconds_in_the_question_and_milliseconds_in_the_answer() {
    let ask = CreatePlaysafeToken::new(VID, "v").expires(600);
    assert_eq!(ask.meta().name, "CreatePlaysafeToken");
    let answer: polyv_vod::PlaysafeToken = serde_json::from_str(r#"{"token":"t","ttl":600000}"#).unwrap();
    assert_eq!((ask.expires, answer.ttl), (Some(600), Some(600_000)));
    assert_eq!(CreateChildPlaysafeToken::new(VID, "v").expires, None);
}

#[tokio::test]
async fn secure_addresses_of_covers_are_refused_here_because_the_vendor_cannot_fetch_them() {
    let transport = ReplayTransport::always(Step::json(OK));
    let cover = SetCoverImageUrl::new("https://a/b.png").vids([VID]);
    assert!(client_of(full_account(), &transport).call(cover).await.is_err());
    assert!(transport.requests().is_empty());
}

#[tokio::test(start_paused = true)]
async fn chinese_refusals_are_read_and_kept() {
    let transport = ReplayTransport::always(refusal(403, "用户的视频下找不到该视频."));
    let error = client_of(full_account(), &transport).call(GetVideo::new(VID)).await.unwrap_err();
    assert_eq!(error.message(), Some("用户的视频下找不到该视频."));
    let transport = ReplayTransport::always(refusal(500, "获取失败."));
    let error = client_of(full_account(), &transport).call(SearchVideos::new()).await.unwrap_err();
    assert_eq!(error.category(), Some(livecloud_core::Category::Transient));
}
