//! Faults by name, for other languages and for tests that walk through all of them.

use std::{io, time::Duration};

use serde_json::Value;

use crate::{
    callback::CallbackFault,
    fault::Fault,
    members::{Members, invalid},
};

const AFTER_ACTING: &str = "-after-acting";

impl Fault {
    /// Every fault, by the name it has in JSON, with usual values; refusals a second time, given after acting.
    pub fn catalog() -> Vec<(&'static str, Self)> {
        let faults = [
            Self::status(503, r#"{"message":"simulated failure"}"#),
            Self::vendor_code(500, "simulated failure"),
            Self::throttled(),
            Self::throttled_for(1),
            Self::GatewayHtml,
            Self::Delay(Duration::from_millis(50)),
            Self::DropBeforeActing,
            Self::DropAfterActing,
            Self::DropMidReply,
            Self::TruncatedBody,
            Self::OversizedBody { mib: 32 },
            Self::SlowDrip { bytes: 16, pause: Duration::from_millis(10) },
            Self::NonJson,
            Self::WrongCharset,
            Self::EmptyBody,
            Self::ClockSkew { seconds: 3600 },
            Self::status(503, r#"{"message":"simulated failure"}"#).after_acting(),
            Self::vendor_code(500, "simulated failure").after_acting(),
            Self::throttled().after_acting(),
            Self::throttled_for(1).after_acting(),
            Self::GatewayHtml.after_acting(),
        ];
        faults.into_iter().map(|fault| (fault.name(), fault)).collect()
    }

    /// The fault of that name in the [catalog](Self::catalog).
    ///
    /// ```
    /// # use livecloud_sim::Fault;
    /// assert_eq!(Fault::named("drop-after-acting"), Some(Fault::DropAfterActing));
    /// ```
    pub fn named(name: &str) -> Option<Self> {
        Self::catalog().into_iter().find(|(known, _)| *known == name).map(|(_, fault)| fault)
    }

    /// Its name in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Status { .. } => "status",
            Self::VendorCode { .. } => "vendor-code",
            Self::Throttled { retry_after: None } => "throttled",
            Self::Throttled { retry_after: Some(_) } => "throttled-for",
            Self::GatewayHtml => "gateway-html",
            Self::Delay(_) => "delay",
            Self::DropBeforeActing => "drop-before-acting",
            Self::DropAfterActing => "drop-after-acting",
            Self::DropMidReply => "drop-mid-reply",
            Self::TruncatedBody => "truncated-body",
            Self::OversizedBody { .. } => "oversized-body",
            Self::SlowDrip { .. } => "slow-drip",
            Self::NonJson => "non-json",
            Self::WrongCharset => "wrong-charset",
            Self::EmptyBody => "empty-body",
            Self::ClockSkew { .. } => "clock-skew",
            Self::AfterActing(inner) => match inner.name() {
                "status" => "status-after-acting",
                "vendor-code" => "vendor-code-after-acting",
                "throttled" => "throttled-after-acting",
                "throttled-for" => "throttled-for-after-acting",
                "gateway-html" => "gateway-html-after-acting",
                "drop-before-acting" => "drop-after-acting",
                // The others act anyway.
                name => name,
            },
        }
    }

    /// Reads `{"fault": NAME}` with the fault's values beside the name; what is left out has the catalog's value.
    ///
    /// `after_acting` makes of a refusal a reply that comes after the call was carried out. Fails on an unknown name,
    /// and on a member that the fault does not have.
    ///
    /// ```
    /// # use livecloud_sim::Fault;
    /// # use serde_json::json;
    /// let fault = Fault::from_json(&json!({"fault": "status", "status": 429, "body": "{}"}))?;
    /// assert_eq!(fault, Fault::status(429, "{}"));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn from_json(described: &Value) -> io::Result<Self> {
        let mut members = Members::of(described.clone())?;
        let name = members.text("fault")?.ok_or_else(|| invalid("\"fault\" is missing"))?;
        let ready = Self::named(&name).ok_or_else(|| {
            let known: Vec<_> = Self::catalog().into_iter().map(|(name, _)| name).collect();
            invalid(format!("no fault is called {name:?}; there are {}", known.join(", ")))
        })?;
        let after_acting = members.flag("after_acting")? || name.ends_with(AFTER_ACTING);
        let plain = if let Self::AfterActing(inner) = ready { *inner } else { ready };
        let fault = plain.with(&mut members)?;
        members.end()?;
        Ok(if after_acting { fault.after_acting() } else { fault })
    }

    /// The same fault with the values that are given.
    fn with(self, members: &mut Members) -> io::Result<Self> {
        Ok(match self {
            Self::Status { status, body } => Self::Status {
                status: members.number("status")?.unwrap_or(status),
                body: members.value("body").map_or(body, |body| match body {
                    Value::String(text) => text.into(),
                    json => json.to_string().into(),
                }),
            },
            Self::VendorCode { code, message } => Self::VendorCode {
                code: members.number("code")?.unwrap_or(code),
                message: members.text("message")?.unwrap_or(message),
            },
            Self::Throttled { retry_after } => {
                Self::Throttled { retry_after: members.number("retry_after")?.or(retry_after) }
            }
            Self::Delay(pause) => Self::Delay(millis(members, "ms")?.unwrap_or(pause)),
            Self::OversizedBody { mib } => Self::OversizedBody { mib: members.number("mib")?.unwrap_or(mib) },
            Self::SlowDrip { bytes, pause } => Self::SlowDrip {
                bytes: members.number("bytes")?.unwrap_or(bytes),
                pause: millis(members, "pause_ms")?.unwrap_or(pause),
            },
            Self::ClockSkew { seconds } => Self::ClockSkew { seconds: members.number("seconds")?.unwrap_or(seconds) },
            other => other,
        })
    }
}

