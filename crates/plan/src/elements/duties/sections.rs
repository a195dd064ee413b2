//! Duties by who is named: sections of units, sentences that give a task.

use std::rc::Rc;
use std::sync::LazyLock;

use super::super::confidence;
use super::super::outline::{Outline, Place};
use super::super::text::{Folded, Text};
use super::super::words::Words;
use super::lead::{self, Lead};
use super::roles;
use super::{Found, Pending};
use crate::model::{DutyUnit, UnitRole};

/// Headings in an organisation's part that name no body.
const NO_BODY: &str = "\
kinh phí|nguồn|chế độ|báo cáo|thời gian|tiến độ|quá trình|trong|công tác|tổ chức|việc|kiểm tra|\
sơ kết|tổng kết|thông tin|giải pháp|hiệu lực|khen thưởng|thi đua|nội dung|nhiệm vụ|yêu cầu|phân công|\
trách nhiệm|điều khoản|cơ chế|hình thức|danh nghĩa|chỉ đạo|triển khai|xây dựng|tăng cường|đẩy mạnh|\
nâng cao|thực hiện|tuyên truyền|tập huấn|đối tượng|lộ trình|giai đoạn|bước|quý|tháng|năm|căn cứ|để|\
khi|mọi|nếu|định kỳ|hằng|hàng|theo|trên|kế hoạch|quyết định|chương trình|phương án|biện pháp|\
đánh giá|chủ đề|địa điểm|về|quy mô|thành phần|cơ sở|bảo đảm|đảm bảo|hoạt động|các hoạt động|\
các nội dung|các nhiệm vụ|các giải pháp|một số|những";
static NOT_A_NAME: LazyLock<Words> = LazyLock::new(|| Words::of(&[NO_BODY]));
/// So many units may be named by the duties of a document, one each time it is named. Plans name
/// some thousands; a hundred names over a hundred thousand bullets are no plan.
const MOST_UNITS: usize = 500_000;

/// Goes through the document and collects duties.
pub struct Sections<'a, 'b> {
    /// Where it goes through.
    pub outline: &'b Outline<'a>,
    /// Nodes that fields have taken.
    pub taken: &'b [bool],
    /// Whether this document may give tasks before its first clause: a letter, a directive.
    pub letter: bool,
    /// Who holds the section in which a node stands.
    pub holders: Vec<Option<Rc<[DutyUnit]>>>,
    /// What was found.
    pub found: Vec<Found>,
    /// How many units the duties name by now.
    pub named: usize,
    /// The node at which they were too many.
    pub cut: Option<usize>,
}

impl Sections<'_, '_> {
    /// All of it.
    pub fn run(&mut self) {
        let roots: Vec<usize> = self.outline.roots().collect();
        // A directive names its bodies at the top.
        let (sections, sentences) = self.leads(&roots);
        let organised = sections > 0 && (self.letter || sections + sentences > 1);
        for root in roots {
            if organised && self.outline.nodes[root].clause.marker.is_some() {
                self.section(root, false, true);
            } else {
                self.part(root);
            }
        }
    }

    /// A clause outside any section of units.
    fn part(&mut self, at: usize) {
        let outline = self.outline;
        let node = &outline.nodes[at];
        if node.place == Place::Purpose {
            return;
        }
        let children: Vec<usize> = outline.children(at).collect();
        let (sections, sentences) = self.leads(&children);
        let organised =
            node.place == Place::Organisation || (sections > 0 && sections + sentences > 1);
        if !self.taken[at] {
            self.sentences(at);
        }
        for child in children {
            if organised {
                self.section(child, node.place == Place::Organisation, sections > 0);
            } else {
                self.part(child);
            }
        }
    }

    /// How many clauses begin with the bodies whose section they are, and with a sentence on some.
    fn leads(&self, children: &[usize]) -> (usize, usize) {
        let mut count = (0, 0);
        for child in children {
            match lead::of(&self.outline.nodes[*child]).0 {
                Lead::Section(_) => count.0 += 1,
                Lead::Sentence { .. } => count.1 += 1,
                Lead::Other => {}
            }
        }
        count
    }

    /// A clause that may be the section of a unit.
    fn section(&mut self, at: usize, organisation: bool, among_sections: bool) {
        let outline = self.outline;
        let node = &outline.nodes[at];
        if self.taken[at] {
            return self.part(at);
        }
        if lead::closes(node.lead()) {
            return;
        }
        let (lead, from) = lead::of(node);
        let sure = if organisation {
            confidence::HEADED
        } else {
            confidence::USUAL
        };
        match lead {
            Lead::Section(units) => self.holder(at, units, from, sure),
            Lead::Sentence { .. } => self.member(at, &Vec::new().into(), sure),
            Lead::Other => {
                let heading = node.heading();
                let name = heading.trim(&['.', ':', ' ', ';']);
                let likely = organisation
                    && among_sections
                    && !name.is_empty()
                    && name.len() < 160
                    && name.is_capital()
                    && !name.raw.contains([':', ';'])
                    && NOT_A_NAME.starts(name.fold).is_none();
                if likely {
                    let unit = DutyUnit {
                        name: name.raw.to_owned(),
                        role: UnitRole::Lead,
                    };
                    self.holder(at, vec![unit], heading.len(), confidence::LIKELY);
                } else {
                    self.part(at);
                }
            }
        }
    }

