//! Streams, sessions and their statistics.

use http::{Method, StatusCode};
use serde_json::{Value, json};

use super::{
    DIGITS,
    envelope::{failure, success, success_with},
    is_digits,
};
use crate::{
    answer::Answer,
    call::Call,
    demo,
    fields::{Field, flag, text, whole},
    notice::Notice,
    operation::{Operation, Shape},
    vendor::Vendor,
    vendors::polyv,
    world::{
        World,
        streams::{Session, Streams},
    },
};

const CHANNEL: &[Field] = &[text("channelId").required().test(DIGITS, is_digits)];
const USER: &[Field] = &[text("userId").required()];

const DAYS: &[Field] = &[
    text("startDate").test(DAY, is_day_or_moment),
    text("endDate").test(DAY, is_day_or_moment),
    whole("page", 1, i64::MAX),
    whole("pageSize", 1, 1000),
];
const DAY: &str = "must be yyyy-MM-dd or yyyy-MM-dd HH:mm:ss";

const PERIOD: &[Field] = &[text("sessionIds"), whole("startTime", 0, i64::MAX), whole("endTime", 0, i64::MAX)];

const CUTOFF: &[Field] = &[whole("forbidTime", 0, i64::MAX), flag("playbackForbidden")];

/// The one operation that anyone may call.
pub(super) const UNSIGNED: &str = "QueryLiveStatus";

pub(super) static OPERATIONS: &[Operation] = &[
    Operation {
        name: UNSIGNED,
        method: Method::GET,
        path: "/live_status/query",
        query: &[&[text("stream").required()]],
        body: Shape::Empty,
        quota: polyv::QUOTA,
        act: live_status,
    },
    Operation {
        name: "CutoffStream",
        method: Method::POST,
        path: "/live/v2/stream/{channelId}/cutoff",
        query: &[],
        body: Shape::Form(&[polyv::COMMON, USER, CUTOFF]),
        quota: polyv::QUOTA,
        act: cutoff,
    },
    Operation {
        name: "ResumeStream",
        method: Method::POST,
        path: "/live/v2/stream/{channelId}/resume",
        query: &[],
        body: Shape::Form(&[polyv::COMMON, USER]),
        quota: polyv::QUOTA,
        act: resume,
    },
    Operation {
        name: "ListChannelSessions",
        method: Method::GET,
        path: "/live/v3/channel/session/list",
        query: &[polyv::COMMON, CHANNEL, DAYS],
        body: Shape::Empty,
        quota: polyv::QUOTA,
        act: sessions,
    },
    Operation {
        name: "GetSessionStats",
        method: Method::GET,
        path: "/live/v3/channel/statistics/get-session-stats",
        query: &[polyv::COMMON, CHANNEL, PERIOD],
        body: Shape::Empty,
        quota: polyv::QUOTA,
        act: stats,
    },
];

fn is_day_or_moment(text: &str) -> bool {
    let form = b"dddd-dd-dd dd:dd:dd";
    let fits = |byte: u8, form: u8| if form == b'd' { byte.is_ascii_digit() } else { byte == form };
    matches!(text.len(), 10 | 19) && text.bytes().zip(form).all(|(byte, form)| fits(byte, *form))
}

/// A stream begins or ends by itself, and the customer is told. Whether it did.
pub(crate) fn set_live(world: &mut World, channel: &str, live: bool, now: i64) -> bool {
    if world.channels.get_mut(channel).is_none() {
        return false;
    }
    let changed = if live { world.streams.begin(channel, now) } else { world.streams.end(channel, now) };
    let Some(session) = changed else { return false };
    tell(world, channel, &session, now);
    true
}

fn tell(world: &mut World, channel: &str, session: &Session, now: i64) {
    let status = if session.end.is_some() { "end" } else { "live" };
    let end = session.end.map_or(json!(""), |end| json!(end));
    let fields = json!({
        "channelId": channel, "status": status, "sessionId": session.id, "startTime": session.start, "endTime": end,
    });
    world.notices.push(Notice::new(Vendor::PolyvLive, "live_status", fields, now));
}

/// No envelope and no signature: one word.
fn live_status(world: &mut World, call: &Call) -> Answer {
    let is_live = world.streams.is_live(call.query.filled("stream").unwrap_or_default());
    Answer::new(StatusCode::OK, "text/plain;charset=UTF-8", if is_live { "live" } else { "end" })
}

/// The channel of the path, if both it and the caller's user id are right.
fn channel_of<'c>(world: &mut World, call: &'c Call) -> Result<&'c str, Answer> {
    if call.form.filled("userId") != Some(demo::POLYV_LIVE_USER_ID) {
        return Err(failure(call, 400, "userId is error"));
    }
    let channel = call.place("channelId");
    match world.channels.get_mut(channel) {
        Some(_) => Ok(channel),
        None => Err(failure(call, 404, "channel not found")),
    }
}

