//! Channels as a whole: created, shown, listed, changed and deleted.

use http::Method;
use serde_json::{Map, Value, json};

use super::{
    DIGITS,
    account::MOST_CHANNELS,
    channels::no_channel,
    envelope::{failure, success, success_v4},
    is_digits,
};
use crate::{
    answer::Answer,
    call::Call,
    demo,
    fields::{Field, flag, ids, list, text, text_or_whole, whole, words},
    operation::{Operation, Shape},
    vendors::polyv,
    world::{World, channels::Channel},
};

const CHANNEL: &[Field] = &[text("channelId").required().test(DIGITS, is_digits)];

const NEW: &[Field] = &[
    text("name").required().chars(100),
    words("newScene", &["topclass", "double", "train", "alone", "seminar", "guide"]).required(),
    words("template", &["topclass", "alone", "seminar", "ppt", "portrait_ppt", "portrait_alone", "portrait_topclass"])
        .required(),
    text("channelPasswd").test(PASSWORD, is_password),
    text("seminarHostPassword").test(PASSWORD, is_password),
    text("seminarAttendeePassword").test(PASSWORD, is_password),
    flag("pureRtcEnabled"),
    words("type", RELAY),
    words("doubleTeacherType", RELAY),
    flag("cnAndEnLiveEnabled"),
    text("splashImg"),
    whole("linkMicLimit", -1, 16),
    text_or_whole("categoryId"),
    whole("startTime", 0, i64::MAX),
    whole("endTime", 0, i64::MAX),
    text("subAccount"),
    text("customTeacherId").chars(32),
    ids("labelData", 0, usize::MAX),
    text("clientAloneTemplateBackgroundUrl"),
    text("liveCdnBackgroundUrl"),
    flag("h5LowLatencyFlvEnabled"),
];
const RELAY: &[&str] = &["normal", "transmit", "receive"];
const PASSWORD: &str = "must have 6 to 16 characters";

const SETTINGS: &[Field] = &[
    text("name").chars(100),
    text("publisher"),
    whole("startTime", 0, i64::MAX),
    whole("endTime", 0, i64::MAX),
    text("coverImg"),
    text("splashImg"),
    text("desc"),
    text("publishingRegion"),
    text("password"),
];

const FILTER: &[Field] = &[
    text("categoryIds").test("must be at most 200 ids", |ids| ids.split(',').count() <= 200),
    text("channelIds").test(DIGITS, |ids| ids.split(',').all(|id| !id.is_empty() && is_digits(id))),
    words("watchStatus", &["live", "playback", "end", "waiting", "unStart"]),
    whole("startTime", 0, i64::MAX),
    whole("endTime", 0, i64::MAX),
    whole("pageNumber", 1, i64::MAX),
    whole("pageSize", 1, 1000),
    words("orderBy", &["startTimeDesc", "startTimeAsc", "channelCreatedTimeDesc"]),
];

fn is_password(text: &str) -> bool {
    (6..=16).contains(&text.chars().count())
}

