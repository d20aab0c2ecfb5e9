//! What your own server signs so that a player may play: the signature of the H5 player, and the answer to the question
//! who may watch. Tokens for encrypted videos are made by the vendor, with
//! [`CreatePlaysafeToken`](crate::CreatePlaysafeToken) and [`CreateChildPlaysafeToken`](crate::CreateChildPlaysafeToken).
//!
//! ```
//! use std::time::{Duration, UNIX_EPOCH};
//!
//! use polyv_vod::Account;
//! use polyv_vod::playback::{AuthPlayAnswer, AuthPlayQuestion, H5Play};
//!
//! let account = Account::main("abcde12345", "DemoSecretKey01");
//! let now = UNIX_EPOCH + Duration::from_millis(1_700_000_000_123); // your clock
//!
//! // for the page with the player
//! let play = H5Play::new(&account, "abcde123450f1e2d3c4b5a69788796a5_a", now)?;
//! assert_eq!((play.ts.as_str(), play.sign.as_str()), ("1700000000123", "fc917e9453b7a4dc89cdc6226f54b372"));
//!
//! // where the player asks your server, and what you answer
//! let question = AuthPlayQuestion::parse("vid=abcde123450f1e2d3c4b5a69788796a5_a&code=order-7&t=1700000000123")?;
//! assert_eq!(question.code, "order-7"); // your own: look up who that is
//! let answer = AuthPlayAnswer::allow(&account, &question, "alice")?;
//! assert!(question.body(&answer).starts_with(r#"{"status":1,"username":"alice","sign":"#));
//! # Ok::<(), polyv_vod::Error>(())
//! ```
//!
//! | Rule | Field | What is refused |
//! |---|---|---|
//! | V60 | `vid` | blank |
//! | V61 | `vid`, `t`, `code` of a question | missing or blank (`code`: missing only), given twice, or not UTF-8 |
//! | V62 | `callback` of a question | anything but letters, digits, `_`, `$` and `.`: it becomes code in the viewer's page |

use std::fmt;
use std::time::SystemTime;

use livecloud_core::{Error, unix_millis};
use percent_encoding::percent_decode_str;
use serde::Serialize;

use crate::account::Account;
use crate::sign::md5_lower;

/// What a page hands to the H5 player on a phone: `ts` and `sign`. `Debug` does not show the signature.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct H5Play {
    /// The video.
    pub vid: String,
    /// When it was signed, in Unix milliseconds. How long it lives is not documented.
    pub ts: String,
    /// The signature, over the main account's `secretkey`, video and time.
    pub sign: String,
}

impl H5Play {
    /// Signs for one video. A config error where the account has no main account, an invalid one for a blank `vid`.
    pub fn new(account: &Account, vid: impl Into<String>, now: SystemTime) -> Result<Self, Error> {
        let (vid, ts) = (vid.into(), unix_millis(now).to_string());
        if vid.trim().is_empty() {
            return Err(refused("V60", "vid", "must not be blank"));
        }
        let sign = md5_lower(&[account.main_pair()?.secret.expose(), &vid, &ts]);
        Ok(Self { vid, ts, sign })
    }
}

impl fmt::Debug for H5Play {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("H5Play").field("vid", &self.vid).field("ts", &self.ts).finish_non_exhaustive()
    }
}

/// The player asks your server whether somebody may watch: a GET of the address set in the console.
///
/// Nothing about it is signed. `code` is what your own page gave the player; everything depends on that being hard to
/// guess. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuthPlayQuestion {
    /// The video.
    pub vid: String,
    /// Your own text, decoded once. The page may have encoded it once more; the signature is over what was received.
    pub code: String,
    /// The player's time; it returns in the answer's signature.
    pub t: String,
    /// The function that a JSONP answer calls, where the player asks for one.
    pub callback: Option<String>,
}

impl AuthPlayQuestion {
    /// Reads a query (without `?`).
    pub fn parse(query: &str) -> Result<Self, Error> {
        let required = |name| match only(query, name)? {
            Some(value) if !value.trim().is_empty() => Ok(value),
            _ => Err(refused("V61", name, "must not be blank")),
        };
        let callback = only(query, "callback")?.filter(|name| !name.is_empty());
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '.');
        if callback.as_ref().is_some_and(|name| !name.chars().all(is_plain)) {
            return Err(refused("V62", "callback", "must be the name of a function"));
        }
        let code = only(query, "code")?.ok_or_else(|| refused("V61", "code", "must not be missing"))?;
        Ok(Self { vid: required("vid")?, code, t: required("t")?, callback })
    }

    /// The body of the answer: JSON, or a call of [`callback`](Self::callback) with it (`application/javascript`).
    #[must_use]
    pub fn body(&self, answer: &AuthPlayAnswer) -> String {
        let json = serde_json::to_string(answer).unwrap_or_default();
        match &self.callback {
            Some(callback) => format!("{callback}({json})"),
            None => json,
        }
    }
}

impl fmt::Debug for AuthPlayQuestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthPlayQuestion").field("vid", &self.vid).field("t", &self.t).finish_non_exhaustive()
    }
}

/// The answer to an [`AuthPlayQuestion`]. `Debug` does not show the signature.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AuthPlayAnswer {
    /// 1 lets the viewer watch, 0 does not.
    pub status: u8,
    /// The viewer's name, as the vendor's statistics show it.
    pub username: String,
    /// The signature over the question and this answer.
    pub sign: String,
}

impl AuthPlayAnswer {
    /// Lets a viewer watch.
    pub fn allow(account: &Account, question: &AuthPlayQuestion, username: impl Into<String>) -> Result<Self, Error> {
        Self::new(account, question, 1, username.into())
    }

    /// Turns a viewer away.
    pub fn deny(account: &Account, question: &AuthPlayQuestion, username: impl Into<String>) -> Result<Self, Error> {
        Self::new(account, question, 0, username.into())
    }

    fn new(account: &Account, question: &AuthPlayQuestion, status: u8, username: String) -> Result<Self, Error> {
        let secret = &account.main_pair()?.secret;
        let sign = md5_lower(&[
            "vid=",
            &question.vid,
            "&secretkey=",
            secret.expose(),
            "&username=",
            &username,
            "&code=",
            &question.code,
            "&status=",
            if status == 1 { "1" } else { "0" },
            "&t=",
            &question.t,
        ]);
        Ok(Self { status, username, sign })
    }
}

impl fmt::Debug for AuthPlayAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthPlayAnswer").field("status", &self.status).finish_non_exhaustive()
    }
}

/// The one value of a parameter, decoded once.
fn only(query: &str, wanted: &'static str) -> Result<Option<String>, Error> {
    let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let mut values = pairs.filter(|(name, _)| *name == wanted).map(|(_, value)| value);
    let (value, second) = (values.next(), values.next());
    if second.is_some() {
        return Err(refused("V61", wanted, "must not be given twice"));
    }
    let Some(value) = value else { return Ok(None) };
    let value = value.replace('+', " ");
    let text = percent_decode_str(&value).decode_utf8().map_err(|_| refused("V61", wanted, "must be UTF-8"))?;
    Ok(Some(text.into_owned()))
}

fn refused(id: &'static str, field: &'static str, rule: &'static str) -> Error {
    Error::invalid_field(field, rule, id)
}
