//! The routes under `/__sim/`, for tests in other languages.

use std::{io, sync::Arc, time::Duration};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::{
    Response, StatusCode,
    header::{CONTENT_TYPE, HOST, HeaderMap, HeaderValue, ORIGIN},
    request::Parts,
    uri::Authority,
};
use serde_json::{Map, Value, json};

use crate::{
    callback::{Callback, CallbackFault, Delivery},
    clock, courier,
    engine::Engine,
    fault::{Fault, Selector},
    log::Recorded,
    members::{Members, invalid},
    reply::ReplyBody,
    vendor::Vendor,
    wire,
};

/// A thousand years; a vendor's clock is not further off.
const MOST_OFFSET: u64 = 1000 * 366 * 86_400;

/// Whether this path is ours and not the vendor's.
pub(crate) fn is_control(path: &str) -> bool {
    path == "/__sim" || path.starts_with("/__sim/")
}

/// Answers, and leaves no trace in the log or the quotas. `vendor` is whose port it came to.
pub(crate) async fn answer(engine: &Arc<Engine>, vendor: Vendor, parts: Parts, body: Bytes) -> Response<ReplyBody> {
    // Web pages say where they come from, or, by a name of theirs that leads to this machine, where they want to go:
    // they have no business here.
    let answer = if parts.headers.contains_key(ORIGIN) || !is_called_locally(&parts.headers) {
        Err(io::Error::new(io::ErrorKind::PermissionDenied, "the control routes are not for web pages"))
    } else {
        act(engine, vendor, &parts, &body).await
    };
    let (status, json) = match answer {
        Ok(json) => (StatusCode::OK, json),
        Err(error) => {
            let status = match error.kind() {
                io::ErrorKind::NotFound => StatusCode::NOT_FOUND,
                io::ErrorKind::PermissionDenied => StatusCode::FORBIDDEN,
                io::ErrorKind::Unsupported | io::ErrorKind::NotConnected => StatusCode::CONFLICT,
                _ => StatusCode::BAD_REQUEST,
            };
            (status, json!({"error": error.to_string()}))
        }
    };
    let mut response = Response::new(ReplyBody::spoiled(json.to_string().into(), None));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// Whether every `Host`, and there is one, is this machine by its own names.
fn is_called_locally(headers: &HeaderMap) -> bool {
    let is_local = |host: &HeaderValue| {
        let host = host.to_str().ok().and_then(|host| host.parse::<Authority>().ok());
        host.is_some_and(|host| courier::is_loopback(host.host()))
    };
    headers.contains_key(HOST) && headers.get_all(HOST).iter().all(is_local)
}

async fn act(engine: &Arc<Engine>, vendor: Vendor, parts: &Parts, body: &[u8]) -> io::Result<Value> {
    let segments = wire::segments(parts.uri.path()).map_err(|malformed| invalid(malformed.to_string()))?;
    let path: Vec<_> = segments.iter().skip(1).map(String::as_str).collect();
    let mut members = Members::read(body)?;
    let vendor = match members.text("vendor")? {
        Some(key) => Vendor::from_key(&key).ok_or_else(|| invalid(format!("no vendor is called {key:?}")))?,
        None => vendor,
    };
    match (parts.method.as_str(), &path[..]) {
        ("GET", ["requests"]) => Ok(engine.log().all().iter().map(request).collect()),
        ("GET", ["deliveries"]) => Ok(engine.post_office.deliveries().iter().map(delivery).collect()),
        ("GET", ["state", what @ ..]) => state(engine, what),
        ("GET", ["faults"]) => Ok(catalog()),
        ("GET", ["clock"]) => Ok(time(engine, vendor)),
        ("GET", ["callback-url"]) => Ok(callback_url(engine, vendor)),
        ("POST", ["faults"]) => script(engine, vendor, members),
        ("POST", ["clock"]) => set_clock(engine, vendor, members),
        ("POST", ["callback-url"]) => set_callback_url(engine, vendor, members),
        ("POST", ["callback"]) => fire(engine, vendor, members).await,
        ("POST", ["callback-faults"]) => {
            engine.post_office.queue_fault(vendor, CallbackFault::from_json(&members.rest())?);
            Ok(json!({}))
        }
        ("POST", ["publishers"]) => set_publishers(engine, members),
        ("POST", ["live"]) => set_live(engine, members),
        ("POST", ["uploading-status"]) => set_uploading_status(engine, members),
        ("POST", ["reset"]) => done(members, || engine.reset()),
        ("DELETE", ["requests"]) => done(members, || engine.log().clear()),
        ("DELETE", ["faults"]) => done(members, || clear_faults(engine)),
        ("DELETE", ["callback-url"]) => {
            members.end()?;
            engine.post_office.set_url(vendor, None)?;
            Ok(callback_url(engine, vendor))
        }
        _ => {
            let message = format!("no control route {} {}; the README lists them", parts.method, parts.uri.path());
            Err(io::Error::new(io::ErrorKind::NotFound, message))
        }
    }
}

/// Does it unless a member is left unread.
fn done(members: Members, action: impl FnOnce()) -> io::Result<Value> {
    members.end()?;
    action();
    Ok(json!({}))
}

fn needed<T>(name: &str, value: Option<T>) -> io::Result<T> {
    value.ok_or_else(|| invalid(format!("{name:?} is missing")))
}

/// `times` (once unless said otherwise), `always` or `clear`; for one `operation`, for `all`, or for the vendor.
fn script(engine: &Engine, vendor: Vendor, mut members: Members) -> io::Result<Value> {
    if members.flag("clear")? {
        return done(members, || clear_faults(engine));
    }
    let selector = match (members.text("operation")?, members.flag("all")?) {
        (Some(_), true) => return Err(invalid("\"operation\" and \"all\" exclude each other")),
        (Some(operation), false) => Selector::Operation(operation),
        (None, true) => Selector::All,
        (None, false) => Selector::Vendor(vendor),
    };
    if !selector.exists() {
        return Err(invalid(format!("no operation fits {selector:?}")));
    }
    let (times, always) = (members.number("times")?, members.flag("always")?);
    let fault = Fault::from_json(&members.rest())?;
    match (times, always) {
        (Some(_), true) => return Err(invalid("\"times\" and \"always\" exclude each other")),
        (None, true) => engine.faults().stand(selector, fault),
        (times, false) => engine.faults().queue(&selector, &fault, usize::from(times.unwrap_or(1_u16))),
    }
    Ok(json!({}))
}

fn clear_faults(engine: &Engine) {
    engine.faults().clear();
    engine.post_office.clear_faults();
}

fn catalog() -> Value {
    let faults: Vec<_> = Fault::catalog().into_iter().map(|(name, _)| name).collect();
    let callback_faults: Vec<_> = CallbackFault::catalog().into_iter().map(|(name, _)| name).collect();
    json!({"faults": faults, "callback_faults": callback_faults})
}

fn set_clock(engine: &Engine, vendor: Vendor, mut members: Members) -> io::Result<Value> {
    let offset: Option<i64> = members.number("offset_seconds")?;
    let advance = members.number("advance_ms")?.map(Duration::from_millis);
    members.end()?;
    if let Some(by) = advance.filter(|by| !engine.clocks.try_advance(*by)) {
        let message = format!("this clock goes by itself and cannot be advanced by {by:?}");
        return Err(io::Error::new(io::ErrorKind::Unsupported, message));
    }
    if let Some(seconds) = offset {
        if seconds.unsigned_abs() > MOST_OFFSET {
            return Err(invalid(format!("offset_seconds must be within {MOST_OFFSET} either way")));
        }
        engine.clocks.set_offset(vendor, seconds);
    }
    Ok(time(engine, vendor))
}

fn time(engine: &Engine, vendor: Vendor) -> Value {
    let elapsed = u64::try_from(engine.clocks.elapsed().as_millis()).unwrap_or(u64::MAX);
    let now = clock::unix_millis(engine.clocks.now_at(vendor));
    json!({"vendor": vendor.key(), "unix_ms": now, "elapsed_ms": elapsed})
}

fn set_callback_url(engine: &Engine, vendor: Vendor, mut members: Members) -> io::Result<Value> {
    let url = needed("url", members.text("url")?)?;
    members.end()?;
    engine.post_office.set_url(vendor, Some(&url))?;
    Ok(callback_url(engine, vendor))
}

fn callback_url(engine: &Engine, vendor: Vendor) -> Value {
    json!({"vendor": vendor.key(), "url": engine.post_office.url(vendor)})
}

async fn fire(engine: &Engine, vendor: Vendor, mut members: Members) -> io::Result<Value> {
    let event = needed("event", members.text("event")?)?;
    let fields = members.object("fields")?;
    let described = members.rest();
    let fault = if described.as_object().is_some_and(Map::is_empty) {
        None
    } else {
        Some(CallbackFault::from_json(&described)?)
    };
    let delivered = engine.post_office.send(vendor, Callback { event, fields, fault }).await?;
    Ok(json!({"attempts": delivered.attempts, "status": delivered.status, "accepted": delivered.accepted}))
}

fn set_publishers(engine: &Engine, mut members: Members) -> io::Result<Value> {
    let cname = needed("cname", members.text("cname")?)?;
    let count = needed("count", members.number("count")?)?;
    let now = engine.clocks.elapsed();
    done(members, || engine.world().recorders.set_publishers(&cname, count, now))
}

fn set_live(engine: &Engine, mut members: Members) -> io::Result<Value> {
    let channel = needed("channelId", members.text("channelId")?)?;
    let live = members.flag("live")?;
    members.end()?;
    Ok(json!({"changed": engine.set_live(&channel, live)}))
}

fn set_uploading_status(engine: &Engine, mut members: Members) -> io::Result<Value> {
    let status = needed("status", members.text("status")?)?;
    done(members, || engine.world().recorders.uploading_status = status)
}

/// All of the world, or one thing in it.
fn state(engine: &Engine, what: &[&str]) -> io::Result<Value> {
    let now = engine.clocks.elapsed();
    let mut world = engine.world();
    let found = match what {
        [] => Some(world.snapshot(now)),
        ["recordings"] => Some(world.recorders.snapshots(now).into()),
        ["player", id] => world.players.snapshot(id),
        ["upload", id] => world.uploads.snapshot(id),
        ["video", vid] => world.videos.snapshot(vid),
        ["channel", id] => world.channels.snapshot(id),
        ["stream", channel] => world.streams.snapshot(channel),
        ["live-account"] => Some(world.live_account.snapshot()),
        ["role", channel, account] => world.channels.role_snapshot(channel, account),
        _ => None,
    };
    found.ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, format!("there is no {}", what.join(" "))))
}

