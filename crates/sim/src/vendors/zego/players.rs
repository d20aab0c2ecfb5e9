//! What becomes of players.

use std::time::Duration;

use serde_json::{Value, json};

use super::{
    envelope::{BAD_PARAMETER, failure, success, success_with},
    events,
    pages::{made_up, page},
};
use crate::{
    answer::Answer,
    call::Call,
    world::{
        World,
        players::{CREATING, DELETED, PAUSED, PLAYING, Player, Players, Source},
    },
};

/// Most bytes of all URLs of a playlist.
const PLAYLIST_BYTES: usize = 50_000;
const TOO_LONG: &str = "StreamUrlList must have at most 50000 bytes";

/// Most players that are not destroyed.
const MOST: usize = 50;

/// How far a start may be planned ahead, in seconds, and how long ago it may have been.
const AHEAD: i64 = 1800;
const AGO: i64 = 86_400;

/// `CreatePlayer`.
pub(super) fn create(world: &mut World, call: &Call) -> Answer {
    let source = match source(call) {
        Ok(source) => source,
        Err(complaint) => return failure(call, BAD_PARAMETER, complaint),
    };
    let number = |name: &str| call.json.get(name).and_then(Value::as_i64);
    let millis = call.unix_millis();
    let created = millis.div_euclid(1000);
    let play_time = number("PlayTime").filter(|time| *time != 0).unwrap_or(created);
    if !(created - AGO..=created + AHEAD).contains(&play_time) {
        let rule = "PlayTime must be 0, or between one day before now and 30 minutes after";
        return failure(call, BAD_PARAMETER, rule);
    }
    if number("RepeatTimes") == Some(0) {
        return failure(call, BAD_PARAMETER, "RepeatTimes must be -1 or at least 1");
    }
    let running = || world.players.all().iter().filter(|player| !player.is_destroyed());
    if running().count() >= MOST {
        return failure(call, 350_006_007, "the number of players has reached its limit");
    }
    let (name, stream) = (call.text("PlayerName"), call.text("StreamId"));
    if !name.is_empty() && running().any(|player| player.name == name) {
        return failure(call, 350_006_008, "a running player has this PlayerName");
    }
    if !stream.is_empty() && running().any(|player| player.stream == stream) {
        return failure(call, BAD_PARAMETER, "StreamId is in use");
    }

    let serial = world.players.all().len();
    let mut player = Player::new(made_up("player", serial), call.text("RoomId"), source);
    name.clone_into(&mut player.name);
    player.stream = if stream.is_empty() { made_up("stream", serial) } else { stream.to_owned() };
    call.text("BackupStreamUrl").clone_into(&mut player.backup);
    (player.created, player.play_time) = (created, play_time);
    player.since = Some(call.elapsed);
    let wait = u64::try_from(play_time.saturating_mul(1000).saturating_sub(millis)).unwrap_or(0);
    player.starts = call.elapsed + Duration::from_millis(wait);
    // A start that has passed is made up for.
    player.seek_to = json!((created - play_time).max(0));
    // The vendor clamps what is out of range.
    let max_idle = number("MaxIdleTime").unwrap_or(300).clamp(5, 3000);
    player.max_idle = Duration::from_secs(max_idle.unsigned_abs());
    change_settings(&mut player, call);
    let data = json!({
        "PlayerId": player.id, "RoomId": player.room, "StreamId": player.stream, "CreateTime": player.created,
    });
    world.players.add(player);
    success_with(call, &data).applied()
}

/// The one source a player is made from.
fn source(call: &Call) -> Result<Source, &'static str> {
    let list = call.json.get("StreamUrlList").and_then(Value::as_array);
    match (call.text("StreamUrl"), list) {
        ("", None) => Err("StreamUrl is required, or StreamUrlList"),
        ("", Some(list)) if is_too_long(list) => Err(TOO_LONG),
        ("", Some(list)) => Ok(Source::Playlist(list.clone())),
        (url, None) => Ok(Source::Single(url.to_owned())),
        (_, Some(_)) => Err("StreamUrl and StreamUrlList exclude each other"),
    }
}

