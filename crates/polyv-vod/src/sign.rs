//! The account's signatures. They differ in the order of secret and parameters, in the digest and in the names of time
//! and identity; what they share: parameters without a value take no part, and what is sent is what is signed.

use std::sync::Arc;

use livecloud_core::signing::Sorted;
use livecloud_core::{Draft, Error, Secret, SignContext, Signer};
use md5::{Digest, Md5};
use sha1::Sha1;

use crate::profile::{FixedFields, Profile};

/// An identity and its secret.
#[derive(Debug, Clone)]
pub(crate) struct Pair {
    /// `appId` of a sub-account, `userid` of the main account.
    pub(crate) id: String,
    pub(crate) secret: Secret,
}

/// Everything an account may sign with.
#[derive(Debug, Clone, Default)]
pub(crate) struct Keys {
    pub(crate) sub: Option<Pair>,
    pub(crate) main: Option<Pair>,
    pub(crate) write_token: Option<Secret>,
    pub(crate) read_token: Option<Secret>,
}

/// Signs for one profile.
#[derive(Debug, Clone)]
pub(crate) struct ProfileSigner {
    pub(crate) profile: Profile,
    pub(crate) keys: Arc<Keys>,
}

impl Signer for ProfileSigner {
    fn sign(&self, draft: &mut Draft, cx: &SignContext<'_>) -> Result<(), Error> {
        // What takes no part in a signature is not sent either; nor is a signature made elsewhere. The empty `password`
        // is the one exception: it clears a password.
        draft.retain_params(|name, value| name != "sign" && (name == "password" || !value.trim().is_empty()));
        let time = cx.unix_millis().to_string();
        match self.profile {
            Profile::V3 => sandwich(draft, "appId", self.keys.sub()?, "timestamp", time),
            Profile::Playsafe => sandwich(draft, "userId", self.keys.main()?, "ts", time),
            Profile::PlaysafeSub => sandwich(draft, "appId", self.keys.sub()?, "ts", time),
            Profile::V2 => {
                draft.add_param("ptime", time);
                let sign = joined(draft.params(), self.keys.main()?, hex::encode_upper)?;
                draft.add_param("sign", sign);
                Ok(())
            }
            Profile::V2Fixed(fields) => {
                draft.add_param("ptime", time);
                let sign = fixed(draft, self.keys.main()?, fields)?;
                draft.add_param("sign", sign);
                Ok(())
            }
            Profile::UploadMd5 => {
                let secret = &self.keys.main()?.secret;
                let token = self.keys.write_token()?;
                draft.add_param("sign", md5_lower(&[secret.expose(), &time]));
                draft.add_param("hash", md5_lower(&[&time, token.expose()]));
                draft.add_param("compatible", "1"); // selects this way of signing (inferred)
                draft.add_param("ptime", time);
                Ok(())
            }
            Profile::V1Read => self.legacy(draft, "readtoken", self.keys.read_token()?),
            Profile::V1Write => self.legacy(draft, "writetoken", self.keys.write_token()?),
        }
    }
}

impl ProfileSigner {
    /// The token goes along; a signature only where there is something to make it with, since many accounts have v1
    /// signing off.
    fn legacy(&self, draft: &mut Draft, name: &'static str, token: &Secret) -> Result<(), Error> {
        draft.add_param(name, token.expose().to_owned());
        if let Some(main) = &self.keys.main {
            // `method` and `format` stay out, and letters of either case sort alike
            let mut pairs: Vec<_> = draft
                .params()
                .filter(|(name, value)| !matches!(*name, "method" | "format") && !value.is_empty())
                .collect();
            pairs.sort_by_cached_key(|(name, _)| name.to_ascii_lowercase());
            if let Some(twice) = pairs.windows(2).find(|pair| pair[0].0 == pair[1].0) {
                return Err(Error::sign(format!("parameter {} is given twice", twice[0].0)));
            }
            let mut sha1 = Sha1::new();
            for (index, (name, value)) in pairs.into_iter().enumerate() {
                for piece in [if index > 0 { "&" } else { "" }, name, "=", value] {
                    sha1.update(piece);
                }
            }
            sha1.update(main.secret.expose());
            draft.add_param("sign", hex::encode(sha1.finalize()));
        }
        Ok(())
    }
}

