//! Authorization, addresses, headers.

use anyrtc_recording::{Account, Client, Error, ErrorKind, Mode, Query, Validation};
use bytes::Bytes;
use livecloud_core::NoTransport;

use super::{Any, of_kind, offline, text};

fn prepare(client: &Client, any: &Any) -> Result<http::Request<Bytes>, Error> {
    match any {
        Any::Acquire(op) => client.prepare(op),
        Any::Start(op) => client.prepare(op),
        Any::Update(op) => client.prepare(op),
        Any::UpdateLayout(op) => client.prepare(op),
        Any::Query(op) => client.prepare(op),
        Any::Stop(op) => client.prepare(op),
    }
}

#[test]
fn authorization_is_basic_over_id_and_secret() {
    for vector in of_kind("basic_auth") {
        let account = Account::new("app", text(&vector.input, "customer_id"), text(&vector.input, "customer_secret"));
        let prepared = offline(account).prepare(Query::new("r", "s", Mode::Mix));
        match (prepared, vector.expected["authorization"].as_str()) {
            (Ok(request), Some(expected)) => {
                let header = &request.headers()["authorization"];
                assert_eq!(header, expected, "{}", vector.name);
                assert!(header.is_sensitive(), "{}", vector.name);
            }
            (Err(error), None) => {
                assert_eq!(error.kind(), ErrorKind::Config, "{}", vector.name);
                assert!(error.to_string().contains("must not contain ':'"), "{error}");
            }
            // The construction is pinned beside the signer; a client refuses an empty secret.
            (Err(error), Some(_)) if vector.name == "basic_auth.empty_secret" => {
                assert_eq!(error.kind(), ErrorKind::Config);
            }
            (other, _) => panic!("{}: {other:?}", vector.name),
        }
    }
}

#[test]
fn addresses_follow_the_templates_with_every_id_as_one_segment() {
    for vector in of_kind("url") {
        let input = &vector.input;
        let account = Account::new(text(input, "app_id"), "id", "secret");
        let client = Client::builder(account)
            .transport(NoTransport)
            .base_url(text(input, "base_url"))
            .validation(Validation::Off)
            .build()
            .unwrap();
        let any = Any::new(
            text(input, "method"),
            text(input, "resource_id"),
            text(input, "sid"),
            Mode::from(text(input, "mode")),
        );
        let request = prepare(&client, &any).unwrap();
        assert_eq!(request.method().as_str(), text(&vector.expected, "http_method"), "{}", vector.name);
        assert_eq!(request.uri().to_string(), text(&vector.expected, "url"), "{}", vector.name);
    }
}

#[test]
fn the_default_host_is_the_newest_page_s() {
    let request = offline(crate::account()).prepare(Query::new("r", "s", Mode::Mix)).unwrap();
    assert_eq!(request.uri().host(), Some("api.agrtc.cn"));
    assert_eq!(Account::HOST_2021, "https://www.api.agrtc.cn");
    assert_eq!(Account::HOST_EXAMPLES, "https://www.anyrtc.io");
}

#[test]
fn the_content_type_is_byte_exact_on_every_method() {
    let client = Client::builder(crate::account()).transport(NoTransport).validation(Validation::Off).build().unwrap();
    let vectors = of_kind("headers");
    assert_eq!(vectors.len(), 1);
    for method in ["acquire", "start", "update", "updateLayout", "query", "stop"] {
        let request = prepare(&client, &Any::new(method, "r", "s", Mode::Mix)).unwrap();
        let given: Vec<_> = request.headers().get_all("content-type").iter().collect();
        assert_eq!(given, [text(&vectors[0].expected, "Content-Type")], "{method}");
        assert_eq!(request.body().is_empty(), method == "query", "{method}");
    }
    let raw = anyrtc_recording::RawCall::new((), livecloud_core::Method::Post, "/v1/x").json(&()).unwrap();
    assert_eq!(client.prepare(raw).unwrap().headers()["content-type"], "application/json;charset=utf-8");
}
