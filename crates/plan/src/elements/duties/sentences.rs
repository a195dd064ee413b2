//! Sentences that give a task outside any section: 'Giao Sở Nội vụ …', 'UBND các xã tổ chức …'.

use std::sync::LazyLock;

use regex::Regex;

use super::super::confidence;
use super::super::outline::Place;
use super::super::text::{Text, pattern};
use super::sections::Sections;
use super::{lead, roles};

/// 'Giao …' in the middle of a paragraph, or in brackets.
static WITHIN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?P<bracket>\(\s*)?(?P<verb>giao|yêu cầu|đề nghị) "));

/// 'đề nghị các đơn vị thực hiện một số nội dung sau:' asks for what follows.
static ANNOUNCES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:nội dung|nhiệm vụ|công việc|việc|yêu cầu)[^,;.]{0,24} sau\s*:?$")
});

impl Sections<'_, '_> {
    /// Sentences outside sections: 'Giao Sở Nội vụ …', 'UBND các xã tổ chức …'.
    pub(super) fn sentences(&mut self, at: usize) {
        let outline = self.outline;
        let node = &outline.nodes[at];
        let preamble = node.parent.is_none() && node.clause.marker.is_none();
        let heading = node.heading();
        let organised = node.place == Place::Organisation;
        for (place, line) in node.paragraphs().enumerate() {
            if lead::closes(line) {
                continue;
            }
            let opening = roles::opening(line);
            let behind = opening.as_ref().map(|opening| line.from(opening.end));
            // 'UBND tỉnh đề nghị …' speaks to others.
            let addresses = behind.is_some_and(|behind| {
                let next = roles::opening(behind.trim(&[' ', ',']));
                next.is_some_and(|next| next.asked)
            });
            let asked = opening.as_ref().is_some_and(|opening| opening.asked) || addresses;
            let does = opening.as_ref().is_some_and(|opening| opening.does) && !addresses;
            if preamble && !asked {
                if self.letter {
                    self.within(at, line, true);
                }
                continue;
            }
            if preamble && !self.letter {
                continue;
            }
            if asked {
                self.duty(at, roles::all(&[], line), line.raw, confidence::USUAL);
            } else if does && (organised || (place == 0 && heading.is_empty())) {
                let sure = if line.fold.contains("chịu trách nhiệm thi hành") {
                    confidence::HEADED
                } else {
                    confidence::INFERRED
                };
                self.duty(at, roles::all(&[], line), line.raw, sure);
            } else {
                self.within(at, line, false);
            }
        }
    }

    /// '(Giao Công an tỉnh chủ trì, phối hợp với …)' gives the whole paragraph to them; a sentence
    /// in its middle gives what it says itself. A letter asks behind its grounds: 'Thực hiện …, Sở
    /// Nội vụ đề nghị các sở …'.
    fn within(&mut self, at: usize, line: Text<'_>, letter: bool) {
        let mut from = 0;
        while let Some(found) = WITHIN.captures_at(line.fold, from) {
            let Some(verb) = found.name("verb") else {
                break;
            };
            from = verb.end();
            let bracket = found.name("bracket").is_some();
            let starts = line.fold[..verb.start()].trim_end().ends_with(['.', ';'])
                && line.from(verb.start()).is_capital();
            if !bracket && !starts && !letter {
                continue;
            }
            let rest = line.from(verb.start());
            let close = if bracket { ')' } else { '.' };
            let end = rest.raw.find(close).unwrap_or(rest.len());
            let sentence = rest.to(end);
            let announces = letter && ANNOUNCES.is_match(sentence.fold.trim_end());
            if announces || roles::opening(sentence).is_none() {
                continue;
            }
            let text = if bracket { line } else { sentence };
            self.duty(at, roles::all(&[], sentence), text.raw, confidence::USUAL);
            from = verb.start() + end;
        }
    }
}