pub(super) static OPERATIONS: &[Operation] = &[
    Operation {
        name: "CreateChannel",
        method: Method::POST,
        path: "/live/v4/channel/create",
        query: &[polyv::COMMON],
        body: Shape::Json(&[NEW]),
        quota: polyv::QUOTA,
        act: create,
    },
    Operation {
        name: "BatchCreateChannels",
        method: Method::POST,
        path: "/live/v4/channel/create-batch",
        query: &[polyv::COMMON],
        body: Shape::Array(list("", NEW, 30)),
        quota: polyv::QUOTA,
        act: create_many,
    },
    Operation {
        name: "GetChannel",
        method: Method::GET,
        path: "/live/v4/channel/basic/get",
        query: &[polyv::COMMON, CHANNEL],
        body: Shape::Empty,
        quota: polyv::QUOTA,
        act: get,
    },
    Operation {
        name: "ListChannelBasics",
        method: Method::GET,
        path: "/live/v4/channel/basic/list",
        query: &[polyv::COMMON, FILTER],
        body: Shape::Empty,
        quota: polyv::QUOTA,
        act: list_some,
    },
    Operation {
        name: "UpdateChannelSettings",
        method: Method::POST,
        path: "/live/v4/channel/update",
        query: &[polyv::COMMON, CHANNEL],
        body: Shape::Json(&[SETTINGS]),
        quota: polyv::QUOTA,
        act: update,
    },
    Operation {
        name: "DeleteChannel",
        method: Method::POST,
        path: "/live/v2/channels/{channelId}/delete",
        query: &[],
        body: Shape::Form(&[polyv::COMMON, &[text("userId").required()]]),
        quota: polyv::QUOTA,
        act: delete,
    },
    Operation {
        name: "BatchDeleteChannels",
        method: Method::POST,
        path: "/live/v3/channel/basic/batch-delete",
        query: &[polyv::COMMON],
        body: Shape::Json(&[&[ids("channelIds", 1, 100).required()]]),
        quota: polyv::QUOTA,
        act: delete_many,
    },
];

/// Creates a channel and says what the vendor says of it.
fn created(world: &mut World, given: &Map<String, Value>) -> Value {
    let mut basic = given.clone();
    basic.entry("channelPasswd").or_insert_with(|| json!("123456"));
    let template = given.get("template").and_then(Value::as_str).unwrap_or_default();
    let id = world.channels.create(template, basic.clone());
    json!({
        "channelId": id.parse::<u64>().unwrap_or_default(), "userId": demo::POLYV_LIVE_USER_ID, "scene": template,
        "channelPasswd": basic["channelPasswd"], "seminarHostPassword": given.get("seminarHostPassword"),
        "seminarAttendeePassword": given.get("seminarAttendeePassword"),
    })
}

/// Refuses to create so many more.
fn check_room(world: &World, call: &Call, more: usize) -> Result<(), Answer> {
    if world.channels.len() + more <= MOST_CHANNELS {
        return Ok(());
    }
    Err(failure(call, 400, &format!("cannot create more than {MOST_CHANNELS} channels")))
}

fn create(world: &mut World, call: &Call) -> Answer {
    if call.text("doubleTeacherType") == "normal" {
        return failure(call, 400, "param validate error: doubleTeacherType must be one of transmit, receive");
    }
    match check_room(world, call, 1) {
        Ok(()) => success_v4(call, &created(world, &call.json)).applied(),
        Err(refusal) => refusal,
    }
}

fn create_many(world: &mut World, call: &Call) -> Answer {
    if call.items.is_empty() {
        return failure(call, 400, "param should not be empty: []");
    }
    match check_room(world, call, call.items.len()) {
        Ok(()) => {
            let entries = call.items.iter().filter_map(Value::as_object);
            let all: Value = entries.map(|entry| created(world, entry)).collect();
            success_v4(call, &all).applied()
        }
        Err(refusal) => refusal,
    }
}

fn watch_status(world: &World, id: &str) -> &'static str {
    match (world.streams.is_live(id), world.streams.sessions(id).is_empty()) {
        (true, _) => "live",
        (false, true) => "unStart",
        (false, false) => "end",
    }
}

fn shown(world: &World, id: &str, channel: &Channel) -> Value {
    let status = watch_status(world, id);
    let basic = |name: &str, absent: Value| channel.basic.get(name).cloned().unwrap_or(absent);
    json!({
        "channelId": id, "name": basic("name", json!("")), "publisher": basic("publisher", json!("")),
        "startTime": basic("startTime", Value::Null), "pageView": basic("pageView", json!(0)),
        "likes": basic("likes", json!(0)), "coverImg": basic("coverImg", json!("")),
        "splashImg": basic("splashImg", json!("")), "splashEnabled": basic("splashEnabled", json!("N")),
        "desc": basic("desc", json!("")), "maxViewer": basic("maxViewer", json!(0)),
        "watchUrl": format!("https://live.example/watch/{id}"), "watchStatus": status, "watchStatusText": status,
        "onlineNum": 0, "bgImg": "", "videoList": [], "categoryId": basic("categoryId", json!(1)),
        "scene": channel.scene, "newScene": basic("newScene", json!("topclass")), "template": channel.scene,
        "streamType": "client",
    })
}

