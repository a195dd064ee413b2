//! What an entry of the ledger says, as bytes, and the rule by which entries are chained.
//!
//! **The body** is the canonical JSON of [`Body`]: UTF-8, keys in ascending order on every level,
//! no white space outside strings, nothing left out.
//!
//! **The hash** of an entry is the SHA-256, in 64 lower-case hexadecimal digits, over the hash of
//! the entry before it as these 64 digits (nothing for the first entry), followed by the bytes of
//! the body. The body holds the entry's number, so that an entry taken away, put in, moved or
//! changed breaks the chain from there on.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ledger::Proof;
use crate::deliveries::Facts;
use crate::error::Failure;
use crate::files::sha256;
use crate::ids::{
    ClauseId, DeliveryId, OutletId, PlanId, ReleaseId, StoryId, ThemeId, UnitId, VersionId,
};

/// An entry as it is hashed. The fields stand in alphabetical order: that is the order of the
/// canonical bytes. It never changes; what is added later gets a new `form`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Body {
    /// When it was entered.
    pub(super) at: DateTime<Utc>,
    pub(super) channel: String,
    pub(super) clause: ClauseId,
    /// Whether it proves that something was seen or heard.
    pub(super) counts: bool,
    pub(super) delivery: DeliveryId,
    /// What the kind of proof has to say, such as the receipt's values or the page's hash.
    pub(super) detail: Value,
    /// The first counting proof of its delivery.
    pub(super) first: bool,
    pub(super) form: u8,
    pub(super) kind: String,
    pub(super) occurred_at: DateTime<Utc>,
    pub(super) outlet: OutletId,
    pub(super) plan: PlanId,
    pub(super) release: ReleaseId,
    pub(super) seconds: i64,
    pub(super) seq: i64,
    /// Of the approved version.
    pub(super) sha256: String,
    pub(super) source: String,
    pub(super) story: StoryId,
    /// Whose story it is.
    pub(super) story_unit: UnitId,
    pub(super) themes: Vec<ThemeId>,
    /// Whose outlet it is.
    pub(super) unit: UnitId,
    pub(super) version: VersionId,
}

impl Body {
    /// The entry of a proof.
    pub(super) fn of(
        facts: &Facts,
        proof: &Proof,
        (seq, first): (i64, bool),
        at: DateTime<Utc>,
    ) -> Self {
        let approved = &facts.approved;
        let mut themes = approved.themes.clone();
        themes.sort_unstable();
        themes.dedup();
        Self {
            at,
            channel: facts.outlet.kind.clone(),
            clause: approved.clause,
            counts: proof.counts,
            delivery: facts.delivery.id,
            detail: sorted(&proof.detail),
            first,
            form: 1,
            kind: proof.kind.name().to_owned(),
            occurred_at: proof.occurred_at,
            outlet: facts.outlet.id,
            plan: approved.plan,
            release: facts.release.id,
            seconds: proof.seconds,
            seq,
            sha256: approved.sha256.clone(),
            source: proof.source.clone(),
            story: approved.story,
            story_unit: approved.unit,
            themes,
            unit: facts.outlet.unit_id,
            version: approved.version,
        }
    }

    /// The canonical bytes.
    pub(super) fn text(&self) -> Result<String, Failure> {
        Ok(serde_json::to_string(self)?)
    }
}

/// The hash of an entry with this body, after an entry with the hash `previous`.
pub(super) fn chained(previous: &str, body: &str) -> String {
    sha256(format!("{previous}{body}").as_bytes())
}

/// The same value with the keys of every object in order, however it was put together.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_unstable_by_key(|(key, _)| *key);
            let fields = fields.into_iter();
            Value::Object(
                fields
                    .map(|(key, value)| (key.clone(), sorted(value)))
                    .collect(),
            )
        }
        Value::Array(items) => Value::Array(items.iter().map(sorted).collect()),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn keys_stand_in_order_on_every_level() {
        let value = json!({"b": [{"z": 1, "a": 2}], "a": {"d": 1, "c": null}});
        let text = sorted(&value).to_string();
        assert_eq!(text, r#"{"a":{"c":null,"d":1},"b":[{"a":2,"z":1}]}"#);
    }

    #[test]
    fn a_hash_is_over_the_hash_before_and_the_body() {
        assert_eq!(chained("", "{}"), sha256(b"{}"));
        assert_eq!(chained("ab", "{}"), sha256(b"ab{}"));
    }
}
