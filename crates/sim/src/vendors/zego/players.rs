//! What an update does to a player.

use serde_json::{Value, json};

use super::{
    callbacks::STATUS_CHANGED,
    envelope::{BAD_PARAMETER, failure, success},
};
use crate::{
    answer::Answer,
    call::Call,
    notice::Notice,
    vendor::Vendor,
    world::{
        World,
        players::{CREATING, DESTROYED, PAUSED, PLAYING, Player, Source},
    },
};

/// `UpdatePlayer`.
pub(crate) fn update(world: &mut World, call: &Call) -> Answer {
    let refuse = |message: &str| failure(call, BAD_PARAMETER, message);
    let Some(player) = world.players.get_mut(call.text("PlayerId")).filter(|player| player.status != DESTROYED) else {
        return refuse("PlayerId does not exist");
    };
    if player.status == CREATING {
        return failure(call, 350_006_009, "player is being created, try again later");
    }
    let single = call.json.get("StreamUrl").and_then(Value::as_str);
    let list = call.json.get("StreamUrlList").and_then(Value::as_array);
    match (single, list, &player.source) {
        (Some(_), Some(_), _) => return refuse("StreamUrl and StreamUrlList exclude each other"),
        (Some(_), _, Source::Playlist(_)) => return refuse("StreamUrl is not for a player made from StreamUrlList"),
        (_, Some(_), Source::Single(_)) => return refuse("StreamUrlList is not for a player made from StreamUrl"),
        _ => {}
    }
    if list.is_some_and(|list| list.iter().filter_map(Value::as_str).map(str::len).sum::<usize>() > 50_000) {
        return refuse("StreamUrlList must have at most 50000 bytes");
    }

    // The vendor says Code 0 to an update that comes too late, and leaves the player as it is.
    let sequence = call.json.get("Sequence").and_then(Value::as_i64).unwrap_or(i64::MAX);
    if sequence <= player.sequence {
        return success(call);
    }
    player.sequence = sequence;
    let before = player.status;
    if let Some(backup) = call.json.get("BackupStreamUrl").and_then(Value::as_str).filter(|url| !url.is_empty()) {
        backup.clone_into(&mut player.backup);
    }
    // A new source starts from the beginning, and everything else in the same request is ignored.
    match (single, list) {
        (Some(url), _) => player.source = Source::Single(url.to_owned()),
        (_, Some(list)) => player.source = Source::Playlist(list.clone()),
        _ => change_settings(player, call),
    }
    if player.status != before {
        let changed = json!({"PlayerId": call.text("PlayerId"), "Detail": {"Status": player.status, "PlayIndex": 0}});
        world.notices.push(Notice::new(Vendor::Zego, STATUS_CHANGED, changed, call.unix_millis()));
    }
    success(call).applied()
}

fn change_settings(player: &mut Player, call: &Call) {
    let members = |name: &str| call.json.get(name).and_then(Value::as_object).into_iter().flatten();
    for (name, value) in members("VideoOptions") {
        let value = if name == "VideoBitrate" { value.clone() } else { even(value) };
        // Once on, the short edge can be changed but not switched off.
        if !(name == "ShortEdge" && value == 0) {
            player.video.insert(name.clone(), value);
        }
    }
    player.audio.extend(members("AudioOptions").map(|(name, value)| (name.clone(), value.clone())));
    if let Some(seconds) = call.json.get("SeekTo") {
        player.seek_to = seconds.clone();
    }
    match call.json.get("IsPause").and_then(Value::as_i64) {
        Some(1) if player.status == PLAYING => player.status = PAUSED,
        Some(0) if player.status == PAUSED => player.status = PLAYING,
        _ => {}
    }
    // 0 means: as before.
    if let Some(times) = call.json.get("RepeatTimes").and_then(Value::as_i64).filter(|times| *times != 0) {
        player.repeat_times = times;
    }
}

/// Odd sizes are rounded up; 1 stays 1, it means audio only.
fn even(size: &Value) -> Value {
    match size.as_i64() {
        Some(odd) if odd > 1 && odd % 2 == 1 => json!(odd + 1),
        _ => size.clone(),
    }
}