fn cutoff(world: &mut World, call: &Call) -> Answer {
    let channel = match channel_of(world, call) {
        Ok(channel) => channel,
        Err(refusal) => return refusal,
    };
    let now = call.unix_millis();
    let until = call.form.filled("forbidTime").and_then(|time| time.parse().ok()).unwrap_or(i64::MAX);
    world.streams.forbid(channel, until, call.form.filled("playbackForbidden") == Some("Y"));
    if let Some(session) = world.streams.end(channel, now) {
        tell(world, channel, &session, now);
    }
    success("success").applied()
}

fn resume(world: &mut World, call: &Call) -> Answer {
    match channel_of(world, call) {
        Ok(channel) => {
            world.streams.allow(channel);
            success("success").applied()
        }
        Err(refusal) => refusal,
    }
}

/// The sessions of the query's channel.
fn sessions_of<'w>(world: &'w mut World, call: &Call) -> Result<&'w Streams, Answer> {
    let channel = call.query.filled("channelId").unwrap_or_default();
    match world.channels.get_mut(channel) {
        Some(_) => Ok(&world.streams),
        None => Err(failure(call, 404, "channel not found")),
    }
}

fn sessions(world: &mut World, call: &Call) -> Answer {
    let streams = match sessions_of(world, call) {
        Ok(streams) => streams,
        Err(refusal) => return refusal,
    };
    let channel = call.query.filled("channelId").unwrap_or_default();
    // texts of one form sort like what they say; a day counts from its beginning to its end
    let day = |session: &Session| beijing(session.start);
    let after = |session: &Session| call.query.filled("startDate").is_none_or(|start| *day(session) >= *start);
    let before = |session: &Session| call.query.filled("endDate").is_none_or(|end| day(session)[..end.len()] <= *end);
    let found: Vec<_> = streams.sessions(channel).iter().rev().filter(|one| after(one) && before(one)).collect();

    let number = |name, absent| call.query.filled(name).and_then(|text| text.parse().ok()).unwrap_or(absent);
    let (page, size): (usize, usize) = (number("page", 1), number("pageSize", 20));
    let entry = |session: &&Session| {
        json!({
            "channelId": channel, "sessionId": session.id, "userId": demo::POLYV_LIVE_USER_ID,
            "startTime": session.start, "endTime": session.end,
        })
    };
    let contents: Vec<_> = found.iter().skip((page - 1).saturating_mul(size)).take(size).map(entry).collect();
    success_with(&json!({
        "pageSize": size, "pageNumber": page, "totalItems": found.len(), "totalPages": found.len().div_ceil(size),
        "contents": contents,
    }))
}

/// One viewer has watched every session from its beginning to its end. A session that still runs has no numbers.
fn stats(world: &mut World, call: &Call) -> Answer {
    let streams = match sessions_of(world, call) {
        Ok(streams) => streams,
        Err(refusal) => return refusal,
    };
    let channel = call.query.filled("channelId").unwrap_or_default();
    let ids: Option<Vec<_>> = call.query.filled("sessionIds").map(|ids| ids.split(',').collect());
    let bound = |name| call.query.filled(name).and_then(|text| text.parse::<i64>().ok());
    let (start, end) = (bound("startTime"), bound("endTime"));
    let is_wanted = |session: &&Session| {
        ids.as_ref().is_none_or(|ids| ids.contains(&session.id.as_str()))
            && start.is_none_or(|start| session.start >= start)
            && end.is_none_or(|end| session.start <= end)
    };
    let numbers = |session: &Session| {
        let seconds = session.seconds()?;
        Some(json!({
            "channelId": channel, "sessionId": session.id, "name": session.id, "startTime": session.start,
            "endTime": session.end, "duration": seconds, "liveUV": 1, "livePV": 1, "playbackUV": 0, "playbackPV": 0,
            "totalPlayDuration": seconds, "totalPlaybackDuration": 0,
        }))
    };
    let list: Vec<Value> = streams.sessions(channel).iter().filter(is_wanted).filter_map(numbers).collect();
    if list.is_empty() {
        failure(call, 400, "channel session stats can not be found")
    } else {
        success_with(&json!({"list": list}))
    }
}

/// `yyyy-MM-dd HH:mm:ss` in Beijing. An HTTP date has the same numbers, eight hours apart.
fn beijing(unix_millis: i64) -> String {
    let seconds = u64::try_from(unix_millis / 1000 + 8 * 3600).unwrap_or_default();
    let date = httpdate::fmt_http_date(std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds));
    let months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    // Sun, 06 Nov 1994 08:49:37 GMT
    let month = months.find(&date[8..11]).unwrap_or_default() / 3 + 1;
    format!("{}-{month:02}-{} {}", &date[12..16], &date[5..7], &date[17..25])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_in_beijing() {
        assert_eq!(beijing(1_557_888_134_000), "2019-05-15 10:42:14");
        assert_eq!(beijing(1_709_136_000_000), "2024-02-29 00:00:00");
        assert!(is_day_or_moment("2024-02-29") && is_day_or_moment("2024-02-29 00:00:00"));
        for text in ["2024-2-29", "2024-02-29 00:00", "2024-02-29T00:00:00", ""] {
            assert!(!is_day_or_moment(text), "{text}");
        }
    }
}
