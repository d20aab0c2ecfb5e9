//! How one vendor speaks.

use crate::{answer::Answer, call::Call, fields::Complaint, operation::Operation};

/// A vendor's routes, its credentials and its envelope.
pub(crate) trait Dialect: Sync {
    fn operations(&self) -> &'static [Operation];

    /// Which operation is called; fills in the path's placeholders.
    fn route(&self, call: &mut Call) -> Option<&'static Operation> {
        self.operations().iter().find(|operation| {
            let places = operation.fits(&call.segments).filter(|_| operation.method == call.method);
            places.map(|places| call.places = places).is_some()
        })
    }

    /// The answer to a route nobody knows.
    fn unrouted(&self, call: &Call) -> Answer;

    /// Checks format, credentials, signature and time; says whose quota the call counts against.
    fn admit(&self, call: &Call, operation: &Operation) -> Result<String, Answer>;

    /// The answer when the quota is used up.
    fn throttled(&self, call: &Call) -> Answer;

    /// The answer to a request that breaks a documented rule.
    fn complain(&self, call: &Call, operation: &Operation, complaint: &Complaint) -> Answer;

    /// A failure with that code, in this vendor's envelope.
    fn coded(&self, call: &Call, code: i64, message: &str) -> Answer;
}
