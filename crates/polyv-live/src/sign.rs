//! The account's signature: a digest over the sorted parameters between two copies of the secret, in upper case.

use std::borrow::Cow;

use livecloud_core::signing::Sorted;
use livecloud_core::{Body, Draft, Error, Params, Part, Secret, SignContext, Signer};
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
}

impl Signer for LiveSigner {
    fn sign(&self, draft: &mut Draft, cx: &SignContext<'_>) -> Result<(), Error> {
        drop_blanks(draft);
        let placed = placement(draft);
        placed.push("appId", self.app_id.clone());
        placed.push("timestamp", cx.unix_millis().to_string());
        if self.algorithm == Algorithm::Sha256 {
            // Signed like everything else: only so do the vendor's published samples come out.
            placed.push("signatureMethod", "SHA256");
        }

        let signed = parameters(draft)?;
        let sign = match self.algorithm {
            Algorithm::Md5 => self.digest::<Md5>(&signed)?,
            Algorithm::Sha256 => self.digest::<Sha256>(&signed)?,
        };
        placement(draft).push("sign", sign);
        Ok(())
    }
}

impl LiveSigner {
    fn digest<D: Digest>(&self, signed: &Params) -> Result<String, Error> {
        let mut digest = D::new();
        Sorted::new(signed)?.feed_between(self.app_secret.expose(), |piece| digest.update(piece));
        Ok(hex::encode_upper(digest.finalize()))
    }
}

/// A blank value takes no part in the vendor's signature, so it is not sent either; nor is a signature from elsewhere.
fn drop_blanks(draft: &mut Draft) {
    let keep = |name: &str, value: &str| name != "sign" && !value.trim().is_empty();
    draft.query.retain(keep);
    match &mut draft.body {
        Body::Form(form) => form.retain(keep),
        Body::Multipart(parts) => parts.retain(|part| text_of(part).is_none_or(|text| keep(&part.name, text))),
        _ => {}
    }
}

/// Where the signature goes: the form if there is one, else the query.
fn placement(draft: &mut Draft) -> &mut Params {
    match &mut draft.body {
        Body::Form(form) => form,
        _ => &mut draft.query,
    }
}

/// Everything that is signed: all that is sent in query, form and text parts. Neither JSON nor files take part.
fn parameters(draft: &Draft) -> Result<Cow<'_, Params>, Error> {
    let mut all = match &draft.body {
        Body::Form(form) if draft.query.is_empty() => return Ok(Cow::Borrowed(form)),
        Body::Empty | Body::Json(_) => return Ok(Cow::Borrowed(&draft.query)),
        _ => draft.query.clone(),
    };
    match &draft.body {
        Body::Form(form) => form.iter().for_each(|(name, value)| all.push(name.to_owned(), value.to_owned())),
        Body::Multipart(parts) => {
            for part in parts.iter().filter(|part| part.file_name.is_none()) {
                let text = text_of(part).ok_or_else(|| Error::sign("a text part of the body is not UTF-8"))?;
                all.push(part.name.clone(), text.to_owned());
            }
        }
        _ => {}
    }
    Ok(Cow::Owned(all))
}

/// The text of a part that is no file.
fn text_of(part: &Part) -> Option<&str> {
    part.file_name.is_none().then(|| std::str::from_utf8(&part.content).ok()).flatten()
}
