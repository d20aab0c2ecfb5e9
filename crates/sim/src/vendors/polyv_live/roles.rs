//! Assistants and guests of channels: listed, added, changed and deleted.

use http::Method;
use serde_json::{Map, Value, json};

use super::{
    DIGITS,
    channels::no_channel,
    envelope::{failure, success, success_v4, success_with},
    is_digits,
};
use crate::{
    answer::Answer,
    call::Call,
    demo,
    fields::{Field, flag, list, text, words},
    operation::{Operation, Shape},
    vendors::polyv,
    world::{World, channels::Channel},
};

const CHANNEL: &[Field] = &[text("channelId").required().test(DIGITS, is_digits)];
const ROLES: &[&str] = &["Assistant", "Guest"];

const ACCOUNT: &[Field] = &[text("account").required().test(DIGITS, is_digits)];

const ADDED: &[Field] = &[words("role", ROLES), text("nickname"), text("password"), text("actor"), text("avatar")];

const ENTRY: &[Field] = &[
    words("role", ROLES).required(),
    text("nickname").required(),
    text("passwd").required(),
    text("actor"),
    text("avatar"),
];

const DETAILS: &[Field] =
    &[text("actor"), text("nickName"), text("avatar"), text("passwd"), list("purviewList", PURVIEW, usize::MAX)];

const PURVIEW: &[Field] = &[words("code", CODES).required(), flag("enabled").required()];

/// The rights; the last one is for guests, the others are for assistants.
const CODES: &[&str] = &[
    "chatListEnabled",
    "pageTurnEnabled",
    "monitorEnabled",
    "chatAuditEnabled",
    "chatInteractionEnabled",
    "chatWhenBannedEnabled",
];

pub(super) static OPERATIONS: &[Operation] = &[
    Operation {
        name: "GetChannelAccount",
        method: Method::GET,
        path: "/live/v2/channelAccount/{channelId}/account",
        query: &[polyv::COMMON, ACCOUNT],
        body: Shape::Empty,
        quota: polyv::QUOTA,
        act: get,
    },
    Operation {
        name: "ListChannelAccounts",
        method: Method::GET,
        path: "/live/v2/channelAccount/{channelId}/accounts",
        query: &[polyv::COMMON],
        body: Shape::Empty,
        quota: polyv::QUOTA,
        act: list_all,
    },
    Operation {
        name: "AddChannelAccount",
        method: Method::POST,
        path: "/live/v2/channelAccount/{channelId}/add",
        query: &[],
        body: Shape::Form(&[polyv::COMMON, ADDED]),
        quota: polyv::QUOTA,
        act: add,
    },
    Operation {
        name: "DeleteChannelAccount",
        method: Method::POST,
        path: "/live/v2/channelAccount/{channelId}/delete",
        query: &[],
        body: Shape::Form(&[polyv::COMMON, ACCOUNT]),
        quota: polyv::QUOTA,
        act: delete,
    },
    Operation {
        name: "BatchCreateChannelAccounts",
        method: Method::POST,
        path: "/live/v3/channel/account/batch-create",
        query: &[polyv::COMMON, CHANNEL],
        body: Shape::Array(list("", ENTRY, usize::MAX)),
        quota: polyv::QUOTA,
        act: create_many,
    },
    Operation {
        name: "CreateRoleAccount",
        method: Method::POST,
        path: "/live/v4/channel/account/create",
        query: &[polyv::COMMON, CHANNEL],
        body: Shape::Json(&[&[words("role", ROLES).required()], DETAILS]),
        quota: polyv::QUOTA,
        act: create,
    },
    Operation {
        name: "UpdateRoleAccount",
        method: Method::POST,
        path: "/live/v4/channel/account/update",
        query: &[polyv::COMMON, CHANNEL],
        body: Shape::Json(&[ACCOUNT, DETAILS]),
        quota: polyv::QUOTA,
        act: update,
    },
];

/// A role as replies show it: with its password under the older name, and with its channel.
fn shown(channel: &str, role: &Map<String, Value>) -> Value {
    let mut shown = role.clone();
    if let Some(password) = shown.remove("password") {
        shown.insert("passwd".to_owned(), password);
    }
    shown.insert("channelId".to_owned(), json!(channel));
    shown.insert("userId".to_owned(), json!(demo::POLYV_LIVE_USER_ID));
    Value::Object(shown)
}

/// The newer operations write the channel's number without quotes.
fn shown_v4(channel: &str, role: &Map<String, Value>) -> Value {
    let mut shown = shown(channel, role);
    if let Ok(number) = channel.parse::<u64>() {
        shown["channelId"] = json!(number);
    }
    shown
}

/// Adds a role with the next free number: two noughts, a digit or more, the channel's number.
fn insert(channel: &mut Channel, id: &str, mut role: Map<String, Value>, now: i64) -> Map<String, Value> {
    // one more candidate than there are roles
    let mut candidates = (5..=5 + channel.roles.len()).map(|count| format!("00{count}{id}"));
    let account = candidates.find(|account| !channel.roles.contains_key(account));
    let account = account.unwrap_or_default();
    let defaults = json!({
        "account": account, "role": "Assistant", "nickname": "", "password": "234567", "actor": "", "avatar": "",
        "status": "N", "createdTime": now, "lastModified": now, "sort": channel.roles.len() + 1,
        "stream": format!("{id}-{account}"), "pushUrl": format!("rtmp://push.example/live/{id}-{account}?auth=x"),
        "pageTurnEnabled": "N", "notifyEnabled": "N",
    });
    for (name, value) in defaults.as_object().into_iter().flatten() {
        role.entry(name.clone()).or_insert_with(|| value.clone());
    }
    channel.roles.insert(account, role.clone());
    role
}

