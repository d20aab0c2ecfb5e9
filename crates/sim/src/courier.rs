//! Brings a letter to a URL on this machine, and to no other.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use bytes::Bytes;
use http::{Request, Uri, header::HOST};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::{notice::Letter, wire};

/// How long a receiver may take; no vendor says, this is what anyRTC's twin grants.
const DEADLINE: Duration = Duration::from_secs(10);

const MOST_REPLY_BYTES: usize = 1 << 20;

/// A callback URL.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    url: String,
    /// Where to connect, in order.
    addresses: Vec<SocketAddr>,
    authority: String,
}

/// Whether a host, with or without the brackets of an IPv6 address, is this machine.
pub(crate) fn is_loopback(host: &str) -> bool {
    let ip = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost") || ip.is_ok_and(|ip| ip.is_loopback())
}

impl Target {
    /// Reads an `http` URL of this machine.
    pub(crate) fn parse(url: &str) -> io::Result<Self> {
        let refuse =
            |why: &str| Err(io::Error::new(io::ErrorKind::InvalidInput, format!("callback URL {url:?}: {why}")));
        let Ok(uri) = url.parse::<Uri>() else {
            return refuse("not a URL");
        };
        if url.contains('#') {
            return refuse("a fragment is never sent");
        }
        if uri.scheme_str() != Some("http") {
            return refuse("the simulator speaks http only");
        }
        let Some(authority) = uri.authority().filter(|authority| !authority.as_str().contains('@')) else {
            return refuse("no plain host");
        };
        let host = authority.host().trim_start_matches('[').trim_end_matches(']');
        let hosts: Vec<IpAddr> = if host.eq_ignore_ascii_case("localhost") {
            vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()]
        } else {
            host.parse().into_iter().filter(IpAddr::is_loopback).collect()
        };
        if hosts.is_empty() {
            return refuse("not a loopback host; the simulator calls nobody but 127.0.0.1, [::1] and localhost");
        }
        let port = authority.port_u16().unwrap_or(80);
        let addresses = hosts.into_iter().map(|host| SocketAddr::new(host, port)).collect();
        Ok(Self { url: url.to_owned(), addresses, authority: authority.to_string() })
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The URL with the letter's query after its own.
    pub(crate) fn url_of(&self, letter: &Letter) -> String {
        if letter.query.is_empty() {
            return self.url.clone();
        }
        let joint = if self.url.contains('?') { '&' } else { '?' };
        format!("{}{joint}{}", self.url, wire::encode_pairs(&letter.query))
    }

    /// Sends the letter once, and reads the reply: status and body.
    pub(crate) async fn send(&self, letter: &Letter) -> io::Result<(u16, Bytes)> {
        let late = |_| io::Error::new(io::ErrorKind::TimedOut, "the receiver took too long");
        tokio::time::timeout(DEADLINE, self.exchange(letter)).await.map_err(late)?
    }

    async fn exchange(&self, letter: &Letter) -> io::Result<(u16, Bytes)> {
        let uri: Uri = self.url_of(letter).parse().map_err(io::Error::other)?;
        let target = uri.path_and_query().map_or("/", |path| path.as_str());
        let mut request = Request::builder().method(&letter.method).uri(target).header(HOST, &self.authority);
        for (name, value) in &letter.headers {
            request = request.header(*name, value);
        }
        let request = request.body(Full::new(letter.body.clone())).map_err(io::Error::other)?;

        let stream = TcpStream::connect(self.addresses.as_slice()).await?;
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
        let exchange = async {
            let (head, body) = sender.send_request(request).await.map_err(io::Error::other)?.into_parts();
            let body = Limited::new(body, MOST_REPLY_BYTES).collect().await.map_err(io::Error::other)?;
            Ok((head.status.as_u16(), body.to_bytes()))
        };
        let driven = async {
            // What goes wrong with the connection is told by the exchange.
            let _ended = connection.await;
            std::future::pending::<()>().await;
        };
        tokio::select! {
            reply = exchange => reply,
            () = driven => Err(io::ErrorKind::ConnectionAborted.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_called() {
        for url in [
            "http://127.0.0.1:8080/hook?x=1",
            "http://127.8.9.10",
            "http://[::1]:1/",
            "http://localhost:9/",
            "http://LOCALHOST:9/",
        ] {
            assert_eq!(Target::parse(url).unwrap().url(), url);
        }
        for url in [
            "http://example.com/",
            "http://127.0.0.1.example.com/",
            "http://127.0.0.1@example.com/",
            "http://localhost.example.com/",
            "http://192.168.1.1/",
            "http://0.0.0.0/",
            "http://[::ffff:127.0.0.1]/",
            "https://127.0.0.1/",
            "127.0.0.1:80",
            "/hook",
            "",
        ] {
            let error = Target::parse(url).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::InvalidInput, "{url}");
        }
        assert!(Target::parse("http://example.com/").unwrap_err().to_string().contains("not a loopback host"));
    }

    #[test]
    fn a_letters_query_comes_after_the_urls_own() {
        let query = vec![("a".to_owned(), "b c".to_owned())];
        let letter = Letter { method: http::Method::GET, query, headers: Vec::new(), body: Bytes::new() };
        let url = |url: &str| Target::parse(url).unwrap().url_of(&letter);
        assert_eq!(url("http://localhost:9/h"), "http://localhost:9/h?a=b%20c");
        assert_eq!(url("http://localhost:9/h?x=1"), "http://localhost:9/h?x=1&a=b%20c");
    }
}
