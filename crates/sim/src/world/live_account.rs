//! What a POLYV Live account has besides its channels: callback addresses, banned words, pictures.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

#[derive(Debug, Default)]
pub(crate) struct LiveAccount {
    /// Callback addresses and what belongs to them.
    pub(crate) callbacks: Map<String, Value>,
    /// The same of single channels, which then do not follow the account.
    pub(crate) channel_callbacks: BTreeMap<String, Map<String, Value>>,
    /// Banned words of channels; of all channels under the empty text.
    pub(crate) badwords: BTreeMap<String, Vec<String>>,
    /// How many pictures were uploaded.
    pub(crate) images: usize,
}

impl LiveAccount {
    pub(crate) fn snapshot(&self) -> Value {
        json!({
            "callbacks": self.callbacks, "channelCallbacks": self.channel_callbacks, "badwords": self.badwords,
            "images": self.images,
        })
    }
}
