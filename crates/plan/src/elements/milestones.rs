//! Milestones: activities with a date of their own, and what is to be done by a day.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::duties::Fields;
use super::outline::{Outline, Place};
use super::span::{self, Span};
use super::text::{Text, fold, pattern};
use super::{confidence, labels, lines};
use crate::model::{Milestone, Period, Reading};

/// 'Quý II/2026: …', 'Từ ngày 11/9/2026 đến ngày 20/9/2026: …'
static DATED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:(?:trong|từ|ngày|trước|đến)(?: ngày)? )*(?:quý (?:iv|i{1,3}|[1-4])|tháng \d|năm (?:19|20)\d{2}|(?:ngày )?\d{1,2}/\d{1,2})",
    )
});
/// 'hoàn thành trước 30/6/2026'
static DONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?:hoàn thành|hoàn tất|kết thúc|khai mạc|bế mạc|vận hành|đưa vào sử dụng|khánh thành|xong)(?: [^ ,;.]+){0,8}? (?:trước|trong|vào|chậm nhất|đến hết|muộn nhất)(?: là)?(?: vào)?(?: ngày)? ",
        r"(?:\d{1,2}\s?/\s?\d|\d{1,2} tháng|quý|tháng \d|năm (?:19|20)\d{2})",
    ))
});
static SPAN_OF_PLAN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?:nội dung|các nội dung|tổ chức thực hiện|kế hoạch|thời gian|triển khai thực hiện)")
});

/// The milestones of a document of some years.
pub fn find(
    reading: &Reading,
    outline: &Outline<'_>,
    activities: &BTreeMap<usize, Fields>,
    period: Option<Period>,
) -> Vec<Milestone> {
    let year = period
        .filter(|period| period.from == period.to)
        .map(|period| period.from);
    let mut found: Vec<(usize, Milestone)> = Vec::new();
    for (at, fields) in activities {
        let Some((time, said_at)) = &fields.time else {
            continue;
        };
        let node = &outline.nodes[*at];
        let heading = node.heading().trim(&['.', ':', ' ']);
        let whole = heading.is_empty() || SPAN_OF_PLAN.is_match(heading.fold);
        let label = match &fields.text {
            Some(text) if heading.is_empty() => text.clone(),
            _ if whole => reading.title.clone(),
            _ => heading.raw.to_owned(),
        };
        if let Some(span) = span::first(&fold(time), year) {
            found.push((
                *said_at,
                milestone(outline, *said_at, &label, span, confidence::SAID),
            ));
        }
    }
    for (at, node) in outline.nodes.iter().enumerate() {
        if node.place == Place::Purpose {
            continue;
        }
        for line in node.paragraphs().chain([node.heading()]) {
            in_line(outline, at, line, year, &mut found);
        }
    }
    // A field 'Thời gian' is told by its activity already.
    found.sort_by_key(|(at, _)| *at);
    found.dedup_by(|next, kept| next.0 == kept.0 && next.1.to == kept.1.to);
    let own = |milestone: &Milestone| !is_period(milestone, period);
    found
        .into_iter()
        .map(|(_, found)| found)
        .filter(own)
        .collect()
}

fn in_line(
    outline: &Outline<'_>,
    at: usize,
    line: Text<'_>,
    year: Option<i32>,
    found: &mut Vec<(usize, Milestone)>,
) {
    if let Some(label) = labels::colon(line)
        && DATED.is_match(label.name.fold)
        && !label.rest.is_empty()
    {
        if let Some(span) = span::first(label.name.fold, year) {
            let name = labels::first_sentence(label.rest.raw);
            found.push((at, milestone(outline, at, &name, span, confidence::HEADED)));
        }
        return;
    }
    if !DONE.is_match(line.fold) {
        return;
    }
    for sentence in lines::sentences(line) {
        for part in sentence.split(|letter| letter == ';') {
            let Some(done) = DONE.find(part.fold) else {
                continue;
            };
            // A report by a day is a report.
            if part.fold.contains("báo cáo") {
                continue;
            }
            let from = part.from(done.start());
            let near = &from.fold[..from.fold.floor_char_boundary(160)];
            if let Some(span) = span::first(near, year) {
                // 'hoàn thành trong quý III' alone does not say what.
                let whole = if done.start() == 0 { sentence } else { part };
                let name = whole.trim(&['.', ' ', '-', '+']).raw;
                found.push((at, milestone(outline, at, name, span, confidence::USUAL)));
            }
        }
    }
}

fn milestone(outline: &Outline<'_>, at: usize, label: &str, span: Span, certain: u8) -> Milestone {
    Milestone {
        clause: outline.nodes[at].id(),
        label: label.to_owned(),
        from: span.from.map(|when| when.to_string()),
        to: span.to.map(|when| when.to_string()),
        confidence: certain,
    }
}

/// The stretch of the whole plan is its period, and no milestone in it.
fn is_period(milestone: &Milestone, period: Option<Period>) -> bool {
    period.is_some_and(|period| {
        milestone.from == Some(period.from.to_string())
            && milestone.to == Some(period.to.to_string())
    })
}
