//! Work that goes on behind the connections, and ends with the simulator.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::{sync::oneshot, task::JoinSet};

/// Tasks nobody waits for.
#[derive(Debug, Default)]
pub(crate) struct Errands(Mutex<Tasks>);

#[derive(Debug, Default)]
struct Tasks {
    set: JoinSet<()>,
    closed: bool,
}

impl Errands {
    /// Runs it whatever becomes of the receiver, which fails if the errand is called off.
    pub(crate) fn run<T: Send + 'static>(
        &self,
        errand: impl Future<Output = T> + Send + 'static,
    ) -> oneshot::Receiver<T> {
        let (sender, receiver) = oneshot::channel();
        let mut tasks = self.lock();
        while tasks.set.try_join_next().is_some() {}
        if !tasks.closed {
            tasks.set.spawn(async move {
                // Nobody may be waiting any more.
                let _unheard = sender.send(errand.await);
            });
        }
        receiver
    }

    /// Calls off all that is under way.
    pub(crate) fn call_off(&self) {
        self.lock().set.abort_all();
    }

    /// Calls off everything and takes no more.
    pub(crate) fn close(&self) {
        let mut tasks = self.lock();
        tasks.closed = true;
        tasks.set.abort_all();
    }

    /// Waits until everything that was called off has ended.
    pub(crate) async fn closed(&self) {
        self.close();
        let mut set = std::mem::take(&mut self.lock().set);
        set.shutdown().await;
    }

    fn lock(&self) -> MutexGuard<'_, Tasks> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
