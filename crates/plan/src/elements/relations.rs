//! How a document stands to others: which it carries out, changes or replaces.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::acts::{self, Cite};
use super::outline::Outline;
use super::text::{Folded, Text, pattern};
use super::{confidence, lines};
use crate::model::{Reading, Relation, RelationKind};

static CARRIES_OUT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:để |nhằm |tiếp tục |về |về việc )*(?:triển khai|thực hiện|tổ chức thực hiện|cụ thể hóa|thi hành|quán triệt)¦",
    )
});
static GROUNDS: LazyLock<Regex> = LazyLock::new(|| pattern(r"^căn cứ "));
static AMENDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:về |về việc |phê duyệt |ban hành )*(?:sửa đổi|bổ sung|điều chỉnh)(?:,? (?:và )?(?:bổ sung|điều chỉnh|sửa đổi))*(?: [^ ,;.]+){0,14}? (?:kế hoạch|quyết định|chương trình|đề án|chỉ thị|nghị quyết|phương án|quy chế|quy định)",
    )
});
static REPLACES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?P<word>thay thế(?: cho)?|bãi bỏ|hủy bỏ|hết hiệu lực)(?: toàn bộ)?(?: các)? ")
});
static PASSIVE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:được|bị|đã|sẽ được|trường hợp|nếu|đề xuất|kiến nghị|rà soát,?) $")
});
/// What is carried out: plans and what orders them. Laws and decrees are grounds.
const CARRIED: [&str; 14] = [
    "Kế hoạch",
    "Kế hoạch hành động",
    "Kế hoạch phối hợp",
    "Chương trình",
    "Chương trình hành động",
    "Chương trình phối hợp",
    "Chương trình công tác",
    "Đề án",
    "Quyết định",
    "Nghị quyết",
    "Chỉ thị",
    "Kết luận",
    "Công điện",
    "Hướng dẫn",
];
/// A decision that stands for a plan: it issues or approves one.
static ISSUES_PLAN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:ban hành|phê duyệt|kèm theo).*(?:kế hoạch|chương trình|đề án|chiến lược|phương án)|(?:kế hoạch|chương trình|đề án|chiến lược).*(?:ban hành|phê duyệt|kèm theo)",
    )
});
static SEVERAL_YEARS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b(?P<from>(?:19|20)\d{2})\s*(?:-|–|đến(?: năm)?)\s*(?P<to>(?:19|20)\d{2})\b")
});

/// The relations of a document, each act once for each kind.
///
/// `year` is that of a plan of one year.
pub fn find(reading: &Reading, outline: &Outline<'_>, year: Option<i32>) -> Vec<Relation> {
    let Some(first) = outline.nodes.first() else {
        return Vec::new();
    };
    let mut relations = Relations {
        own: reading.number.as_deref(),
        year,
        found: Vec::new(),
        seen: BTreeSet::new(),
    };
    // What the title says, the first clause proves.
    let title = Folded::new(&reading.title);
    relations.title(title.text(), &first.id());
    let preambles = outline
        .nodes
        .iter()
        .filter(|node| node.parent.is_none() && node.clause.marker.is_none());
    for node in preambles {
        for line in node.paragraphs() {
            for sentence in lines::sentences(line) {
                relations.preamble(sentence, &node.clause.id);
            }
        }
    }
    for node in &outline.nodes {
        for line in node.all() {
            relations.changes(line, &node.clause.id);
        }
    }
    relations.found
}

struct Relations<'a> {
    own: Option<&'a str>,
    year: Option<i32>,
    found: Vec<Relation>,
    seen: BTreeSet<(RelationKind, String)>,
}