/// MD5 over the sorted parameters between two copies of the secret, in upper case.
fn sandwich(
    draft: &mut Draft,
    id_name: &'static str,
    pair: &Pair,
    time_name: &'static str,
    time: String,
) -> Result<(), Error> {
    draft.add_param(id_name, pair.id.clone());
    draft.add_param(time_name, time);
    let mut md5 = Md5::new();
    Sorted::new(draft.params())?.feed_between(pair.secret.expose(), |piece| md5.update(piece));
    draft.add_param("sign", hex::encode_upper(md5.finalize()));
    Ok(())
}

/// SHA-1 over `name=value` pairs and the secret behind them.
fn joined<'p>(
    params: impl IntoIterator<Item = (&'p str, &'p str)>,
    pair: &Pair,
    encode: fn(sha1::digest::Output<Sha1>) -> String,
) -> Result<String, Error> {
    let mut sha1 = Sha1::new();
    Sorted::new(params)?.feed_joined(pair.secret.expose(), |piece| sha1.update(piece));
    Ok(encode(sha1.finalize()))
}

/// The same over the fields that the vendor looks at, whatever else is sent; `userid` stands in the path.
fn fixed(draft: &Draft, pair: &Pair, fields: FixedFields) -> Result<String, Error> {
    let names = fields.names();
    let signed = draft.params().filter(|(name, _)| *name == "ptime" || names.contains(name));
    joined(signed.chain([("userid", &*pair.id)]), pair, hex::encode_upper)
}

/// MD5 over pieces of text, in lower case.
pub(crate) fn md5_lower(pieces: &[&str]) -> String {
    let mut md5 = Md5::new();
    for piece in pieces {
        md5.update(piece);
    }
    hex::encode(md5.finalize())
}

impl Keys {
    /// The sub-account, or a config error that says what is missing.
    pub(crate) fn sub(&self) -> Result<&Pair, Error> {
        usable(self.sub.as_ref(), || {
            "this operation needs a sub-account's appId and secret: Account::sub or with_sub, or POLYV_VOD_APP_ID and \
             POLYV_VOD_APP_SECRET"
        })
    }

    /// The main account, or a config error that says what is missing.
    pub(crate) fn main(&self) -> Result<&Pair, Error> {
        usable(self.main.as_ref(), || {
            "this operation needs the main account's userid and secretkey: Account::main or with_main, or \
             POLYV_VOD_USER_ID and POLYV_VOD_SECRET_KEY"
        })
    }

    /// The `writetoken`, or a config error that says what is missing.
    pub(crate) fn write_token(&self) -> Result<&Secret, Error> {
        token(self.write_token.as_ref(), "writetoken: Account::write_token, or POLYV_VOD_WRITE_TOKEN")
    }

    /// The `readtoken`, or a config error that says what is missing.
    pub(crate) fn read_token(&self) -> Result<&Secret, Error> {
        token(self.read_token.as_ref(), "readtoken: Account::read_token, or POLYV_VOD_READ_TOKEN")
    }
}

fn usable(pair: Option<&Pair>, needed: impl FnOnce() -> &'static str) -> Result<&Pair, Error> {
    pair.filter(|pair| !pair.id.trim().is_empty() && !pair.secret.is_empty()).ok_or_else(|| Error::config(needed()))
}

fn token<'s>(token: Option<&'s Secret>, needed: &'static str) -> Result<&'s Secret, Error> {
    token
        .filter(|token| !token.is_empty())
        .ok_or_else(|| Error::config(format!("this operation needs the main account's {needed}")))
}
