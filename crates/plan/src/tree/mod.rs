//! Paragraphs to the clause tree. Which marker is deeper is learnt from the document itself: a
//! sort that is open already continues its level, a new one opens a level below.

mod levels;

use crate::address::Addresses;
use crate::error::ReadError;
use crate::headings;
use crate::marker::{self, Marker, Sort};
use crate::model::{Clause, Warning};
use crate::paragraphs::{Paragraph, is_capitals, is_line};
use crate::source::table;

const DEEPEST: usize = 20;

struct Open {
    marker: Marker,
    built: Clause,
    /// Whether its heading may go on: nothing but a heading in capitals has been read of it.
    in_heading: bool,
}

/// Clauses as they are built; one for a document with all that is attached to it.
#[derive(Default)]
pub struct Builder {
    roots: Vec<Clause>,
    /// Where the roots of the part that is read begin: numbering begins anew with an attachment.
    from: usize,
    open: Vec<Open>,
    addresses: Addresses,
    /// The last article's number.
    articles: u32,
    counted: bool,
}

impl Builder {
    /// Reads one body: the document's own, or that of an attachment.
    pub fn read(
        &mut self,
        paragraphs: &[Paragraph],
        warnings: &mut Vec<Warning>,
    ) -> Result<(), ReadError> {
        self.close(0);
        self.from = self.roots.len();
        self.articles = 0;
        let closing = closing(paragraphs);
        for (place, paragraph) in paragraphs.iter().enumerate() {
            if is_line(&paragraph.text) || table::is_rule(&paragraph.text) {
                continue;
            }
            if Some(place) == closing {
                self.close_to_part();
            }
            let marked = (!paragraph.note)
                .then(|| marker::read(&paragraph.text))
                .flatten();
            match marked {
                Some((marker, rest)) if marker.counts() || !self.open.is_empty() => {
                    self.clause(marker, rest, paragraph, warnings)?;
                }
                _ => self.text(paragraph),
            }
        }
        self.close(0);
        Ok(())
    }

    /// Begins an annex: a clause of its own that holds what follows.
    pub fn annex(&mut self, marker: &Marker, title: Option<&str>, line: usize) {
        self.close(0);
        self.from = self.roots.len();
        let (id, eid) = self.addresses.of(None, marker, 0);
        self.counted = true;
        self.open.push(Open {
            marker: marker.clone(),
            built: Clause {
                id,
                eid,
                marker: Some(marker.text.clone()),
                line,
                heading: title.map(str::to_owned),
                text: String::new(),
                children: Vec::new(),
            },
            in_heading: title.is_none(),
        });
    }

    /// Reads what stands in an annex, down to its end.
    pub fn read_annex(
        &mut self,
        paragraphs: &[Paragraph],
        warnings: &mut Vec<Warning>,
    ) -> Result<(), ReadError> {
        for paragraph in paragraphs {
            if is_line(&paragraph.text) || table::is_rule(&paragraph.text) {
                continue;
            }
            match marker::read(&paragraph.text).filter(|_| !paragraph.note) {
                Some((marker, rest)) => self.clause(marker, rest, paragraph, warnings)?,
                None => self.text(paragraph),
            }
        }
        self.close(0);
        Ok(())
    }

    /// The clauses, or that there are none.
    pub fn finish(mut self, lines: usize) -> Result<Vec<Clause>, ReadError> {
        self.close(0);
        if self.counted {
            Ok(self.roots)
        } else {
            Err(ReadError::NoStructure { lines })
        }
    }

    fn clause(
        &mut self,
        marker: Marker,
        rest: &str,
        paragraph: &Paragraph,
        warnings: &mut Vec<Warning>,
    ) -> Result<(), ReadError> {
        let marker = self.told_from_alike(marker);
        let depth = self.depth_of(&marker);
        self.check_order(&marker, depth, paragraph.line, warnings);
        self.close(depth);
        if depth >= DEEPEST {
            return Err(ReadError::TooDeep {
                line: paragraph.line,
            });
        }
        self.counted |= marker.counts();
        let before = self.siblings().len();
        let parent = self.open.last();
        let parent = parent.map(|open| (&open.built, &open.marker));
        let (id, eid) = self.addresses.of(parent, &marker, before + 1);
        let (heading, text) = headings::parted(&marker, rest, paragraph);
        let in_heading = text.is_empty()
            && match &heading {
                Some(heading) => is_capitals(heading) && !heading.ends_with(['.', ':', ';']),
                None => marker.counts(),
            };
        self.open.push(Open {
            built: Clause {
                id,
                eid,
                marker: Some(marker.text.clone()),
                line: paragraph.line,
                heading,
                text,
                children: Vec::new(),
            },
            marker,
            in_heading,
        });
        Ok(())
    }

