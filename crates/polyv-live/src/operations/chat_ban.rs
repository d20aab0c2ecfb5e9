//! What may not be said, and who may not speak.

pub(super) mod add_badwords;

pub use add_badwords::AddedBadwords;
