//! `infoFields` of a watch condition.

use std::fmt;

use livecloud_core::Checks;
use livecloud_core::wire::YesNo;
#[cfg(feature = "full-serde")]
use serde::Deserialize;
use serde::Serialize;

use super::comma;
use crate::account::Account;

livecloud_core::open_enum! {
    /// What viewers enter into a field of the registration form.
    pub enum InfoType {
        /// Their name.
        Name = "name",
        /// A text.
        Text = "text",
        /// A mobile number.
        Mobile = "mobile",
        /// A number.
        Number = "number",
        /// One of the options.
        Option = "option",
    }
}

/// One field of the form that viewers fill in before they watch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct InfoField {
    /// What is entered.
    #[serde(rename = "type")]
    pub kind: InfoType,
    /// The field's caption, at most 8 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The choices: at most 8, each of at most 8 characters. One text with commas on the wire. For
    /// [`InfoType::Option`].
    #[serde(default, skip_serializing_if = "Option::is_none", with = "comma")]
    pub options: Option<Vec<String>>,
    /// What the empty field shows, at most 8 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// Whether the number is verified by a text message. For [`InfoType::Mobile`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sms: Option<YesNo>,
}

impl InfoField {
    /// A field of that kind, without a caption.
    #[must_use]
    pub fn new(kind: InfoType) -> Self {
        Self { kind, name: None, options: None, placeholder: None, sms: None }
    }

    /// A field with a choice between these.
    #[must_use]
    pub fn choice<I>(options: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<String>,
    {
        Self { options: Some(options.into_iter().map(Into::into).collect()), ..Self::new(InfoType::Option) }
    }

    livecloud_core::__setters! {
        /// Sets the caption.
        into name: String,
        /// Sets what the empty field shows.
        into placeholder: String,
        /// Turns the verification by text message on or off.
        into sms: YesNo,
    }

    pub(super) fn check(&self, at: impl fmt::Display, checks: &mut Checks<'_, Account>) {
        if let InfoType::Other(kind) = &self.kind {
            let rule = "must be name, text, mobile, number or option";
            checks.refuse_value("L25", format_args!("{at}.type"), rule, format_args!("{kind:?}"));
        }
        checks.max_chars("L26", format_args!("{at}.name"), self.name.as_deref(), 8);
        checks.max_chars("L27", format_args!("{at}.placeholder"), self.placeholder.as_deref(), 8);
        let options = self.options.as_deref().unwrap_or_default();
        let path = format_args!("{at}.options");
        if options.len() > 8 {
            checks.refuse_value("L28", path, "must be at most 8 choices", options.len());
        }
        let longest = options.iter().map(|option| option.chars().count()).max().unwrap_or_default();
        if longest > 8 {
            checks.refuse_value("L28", path, "must be choices of at most 8 characters", longest);
        }
        if let Some(option) = options.iter().find(|option| option.contains(',')) {
            checks.refuse_value("L28", path, "must be choices without a comma", format_args!("{option:?}"));
        }
        if options.is_empty() == (self.kind == InfoType::Option) {
            checks.warn("L29", path, "belong to the type option");
        }
        if self.sms == Some(YesNo::Yes) && self.kind != InfoType::Mobile {
            checks.warn("L29", format_args!("{at}.sms"), "probably means nothing beside another type than mobile");
        }
    }
}
