//! ZEGO's signature: MD5 over app id, nonce, secret and time; it covers neither `Action` nor body.

use livecloud_core::{Draft, Error, Secret, SignContext, Signer};
use md5::{Digest, Md5};

/// Signs requests of one project.
#[derive(Debug, Clone)]
pub(crate) struct ZegoSigner {
    pub(crate) app_id: u32,
    pub(crate) server_secret: Secret,
    pub(crate) is_test: Option<bool>,
}

/// What signing adds to the query.
const ADDED: [&str; 6] = ["AppId", "SignatureNonce", "Timestamp", "Signature", "SignatureVersion", "IsTest"];

impl Signer for ZegoSigner {
    fn sign(&self, draft: &mut Draft, cx: &SignContext<'_>) -> Result<(), Error> {
        // A raw call may bring leftovers of another signature; two of a name would be anybody's guess.
        draft.query.retain(|name, _| !ADDED.contains(&name));
        if draft.query.get("Action").is_none_or(str::is_empty) {
            return Err(Error::invalid_field("Action", "is required as a query parameter", "path"));
        }
        let app_id = self.app_id.to_string();
        let nonce = cx.nonce_hex::<8>()?;
        let timestamp = cx.unix_seconds().to_string();

        let mut md5 = Md5::new();
        for piece in [&app_id, &*nonce, self.server_secret.expose(), &timestamp] {
            md5.update(piece);
        }
        // The order of the vendor's samples; any would do.
        draft.query.push("AppId", app_id);
        draft.query.push("SignatureNonce", nonce.into_owned());
        draft.query.push("Timestamp", timestamp);
        draft.query.push("Signature", hex::encode(md5.finalize()));
        draft.query.push("SignatureVersion", "2.0");
        if let Some(is_test) = self.is_test {
            draft.query.push("IsTest", if is_test { "true" } else { "false" });
        }
        Ok(())
    }
}