fn request(recorded: &Recorded) -> Value {
    let mut headers = Map::new();
    for (name, value) in &recorded.headers {
        // A repeated header keeps its last value here; the vendors want none twice.
        headers.insert(name.to_string(), json!(String::from_utf8_lossy(value.as_bytes())));
    }
    let mut told = json!({
        "vendor": recorded.vendor.key(), "operation": recorded.operation, "method": recorded.method,
        "path": recorded.path, "query": recorded.query, "form": recorded.form, "headers": headers,
        "status": recorded.status, "code": recorded.code, "applied": recorded.applied,
    });
    insert_body(&mut told, &recorded.body);
    told
}

fn delivery(delivery: &Delivery) -> Value {
    let headers: Map<_, _> = delivery.headers.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
    let mut told = json!({
        "vendor": delivery.vendor.key(), "event": delivery.event, "method": delivery.method, "url": delivery.url,
        "headers": headers, "status": delivery.status, "accepted": delivery.accepted,
    });
    insert_body(&mut told, &delivery.body);
    told
}

/// As text, or in base64 if it is none.
fn insert_body(told: &mut Value, body: &[u8]) {
    match std::str::from_utf8(body) {
        Ok(text) => told["body"] = json!(text),
        Err(_) => told["body_base64"] = json!(STANDARD.encode(body)),
    }
}
