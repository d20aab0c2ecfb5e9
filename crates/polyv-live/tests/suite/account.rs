use livecloud_core::NoTransport;
use polyv_live::{Account, Client, ErrorKind};

use super::role_sample;

#[test]
fn an_account_that_cannot_sign_is_refused_before_anything_is_sent() {
    for account in [Account::new("", "secret"), Account::new("app", "")] {
        let client = Client::builder(account).transport(NoTransport).build().unwrap();
        assert_eq!(client.prepare(role_sample()).unwrap_err().kind(), ErrorKind::Config);
    }
}

#[test]
fn the_user_id_is_optional_until_something_needs_it() {
    let error = Account::new("app", "secret").require_user_id().unwrap_err();
    assert!(error.to_string().contains("POLYV_LIVE_USER_ID"), "{error}");
    assert!(Account::new("app", "secret").user_id("").require_user_id().is_err());
    assert_eq!(Account::new("app", "secret").user_id("1b448be323").require_user_id().unwrap(), "1b448be323");
}

#[test]
fn variables_are_read_and_missing_ones_named() {
    let error = Account::from_vars(|_| None).unwrap_err().to_string();
    assert!(error.ends_with("set POLYV_LIVE_APP_ID, POLYV_LIVE_APP_SECRET"), "{error}");
    let account = Account::from_vars(|name| Some(name.to_owned())).unwrap();
    assert_eq!(account.app_id(), "POLYV_LIVE_APP_ID");
    assert_eq!(account.require_user_id().unwrap(), "POLYV_LIVE_USER_ID");
    let account = Account::from_vars(|name| (name != "POLYV_LIVE_USER_ID").then(|| "x".to_owned())).unwrap();
    assert!(account.require_user_id().is_err());
}
