//! Lists that come in pages.

use std::collections::HashSet;

use livecloud_core::{Error, Operation};

use crate::operations::{DescribePlayers, DescribeUploadTasks, PlayersPage, UploadTasksPage};
use crate::{Account, Client};

/// A list that comes in pages: [`DescribePlayers`] and [`DescribeUploadTasks`].
pub trait Paged: Operation<Vendor = Account> + sealed::Sealed {}

mod sealed {
    pub trait Sealed: livecloud_core::Operation {
        fn token(&mut self) -> &mut Option<String>;
        fn next(page: &Self::Output) -> Option<&str>;
    }
}

impl Paged for DescribePlayers {}
impl Paged for DescribeUploadTasks {}

impl sealed::Sealed for DescribePlayers {
    fn token(&mut self) -> &mut Option<String> {
        &mut self.page_token
    }
    fn next(page: &PlayersPage) -> Option<&str> {
        page.next_page_token.as_deref()
    }
}

impl sealed::Sealed for DescribeUploadTasks {
    fn token(&mut self) -> &mut Option<String> {
        &mut self.page_token
    }
    fn next(page: &UploadTasksPage) -> Option<&str> {
        page.next_page_token.as_deref()
    }
}

/// Walks through the pages of a list, one call a page, within the operation's quota.
///
/// The list may change between two pages. A token that comes a second time would lead in a circle: it ends the walk with
/// an error of kind [`Decode`](crate::ErrorKind::Decode). A call that failed may be tried again: the walk stays where it
/// was.
///
/// It is no `Stream`, which would take another dependency: `futures::stream::try_unfold` makes one of it in a line, with
/// `next_page` for its step.
///
/// ```
/// # use livecloud_core::test_util::{ReplayTransport, Step};
/// # use zego_cloud_player::{Account, Client};
/// use zego_cloud_player::{DescribePlayers, Pages};
///
/// # async fn run() -> Result<(), zego_cloud_player::Error> {
/// # let transport = ReplayTransport::new([
/// #     Step::json(r#"{"Code":0,"Data":{"NextPageToken":"2","Players":[{"PlayerId":"a"}]}}"#),
/// #     Step::json(r#"{"Code":0,"Data":{"NextPageToken":"","Players":[{"PlayerId":"b"}]}}"#),
/// # ]);
/// # let client = Client::builder(Account::new(1, "secret")).transport(transport).build()?;
/// let mut pages = Pages::new(&client, DescribePlayers::new().room_id("room_12"));
/// let mut players = Vec::new();
/// while let Some(page) = pages.next_page().await? {
///     players.extend(page.players);
/// }
/// # assert_eq!(players.len(), 2);
/// # Ok(())
/// # }
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
/// ```
#[derive(Debug)]
pub struct Pages<O> {
    client: Client,
    /// Asks for the next page; none after the last one.
    operation: Option<O>,
    seen: HashSet<String>,
}

impl<O: Paged> Pages<O> {
    /// From the page that `operation` asks for, with its filters for all pages.
    #[must_use]
    pub fn new(client: &Client, mut operation: O) -> Self {
        let seen = operation.token().iter().filter(|token| !token.is_empty()).cloned().collect();
        Self { client: client.clone(), operation: Some(operation), seen }
    }

    /// The next page, or none after the last one.
    pub async fn next_page(&mut self) -> Result<Option<O::Output>, Error> {
        let Some(operation) = &mut self.operation else { return Ok(None) };
        let page = self.client.call(&*operation).await?;
        let next = O::next(&page).map(str::to_owned);
        match next {
            None => self.operation = None,
            Some(token) if self.seen.insert(token.clone()) => *operation.token() = Some(token),
            Some(_) => {
                self.operation = None;
                return Err(Error::decode(
                    "NextPageToken came a second time: the pages lead in a circle",
                    &[][..].into(),
                ));
            }
        }
        Ok(Some(page))
    }
}
