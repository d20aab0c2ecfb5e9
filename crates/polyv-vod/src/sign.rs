//! The sub-account's signature: MD5 over the sorted parameters between two copies of the secret, in upper case.

use livecloud_core::signing::Sorted;
use livecloud_core::{Draft, Error, Secret, SignContext, Signer};
use md5::{Digest, Md5};

/// Signs v3 calls of one sub-account.
#[derive(Debug, Clone)]
pub(crate) struct V3Signer {
    pub(crate) app_id: String,
    pub(crate) secret: Secret,
}

impl Signer for V3Signer {
    fn sign(&self, draft: &mut Draft, cx: &SignContext<'_>) -> Result<(), Error> {
        // A blank value takes no part in the vendor's signature, so it is not sent either; nor is one made elsewhere.
        draft.retain_params(|name, value| name != "sign" && !value.trim().is_empty());
        let placed = draft.params_mut();
        placed.push("appId", self.app_id.clone());
        placed.push("timestamp", cx.unix_millis().to_string());

        let mut md5 = Md5::new();
        Sorted::new(draft.params())?.feed_between(self.secret.expose(), |piece| md5.update(piece));
        draft.params_mut().push("sign", hex::encode_upper(md5.finalize()));
        Ok(())
    }
}
