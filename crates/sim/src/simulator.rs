//! The handle a test holds.

use std::{io, sync::Arc, time::Duration};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::BodyExt as _;
use serde_json::Value;

use crate::{
    callback::{Callback, CallbackFault, Delivered, Delivery},
    clock::{Clock, SystemClock},
    engine::Engine,
    fault::{Fault, Selector},
    log::Recorded,
    reply::Dropped,
    server::Server,
    settings::Settings,
    vendor::Vendor,
};

/// The running simulator; dropping it closes all ports and connections.
#[derive(Debug)]
pub struct Simulator {
    engine: Arc<Engine>,
    servers: [Option<Server>; 4],
}

impl Simulator {
    /// Starts all four vendors, each on a free loopback port, strict, with quotas, on the machine's clock.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// Starts otherwise.
    pub fn builder() -> Builder {
        Builder {
            vendors: Vec::new(),
            first_port: None,
            clock: Arc::new(SystemClock::new()),
            settings: Settings::default(),
        }
    }

    /// `http://127.0.0.1:PORT` of one vendor; empty if the builder's [`only`](Builder::only) left it out.
    pub fn base_url(&self, vendor: Vendor) -> &str {
        self.servers[vendor.index()].as_ref().map_or("", |server| &server.base_url)
    }

    /// Answers a request without a socket, so that `tokio`'s time can be paused: for clients whose transport can be
    /// replaced. Of the address only path and query matter.
    ///
    /// It fails where a connection would have broken. Dropping the future does not stop a vendor that has begun to act.
    pub async fn exchange(&self, vendor: Vendor, request: Request<Bytes>) -> io::Result<Response<Bytes>> {
        let (parts, body) = request.into_parts();
        let engine = Arc::clone(&self.engine);
        let reply = self.engine.errands.run(async move { engine.serve(vendor, parts, body).await });
        let (parts, body) = reply.await.unwrap_or(Err(Dropped)).map_err(io::Error::other)?.into_parts();
        Ok(Response::from_parts(parts, body.collect().await?.to_bytes()))
    }

    /// Everything received so far, in order of arrival.
    pub fn requests(&self) -> Vec<Recorded> {
        self.engine.log().all()
    }

    /// Forgets what was received.
    pub fn clear_requests(&self) {
        self.engine.log().clear();
    }

    /// Spoils the next call that fits. Queued faults are used up in the order they were queued.
    ///
    /// # Panics
    ///
    /// If the selector names an operation that no vendor has.
    #[track_caller]
    pub fn next(&self, selector: impl Into<Selector>, fault: Fault) {
        self.next_n(1, selector, fault);
    }

    /// Spoils the next `times` calls that fit.
    ///
    /// # Panics
    ///
    /// If the selector names an operation that no vendor has.
    #[track_caller]
    pub fn next_n(&self, times: usize, selector: impl Into<Selector>, fault: Fault) {
        let selector = existing(selector.into());
        self.engine.faults().queue(&selector, &fault, times);
    }

    /// Spoils every call that fits, unless a queued fault comes first.
    ///
    /// # Panics
    ///
    /// If the selector names an operation that no vendor has.
    #[track_caller]
    pub fn always(&self, selector: impl Into<Selector>, fault: Fault) {
        self.engine.faults().stand(existing(selector.into()), fault);
    }

    /// Takes all faults back, those of callbacks included.
    pub fn clear_faults(&self) {
        self.engine.faults().clear();
        self.engine.post_office.clear_faults();
    }

    /// Sends the vendor's callbacks to this URL from now on: those on demand, and those of what its operations do.
    ///
    /// It must be an `http` URL of this machine.
    pub fn set_callback_url(&self, vendor: Vendor, url: &str) -> io::Result<()> {
        self.engine.post_office.set_url(vendor, Some(url))
    }

    /// Sends no more callbacks of this vendor.
    pub fn clear_callback_url(&self, vendor: Vendor) {
        // Only a URL can be refused.
        let _cleared = self.engine.post_office.set_url(vendor, None);
    }

    /// Sends a callback and waits until it is accepted, or until the vendor would give up.
    ///
    /// anyRTC pauses 10 seconds on the simulator's clock between its attempts; a [`ManualClock`](crate::ManualClock)
    /// has to be moved meanwhile. It fails if no URL is set or the vendor has no such event; a receiver that cannot be
    /// reached is not an error, but an attempt without a status.
    pub async fn callback(&self, vendor: Vendor, callback: impl Into<Callback>) -> io::Result<Delivered> {
        self.engine.post_office.send(vendor, callback.into()).await
    }

