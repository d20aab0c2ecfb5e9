//! Checks before sending: every broken rule of a request at once, each with path, rule, value and rule id.

use std::borrow::Cow;
use std::fmt;
use std::ops::RangeInclusive;
use std::time::SystemTime;

/// How strictly a request is checked before it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Validation {
    /// The vendors' documented limits; where an older and a newer page differ, the narrower reading.
    #[default]
    Strict,
    /// Also what newer vendor pages or field evidence allow.
    Relaxed,
    /// Nothing is checked: the vendor decides.
    Off,
}

/// One broken rule.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// Where: the JSON path (or parameter name) in the vendor's spelling, such as `VideoOptions.Width`.
    pub path: String,
    /// The rule, as a sentence part: "must be in 1..=3000".
    pub rule: Cow<'static, str>,
    /// The value that broke it, shortened; absent for secrets and for missing fields.
    pub given: Option<String>,
    /// The rule's id in the crate's documentation, such as `Z07` or `R13`.
    pub id: &'static str,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", excerpt(&self.path, 200), self.rule)?;
        if let Some(given) = &self.given {
            write!(f, ", given {given}")?;
        }
        write!(f, " [{}]", self.id)
    }
}

/// Collects what is wrong with one request; handed to [`Operation::check`](crate::Operation::check).
///
/// Paths are anything that displays, so `format_args!("regions[{i}].width")` costs nothing while the rule holds.
#[derive(Debug)]
pub struct Checks<'a, A> {
    account: &'a A,
    now: SystemTime,
    validation: Validation,
    violations: Vec<Violation>,
    warnings: Vec<Violation>,
}

impl<'a, A> Checks<'a, A> {
    /// Starts a round of checks. Only needed to test a `check` by itself.
    #[must_use]
    pub const fn new(account: &'a A, now: SystemTime, validation: Validation) -> Self {
        Self { account, now, validation, violations: Vec::new(), warnings: Vec::new() }
    }

    /// The account that will send the request.
    pub const fn account(&self) -> &'a A {
        self.account
    }

    /// The time now, for rules about times.
    pub const fn now(&self) -> SystemTime {
        self.now
    }

    /// The profile in force.
    pub const fn validation(&self) -> Validation {
        self.validation
    }

    /// Whether the narrow readings apply.
    pub fn is_strict(&self) -> bool {
        self.validation == Validation::Strict
    }

    /// What was found so far.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// Legal but doubtful combinations found so far; they are logged as warnings, never refused.
    #[must_use]
    pub fn warnings(&self) -> &[Violation] {
        &self.warnings
    }

    pub(crate) fn into_findings(self) -> (Vec<Violation>, Vec<Violation>) {
        (self.violations, self.warnings)
    }

    /// Records a broken rule without the value: for secrets, missing fields and combinations.
    pub fn refuse(&mut self, id: &'static str, path: impl fmt::Display, rule: impl Into<Cow<'static, str>>) {
        self.violations.push(Violation { path: path.to_string(), rule: rule.into(), given: None, id });
    }

    /// Records a broken rule with the value that broke it.
    pub fn refuse_value(
        &mut self,
        id: &'static str,
        path: impl fmt::Display,
        rule: impl Into<Cow<'static, str>>,
        given: impl fmt::Display,
    ) {
        let given = Some(excerpt(&given.to_string(), 64));
        self.violations.push(Violation { path: path.to_string(), rule: rule.into(), given, id });
    }

    /// Records something legal that is probably not meant.
    pub fn warn(&mut self, id: &'static str, path: impl fmt::Display, rule: impl Into<Cow<'static, str>>) {
        self.warnings.push(Violation { path: path.to_string(), rule: rule.into(), given: None, id });
    }

    /// The number lies in the range; absent is fine.
    pub fn range<N: PartialOrd + fmt::Display>(
        &mut self,
        id: &'static str,
        path: impl fmt::Display,
        value: Option<N>,
        range: RangeInclusive<N>,
    ) {
        if let Some(value) = value.filter(|value| !range.contains(value)) {
            let rule = format!("must be in {}..={}", range.start(), range.end());
            self.refuse_value(id, path, rule, value);
        }
    }

    /// The text is not empty.
    pub fn not_empty(&mut self, id: &'static str, path: impl fmt::Display, text: &str) {
        if text.is_empty() {
            self.refuse(id, path, "must not be empty");
        }
    }

    /// The optional text, where given, holds more than white space.
    pub fn not_blank(&mut self, id: &'static str, path: impl fmt::Display, text: Option<&str>) {
        if text.is_some_and(|text| text.trim().is_empty()) {
            self.refuse(id, path, "must not be blank; leave it out instead");
        }
    }

    /// At most `max` characters; absent is fine.
    pub fn max_chars(&mut self, id: &'static str, path: impl fmt::Display, text: Option<&str>, max: usize) {
        // Bytes first: counting characters is only needed for long texts.
        if let Some(chars) = text.filter(|text| text.len() > max).map(|text| text.chars().count())
            && chars > max
        {
            self.refuse_value(id, path, format!("must have at most {max} characters"), chars);
        }
    }

    /// At most `max` bytes of UTF-8; absent is fine.
    pub fn max_bytes(&mut self, id: &'static str, path: impl fmt::Display, text: Option<&str>, max: usize) {
        if let Some(text) = text.filter(|text| text.len() > max) {
            self.refuse_value(id, path, format!("must have at most {max} bytes"), text.len());
        }
    }

    /// One or more ASCII digits.
    pub fn digits(&mut self, id: &'static str, path: impl fmt::Display, text: &str) {
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            self.refuse_value(id, path, "must be one or more digits", format_args!("{text:?}"));
        }
    }

    /// An absolute `http` or `https` address with a host; absent is fine.
    ///
    /// The address is not repeated in the finding: media addresses often carry a signature.
    pub fn http_url(&mut self, id: &'static str, path: impl fmt::Display, url: Option<&str>) {
        if url.is_some_and(|url| !is_http_url(url)) {
            self.refuse(id, path, "must be an absolute http:// or https:// address");
        }
    }
}

