//! Who gets a report.

use std::sync::LazyLock;

use regex::Regex;

use super::super::text::{Text, pattern};
use super::super::units;

/// Before a receiver.
static TO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<word>gửi(?: báo cáo| kết quả| văn bản)?(?: về| cho| đến| tới)?|về|cho|tới|trình|báo cáo(?: kết quả)?(?: về)?)(?: cho)? ",
    )
});
/// Who gets the report: the last body behind 'gửi', 'về' before the day, else the one behind
/// 'báo cáo', else the first behind the day that is not there to be told later.
pub fn of(text: Text<'_>, day: usize) -> Option<String> {
    let mut sent = None;
    let mut told = None;
    let mut behind = None;
    let mut from = 0;
    while let Some(found) = TO.captures_at(text.fold, from) {
        let whole = found.get(0)?;
        from = whole.end();
        let before = &text.fold[..whole.start()];
        if before.ends_with(char::is_alphanumeric) {
            continue;
        }
        let Some((name, length)) = units::one(text.from(from)) else {
            continue;
        };
        from += length;
        let near = before
            .floor_char_boundary(before.len().saturating_sub(200))
            .max(day.min(before.len()));
        let passed_on = before
            .get(near..)
            .is_some_and(|near| near.contains("để ") || near.contains("tổng hợp"));
        let word = &found["word"];
        if whole.start() > day {
            if !passed_on && behind.is_none() {
                behind = Some(name);
            }
        } else if word.starts_with("báo cáo") || word == "trình" {
            told.get_or_insert(name);
        } else {
            sent = Some(name);
        }
    }
    sent.or(told).or(behind)
}
