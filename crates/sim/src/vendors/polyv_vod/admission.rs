//! Who may call: three signatures over three names of the time.

use sha1::{Digest, Sha1};

use super::envelope::{Family, failure};
use crate::{
    answer::Answer,
    call::Call,
    demo,
    operation::Operation,
    vendors::polyv::{self, Refusal},
};

/// Accepted difference between the signed time and the vendor's, in milliseconds.
const TOLERANCE: u64 = 3 * 60 * 1000;
const PLAYSAFE_TOLERANCE: u64 = 10 * 60 * 1000;

/// Operations whose signature covers certain fields only, with those beside `userid` and `ptime`.
const FIXED: &[(&str, &[&str])] = &[("ListCategories", &[]), ("MoveVideosToCategory", &["cataid", "vids"])];

pub(super) fn admit(call: &Call, operation: &Operation) -> Result<(), Answer> {
    match Family::of(call) {
        Family::V3 => sub_account(call),
        Family::V2 => main_account(call, operation),
        Family::Playsafe => playsafe(call),
    }
}

fn sub_account(call: &Call) -> Result<(), Answer> {
    let account = &call.settings.polyv_vod;
    let ailing = [demo::POLYV_VOD_ORPHAN_APP_ID, demo::POLYV_VOD_EXPIRED_APP_ID, demo::POLYV_VOD_LIMITED_APP_ID];
    let is_known = |app_id: &str| app_id == account.app_id || ailing.contains(&app_id);
    polyv::verify(call, is_known, &account.app_secret).map_err(|refusal| {
        let (code, desc) = match refusal {
            Refusal::NoTimestamp | Refusal::Timestamp => (100, "invalid timestamp"),
            Refusal::NoAppId | Refusal::UnknownApp => (101, "application not exist"),
            Refusal::Signature => (104, "invalid signature"),
        };
        failure(call, code, desc)
    })?;
    match polyv::app_id(call) {
        Some(demo::POLYV_VOD_ORPHAN_APP_ID) => Err(failure(call, 102, "user children not exist")),
        Some(demo::POLYV_VOD_EXPIRED_APP_ID) => Err(failure(call, 103, "user children expired")),
        Some(demo::POLYV_VOD_LIMITED_APP_ID) => Err(failure(call, 105, "permission limited")),
        _ => Ok(()),
    }
}

/// A parameter, wherever it travels.
fn value<'c>(call: &'c Call, name: &str) -> Option<&'c str> {
    call.query.filled(name).or_else(|| call.form.filled(name))
}

fn main_account(call: &Call, operation: &Operation) -> Result<(), Answer> {
    let refuse = |text| Err(failure(call, 400, text));
    let Some(Ok(signed_at)) = value(call, "ptime").map(str::parse::<i64>) else {
        return refuse("ptime is illegal.");
    };
    if signed_at > call.unix_millis() && call.unix_millis().abs_diff(signed_at) > TOLERANCE {
        return refuse("ptime is illegal.");
    }
    if call.unix_millis().abs_diff(signed_at) > TOLERANCE {
        return refuse("ptime is too old.");
    }
    let in_path = Some(call.place("userid")).filter(|userid| !userid.is_empty());
    if in_path.or_else(|| value(call, "userid")) != Some(demo::POLYV_VOD_USER_ID) {
        return refuse("Could not find user by userid.");
    }
    let Some(given) = value(call, "sign") else { return refuse("sign can not be empty.") };
    if given == expected(call, operation) { Ok(()) } else { refuse("the sign is not right.") }
}

/// `name=value` with `&` between them, sorted by name, and the secret behind; upper-case hex of SHA-1.
fn expected(call: &Call, operation: &Operation) -> String {
    let fixed = FIXED.iter().find(|(name, _)| *name == operation.name).map(|(_, fields)| *fields);
    let sent = call.query.iter().chain(call.form.iter());
    let signed = sent.filter(|(name, value)| {
        let takes_part = fixed.is_none_or(|fields| *name == "ptime" || fields.contains(name));
        *name != "sign" && !value.is_empty() && takes_part
    });
    let userid = fixed.map(|_| ("userid", call.place("userid")));
    joined(signed.chain(userid).collect(), &call.settings.polyv_vod_secret_key)
}

fn joined(mut pairs: Vec<(&str, &str)>, secret: &str) -> String {
    pairs.sort_unstable();
    let pairs: Vec<_> = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    hex::encode_upper(Sha1::digest(format!("{}{secret}", pairs.join("&"))))
}

fn playsafe(call: &Call) -> Result<(), Answer> {
    let Some(Ok(signed_at)) = value(call, "ts").map(str::parse::<i64>) else {
        return Err(failure(call, 403, "illegal ts"));
    };
    if call.unix_millis().abs_diff(signed_at) > PLAYSAFE_TOLERANCE {
        return Err(failure(call, 403, "ts is too old"));
    }
    let settings = &call.settings;
    let (is_known, secret) = match value(call, "appId") {
        Some(app_id) => (app_id == settings.polyv_vod.app_id, &settings.polyv_vod.app_secret),
        None => (value(call, "userId") == Some(demo::POLYV_VOD_USER_ID), &settings.polyv_vod_secret_key),
    };
    if !is_known {
        return Err(failure(call, 400, "user_not_found"));
    }
    let expected = polyv::sign(call.query.iter().chain(call.form.iter()), secret);
    if value(call, "sign") == Some(&expected) { Ok(()) } else { Err(failure(call, 400, "invalid signature")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "DemoSecretKey01";

    #[test]
    fn the_vectors_of_the_main_account_come_out() {
        let time = ("ptime", "1700000000123");
        let vid = ("vid", "abcde123450f1e2d3c4b5a69788796a5_a");
        assert_eq!(joined(vec![time], SECRET), "3A30978BDAF79A6B3EF5AA83063E1FE03483D18E");
        assert_eq!(joined(vec![vid, time], SECRET), "728AC70F05D0B98F89E2168141175E072AE5AC6F");
        let fixed = vec![("userid", "abcde12345"), time];
        assert_eq!(joined(fixed, SECRET), "90E277E4732981E74DA510CEADD1195D7625FCB8");
    }
}
