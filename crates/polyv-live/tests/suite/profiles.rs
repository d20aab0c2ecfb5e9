use livecloud_core::test_util::{ReplayTransport, Step};
use livecloud_core::{Binary, Category, Draft, Error, ErrorKind, Meta, Operation};
use polyv_live::callback::StreamState;
use polyv_live::{Account, Client, Delivery, Profile};

use super::{account, client};

/// What such an operation is, without a type of its own.
struct Fetch<T> {
    profile: Profile,
    output: std::marker::PhantomData<fn() -> T>,
}

impl<T: livecloud_core::FromPayload + Send> Operation for Fetch<T> {
    type Vendor = Account;
    type Output = T;

    fn meta(&self) -> &Meta {
        const { &Meta::get("Fetch").safe() }
    }
    fn profile(&self) -> Profile {
        self.profile
    }
    fn write(&self, _: &Account, draft: &mut Draft) -> Result<(), Error> {
        draft.fixed_path("/x");
        draft.query.push("stream", "s");
        draft.query.push("blank", "");
        Ok(())
    }
}

fn fetch<T>(profile: Profile) -> Fetch<T> {
    Fetch { profile, output: std::marker::PhantomData }
}

async fn file(step: Step) -> Result<Binary, Error> {
    client(&ReplayTransport::always(step)).call(fetch(Profile::Download)).await
}

async fn status(step: Step) -> Result<StreamState, Error> {
    client(&ReplayTransport::always(step)).call(fetch(Profile::LiveStatus)).await
}

#[tokio::test]
async fn the_state_of_a_stream_is_asked_without_any_signature_or_account() {
    let transport = ReplayTransport::always(Step::reply(200, "live"));
    let client = Client::builder(Account::new("", "")).transport(transport.clone()).build().unwrap();
    client.call(fetch::<StreamState>(Profile::LiveStatus)).await.unwrap();
    assert_eq!(transport.requests()[0].request().uri().query(), Some("stream=s&blank="));
    assert_eq!(client.call(fetch::<Binary>(Profile::Download)).await.unwrap_err().kind(), ErrorKind::Config);
}

#[tokio::test]
async fn a_bare_word_is_read_and_any_other_text_is_not() {
    for (word, state) in [("live", StreamState::Live), ("end", StreamState::End), (" live\r\n", StreamState::Live)] {
        assert_eq!(status(Step::reply(200, word)).await.unwrap(), state);
    }
    for other in ["", "waiting", "livelive", "LIVE", "<html>", "\"live\"", r#"{"code":200}"#, "[]"] {
        assert_eq!(status(Step::reply(200, other)).await.unwrap_err().kind(), ErrorKind::Decode, "{other}");
    }
    let refused = status(Step::reply(200, r#"{"code":404,"message":"channel not found"}"#)).await.unwrap_err();
    assert_eq!(refused.category(), Some(Category::NotFound));
    assert_eq!(status(Step::reply(502, "live")).await.unwrap_err().category(), Some(Category::Transient));
    let blocked = status(Step::reply(403, "<html>")).await.unwrap_err();
    assert!(blocked.advice().unwrap().contains("5 minutes"));
}

#[tokio::test]
async fn a_file_is_a_file_and_a_refusal_in_its_place_is_one() {
    for body in [&b"\xd0\xcf\x11\xe0{\"code\":400}"[..], b"PK\x03\x04", b"phone,name\n1,n", b"[1]"] {
        assert_eq!(file(Step::reply(200, body)).await.unwrap().content, body);
    }
    let refusal = r#" {"code":400,"status":"error","message":"channel not found","data":""}"#;
    for step in [Step::reply(200, refusal), Step::json(refusal), Step::reply(400, refusal)] {
        let error = file(step).await.unwrap_err();
        assert_eq!((error.kind(), error.category()), (ErrorKind::Api, Some(Category::NotFound)));
    }
    // a success that holds no file, and what only claims to be JSON
    let page = Step::reply(200, "<html>").header("content-type", "text/html");
    for step in [Step::json(r#"{"code":200,"data":"x"}"#), Step::json("PK"), Step::reply(200, ""), page] {
        let error = file(step).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert_ne!(error.delivery(), Delivery::NotSent);
    }
    assert_eq!(file(Step::reply(502, "PK")).await.unwrap_err().category(), Some(Category::Transient));
}

#[tokio::test]
async fn a_one_time_request_carries_a_fresh_signed_nonce_in_every_attempt() {
    let transport = ReplayTransport::new([Step::reply(502, ""), Step::reply(200, "PK")]);
    let builder = Client::builder(account().one_time()).transport(transport.clone());
    let client = builder.clock(livecloud_core::test_util::ManualClock::at(super::NOW_MS)).build().unwrap();
    tokio::time::pause();
    client.call(fetch::<Binary>(Profile::Download)).await.unwrap();
    let nonces: Vec<_> = transport.requests().iter().map(|sent| sent.query("signatureNonce").unwrap()).collect();
    assert!(nonces[0] != nonces[1] && nonces.iter().all(|nonce| nonce.len() == 32), "{nonces:?}");
}
