//! Reporting rules: who wants a report by which day, however it is said. A rule without a day is
//! a duty with a cadence and no report.

mod days;
mod receiver;

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use self::days::Day;
use super::outline::{Node, Outline};
use super::text::{Text, pattern};
use super::{confidence, lines};
use crate::model::{Cadence, Report, Warning};

/// A clause under 'Chế độ báo cáo' that names no report again.
static BULLET: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:định kỳ |báo cáo )?(?:(?:hằng|hàng) (?:tháng|quý|năm)|quý|năm|cả năm|0?6 tháng|sáu tháng|tháng|thời hạn|thời gian|đột xuất)",
    )
});
static RESULTS: LazyLock<Regex> = LazyLock::new(|| pattern(r"kết quả|số liệu|tình hình|báo cáo"));

/// The reports of a document. `year` is that of a plan of one year.
pub fn find(outline: &Outline<'_>, year: Option<i32>, warnings: &mut Vec<Warning>) -> Vec<Report> {
    let mut reports = Vec::new();
    // The clause 'Chế độ báo cáo' below which each report stands.
    let mut groups: Vec<Option<usize>> = Vec::new();
    for node in &outline.nodes {
        let above = node.parent.filter(|parent| {
            let lead = outline.nodes[*parent].lead();
            lead.fold.contains("báo cáo")
        });
        for line in node.paragraphs() {
            let says = line.fold.contains("báo cáo");
            let bullet = above.is_some() && BULLET.is_match(line.fold);
            if !says && !bullet {
                continue;
            }
            let rule = Rule {
                node,
                line,
                above: above.map(|above| outline.nodes[above].lead()),
                year,
                receiver: OnceCell::new(),
            };
            for sentence in lines::sentences(line) {
                rule.read(sentence, warnings, &mut reports);
            }
            groups.resize(reports.len(), above);
        }
    }
    share_receivers(&mut reports, &groups);
    reports
}

/// Reports of one clause go where one of them is said to go.
fn share_receivers(reports: &mut [Report], groups: &[Option<usize>]) {
    let mut receivers: BTreeMap<usize, String> = BTreeMap::new();
    for (report, group) in reports.iter().zip(groups) {
        if let (Some(to), Some(group)) = (&report.to, group) {
            receivers.entry(*group).or_insert_with(|| to.clone());
        }
    }
    for (report, group) in reports.iter_mut().zip(groups) {
        if report.to.is_none() {
            report.to = group.and_then(|group| receivers.get(&group).cloned());
        }
    }
}

/// What a paragraph asks.
struct Rule<'a, 'b> {
    node: &'b Node<'a>,
    line: Text<'b>,
    above: Option<Text<'b>>,
    year: Option<i32>,
    /// Whom the whole paragraph names, or the clause above it.
    receiver: OnceCell<Option<String>>,
}

impl Rule<'_, '_> {
    /// What a sentence asks. Its parts are looked at one by one, since a semicolon may part the
    /// sending of a plan from that of its report.
    fn read(&self, sentence: Text<'_>, warnings: &mut Vec<Warning>, reports: &mut Vec<Report>) {
        let mut asked = self.above.is_some();
        let mut receiver = None;
        for part in sentence.split(|letter| letter == ';') {
            let place = part.fold.find("báo cáo");
            // 'báo cáo: 6 tháng trước ngày 15/6; năm trước ngày 15/12'
            let goes_on = asked && BULLET.is_match(part.fold);
            if place.is_none() && !goes_on {
                continue;
            }
            asked = true;
            let days = days::all(part, self.node.clause.line, warnings);
            let Some(first) = days.first() else {
                continue;
            };
            let place = place.unwrap_or(0);
            let any_behind = days.iter().any(|day| day.start > place);
            // 'Gửi kế hoạch trước ngày 28/2 để tổng hợp, báo cáo' sends a plan.
            let purpose = part.part(first.end, part.len()).fold;
            let to_report = purpose.trim_start().starts_with("để");
            if !any_behind && to_report && !RESULTS.is_match(part.to(first.start).fold) {
                continue;
            }
            let to = receiver::of(part, first.start)
                .or_else(|| receiver.clone())
                .or_else(|| self.any_receiver());
            receiver.clone_from(&to);
            for day in days {
                if any_behind && day.start < place {
                    continue;
                }
                reports.push(self.report(&day, to.clone()));
            }
        }
    }

    fn report(&self, day: &Day<'_>, to: Option<String>) -> Report {
        let cadence = day.cadence.unwrap_or(if day.year || self.year.is_some() {
            Cadence::Once
        } else {
            Cadence::Yearly
        });
        Report {
            clause: self.node.id(),
            confidence: match (&to, day.cadence.is_some() || day.year) {
                (Some(_), true) => confidence::HEADED,
                (None, false) => confidence::INFERRED,
                _ => confidence::USUAL,
            },
            to,
            due: day.due.clone(),
            inclusive: !day.before,
            cadence,
        }
    }

    fn any_receiver(&self) -> Option<String> {
        let found = || {
            let above = self
                .above
                .and_then(|above| receiver::of(above, above.len()));
            receiver::of(self.line, self.line.len()).or(above)
        };
        self.receiver.get_or_init(found).clone()
    }
}
