//! Sessions, their statistics, streams.

use livecloud_core::test_util::{ReplayTransport, Step, capture_logs};
use livecloud_core::wire::{BeijingDate, UnixMillis};
use livecloud_core::{Category, ErrorKind, Pages, Validation};
use polyv_live::callback::StreamState;
use polyv_live::{
    Client, CutoffStream, Delivery, Error, GetSessionStats, ListChannelSessions, QueryLiveStatus, ResumeStream,
};
use serde_json::{Value, json};

use super::{NOW_MS, account, client, ok};

const START: i64 = 1_557_888_134_000;

fn answers(data: &Value) -> ReplayTransport {
    ReplayTransport::always(Step::json(json!({"code": 200, "status": "success", "data": data}).to_string()))
}

/// The rules that a request breaks under Strict; under Off it goes out.
fn broken<O>(operation: O) -> Vec<(String, &'static str)>
where
    O: livecloud_core::Operation<Vendor = polyv_live::Account>,
{
    let client = Client::builder(account().user_id("1b448be323")).transport(ok()).build().unwrap();
    let off = Client::builder(account().user_id("1b448be323")).transport(ok()).validation(Validation::Off);
    assert!(off.build().unwrap().prepare(&operation).is_ok());
    let violations = |error: Error| error.violations().iter().map(|found| (found.path.clone(), found.id)).collect();
    client.prepare(&operation).err().map(violations).unwrap_or_default()
}

fn rule(path: &str, id: &'static str) -> Vec<(String, &'static str)> {
    vec![(path.to_owned(), id)]
}

#[tokio::test]
async fn a_list_of_sessions_is_asked_for_exactly() {
    let transport = answers(&json!({"contents": []}));
    let list =
        ListChannelSessions::new("2191569").start_date(BeijingDate::new(2024, 5, 1)).end_date("2024-05-31 23:59:59");
    client(&transport).call(list.page(2).page_size(100)).await.unwrap();
    let sent = &transport.requests()[0];
    let own: Vec<_> =
        sent.query_pairs().into_iter().filter(|(name, _)| !["sign", "timestamp"].contains(&&**name)).collect();
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let expected = [
        pair("channelId", "2191569"),
        pair("startDate", "2024-05-01"),
        pair("endDate", "2024-05-31 23:59:59"),
        pair("page", "2"),
        pair("pageSize", "100"),
        pair("appId", "demoApp01"),
    ];
    assert_eq!((sent.path(), own), ("/live/v3/channel/session/list", expected.to_vec()));
}

#[tokio::test]
async fn sessions_are_read_from_whatever_types_they_come_in() {
    let data = json!({"pageNumber": "1", "totalPages": 1, "contents": [
        {"channelId": 2_191_569, "sessionId": "fs", "userId": "u", "startTime": START, "endTime": START.to_string()},
        {"sessionId": 7, "endTime": "", "more": [1]},
        {"endTime": null},
    ]});
    let page = client(&answers(&data)).call(ListChannelSessions::new("1")).await.unwrap();
    let first = &page.contents[0];
    assert_eq!(
        (first.channel_id.as_deref(), first.start_time, first.end_time),
        (Some("2191569"), Some(UnixMillis(START)), Some(UnixMillis(START)))
    );
    assert_eq!((page.contents[1].session_id.as_deref(), page.contents[1].end_time), (Some("7"), None));
    assert_eq!((page.page_number, page.total_pages, page.total_items), (Some(1), Some(1), None));
    for empty in [json!({}), json!({"contents": null})] {
        assert!(client(&answers(&empty)).call(ListChannelSessions::new("1")).await.unwrap().contents.is_empty());
    }
    let error = client(&answers(&json!("x"))).call(ListChannelSessions::new("1")).await.unwrap_err();
    assert_eq!((error.kind(), error.delivery()), (ErrorKind::Decode, Delivery::Answered));
}

fn page(ids: &[&str]) -> Step {
    let contents: Vec<_> = ids.iter().map(|id| json!({"sessionId": id})).collect();
    Step::json(json!({"code": 200, "data": {"contents": contents}}).to_string())
}

#[tokio::test]
async fn a_walk_asks_page_by_page_until_a_short_one_without_any_count() {
    let transport = ReplayTransport::new([page(&["a", "b"]), page(&["c", "d"]), page(&["e"])]);
    let list = ListChannelSessions::new("1").page_size(2);
    let found = Pages::new(&client(&transport), list).items().collect().await.unwrap();
    assert_eq!(found.iter().filter_map(|session| session.session_id.as_deref()).collect::<String>(), "abcde");
    let pages: Vec<_> = transport.requests().iter().map(|sent| sent.query("page").unwrap_or_default()).collect();
    assert_eq!(pages, ["", "2", "3"]);
}

#[tokio::test]
async fn a_walk_that_meets_a_page_again_ends_with_an_error() {
    let transport = ReplayTransport::always(page(&["a", "b"]));
    let walk = Pages::new(&client(&transport), ListChannelSessions::new("1").page_size(2)).items();
    assert_eq!(walk.collect().await.unwrap_err().kind(), ErrorKind::Decode);
    assert_eq!(transport.requests().len(), 2);
}

#[tokio::test]
async fn one_sessions_statistics_are_asked_for_and_read() {
    let data = json!({"list": [{
        "channelId": "1", "sessionId": "s", "name": "n", "startTime": START, "endTime": START + 60_000, "duration": 60,
        "liveUV": 1, "livePV": "2", "playbackUV": 3, "playbackPV": 4, "totalPlayDuration": 5, "totalPlaybackDuration": 6,
    }]});
    let transport = answers(&data);
    let ask = GetSessionStats::new("1").session_ids(["s", "t"]).start_time(START).end_time(UnixMillis(START + 1));
    let stats = client(&transport).call(ask).await.unwrap().list.remove(0);
    assert_eq!(
        (stats.live_uv, stats.live_pv, stats.playback_uv, stats.playback_pv),
        (Some(1), Some(2), Some(3), Some(4))
    );
    assert_eq!(
        (stats.duration, stats.total_play_duration, stats.total_playback_duration),
        (Some(60), Some(5), Some(6))
    );
    let sent = &transport.requests()[0];
    assert_eq!(sent.query("sessionIds").as_deref(), Some("s,t"));
    assert_eq!(sent.query("startTime").as_deref(), Some("1557888134000"));
}

#[tokio::test]
async fn a_streams_state_needs_no_account_and_cutting_off_needs_its_user() {
    let transport = ReplayTransport::always(Step::reply(200, "end"));
    assert_eq!(client(&transport).call(QueryLiveStatus::new("s 1")).await.unwrap(), StreamState::End);
    assert_eq!(transport.requests()[0].request().uri().query(), Some("stream=s%201"));

    let cutoff = || CutoffStream::new("1").forbid_time(UnixMillis(1_800_000_000_000)).playback_forbidden(true);
    for error in
        [client(&ok()).call(cutoff()).await.unwrap_err(), client(&ok()).call(ResumeStream::new("1")).await.unwrap_err()]
    {
        assert_eq!((error.kind(), error.delivery()), (ErrorKind::Config, Delivery::NotSent));
        assert!(error.to_string().contains("user id"), "{error}");
    }
    let transport = ok();
    let client = Client::builder(account().user_id("1b448be323")).transport(transport.clone()).build().unwrap();
    client.call(cutoff()).await.unwrap();
    client.call(ResumeStream::new("1")).await.unwrap();
    let (cut, resumed) = (&transport.requests()[0], &transport.requests()[1]);
    assert_eq!((cut.path(), resumed.path()), ("/live/v2/stream/1/cutoff", "/live/v2/stream/1/resume"));
    let fields = ["userId", "forbidTime", "playbackForbidden"].map(|name| cut.form(name).unwrap());
    assert_eq!(fields, ["1b448be323", "1800000000000", "Y"]);
    assert_eq!(resumed.form("userId").as_deref(), Some("1b448be323"));
}

#[tokio::test]
async fn a_stream_that_is_not_live_is_a_matter_of_its_state() {
    let refusal = Step::json(r#"{"code":400,"status":"error","message":"channel is not live."}"#);
    let client = Client::builder(account().user_id("u")).transport(ReplayTransport::always(refusal)).build().unwrap();
    assert_eq!(client.call(CutoffStream::new("1")).await.unwrap_err().category(), Some(Category::State));
}

#[test]
fn every_rule_holds_at_its_bounds() {
    let list = || ListChannelSessions::new("1");
    assert_eq!(broken(ListChannelSessions::new("a")), rule("channelId", "L01"));
    assert_eq!(broken(list().start_date("2024-02-30")), rule("startDate", "L60"));
    assert_eq!(broken(list().start_date("2024-02-28 10:00")), rule("startDate", "L60"));
    assert_eq!(broken(list().end_date("2024-02-29 24:00:00")), rule("endDate", "L60"));
    assert_eq!(broken(list().end_date("2024-02-29").page(1).page_size(1000)), []);
    assert_eq!(broken(list().page(0)), rule("page", "L61"));
    assert_eq!(broken(list().page_size(0)), rule("pageSize", "L61"));
    assert_eq!(broken(list().page_size(1001)), rule("pageSize", "L61"));

    let stats = || GetSessionStats::new("1");
    assert_eq!(broken(stats().session_ids(["a", "b"])), []);
    assert_eq!(broken(stats().session_ids(["a,b"])), rule("sessionIds", "L62"));
    assert_eq!(broken(stats().session_ids([""; 0])), rule("sessionIds", "L62"));
    assert_eq!(broken(stats().start_time(START / 1000).end_time(START)), rule("startTime", "L63"));
    assert_eq!(broken(CutoffStream::new("1").forbid_time(START / 1000)), rule("forbidTime", "L63"));
    assert_eq!(broken(CutoffStream::new("x")), rule("channelId", "L01"));
    assert_eq!(broken(ResumeStream::new("x")), rule("channelId", "L01"));
}

#[test]
fn what_is_legal_and_probably_not_meant_is_a_warning() {
    let warned = |operation: GetSessionStats| {
        let transport = answers(&json!({}));
        let (_, log) = capture_logs(|| async { client(&transport).call(operation).await.unwrap() });
        log.contains("L64")
    };
    assert!(warned(GetSessionStats::new("1")));
    assert!(warned(GetSessionStats::new("1").start_time(START)));
    assert!(warned(GetSessionStats::new("1").start_time(START).end_time(START - 1)));
    assert!(!warned(GetSessionStats::new("1").start_time(START).end_time(START)));
    let cutoff = |until: i64| {
        let client = Client::builder(account().user_id("u")).transport(ok());
        let client = client.clock(livecloud_core::test_util::ManualClock::at(NOW_MS)).build().unwrap();
        let call = async move { client.call(CutoffStream::new("1").forbid_time(until)).await.unwrap() };
        capture_logs(|| call).1.contains("L64")
    };
    assert!(cutoff(1_600_000_000_000) && !cutoff(1_800_000_000_000));
}
