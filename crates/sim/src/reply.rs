//! Replies on their way to the socket, whole or spoiled.

use std::{
    collections::VecDeque,
    fmt, io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::time::Sleep;

use crate::fault::Fault;

/// The connection is to be closed without an answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dropped;

impl fmt::Display for Dropped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("dropped on purpose")
    }
}

impl std::error::Error for Dropped {}

const MIB: u64 = 1 << 20;
const BLANKS: Bytes = Bytes::from_static(&[b' '; 1 << 16]);

/// A body that is sent step by step.
#[derive(Debug)]
pub(crate) struct ReplyBody {
    steps: VecDeque<Step>,
    /// Announced as `Content-Length`; without it the body is sent in chunks.
    announced: Option<u64>,
    pause: Option<Pin<Box<Sleep>>>,
}

#[derive(Debug)]
enum Step {
    Send(Bytes),
    /// So many blanks.
    Pad(u64),
    /// Wait in real time.
    Wait(Duration),
    /// Let what was sent reach the socket.
    Flush,
    /// Close the connection.
    Cut,
}

impl ReplyBody {
    /// The reply as the fault, if any, leaves it.
    pub(crate) fn spoiled(body: Bytes, fault: Option<&Fault>) -> Self {
        let whole = body.len() as u64;
        let half = body.slice(..body.len() / 2);
        let (steps, announced) = match fault {
            Some(Fault::DropMidReply) => (vec![Step::Send(half), Step::Flush, Step::Cut], Some(whole)),
            Some(Fault::TruncatedBody) => {
                let sent = half.len() as u64;
                (vec![Step::Send(half)], Some(sent))
            }
            Some(Fault::OversizedBody { mib }) => {
                let padding = (u64::from(*mib) * MIB).saturating_sub(whole);
                (vec![Step::Send(body), Step::Pad(padding)], None)
            }
            Some(Fault::SlowDrip { bytes, pause }) => {
                let size = (*bytes).max(1);
                let pieces = (0..body.len()).step_by(size).map(|at| body.slice(at..body.len().min(at + size)));
                (pieces.flat_map(|piece| [Step::Wait(*pause), Step::Send(piece)]).collect(), Some(whole))
            }
            _ => (vec![Step::Send(body)], Some(whole)),
        };
        Self { steps: steps.into(), announced, pause: None }
    }
}

impl Body for ReplyBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        loop {
            if let Some(pause) = &mut self.pause {
                std::task::ready!(pause.as_mut().poll(cx));
                self.pause = None;
            }
            let Some(step) = self.steps.pop_front() else {
                return Poll::Ready(None);
            };
            match step {
                Step::Send(piece) if piece.is_empty() => {}
                Step::Send(piece) => {
                    self.announced = self.announced.map(|left| left.saturating_sub(piece.len() as u64));
                    return Poll::Ready(Some(Ok(Frame::data(piece))));
                }
                Step::Pad(0) => {}
                Step::Pad(left) => {
                    let piece =
                        BLANKS.slice(..usize::try_from(left).map_or(BLANKS.len(), |left| left.min(BLANKS.len())));
                    self.steps.push_front(Step::Pad(left - piece.len() as u64));
                    return Poll::Ready(Some(Ok(Frame::data(piece))));
                }
                Step::Wait(pause) => self.pause = Some(Box::pin(tokio::time::sleep(pause))),
                Step::Flush => {
                    cx.waker().wake_by_ref();
                    return Poll::Pending;
                }
                Step::Cut => return Poll::Ready(Some(Err(io::Error::other(Dropped)))),
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.steps.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        self.announced.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
