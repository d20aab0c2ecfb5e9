//! Codes and texts of the v2 interface and of playback tokens.

livecloud_core::__codes! {
    BAD_REQUEST = 400, InvalidArgument, "refused: an argument, but also time, userid or signature", "the message tells which";
    BLANK = 401, InvalidArgument, "an argument is missing; this is no authentication failure", "the message tells which";
    VIDEO_NOT_FOUND = 402, NotFound, "the video does not exist", "check the vid";
    FOREIGN_VIDEO = 403, NotFound, "the account has no such video; of a playback token: its time is over", "check the vid; for a token, this machine's clock";
    INIT_FAILED = 405, Busy, "an upload could not be prepared", "try again";
    EMPTY_FILE = 406, InvalidArgument, "the file to be uploaded has no bytes", "check filesize";
    ACCOUNT_STATE = 408, Account, "the account's service is in no state to take uploads", "look at the account in the console";
    SERVER_ERROR = 500, Transient, "the vendor failed", "try again";
    CATEGORY_NOT_FOUND = 3001, NotFound, "the category of an upload does not exist", "list the categories";
}

livecloud_core::__texts! {
    ClockSkew, "the time was not accepted", "set this machine's clock; times live 3 minutes":
        "ptime is too old", "ptime is illegal";
    Auth, "the signature is wrong", "check the secretkey; v2 calls are signed with the main account's":
        "the sign is not right", "invalid signature";
    Throttled, "too many requests", "lower the rate: over 1500 in 10 s the vendor blocks this address for 5 minutes":
        "qps exceeds number of calls";
    Account, "no account has this userid", "check the userid":
        "Could not find user by userid", "userid is blank", "user_not_found";
    NotFound, "the video does not exist or is another account's", "check the vid":
        "vid invalid", "cannot find the video", "video could not find by vid", "用户的视频下找不到该视频";
    NotFound, "the category does not exist", "list the categories":
        "illegal cataid", "cataid不存在";
    InvalidArgument, "an argument is missing or wrong", "the message names it":
        "vid can't be empty", "vid为空", "vid is blank", "title can't be empty", "file can't be empty",
        "language is not support", "hlslevel error", "cataid格式不正确", "TaskId is null!", "vid count can't over 500",
        "sign can not be empty";
    Transient, "the vendor failed", "try again":
        "获取失败";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_finds_its_own_row_whatever_its_case_and_dots() {
        for info in TEXTS {
            for text in [info.pattern.to_owned(), format!(" {}. ", info.pattern.to_ascii_uppercase())] {
                assert_eq!(find_text(&text).map(|found| found.category), Some(info.category), "{text}");
            }
        }
        for unknown in ["", ".", "vid", "the sign is right", "获取"] {
            assert_eq!(find_text(unknown), None, "{unknown}");
        }
    }
}
