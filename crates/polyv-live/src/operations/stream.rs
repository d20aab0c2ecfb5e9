//! Streams: whether one runs, cutting it off and letting it on again.

pub(super) mod cutoff_stream;
pub(super) mod query_live_status;
pub(super) mod resume_stream;
