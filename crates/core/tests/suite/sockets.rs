//! The reqwest transport against real sockets: which failure is which. Time is never paused here.

#![cfg(feature = "rustls")]

use std::time::Duration;

use livecloud_core::{Client, Delivery, Error, NoRetry, TransportErrorKind};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::toy::{Do, SECRET, Toy};

fn client(base_url: String) -> Client<Toy> {
    Client::builder(Toy(SECRET.into())).base_url(base_url).retry(NoRetry).build().unwrap()
}

/// Calls a server that does `act` with its one connection after reading the request.
async fn call_against<F, Fut>(act: F) -> Result<serde_json::Value, Error>
where
    F: FnOnce(TcpStream) -> Fut + Send + 'static,
    Fut: Future<Output = ()> + Send,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = client(format!("http://{}", listener.local_addr().unwrap()));
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut seen = Vec::new();
        while !seen.ends_with(b"}") {
            let mut chunk = [0; 1024];
            let read = stream.read(&mut chunk).await.unwrap();
            seen.extend_from_slice(&chunk[..read]);
        }
        act(stream).await;
    });
    let outcome = client.call(Do::once()).deadline(Duration::from_secs(5)).await;
    server.await.unwrap();
    outcome
}

async fn say(mut stream: TcpStream, text: &str) {
    stream.write_all(text.as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
}

fn kind(outcome: Result<serde_json::Value, Error>) -> (Option<TransportErrorKind>, Delivery) {
    let error = outcome.unwrap_err();
    (error.transport_kind(), error.delivery())
}

#[tokio::test]
async fn a_reply_in_pieces_is_put_together() {
    let outcome = call_against(async |mut stream: TcpStream| {
        let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
        for piece in [head, "9\r\n{\"code\":0\r\n", "b\r\n,\"data\":42}\r\n", "0\r\n\r\n"] {
            stream.write_all(piece.as_bytes()).await.unwrap();
            stream.flush().await.unwrap();
            tokio::task::yield_now().await;
        }
    });
    assert_eq!(outcome.await.unwrap(), 42);
}

#[tokio::test]
async fn a_connection_closed_before_the_reply_leaves_the_outcome_open() {
    let outcome = call_against(async |stream: TcpStream| drop(stream)).await;
    assert_eq!(kind(outcome), (Some(TransportErrorKind::Interrupted), Delivery::Unknown));
}

#[tokio::test]
async fn a_truncated_reply_leaves_the_outcome_open() {
    let outcome = call_against(|stream| say(stream, "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{\"code\""));
    assert_eq!(kind(outcome.await), (Some(TransportErrorKind::Interrupted), Delivery::Unknown));
}

#[tokio::test]
async fn bytes_that_are_no_http_leave_the_outcome_open() {
    let outcome = call_against(|stream| say(stream, "SSH-2.0-OpenSSH_9.2\r\n\r\n"));
    assert_eq!(kind(outcome.await), (Some(TransportErrorKind::Decode), Delivery::Unknown));
}

#[tokio::test]
async fn an_oversized_reply_is_cut_off() {
    for head in ["content-length: 10000000\r\n", "connection: close\r\n"] {
        let outcome = call_against(move |mut stream: TcpStream| async move {
            let _ = stream.write_all(format!("HTTP/1.1 200 OK\r\n{head}\r\n").as_bytes()).await;
            let chunk = vec![b' '; 1 << 20];
            while stream.write_all(&chunk).await.is_ok() {}
        });
        assert_eq!(kind(outcome.await), (Some(TransportErrorKind::TooLarge), Delivery::Unknown));
    }
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let outcome = call_against(|stream| {
        say(stream, "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n")
    });
    let error = outcome.await.unwrap_err();
    assert_eq!((error.http_status().unwrap().as_u16(), error.delivery()), (302, Delivery::Answered));
}

#[tokio::test]
async fn several_clients_can_share_one_transport() {
    let transport = livecloud_core::default_transport().unwrap();
    for _ in 0..2 {
        Client::builder(Toy(SECRET.into())).transport(transport.clone()).build().unwrap();
    }
}

#[tokio::test]
async fn a_refused_connection_was_not_sent() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let error = client(format!("http://{free}")).call(Do::once()).await.unwrap_err();
    assert_eq!((error.transport_kind(), error.delivery()), (Some(TransportErrorKind::Connect), Delivery::NotSent));
    assert!(!format!("{error:#} {error:?}").contains("127.0.0.1"), "{error:#}");
}

#[tokio::test]
async fn a_server_that_speaks_no_tls_was_not_sent_anything() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = client(format!("https://{}", listener.local_addr().unwrap()));
    let server =
        tokio::spawn(async move { say(listener.accept().await.unwrap().0, "HTTP/1.1 400 Bad Request\r\n\r\n").await });
    let error = client.call(Do::once()).await.unwrap_err();
    server.await.unwrap();
    assert_eq!((error.transport_kind(), error.delivery()), (Some(TransportErrorKind::Connect), Delivery::NotSent));
}

/// Runs in a process of its own, since a variable of the environment is everybody's.
#[tokio::test]
async fn plain_loopback_goes_by_no_proxy() {
    const CHILD: &str = "LIVECLOUD_TEST_WITH_PROXY";
    if std::env::var_os(CHILD).is_some() {
        let outcome =
            call_against(|stream| say(stream, "HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\n{\"code\":")).await;
        // The answer came from the server itself, and not from a proxy that nobody runs.
        assert_eq!(outcome.unwrap_err().kind(), livecloud_core::ErrorKind::Decode);
        return;
    }
    let test = std::env::current_exe().unwrap();
    let status = tokio::task::spawn_blocking(move || {
        std::process::Command::new(test)
            .args(["--exact", "sockets::plain_loopback_goes_by_no_proxy"])
            .env(CHILD, "1")
            .env("HTTP_PROXY", "http://127.0.0.1:9")
            .env("http_proxy", "http://127.0.0.1:9")
            .output()
    });
    let output = status.await.unwrap().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"));
}
