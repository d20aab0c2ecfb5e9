//! The floor: a finished request sent over and over, its reply read and thrown away.

use bytes::Bytes;
use http::Request;
use http::header::CONTENT_TYPE;
use http_body_util::{BodyExt as _, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

use super::Side;
use super::hand::client;
use crate::Outcome;
use crate::job::{self, Job};

/// The request as the SDK makes it, once.
fn request(job: Job, address: &str) -> Outcome<Request<Bytes>> {
    use livecloud_core::Client;
    Ok(match job {
        Job::Zego => Client::builder(job::zego_account()).base_url(address).build()?.prepare(job::update_player())?,
        Job::Polyv => Client::builder(job::polyv_account()).base_url(address).build()?.prepare(job::update_channel())?,
        Job::Anyrtc => Client::builder(job::anyrtc_account()).base_url(address).build()?.prepare(job::query())?,
    })
}

pub(super) struct Hyper {
    client: Client<HttpConnector, Full<Bytes>>,
    request: Request<Bytes>,
}

impl Hyper {
    pub(super) fn new(job: Job, address: &str) -> Outcome<Self> {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let client = Client::builder(TokioExecutor::new()).build(connector);
        let request = plain_request(job, address)?;
        Ok(Self { client, request })
    }
}

/// As it would be written for hyper: no user agent, since nobody adds one there.
fn plain_request(job: Job, address: &str) -> Outcome<Request<Bytes>> {
    let made = request(job, address)?;
    let mut plain = Request::new(made.body().clone());
    *plain.method_mut() = made.method().clone();
    *plain.uri_mut() = made.uri().clone();
    for (name, value) in made.headers().iter().filter(|(name, _)| *name == CONTENT_TYPE || *name == "authorization") {
        plain.headers_mut().insert(name.clone(), value.clone());
    }
    Ok(plain)
}

impl Side for Hyper {
    async fn call(&self) -> Outcome {
        let reply = self.client.request(self.request.clone().map(Full::new)).await?;
        let success = reply.status().is_success();
        let body = reply.into_body().collect().await?.to_bytes();
        checked(success, &body)
    }
}

pub(super) struct Reqwest {
    client: reqwest::Client,
    request: Request<Bytes>,
}

impl Reqwest {
    pub(super) fn new(job: Job, address: &str) -> Outcome<Self> {
        Ok(Self { client: client()?, request: request(job, address)? })
    }
}

impl Side for Reqwest {
    async fn call(&self) -> Outcome {
        let reply = self.client.execute(self.request.clone().try_into()?).await?;
        let success = reply.status().is_success();
        checked(success, &reply.bytes().await?)
    }
}

fn checked(success: bool, body: &[u8]) -> Outcome {
    if success && !body.is_empty() { Ok(()) } else { Err("the server refused".into()) }
}
