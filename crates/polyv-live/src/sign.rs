//! The account's signature: a digest over the sorted parameters between two copies of the secret, in upper case.

use livecloud_core::signing::Sorted;
use livecloud_core::{Draft, Error, Secret, SignContext, Signer};
use md5::{Digest, Md5};
use sha2::Sha256;

/// The digest a signature is made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Algorithm {
    Md5,
    Sha256,
}

/// Signs requests of one account.
#[derive(Debug, Clone)]
pub(crate) struct LiveSigner {
    pub(crate) app_id: String,
    pub(crate) app_secret: Secret,
    pub(crate) algorithm: Algorithm,
    pub(crate) with_nonce: bool,
}

impl Signer for LiveSigner {
    fn sign(&self, draft: &mut Draft, cx: &SignContext<'_>) -> Result<(), Error> {
        // Without a channel many requests are about all of them, so one that names none is not made from one that does.
        if draft.params().any(|(name, value)| name == "channelId" && value.trim().is_empty()) {
            return Err(Error::invalid_field("channelId", "must not be blank", "L01"));
        }
        // A blank value takes no part in the vendor's signature, so it is not sent either; nor is one made elsewhere.
        draft.retain_params(|name, value| name != "sign" && !value.trim().is_empty());
        draft.add_param("appId", self.app_id.clone());
        draft.add_param("timestamp", cx.unix_millis().to_string());
        if self.algorithm == Algorithm::Sha256 {
            // Signed like everything else: only so do the vendor's published samples come out.
            draft.add_param("signatureMethod", "SHA256");
        }
        if self.with_nonce {
            draft.add_param("signatureNonce", cx.nonce_hex::<16>()?);
        }

        let sign = match self.algorithm {
            Algorithm::Md5 => self.digest::<Md5>(draft)?,
            Algorithm::Sha256 => self.digest::<Sha256>(draft)?,
        };
        draft.add_param("sign", sign);
        Ok(())
    }
}

/// Leaves a request as it is.
#[derive(Debug)]
pub(crate) struct Unsigned;

impl Signer for Unsigned {
    fn sign(&self, _: &mut Draft, _: &SignContext<'_>) -> Result<(), Error> {
        Ok(())
    }
}

impl LiveSigner {
    fn digest<D: Digest>(&self, draft: &Draft) -> Result<String, Error> {
        let mut digest = D::new();
        Sorted::new(draft.params())?.feed_between(self.app_secret.expose(), |piece| digest.update(piece));
        Ok(hex::encode_upper(digest.finalize()))
    }
}
