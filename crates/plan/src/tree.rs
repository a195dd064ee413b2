//! Paragraphs to the clause tree. Which marker is deeper is learnt from the document itself: a
//! sort that is open already continues its level, a new one opens a level below.

use std::collections::BTreeMap;

use crate::error::ReadError;
use crate::marker::{self, Marker, Sort};
use crate::model::{Clause, Warning};
use crate::paragraphs::{Paragraph, is_capitals};

const DEEPEST: usize = 20;

struct Open {
    sort: Sort,
    clause: Clause,
}

#[derive(Default)]
struct Builder {
    roots: Vec<Clause>,
    open: Vec<Open>,
    ids: BTreeMap<String, usize>,
    eids: BTreeMap<String, usize>,
    counted: bool,
}

/// Builds the tree.
pub fn build(
    paragraphs: &[Paragraph],
    warnings: &mut Vec<Warning>,
) -> Result<Vec<Clause>, ReadError> {
    let mut builder = Builder::default();
    for paragraph in paragraphs {
        match marker::read(&paragraph.text) {
            Some((marker, rest)) if marker.counts() || !builder.open.is_empty() => {
                builder.clause(&marker, rest, paragraph, warnings)?;
            }
            _ => builder.text(paragraph),
        }
    }
    builder.close(0);
    if !builder.counted {
        let last = paragraphs.last().and_then(|paragraph| paragraph.raw.last());
        let lines = last.map_or(0, |line| line.number);
        return Err(ReadError::NoStructure { lines });
    }
    Ok(builder.roots)
}

impl Builder {
    fn clause(
        &mut self,
        marker: &Marker,
        rest: &str,
        paragraph: &Paragraph,
        warnings: &mut Vec<Warning>,
    ) -> Result<(), ReadError> {
        let depth = self.depth_of(marker);
        self.close(depth);
        if depth >= DEEPEST {
            return Err(ReadError::TooDeep {
                line: paragraph.line,
            });
        }
        self.counted |= marker.counts();
        let before = self.siblings().len();
        self.check_order(marker, paragraph.line, warnings);
        let heading = is_heading(marker, rest, paragraph.strong);
        let (id, eid) = self.address(marker, before + 1);
        self.open.push(Open {
            sort: marker.sort,
            clause: Clause {
                id,
                eid,
                marker: Some(marker.text.clone()),
                line: paragraph.line,
                heading: heading.then(|| rest.to_owned()),
                text: if heading {
                    String::new()
                } else {
                    rest.to_owned()
                },
                children: Vec::new(),
            },
        });
        Ok(())
    }

    /// An unnumbered paragraph: the text of the clause it stands in. One that closes the document
    /// belongs to the part; one before everything stands for itself.
    fn text(&mut self, paragraph: &Paragraph) {
        let closing = paragraph.text.starts_with("Trên đây");
        if closing {
            self.close(1);
        } else if self
            .open
            .last()
            .is_some_and(|open| matches!(open.sort, Sort::Bullet(_)))
            && paragraph.apart
        {
            let keep = self
                .open
                .iter()
                .take_while(|open| !matches!(open.sort, Sort::Bullet(_)))
                .count();
            self.close(keep);
        }
        if let Some(open) = self.open.last_mut() {
            if !open.clause.text.is_empty() {
                open.clause.text.push('\n');
            }
            open.clause.text.push_str(&paragraph.text);
            return;
        }
        if let Some(last) = self.roots.last_mut().filter(|last| last.marker.is_none()) {
            last.text.push('\n');
            last.text.push_str(&paragraph.text);
            return;
        }
        let eid = unique(&mut self.eids, "preamble".to_owned());
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

    fn depth_of(&self, marker: &Marker) -> usize {
        if let Some(depth) = self.open.iter().rposition(|open| open.sort == marker.sort) {
            return depth;
        }
        // 2.1 goes below 2, wherever bullets have led meanwhile.
        if let Sort::Dotted(parts) = marker.sort {
            let above = |sort: Sort| match sort {
                Sort::Number => parts == 2,
                Sort::Dotted(fewer) => fewer + 1 == parts,
                _ => false,
            };
            if let Some(depth) = self.open.iter().rposition(|open| above(open.sort)) {
                return depth + 1;
            }
        }
        // Counting never goes below a bullet.
        if marker.counts() {
            return self
                .open
                .iter()
                .position(|open| matches!(open.sort, Sort::Bullet(_)))
                .unwrap_or(self.open.len());
        }
        self.open.len()
    }

    fn close(&mut self, depth: usize) {
        while self.open.len() > depth {
            if let Some(done) = self.open.pop() {
                match self.open.last_mut() {
                    Some(parent) => parent.clause.children.push(done.clause),
                    None => self.roots.push(done.clause),
                }
            }
        }
    }

    fn siblings(&self) -> &[Clause] {
        self.open
            .last()
            .map_or(&self.roots, |parent| &parent.clause.children)
    }

    fn check_order(&self, marker: &Marker, line: usize, warnings: &mut Vec<Warning>) {
        let Ok(number) = marker.text.parse::<u32>() else {
            return;
        };
        let last = self
            .siblings()
            .iter()
            .rev()
            .find_map(|clause| clause.marker.as_deref()?.parse::<u32>().ok());
        if last.is_some_and(|last| number != last + 1) {
            let message = format!(
                "Số thứ tự {number} không tiếp nối số {}",
                last.unwrap_or_default()
            );
            warnings.push(Warning { line, message });
        }
    }

    fn address(&mut self, marker: &Marker, position: usize) -> (String, String) {
        let own = if marker.counts() {
            marker.text.clone()
        } else {
            position.to_string()
        };
        let parent = self.open.last();
        let short = parent
            .and_then(|parent| parent.clause.marker.as_deref())
            .and_then(|above| own.strip_prefix(above)?.strip_prefix('.'))
            .unwrap_or(&own)
            .to_owned();
        let number = short.replace(' ', "-");
        let (id, eid) = match parent {
            Some(parent) => (
                format!("{}.{short}", parent.clause.id),
                format!("{}__{}_{number}", parent.clause.eid, marker.element()),
            ),
            None => (short.clone(), format!("{}_{}", marker.element(), number)),
        };
        // '1)' below 2 and '2.1' are two clauses that people cite alike.
        (unique(&mut self.ids, id), unique(&mut self.eids, eid))
    }
}

/// The name itself when it is new, with a number behind it when it is not.
fn unique(seen: &mut BTreeMap<String, usize>, name: String) -> String {
    let times = seen.entry(name.clone()).or_insert(0);
    *times += 1;
    if *times == 1 {
        name
    } else {
        format!("{name}~{times}")
    }
}

/// A heading names what follows; a sentence is text.
fn is_heading(marker: &Marker, rest: &str, strong: bool) -> bool {
    if !marker.counts() {
        return false;
    }
    strong
        || is_capitals(rest)
        || (rest.chars().count() <= 120 && !rest.ends_with(['.', ';', ':', ',']))
}
