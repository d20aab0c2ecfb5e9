use livecloud_core::test_util::{ReplayTransport, Step};
use zego_cloud_player::{DescribePlayers, DescribeUploadTasks, ErrorKind, Pages, PlayerStatus};

use super::client;

fn page(next: &str, id: &str) -> Step {
    Step::json(format!(r#"{{"Code":0,"Data":{{"NextPageToken":"{next}","Players":[{{"PlayerId":"{id}"}}]}}}}"#))
}

#[tokio::test]
async fn all_pages_are_walked_through_with_the_same_filters() {
    let transport = ReplayTransport::new([page("t2", "a"), page("t3", "b"), page("", "c")]);
    let describe = DescribePlayers::new().room_id("r").page_size(1).status(PlayerStatus::Playing);
    let mut pages = Pages::new(&client(&transport), describe);
    let mut ids = Vec::new();
    while let Some(page) = pages.next_page().await.unwrap() {
        ids.extend(page.players.into_iter().filter_map(|player| player.player_id));
    }
    assert_eq!(ids, ["a", "b", "c"]);
    assert_eq!(pages.next_page().await.unwrap(), None);
    let sent: Vec<_> = transport.requests().iter().map(livecloud_core::test_util::Sent::json).collect();
    assert_eq!(sent.len(), 3);
    for (body, token) in sent.iter().zip([None, Some("t2"), Some("t3")]) {
        assert_eq!(body.get("PageToken").and_then(|token| token.as_str()), token);
        assert_eq!((&body["RoomId"], &body["PageSize"], &body["Status"]), (&"r".into(), &1.into(), &4.into()));
    }
}

#[tokio::test]
async fn a_token_that_comes_again_ends_the_walk_with_an_error() {
    // At once, after a while, and the one that the walk began with.
    for (first, next) in [(None, vec!["x", "x"]), (None, vec!["x", "y", "x"]), (Some("x"), vec!["x"])] {
        let transport = ReplayTransport::new(next.iter().map(|next| page(next, "a")));
        let mut describe = DescribePlayers::new();
        describe.page_token = first.map(str::to_owned);
        let mut pages = Pages::new(&client(&transport), describe);
        // The page that leads back is handed out: its entries are as good as any.
        for _ in &next {
            assert!(pages.next_page().await.unwrap().is_some());
        }
        let error = pages.next_page().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.to_string().contains("came a second time"), "{error}");
        assert_eq!(pages.next_page().await.unwrap(), None, "the walk is over");
        assert_eq!(transport.requests().len(), next.len());
    }
}

#[tokio::test]
async fn a_walk_goes_on_after_a_failed_call() {
    let refused = Step::json(r#"{"Code":350006003,"Message":"m"}"#);
    let transport = ReplayTransport::new([page("t2", "a"), refused, page("", "b")]);
    let mut pages = Pages::new(&client(&transport), DescribePlayers::new().page_token(""));
    assert!(pages.next_page().await.unwrap().is_some());
    assert!(pages.next_page().await.is_err());
    assert!(pages.next_page().await.unwrap().is_some());
    assert_eq!(pages.next_page().await.unwrap(), None);
    let sent = transport.requests();
    assert_eq!((&sent[1].json()["PageToken"], &sent[2].json()["PageToken"]), (&"t2".into(), &"t2".into()));
}

#[tokio::test]
async fn uploads_come_in_pages_too() {
    let transport = ReplayTransport::new([
        Step::json(r#"{"Code":0,"Data":{"NextPageToken":"2","UploadTasks":[{}]}}"#),
        Step::json(r#"{"Code":0,"Data":{"UploadTasks":[{}]}}"#),
    ]);
    let client = client(&transport);
    // Not tied to a task's stack: a walk can be moved into a spawned one.
    let walk = async move {
        let mut pages = Pages::new(&client, DescribeUploadTasks::new());
        let mut count = 0;
        while let Some(page) = pages.next_page().await? {
            count += page.upload_tasks.len();
        }
        Ok::<_, zego_cloud_player::Error>(count)
    };
    assert_eq!(tokio::spawn(walk).await.unwrap().unwrap(), 2);
}
