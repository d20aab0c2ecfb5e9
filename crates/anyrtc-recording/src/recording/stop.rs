//! The end of a recording, and what is known of its files.

use std::fmt;
use std::time::Duration;

use http::StatusCode;
use livecloud_core::{Delivery, Error, ErrorKind, NoRetry};
use tokio::time::sleep;

use super::patience::{GRACE, REPEATS};
use super::running::Running;
use super::{Recording, names};
use crate::class::Class;
use crate::model::{FileList, UploadingStatus};
use crate::operations::{Stop, Stopped};

/// How a stop ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Ending {
    /// It was running, and was stopped.
    Stopped,
    /// It was running, and was stopped; nobody had sent a stream, so there is no file (435).
    NothingRecorded,
    /// It is over; an answer to this stop got lost, and with it the list of files.
    AnswerLost,
    /// It had ended before: it was alone for `maxIdleTime`, was thrown out or failed, or somebody else stopped it.
    AlreadyOver,
    /// It was stopped, and the answer (206) says neither why it is no plain success nor the files: nothing was recorded,
    /// or files did not reach your storage, often for wrong keys or a wrong region.
    Unclear,
}

/// The files of a recording, as far as the vendor told them.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Files {
    /// The answer to the stop told them. [`FileList::None`] with snapshots and extension services.
    Told(FileList),
    /// A query just before the stop told them; the answer to the stop did not come, or had none.
    Seen(FileList),
    /// Nothing told them.
    Unknown,
}

impl Files {
    /// All names that the vendor told.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let list = match self {
            Self::Told(list) | Self::Seen(list) => Some(list),
            Self::Unknown => None,
        };
        list.into_iter().flat_map(FileList::names)
    }
}

/// A recording that is over, and what is known of it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Outcome {
    /// How it ended.
    pub ending: Ending,
    /// Its files, as the vendor told them.
    pub files: Files,
    /// The names that a mix's files probably have, folders included: computed here, told by nobody.
    pub predicted: Vec<String>,
    /// Whether the files have arrived, as the answer to the stop says. What comes later is told by callbacks only.
    pub uploading_status: Option<UploadingStatus>,
    /// The answer to the stop.
    pub answer: Option<Stopped>,
    /// The answer that says that there was nothing to stop any more, or that nothing was recorded.
    pub refusal: Option<Error>,
}

impl Outcome {
    /// Whether the vendor says that everything is in your storage.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.uploading_status == Some(UploadingStatus::Uploaded)
            && self.answer.as_ref().is_some_and(|answer| !answer.is_partial())
    }
}

/// A recording that may still run.
#[derive(Debug)]
#[non_exhaustive]
pub struct StopError<M> {
    /// Why; [`delivery`](Error::delivery) says whether a stop may have taken effect.
    pub error: Error,
    /// The recording, to be stopped again.
    pub recording: Recording<M>,
    /// Its files, as a query just before told them.
    pub files: Files,
}

impl<M> fmt::Display for StopError<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the recording may still run: {}", self.error)
    }
}

impl<M: fmt::Debug> std::error::Error for StopError<M> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.error.source()
    }
}

/// For `?`; the handle inside is dropped.
impl<M> From<StopError<M>> for Error {
    fn from(stop: StopError<M>) -> Self {
        stop.error
    }
}