    /// Spoils the vendor's next callback, whatever it is about. Queued faults are used up in the order they were queued.
    pub fn next_callback(&self, vendor: Vendor, fault: CallbackFault) {
        self.engine.post_office.queue_fault(vendor, fault);
    }

    /// Every request made to a callback URL so far, in the order of the replies.
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.engine.post_office.deliveries()
    }

    /// Goes back to the start: the demo world, no faults, no callback URLs, empty logs, right clocks. Calls still under
    /// way are called off. A [`ManualClock`](crate::ManualClock) stays where it is.
    pub fn reset(&self) {
        self.engine.reset();
    }

    /// Puts one vendor's clock ahead of the simulator's by so many seconds, or behind it if negative. Its `Date`
    /// header and its judgement of timestamps follow.
    pub fn set_clock_offset(&self, vendor: Vendor, seconds: i64) {
        self.engine.clocks.set_offset(vendor, seconds);
    }

    /// A ZEGO player: its status, last `Sequence`, source and settings, in the vendor's names.
    pub fn player(&self, player_id: &str) -> Option<Value> {
        self.engine.world().players.snapshot(player_id)
    }

    /// A ZEGO upload task, as the vendor lists it.
    pub fn upload(&self, upload_task_id: &str) -> Option<Value> {
        self.engine.world().uploads.snapshot(upload_task_id)
    }

    /// A POLYV VOD video: `title`, `describ`, `tag`, `publishUrl`, and whether it is `uploading`.
    pub fn video(&self, vid: &str) -> Option<Value> {
        self.engine.world().videos.snapshot(vid)
    }

    /// A POLYV Live channel: `scene`, `basicSetting`, `authSettings` by rank, `roles`.
    pub fn channel(&self, channel_id: &str) -> Option<Value> {
        self.engine.world().channels.snapshot(channel_id)
    }

    /// A role of a POLYV Live channel.
    pub fn role(&self, channel_id: &str, account: &str) -> Option<Value> {
        self.engine.world().channels.role_snapshot(channel_id, account)
    }

    /// A POLYV Live stream: whether it is `live`, its `sessions`, and until when it is cut off. None before its first.
    pub fn stream(&self, channel_id: &str) -> Option<Value> {
        self.engine.world().streams.snapshot(channel_id)
    }

    /// What a POLYV Live account has besides channels: `callbacks`, `channelCallbacks`, `badwords`, `images`.
    pub fn live_account(&self) -> Value {
        self.engine.world().live_account.snapshot()
    }

    /// Someone begins to stream to a POLYV Live channel (`true`), or ends (`false`), and the customer is told. Whether
    /// they did: not while the stream already is so, is cut off, or its channel does not exist.
    pub fn set_live(&self, channel_id: &str, live: bool) -> bool {
        self.engine.set_live(channel_id, live)
    }

    /// All anyRTC recordings ever started, oldest first, with their present `status`; it is null once the recording is
    /// gone.
    pub fn recordings(&self) -> Vec<Value> {
        self.engine.world().recorders.snapshots(self.engine.clocks.elapsed())
    }

    /// The same, of one channel.
    pub fn recordings_in(&self, cname: &str) -> Vec<Value> {
        self.engine.world().recorders.snapshots_in(cname, self.engine.clocks.elapsed())
    }

    /// Lets an anyRTC resource id expire before its time. One that is recording, or has been, is not touched.
    pub fn expire_resource(&self, resource_id: &str) {
        self.engine.world().recorders.expire(resource_id);
    }

    /// Says how many users send a stream in an anyRTC channel from now on. Channels nobody spoke about have one.
    pub fn set_publishers(&self, cname: &str, count: usize) {
        self.engine.world().recorders.set_publishers(cname, count, self.engine.clocks.elapsed());
    }

    /// Says what anyRTC's `stop` reports as `uploadingStatus` from now on: `uploaded` (the default), `backuped`, which
    /// is answered with 206, or `unknown`.
    pub fn set_uploading_status(&self, status: &str) {
        status.clone_into(&mut self.engine.world().recorders.uploading_status);
    }

    /// Closes ports and connections, and waits until they are closed.
    pub async fn shutdown(mut self) {
        for server in self.servers.iter_mut().filter_map(Option::take) {
            server.stop().await;
        }
        self.engine.errands.closed().await;
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.engine.errands.close();
    }
}

/// A fault for a misspelt operation would never come, and the test would prove nothing.
#[track_caller]
fn existing(selector: Selector) -> Selector {
    assert!(selector.exists(), "no operation fits {selector:?}");
    selector
}

/// Settings of a simulator that is about to start.
#[derive(Debug, Clone)]
#[must_use]
pub struct Builder {
    vendors: Vec<Vendor>,
    first_port: Option<u16>,
    clock: Arc<dyn Clock>,
    settings: Settings,
}

