//! What must never be printed is not printed.

use std::fmt::Write as _;

use livecloud_core::TransportErrorKind;
use livecloud_core::test_util::{ReplayTransport, Step, capture_logs};

use super::toy::{Do, SECRET, client, code, ok};

#[test]
fn logs_errors_and_debug_hold_no_secret_signature_address_or_body() {
    let transport = ReplayTransport::new([
        Step::fail(TransportErrorKind::Interrupted),
        code(4).header("date", "Tue, 14 Nov 2023 22:03:20 GMT"),
        Step::reply(500, "R3PLY"),
        Step::reply(200, "R3PLY"),
        ok(),
    ]);
    let client = client(&transport);
    let (errors, mut printed) = capture_logs(|| async {
        let one = client.call(Do::idempotent()).await.unwrap_err();
        let two = client.call(Do { value: 9, ..Do::once() }).await.unwrap_err();
        client.call(Do::once()).await.unwrap();
        [one, two]
    });
    for line in ["attempt failed", "trying again", "the vendor refused the time stamp", "value is a lot", "done"] {
        assert!(printed.contains(line), "{line} is logged: {printed}");
    }
    for error in &errors {
        let _ = write!(printed, "{error} {error:#} {error:?} {error:#?}");
    }
    let _ = write!(printed, "{client:?} {:?} {transport:?}", client.call(Do::once()));
    let sent = transport.requests();
    assert_eq!(sent.len(), 5);
    let mut hidden: Vec<_> = [SECRET, "toy.example", "B0DY", "R3PLY"].map(str::to_owned).into();
    hidden.extend(sent.iter().map(|sent| sent.query("nonce").unwrap()));
    for text in hidden {
        assert!(!printed.contains(&text), "{text} in {printed}");
    }
}
