//! Lists that come in pages, as streams.

mod page;

use std::collections::HashSet;
use std::fmt;
use std::future::{Future, poll_fn};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use crate::client::Client;
use crate::error::Error;
use crate::operation::Operation;

pub use page::Page;

/// An operation that asks for one page of a list.
pub trait Paged: Operation + 'static {
    /// One entry of the list.
    type Item: Send;

    /// Fills in what a walk over all pages must say and a single call need not, such as the size of a page where the
    /// vendor's default is not to be relied on. [`Pages::new`] calls it once; by default it does nothing.
    fn begin(&mut self) {}

    /// The token this request starts from, where the vendor's pages have tokens.
    fn token(&self) -> Option<&str> {
        None
    }

    /// Turns this request to the page after `page`, and says whether there may be one.
    fn turn(&mut self, page: &Self::Output) -> Turn;

    /// The entries of a page.
    fn items(page: Self::Output) -> Vec<Self::Item>;
}

/// Whether a list goes on after a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// What tells the page from all others of its list; none after the last one.
    mark: Option<u64>,
}

impl Turn {
    /// That was the last page.
    pub const END: Self = Self { mark: None };

    /// The list goes on. `mark` is what no two pages of a list share: the token of the next page, or the ids of this
    /// one. If it comes a second time, the vendor leads in a circle.
    #[must_use]
    pub fn next(mark: impl Hash) -> Self {
        Self { mark: Some(hash(mark)) }
    }

    /// After page `number` (the first is 1) with these entries, for vendors that count pages.
    ///
    /// The vendor's own number of pages decides, where it came and this page is among them. Without it a page that is
    /// shorter than the `size` asked for is the last. An empty page always is.
    #[must_use]
    pub fn numbered<I>(number: u64, size: u64, pages: Option<u64>, ids: I) -> Self
    where
        I: IntoIterator<Item: Hash>,
    {
        let mut hasher = DefaultHasher::new();
        let mut count = 0_u64;
        for id in ids {
            id.hash(&mut hasher);
            count += 1;
        }
        let more = pages.filter(|pages| *pages >= number).map_or(count >= size, |pages| number < pages);
        if count > 0 && more { Self { mark: Some(hasher.finish()) } } else { Self::END }
    }
}

fn hash(mark: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    mark.hash(&mut hasher);
    hasher.finish()
}

/// Walks through the pages of a list, one call a page, within the operation's quota.
///
/// [`next_page`](Self::next_page) hands out page by page; [`items`](Self::items) makes entry by entry of it. Both are
/// streams, too. The list may change between two pages: an entry may come twice, or be missed.
///
/// A page that comes a second time would lead in a circle: it is handed out, and the step after it fails with an error
/// of kind [`Decode`](crate::ErrorKind::Decode). After a failed call `next_page` may be called again: the walk stays
/// where it was. As a stream it ends after an error.
#[must_use = "nothing is asked until the first page is"]
pub struct Pages<O: Paged> {
    client: Client<O::Vendor>,
    step: Step<O>,
    seen: HashSet<u64>,
    /// Whether the stream, which ends after an error, has had one.
    failed: bool,
}

type Asking<O> = Pin<Box<dyn Future<Output = (O, Result<<O as Operation>::Output, Error>)> + Send>>;

enum Step<O: Paged> {
    /// The request for the next page.
    Ask(O),
    /// A call under way. It is kept here, so that nothing is lost when a waiting `next_page` is dropped.
    Asking(Asking<O>),
    /// The last page was seen before.
    Circle,
    End,
}

impl<O: Paged> Pages<O> {
    /// From the page that `operation` asks for, with its filters for all pages.
    pub fn new(client: &Client<O::Vendor>, mut operation: O) -> Self {
        operation.begin();
        let seen = operation.token().filter(|token| !token.is_empty()).map(hash).into_iter().collect();
        Self { client: client.clone(), step: Step::Ask(operation), seen, failed: false }
    }

    /// The next page, or none after the last one.
    pub async fn next_page(&mut self) -> Result<Option<O::Output>, Error> {
        poll_fn(|cx| self.poll_page(cx)).await
    }

    /// The entries of all pages, one after the other.
    pub fn items(self) -> Items<O> {
        Items { pages: self, page: Vec::new().into_iter() }
    }

    fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<O::Output>, Error>> {
        loop {
            match &mut self.step {
                Step::End => return Poll::Ready(Ok(None)),
                Step::Circle => {
                    self.step = Step::End;
                    let circle = "a page came a second time: the pages lead in a circle";
                    return Poll::Ready(Err(Error::decode(circle, &Bytes::new())));
                }
                Step::Ask(_) => {
                    // `End` stands in only until the next line.
                    let Step::Ask(operation) = std::mem::replace(&mut self.step, Step::End) else { continue };
                    let client = self.client.clone();
                    self.step = Step::Asking(Box::pin(async move {
                        let page = client.call(&operation).await;
                        (operation, page)
                    }));
                }
                Step::Asking(call) => {
                    let (mut operation, page) = ready!(call.as_mut().poll(cx));
                    let turned = page.map(|page| (operation.turn(&page), page));
                    self.step = match &turned {
                        Err(_) => Step::Ask(operation),
                        Ok((Turn { mark: None }, _)) => Step::End,
                        Ok((Turn { mark: Some(mark) }, _)) if self.seen.insert(*mark) => Step::Ask(operation),
                        Ok(_) => Step::Circle,
                    };
                    return Poll::Ready(turned.map(|(_, page)| Some(page)));
                }
            }
        }
    }
}

/// Nothing in here is pinned in place: the call under way has a box of its own.
impl<O: Paged> Unpin for Pages<O> {}

impl<O: Paged> Stream for Pages<O> {
    type Item = Result<O::Output, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.failed {
            return Poll::Ready(None);
        }
        let page = ready!(self.poll_page(cx));
        self.failed = page.is_err();
        Poll::Ready(page.transpose())
    }
}

/// The entries of a list, page after page; from [`Pages::items`].
#[must_use = "nothing is asked until the first entry is"]
pub struct Items<O: Paged> {
    pages: Pages<O>,
    page: std::vec::IntoIter<O::Item>,
}

impl<O: Paged> Items<O> {
    /// The next entry, or none after the last one. After a failed call it may be called again.
    pub async fn next(&mut self) -> Result<Option<O::Item>, Error> {
        poll_fn(|cx| self.poll_item(cx)).await
    }

    /// All that are left. Mind the memory: a list may be long.
    pub async fn collect(mut self) -> Result<Vec<O::Item>, Error> {
        let mut all = Vec::new();
        while let Some(item) = self.next().await? {
            all.push(item);
        }
        Ok(all)
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<O::Item>, Error>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Ok(Some(item)));
            }
            match ready!(self.pages.poll_page(cx))? {
                Some(page) => self.page = O::items(page).into_iter(),
                None => return Poll::Ready(Ok(None)),
            }
        }
    }
}

impl<O: Paged> Unpin for Items<O> {}

impl<O: Paged> Stream for Items<O> {
    type Item = Result<O::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.pages.failed {
            return Poll::Ready(None);
        }
        let item = ready!(self.poll_item(cx));
        self.pages.failed = item.is_err();
        Poll::Ready(item.transpose())
    }
}

impl<O: Paged> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("client", &self.client).finish_non_exhaustive()
    }
}

impl<O: Paged> fmt::Debug for Items<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("pages", &self.pages).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vendors_number_of_pages_decides_where_it_came() {
        let ids = ["a", "b"];
        assert_ne!(Turn::numbered(1, 2, Some(2), ids), Turn::END);
        assert_ne!(Turn::numbered(1, 10, Some(2), ids), Turn::END, "short, but not the last");
        assert_eq!(Turn::numbered(2, 2, Some(2), ids), Turn::END);
    }

    #[test]
    fn without_it_a_short_page_is_the_last_and_an_empty_one_always() {
        assert_ne!(Turn::numbered(1, 2, None, ["a", "b"]), Turn::END);
        assert_eq!(Turn::numbered(1, 3, None, ["a", "b"]), Turn::END);
        assert_eq!(Turn::numbered(1, 0, Some(9), [""; 0]), Turn::END);
    }

    #[test]
    fn pages_with_other_entries_have_other_marks() {
        assert_ne!(Turn::numbered(1, 1, None, ["a"]), Turn::numbered(2, 1, None, ["b"]));
        assert_eq!(Turn::numbered(1, 1, None, ["a"]), Turn::numbered(2, 1, None, ["a"]));
    }
}
