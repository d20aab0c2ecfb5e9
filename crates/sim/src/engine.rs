//! The way of one request through the simulator.

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicU64, Ordering},
};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::{
    HeaderValue, Response, StatusCode,
    header::{CONTENT_TYPE, DATE, RETRY_AFTER},
    request::Parts,
};

use crate::{
    answer::Answer,
    call::Call,
    clock::{self, Clock},
    clocks::{Clocks, shifted},
    errands::Errands,
    fault::{Fault, Script},
    log::Log,
    operation::Operation,
    post_office::PostOffice,
    quota::Quotas,
    reply::{Dropped, ReplyBody},
    settings::Settings,
    stage::Stage,
    vendor::Vendor,
    vendors,
    world::World,
};

/// All that the four servers share.
#[derive(Debug)]
pub(crate) struct Engine {
    pub(crate) settings: Arc<Settings>,
    pub(crate) clocks: Arc<Clocks>,
    pub(crate) errands: Arc<Errands>,
    pub(crate) post_office: Arc<PostOffice>,
    serial: AtomicU64,
    stage: Arc<Stage>,
    quotas: Mutex<Quotas>,
    faults: Mutex<Script>,
    log: Mutex<Log>,
}

impl Engine {
    pub(crate) fn new(settings: Settings, clock: Arc<dyn Clock>) -> Self {
        let (settings, clocks) = (Arc::new(settings), Arc::new(Clocks::new(clock)));
        let errands = Arc::new(Errands::default());
        let post_office = PostOffice::new(Arc::clone(&settings), Arc::clone(&clocks), Arc::clone(&errands));
        let post_office = Arc::new(post_office);
        let world = World::seeded(&settings);
        let stage = Stage::new(world, Arc::clone(&clocks), Arc::clone(&post_office), Arc::clone(&errands));
        Self {
            stage: Arc::new(stage),
            settings,
            clocks,
            errands,
            post_office,
            serial: AtomicU64::new(0),
            quotas: Mutex::default(),
            faults: Mutex::default(),
            log: Mutex::default(),
        }
    }

    /// The world as it is now.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.stage.world()
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Script> {
        lock(&self.faults)
    }

