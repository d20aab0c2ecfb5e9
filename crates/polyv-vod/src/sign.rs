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
        // is the one exception: it clears a password, and is sent without being signed.
        let clears = |name: &str, value: &str| name == "password" && value.is_empty();
        draft.retain_params(|name, value| name != "sign" && (clears(name, value) || !value.trim().is_empty()));
        let time = cx.unix_millis().to_string();
        match self.profile {
            Profile::V3 => sandwich(draft, "appId", self.keys.sub()?, "timestamp", time),
            Profile::Playsafe => sandwich(draft, "userId", self.keys.main()?, "ts", time),
            Profile::PlaysafeSub => sandwich(draft, "appId", self.keys.sub()?, "ts", time),
            Profile::V2 => {
                draft.add_param("ptime", time);
                let sign = joined_digest(draft.params(), &self.keys.main()?.secret)?;
                draft.add_param("sign", sign);
                Ok(())
            }
            Profile::V2Fixed(fields) => {
                draft.add_param("ptime", time);
                let sign = fixed_digest(draft, self.keys.main()?, fields)?;
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
        if let Some(main) = self.keys.main.as_ref().filter(|main| !main.secret.is_empty()) {
            let sign = legacy_digest(draft.params(), &main.secret)?;
            draft.add_param("sign", sign);
        }
        Ok(())
    }
}

/// The identity, the time, and the signature over all.
fn sandwich(
    draft: &mut Draft,
    id_name: &'static str,
    pair: &Pair,
    time_name: &'static str,
    time: String,
) -> Result<(), Error> {
    draft.add_param(id_name, pair.id.clone());
    draft.add_param(time_name, time);
    let sign = sandwich_digest(draft.params(), &pair.secret)?;
    draft.add_param("sign", sign);
    Ok(())
}

/// MD5 over the sorted parameters between two copies of the secret, in upper case.
fn sandwich_digest<'p>(params: impl IntoIterator<Item = (&'p str, &'p str)>, secret: &Secret) -> Result<String, Error> {
    let mut md5 = Md5::new();
    Sorted::new(params)?.feed_between(secret.expose(), |piece| md5.update(piece));
    Ok(hex::encode_upper(md5.finalize()))
}

/// SHA-1 over `name=value` pairs and the secret behind them, in upper case.
fn joined_digest<'p>(params: impl IntoIterator<Item = (&'p str, &'p str)>, secret: &Secret) -> Result<String, Error> {
    let mut sha1 = Sha1::new();
    Sorted::new(params)?.feed_joined(secret.expose(), |piece| sha1.update(piece));
    Ok(hex::encode_upper(sha1.finalize()))
}

/// The same over the fields that the vendor looks at, whatever else is sent; `userid` stands in the path.
fn fixed_digest(draft: &Draft, pair: &Pair, fields: FixedFields) -> Result<String, Error> {
    let names = fields.names();
    let signed = draft.params().filter(|(name, _)| *name == "ptime" || names.contains(name));
    joined_digest(signed.chain([("userid", &*pair.id)]), &pair.secret)
}

/// The same without `method` and `format`, names sorted without regard to case, in lower case.
fn legacy_digest<'p>(params: impl IntoIterator<Item = (&'p str, &'p str)>, secret: &Secret) -> Result<String, Error> {
    let takes_part = |name, value: &str| !matches!(name, "method" | "format") && !value.is_empty();
    let mut pairs: Vec<_> = params.into_iter().filter(|(name, value)| takes_part(*name, value)).collect();
    pairs.sort_by_cached_key(|(name, _)| name.to_ascii_lowercase());
    let mut sha1 = Sha1::new();
    for (index, (name, value)) in pairs.iter().enumerate() {
        if index > 0 && pairs[index - 1].0 == *name {
            return Err(Error::sign(format!("parameter {name} is given twice")));
        }
        for piece in [if index > 0 { "&" } else { "" }, name, "=", value] {
            sha1.update(piece);
        }
    }
    sha1.update(secret.expose());
    Ok(hex::encode(sha1.finalize()))
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use serde_json::Value;

    use super::*;

    /// What the rules make of a vector's parameters as they stand.
    fn made(method: &str, params: &[(&str, &str)], secret: &Secret) -> String {
        let value = |wanted: &str| params.iter().find(|(name, _)| *name == wanted).map_or("", |(_, value)| value);
        let params = params.iter().copied();
        match method {
            "v3_md5" | "playsafe_md5" | "playsafe_md5_sub" => sandwich_digest(params, secret).unwrap(),
            // of the fixed sets the vectors list what is signed
            "v2_sha1" | "v2_sha1_fixed" => joined_digest(params, secret).unwrap(),
            "legacy_rest_sha1" => legacy_digest(params, secret).unwrap(),
            "h5_play_md5" => md5_lower(&[secret.expose(), value("vid"), value("ts")]),
            other => panic!("{other} is no such method"),
        }
    }

    #[test]
    fn every_golden_digest_is_reproduced() {
        let vectors: Vec<Value> = serde_json::from_str(include_str!("../tests/suite/vectors.json")).unwrap();
        let mut checked = 0;
        for vector in &vectors {
            let text = |name: &str| vector[name].as_str().unwrap();
            let params = vector["params"].as_object().unwrap();
            let params: Vec<_> = params.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap())).collect();
            let secret = Secret::new(text("secret"));
            // those two stand in tests of whole requests and answers
            if matches!(text("method"), "upload_md5" | "auth_play_md5") {
                continue;
            }
            // a published digest that its own page contradicts: what the rule makes of it is known too
            let expected = if vector["verified"] == true { "expected" } else { "computed" };
            assert_eq!(made(text("method"), &params, &secret), text(expected), "{}", text("name"));
            checked += 1;
        }
        assert_eq!((vectors.len(), checked), (64, 58));
    }
}
