//! Tokens for encrypted playback. A living one for the same viewer is handed out again, and lives longer.

use serde_json::json;

use super::{
    envelope::{failure, success},
    library::is_vid,
};
use crate::{
    answer::Answer,
    call::Call,
    fields::{Field, choice, text, whole, words},
    operation::Operation,
    vendors::polyv::post,
    world::{World, videos::PlayToken},
};

const MAIN: &[Field] = &[text("userId").required()];
const SUB: &[Field] = &[text("appId").required()];

const FIELDS: &[Field] = &[
    whole("ts", 0, i64::MAX).required(),
    text("sign").required(),
    text("videoId").required(),
    text("viewerId").required(),
    text("viewerIp"),
    text("viewerName"),
    whole("expires", 1, i64::MAX),
    words("disposable", &["true", "false"]),
    choice("iswxa", &[0, 1]),
    text("extraParams"),
];

pub(super) static OPERATIONS: &[Operation] = &[
    post("CreatePlaysafeToken", "/service/v1/token", &[MAIN, FIELDS], create),
    post("CreateChildPlaysafeToken", "/service/v2/token/create-child", &[SUB, FIELDS], create),
];

fn create(world: &mut World, call: &Call) -> Answer {
    let given = |name| call.form.filled(name).unwrap_or_default();
    if !is_vid(given("videoId")) {
        return failure(call, 400, "videoId is invalid");
    }
    let now = call.unix_millis();
    let millis = call.form.filled("expires").and_then(|text| text.parse::<i64>().ok()).unwrap_or(600) * 1000;
    let address = call.form.filled("viewerIp").unwrap_or("127.0.0.1");
    let kind = call.form.filled("iswxa").unwrap_or("0");
    let of = [given("videoId"), given("viewerId"), address, kind].map(str::to_owned);
    let tokens = &mut world.videos.tokens;
    tokens.retain(|token| token.expires > now);
    let count = tokens.len();
    let at = tokens.iter().position(|token| token.of == of).unwrap_or_else(|| {
        let token = format!("{:024x}{count:08x}", call.serial);
        tokens.push(PlayToken { token, of: of.clone(), created: now, expires: 0 });
        count
    });
    let token = &mut tokens[at];
    token.expires = now + millis;
    let data = json!({
        "token": token.token, "userId": crate::demo::POLYV_VOD_USER_ID, "appId": call.form.filled("appId"),
        "videoId": of[0], "viewerId": of[1], "viewerIp": of[2], "viewerName": call.form.filled("viewerName"),
        "extraParams": call.form.filled("extraParams"), "ttl": millis, "createdTime": token.created,
        "expiredTime": token.expires, "iswxa": i64::from(kind == "1"),
        "disposable": call.form.filled("disposable") == Some("true"),
    });
    success(call, &data).applied()
}
