use livecloud_core::NoTransport;
use livecloud_core::test_util::ManualClock;
use polyv_vod::{Account, Client, Delivery, Error, ErrorKind, GetVideoInfo, UpdateVideoInfoV3};

use super::{NOW_MS, VID};

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
        "polyv-vod UpdateVideoInfoV3: not set up: this operation needs a sub-account's appId and secret: Account::sub or \
         with_sub, or POLYV_VOD_APP_ID and POLYV_VOD_APP_SECRET"
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

#[test]
fn every_profile_names_what_the_account_lacks() {
    use livecloud_core::Method;
    use polyv_vod::{FixedFields, Profile, RawCall};

    let sub = || Account::sub("app", "secret");
    let main = || Account::main("abcde12345", "key");
    let user = || sub().with_user_id("abcde12345");
    for (profile, lacking, needed) in [
        (Profile::V3, main(), "POLYV_VOD_APP_SECRET"),
        (Profile::PlaysafeSub, main(), "POLYV_VOD_APP_SECRET"),
        (Profile::V2, sub(), "POLYV_VOD_SECRET_KEY"),
        (Profile::V2, user(), "POLYV_VOD_SECRET_KEY"),
        (Profile::V2Fixed(FixedFields::MoveVideos), sub(), "POLYV_VOD_SECRET_KEY"),
        (Profile::Playsafe, sub(), "POLYV_VOD_SECRET_KEY"),
        (Profile::UploadMd5, main(), "POLYV_VOD_WRITE_TOKEN"),
        (Profile::UploadMd5, sub().write_token("w"), "POLYV_VOD_SECRET_KEY"),
        (Profile::V1Write, main(), "POLYV_VOD_WRITE_TOKEN"),
        (Profile::V1Read, main().write_token("w"), "POLYV_VOD_READ_TOKEN"),
    ] {
        let client = Client::builder(lacking).transport(NoTransport).build().unwrap();
        let error = client.prepare(RawCall::new(profile, Method::Get, "/x")).unwrap_err();
        assert_eq!((error.kind(), error.delivery()), (ErrorKind::Config, Delivery::NotSent), "{profile:?}");
        assert!(error.to_string().contains(needed), "{profile:?}: {error}");
    }
}

#[test]
fn an_operation_that_names_the_main_account_needs_its_userid_and_no_secret_of_it() {
    use polyv_vod::UpdateCategoryProfileV3;

    let prepare = |account| {
        let client = Client::builder(account).transport(NoTransport).build().unwrap();
        client.prepare(UpdateCategoryProfileV3::new("1").encrypt(true))
    };
    let error = prepare(Account::sub("app", "secret")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.to_string().contains("with_user_id"), "{error}");
    let request = prepare(Account::sub("app", "secret").with_user_id("abcde12345")).unwrap();
    assert!(std::str::from_utf8(request.body()).unwrap().contains("userId=abcde12345"));
}

#[test]
fn a_user_id_leaves_the_secretkey_that_is_there() {
    let signed = |account| {
        let client = Client::builder(account).transport(NoTransport).clock(ManualClock::at(NOW_MS)).build().unwrap();
        client.prepare(GetVideoInfo::new(["v"])).unwrap().uri().to_string()
    };
    let main = Account::main("abcde12345", "key");
    assert_eq!(signed(main.clone().with_user_id("abcde12345")), signed(main));
}
