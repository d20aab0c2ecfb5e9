//! Calls without a type.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;

use crate::draft::{Body, Draft};
use crate::error::Error;
use crate::meta::{Meta, Method, Quota};
use crate::operation::Operation;
use crate::params::Params;
use crate::vendor::Vendor;

/// Any request of a vendor: signed, sent, retried and opened like the typed ones, answered as JSON.
///
/// Nothing is checked, and it counts as not idempotent until you say otherwise.
pub struct RawCall<V: Vendor> {
    meta: Meta,
    profile: V::Profile,
    path: Cow<'static, str>,
    query: Params,
    body: Body,
}

impl<V: Vendor> RawCall<V> {
    /// A request to a path as it goes on the wire: starting with `/`, percent-encoded.
    #[must_use]
    pub fn new(profile: V::Profile, method: Method, path: impl Into<Cow<'static, str>>) -> Self {
        let meta = Meta::new("RawCall", method);
        Self { meta, profile, path: path.into(), query: Params::new(), body: Body::Empty }
    }

    /// Adds a query parameter.
    #[must_use]
    pub fn query(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Cow<'static, str>>) -> Self {
        self.query.push(name, value);
        self
    }

    /// Adds a form parameter; replaces a JSON body.
    #[must_use]
    pub fn form(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Cow<'static, str>>) -> Self {
        let mut form = match self.body {
            Body::Form(form) => form,
            _ => Params::new(),
        };
        form.push(name, value);
        self.body = Body::Form(form);
        self
    }

    /// Sets a JSON body.
    pub fn json(mut self, value: &impl Serialize) -> Result<Self, Error> {
        let mut draft = Draft::new(self.meta.method);
        draft.json(value)?;
        self.body = draft.body;
        Ok(self)
    }

    /// Sets any body.
    #[must_use]
    pub fn body(mut self, body: Body) -> Self {
        self.body = body;
        self
    }

    /// The name under which errors, logs and some quotas know it.
    #[must_use]
    pub fn named(mut self, name: &'static str) -> Self {
        self.meta.name = name;
        self
    }

    /// It only reads: it may be repeated after an unknown outcome.
    #[must_use]
    pub fn safe(mut self) -> Self {
        self.meta = self.meta.safe();
        self
    }

    /// Doing it twice does no harm: it may be repeated after an unknown outcome.
    #[must_use]
    pub fn idempotent(mut self) -> Self {
        self.meta = self.meta.idempotent();
        self
    }

    /// Counts against a quota.
    #[must_use]
    pub fn quota(mut self, quota: Quota) -> Self {
        self.meta = self.meta.quota(quota);
        self
    }

    /// Longest wait for one attempt and for the whole call.
    #[must_use]
    pub fn timing(mut self, attempt: Duration, deadline: Duration) -> Self {
        self.meta = self.meta.timing(attempt, deadline);
        self
    }
}

impl<V: Vendor> Clone for RawCall<V> {
    fn clone(&self) -> Self {
        let (query, body) = (self.query.clone(), self.body.clone());
        Self { meta: self.meta, profile: self.profile, path: self.path.clone(), query, body }
    }
}

impl<V: Vendor> fmt::Debug for RawCall<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawCall")
            .field("name", &self.meta.name)
            .field("method", &self.meta.method)
            .field("query", &self.query)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

impl<V: Vendor> Operation for RawCall<V> {
    type Vendor = V;
    type Output = Value;

    fn meta(&self) -> &Meta {
        &self.meta
    }
    fn profile(&self) -> V::Profile {
        self.profile
    }
    fn write(&self, _: &V, draft: &mut Draft) -> Result<(), Error> {
        draft.raw_path(&self.path)?;
        draft.query = self.query.clone();
        draft.body = self.body.clone();
        Ok(())
    }
}
