//! `--live` and `--name value`; anything else is refused, so that nothing real happens by a slip.

use std::collections::BTreeMap;

const NAMES: [&str; 11] = [
    "zego-player",
    "zego-sequence",
    "vod-video",
    "vod-title",
    "live-channel",
    "live-account",
    "live-nickname",
    "live-name",
    "record-channel",
    "record-uid",
    "record-store",
];

pub struct Arguments {
    pub live: bool,
    values: BTreeMap<String, String>,
}

impl Arguments {
    pub fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let (mut live, mut values) = (false, BTreeMap::new());
        while let Some(argument) = arguments.next() {
            let Some(name) = argument.strip_prefix("--") else { return Err(format!("unexpected argument {argument}")) };
            if name == "live" {
                live = true;
            } else if NAMES.contains(&name) {
                let value = arguments.next().ok_or_else(|| format!("--{name} needs a value"))?;
                values.insert(name.to_owned(), value);
            } else {
                return Err(format!("unknown argument --{name}; known: --live, --{}", NAMES.join(", --")));
            }
        }
        match (live, values.is_empty()) {
            (false, false) => Err("ids are for --live; the simulator has its own".to_owned()),
            (true, true) => Err(format!("--live needs the ids to work on: --{}", NAMES.join(", --"))),
            _ => Ok(Self { live, values }),
        }
    }

    /// The values of all `names`, or none of them; some without the others are a mistake.
    pub fn all<const N: usize>(&self, names: [&str; N]) -> Result<Option<[&str; N]>, String> {
        let given = names.map(|name| self.values.get(name).map(String::as_str));
        if given.iter().all(Option::is_none) {
            return Ok(None);
        }
        match names.iter().zip(&given).find(|(_, value)| value.is_none()) {
            Some((missing, _)) => Err(format!("--{missing} is missing")),
            None => Ok(Some(given.map(Option::unwrap_or_default))),
        }
    }
}
