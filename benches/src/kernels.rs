//! The pieces of a call, each alone and many times over: for counting instructions.

use std::hint::black_box;
use std::time::{Duration, UNIX_EPOCH};

use bytes::Bytes;
use livecloud_core::test_util::{ManualClock, SeededEntropy};
use livecloud_core::{
    Body, Checks, Client, Draft, FromPayload as _, Limiter as _, LocalLimiter, Method, Operation, Params, Quota,
    QuotaKey, Reply, SignContext, Transport, TransportError, Validation, Vendor, async_trait,
};
use md5::{Digest as _, Md5};
use tokio::runtime::Runtime;

use crate::job::{self, Job};
use crate::{Outcome, sides};

const OF_EVERY_CALL: [&str; 8] = ["check", "encode", "sign", "prepare", "envelope", "decode", "limiter", "call"];
const OPERATIONS: [&str; 3] = ["UpdatePlayer", "UpdateChannelBasic", "Query"];
/// A form with a text of 64 KiB in it, signed as POLYV does: there the digest is what takes time.
const LONG_FORM: &str = "LongForm";

/// `operation kernel` of every kernel there is.
pub(crate) fn names() -> Vec<String> {
    let calls = OPERATIONS.iter().flat_map(|operation| OF_EVERY_CALL.map(|kernel| format!("{operation} {kernel}")));
    // basic authentication has no digest
    let others =
        [("UpdatePlayer", "digest"), ("UpdateChannelBasic", "digest"), (LONG_FORM, "sign"), (LONG_FORM, "digest")];
    calls.chain(others.map(|(operation, kernel)| format!("{operation} {kernel}"))).collect()
}

const NOW_MS: u64 = 1_615_186_943_000;

pub(crate) fn run(runtime: &Runtime, operation: &str, kernel: &str, times: u64) -> Outcome {
    if operation == LONG_FORM || kernel == "digest" {
        return sign_or_digest(operation, kernel, times);
    }
    let job = Job::named(operation)?;
    let reply = job.reply();
    match job {
        Job::Zego => run_with(runtime, job::zego_account(), &job::update_player(), reply, kernel, times),
        Job::Polyv => run_with(runtime, job::polyv_account(), &job::update_channel(), reply, kernel, times),
        Job::Anyrtc => run_with(runtime, job::anyrtc_account(), &job::query(), reply, kernel, times),
    }
}

fn run_with<O: Operation>(
    runtime: &Runtime,
    account: O::Vendor,
    operation: &O,
    reply: &'static str,
    kernel: &str,
    times: u64,
) -> Outcome
where
    O::Vendor: Clone,
{
    let now = UNIX_EPOCH + Duration::from_millis(NOW_MS);
    let (meta, profile) = (operation.meta(), operation.profile());
    let entropy = SeededEntropy::new(7);
    let mut draft = Draft::new(meta.method);
    operation.write(&account, &mut draft)?;
    let http_reply = http::Response::new(Bytes::from_static(reply.as_bytes()));
    let client = Client::builder(account.clone())
        .transport(Parrot(reply))
        .clock(ManualClock::at(NOW_MS))
        .entropy(SeededEntropy::new(7))
        .limiter(sides::Wide::default())
        .build()?;
    let repeat = |mut kernel: Box<dyn FnMut() -> Outcome + '_>| (0..times).try_for_each(|_| kernel());
    match kernel {
        "check" => repeat(Box::new(|| {
            let mut checks = Checks::new(&account, now, Validation::Strict);
            operation.check(black_box(&mut checks));
            black_box(checks);
            Ok(())
        })),
        "encode" => repeat(Box::new(|| {
            let mut draft = Draft::new(meta.method);
            operation.write(black_box(&account), &mut draft)?;
            black_box(draft);
            Ok(())
        })),
        // With the copy of the draft, without which nothing can be signed twice.
        "sign" => repeat(Box::new(|| {
            let mut draft = black_box(&draft).clone();
            account.signer(profile)?.sign(&mut draft, &SignContext::new(now, None, &entropy))?;
            black_box(draft);
            Ok(())
        })),
        "prepare" => repeat(Box::new(|| {
            black_box(client.prepare(black_box(operation))?);
            Ok(())
        })),
        "envelope" => repeat(Box::new(|| {
            black_box(account.open(meta, profile, black_box(&http_reply))?);
            Ok(())
        })),
        "decode" => {
            let Reply::Ok { payload, .. } = account.open(meta, profile, &http_reply)? else {
                return Err("the reply is no success".into());
            };
            repeat(Box::new(|| {
                black_box(O::Output::from_payload(black_box(&payload).clone())?);
                Ok(())
            }))
        }
        "limiter" => runtime.block_on(async {
            let limiter = LocalLimiter::new();
            let quota = Quota::per_second("class", u32::MAX);
            let key: QuotaKey = account.quota_key(meta);
            for _ in 0..times {
                limiter.acquire(black_box(&key), quota, Duration::from_secs(1)).await.map_err(|_| "no permit")?;
            }
            Ok(())
        }),
        "call" => runtime.block_on(async {
            for _ in 0..times {
                black_box(client.call(black_box(operation)).await?);
            }
            Ok(())
        }),
        other => Err(format!("no kernel `{other}`").into()),
    }
}

/// The bare digest over the bytes that a signature covers, as hex; and the signature of a long form beside it.
fn sign_or_digest(operation: &str, kernel: &str, times: u64) -> Outcome {
    let long = "a".repeat(1 << 16);
    let (id, secret, sent) = (job::POLYV_APP_ID, job::POLYV_SECRET, NOW_MS);
    let covered = match operation {
        "UpdatePlayer" => {
            format!("{}0123456789abcdef{}{}", job::ZEGO_APP_ID, job::ZEGO_SECRET, sent / 1000)
        }
        "UpdateChannelBasic" => format!("{secret}appId{id}channelId2191569timestamp{sent}{secret}"),
        LONG_FORM => format!("{secret}appId{id}text{long}timestamp{sent}{secret}"),
        other => return Err(format!("{other} has no digest").into()),
    };
    if kernel == "digest" {
        for _ in 0..times {
            black_box(hex::encode_upper(Md5::digest(black_box(&covered))));
        }
        return Ok(());
    }
    let account = job::polyv_account();
    let signer = account.signer(polyv_live::Profile::Api)?;
    let mut form = Params::new();
    form.push("text", long);
    let mut draft = Draft::new(Method::Post);
    draft.body = Body::Form(form);
    let entropy = SeededEntropy::new(7);
    let now = UNIX_EPOCH + Duration::from_millis(sent);
    for _ in 0..times {
        let mut draft = black_box(&draft).clone();
        signer.sign(&mut draft, &SignContext::new(now, None, &entropy))?;
        black_box(draft);
    }
    Ok(())
}

/// Says the same to everybody, without remembering what it was asked.
#[derive(Debug)]
struct Parrot(&'static str);

#[async_trait]
impl Transport for Parrot {
    async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        drop(black_box(request));
        Ok(http::Response::new(Bytes::from_static(self.0.as_bytes())))
    }
}