    pub(crate) fn log(&self) -> MutexGuard<'_, Log> {
        lock(&self.log)
    }

    /// As it was at the start: the world, quotas, clocks, faults, callbacks and the log. Calls under way are called off.
    pub(crate) fn reset(&self) {
        self.errands.call_off();
        self.post_office.reset();
        self.clocks.reset();
        self.faults().clear();
        *lock(&self.quotas) = Quotas::default();
        *self.world() = World::seeded(&self.settings);
        self.log().clear();
    }

    /// Someone begins to stream to a POLYV Live channel, or ends. Whether they did.
    pub(crate) fn set_live(&self, channel: &str, live: bool) -> bool {
        let mut world = self.world();
        let now = clock::unix_millis(self.clocks.now_at(Vendor::PolyvLive));
        let changed = vendors::set_live(&mut world, channel, live, now);
        self.stage.post(&mut world);
        changed
    }

    /// Answers one request, or says that the connection is to be dropped.
    pub(crate) async fn serve(
        &self,
        vendor: Vendor,
        parts: Parts,
        body: Bytes,
    ) -> Result<Response<ReplyBody>, Dropped> {
        let serial = self.serial.fetch_add(1, Ordering::Relaxed) + 1;
        let settings = Arc::clone(&self.settings);
        let mut call = Call::read(parts, body, settings, serial, self.clocks.now_at(vendor), self.clocks.elapsed());
        let operation = vendors::dialect(vendor).route(&mut call);
        let name = operation.map(|operation| operation.name);
        self.log().arrived(vendor, name, &call);

        let fault = self.faults().take(vendor, name);
        let (fault, acts) = fault.map_or((None, true), |fault| {
            let (fault, acts) = fault.resolve();
            (Some(fault), acts)
        });
        if let Some(Fault::Delay(pause)) = fault {
            tokio::time::sleep(pause).await;
            call.now = self.clocks.now_at(vendor);
            call.elapsed = self.clocks.elapsed();
        }
        if let Some(Fault::ClockSkew { seconds }) = fault {
            call.now = shifted(call.now, seconds);
        }
        let carried_out = acts.then(|| self.carry_out(vendor, operation, &mut call));
        let applied = carried_out.as_ref().is_some_and(|answer| answer.applied);
        let answer = fault.as_ref().and_then(|fault| replacement(fault, vendor, &call)).or(carried_out);
        let drop = matches!(fault, Some(Fault::DropBeforeActing | Fault::DropAfterActing));
        let answer = answer.filter(|_| !drop);
        self.log().answered(serial, answer.as_ref(), applied);
        answer.map(|answer| respond(answer, fault.as_ref(), call.now)).ok_or(Dropped)
    }

    /// What an undisturbed vendor does: route, admit, count, check, act.
    fn carry_out(&self, vendor: Vendor, operation: Option<&'static Operation>, call: &mut Call) -> Answer {
        let dialect = vendors::dialect(vendor);
        let Some(operation) = operation else {
            return dialect.unrouted(call);
        };
        let key = match dialect.admit(call, operation) {
            Ok(key) => key,
            Err(refusal) => return refusal,
        };
        if self.settings.quotas && !lock(&self.quotas).take(&key, operation.quota, call.elapsed) {
            return dialect.throttled(call);
        }
        match operation.check_fields(call) {
            Ok(()) => self.act(operation, call),
            Err(complaint) => dialect.complain(call, operation, &complaint),
        }
    }

    fn act(&self, operation: &Operation, call: &Call) -> Answer {
        let mut world = self.world();
        let answer = (operation.act)(&mut world, call);
        self.stage.post(&mut world);
        self.stage.watch(&mut world);
        answer
    }
}

/// What a fault sends in place of the vendor's answer.
fn replacement(fault: &Fault, vendor: Vendor, call: &Call) -> Option<Answer> {
    Some(match fault {
        Fault::Status { status, body } => {
            let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            Answer::new(status, "application/json", body.clone())
        }
        Fault::VendorCode { code, message } => vendors::dialect(vendor).coded(call, *code, message),
        Fault::Throttled { retry_after } => {
            let mut answer = vendors::dialect(vendor).throttled(call);
            answer.retry_after = *retry_after;
            answer
        }
        Fault::GatewayHtml => {
            let page = "<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>";
            Answer::new(StatusCode::BAD_GATEWAY, "text/html", page)
        }
        Fault::NonJson => Answer::new(StatusCode::OK, "text/plain", "this is not JSON"),
        // A GBK text inside quotes: JSON for a Chinese gateway, not for UTF-8.
        Fault::WrongCharset => {
            Answer::new(StatusCode::OK, "application/json;charset=gbk", &b"{\"message\":\"\xca\xa7\xb0\xdc\"}"[..])
        }
        Fault::EmptyBody => Answer::new(StatusCode::OK, "application/json", Bytes::new()),
        _ => return None,
    })
}

/// Writes the answer down; the `Date` is the vendor's.
fn respond(answer: Answer, fault: Option<&Fault>, now: SystemTime) -> Response<ReplyBody> {
    let mut response = Response::new(ReplyBody::spoiled(answer.body, fault));
    *response.status_mut() = answer.status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(answer.content_type));
    // A clock that is far off may show a year that no date can be written for.
    let year_9999 = UNIX_EPOCH + Duration::from_secs(253_402_300_799);
    if (UNIX_EPOCH..=year_9999).contains(&now)
        && let Ok(date) = HeaderValue::try_from(httpdate::fmt_http_date(now))
    {
        headers.insert(DATE, date);
    }
    if let Some(seconds) = answer.retry_after {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// A panic in another test's handler must not poison this one's.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
