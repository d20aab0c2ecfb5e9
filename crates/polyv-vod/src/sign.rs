//! The sub-account's signature: MD5 over the sorted parameters between two copies of the secret, in upper case.

use std::borrow::Cow;

use livecloud_core::signing::Sorted;
use livecloud_core::{Body, Draft, Error, Params, Part, Secret, SignContext, Signer};
use md5::{Digest, Md5};

/// Signs v3 calls of one sub-account.
#[derive(Debug, Clone)]
pub(crate) struct V3Signer {
    pub(crate) app_id: String,
    pub(crate) secret: Secret,
}

impl Signer for V3Signer {
    fn sign(&self, draft: &mut Draft, cx: &SignContext<'_>) -> Result<(), Error> {
        drop_blanks(draft);
        let placed = placement(draft);
        placed.push("appId", self.app_id.clone());
        placed.push("timestamp", cx.unix_millis().to_string());

        let signed = parameters(draft)?;
        let mut md5 = Md5::new();
        Sorted::new(&signed)?.feed_between(self.secret.expose(), |piece| md5.update(piece));
        placement(draft).push("sign", hex::encode_upper(md5.finalize()));
        Ok(())
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