    /// The section of some units: its own text, then its clauses.
    fn holder(&mut self, at: usize, units: Vec<DutyUnit>, from: usize, sure: u8) {
        let outline = self.outline;
        let node = &outline.nodes[at];
        self.holders[at] = Some(units.as_slice().into());
        let mut own: Vec<Text<'_>> = Vec::new();
        if node.heading().is_empty() {
            own.push(node.lead().from(from).trim(&[' ']));
            own.extend(node.paragraphs().skip(1));
        } else {
            own.push(node.heading().from(from).trim(&[' ']));
            own.extend(node.paragraphs());
        }
        let below: Vec<usize> = outline.children(at).collect();
        let units = self.own(at, &own, units, !below.is_empty(), sure);
        let units: Rc<[DutyUnit]> = units.into();
        for child in below {
            self.member(child, &units, sure);
        }
    }

    /// Makes a duty of a section's own paragraphs; answers who holds the clauses below.
    fn own(
        &mut self,
        at: usize,
        own: &[Text<'_>],
        mut units: Vec<DutyUnit>,
        has_children: bool,
        sure: u8,
    ) -> Vec<DutyUnit> {
        let holders = units.clone();
        let mut kept: Vec<&str> = Vec::new();
        let last = own.len().saturating_sub(1);
        for (place, line) in own.iter().enumerate() {
            if line.is_empty() || lead::closes(*line) {
                continue;
            }
            if place == last && has_children && line.raw.ends_with(':') {
                units = roles::all(&holders, *line);
            } else if let Lead::Sentence { asked: true } = lead::read(*line, false).0
                && holders.iter().all(|holder| holder.role != UnitRole::Asked)
            {
                // 'Đề nghị …' below a unit that is not asked itself speaks to others.
                self.duty(at, roles::all(&[], *line), line.raw, confidence::USUAL);
            } else {
                kept.push(line.raw);
            }
        }
        if !kept.is_empty() {
            let text = kept.join("\n");
            let all = roles::all(&holders, Folded::new(&text).text());
            self.duty(at, all, &text, sure);
        }
        units
    }

    /// A clause below the units that hold it.
    fn member(&mut self, at: usize, holders: &Rc<[DutyUnit]>, sure: u8) {
        let outline = self.outline;
        let node = &outline.nodes[at];
        if self.taken[at] || lead::closes(node.lead()) {
            return;
        }
        if !holders.is_empty() {
            self.holders[at] = Some(Rc::clone(holders));
            if let (Lead::Section(units), from) = lead::of(node)
                && (outline.nodes[at].end > at + 1 || from < node.lead().len())
            {
                return self.holder(at, units, from, sure);
            }
        }
        let heading = Some(node.heading()).filter(|heading| !heading.is_empty());
        let lines: Vec<Text<'_>> = heading
            .into_iter()
            .chain(node.paragraphs())
            .filter(|line| !lead::closes(*line))
            .collect();
        let text: Vec<&str> = lines.iter().map(|line| line.raw).collect();
        let text = text.join("\n");
        let folded = Folded::new(&text);
        let units = roles::all(holders, folded.text());
        let below: Vec<usize> = outline.children(at).collect();
        let bare = heading.is_some() && lines.len() == 1;
        let opens = !below.is_empty() && (bare || text.trim_end().ends_with(':'));
        if opens && lead::has_details(folded.text()) {
            // 'Bố trí cán bộ phụ trách:' asks; what is below says how.
            let details = below.iter().map(|child| &outline.nodes[*child]);
            let details: Vec<String> = details
                .map(|child| format!("- {}", child.lead().raw))
                .collect();
            let whole = format!("{text}\n{}", details.join("\n"));
            self.duty(at, units, &whole, sure);
            return;
        }
        if !opens && !text.trim().is_empty() && !units.is_empty() {
            self.duty(at, units.clone(), &text, sure);
        }
        let passed = if opens || holders.is_empty() {
            units.into()
        } else {
            Rc::clone(holders)
        };
        for child in below {
            self.member(child, &passed, sure);
        }
    }

    /// Keeps a duty of a clause.
    pub(super) fn duty(&mut self, at: usize, units: Vec<DutyUnit>, text: &str, sure: u8) {
        if units.is_empty() {
            return;
        }
        self.named += units.len();
        if self.named > MOST_UNITS {
            self.cut.get_or_insert(at);
            return;
        }
        self.found.push(Found {
            at,
            duty: Pending {
                units,
                text: text.trim().to_owned(),
                confidence: sure,
                ..Pending::default()
            },
        });
    }
}
