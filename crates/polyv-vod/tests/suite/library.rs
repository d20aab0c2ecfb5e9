//! Rules of the operations at their boundaries.

use livecloud_core::test_util::{ReplayTransport, Step, capture_logs};
use livecloud_core::wire::{BeijingDate, BeijingTime, UnixMillis};
use livecloud_core::{FilePart, Operation};
use polyv_vod::{
    Account, AddCategoryV3, CreatePlaysafeToken, CreationOrder, DeleteCategoryV3, DeleteType, DeleteVideo,
    DeleteVideoV3, EncryptLevel, GetCategoryV3, GetUploadToken, GetVideo, GetVideoInfo, GetVideoInfoV3, InitUpload,
    ListCategories, ListNewVideos, ListVideosV3, MoveVideosToCategory, SearchOrder, SearchVideos, SetCoverImageUrl,
    UpdateCategoryProfileV3, UpdateCategoryV3, UpdateVideoCategoryV3, UploadCoverImage, UploadLine, Validation,
};

use super::{OK, VID, client_of, full_account};

/// `(rule, path)` of every broken rule; nothing was sent where there is one.
async fn broken<O: Operation<Vendor = Account> + Clone>(
    operation: O,
    validation: Validation,
) -> Vec<(&'static str, String)> {
    let transport = ReplayTransport::always(Step::json(OK));
    let outcome = client_of(full_account(), &transport).call(&operation).validation(validation).await;
    let Err(error) = outcome else { return Vec::new() };
    let broken: Vec<_> = error.violations().iter().map(|violation| (violation.id, violation.path.clone())).collect();
    assert_eq!(transport.requests().len(), usize::from(broken.is_empty()), "{error}");
    broken
}

async fn strict<O: Operation<Vendor = Account> + Clone>(operation: O) -> Vec<(&'static str, String)> {
    broken(operation, Validation::Strict).await
}

fn rule(id: &'static str, path: &str) -> Vec<(&'static str, String)> {
    vec![(id, path.to_owned())]
}

/// What is warned about while it is sent.
fn warned<O: Operation<Vendor = Account> + Clone>(operation: O) -> String {
    let transport = ReplayTransport::always(Step::json(OK));
    let client = client_of(full_account(), &transport);
    // that answer fits some operations only
    let (_, log) = capture_logs(|| async { client.call(&operation).await.is_ok() });
    log.lines().filter(|line| line.contains("WARN")).collect()
}

#[tokio::test]
async fn ids_must_not_be_blank_in_any_operation() {
    assert_eq!(strict(GetVideo::new(" ")).await, rule("V01", "vid"));
    assert_eq!(strict(DeleteVideoV3::new("")).await, rule("V01", "vid"));
    assert_eq!(strict(GetCategoryV3::new("")).await, rule("V01", "cateId"));
    assert_eq!(strict(AddCategoryV3::new("\t")).await, rule("V01", "name"));
    assert_eq!(strict(UpdateCategoryV3::new("1", "")).await, rule("V01", "cateName"));
    assert_eq!(strict(UpdateCategoryV3::new("", "n")).await, rule("V01", "cateId"));
    assert_eq!(strict(DeleteCategoryV3::new("")).await, rule("V01", "cateId"));
    assert_eq!(strict(UpdateCategoryProfileV3::new(" ")).await, rule("V01", "cateId"));
    assert_eq!(strict(MoveVideosToCategory::new([VID], "")).await, rule("V01", "cataid"));
    assert_eq!(strict(CreatePlaysafeToken::new(VID, " ")).await, rule("V01", "viewerId"));
    assert_eq!(strict(CreatePlaysafeToken::new("", "v")).await, rule("V01", "videoId"));
}

#[tokio::test]
async fn lists_of_ids_have_one_to_their_limit_and_no_commas() {
    let many = |count| vec![VID; count];
    assert_eq!(strict(GetVideoInfo::new(many(100))).await, []);
    assert_eq!(strict(GetVideoInfo::new(many(101))).await, rule("V05", "vid"));
    assert_eq!(strict(DeleteVideo::new(many(500))).await, []);
    assert_eq!(strict(DeleteVideo::new(many(501))).await, rule("V05", "vid"));
    assert_eq!(strict(GetVideoInfoV3::new(many(501))).await, [], "no limit is documented");
    for bad in [vec![], vec![""], vec!["a,b"], vec![VID, " "]] {
        assert_eq!(strict(DeleteVideo::new(bad.clone())).await, rule("V05", "vid"));
        assert_eq!(strict(UpdateVideoCategoryV3::new(bad.clone()).cate_id("1")).await, rule("V05", "vids"));
        assert_eq!(strict(MoveVideosToCategory::new(bad, "1")).await, rule("V05", "vids"));
    }
    assert_eq!(strict(SearchVideos::new().status([""; 0])).await, rule("V05", "status"));
}

#[tokio::test]
async fn optional_texts_are_left_out_rather_than_blank() {
    assert_eq!(strict(ListVideosV3::new().title(" ").cate_id("").uploader("\n")).await.len(), 3);
    assert_eq!(strict(SearchVideos::new().tag("")).await, rule("V03", "tag"));
    assert_eq!(strict(ListCategories::new().cataid(" ")).await, rule("V03", "cataid"));
    assert_eq!(strict(ListNewVideos::new().catatree("")).await, rule("V03", "catatree"));
    assert_eq!(strict(AddCategoryV3::new("n").parent_id("")).await, rule("V03", "parentId"));
    assert_eq!(strict(InitUpload::new(1).state("")).await, rule("V03", "state"));
    assert_eq!(strict(CreatePlaysafeToken::new(VID, "v").viewer_ip(" ")).await, rule("V03", "viewerIp"));
}

