//! What the updates do to a channel and its roles.

use serde_json::{Map, Value, json};

use super::envelope::{failure, success};
use crate::{
    answer::Answer,
    call::Call,
    fields::Complaint,
    world::{World, channels::Conditions},
};

/// Fields of a role that an update may change.
const ROLE_FIELDS: [&str; 6] = ["nickname", "password", "avatar", "actor", "pageTurnEnabled", "notifyEnabled"];

/// `UpdateChannelAccount`. Only non-empty fields change anything.
pub(super) fn update_account(world: &mut World, call: &Call) -> Answer {
    let id = call.place("channelId");
    let Some(channel) = world.channels.get_mut(id) else {
        return no_channel(call);
    };
    let account = call.form.filled("account").unwrap_or_default();
    if !channel.roles.contains_key(account) {
        return failure(call, 400, "account not found");
    }
    if call.form.filled("pageTurnEnabled") == Some("Y") {
        if channel.scene != "ppt" {
            return failure(call, 400, "scene not right");
        }
        // Only one role of a channel may turn pages: the right moves.
        for role in channel.roles.values_mut() {
            role.insert("pageTurnEnabled".to_owned(), json!("N"));
        }
    }
    if let Some(role) = channel.roles.get_mut(account) {
        let given = ROLE_FIELDS.into_iter().filter_map(|name| Some((name, call.form.filled(name)?)));
        role.extend(given.map(|(name, value)| (name.to_owned(), json!(value))));
    }
    success("success").applied()
}

/// `UpdateChannelBasic`. Absent fields stay as they are.
pub(super) fn update_basic(world: &mut World, call: &Call) -> Answer {
    let Some(channel) = world.channels.get_mut(call.query.filled("channelId").unwrap_or_default()) else {
        return no_channel(call);
    };
    let basic = call.json.get("basicSetting").and_then(Value::as_object);
    let settings = call.json.get("authSettings").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let conditions = match merge_conditions(&channel.conditions, settings) {
        Ok(conditions) => conditions,
        Err(complaint) => return failure(call, 400, &format!("param validate error: {}", complaint.sentence())),
    };
    channel.conditions = conditions;
    for (name, value) in basic.into_iter().flatten() {
        // An empty switch means: as before.
        if !(name == "pureRtcEnabled" && value == "") {
            channel.basic.insert(name.clone(), value.clone());
        }
    }
    success("").applied()
}

pub(super) fn no_channel(call: &Call) -> Answer {
    failure(call, 404, "channel not found")
}

/// The conditions after the update, if they may stand together.
fn merge_conditions(now: &Conditions, settings: &[Value]) -> Result<Conditions, Complaint> {
    let mut merged = now.clone();
    let mut ranks = Vec::new();
    for (index, setting) in settings.iter().filter_map(Value::as_object).enumerate() {
        let at = format!("authSettings[{index}]");
        let rank = setting.get("rank").and_then(Value::as_i64).unwrap_or_default();
        if ranks.contains(&rank) {
            return Err(Complaint::rule(format!("{at}.rank"), "is given twice"));
        }
        ranks.push(rank);
        check_condition(&at, setting)?;
        merged.entry(rank).or_default().extend(setting.clone());
    }
    let enabled = |rank: i64| merged.get(&rank).is_some_and(|condition| condition.get("enabled") == Some(&json!("Y")));
    let kind = |rank: i64| merged.get(&rank).and_then(|condition| condition.get("authType"));
    if enabled(2) && !enabled(1) {
        return Err(Complaint::rule("authSettings", "must not turn on the secondary condition without the primary"));
    }
    if enabled(1) && enabled(2) && kind(1) == kind(2) {
        return Err(Complaint::rule("authSettings", "must not have the same authType twice"));
    }
    Ok(merged)
}

/// Each kind of condition has fields without which it cannot work.
fn check_condition(at: &str, setting: &Map<String, Value>) -> Result<(), Complaint> {
    let needed: &[&str] = match setting.get("authType").and_then(Value::as_str) {
        Some("pay") => &["price"],
        Some("code") => &["authCode"],
        Some("external") => &["externalKey", "externalUri"],
        Some("custom") => &["customKey", "customUri"],
        Some("direct") => &["directKey"],
        _ => &[],
    };
    let absent = |name: &&&str| setting.get(**name).is_none_or(|value| value == "");
    match needed.iter().find(absent) {
        Some(name) => Err(Complaint::rule(format!("{at}.{name}"), "is required by this authType")),
        None => Ok(()),
    }
}
