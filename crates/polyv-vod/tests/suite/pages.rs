use livecloud_core::Pages;
use livecloud_core::test_util::{ReplayTransport, Step};
use polyv_vod::{Account, Client, ErrorKind, GetCategoryV3, ListNewVideos, ListVideosV3, SearchVideos};
use serde_json::json;

use super::full_account;

fn client(transport: &ReplayTransport) -> Client {
    Client::builder(full_account()).transport(transport.clone()).build().unwrap()
}

fn page(number: u64, pages: u64, vids: &[&str]) -> Step {
    let contents: Vec<_> = vids.iter().map(|vid| json!({"vid": vid})).collect();
    let data =
        json!({"pageNumber": number, "pageSize": "2", "totalPages": pages, "totalItems": 3, "contents": contents});
    Step::json(json!({"code": 200, "status": "success", "error": "", "data": data}).to_string())
}

#[tokio::test]
async fn a_list_is_walked_page_by_page_with_its_filters() {
    let transport = ReplayTransport::new([page(1, 2, &["a", "b"]), page(2, 2, &["c"])]);
    let list = ListVideosV3::new().title("x").page_size(2);
    let videos = Pages::new(&client(&transport), list).items().collect().await.unwrap();
    assert_eq!(videos.iter().map(|video| video.vid.as_deref().unwrap()).collect::<Vec<_>>(), ["a", "b", "c"]);
    let asked: Vec<_> = transport.requests().iter().map(|sent| (sent.query("page"), sent.query("title"))).collect();
    assert_eq!(asked, [(Some("1".into()), Some("x".into())), (Some("2".into()), Some("x".into()))]);
}

#[tokio::test]
async fn whole_lists_say_how_large_a_page_is() {
    let transport = ReplayTransport::always(Step::json(r#"{"code":200,"status":"success","error":"","data":[]}"#));
    let client = client(&transport);
    Pages::new(&client, ListVideosV3::new()).next_page().await.unwrap();
    Pages::new(&client, SearchVideos::new().page(3)).next_page().await.unwrap();
    Pages::new(&client, ListNewVideos::new().page_size(7)).next_page().await.unwrap();
    let said = |index: usize, name| {
        let sent = &transport.requests()[index];
        sent.query(name).or_else(|| sent.form(name))
    };
    let pages = [0, 1, 2].map(|index| (said(index, "page").unwrap(), said(index, "pageSize").unwrap()));
    assert_eq!(pages.map(|(page, size)| format!("{page} {size}")), ["1 20", "3 20", "1 7"]);
}

#[tokio::test]
async fn a_search_that_repeats_a_page_fails_rather_than_walk_in_a_circle() {
    let transport = ReplayTransport::always(page(1, 9, &["a", "b"]));
    let mut pages = Pages::new(&client(&transport), SearchVideos::new());
    assert!(pages.next_page().await.unwrap().is_some());
    assert!(pages.next_page().await.unwrap().is_some());
    assert_eq!(pages.next_page().await.unwrap_err().kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn bare_lists_end_with_a_short_page() {
    let bare = |vids: &[&str]| {
        let data: Vec<_> = vids.iter().map(|vid| json!({"vid": vid, "status": "60", "times": 7})).collect();
        Step::json(json!({"code": 200, "status": "success", "message": "", "data": data}).to_string())
    };
    let transport = ReplayTransport::new([bare(&["a", "b"]), bare(&["c"])]);
    let list = ListNewVideos::new().page_size(2);
    let videos = Pages::new(&client(&transport), list).items().collect().await.unwrap();
    assert_eq!((videos.len(), videos[2].times), (3, Some(7)));
    assert_eq!(transport.requests()[1].form("page").as_deref(), Some("2"));
}

#[tokio::test]
async fn children_of_a_category_end_with_their_number() {
    let children = |total: u64, ids: &[&str]| {
        let list: Vec<_> = ids.iter().map(|id| json!({"cateId": id})).collect();
        let data = json!({"category": {"cateId": 1}, "subCategoryTotal": total, "subCategories": list});
        Step::json(json!({"code": 200, "error": null, "data": data}).to_string())
    };
    let transport = ReplayTransport::new([children(3, &["2", "3"]), children(3, &["4"])]);
    let client = Client::builder(Account::sub("a", "s")).transport(transport.clone()).build().unwrap();
    let nodes = Pages::new(&client, GetCategoryV3::new("1").page_size(2)).items().collect().await.unwrap();
    assert_eq!(nodes.len(), 3);
    assert_eq!(transport.requests().len(), 2);
}
