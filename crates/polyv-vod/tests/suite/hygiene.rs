use std::fmt::Write as _;

use livecloud_core::test_util::{ReplayTransport, Step, capture_logs};
use livecloud_core::{Draft, Method, Operation as _, TransportErrorKind};
use polyv_vod::UpdateVideoInfoV3;

use super::{SECRET, account, client, failure};

const LINK: &str = "https://link.example/clip?token=LINK-TOKEN";

#[test]
fn no_secret_signature_address_or_body_is_ever_printed() {
    let transport = ReplayTransport::new([
        Step::fail(TransportErrorKind::Interrupted),
        Step::reply(502, "<html>PAGE-BODY</html>"),
        failure(400, 2000, "invalid vid"),
        Step::json(r#"{"code":"x REPLY-BODY"}"#),
    ]);
    let client = client(&transport);
    let update = || UpdateVideoInfoV3::new("vid").title("TITLE-TEXT").publish_url(LINK);
    let ((refused, unreadable), mut printed) =
        capture_logs(|| async { (client.call(update()).await.unwrap_err(), client.call(update()).await.unwrap_err()) });
    assert!(printed.contains("attempt failed"), "the log was captured: {printed}");
    let account = account().with_main("abcde12345", "MAIN-KEY").write_token("WRITE-TOKEN").read_token("READ-TOKEN");
    let mut draft = Draft::new(Method::Post);
    update().write(&account, &mut draft).unwrap();
    let _ = write!(printed, "{account:?} {account:#?} {client:?} {draft:?} {transport:?}");
    for error in [&refused, &unreadable] {
        let _ = write!(printed, "{error} {error:#} {error:?} {error:#?}");
    }
    let sent = transport.requests();
    assert_eq!(sent.len(), 4);
    let mut hidden: Vec<_> = sent.iter().map(|sent| sent.form("sign").unwrap()).collect();
    let fixed =
        [SECRET, "LINK-TOKEN", "api.polyv.net", "PAGE-BODY", "REPLY-BODY", "MAIN-KEY", "WRITE-TOKEN", "READ-TOKEN"];
    hidden.extend(fixed.into_iter().chain(["TITLE-TEXT"]).map(str::to_owned));
    for text in hidden {
        assert!(!printed.contains(&text), "{text} in {printed}");
    }
    let update = format!("{:?}", update());
    assert!(update.contains("https://link.example/clip?...") && !update.contains("LINK-TOKEN"), "{update}");
    for sent in &sent {
        let body = String::from_utf8_lossy(sent.request().body());
        assert!(!body.contains(SECRET), "the secret is never sent");
    }
}