/// Members of a request, under the names of the world.
fn renamed(given: &Map<String, Value>) -> Map<String, Value> {
    let name = |name: &str| match name {
        "nickName" => "nickname".to_owned(),
        "passwd" => "password".to_owned(),
        other => other.to_owned(),
    };
    given.iter().filter(|(name, _)| *name != "purviewList").map(|(key, value)| (name(key), value.clone())).collect()
}

fn get(world: &mut World, call: &Call) -> Answer {
    let id = call.place("channelId");
    let Some(channel) = world.channels.get(id) else { return no_channel(call) };
    match channel.roles.get(call.query.filled("account").unwrap_or_default()) {
        Some(role) => success_with(&shown(id, role)),
        None => failure(call, 400, "account not found"),
    }
}

fn list_all(world: &mut World, call: &Call) -> Answer {
    let id = call.place("channelId");
    let Some(channel) = world.channels.get(id) else { return no_channel(call) };
    success_with(&channel.roles.values().map(|role| shown(id, role)).collect())
}

fn add(world: &mut World, call: &Call) -> Answer {
    let (id, now) = (call.place("channelId"), call.unix_millis());
    let Some(channel) = world.channels.get_mut(id) else { return no_channel(call) };
    let given = ["role", "nickname", "password", "actor", "avatar"];
    let role = given.into_iter().filter_map(|name| Some((name.to_owned(), json!(call.form.filled(name)?)))).collect();
    success_with(&shown(id, &insert(channel, id, role, now))).applied()
}

fn delete(world: &mut World, call: &Call) -> Answer {
    let Some(channel) = world.channels.get_mut(call.place("channelId")) else { return no_channel(call) };
    match channel.roles.remove(call.form.filled("account").unwrap_or_default()) {
        Some(_) => success("success").applied(),
        None => failure(call, 400, "account not found"),
    }
}

fn create_many(world: &mut World, call: &Call) -> Answer {
    let (id, now) = (call.query.filled("channelId").unwrap_or_default(), call.unix_millis());
    let Some(channel) = world.channels.get_mut(id) else { return no_channel(call) };
    if call.items.is_empty() {
        return failure(call, 400, "param should not be empty: []");
    }
    let entries = call.items.iter().filter_map(Value::as_object);
    let created: Value = entries.map(|entry| shown(id, &insert(channel, id, renamed(entry), now))).collect();
    success_with(&created).applied()
}

fn create(world: &mut World, call: &Call) -> Answer {
    let (id, now) = (call.query.filled("channelId").unwrap_or_default(), call.unix_millis());
    let Some(channel) = world.channels.get_mut(id) else { return no_channel(call) };
    if let Err(rule) = check_rights(call.text("role"), purviews(call)) {
        return failure(call, 400, &format!("param validate error: purviewList {rule}"));
    }
    let role = insert(channel, id, renamed(&call.json), now);
    let account = role["account"].as_str().unwrap_or_default().to_owned();
    give(channel, &account, purviews(call));
    success_v4(call, &shown_v4(id, &channel.roles[&account])).applied()
}

fn update(world: &mut World, call: &Call) -> Answer {
    let id = call.query.filled("channelId").unwrap_or_default();
    let Some(channel) = world.channels.get_mut(id) else { return no_channel(call) };
    let account = call.text("account");
    let Some(role) = channel.roles.get_mut(account) else {
        return failure(call, 400, "account not found");
    };
    for (name, bounds) in [("actor", 1..=10), ("nickName", 1..=15), ("passwd", 6..=16)] {
        let text = call.json.get(name).and_then(Value::as_str);
        if text.is_some_and(|text| !bounds.contains(&text.chars().count())) {
            return failure(call, 400, &format!("param length is incorrect: {name}"));
        }
    }
    let kind = role.get("role").and_then(Value::as_str).unwrap_or("Assistant");
    if let Err(rule) = check_rights(kind, purviews(call)) {
        return failure(call, 400, &format!("param validate error: purviewList {rule}"));
    }
    role.extend(renamed(&call.json));
    role.insert("lastModified".to_owned(), json!(call.unix_millis()));
    give(channel, account, purviews(call));
    success_v4(call, &shown_v4(id, &channel.roles[account])).applied()
}

fn purviews(call: &Call) -> Vec<(&str, bool)> {
    let list = call.json.get("purviewList").and_then(Value::as_array);
    let read = |purview: &'_ Value| purview["enabled"] == "Y";
    list.into_iter().flatten().filter_map(|one| Some((one.get("code")?.as_str()?, read(one)))).collect()
}

/// Guests have one right of their own; monitoring goes with neither turning pages nor the list of who is online.
fn check_rights(role: &str, purviews: Vec<(&str, bool)>) -> Result<(), &'static str> {
    let of_guests = |code: &str| code == "chatWhenBannedEnabled";
    if purviews.iter().any(|(code, _)| of_guests(code) != (role == "Guest")) {
        return Err("has a right of the other kind of role");
    }
    let has = |code| purviews.contains(&(code, true));
    if has("monitorEnabled") && (has("pageTurnEnabled") || has("chatListEnabled")) {
        return Err("must not have monitorEnabled beside pageTurnEnabled or chatListEnabled");
    }
    Ok(())
}

/// Turning pages and monitoring belong to one assistant of a channel: the right moves.
fn give(channel: &mut Channel, account: &str, purviews: Vec<(&str, bool)>) {
    for (code, enabled) in purviews {
        if enabled && matches!(code, "pageTurnEnabled" | "monitorEnabled") {
            for role in channel.roles.values_mut() {
                role.insert(code.to_owned(), json!("N"));
            }
        }
        if let Some(role) = channel.roles.get_mut(account) {
            role.insert(code.to_owned(), json!(if enabled { "Y" } else { "N" }));
        }
    }
}