#[tokio::test]
async fn pages_count_from_one_and_hold_at_most_a_thousand() {
    assert_eq!(strict(ListVideosV3::new().page(1).page_size(1000)).await, []);
    assert_eq!(strict(ListVideosV3::new().page(0)).await, rule("V06", "page"));
    assert_eq!(strict(SearchVideos::new().page_size(1001)).await, rule("V06", "pageSize"));
    assert_eq!(strict(ListNewVideos::new().page_size(0)).await, rule("V06", "pageSize"));
    assert_eq!(strict(GetCategoryV3::new("1").page(0)).await, rule("V06", "page"));
}

#[tokio::test]
async fn moments_have_13_digits_and_texts_are_dates() {
    let at = |millis| ListVideosV3::new().start_time(UnixMillis(millis));
    for good in [1_000_000_000_000, 9_999_999_999_999] {
        assert_eq!(strict(at(good)).await, []);
    }
    for bad in [0, 999_999_999_999, 10_000_000_000_000] {
        assert_eq!(strict(at(bad)).await, rule("V07", "startTime"));
        assert_eq!(broken(at(bad), Validation::Relaxed).await, []);
    }
    assert_eq!(broken(at(-1), Validation::Relaxed).await, rule("V07", "startTime"));
    assert_eq!(strict(SearchVideos::new().end_modify_time(UnixMillis(1))).await, rule("V07", "endModifyTime"));
    let new = ListNewVideos::new;
    assert_eq!(strict(new().start_date(BeijingDate::new(2024, 2, 29))).await, []);
    assert_eq!(strict(new().end_date(BeijingDate::new(2023, 2, 29))).await, rule("V09", "endDate"));
    assert_eq!(strict(new().start_time(BeijingTime::from("2024-05-01 23:59:59"))).await, []);
    for bad in ["2024-05-01 24:00:00", "2024-05-01 10:00", "2024-05-01"] {
        assert_eq!(strict(new().start_time(BeijingTime::from(bad))).await, rule("V09", "startTime"));
    }
}

#[tokio::test]
async fn words_are_the_vendors_under_strict() {
    assert_eq!(strict(ListVideosV3::new().sort(CreationOrder::Desc)).await, []);
    assert_eq!(strict(ListVideosV3::new().sort("newest".into())).await, rule("V08", "sort"));
    assert_eq!(broken(ListVideosV3::new().sort("newest".into()), Validation::Relaxed).await, []);
    assert_eq!(strict(SearchVideos::new().sort(SearchOrder::from("x"))).await, rule("V08", "sort"));
    assert_eq!(strict(SearchVideos::new().filters(["basicInfo", "everything"])).await, rule("V08", "filters"));
    assert_eq!(strict(GetVideoInfoV3::new([VID]).filter(["snapshotInfo"])).await, []);
    assert_eq!(
        strict(UpdateCategoryProfileV3::new("1").encrypt_level(EncryptLevel::from("x"))).await,
        rule("V08", "encryptLevel")
    );
    assert_eq!(strict(GetUploadToken::new().upload_line(UploadLine::from("line3"))).await, rule("V08", "uploadLine"));
    let third = DeleteVideo::new([VID]).delete_type(DeleteType::Other(3));
    assert_eq!(strict(third.clone()).await, rule("V08", "deleteType"));
    assert_eq!(broken(third, Validation::Relaxed).await, []);
}

#[tokio::test]
async fn covers_say_what_they_cover_and_come_by_http_or_as_a_named_file() {
    let by = |url: &str| SetCoverImageUrl::new(url).vids([VID]);
    assert_eq!(strict(by("http://a/b.png")).await, []);
    assert_eq!(strict(by("https://a/b.png")).await, rule("V11", "fileUrl"));
    assert_eq!(strict(by("HTTPS://a/b.png")).await, rule("V11", "fileUrl"));
    assert_eq!(strict(by("b.png")).await, rule("V11", "fileUrl"));
    assert_eq!(strict(SetCoverImageUrl::new("http://a/b.png")).await, rule("V10", "vids"));
    assert_eq!(strict(SetCoverImageUrl::new("http://a/b.png").cataids(["1"])).await, []);
    let file = |name: &str, content: &'static [u8]| UploadCoverImage::new(FilePart::new(name, content)).vids([VID]);
    assert_eq!(strict(file("c.png", b"x")).await, []);
    assert_eq!(strict(file(" ", b"x")).await, rule("V12", "image"));
    assert_eq!(strict(file("c.png", b"")).await, rule("V12", "image"));
}

#[tokio::test]
async fn an_upload_has_bytes_and_a_token_lives_a_second_at_least() {
    assert_eq!(strict(InitUpload::new(0)).await, rule("V13", "filesize"));
    assert_eq!(strict(CreatePlaysafeToken::new(VID, "v").expires(0)).await, rule("V15", "expires"));
    assert_eq!(strict(InitUpload::new(1).vid("")).await, rule("V01", "vid"));
}

#[test]
fn what_is_odd_but_allowed_is_warned_about() {
    assert!(warned(GetVideo::new("odd")).contains("V02"));
    assert!(warned(DeleteVideo::new(["fbcde123450f1e2d3c4b5a69788796a5_f"])).contains("V02"), "another account's");
    assert!(warned(UpdateVideoCategoryV3::new([VID])).contains("V04"));
    assert!(warned(SetCoverImageUrl::new("http://a/b").vids([VID]).cataids(["1"])).contains("V10"));
    assert!(warned(InitUpload::new(1).vid(VID).title("t")).contains("V14"));
    assert_eq!(warned(InitUpload::new(1).vid(VID)), "");
}