impl<M: Running> Recording<M> {
    /// Stops it, and tells what is known of its files.
    ///
    /// The answer may be the only one that tells the files, and may take a minute. In case it gets lost, a query asks for
    /// the files just before. A stop whose answer is lost is repeated after 3, 6 and 9 seconds; the answer to such a
    /// repeat says that it is over, and no longer names the files. After "not found" it is stopped again for 90 seconds,
    /// as it may be on its way to another server.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use anyrtc_recording::{Account, Client, Recording, Resumed, Snapshot};
    /// use anyrtc_recording::recording::{Ending, Files};
    ///
    /// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
    /// # let there = r#"{"Code":200,"Body":{"serverResponse":{"status":5,"fileList":"s_room.m3u8"}}}"#;
    /// # let transport = ReplayTransport::new([
    /// #     Step::json(there), Step::json(there), Step::reply(504, ""), Step::reply(400, r#"{"code":49}"#),
    /// # ]);
    /// # let client = Client::builder(Account::new("a", "id", "secret")).transport(transport).build()?;
    /// # let snapshot: Snapshot = serde_json::from_str(r#"{
    /// #     "reservation": {"appId":"a","cname":"room","uid":"7","resourceId":"r","acquiredMs":1},
    /// #     "started": {"sid":"s","startedMs":1,"terms":{"mode":"mix","streamTypes":2,"suffixes":["m3u8"]}}
    /// # }"#)?;
    /// # let Resumed::Mix(recording) = Recording::resume(&client, snapshot).await? else { panic!() };
    /// let outcome = recording.stop().await?;
    /// match &outcome.files {
    ///     Files::Told(list) => println!("files: {list:?}"),
    ///     Files::Seen(list) => println!("files shortly before: {list:?}"),
    ///     _ => println!("probably {:?}", outcome.predicted),
    /// }
    /// # assert_eq!((outcome.ending, outcome.files.names().collect::<Vec<_>>()), (Ending::AnswerLost, vec!["s_room.m3u8"]));
    /// # assert_eq!(outcome.predicted, ["s_room.m3u8"]);
    /// # Ok(())
    /// # }
    /// # let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    /// # runtime.block_on(run()).unwrap();
    /// ```
    pub async fn stop(self) -> Result<Outcome, StopError<M>> {
        let seen = self.files_so_far().await;
        let stop =
            Stop::new(self.resource_id(), self.sid(), self.state.begun().terms.mode.clone(), self.cname(), self.uid());
        let (mut pauses, mut grace) = (REPEATS.into_iter(), GRACE.into_iter());
        let mut lost = false;
        loop {
            let error = match self.client.call(&stop).await {
                Ok(answer) => return Ok(self.stopped(answer, seen)),
                Err(error) => error,
            };
            // An attempt before the last one was refused before it acted, as far as anybody can tell.
            lost |= error.attempts() > 1 && error.delivery() != Delivery::NotSent;
            let over = if lost { Ending::AnswerLost } else { Ending::AlreadyOver };
            let (ending, pause) = match Class::of(&error) {
                Some(Class::NothingRecorded) => (Ending::NothingRecorded, None),
                Some(Class::AlreadyStopped | Class::Stopping) => (over, None),
                // Also after a lost stop: it may be on its way to another server, and still run.
                Some(Class::NotFound) => (over, grace.next()),
                // One that can be read; any other may have been a 65.
                Some(Class::Unexpected)
                    if error.kind() == ErrorKind::Api && error.http_status() == Some(StatusCode::PARTIAL_CONTENT) =>
                {
                    (Ending::Unclear, None)
                }
                _ if error.delivery() == Delivery::Unknown => match pauses.next() {
                    Some(pause) => {
                        lost = true;
                        (over, Some(pause))
                    }
                    None => return Err(StopError { error, recording: self, files: seen }),
                },
                _ => return Err(StopError { error, recording: self, files: seen }),
            };
            match pause {
                Some(pause) => sleep(pause).await,
                None => return Ok(self.over(ending, seen, error)),
            }
        }
    }

    /// What a query tells now, in case the answer to the stop gets lost. Nothing waits for it for long.
    async fn files_so_far(&self) -> Files {
        let query = self.to_query();
        let call = self.client.call(query).deadline(Duration::from_secs(3)).retry(NoRetry);
        match call.await {
            Ok(queried) if !queried.files().is_none() => Files::Seen(queried.server_response.file_list),
            _ => Files::Unknown,
        }
    }

    fn stopped(self, answer: Stopped, seen: Files) -> Outcome {
        let told = answer.files().clone();
        let files = match seen {
            Files::Seen(list) if told.names().next().is_none() => Files::Seen(list),
            _ => Files::Told(told),
        };
        Outcome {
            ending: Ending::Stopped,
            files,
            predicted: names::predicted(&self.reservation, self.state.begun()),
            uploading_status: answer.server_response.uploading_status.clone(),
            answer: Some(answer),
            refusal: None,
        }
    }

    fn over(self, ending: Ending, seen: Files, refusal: Error) -> Outcome {
        let nothing = ending == Ending::NothingRecorded;
        Outcome {
            ending,
            files: if nothing { Files::Told(FileList::None) } else { seen },
            predicted: if nothing { Vec::new() } else { names::predicted(&self.reservation, self.state.begun()) },
            uploading_status: None,
            answer: None,
            refusal: Some(refusal),
        }
    }
}