fn get(world: &mut World, call: &Call) -> Answer {
    let id = call.query.filled("channelId").unwrap_or_default();
    match world.channels.get(id) {
        Some(channel) => success_v4(call, &shown(world, id, channel)),
        None => no_channel(call),
    }
}

fn list_some(world: &mut World, call: &Call) -> Answer {
    let given = |name: &str| call.query.filled(name);
    let number = |name: &str| given(name).and_then(|text| text.parse::<i64>().ok());
    let one_of = |name: &str, id: &str| given(name).is_none_or(|ids| ids.split(',').any(|one| one == id));
    let start = |channel: &Channel| channel.basic.get("startTime").and_then(Value::as_i64).unwrap_or_default();
    let category = |channel: &Channel| match channel.basic.get("categoryId") {
        Some(Value::String(text)) => text.clone(),
        Some(number) => number.to_string(),
        None => "1".to_owned(),
    };
    let fits = |id: &str, channel: &Channel| {
        one_of("channelIds", id)
            && one_of("categoryIds", &category(channel))
            && given("watchStatus").is_none_or(|status| status == watch_status(world, id))
            && number("startTime").is_none_or(|from| start(channel) >= from)
            && number("endTime").is_none_or(|until| start(channel) <= until)
    };
    let mut found: Vec<_> = world.channels.iter().filter(|(id, channel)| fits(id, channel)).collect();
    match given("orderBy") {
        Some("startTimeDesc") => found.sort_by_key(|(_, channel)| std::cmp::Reverse(start(channel))),
        Some("startTimeAsc") => found.sort_by_key(|(_, channel)| start(channel)),
        Some(_) => found.reverse(),
        None => {}
    }
    let at_least_one = |name, absent| number(name).and_then(|number| usize::try_from(number).ok()).unwrap_or(absent);
    let (page, size) = (at_least_one("pageNumber", 1), at_least_one("pageSize", 10));
    let from = (page - 1).saturating_mul(size);
    let contents: Vec<_> = found.iter().skip(from).take(size).map(|(id, channel)| shown(world, id, channel)).collect();
    let data = json!({
        "pageNumber": page, "pageSize": size, "totalItems": found.len(), "totalPages": found.len().div_ceil(size),
        "contents": contents,
    });
    success_v4(call, &data)
}

/// Absent settings stay as they are.
fn update(world: &mut World, call: &Call) -> Answer {
    let id = call.query.filled("channelId").unwrap_or_default();
    let Some(channel) = world.channels.get_mut(id) else { return no_channel(call) };
    for (name, value) in &call.json {
        let name = if name == "password" { "channelPasswd" } else { name };
        channel.basic.insert(name.to_owned(), value.clone());
    }
    success_v4(call, &json!({})).applied()
}

fn delete(world: &mut World, call: &Call) -> Answer {
    if call.form.filled("userId") != Some(demo::POLYV_LIVE_USER_ID) {
        return failure(call, 400, "userId is error");
    }
    if world.channels.delete(call.place("channelId")) { success("success").applied() } else { no_channel(call) }
}

/// All or none.
fn delete_many(world: &mut World, call: &Call) -> Answer {
    let id = |id: &Value| id.as_str().map_or_else(|| id.to_string(), str::to_owned);
    let wanted: Vec<_> = call.json["channelIds"].as_array().into_iter().flatten().map(id).collect();
    if let Some(foreign) = wanted.iter().find(|id| world.channels.get(id).is_none()) {
        return failure(call, 400, &format!("illegal channel id: {foreign}"));
    }
    for id in &wanted {
        world.channels.delete(id);
    }
    success("success").applied()
}
