use std::fmt::Write as _;

use livecloud_core::TransportErrorKind;
use livecloud_core::test_util::{ReplayTransport, Step, capture_logs};
use zego_cloud_player::UpdatePlayer;

use super::{SECRET, account, client};

const URL: &str = "https://media.example/clip.mp4?token=t0p";

#[test]
fn no_secret_signature_address_or_body_is_ever_printed() {
    let transport = ReplayTransport::new([
        Step::fail(TransportErrorKind::Interrupted),
        Step::reply(502, "<html>PAGE-BODY</html>"),
        Step::json(r#"{"Code":350006003,"Message":"m","RequestId":"r","Data":"REPLY-BODY"}"#),
        Step::json(r#"{"Code":"x REPLY-BODY"}"#),
    ]);
    let client = client(&transport);
    let ((refused, unreadable), mut printed) = capture_logs(|| async {
        let call = client.call(UpdatePlayer::new("player_1", 1).stream_url(URL));
        (call.await.unwrap_err(), client.call(UpdatePlayer::new("player_1", 1)).await.unwrap_err())
    });
    assert!(printed.contains("attempt failed"), "the log was captured: {printed}");
    let call = client.call(UpdatePlayer::new("p", 1).stream_url(URL).stream_url_list([URL]).backup_stream_url(URL));
    let _ = write!(printed, "{:?} {client:?} {call:?} {transport:?}", account());
    for error in [&refused, &unreadable] {
        let _ = write!(printed, "{error} {error:#} {error:?} {error:#?}");
    }
    let mut hidden = vec![
        SECRET.to_owned(),
        "t0p".to_owned(),
        "cloud-player-api".to_owned(),
        "PAGE-BODY".to_owned(),
        "REPLY-BODY".to_owned(),
    ];
    let sent = transport.requests();
    assert_eq!(sent.len(), 4);
    hidden
        .extend(sent.iter().flat_map(|sent| [sent.query("Signature").unwrap(), sent.query("SignatureNonce").unwrap()]));
    for text in hidden {
        assert!(!printed.contains(&text), "{text} in {printed}");
    }
}
