//! A vendor with one envelope, one signature and a code for every category.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use livecloud_core::test_util::{ManualClock, ReplayTransport, SeededEntropy, Step};
use livecloud_core::{
    Category, Checks, Client, ClientBuilder, Code, Draft, Error, Fault, Meta, Operation, Payload, Quota, QuotaKey,
    Reply, Secret, SignContext, Signer, Vendor,
};
use serde_json::{Value, json};

pub(crate) const NOW_MS: u64 = 1_700_000_000_000;
pub(crate) const SECRET: &str = "t0p-s3cret";

#[derive(Debug, Clone)]
pub(crate) struct Toy(pub(crate) Secret);

impl Vendor for Toy {
    const NAME: &'static str = "toy";
    type Profile = ();

    fn base_url(&self, (): ()) -> &'static str {
        "https://toy.example"
    }
    fn signer(&self, (): ()) -> Result<&dyn Signer, Error> {
        if self.0.is_empty() { Err(Error::config("the account needs a secret")) } else { Ok(self) }
    }
    fn quota_key(&self, meta: &Meta) -> QuotaKey {
        QuotaKey::new(Self::NAME, Arc::from("app"), meta.quota.map_or("", |quota| quota.class))
    }
    fn open(&self, _: &Meta, (): (), reply: &http::Response<Bytes>) -> Result<Reply, Error> {
        let envelope: Value =
            serde_json::from_slice(reply.body()).map_err(|_| Error::decode("no envelope", reply.body()))?;
        let category = match envelope["code"].as_i64() {
            Some(0) => {
                let payload = Payload::Json(Bytes::from(envelope["data"].to_string()));
                return Ok(Reply::Ok { payload, status: reply.status(), request_id: Some("id-1".into()) });
            }
            Some(1) => Category::Throttled,
            Some(2) => Category::Transient,
            Some(3) => Category::Busy,
            Some(4) => Category::ClockSkew,
            Some(5) => Category::Auth,
            Some(6) => Category::InvalidArgument,
            _ => Category::Other,
        };
        let code = envelope["code"].as_i64().map(Code::from);
        Ok(Reply::Fault(Fault::new(reply.status(), code, "refused", category).with_payload(reply.body())))
    }
}

impl Signer for Toy {
    fn sign(&self, draft: &mut Draft, cx: &SignContext<'_>) -> Result<(), Error> {
        let nonce = cx.nonce_hex::<8>()?;
        draft.query.push("sig", format!("{}-{nonce}-{}", cx.unix_millis(), self.0.expose()));
        draft.query.push("time", cx.unix_millis().to_string());
        draft.query.push("nonce", nonce.into_owned());
        Ok(())
    }
}

/// An operation whose contract the test chooses.
#[derive(Debug, Clone)]
pub(crate) struct Do {
    pub(crate) meta: Meta,
    pub(crate) value: i64,
}

impl Do {
    pub(crate) fn once() -> Self {
        Self { meta: Meta::post("Do").page("https://docs.example/do"), value: 1 }
    }
    pub(crate) fn idempotent() -> Self {
        Self { meta: Meta::post("Do").idempotent(), value: 1 }
    }
    pub(crate) fn limited(permits: u32) -> Self {
        Self { meta: Meta::post("Do").idempotent().quota(Quota::per_second("Do", permits)), value: 1 }
    }
    pub(crate) fn floor(mut self, floor: Duration) -> Self {
        self.meta = self.meta.retry_floor(floor);
        self
    }
}

impl Operation for Do {
    type Vendor = Toy;
    type Output = Value;

    fn meta(&self) -> &Meta {
        &self.meta
    }
    fn profile(&self) {}
    fn check(&self, checks: &mut Checks<'_, Toy>) {
        checks.range("T1", "value", Some(self.value), 1..=9);
        if self.value == 9 {
            checks.warn("T2", "value", "is a lot");
        }
    }
    fn write(&self, _: &Toy, draft: &mut Draft) -> Result<(), Error> {
        draft.fixed_path("/do");
        draft.json(&json!({"value": self.value, "body": "B0DY"}))
    }
}

pub(crate) fn ok() -> Step {
    Step::json(r#"{"code":0,"data":{"done":true}}"#)
}

pub(crate) fn code(code: i64) -> Step {
    Step::json(format!(r#"{{"code":{code},"body":"R3PLY"}}"#))
}

pub(crate) fn builder(transport: &ReplayTransport) -> ClientBuilder<Toy> {
    Client::builder(Toy(SECRET.into()))
        .transport(transport.clone())
        .clock(ManualClock::at(NOW_MS).ticking())
        .entropy(SeededEntropy::new(1))
}

pub(crate) fn client(transport: &ReplayTransport) -> Client<Toy> {
    builder(transport).build().unwrap()
}