/// `UpdatePlayer`.
pub(super) fn update(world: &mut World, call: &Call) -> Answer {
    let player = match existing(&mut world.players, call) {
        Ok(player) => player,
        Err(refusal) => return refusal,
    };
    let refuse = |message: &str| failure(call, BAD_PARAMETER, message);
    let single = call.json.get("StreamUrl").and_then(Value::as_str);
    let list = call.json.get("StreamUrlList").and_then(Value::as_array);
    match (single, list, &player.source) {
        (Some(_), Some(_), _) => return refuse("StreamUrl and StreamUrlList exclude each other"),
        (Some(_), _, Source::Playlist(_)) => return refuse("StreamUrl is not for a player made from StreamUrlList"),
        (_, Some(_), Source::Single(_)) => return refuse("StreamUrlList is not for a player made from StreamUrl"),
        _ => {}
    }
    if list.is_some_and(|list| is_too_long(list)) {
        return refuse(TOO_LONG);
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
        world.notices.push(events::player_status(player, call.unix_millis()));
    }
    success(call).applied()
}

/// `DeletePlayer`.
pub(super) fn delete(world: &mut World, call: &Call) -> Answer {
    match existing(&mut world.players, call) {
        Ok(player) => {
            player.destroy(DELETED, call.elapsed);
            world.notices.push(events::player_status(player, call.unix_millis()));
            success(call).applied()
        }
        Err(refusal) => refusal,
    }
}

/// `DescribePlayers`: a room does not matter beside a player's id.
pub(super) fn describe(world: &mut World, call: &Call) -> Answer {
    let (id, room) = (call.text("PlayerId"), call.text("RoomId"));
    let status = call.json.get("Status").and_then(Value::as_u64);
    let fits = |player: &Player| {
        let named = if id.is_empty() { room.is_empty() || player.room == room } else { player.id == id };
        named && status.is_none_or(|status| status == u64::from(player.status))
    };
    page(call, "Players", world.players.all(), fits, Player::listed)
}

/// The player a call names, unless it is gone or not yet there.
fn existing<'a>(players: &'a mut Players, call: &Call) -> Result<&'a mut Player, Answer> {
    match players.get_mut(call.text("PlayerId")).filter(|player| !player.is_destroyed()) {
        None => Err(failure(call, BAD_PARAMETER, "PlayerId does not exist")),
        Some(player) if player.status == CREATING => {
            Err(failure(call, 350_006_009, "player is being created, try again later"))
        }
        Some(player) => Ok(player),
    }
}

fn is_too_long(list: &[Value]) -> bool {
    list.iter().filter_map(Value::as_str).map(str::len).sum::<usize>() > PLAYLIST_BYTES
}

fn change_settings(player: &mut Player, call: &Call) {
    set_options(player, call);
    if let Some(seconds) = call.json.get("SeekTo") {
        player.seek_to = seconds.clone();
    }
    match call.json.get("IsPause").and_then(Value::as_i64) {
        Some(1) if player.status == PLAYING => player.set_status(PAUSED, call.elapsed),
        Some(0) if player.status == PAUSED => player.set_status(PLAYING, call.elapsed),
        _ => {}
    }
    // 0 means: as before.
    if let Some(times) = call.json.get("RepeatTimes").and_then(Value::as_i64).filter(|times| *times != 0) {
        player.repeat_times = times;
    }
}

/// Takes over the video and audio options that are given.
fn set_options(player: &mut Player, call: &Call) {
    let members = |name: &str| call.json.get(name).and_then(Value::as_object).into_iter().flatten();
    for (name, value) in members("VideoOptions") {
        let is_size = matches!(name.as_str(), "Width" | "Height" | "ShortEdge");
        let value = if is_size { even(value) } else { value.clone() };
        // Once on, the short edge can be changed but not switched off.
        if !(name == "ShortEdge" && value == 0) {
            player.video.insert(name.clone(), value);
        }
    }
    player.audio.extend(members("AudioOptions").map(|(name, value)| (name.clone(), value.clone())));
}

/// Odd sizes are rounded up; 1 stays 1, it means audio only.
fn even(size: &Value) -> Value {
    match size.as_i64() {
        Some(odd) if odd > 1 && odd % 2 == 1 => json!(odd + 1),
        _ => size.clone(),
    }
}
