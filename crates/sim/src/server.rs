//! Sockets: one listener per vendor, one task per connection.

use std::{io, net::SocketAddr, sync::Arc};

use http::Request;
use http_body_util::BodyExt as _;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{
    net::{TcpListener, TcpStream},
    task::{JoinHandle, JoinSet},
};

use crate::{control, engine::Engine, reply::Dropped, vendor::Vendor};

/// One vendor's server; dropping it closes its port and its connections.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) base_url: String,
    task: JoinHandle<()>,
}

impl Server {
    /// Listens on loopback; port 0 takes any free one.
    pub(crate) async fn start(engine: Arc<Engine>, vendor: Vendor, port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], port))).await?;
        let base_url = format!("http://{}", listener.local_addr()?);
        let task = tokio::spawn(accept(listener, engine, vendor));
        Ok(Self { base_url, task })
    }

    pub(crate) async fn stop(mut self) {
        self.task.abort();
        // Waiting for an aborted task ends in its cancellation, which is what was asked for.
        let _cancelled = (&mut self.task).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, engine: Arc<Engine>, vendor: Vendor) {
    // Owned by this task: when it is aborted, so are its connections.
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            // A failed accept concerns one client that is already gone.
            Ok((stream, _)) = listener.accept() => {
                connections.spawn(converse(stream, Arc::clone(&engine), vendor));
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn converse(stream: TcpStream, engine: Arc<Engine>, vendor: Vendor) {
    let service = service_fn(move |request: Request<Incoming>| {
        let engine = Arc::clone(&engine);
        async move {
            let (parts, body) = request.into_parts();
            let body = body.collect().await.map_err(|_| Dropped)?.to_bytes();
            // A task of its own: a client that hangs up does not stop a vendor that has begun to act.
            if control::is_control(parts.uri.path()) {
                return Ok(control::answer(&engine, vendor, parts, body).await);
            }
            let errands = Arc::clone(&engine.errands);
            errands.run(async move { engine.serve(vendor, parts, body).await }).await.unwrap_or(Err(Dropped))
        }
    });
    let mut connection = http1::Builder::new();
    // The `Date` header follows the simulated clock, not this machine's.
    connection.auto_date_header(false);
    // An error here is a client that hung up, or a fault that did.
    let _ended = connection.serve_connection(TokioIo::new(stream), service).await;
}