impl Builder {
    /// Starts this vendor only; may be called again for more.
    pub fn only(mut self, vendor: Vendor) -> Self {
        self.vendors.push(vendor);
        self
    }

    /// Uses fixed ports: this one for ZEGO, the next three for POLYV VOD, POLYV Live and anyRTC.
    pub fn ports_from(mut self, first: u16) -> Self {
        self.first_port = Some(first);
        self
    }

    /// Takes the time from this clock.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Turns strict mode off: unknown fields are ignored. Limits still hold.
    pub fn lenient(mut self) -> Self {
        self.settings.strict = false;
        self
    }

    /// Counts no calls.
    pub fn without_quotas(mut self) -> Self {
        self.settings.quotas = false;
        self
    }

    /// Replaces the demo account of ZEGO.
    pub fn zego_credentials(mut self, app_id: u32, server_secret: impl Into<String>) -> Self {
        self.settings.zego.app_id = app_id;
        self.settings.zego.server_secret = server_secret.into();
        self
    }

    /// Replaces the demo sub-account of POLYV VOD.
    pub fn polyv_vod_credentials(mut self, app_id: impl Into<String>, app_secret: impl Into<String>) -> Self {
        self.settings.polyv_vod.app_id = app_id.into();
        self.settings.polyv_vod.app_secret = app_secret.into();
        self
    }

    /// Replaces the demo account of POLYV Live.
    pub fn polyv_live_credentials(mut self, app_id: impl Into<String>, app_secret: impl Into<String>) -> Self {
        self.settings.polyv_live.app_id = app_id.into();
        self.settings.polyv_live.app_secret = app_secret.into();
        self
    }

    /// Replaces the demo customer of anyRTC and both its App IDs.
    pub fn anyrtc_credentials(
        mut self,
        app_id: impl Into<String>,
        customer_id: impl Into<String>,
        customer_secret: impl Into<String>,
    ) -> Self {
        self.settings.anyrtc.app_ids = vec![app_id.into()];
        self.settings.anyrtc.customer_id = customer_id.into();
        self.settings.anyrtc.customer_secret = customer_secret.into();
        self
    }

    /// Replaces the secret that signs ZEGO's callbacks.
    pub fn zego_callback_secret(mut self, secret: impl Into<String>) -> Self {
        self.settings.zego.callback_secret = secret.into();
        self
    }

    /// Replaces the secret key of the POLYV VOD main account, which signs callbacks. POLYV Live signs them with its
    /// appSecret.
    pub fn polyv_vod_secret_key(mut self, secret: impl Into<String>) -> Self {
        self.settings.polyv_vod_secret_key = secret.into();
        self
    }

    /// Replaces the secret that signs anyRTC's callbacks.
    pub fn anyrtc_callback_secret(mut self, secret: impl Into<String>) -> Self {
        self.settings.anyrtc.callback_secret = secret.into();
        self
    }

    /// Lets both POLYV vendors answer failures with HTTP 200 and the code in the body only; the documentation does not
    /// say which failures really come so.
    pub fn polyv_failures_in_http_200(mut self) -> Self {
        self.settings.polyv_vod.failures_in_http_200 = true;
        self.settings.polyv_live.failures_in_http_200 = true;
        self
    }

    /// Lets anyRTC answer without the `Code`/`Body` envelope; both shapes exist in the wild.
    pub fn anyrtc_bare(mut self) -> Self {
        self.settings.anyrtc.bare = true;
        self
    }

    /// How long an anyRTC recording stays in one status; 200 ms unless set.
    pub fn anyrtc_step(mut self, step: Duration) -> Self {
        self.settings.anyrtc.step = step;
        self
    }

    /// Starts without ports: only [`Simulator::exchange`] reaches it, and needs a `tokio` runtime.
    #[must_use]
    pub fn without_ports(self) -> Simulator {
        let engine = Arc::new(Engine::new(self.settings, self.clock));
        Simulator { engine, servers: [const { None }; 4] }
    }

    /// Starts.
    pub async fn start(self) -> io::Result<Simulator> {
        let engine = Arc::new(Engine::new(self.settings, self.clock));
        let mut servers = [const { None }; 4];
        for (vendor, nth) in Vendor::ALL.into_iter().zip(0..) {
            if self.vendors.is_empty() || self.vendors.contains(&vendor) {
                let port = match self.first_port {
                    None => 0,
                    Some(first) => {
                        first.checked_add(nth).ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?
                    }
                };
                servers[vendor.index()] = Some(Server::start(Arc::clone(&engine), vendor, port).await?);
            }
        }
        Ok(Simulator { engine, servers })
    }
}
