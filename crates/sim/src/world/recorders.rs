//! anyRTC resource ids and recordings, from acquire to gone.
//!
//! Nothing ticks: what time has done to a recording is worked out when somebody looks at it.

use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use md5::{Digest, Md5};
use serde_json::{Value, json};

/// How long a resource id waits for its `start`.
const RESOURCE_LIFE: Duration = Duration::from_secs(5 * 60);
const HOUR: Duration = Duration::from_secs(60 * 60);

/// Status once the first file is uploaded, and for as long as the recording goes on.
const UPLOADED: u32 = 5;
/// Status without any stream to record.
const READY: u32 = 4;
const STOPPING: u32 = 6;
const EXITING: u32 = 8;

/// Why a call finds nothing to act on; each has a code of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    AlreadyStarted,
    AlreadyStopped,
    Conflict,
    Foreign,
    Expired,
    Undecipherable,
    Mismatch,
    NotFound,
}

/// A recorder: an app's user in a channel.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Recorder<'a> {
    pub(crate) app_id: &'a str,
    pub(crate) cname: &'a str,
    pub(crate) uid: &'a str,
}

/// Names one recording, as a path and a body do.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Handle<'a> {
    pub(crate) app_id: &'a str,
    pub(crate) resource_id: &'a str,
    pub(crate) sid: &'a str,
    pub(crate) mode: &'a str,
    /// `cname` and `uid`; a query has none.
    pub(crate) body: Option<(&'a str, &'a str)>,
}

/// All resource ids and recordings of the customer.
#[derive(Debug)]
pub(crate) struct Recorders {
    step: Duration,
    pub(crate) uploading_status: String,
    publishers: HashMap<String, usize>,
    resources: BTreeMap<String, Resource>,
    recordings: Vec<Recording>,
}

#[derive(Debug)]
struct Resource {
    app_id: String,
    cname: String,
    uid: String,
    issued: Duration,
    expired: bool,
    valid: Duration,
    /// Index of its recording, once started.
    recording: Option<usize>,
}

#[derive(Debug)]
pub(crate) struct Recording {
    app_id: String,
    pub(crate) cname: String,
    uid: String,
    pub(crate) resource_id: String,
    pub(crate) sid: String,
    pub(crate) mode: String,
    /// The `clientRequest` it was started with.
    pub(crate) request: Value,
    /// The latest `streamSubscribe` and layout, null before the first update.
    pub(crate) subscription: Value,
    pub(crate) layout: Value,
    started: Duration,
    pub(crate) started_unix_millis: i64,
    valid: Duration,
    max_idle: Duration,
    /// Somebody sent a stream at some time.
    pub(crate) heard: bool,
    idle_since: Option<Duration>,
    /// `stop` was called.
    stopped: Option<Duration>,
    /// Left by itself.
    left: bool,
    /// How many notices there were about it.
    notices: u64,
}

impl Recording {
    /// 0 to 5 while it runs, 6 to 8 while it stops, then nothing.
    pub(crate) fn status(&self, now: Duration, step: Duration) -> Option<u32> {
        let steps = |since: Duration| {
            let steps = now.saturating_sub(since).as_nanos().checked_div(step.as_nanos()).unwrap_or(u128::MAX);
            u32::try_from(steps).unwrap_or(u32::MAX)
        };
        match self.stopped {
            Some(stopped) => Some(STOPPING.saturating_add(steps(stopped))).filter(|status| *status <= EXITING),
            None if self.left => None,
            None => Some(steps(self.started).min(if self.heard { UPLOADED } else { READY })),
        }
    }

    /// The members every notice about it has; notices are numbered from 0.
    pub(crate) fn notice(&mut self) -> Value {
        let sequence = self.notices;
        self.notices += 1;
        json!({"cname": self.cname, "uid": self.uid, "sid": self.sid, "sequence": sequence})
    }

    fn snapshot(&self, now: Duration, step: Duration) -> Value {
        json!({
            "appId": self.app_id, "cname": self.cname, "uid": self.uid, "mode": self.mode,
            "resourceId": self.resource_id, "sid": self.sid, "status": self.status(now, step),
            "stopped": self.stopped.is_some(), "left": self.left, "heard": self.heard,
            "clientRequest": self.request, "streamSubscribe": self.subscription, "layout": self.layout,
        })
    }

    fn is_running(&self) -> bool {
        self.stopped.is_none() && !self.left
    }
}

impl Recorders {
    pub(crate) fn new(step: Duration) -> Self {
        Self {
            step,
            uploading_status: "uploaded".to_owned(),
            publishers: HashMap::new(),
            resources: BTreeMap::new(),
            recordings: Vec::new(),
        }
    }

    pub(crate) fn step(&self) -> Duration {
        self.step
    }

    /// How many users send a stream in a channel.
    pub(crate) fn publishers(&self, cname: &str) -> usize {
        self.publishers.get(cname).copied().unwrap_or(1)
    }

    pub(crate) fn set_publishers(&mut self, cname: &str, count: usize, now: Duration) {
        self.settle(now);
        self.publishers.insert(cname.to_owned(), count);
        for recording in self.recordings.iter_mut().filter(|recording| recording.cname == cname) {
            recording.heard |= count > 0 && recording.is_running();
            recording.idle_since = if count > 0 { None } else { recording.idle_since.or(Some(now)) };
        }
    }

