//! The vendor's codes and texts.
//!
//! Most failures have a code that says little (400 is a wrong signature as well as a wrong argument), so the text
//! decides first, then `error.code` where the envelope has one, then `code`. [`TEXTS`] and [`TABLE`] drive the reading
//! of replies, so what they say is what happens.

livecloud_core::__codes! {
    BAD_REQUEST = 400, InvalidArgument, "refused: an argument, but also time, appId or signature", "the message tells which";
    UNAUTHORIZED = 401, Auth, "refused: most likely the signature", "check the appSecret";
    FORBIDDEN = 403, InvalidArgument, "refused: the signature, or a channel of another account", "the message tells which";
    NOT_FOUND = 404, NotFound, "not found", "check the id";
    SERVER_ERROR = 500, Transient, "the vendor failed, or the business rule behind the message did", "try again; if it stays, check the arguments";
    WRONG_SIGNATURE = 10002, Auth, "the signature is wrong", "check the appSecret; of a raw call, that no parameter bypasses the signature";
    INVALID_TIMESTAMP = 10003, ClockSkew, "the timestamp was not accepted", "set this machine's clock; timestamps live 3 minutes";
    SYSTEM_ERROR = 10005, Transient, "a general system error, often for bad input", "try again; if it stays, check the arguments";
    APPLICATION_NOT_FOUND = 20001, Account, "no application has this appId", "check the appId";
    FOREIGN_CHANNEL = 30005, NotFound, "a channel does not exist or is another account's", "check the channel ids";
}

livecloud_core::__texts! {
    ClockSkew, "the timestamp was not accepted", "set this machine's clock; timestamps live 3 minutes":
        "invalid timestamp", "时间戳过期";
    Auth, "the signature is wrong", "check the appSecret; of a raw call, that no parameter bypasses the signature":
        "invalid signature", "签名错误";
    Throttled, "too many requests", "lower the rate: over 1500 in 10 s the vendor blocks this address for 5 minutes":
        "qps exceeds number of calls";
    Throttled, "the number of virtual viewers was changed a moment ago", "wait 20 s between two changes":
        "虚拟人数设置频繁%s";
    Account, "no application has this appId", "check the appId":
        "appId is required", "application not found";
    Account, "the user id is not this account's", "check the account's user id":
        "userId is error";
    Account, "the account, sub-account or role is unknown or locked", "check the account's ids and state in the console":
        "account not found", "account is forbidden", "not found user children";
    Account, "the caller is no group account", "call with the group's main account":
        "找不到集团账号";
    Account, "the account lacks the feature", "have it enabled; no repeat will help":
        "access forbidden", "forbidden", "账号未开启%s功能", "帐号没有开启MR直播权限", "短信功能未启用", "频道不支持开启云分发",
        "当前用户不允许手动创建场次", "new scene forbidden setting";
    Account, "the endpoint wants a login session", "a signature does not open it":
        "need to login", "未登录";
    Account, "the account has as many channels as it may", "delete channels, or have the limit raised":
        "cannot create more than %s channels";
    NotFound, "what the request names does not exist", "check the ids":
        "channel not found", "record file not exist", "找不到暂存文件", "找不到视频信息", "数据不存在", "素材不存在",
        "订单不存在", "channel session stats can not be found", "fileId could not be found", "urls is not exist";
    NotFound, "a channel does not exist or is another account's", "check the channel ids":
        "illegal channel id: %s", "illegal channel id", "存在非法频道ID";
    State, "the channel is not live", "call while the channel is live":
        "channel is not live", "channel status not live", "channel in no live", "未检测到直播推流", "send message failure",
        "签到失败%s";
    State, "the channel's state does not allow this", "call again when it has changed":
        "channel in live", "illegal stream status", "channel already login", "conflict with user login",
        "channel forbid login";
    State, "the report is still being made", "ask again in a minute, and a limited number of times":
        "Report is not ready yet, please try again later";
    State, "a setting or a kind of recording does not allow this", "check the channel's settings":
        "illegal playback origin", "unsupported record list", "Anti-screen recording is not turned on";
    Conflict, "the menu exists, or there are too many", "look at the channel's menus":
        "menu already exist", "menu count reached the limit";
    InvalidArgument, "an argument is missing or wrong", "the message names it":
        "param should not be empty%s", "param is not digit%s", "param is not number%s", "param length is incorrect%s",
        "number range error", "param exceeds maximum value of integer%s", "param is not color",
        "param is not boolean (Y / N)", "invalid date time format", "param validate error", "url format error", "参数错误",
        "channel name is required", "channel name is over length", "invalid menu type", "invalid advert type",
        "invalid donate type", "invalid fileIds", "scene not right", "whitelist excel parse error",
        "whitelist excel no data", "illegal operation", "illegal domain", "redirect";
    InvalidArgument, "the body is not the JSON the vendor wants", "check the types of the fields":
        "json format error", "JSON parse error";
    InvalidArgument, "channel or password is wrong", "check both":
        "channel id or password error";
    Transient, "a general system error, often for bad input", "try again; if it stays, check the arguments":
        "系统异常", "undefined error";
}

#[cfg(test)]
mod tests {
    use livecloud_core::Category;

    use super::*;

    #[test]
    fn every_text_of_the_table_finds_its_own_row() {
        for info in TEXTS {
            let text = info.pattern.replace("%s", ": x");
            assert_eq!(find_text(&text).map(|found| found.category), Some(info.category), "{text}");
            let shouted = format!(" {}. ", text.to_ascii_uppercase());
            assert_eq!(find_text(&shouted).map(|found| found.category), Some(info.category), "{shouted}");
        }
    }

    #[test]
    fn no_text_is_listed_twice() {
        for (index, info) in TEXTS.iter().enumerate() {
            assert!(TEXTS[..index].iter().all(|earlier| earlier.pattern != info.pattern), "{}", info.pattern);
        }
    }

    #[test]
    fn a_placeholder_stands_for_anything_and_nothing_else_matches() {
        let category = |text| find_text(text).map(|info| info.category);
        assert_eq!(category("账号未开启直播转点播功能"), Some(Category::Account));
        assert_eq!(category("cannot create more than 30 channels"), Some(Category::Account));
        assert_eq!(category("illegal channel id: 99"), Some(Category::NotFound));
        assert_eq!(category("param validate error: rank"), Some(Category::InvalidArgument));
        for unknown in ["", ".", "invalid", "invalid signatures", "forbidden fruit", "虚拟", "cannot create more than"]
        {
            assert_eq!(find_text(unknown), None, "{unknown}");
        }
    }
}
