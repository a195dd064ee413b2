//! When a receipt proves that something was heard.

use chrono::{DateTime, TimeDelta, Utc};
use loa_air::{Outcome, Receipt};

use crate::deliveries::Facts;

/// A playing may begin so long before its slot, by a clock that is a little off.
const EARLY: TimeDelta = TimeDelta::minutes(1);
/// A receipt may be dated so far ahead of our clock: as far as the request that brings it.
const AHEAD: TimeDelta = loa_air::MAX_SKEW;
/// So many tenths of a sound must have been heard: a story of which the end is missing was told,
/// one of which a part is missing was not.
const TENTHS: i64 = 9;
/// What a sound card still holds when the last sample was handed over, in milliseconds.
const DRAIN_MS: i64 = 1000;

/// How many seconds were heard; or the name of the text that says why it does not count.
///
/// It counts when what the receipt says was asked for: the slot and the sound of this delivery,
/// begun while the slot ran, and at least nine tenths of it played, at a volume above nothing.
/// `whole` and `cut` are held to the same measure, so that a cut in the last second counts and a
/// `whole` that took no time does not; `silent` and `failed` never count.
pub(super) fn heard(
    receipt: &Receipt,
    facts: &Facts,
    now: DateTime<Utc>,
) -> Result<i64, &'static str> {
    const UNFIT: &str = "deliveries-receipt-unfit";
    let drain = match receipt.outcome {
        Outcome::Failed => return Err("deliveries-unheard-failed"),
        Outcome::Silent => return Err("deliveries-unheard-silent"),
        Outcome::Whole => DRAIN_MS,
        Outcome::Cut => 0,
    };
    let (Some(slot), Some(sound)) = (&facts.slot, &facts.approved.sound) else {
        return Err(UNFIT);
    };
    let asked = receipt.slot == slot.id.0 && receipt.sha256 == sound.sha256;
    let begun = receipt.started_at >= slot.starts_at - EARLY && receipt.started_at < slot.ends_at;
    if !asked || !begun || receipt.ended_at > now + AHEAD {
        return Err(UNFIT);
    }
    if receipt.volume == 0 {
        return Err("deliveries-unheard-silent");
    }
    let played = (receipt.ended_at - receipt.started_at).num_milliseconds();
    if (played + drain) * 10 < sound.duration_ms * TENTHS {
        return Err("deliveries-unheard-cut");
    }
    Ok((Ord::min(played, sound.duration_ms) + 500) / 1000)
}
