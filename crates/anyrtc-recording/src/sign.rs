//! HTTP basic authentication, and the one content type that the service accepts.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use livecloud_core::{Draft, Error, Secret, SignContext, Signer};

/// Byte for byte: the service refuses an upper-case charset and a blank after the semicolon.
const JSON: HeaderValue = HeaderValue::from_static("application/json;charset=utf-8");

/// The key pair of one customer. `Debug` shows neither half: the id is what a thief would need first.
#[derive(Clone)]
pub(crate) struct BasicAuth {
    pub(crate) customer_id: String,
    pub(crate) customer_secret: Secret,
}

impl BasicAuth {
    fn header(&self) -> Result<HeaderValue, Error> {
        let pair = Secret::new(format!("{}:{}", self.customer_id, self.customer_secret.expose()));
        let text = Secret::new(format!("Basic {}", STANDARD.encode(pair.expose())));
        // Base64 is always a legal header value.
        let mut value =
            HeaderValue::from_str(text.expose()).map_err(|_| Error::sign("the key pair makes no header value"))?;
        value.set_sensitive(true);
        Ok(value)
    }
}

impl fmt::Debug for BasicAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl Signer for BasicAuth {
    fn sign(&self, draft: &mut Draft, _: &SignContext<'_>) -> Result<(), Error> {
        draft.headers.insert(AUTHORIZATION, self.header()?);
        draft.headers.insert(CONTENT_TYPE, JSON);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The account refuses an empty secret before it comes to this; the construction is pinned all the same.
    #[test]
    fn an_empty_secret_leaves_the_colon() {
        let auth = BasicAuth { customer_id: "customerId".into(), customer_secret: Secret::new("") };
        assert_eq!(auth.header().unwrap(), "Basic Y3VzdG9tZXJJZDo=");
    }
}
