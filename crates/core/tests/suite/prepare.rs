//! Both halves of a call without the network between them.

use livecloud_core::test_util::{ManualClock, ReplayTransport};
use livecloud_core::{Client, Delivery, ErrorKind, Method, NoTransport, RawCall, Validation};

use super::toy::{Do, NOW_MS, SECRET, Toy, builder, client, ok};

fn fixed() -> Client<Toy> {
    Client::builder(Toy(SECRET.into()))
        .transport(NoTransport)
        .clock(ManualClock::at(NOW_MS))
        .nonce("n")
        .build()
        .unwrap()
}

#[test]
fn a_prepared_request_is_signed_encoded_and_reproducible() {
    let request = fixed().prepare(Do::once()).unwrap();
    assert_eq!(
        request.uri().to_string(),
        "https://toy.example/do?sig=1700000000000-n-t0p-s3cret&time=1700000000000&nonce=n"
    );
    assert_eq!(request.method(), "POST");
    assert_eq!(request.headers()["content-type"], "application/json");
    assert!(request.headers()["user-agent"].to_str().unwrap().starts_with("livecloud-rust/"));
    assert_eq!(request.uri(), fixed().prepare(Do::once()).unwrap().uri());
}

#[test]
fn a_reply_is_interpreted_like_that_of_a_call() {
    let reply = |status, body: &'static str| http::Response::builder().status(status).body(body.into()).unwrap();
    let output = fixed().interpret(Do::once(), reply(200, r#"{"code":0,"data":7}"#)).unwrap();
    assert_eq!(output, 7);
    let error = fixed().interpret(Do::once(), reply(200, r#"{"code":6}"#)).unwrap_err();
    assert_eq!(error.to_string(), "toy Do: rejected with code 6: refused (1 attempt)");
    let error = fixed().interpret(Do::once(), reply(502, "<html>")).unwrap_err();
    assert_eq!((error.kind(), error.delivery()), (ErrorKind::Api, Delivery::Unknown));
}

#[test]
fn a_refused_time_corrects_the_next_prepared_request() {
    let client = fixed();
    let refused =
        http::Response::builder().header("date", "Tue, 14 Nov 2023 22:03:20 GMT").body(r#"{"code":4}"#.into());
    client.interpret(Do::once(), refused.unwrap()).unwrap_err();
    assert!(client.prepare(Do::once()).unwrap().uri().query().unwrap().contains("time=1699999400000"));
}

#[test]
fn a_prepared_request_is_checked() {
    let wrong = Do { value: 0, ..Do::once() };
    assert_eq!(fixed().prepare(&wrong).unwrap_err().kind(), ErrorKind::Invalid);
    let off = builder(&ReplayTransport::default()).validation(Validation::Off).build().unwrap();
    off.prepare(&wrong).unwrap();
}

#[test]
fn what_a_client_cannot_be_built_with_is_named() {
    let bad = |builder: livecloud_core::ClientBuilder<Toy>| builder.build().unwrap_err().to_string();
    let fresh = || builder(&ReplayTransport::default());
    assert!(bad(fresh().base_url("http://remote.example")).contains("must be https"));
    assert!(bad(fresh().base_url("https://host/?a=b")).contains("no user, query or fragment"));
    for address in ["https://256.256.256.256", "https://h:99999", "https://h/%2e%2e", "https://xn--zz--/"] {
        assert!(bad(fresh().base_url(address)).contains("the base URL"), "{address}");
    }
    assert!(bad(fresh().nonce("")).contains("nonce"));
    assert!(bad(fresh().nonce("a b")).contains("nonce"));
    assert!(bad(fresh().user_agent("a\nb")).contains("user agent"));
    fresh().base_url("http://remote.example").allow_insecure_http().build().unwrap();
    let error =
        Client::builder(Toy("".into())).transport(NoTransport).build().unwrap().prepare(Do::once()).unwrap_err();
    assert_eq!(error.to_string(), "toy Do: not set up: the account needs a secret");
}

#[tokio::test]
async fn a_client_without_a_transport_says_so_at_once() {
    let error = fixed().call(Do::idempotent()).await.unwrap_err();
    assert_eq!(error.to_string(), "toy Do: this client has no transport (1 attempt)");
    assert_eq!((error.delivery(), error.is_retryable()), (Delivery::NotSent, false));
}

#[test]
fn the_vendors_own_address_is_checked_like_any_other() {
    #[derive(Debug)]
    struct Careless;
    impl livecloud_core::Signer for Careless {
        fn sign(
            &self,
            _: &mut livecloud_core::Draft,
            _: &livecloud_core::SignContext<'_>,
        ) -> Result<(), livecloud_core::Error> {
            Ok(())
        }
    }
    impl livecloud_core::Vendor for Careless {
        const NAME: &'static str = "careless";
        type Profile = ();
        fn base_url(&self, (): ()) -> &'static str {
            "http://remote.example"
        }
        fn signer(&self, (): ()) -> Result<&dyn livecloud_core::Signer, livecloud_core::Error> {
            Ok(self)
        }
        fn quota_key(&self, _: &livecloud_core::Meta) -> livecloud_core::QuotaKey {
            livecloud_core::QuotaKey::new("careless", "app".into(), "")
        }
        fn open(
            &self,
            _: &livecloud_core::Meta,
            (): (),
            reply: &http::Response<bytes::Bytes>,
        ) -> Result<livecloud_core::Reply, livecloud_core::Error> {
            Err(livecloud_core::Error::decode("never", reply.body()))
        }
    }
    let client = Client::builder(Careless).transport(NoTransport).build().unwrap();
    let error = client.prepare(RawCall::new((), Method::Get, "/")).unwrap_err();
    assert!(error.to_string().contains("must be https"), "{error}");
}

#[tokio::test]
async fn a_raw_call_goes_through_the_same_loop() {
    let transport = ReplayTransport::always(ok());
    let call = RawCall::<Toy>::new((), Method::Get, "/v1/things%20x").query("a", "1 &").form("b", "2").safe();
    let output = client(&transport).call(call).await.unwrap();
    assert_eq!(output["done"], true);
    let sent = &transport.requests()[0];
    assert_eq!(
        (sent.path(), sent.query("a").as_deref(), sent.form("b").as_deref()),
        ("/v1/things%20x", Some("1 &"), Some("2"))
    );
    assert!(sent.query("sig").is_some());
    let error = client(&transport).call(RawCall::<Toy>::new((), Method::Get, "no-slash")).await.unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Invalid, "RawCall"));
}
