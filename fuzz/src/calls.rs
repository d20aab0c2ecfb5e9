//! Whole calls of every operation in the registries, answered by bytes of the fuzzer's.

use std::cell::OnceCell;
use std::time::Duration;

use livecloud::{anyrtc_recording as anyrtc, polyv_live as live, polyv_vod as vod, zego_cloud_player as zego};
use livecloud_core::registry::Entry;
use livecloud_core::test_util::{ManualClock, ReplayTransport, SeededEntropy, Step};
use livecloud_core::{Client, Delivery, ErrorKind, NoRetry, QuotaMode, StandardRetry, Vendor};
use serde_json::Value;

const NOW_MS: u64 = 1_629_334_739_239;
const STATUSES: [u16; 12] = [200, 200, 200, 200, 201, 204, 206, 302, 400, 403, 429, 502];
const MEDIA_TYPES: [&str; 4] = ["application/json", "text/html", "application/vnd.ms-excel", ""];

pub(crate) fn envelope_zego(data: &[u8]) {
    envelope(zego::REGISTRY, zego_account(), data);
}

pub(crate) fn envelope_polyv_vod(data: &[u8]) {
    envelope(vod::REGISTRY, vod_account(), data);
}

pub(crate) fn envelope_polyv_live(data: &[u8]) {
    envelope(live::REGISTRY, live_account(), data);
}

pub(crate) fn envelope_anyrtc(data: &[u8]) {
    envelope(anyrtc::REGISTRY, anyrtc_account(), data);
}

fn zego_account() -> zego::Account {
    zego::Account::new(12345, "secret")
}

fn vod_account() -> vod::Account {
    vod::Account::sub("app", "secret").with_main("user", "secretkey").write_token("token")
}

fn live_account() -> live::Account {
    live::Account::new("app", "secret").user_id("0123456789")
}

fn anyrtc_account() -> anyrtc::Account {
    anyrtc::Account::new("app", "id", "secret")
}

/// The first two bytes choose operation, status and media type; the rest is the body.
fn envelope<V: Vendor>(registry: &[Entry<V>], account: V, data: &[u8]) {
    let [operation, head, body @ ..] = data else { return };
    let entry = registry[usize::from(*operation) % registry.len()];
    let step = Step::reply(STATUSES[usize::from(head >> 4) % STATUSES.len()], body.to_vec());
    let step = step.header("content-type", MEDIA_TYPES[usize::from(*head) % MEDIA_TYPES.len()]);
    let client = Client::builder(account)
        .transport(ReplayTransport::always(step))
        .clock(ManualClock::at(NOW_MS))
        .entropy(SeededEntropy::new(7))
        .quota_mode(QuotaMode::Off)
        .retry(NoRetry)
        .build()
        .expect("a client over a replay needs nothing");
    let name = entry.meta().name;
    match run(entry.call(&client, inputs(name))) {
        Ok(answer) => {
            assert!(serde_json::to_string(&answer.output).is_ok(), "{name}: an output that was read can be written");
        }
        Err(error) => {
            let _ = format!("{error} {error:#} {error:?}");
            let kind = error.kind();
            let is_of_the_reply = matches!(kind, ErrorKind::Api | ErrorKind::Decode | ErrorKind::Transport);
            assert!(is_of_the_reply, "{name}: {kind:?} is no judgement of a reply");
            // A vendor has answered: whatever it said, nobody may think that nothing was sent.
            assert_ne!((name, error.delivery()), (name, Delivery::NotSent));
        }
    }
}

/// A JSON object as the input of every operation: it is refused, or makes a request that says the same every time.
pub(crate) fn input(data: &[u8]) {
    let [operation, json @ ..] = data else { return };
    let Ok(value) = serde_json::from_slice::<Value>(json) else { return };
    prepare(zego::REGISTRY, zego_account(), *operation, &value);
    prepare(vod::REGISTRY, vod_account(), *operation, &value);
    prepare(live::REGISTRY, live_account(), *operation, &value);
    prepare(anyrtc::REGISTRY, anyrtc_account(), *operation, &value);
}

/// `value`'s members over those of the operation's full input, so that most of a request is in order.
fn prepare<V: Vendor>(registry: &[Entry<V>], account: V, operation: u8, value: &Value) {
    let entry = registry[usize::from(operation) % registry.len()];
    let name = entry.meta().name;
    let mut input = inputs(name);
    match (input.as_object_mut(), value) {
        (Some(members), Value::Object(others)) => members.extend(others.clone()),
        _ => input = value.clone(),
    }
    let client = Client::builder(account)
        .transport(ReplayTransport::new([]))
        .clock(ManualClock::at(NOW_MS))
        .nonce("0123456789abcdef")
        .build()
        .expect("a client over a replay needs nothing");
    match (entry.prepare(&client, input.clone()), entry.prepare(&client, input)) {
        (Ok(one), Ok(other)) => assert_eq!(one.uri(), other.uri(), "{name}: one input, two addresses"),
        (Err(one), Err(_)) => {
            let _ = format!("{one} {one:#} {one:?}");
            assert_eq!(one.delivery(), Delivery::NotSent, "{name}");
        }
        _ => panic!("{name}: accepted and refused"),
    }
}

/// `Date` and `Retry-After` of a throttled reply, and of one that refuses the time. Header values, split at a line feed.
pub(crate) fn dates(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (date, retry_after) = text.split_once('\n').unwrap_or((&text, &text));
    let code = if data.len().is_multiple_of(2) { "100000004" } else { "100000001" };
    let throttled = Step::reply(429, format!(r#"{{"Code":{code},"Message":"m"}}"#));
    let step = throttled.header("date", date).header("retry-after", retry_after);
    let client = Client::builder(zego_account())
        .transport(ReplayTransport::always(step))
        .clock(ManualClock::at(NOW_MS))
        .entropy(SeededEntropy::new(7))
        .retry(StandardRetry::attempts(3))
        .build()
        .expect("a client over a replay needs nothing");
    let call = zego::UpdatePlayer::new("player", 1).seek_to(1);
    let error = run(async { client.call(call).deadline(Duration::from_secs(3600)).await }).expect_err("a refusal");
    let _ = format!("{error} {error:#} {error:?}");
    assert!((1..=4).contains(&error.attempts()), "{} attempts", error.attempts());
}

/// The full input of an operation, as the simulator has it: a new operation brings its own along.
fn inputs(name: &str) -> Value {
    const INPUTS: &str = include_str!("../../crates/sim/src/demo/inputs.json");
    thread_local! {
        static READ: OnceCell<serde_json::Map<String, Value>> = const { OnceCell::new() };
    }
    let read = || serde_json::from_str(INPUTS).expect("the simulator's inputs are JSON");
    READ.with(|inputs| inputs.get_or_init(read).get(name).cloned().unwrap_or_default())
}

fn run<F: Future>(call: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.expect("a runtime without IO").block_on(call)
}
