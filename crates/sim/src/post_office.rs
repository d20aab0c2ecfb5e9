//! Where notices become callbacks: on demand, and whenever something happens at a vendor whose callback URL is known.

use std::{
    collections::VecDeque,
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use serde_json::{Map, Value};

use crate::{
    callback::{Callback, CallbackFault, Delivered, Delivery},
    clock,
    clocks::{Clocks, shifted},
    courier::Target,
    errands::Errands,
    notice::{Event, Letter, Notice, Sending},
    settings::Settings,
    vendor::Vendor,
    vendors,
};

/// How often a pause looks at the clock: one that stands still cannot wake anybody.
const GLANCE: Duration = Duration::from_millis(5);

/// Sends callbacks for all vendors.
#[derive(Debug)]
pub(crate) struct PostOffice {
    settings: Arc<Settings>,
    clocks: Arc<Clocks>,
    errands: Arc<Errands>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    desks: [Desk; 4],
    /// Each is used once, in order.
    faults: VecDeque<(Vendor, CallbackFault)>,
    deliveries: Vec<Delivery>,
    serial: u64,
}

/// One vendor's outgoing post.
#[derive(Debug, Default)]
struct Desk {
    target: Option<Target>,
    /// Waiting for their turn.
    queue: VecDeque<Parcel>,
    /// Waiting for another one to overtake them.
    held_back: Vec<Parcel>,
    /// Somebody is working on the queue.
    busy: bool,
}

/// A notice with an address.
#[derive(Debug, Clone)]
struct Parcel {
    notice: Notice,
    serial: u64,
    target: Target,
    fault: Option<CallbackFault>,
}

impl PostOffice {
    pub(crate) fn new(settings: Arc<Settings>, clocks: Arc<Clocks>, errands: Arc<Errands>) -> Self {
        Self { settings, clocks, errands, state: Mutex::default() }
    }

    /// Sends to this URL from now on, or nowhere.
    pub(crate) fn set_url(&self, vendor: Vendor, url: Option<&str>) -> io::Result<()> {
        let target = url.map(Target::parse).transpose()?;
        self.lock().desks[vendor.index()].target = target;
        Ok(())
    }

    pub(crate) fn url(&self, vendor: Vendor) -> Option<String> {
        self.lock().desks[vendor.index()].target.as_ref().map(|target| target.url().to_owned())
    }

    /// Whether anybody waits for callbacks.
    pub(crate) fn has_url(&self) -> bool {
        self.lock().desks.iter().any(|desk| desk.target.is_some())
    }

    pub(crate) fn queue_fault(&self, vendor: Vendor, fault: CallbackFault) {
        self.lock().faults.push_back((vendor, fault));
    }

    pub(crate) fn clear_faults(&self) {
        self.lock().faults.clear();
    }

    pub(crate) fn deliveries(&self) -> Vec<Delivery> {
        self.lock().deliveries.clone()
    }

    pub(crate) fn reset(&self) {
        *self.lock() = State::default();
    }

    /// Takes what has happened. It is sent in that order, in the background; without a URL it is forgotten.
    pub(crate) fn post(self: &Arc<Self>, notices: impl IntoIterator<Item = Notice>) {
        for notice in notices {
            let vendor = notice.vendor;
            let mut state = self.lock();
            let Ok(parcel) = state.pack(notice, None) else { continue };
            let desk = &mut state.desks[vendor.index()];
            desk.queue.push_back(parcel);
            if !std::mem::replace(&mut desk.busy, true) {
                let office = Arc::clone(self);
                drop(self.errands.run(async move { office.work(vendor).await }));
            }
        }
    }

    /// Sends one on demand, repeats included.
    pub(crate) async fn send(self: &Arc<Self>, vendor: Vendor, callback: Callback) -> io::Result<Delivered> {
        let event = event(vendor, &callback.event)?;
        let millis = clock::unix_millis(self.clocks.now_at(vendor));
        let notice = Notice { vendor, event: event.name, fields: callback.fields, unix_millis: millis };
        let parcel = self.lock().pack(notice, callback.fault)?;
        if parcel.fault == Some(CallbackFault::Reordered) {
            self.hold_back(parcel);
            return Ok(Delivered { attempts: 0, status: None, accepted: false });
        }
        let first = self.first(&parcel).await;
        let failed = self.clocks.elapsed();
        Ok(self.repeat(&parcel, first, failed).await)
    }

    /// Sends until the queue is empty.
    async fn work(self: &Arc<Self>, vendor: Vendor) {
        while let Some(parcel) = self.next(vendor) {
            if parcel.fault == Some(CallbackFault::Reordered) {
                self.hold_back(parcel);
                continue;
            }
            let first = self.first(&parcel).await;
            self.repeat_later(parcel, first);
        }
    }

    fn next(&self, vendor: Vendor) -> Option<Parcel> {
        let mut state = self.lock();
        let desk = &mut state.desks[vendor.index()];
        let parcel = desk.queue.pop_front();
        desk.busy = parcel.is_some();
        parcel
    }

    fn hold_back(&self, mut parcel: Parcel) {
        parcel.fault = None;
        self.lock().desks[parcel.notice.vendor.index()].held_back.push(parcel);
    }

    /// The first attempt, its duplicate, and whatever was held back until now.
    async fn first(self: &Arc<Self>, parcel: &Parcel) -> Delivered {
        let letter = self.write(parcel, 1);
        let first = self.carry(parcel, &letter, 1).await;
        if parcel.fault == Some(CallbackFault::Duplicate) {
            self.carry(parcel, &letter, 1).await;
        }
        let held_back = std::mem::take(&mut self.lock().desks[parcel.notice.vendor.index()].held_back);
        for overtaken in held_back {
            let letter = self.write(&overtaken, 1);
            let first = self.carry(&overtaken, &letter, 1).await;
            self.repeat_later(overtaken, first);
        }
        first
    }

    fn repeat_later(self: &Arc<Self>, parcel: Parcel, first: Delivered) {
        if !first.accepted {
            let (office, failed) = (Arc::clone(self), self.clocks.elapsed());
            drop(self.errands.run(async move { office.repeat(&parcel, first, failed).await }));
        }
    }

    /// Further attempts, as many as the vendor makes; the latest one so far failed at that time.
    async fn repeat(&self, parcel: &Parcel, mut so_far: Delivered, mut failed: Duration) -> Delivered {
        if parcel.fault == Some(CallbackFault::Forged) {
            return so_far;
        }
        for pause in vendors::notifier(parcel.notice.vendor).pauses() {
            if so_far.accepted {
                break;
            }
            self.wait_until(failed + *pause).await;
            let attempt = so_far.attempts + 1;
            so_far = self.carry(parcel, &self.write(parcel, attempt), attempt).await;
            failed = self.clocks.elapsed();
        }
        so_far
    }

    /// Waits on the simulator's clock.
    async fn wait_until(&self, due: Duration) {
        loop {
            let left = due.saturating_sub(self.clocks.elapsed());
            if left.is_zero() {
                return;
            }
            tokio::time::sleep(left.min(GLANCE)).await;
        }
    }

    /// Writes and signs it, with the vendor's time.
    fn write(&self, parcel: &Parcel, attempt: usize) -> Letter {
        let Notice { vendor, event: name, ref fields, unix_millis } = parcel.notice;
        let notifier = vendors::notifier(vendor);
        let age = if let Some(CallbackFault::Late(age)) = parcel.fault { age } else { Duration::ZERO };
        let seconds = i64::try_from(age.as_secs()).unwrap_or(i64::MAX);
        let sent_millis = clock::unix_millis(shifted(self.clocks.now_at(vendor), seconds.saturating_neg()));
        let event_millis = unix_millis.saturating_sub(seconds.saturating_mul(1000));
        let mut secret = notifier.secret(&self.settings).to_owned();
        if parcel.fault == Some(CallbackFault::Forged) {
            secret.push_str(" of somebody else");
        }
        let sample = event(vendor, name).map(|event| (event.sample)(event_millis)).unwrap_or_default();
        let sending = Sending {
            settings: &self.settings,
            secret: &secret,
            serial: parcel.serial,
            attempt,
            event_millis,
            sent_millis,
        };
        notifier.write(merged(sample, fields), &sending)
    }

    /// Sends it once and takes it down.
    async fn carry(&self, parcel: &Parcel, letter: &Letter, attempts: usize) -> Delivered {
        let vendor = parcel.notice.vendor;
        let reply = parcel.target.send(letter).await.ok();
        let accepted =
            reply.as_ref().is_some_and(|(status, body)| vendors::notifier(vendor).is_delivered(*status, body));
        let status = reply.map(|(status, _)| status);
        self.lock().deliveries.push(Delivery {
            vendor,
            event: parcel.notice.event,
            method: letter.method.to_string(),
            url: parcel.target.url_of(letter),
            headers: letter.headers.clone(),
            body: letter.body.clone(),
            status,
            accepted,
        });
        Delivered { attempts, status, accepted }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Puts the address on a notice, and the fault that is its turn.
    fn pack(&mut self, notice: Notice, fault: Option<CallbackFault>) -> io::Result<Parcel> {
        let vendor = notice.vendor;
        let Some(target) = self.desks[vendor.index()].target.clone() else {
            let message = format!("no callback URL is set for {vendor}");
            return Err(io::Error::new(io::ErrorKind::NotConnected, message));
        };
        let queued = || {
            let at = self.faults.iter().position(|(wanted, _)| *wanted == vendor)?;
            self.faults.remove(at).map(|(_, fault)| fault)
        };
        let fault = fault.or_else(queued);
        self.serial += 1;
        Ok(Parcel { notice, serial: self.serial, target, fault })
    }
}

/// The event of that name.
fn event(vendor: Vendor, name: &str) -> io::Result<&'static Event> {
    let events = vendors::notifier(vendor).events();
    events.iter().find(|event| event.name == name).ok_or_else(|| {
        let known: Vec<_> = events.iter().map(|event| event.name).collect();
        let message = format!("{vendor} has no event {name:?} here; it has {}", known.join(", "));
        io::Error::new(io::ErrorKind::InvalidInput, message)
    })
}

/// The sample with the given fields in place of its own; objects are merged.
fn merged(sample: Value, fields: &Map<String, Value>) -> Map<String, Value> {
    let mut merged = if let Value::Object(sample) = sample { sample } else { Map::new() };
    for (name, value) in fields {
        match (merged.get_mut(name), value) {
            (Some(Value::Object(old)), Value::Object(new)) => old.extend(new.clone()),
            _ => drop(merged.insert(name.clone(), value.clone())),
        }
    }
    merged
}
