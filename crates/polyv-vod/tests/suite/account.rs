use livecloud_core::NoTransport;
use polyv_vod::{Account, Client, Delivery, Error, ErrorKind, UpdateVideoInfoV3};

use super::VID;

fn prepared(account: Account) -> Result<(), Error> {
    let client = Client::builder(account).transport(NoTransport).build()?;
    client.prepare(UpdateVideoInfoV3::new(VID).title("x")).map(drop)
}

fn from(pairs: &[(&str, &str)]) -> Result<Account, Error> {
    Account::from_vars(|name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
}

#[test]
fn a_v3_operation_without_a_sub_account_is_refused_and_the_error_says_what_is_missing() {
    let error = prepared(Account::main("abcde12345", "key")).unwrap_err();
    assert_eq!((error.kind(), error.delivery()), (ErrorKind::Config, Delivery::NotSent));
    assert_eq!(
        error.to_string(),
        "polyv-vod UpdateVideoInfoV3: not set up: a v3 operation needs the appId and secret of a \
         sub-account: Account::with_sub, or POLYV_VOD_APP_ID and POLYV_VOD_APP_SECRET"
    );
    for half in [Account::sub("", "secret"), Account::sub("app", "")] {
        assert_eq!(prepared(half).unwrap_err().kind(), ErrorKind::Config);
    }
    prepared(Account::main("abcde12345", "key").with_sub("app", "secret")).unwrap();
    prepared(Account::sub("app", "secret").write_token("w").read_token("r")).unwrap();
}

#[test]
fn either_pair_or_both_come_from_variables() {
    let sub = from(&[("POLYV_VOD_APP_ID", "app"), ("POLYV_VOD_APP_SECRET", "s")]).unwrap();
    assert_eq!((sub.app_id(), sub.user_id()), (Some("app"), None));
    let main = from(&[("POLYV_VOD_USER_ID", "user"), ("POLYV_VOD_SECRET_KEY", "s")]).unwrap();
    assert_eq!((main.app_id(), main.user_id()), (None, Some("user")));
    let both = Account::from_vars(|name| Some(name.to_owned())).unwrap();
    assert_eq!((both.app_id(), both.user_id()), (Some("POLYV_VOD_APP_ID"), Some("POLYV_VOD_USER_ID")));
}

#[test]
fn half_a_pair_or_none_is_an_error_that_names_what_is_missing() {
    let error = from(&[("POLYV_VOD_WRITE_TOKEN", "w")]).unwrap_err().to_string();
    assert!(
        error.ends_with("set POLYV_VOD_APP_ID and POLYV_VOD_APP_SECRET, or POLYV_VOD_USER_ID and POLYV_VOD_SECRET_KEY"),
        "{error}"
    );
    let sub = [("POLYV_VOD_APP_ID", "app"), ("POLYV_VOD_APP_SECRET", "s")];
    let error =
        from(&[sub[0], sub[1], ("POLYV_VOD_SECRET_KEY", "s"), ("POLYV_VOD_USER_ID", "")]).unwrap_err().to_string();
    assert!(error.ends_with("set POLYV_VOD_USER_ID"), "{error}");
    let error = from(&[sub[0]]).unwrap_err().to_string();
    assert!(error.ends_with("set POLYV_VOD_APP_SECRET"), "{error}");
}