impl CallbackFault {
    /// Reads `{"fault": NAME}`; `late` takes `seconds` beside it.
    pub fn from_json(described: &Value) -> io::Result<Self> {
        let mut members = Members::of(described.clone())?;
        let name = members.text("fault")?.ok_or_else(|| invalid("\"fault\" is missing"))?;
        let mut fault = Self::named(&name).ok_or_else(|| {
            let known: Vec<_> = Self::catalog().into_iter().map(|(name, _)| name).collect();
            invalid(format!("no callback fault is called {name:?}; there are {}", known.join(", ")))
        })?;
        if let Self::Late(age) = &mut fault {
            *age = members.number("seconds")?.map_or(*age, Duration::from_secs);
        }
        members.end()?;
        Ok(fault)
    }
}

fn millis(members: &mut Members, name: &str) -> io::Result<Option<Duration>> {
    Ok(members.number(name)?.map(Duration::from_millis))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::*;

    #[test]
    fn every_name_stands_for_one_fault() {
        let catalog = Fault::catalog();
        let names: BTreeSet<_> = catalog.iter().map(|(name, _)| *name).collect();
        assert_eq!(names.len(), catalog.len());
        for (name, fault) in catalog {
            assert_eq!(Fault::named(name).as_ref(), Some(&fault));
            assert_eq!(Fault::from_json(&json!({"fault": name})).unwrap(), fault);
        }
        for (name, fault) in CallbackFault::catalog() {
            assert_eq!(CallbackFault::from_json(&json!({"fault": name})).unwrap(), fault);
        }
    }

    #[test]
    fn values_stand_beside_the_name() {
        let ms = Duration::from_millis;
        for (described, fault) in [
            (json!({"fault": "status", "status": 404, "body": {"a": 1}}), Fault::status(404, r#"{"a":1}"#)),
            (json!({"fault": "vendor-code", "code": -7, "message": "m"}), Fault::vendor_code(-7, "m")),
            (json!({"fault": "throttled", "retry_after": 7}), Fault::throttled_for(7)),
            (json!({"fault": "throttled-for-after-acting", "retry_after": 7}), Fault::throttled_for(7).after_acting()),
            (json!({"fault": "gateway-html", "after_acting": true}), Fault::GatewayHtml.after_acting()),
            (json!({"fault": "drop-before-acting", "after_acting": true}), Fault::DropAfterActing),
            (json!({"fault": "delay", "ms": 5}), Fault::Delay(ms(5))),
            (json!({"fault": "oversized-body", "mib": 3}), Fault::OversizedBody { mib: 3 }),
            (json!({"fault": "slow-drip", "bytes": 1, "pause_ms": 2}), Fault::SlowDrip { bytes: 1, pause: ms(2) }),
            (json!({"fault": "clock-skew", "seconds": -9}), Fault::ClockSkew { seconds: -9 }),
        ] {
            assert_eq!(Fault::from_json(&described).unwrap(), fault);
        }
        let late = json!({"fault": "late", "seconds": 9});
        assert_eq!(CallbackFault::from_json(&late).unwrap(), CallbackFault::Late(Duration::from_secs(9)));
    }

    #[test]
    fn a_slip_of_the_pen_is_noticed() {
        for broken in [
            json!({}),
            json!("status"),
            json!({"fault": "statuz"}),
            json!({"fault": "status", "code": 500}),
            json!({"fault": "status", "status": "503"}),
            json!({"fault": "status", "status": -1}),
            json!({"fault": "delay", "ms": -1}),
            json!({"fault": "non-json", "ms": 1}),
        ] {
            assert!(Fault::from_json(&broken).is_err(), "{broken}");
        }
        assert!(CallbackFault::from_json(&json!({"fault": "forged", "seconds": 1})).is_err());
    }
}
