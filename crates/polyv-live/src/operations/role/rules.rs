//! Rules of several operations.

use livecloud_core::Checks;

use super::channel_account::Role;
use super::purview::{Purview, PurviewCode};
use crate::account::Account;

/// Whether a rule stands on the operation's own page, or is known from that of another one: then it only warns.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    Documented,
    Elsewhere,
}

impl Known {
    pub(super) fn broken(self, checks: &mut Checks<'_, Account>, id: &'static str, path: &str, rule: String) {
        match self {
            Self::Documented => checks.refuse(id, path, rule),
            Self::Elsewhere => checks.warn(id, path, rule),
        }
    }
}

/// The lengths of nickname, password and title, in that order.
pub(super) fn lengths(
    checks: &mut Checks<'_, Account>,
    known: Known,
    id: &'static str,
    texts: [(&str, Option<&str>); 3],
) {
    for ((path, text), bounds) in texts.into_iter().zip([1..=15, 6..=16, 1..=10]) {
        if text.is_some_and(|text| !bounds.contains(&text.chars().count())) {
            let rule = format!("should have {}..={} characters", bounds.start(), bounds.end());
            known.broken(checks, id, path, rule);
        }
    }
}

/// A role is an assistant or a guest.
pub(super) fn role(checks: &mut Checks<'_, Account>, path: &str, role: Option<&Role>) {
    if let Some(Role::Other(other)) = role
        && checks.is_strict()
    {
        checks.refuse_value("L30", path, "must be Assistant or Guest", format_args!("{other:?}"));
    }
}

/// What rights there are, and which go together. What the account is may be unknown.
pub(super) fn purviews(
    checks: &mut Checks<'_, Account>,
    known: Known,
    role: Option<&Role>,
    purviews: Option<&[Purview]>,
) {
    use PurviewCode::{ChatListEnabled, ChatWhenBannedEnabled, MonitorEnabled, Other, PageTurnEnabled};
    let purviews = purviews.unwrap_or_default();
    for (index, purview) in purviews.iter().enumerate() {
        let path = format!("purviewList[{index}].code");
        if let Other(code) = &purview.code
            && checks.is_strict()
        {
            known.broken(checks, "L32", &path, format!("{code:?} is no right of the vendor's list"));
        }
        if purviews[..index].iter().any(|earlier| earlier.code == purview.code) {
            checks.refuse("L33", &path, "is given twice");
        }
        let is_guests = purview.code == ChatWhenBannedEnabled;
        let (is_assistant, is_guest) = (role == Some(&Role::Assistant), role == Some(&Role::Guest));
        if (is_guests && is_assistant) || (!is_guests && is_guest) {
            known.broken(checks, "L34", &path, "is a right of the other kind of role".to_owned());
        }
    }
    let has = |code| purviews.iter().any(|purview| purview.code == code && purview.enabled.is_yes());
    if has(MonitorEnabled) && (has(PageTurnEnabled) || has(ChatListEnabled)) {
        let rule = "must not have monitorEnabled beside pageTurnEnabled or chatListEnabled".to_owned();
        known.broken(checks, "L34", "purviewList", rule);
    }
    let guests = has(ChatWhenBannedEnabled);
    let is_assistants =
        |purview: &&Purview| purview.enabled.is_yes() && !matches!(purview.code, ChatWhenBannedEnabled | Other(_));
    if role.is_none() && guests && purviews.iter().any(|purview| is_assistants(&purview)) {
        let rule = "must not have rights of guests beside rights of assistants".to_owned();
        known.broken(checks, "L34", "purviewList", rule);
    }
}
