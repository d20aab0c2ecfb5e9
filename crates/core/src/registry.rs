//! Operations by name, from JSON to JSON: what the command line is made of.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::client::{Answer, Client};
use crate::error::Error;
use crate::meta::Meta;
use crate::operation::Operation;
use crate::vendor::Vendor;

/// A call by name.
pub type DynamicCall = Pin<Box<dyn Future<Output = Result<Answer<Value>, Error>> + Send>>;

type CallByName<V> = fn(&Client<V>, &'static str, Value) -> DynamicCall;
type PrepareByName<V> = fn(&Client<V>, &'static str, Value) -> Result<http::Request<Bytes>, Error>;

/// One typed operation, usable without its type.
pub struct Entry<V: Vendor> {
    meta: &'static Meta,
    call: CallByName<V>,
    prepare: PrepareByName<V>,
}

impl<V: Vendor> Entry<V> {
    /// The entry of an operation.
    #[must_use]
    pub const fn of<O>(meta: &'static Meta) -> Self
    where
        O: Operation<Vendor = V> + DeserializeOwned + 'static,
        O::Output: Serialize,
    {
        Self { meta, call: call::<V, O>, prepare: prepare::<V, O> }
    }

    /// The operation's contract.
    #[must_use]
    pub const fn meta(&self) -> &'static Meta {
        self.meta
    }

    /// Calls it. The input's keys are the vendor's own names, path fields included.
    pub fn call(&self, client: &Client<V>, input: Value) -> DynamicCall {
        (self.call)(client, self.meta.name, input)
    }

    /// Checks, signs and encodes it without sending.
    pub fn prepare(&self, client: &Client<V>, input: Value) -> Result<http::Request<Bytes>, Error> {
        (self.prepare)(client, self.meta.name, input)
    }
}

impl<V: Vendor> Clone for Entry<V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V: Vendor> Copy for Entry<V> {}

impl<V: Vendor> fmt::Debug for Entry<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Entry").field(&self.meta.name).finish()
    }
}

fn read<O: DeserializeOwned>(vendor: &'static str, name: &'static str, input: Value) -> Result<O, Error> {
    serde_path_to_error::deserialize(input).map_err(|error| {
        // Only a missing field's message is free of values.
        let message = error.inner().to_string();
        let refused = match message.strip_prefix("missing field `").and_then(|rest| rest.split('`').next()) {
            Some(field) => {
                let parent = error.path().to_string();
                let path = if parent == "." { field.to_owned() } else { format!("{parent}.{field}") };
                Error::invalid_field(path, "is required", "input")
            }
            None => Error::invalid_field(error.path().to_string(), "has the wrong type or form", "input"),
        };
        refused.in_call(vendor, name)
    })
}

fn call<V: Vendor, O>(client: &Client<V>, name: &'static str, input: Value) -> DynamicCall
where
    O: Operation<Vendor = V> + DeserializeOwned + 'static,
    O::Output: Serialize,
{
    let client = client.clone();
    Box::pin(async move {
        let operation: O = read(V::NAME, name, input)?;
        let Answer { output, info } = client.call(operation).with_info().await?;
        let output = serde_json::to_value(&output)
            .map_err(|_| Error::encode("the output has no JSON form").in_call(V::NAME, name))?;
        Ok(Answer { output, info })
    })
}

fn prepare<V: Vendor, O>(client: &Client<V>, name: &'static str, input: Value) -> Result<http::Request<Bytes>, Error>
where
    O: Operation<Vendor = V> + DeserializeOwned,
{
    client.prepare(read::<O>(V::NAME, name, input)?)
}
