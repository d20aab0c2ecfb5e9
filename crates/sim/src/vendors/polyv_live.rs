//! POLYV Live: signed forms and signed queries, one legacy envelope.

use std::sync::LazyLock;

use http::Method;

use self::envelope::failure;
use super::polyv::{self, Refusal};
use crate::{
    answer::Answer,
    call::Call,
    dialect::Dialect,
    fields::{Complaint, Field, Flaw, choice, flag, list, object, real, text, text_or_whole, texts, whole, words},
    operation::{Operation, Shape},
};

mod account;
mod callback_settings;
pub(crate) mod callbacks;
mod channel_list;
mod channels;
mod envelope;
mod roles;
pub(crate) mod streams;

pub(crate) struct PolyvLive;

const ACCOUNT: &[Field] = &[
    text("account").required().test(DIGITS, is_digits),
    text("nickname"),
    text("password"),
    text("avatar").chars(200),
    text("actor"),
    flag("pageTurnEnabled"),
    flag("notifyEnabled"),
];

const BASIC: &[Field] = &[
    object(
        "basicSetting",
        &[
            text("name").chars(100),
            text("channelPasswd").chars(16),
            text("publisher"),
            whole("startTime", 0, i64::MAX),
            whole("endTime", 0, i64::MAX),
            whole("pageView", 0, i64::MAX),
            whole("likes", 0, i64::MAX),
            text("coverImg"),
            text("splashImg"),
            flag("splashEnabled"),
            text("desc"),
            flag("consultingMenuEnabled"),
            flag("maxViewerRestrict"),
            whole("maxViewer", 0, i64::MAX),
            text_or_whole("categoryId"),
            whole("linkMicLimit", -1, 16),
            flag("operation"),
            text("receiveChannelIds").test("must name at most 500 channels", |ids| ids.split(',').count() <= 500),
            flag("closeDanmu"),
            flag("showDanmuInfoEnabled"),
            words("pureRtcEnabled", &["Y", "N", ""]),
            text("customTeacherId")
                .chars(32)
                .test("must be visible ASCII", |id| id.bytes().all(|b| b.is_ascii_graphic())),
            texts("labelData", 0, usize::MAX),
        ],
    ),
    list(
        "authSettings",
        &[
            choice("rank", &[1, 2]).required(),
            flag("enabled").required(),
            words("authType", &["pay", "code", "phone", "info", "custom", "external", "direct"]),
            text("payAuthTips"),
            real("price", 0.0, f64::MAX),
            text("watchEndTime"),
            whole("validTimePeriod", 0, i64::MAX),
            text("authCode"),
            text("qcodeTips"),
            text("qcodeImg"),
            text("authTips"),
            text("whiteListEntryText"),
            text("whiteListInputTips"),
            flag("expectedArrivalEnabled"),
            list("infoFields", INFO_FIELD, 5),
            text("infoAuthTips"),
            text("infoDesc"),
            text("infoEntryText"),
            text("externalKey"),
            text("externalUri"),
            text("externalRedirectUri"),
            text("customKey"),
            text("customUri"),
            text("directKey"),
        ],
        2,
    ),
];

const INFO_FIELD: &[Field] = &[
    words("type", &["name", "text", "mobile", "number", "option"]).required(),
    text("name").chars(8),
    text("placeholder").chars(8),
    text("options").test("must be at most 8 entries of at most 8 characters", |options| {
        options.split(',').count() <= 8 && options.split(',').all(|option| option.chars().count() <= 8)
    }),
    flag("sms"),
];

/// All groups of operations, one after the other.
static OPERATIONS: LazyLock<Vec<Operation>> = LazyLock::new(|| {
    [
        UPDATES,
        roles::OPERATIONS,
        channel_list::OPERATIONS,
        streams::OPERATIONS,
        callback_settings::OPERATIONS,
        account::OPERATIONS,
    ]
    .concat()
});

static UPDATES: &[Operation] = &[
    Operation {
        name: "UpdateChannelAccount",
        method: Method::POST,
        path: "/live/v2/channelAccount/{channelId}/update",
        query: &[],
        body: Shape::Form(&[polyv::COMMON, ACCOUNT]),
        quota: polyv::QUOTA,
        act: channels::update_account,
    },
    Operation {
        name: "UpdateChannelBasic",
        method: Method::POST,
        path: "/live/v3/channel/basic/update",
        query: &[polyv::COMMON, &[text("channelId").required()]],
        body: Shape::Json(&[BASIC]),
        quota: polyv::QUOTA,
        act: channels::update_basic,
    },
];

const DIGITS: &str = "must be digits";

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

impl Dialect for PolyvLive {
    fn operations(&self) -> &'static [Operation] {
        &OPERATIONS
    }

    fn unrouted(&self, call: &Call) -> Answer {
        failure(call, 404, "not found")
    }

    fn admit(&self, call: &Call, operation: &Operation) -> Result<String, Answer> {
        operation.check_format(call).map_err(|complaint| self.complain(call, operation, &complaint))?;
        let account = &call.settings.polyv_live;
        if operation.name == streams::UNSIGNED {
            return Ok("polyv".to_owned());
        }
        polyv::verify(call, |app_id| app_id == account.app_id, &account.app_secret).map_err(|refusal| {
            let message = match refusal {
                Refusal::NoAppId => "appId is required",
                Refusal::NoTimestamp => "param should not be empty: timestamp",
                Refusal::Timestamp => "invalid timestamp",
                Refusal::UnknownApp => "application not found.",
                Refusal::Signature => "invalid signature.",
            };
            failure(call, 400, message)
        })?;
        Ok("polyv".to_owned())
    }

    fn throttled(&self, call: &Call) -> Answer {
        failure(call, 400, "qps exceeds number of calls")
    }

    fn complain(&self, call: &Call, _: &Operation, complaint: &Complaint) -> Answer {
        let field = &complaint.field;
        if complaint.flaw == Flaw::Form("a file without a file name") {
            return failure(call, 500, "undefined error");
        }
        let message = match &complaint.flaw {
            Flaw::Missing => format!("param should not be empty: {field}"),
            Flaw::Type("an integer") => format!("param is not digit: {field}"),
            Flaw::Limit(rule) if rule == DIGITS => format!("param is not digit: {field}"),
            Flaw::Limit(rule) if rule.contains("characters") => format!("param length is incorrect: {field}"),
            Flaw::Limit(rule) if rule == "must be one of Y, N" => format!("param is not boolean (Y / N): {field}"),
            Flaw::Form(problem) if problem.contains("JSON") => format!("JSON parse error: {problem}"),
            _ => format!("param validate error: {}", complaint.sentence()),
        };
        failure(call, 400, &message)
    }

    fn coded(&self, call: &Call, code: i64, message: &str) -> Answer {
        failure(call, code, message)
    }
}