impl Relations<'_> {
    fn title(&mut self, title: Text<'_>, clause: &str) {
        if CARRIES_OUT.is_match(title.fold) {
            for cite in self.carried(title) {
                let kind = self.carries(title, &cite);
                self.put(clause, kind, &cite, confidence::SAID);
            }
        }
    }

    fn preamble(&mut self, sentence: Text<'_>, clause: &str) {
        if CARRIES_OUT.is_match(sentence.fold) {
            for cite in self.carried(sentence) {
                let plan =
                    cite.kind.starts_with("Kế hoạch") || cite.kind.starts_with("Chương trình");
                let sure = if plan {
                    confidence::HEADED
                } else {
                    confidence::USUAL
                };
                let kind = self.carries(sentence, &cite);
                self.put(clause, kind, &cite, sure);
            }
        } else if GROUNDS.is_match(sentence.fold) {
            for cite in self.carried(sentence) {
                // Grounds are carried out when they are plans themselves.
                let around = context(sentence, &cite);
                let plan = cite.kind.starts_with("Kế hoạch")
                    || cite.kind.starts_with("Chương trình")
                    || cite.kind.starts_with("Đề án")
                    || ISSUES_PLAN.is_match(around.fold);
                if plan {
                    let kind = self.carries(sentence, &cite);
                    self.put(clause, kind, &cite, confidence::INFERRED);
                }
            }
        }
    }

    fn carried(&self, text: Text<'_>) -> Vec<Cite> {
        let cites = acts::cited(text).into_iter();
        cites
            .filter(|cite| !cite.nested && !cite.named && CARRIED.contains(&&*cite.kind))
            .collect()
    }

    /// A plan of one year carries out a year of a plan of several.
    fn carries(&self, text: Text<'_>, cite: &Cite) -> RelationKind {
        let plan = [
            "Kế hoạch",
            "Chương trình",
            "Đề án",
            "Quyết định",
            "Nghị quyết",
        ]
        .iter()
        .any(|kind| cite.kind.starts_with(kind));
        let longer = plan
            && SEVERAL_YEARS
                .captures(context(text, cite).fold)
                .is_some_and(|found| {
                    let year = |name: &str| found[name].parse::<i32>().unwrap_or_default();
                    let (from, to) = (year("from"), year("to"));
                    self.year
                        .is_some_and(|year| from < to && (from..=to).contains(&year))
                });
        if longer {
            RelationKind::Yearly
        } else {
            RelationKind::Implements
        }
    }

    fn changes(&mut self, line: Text<'_>, clause: &str) {
        let changes = AMENDS.find(line.fold).filter(|found| found.start() == 0);
        if changes.is_none() && !REPLACES.is_match(line.fold) {
            return;
        }
        let cites = acts::cited(line);
        if let Some(changes) = changes {
            // The first act behind the words is what is changed.
            let changed = cites
                .iter()
                .find(|cite| !cite.nested && cite.number_end > changes.start());
            if let Some(cite) = changed {
                self.put(clause, RelationKind::Amends, cite, confidence::SAID);
            }
        }
        for found in REPLACES.captures_iter(line.fold) {
            let Some(whole) = found.get(0) else {
                continue;
            };
            let before = &line.fold[..whole.start()];
            let near = &before[before.floor_char_boundary(before.len().saturating_sub(24))..];
            // The acts before and behind the words; they stand in order.
            let next = cites.partition_point(|cite| cite.start + 8 < whole.end());
            let inside = cites[..next]
                .iter()
                .rev()
                .take(4)
                .any(|cite| cite.number_end < whole.start() && whole.start() < cite.end);
            if PASSIVE.is_match(near) || inside {
                continue;
            }
            // One act, or the list that begins behind the words.
            let mut end = whole.end();
            for cite in &cites[next..] {
                let gap = line.part(end, cite.start.max(end)).fold;
                let near = gap.trim_matches([' ', ',', ';']);
                if !(near.is_empty() || near == "và" || near == "số") {
                    break;
                }
                self.put(clause, RelationKind::Supersedes, cite, confidence::SAID);
                end = cite.end;
            }
        }
    }

    fn put(&mut self, clause: &str, kind: RelationKind, cite: &Cite, sure: u8) {
        if self.own == Some(cite.number.as_str()) || !self.seen.insert((kind, cite.number.clone()))
        {
            return;
        }
        self.found.push(Relation {
            clause: clause.to_owned(),
            kind,
            act: cite.number.clone(),
            confidence: sure,
        });
    }
}

/// What is said around an act: the words before it that begin behind the act before, its title.
fn context<'a>(text: Text<'a>, cite: &Cite) -> Text<'a> {
    let before = text.to(cite.start).raw;
    let near = before.floor_char_boundary(before.len().saturating_sub(300));
    let from = before[near..]
        .rfind([';', '\n'])
        .map_or(near, |place| near + place + 1);
    let from = before[from..]
        .rfind("), ")
        .map_or(from, |place| from + place + 1);
    let behind = text.from(cite.end).raw;
    let behind = &behind[..behind.floor_char_boundary(200)];
    let end = behind.find([';', ',', ')']).unwrap_or(0);
    text.part(from, cite.end + end)
}