/// Whether this is an absolute http or https address with a host and no white space or control characters.
#[must_use]
pub fn is_http_url(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    (scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"))
        && !host.is_empty()
        && !host.starts_with(':')
        && !url.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// At most `max` characters of a text, control characters escaped, `...` where it was cut.
pub(crate) fn excerpt(text: &str, max: usize) -> String {
    let mut out = String::with_capacity(text.len().min(max) + 3);
    for (count, c) in text.chars().enumerate() {
        if count == max {
            out.push_str("...");
            break;
        }
        if is_unprintable(c) { out.extend(c.escape_default()) } else { out.push(c) }
    }
    out
}

/// Control characters and the invisible ones that can reorder or hide a line of a log.
fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    fn findings(check: impl FnOnce(&mut Checks<'_, ()>)) -> Vec<String> {
        let mut checks = Checks::new(&(), UNIX_EPOCH, Validation::Strict);
        check(&mut checks);
        checks.into_findings().0.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_broken_rule_is_reported_with_path_value_and_id() {
        let found = findings(|checks| {
            checks.range("Z1", "VideoOptions.Width", Some(3001), 1..=3000);
            checks.range("Z1", "VideoOptions.Height", Some(3000), 1..=3000);
            checks.range("Z2", "Volume", None::<u32>, 0..=200);
            checks.max_chars("L1", "avatar", Some("图片地址"), 3);
            checks.max_chars("L1", "avatar", Some("图片地"), 3);
            checks.max_bytes("L2", "url", Some("图"), 2);
            checks.digits("L3", "account", "00a");
            checks.not_blank("L4", "nickname", Some("  "));
            checks.not_empty("L5", "vid", "");
        });
        assert_eq!(
            found,
            [
                "VideoOptions.Width must be in 1..=3000, given 3001 [Z1]",
                "avatar must have at most 3 characters, given 4 [L1]",
                "url must have at most 2 bytes, given 3 [L2]",
                "account must be one or more digits, given \"00a\" [L3]",
                "nickname must not be blank; leave it out instead [L4]",
                "vid must not be empty [L5]",
            ]
        );
    }

    #[test]
    fn addresses_are_judged_by_scheme_and_host() {
        for good in ["http://a", "HTTPS://a.b/c?d#e", "https://a:8443/x", "https://u@h/"] {
            assert!(is_http_url(good), "{good}");
        }
        for bad in
            ["", "a.mp4", "/a", "rtmp://a/b", "http://", "http:///x", "http://:80/", "https://a b", "https://a/\n"]
        {
            assert!(!is_http_url(bad), "{bad}");
        }
    }

    #[test]
    fn excerpts_are_bounded_and_printable() {
        assert_eq!(excerpt("a\nb\u{202e}c", 10), "a\\nb\\u{202e}c");
        assert_eq!(excerpt("图图图图", 2), "图图...");
    }
}
