//! The answer that a question for points awaits.

use serde::Serialize;

/// The answer to [`EventKind::PointsQuery`](super::EventKind::PointsQuery), to be sent as JSON with status 200.
///
/// ```
/// let answer = serde_json::to_string(&polyv_live::callback::PointsAnswer::new(12))?;
/// assert_eq!(answer, r#"{"code":200,"status":"success","message":"","data":12}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PointsAnswer {
    /// 200.
    pub code: u16,
    /// `success`.
    pub status: &'static str,
    /// Nothing.
    pub message: &'static str,
    /// The viewer's points.
    pub data: i64,
}

impl PointsAnswer {
    /// So many points.
    #[must_use]
    pub const fn new(points: i64) -> Self {
        Self { code: 200, status: "success", message: "", data: points }
    }
}
