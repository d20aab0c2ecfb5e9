//! The vendor's error codes and texts.
//!
//! [`TABLE`] holds those of the v3 interface: `error.code`, not the outer `code`, which repeats the HTTP status and
//! differs from page to page. The v2 interface says with 400 almost everything, so its texts decide first ([`TEXTS`]) and
//! then its codes ([`v2`]). The oldest interface has codes of its own ([`v1`]).

pub mod v1;
pub mod v2;

pub use v2::{TEXTS, find_text};

livecloud_core::__codes! {
    INVALID_TIMESTAMP = 100, ClockSkew, "the timestamp was not accepted", "set this machine's clock; timestamps live 3 minutes";
    APPLICATION_NOT_FOUND = 101, Account, "no application has this appId", "check the appId of the sub-account";
    SUB_ACCOUNT_NOT_FOUND = 102, Account, "the sub-account does not exist", "check in the console whether the sub-account was deleted";
    SUB_ACCOUNT_EXPIRED = 103, Account, "the sub-account has expired", "extend the sub-account in the console";
    WRONG_SIGNATURE = 104, Auth, "the signature is wrong", "check the secret: v3 calls are signed with the sub-account's own, not with the main account's secretkey";
    PERMISSION_LIMITED = 105, Account, "the sub-account may not do this", "give the sub-account the right in the console";
    INVALID_VID = 2000, InvalidArgument, "the video id is malformed, unknown or not this account's", "check the vid";
    CATEGORY_NOT_FOUND = 3001, NotFound, "the category does not exist", "list the categories";
    UPLOADING = 3100, Busy, "the video is still being uploaded", "try again in some minutes, or wait for the vendor's upload event";
}
