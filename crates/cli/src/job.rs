//! One call, typed or raw: prepared or sent.

use livecloud::Error;
use livecloud::core::registry::Entry;
use livecloud::core::{Answer, Client, RawCall, Vendor};
use serde_json::Value;

/// Something to send.
#[derive(Debug)]
pub(crate) enum Job<V: Vendor> {
    /// An operation by name, and its input.
    Typed(&'static Entry<V>, Value),
    /// Any request.
    Raw(RawCall<V>),
}

/// A signed request, taken apart. `Debug` is left out: it holds the signature.
#[derive(PartialEq, Eq)]
pub(crate) struct Prepared {
    pub(crate) method: String,
    pub(crate) url: String,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl<V: Vendor> Job<V> {
    /// Checks, signs and encodes without sending.
    pub(crate) fn prepare(&self, client: &Client<V>) -> Result<Prepared, Error> {
        let request = match self {
            Self::Typed(entry, input) => entry.prepare(client, input.clone())?,
            Self::Raw(call) => client.prepare(call.clone())?,
        };
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ok(Prepared {
            method: request.method().to_string(),
            url: request.uri().to_string(),
            headers: request.headers().iter().map(|(name, value)| (name.to_string(), text(value.as_bytes()))).collect(),
            body: request.body().to_vec(),
        })
    }

    /// Sends, retries and reads the answer.
    pub(crate) async fn send(self, client: &Client<V>) -> Result<Answer<Value>, Error> {
        match self {
            Self::Typed(entry, input) => entry.call(client, input).await,
            Self::Raw(call) => client.call(call).with_info().await,
        }
    }
}
