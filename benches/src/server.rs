//! The vendors' part: a fixed answer for every path, as fast as one thread can.

use std::convert::Infallible;
use std::io::Read as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

use crate::Outcome;
use crate::job::Job;

/// Answers with the number of connections that carried a call; its own does not count.
pub(crate) const CONNECTIONS: &str = "/connections";
/// Where the path begins so, the answer comes after a second: for calls in flight.
pub(crate) const SLOW: &str = "/slow";

/// Prints its address and serves until its standard input ends, which it does when the parent is gone.
pub(crate) async fn serve() -> Outcome {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    std::thread::spawn(|| {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    let carried = Arc::new(AtomicU64::new(0));
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let carried = Arc::clone(&carried);
        tokio::spawn(async move {
            let is_new = AtomicBool::new(true);
            let service = service_fn(|request| {
                if request.uri().path() != CONNECTIONS && is_new.swap(false, Relaxed) {
                    carried.fetch_add(1, Relaxed);
                }
                answer(request, &carried)
            });
            // An error here is a client that has ended.
            let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

async fn answer(request: Request<Incoming>, carried: &AtomicU64) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    // A body that breaks off belongs to a client that has ended: nobody reads the answer.
    let _ = body.collect().await;
    let path = head.uri.path();
    if path == CONNECTIONS {
        return Ok(Response::new(Full::from(carried.load(Relaxed).to_string())));
    }
    let (path, slow) = path.strip_prefix(SLOW).map_or((path, false), |rest| (rest, true));
    if slow {
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    }
    let mut reply = Response::new(Full::from(Job::of_path(path).reply()));
    reply.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(reply)
}
