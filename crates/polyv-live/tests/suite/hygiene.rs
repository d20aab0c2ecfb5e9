use std::fmt::Write as _;

use livecloud_core::test_util::{ReplayTransport, Step, capture_logs};
use livecloud_core::{Draft, FilePart, Method, Operation as _, TransportErrorKind, Validation};
use polyv_live::{
    AuthSetting, BasicSetting, ImageType, Rank, UpdateCallbackSetting, UpdateChannelAccount, UpdateChannelBasic,
    UpdateGlobalCallback, UploadImage,
};

use super::{SECRET, account, client, failure};

/// An address that opens something to whoever reads it.
const ADDRESS: &str = "https://LINK-USER:LINK-PASSWORD@link.example/face?token=LINK-TOKEN";

fn role() -> UpdateChannelAccount {
    UpdateChannelAccount::new("2191541", "0052191541").nickname("N").password("ROLE-PASSWORD").avatar(ADDRESS)
}

fn channel() -> UpdateChannelBasic {
    let mut secrets = AuthSetting::new(Rank::Secondary, false);
    secrets.auth_code = Some("AUTH-CODE".into());
    secrets.external_key = Some("EXTERNAL-KEY".into());
    secrets.custom_key = Some("CUSTOM-KEY".into());
    secrets.external_uri = Some(ADDRESS.into());
    secrets.external_redirect_uri = Some(ADDRESS.into());
    secrets.custom_uri = Some(ADDRESS.into());
    secrets.qcode_img = Some(ADDRESS.into());
    UpdateChannelBasic::new("2191541")
        .basic_setting(BasicSetting::new().channel_passwd("CHANNEL-PASSWD").cover_img(ADDRESS).splash_img(ADDRESS))
        .auth(AuthSetting::direct(Rank::Primary, "DIRECT-KEY"))
        .auth(secrets)
}

/// Every secret of a request, in places where it breaks a rule.
fn refused() -> UpdateChannelBasic {
    let long = |secret: &str| format!("{secret}-{}", "x".repeat(40));
    UpdateChannelBasic::new("x")
        .basic_setting(BasicSetting::new().channel_passwd(long("CHANNEL-PASSWD")))
        .auth(AuthSetting::external(Rank::Other(3), "EXTERNAL-KEY", ""))
        .auth(AuthSetting::custom(Rank::Other(3), "CUSTOM-KEY", ""))
        .auth(AuthSetting::direct(Rank::Other(3), " "))
}

#[test]
fn no_secret_signature_address_or_body_is_ever_printed() {
    let transport = ReplayTransport::new([
        Step::fail(TransportErrorKind::Interrupted),
        Step::reply(502, "<html>PAGE-BODY</html>"),
        failure(400, 400, "param validate error"),
        Step::json(r#"{"code":"x REPLY-BODY"}"#),
    ]);
    let client = client(&transport);
    let (errors, mut printed) = capture_logs(|| async {
        [
            client.call(role()).await.unwrap_err(),
            client.call(channel()).await.unwrap_err(),
            client.call(refused()).await.unwrap_err(),
            client.call(role().password("  ")).await.unwrap_err(),
        ]
    });
    assert!(printed.contains("attempt failed"), "the log was captured: {printed}");
    let _ = write!(printed, "{:?} {:#?} {client:?} {transport:?}", account(), account().sha256());
    let _ = write!(printed, "{:?} {:#?}", client.call(channel()), client.call(channel()).validation(Validation::Off));
    let _ = write!(printed, "{:?} {:#?} {:?} {:#?}", role(), role(), channel(), client.call(role()));
    let mut draft = Draft::new(Method::Post);
    channel().write(&account(), &mut draft).unwrap();
    let _ = write!(printed, "{draft:?}");
    role().write(&account(), &mut draft).unwrap();
    let _ = write!(printed, "{draft:?}");
    for error in &errors {
        let _ = write!(printed, "{error} {error:#} {error:?} {error:#?} {:?}", error.violations());
    }
    assert!(errors[2].violations().len() >= 5);

    let sent = transport.requests();
    assert_eq!(sent.len(), 4);
    let mut hidden: Vec<_> = sent.iter().map(|sent| sent.form("sign").or(sent.query("sign")).unwrap()).collect();
    let fixed = [
        SECRET,
        "LINK-USER",
        "LINK-PASSWORD",
        "LINK-TOKEN",
        "api.polyv.net",
        "PAGE-BODY",
        "REPLY-BODY",
        "ROLE-PASSWORD",
        "CHANNEL-PASSWD",
        "AUTH-CODE",
        "EXTERNAL-KEY",
        "CUSTOM-KEY",
        "DIRECT-KEY",
    ];
    hidden.extend(fixed.map(str::to_owned));
    for text in hidden {
        assert!(!printed.contains(&text), "{text} in {printed}");
    }
    // A role is printed by who holds it, and an address up to what may be secret.
    for text in ["0052191541", "https://...@link.example/face?..."] {
        assert!(format!("{:?}", role()).contains(text), "{:?}", role());
    }
}

#[test]
fn callback_addresses_files_and_words_out_of_rules_are_not_printed() {
    let address = |kind: &str| format!("ftp://link.example/{kind}?token=LINK-TOKEN");
    let setting = UpdateCallbackSetting::new("7").stream_callback_url(ADDRESS).record_callback_url(address("r"));
    let global = UpdateGlobalCallback::new().live_stats_callback_url(address("g"));
    let image = UploadImage::new(ImageType::Cover, [FilePart::new("a.png", "FILE-CONTENT")]);
    let transport = ReplayTransport::always(failure(400, 400, "param validate error"));
    let client = client(&transport);
    let (errors, mut printed) = capture_logs(|| async {
        [
            client.call(setting.clone()).await.unwrap_err(),
            client.call(global.clone()).await.unwrap_err(),
            client.call(image.clone()).await.unwrap_err(),
        ]
    });
    assert_eq!((errors[0].violations()[0].id, errors[1].violations()[0].id), ("L65", "L65"));
    let _ = write!(printed, "{errors:?} {setting:?} {global:?} {image:?} {:?}", client.call(image.clone()));
    for error in &errors {
        let _ = write!(printed, "{error} {error:#}");
    }
    let sign = transport.requests()[0].part("sign").unwrap();
    for hidden in ["LINK-USER", "LINK-PASSWORD", "LINK-TOKEN", "FILE-CONTENT", SECRET, &sign] {
        assert!(!printed.contains(hidden), "{hidden} in {printed}");
    }
}
