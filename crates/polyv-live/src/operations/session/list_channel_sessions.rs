//! `ListChannelSessions`.

use livecloud_core::wire::{self, BeijingDate, BeijingTime, UnixMillis};
use livecloud_core::{Page, Paged, Turn};
use serde::Deserialize;
#[cfg(feature = "full-serde")]
use serde::Serialize;

use crate::account::Profile;

operation! {
    /// Lists the sessions of a channel: each time it was live.
    ///
    /// One call returns one page; [`Pages`](crate::core::Pages) walks through all of them. What has just ended may be
    /// missing for a second or two.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_live::{Account, Client, ListChannelSessions};
    /// use polyv_live::core::Pages;
    /// use polyv_live::core::wire::BeijingDate;
    /// # async fn run() -> Result<(), polyv_live::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"data":{"totalPages":1,"contents":[{"sessionId":"fs2u","startTime":1557888134000}]}}"#));
    /// # let client = Client::builder(Account::new("app", "secret")).transport(transport).build()?;
    /// let since = BeijingDate::new(2024, 5, 1);
    /// let mut sessions = Pages::new(&client, ListChannelSessions::new("2191569").start_date(since)).items();
    /// while let Some(session) = sessions.next().await? {
    ///     println!("{:?} {:?}", session.session_id, session.start_time);
    /// }
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct ListChannelSessions -> Page<Session>;

    /// It only reads.
    get query "/live/v3/channel/session/list" in Profile::Api, safe;
    page "https://help.polyv.net/#/live/api/channel/playback/get_channel_sessions";

    query {
        /// The channel's number: digits.
        channel_id = "channelId",
    }
    optional {
        /// From when: a moment or a day.
        into start_date: BeijingTime,
        /// Until when: a moment or a day.
        into end_date: BeijingTime,
        /// Which page; 1 where absent.
        set page: u32,
        /// Entries a page, at most 1000; 20 where absent.
        set page_size: u32,
    }

    check(self, checks) {
        checks.digits("L01", "channelId", &self.channel_id);
        for (path, time) in [("startDate", &self.start_date), ("endDate", &self.end_date)] {
            let is_day = |time: &BeijingTime| BeijingDate::from(time.as_str()).start().is_some();
            if time.as_ref().is_some_and(|time| !time.has_seconds() && !is_day(time)) {
                checks.refuse_value("L60", path, "must be yyyy-MM-dd HH:mm:ss or yyyy-MM-dd", format_args!("{time:?}"));
            }
        }
        checks.range("L61", "page", self.page, 1..=u32::MAX);
        checks.range("L61", "pageSize", self.page_size, 1..=1000);
    }
}

/// A time that a channel was live.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Session {
    /// The channel.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub channel_id: Option<String>,
    /// The session's id.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub session_id: Option<String>,
    /// The account.
    #[serde(default, deserialize_with = "wire::opt_text")]
    pub user_id: Option<String>,
    /// When it began.
    #[serde(default, deserialize_with = "wire::opt_millis")]
    pub start_time: Option<UnixMillis>,
    /// When it ended; absent while it lives.
    #[serde(default, deserialize_with = "wire::opt_millis")]
    pub end_time: Option<UnixMillis>,
}

impl Paged for ListChannelSessions {
    type Item = Session;

    fn turn(&mut self, page: &Page<Session>) -> Turn {
        page.turn(&mut self.page, self.page_size, 20, |session| session.session_id.clone())
    }

    fn items(page: Page<Session>) -> Vec<Session> {
        page.contents
    }
}