    /// Issues a resource id.
    pub(crate) fn acquire(&mut self, recorder: Recorder<'_>, hours: u64, now: Duration) -> String {
        let id = resource_id(self.resources.len());
        let resource = Resource {
            app_id: recorder.app_id.to_owned(),
            cname: recorder.cname.to_owned(),
            uid: recorder.uid.to_owned(),
            issued: now,
            expired: false,
            valid: HOUR * u32::try_from(hours).unwrap_or(u32::MAX),
            recording: None,
        };
        self.resources.insert(id.clone(), resource);
        id
    }

    /// Lets an unused resource id die.
    pub(crate) fn expire(&mut self, resource_id: &str) {
        if let Some(resource) = self.resources.get_mut(resource_id) {
            resource.expired = true;
        }
    }

    /// Starts a recording on a resource id that is fresh and fits.
    pub(crate) fn start(
        &mut self,
        resource_id: &str,
        recorder: Recorder<'_>,
        mode: &str,
        request: Value,
        now: Duration,
        unix_millis: i64,
    ) -> Result<&mut Recording, Refusal> {
        self.settle(now);
        let index = self.recordings.len();
        let heard = self.publishers(recorder.cname) > 0;
        let rival = self.recordings.iter().any(|other| {
            other.is_running()
                && (other.app_id.as_str(), other.cname.as_str(), other.uid.as_str())
                    == (recorder.app_id, recorder.cname, recorder.uid)
        });
        let resource = self.resources.get_mut(resource_id).ok_or(Refusal::Undecipherable)?;
        if resource.app_id != recorder.app_id {
            return Err(Refusal::Mismatch);
        }
        if (resource.cname.as_str(), resource.uid.as_str()) != (recorder.cname, recorder.uid) {
            return Err(Refusal::Foreign);
        }
        if resource.recording.is_some() {
            return Err(Refusal::AlreadyStarted);
        }
        if resource.expired || now.saturating_sub(resource.issued) >= RESOURCE_LIFE {
            return Err(Refusal::Expired);
        }
        if rival {
            return Err(Refusal::Conflict);
        }
        resource.recording = Some(index);
        let max_idle = request.pointer("/recordingConfig/maxIdleTime").and_then(Value::as_u64).unwrap_or(30);
        self.recordings.push(Recording {
            app_id: recorder.app_id.to_owned(),
            cname: recorder.cname.to_owned(),
            uid: recorder.uid.to_owned(),
            resource_id: resource_id.to_owned(),
            sid: hex::encode(Md5::digest(format!("sid {resource_id}"))),
            mode: mode.to_owned(),
            request,
            subscription: Value::Null,
            layout: Value::Null,
            started: now,
            started_unix_millis: unix_millis,
            valid: resource.valid,
            max_idle: Duration::from_secs(max_idle),
            heard,
            idle_since: (!heard).then_some(now),
            stopped: None,
            left: false,
            notices: 0,
        });
        Ok(&mut self.recordings[index])
    }

    /// The recording a handle names, whatever has become of it.
    pub(crate) fn find(&mut self, handle: Handle<'_>, now: Duration) -> Result<&mut Recording, Refusal> {
        self.settle(now);
        let resource = self.resources.get(handle.resource_id).ok_or(Refusal::Undecipherable)?;
        if resource.app_id != handle.app_id {
            return Err(Refusal::Mismatch);
        }
        let recording = resource.recording.and_then(|index| self.recordings.get_mut(index)).ok_or(Refusal::NotFound)?;
        if recording.sid != handle.sid {
            return Err(Refusal::Mismatch);
        }
        let of_body = handle.body.is_none_or(|body| body == (&recording.cname, &recording.uid));
        if recording.mode != handle.mode || !of_body {
            return Err(Refusal::Foreign);
        }
        if now.saturating_sub(recording.started) >= recording.valid {
            return Err(Refusal::Expired);
        }
        Ok(recording)
    }

    /// The recording a handle names, if it still runs.
    pub(crate) fn find_running(&mut self, handle: Handle<'_>, now: Duration) -> Result<&mut Recording, Refusal> {
        self.find(handle, now).and_then(|found| if found.is_running() { Ok(found) } else { Err(Refusal::NotFound) })
    }

    /// Stops a recording; a second time there is nothing to stop.
    pub(crate) fn stop(&mut self, handle: Handle<'_>, now: Duration) -> Result<&mut Recording, Refusal> {
        let recording = self.find(handle, now)?;
        if !recording.is_running() {
            return Err(Refusal::AlreadyStopped);
        }
        recording.stopped = Some(now);
        Ok(recording)
    }

    pub(crate) fn snapshots(&mut self, now: Duration) -> Vec<Value> {
        self.settle(now);
        self.recordings.iter().map(|recording| recording.snapshot(now, self.step)).collect()
    }

    pub(crate) fn snapshots_in(&mut self, cname: &str, now: Duration) -> Vec<Value> {
        self.settle(now);
        let here = self.recordings.iter().filter(|recording| recording.cname == cname);
        here.map(|recording| recording.snapshot(now, self.step)).collect()
    }

    /// Lets the recorders that were alone for too long have left.
    fn settle(&mut self, now: Duration) {
        for recording in &mut self.recordings {
            let alone = recording.idle_since.map(|since| now.saturating_sub(since));
            recording.left |= recording.is_running() && alone.is_some_and(|alone| alone >= recording.max_idle);
        }
    }
}

/// 256 characters of the URL-safe alphabet, as long as the documentation's.
fn resource_id(serial: usize) -> String {
    let bytes: Vec<u8> =
        (0..12).flat_map(|part| <[u8; 16]>::from(Md5::digest(format!("resource {serial} {part}")))).collect();
    URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resource_ids_are_256_characters_and_differ() {
        assert_eq!(resource_id(0).len(), 256);
        assert_ne!(resource_id(0), resource_id(1));
    }
}