    /// An unnumbered paragraph: the text of the clause it stands in. One before everything stands
    /// for itself.
    fn text(&mut self, paragraph: &Paragraph) {
        if let Some(open) = self.open.last_mut()
            && open.in_heading
        {
            open.in_heading = false;
            if headings::goes_on(&open.built, &open.marker, paragraph) {
                let heading = open.built.heading.take();
                let heading = heading.map_or(String::new(), |heading| heading + " ");
                open.built.heading = Some(heading + &paragraph.text);
                open.in_heading = is_capitals(&paragraph.text);
                return;
            }
        }
        self.leave_bullets(paragraph);
        if let Some(open) = self.open.last_mut() {
            add(&mut open.built.text, &paragraph.text);
            return;
        }
        let unnumbered = self.roots[self.from..].last_mut();
        if let Some(last) = unnumbered.filter(|last| last.marker.is_none()) {
            add(&mut last.text, &paragraph.text);
            return;
        }
        let name = if self.roots.len() == self.from {
            "preamble"
        } else {
            "closing"
        };
        let eid = self.addresses.unnumbered(name);
        self.roots.push(Clause {
            id: eid.clone(),
            eid,
            marker: None,
            line: paragraph.line,
            heading: None,
            text: paragraph.text.clone(),
            children: Vec::new(),
        });
    }

    /// A paragraph behind bullets is the section's, unless the bullet announces it.
    fn leave_bullets(&mut self, paragraph: &Paragraph) {
        let bullet = |open: &Open| matches!(open.marker.sort, Sort::Bullet(_));
        let announced = self.open.last().is_some_and(|open| {
            bullet(open) && (open.built.text.ends_with(':') || table::is_row(&paragraph.text))
        });
        if !announced && !paragraph.note && self.open.last().is_some_and(bullet) {
            let keep = self.open.iter().take_while(|open| !bullet(open)).count();
            self.close(keep);
        }
    }

    /// What closes the document belongs to its last part, not to that part's last section; with
    /// no parts it stands for itself.
    fn close_to_part(&mut self) {
        let part = |open: &Open| {
            matches!(
                open.marker.sort,
                Sort::Annex | Sort::Part | Sort::Chapter | Sort::Letter | Sort::Roman
            )
        };
        self.close(usize::from(self.open.first().is_some_and(part)));
    }

    fn close(&mut self, depth: usize) {
        while self.open.len() > depth {
            if let Some(mut done) = self.open.pop() {
                headings::settle(&mut done.built, &done.marker);
                match self.open.last_mut() {
                    Some(parent) => {
                        parent.in_heading = false;
                        parent.built.children.push(done.built);
                    }
                    None => self.roots.push(done.built),
                }
            }
        }
    }

    fn siblings(&self) -> &[Clause] {
        self.open
            .last()
            .map_or(&self.roots[self.from..], |parent| &parent.built.children)
    }

    fn check_order(
        &mut self,
        marker: &Marker,
        depth: usize,
        line: usize,
        warnings: &mut Vec<Warning>,
    ) {
        let Some(number) = marker.value() else {
            return;
        };
        let stem = |marker: &Marker| {
            marker
                .text
                .rsplit_once('.')
                .map(|(stem, _)| stem.to_owned())
        };
        let before = self.open.get(depth).map(|open| &open.marker);
        let before = before.filter(|before| before.sort == marker.sort);
        let last = before.filter(|before| stem(before) == stem(marker));
        let mut expected = last.and_then(Marker::value).map_or(1, |last| last + 1);
        if marker.sort == Sort::Article {
            // Articles are counted through all chapters.
            expected = self.articles + 1;
            self.articles = number;
        }
        if number == expected {
            return;
        }
        let message = match before {
            Some(before) => format!(
                "Số thứ tự {} không tiếp nối số {}",
                marker.text, before.text
            ),
            None => format!("Số thứ tự bắt đầu từ {}", marker.text),
        };
        warnings.push(Warning { line, message });
    }
}

/// Where the words begin that close a document behind its last clause.
fn closing(paragraphs: &[Paragraph]) -> Option<usize> {
    const WORDS: [&str; 8] = [
        "Trên đây",
        "Trong quá trình",
        "Quá trình thực hiện",
        "Nhận được",
        "Yêu cầu ",
        "Đề nghị các ",
        "Căn cứ Kế hoạch này",
        "Văn bản này",
    ];
    let numbered =
        |paragraph: &Paragraph| !paragraph.note && marker::read(&paragraph.text).is_some();
    let last = paragraphs.iter().rposition(numbered)?;
    let run = &paragraphs[last + 1..];
    let closer = run
        .iter()
        .position(|paragraph| WORDS.iter().any(|words| paragraph.text.starts_with(words)))?;
    let bullet = marker::read(&paragraphs[last].text).is_some_and(|(marker, _)| !marker.counts());
    Some(last + 1 + if bullet { 0 } else { closer })
}

fn add(text: &mut String, paragraph: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(paragraph);
}
