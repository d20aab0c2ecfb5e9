//! The pieces of a call, each alone and many times over: for counting instructions.

use std::hint::black_box;
use std::time::{Duration, UNIX_EPOCH};

use bytes::Bytes;
use livecloud_core::test_util::{ManualClock, SeededEntropy};
use livecloud_core::{
    Checks, Client, Draft, FromPayload as _, Limiter as _, LocalLimiter, Operation, Quota, QuotaKey, Reply,
    SignContext, Transport, TransportError, Validation, Vendor, async_trait,
};
use tokio::runtime::Runtime;

use crate::job::{self, Job};
use crate::{Outcome, sides};

pub(crate) const NAMES: [&str; 8] = ["check", "encode", "sign", "prepare", "envelope", "decode", "limiter", "call"];

const NOW_MS: u64 = 1_615_186_943_000;

pub(crate) fn run(runtime: &Runtime, job: Job, kernel: &str, times: u64) -> Outcome {
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
