use std::future::poll_fn;
use std::pin::{Pin, pin};

use livecloud_core::futures_core::Stream;
use livecloud_core::test_util::{ReplayTransport, Step};
use livecloud_core::{Draft, Error, ErrorKind, Meta, Operation, Paged, Pages, Turn};
use serde::Deserialize;

use super::toy::{Toy, client, code};

#[derive(Debug)]
struct List {
    page: u64,
}

#[derive(Debug, Deserialize)]
struct Page {
    pages: Option<u64>,
    ids: Vec<u64>,
}

impl Operation for List {
    type Vendor = Toy;
    type Output = Page;

    fn meta(&self) -> &Meta {
        const META: Meta = Meta::get("List").safe();
        &META
    }
    fn profile(&self) {}
    fn write(&self, _: &Toy, draft: &mut Draft) -> Result<(), Error> {
        draft.query.push("page", self.page.to_string());
        Ok(())
    }
}

impl Paged for List {
    type Item = u64;

    fn turn(&mut self, page: &Page) -> Turn {
        let turn = Turn::numbered(self.page, 2, page.pages, &page.ids);
        self.page += 1;
        turn
    }
    fn items(page: Page) -> Vec<u64> {
        page.ids
    }
}

fn page(ids: &[u64]) -> Step {
    Step::json(format!(r#"{{"code":0,"data":{{"ids":{ids:?}}}}}"#))
}

fn pages(transport: &ReplayTransport) -> Pages<List> {
    Pages::new(&client(transport), List { page: 1 })
}

fn asked(transport: &ReplayTransport) -> Vec<String> {
    transport.requests().iter().map(|sent| sent.query("page").unwrap_or_default()).collect()
}

async fn next<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    poll_fn(|cx| Pin::new(&mut *stream).poll_next(cx)).await
}

#[tokio::test]
async fn entries_come_page_after_page_until_a_short_one() {
    let transport = ReplayTransport::new([page(&[1, 2]), page(&[3, 4]), page(&[5])]);
    assert_eq!(pages(&transport).items().collect().await.unwrap(), [1, 2, 3, 4, 5]);
    assert_eq!(asked(&transport), ["1", "2", "3"]);
}

#[tokio::test]
async fn a_page_that_comes_again_is_handed_out_and_then_the_walk_fails() {
    let transport = ReplayTransport::always(page(&[1, 2]));
    let mut items = pages(&transport).items();
    for expected in [1, 2, 1, 2] {
        assert_eq!(items.next().await.unwrap(), Some(expected));
    }
    let error = items.next().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(items.next().await.unwrap(), None, "the walk is over");
    assert_eq!(asked(&transport), ["1", "2"]);
}

#[tokio::test]
async fn a_walk_goes_on_where_a_call_failed_but_a_stream_ends() {
    let transport = ReplayTransport::new([page(&[1, 2]), code(6), page(&[3])]);
    let mut walk = pages(&transport).items();
    assert_eq!((walk.next().await.unwrap(), walk.next().await.unwrap()), (Some(1), Some(2)));
    assert!(walk.next().await.is_err());
    assert_eq!(walk.next().await.unwrap(), Some(3));
    assert_eq!(asked(&transport), ["1", "2", "2"]);

    let transport = ReplayTransport::always(code(6));
    let mut stream = pages(&transport).items();
    assert!(next(&mut stream).await.unwrap().is_err());
    assert!(next(&mut stream).await.is_none());
    let mut stream = pages(&transport);
    assert!(next(&mut stream).await.unwrap().is_err());
    assert!(next(&mut stream).await.is_none());
    assert_eq!(transport.requests().len(), 2);
}

#[tokio::test]
async fn a_page_that_nobody_waited_for_is_not_lost() {
    let transport = ReplayTransport::new([page(&[1, 2]).after(std::time::Duration::from_secs(1)), page(&[3])]);
    tokio::time::pause();
    let mut walk = pages(&transport);
    {
        // Started, then dropped before the reply came.
        let waiting = pin!(walk.next_page());
        assert!(tokio::time::timeout(std::time::Duration::from_millis(10), waiting).await.is_err());
    }
    assert_eq!(walk.next_page().await.unwrap().unwrap().ids, [1, 2]);
    assert_eq!(walk.next_page().await.unwrap().unwrap().ids, [3]);
    assert_eq!(asked(&transport), ["1", "2"]);
}

#[tokio::test]
async fn both_are_streams_that_a_task_can_own() {
    let transport = ReplayTransport::new([page(&[1, 2]), page(&[3])]);
    let mut stream = pages(&transport);
    let count = tokio::spawn(async move {
        let mut count = 0;
        while let Some(page) = next(&mut stream).await {
            count += page.unwrap().ids.len();
        }
        count
    });
    assert_eq!(count.await.unwrap(), 3);
}
