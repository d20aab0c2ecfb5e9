//! What one vendor operation is: a checked, encodable value with a contract.

use crate::check::Checks;
use crate::draft::Draft;
use crate::error::Error;
use crate::meta::Meta;
use crate::payload::FromPayload;
use crate::vendor::Vendor;

/// One vendor operation: a plain value that checks itself and writes itself into an unsigned draft.
///
/// It knows nothing of sockets, so the same value serves [`Client::call`](crate::Client::call),
/// [`Client::prepare`](crate::Client::prepare) and tests.
pub trait Operation: Send + Sync {
    /// The account that sends it.
    type Vendor: Vendor;
    /// What a successful reply becomes.
    type Output: FromPayload + Send;

    /// The contract.
    fn meta(&self) -> &Meta;

    /// Which of the vendor's hosts, signatures and envelopes it uses.
    fn profile(&self) -> <Self::Vendor as Vendor>::Profile;

    /// Reports every broken rule. Not called under [`Validation::Off`](crate::Validation::Off).
    fn check(&self, _checks: &mut Checks<'_, Self::Vendor>) {}

    /// Writes path, parameters and body; unsigned.
    fn write(&self, account: &Self::Vendor, draft: &mut Draft) -> Result<(), Error>;
}

impl<O: Operation + ?Sized> Operation for &O {
    type Vendor = O::Vendor;
    type Output = O::Output;

    fn meta(&self) -> &Meta {
        (**self).meta()
    }
    fn profile(&self) -> <O::Vendor as Vendor>::Profile {
        (**self).profile()
    }
    fn check(&self, checks: &mut Checks<'_, O::Vendor>) {
        (**self).check(checks);
    }
    fn write(&self, account: &O::Vendor, draft: &mut Draft) -> Result<(), Error> {
        (**self).write(account, draft)
    }
}
