//! The difference between two documents of a plan, clause by clause: what is as it was is folded away,
//! what is worded otherwise stands side by side.

use askama::Template;
use loa_plan::{Change, Clause, Piece, PieceKind, Reading, compare, pieces};

use crate::plans::words;
use crate::web::{Lang, Shell};

#[derive(Template)]
#[template(path = "plans/pages/difference.html")]
pub(super) struct Difference {
    shell: Shell,
    steps: Vec<Step>,
    same: usize,
    changed: usize,
    added: usize,
    removed: usize,
}

/// What a reader meets from top to bottom.
enum Step {
    /// Clauses that are as they were: their new addresses, with the old where they differ, and words.
    Same(Vec<(String, String)>),
    /// A clause in other words.
    Changed(Side, Side),
    /// A clause that was not there.
    Added(Side),
    /// A clause that is there no more.
    Removed(Side),
}

/// A clause on one side.
struct Side {
    address: String,
    words: Vec<Piece>,
}

impl Difference {
    pub(super) fn of(shell: &Shell, old: &Reading, new: &Reading) -> Self {
        let mut difference = Self {
            shell: shell.clone(),
            steps: Vec::new(),
            same: 0,
            changed: 0,
            added: 0,
            removed: 0,
        };
        for change in compare(&old.clauses, &new.clauses) {
            difference.add(shell.lang, change);
        }
        difference
    }

    fn add(&mut self, lang: Lang, change: Change<'_>) {
        let address = |clause: &Clause| words::address(lang, &clause.id);
        let alone = |clause: &Clause| Side {
            address: address(clause),
            words: vec![Piece {
                kind: PieceKind::Same,
                text: own_words(clause),
            }],
        };
        match change {
            Change::Same { old, new } => {
                self.same += 1;
                let moved = if old.id == new.id {
                    address(new)
                } else {
                    format!("{} → {}", address(old), address(new))
                };
                let line = (moved, words::short(&own_words(new), 90));
                match self.steps.last_mut() {
                    Some(Step::Same(lines)) => lines.push(line),
                    _ => self.steps.push(Step::Same(vec![line])),
                }
            }
            Change::Changed { old, new } => {
                self.changed += 1;
                let all = pieces(&own_words(old), &own_words(new));
                let side = |clause: &Clause, without: PieceKind| Side {
                    address: address(clause),
                    words: all
                        .iter()
                        .filter(|piece| piece.kind != without)
                        .cloned()
                        .collect(),
                };
                self.steps.push(Step::Changed(
                    side(old, PieceKind::Added),
                    side(new, PieceKind::Removed),
                ));
            }
            Change::Added(clause) => {
                self.added += 1;
                self.steps.push(Step::Added(alone(clause)));
            }
            Change::Removed(clause) => {
                self.removed += 1;
                self.steps.push(Step::Removed(alone(clause)));
            }
        }
    }

    /// Whether nothing differs.
    pub(super) fn none(&self) -> bool {
        self.changed + self.added + self.removed == 0
    }

    fn counts(&self) -> Vec<(&'static str, usize)> {
        let mut counts = vec![
            ("plans-changes-changed", self.changed),
            ("plans-changes-added", self.added),
            ("plans-changes-removed", self.removed),
            ("plans-changes-same", self.same),
        ];
        counts.retain(|(_, count)| *count > 0);
        counts
    }
}

impl Side {
    /// A blank alone is no difference to mark.
    fn is_gone(piece: &Piece) -> bool {
        piece.kind == PieceKind::Removed && !piece.text.trim().is_empty()
    }

    fn is_new(piece: &Piece) -> bool {
        piece.kind == PieceKind::Added && !piece.text.trim().is_empty()
    }
}

/// `II.1.1 – II.1.4`
fn range(lines: &[(String, String)]) -> String {
    match lines {
        [] => String::new(),
        [only] => only.0.clone(),
        [first, .., last] => format!("{} – {}", first.0, last.0),
    }
}

/// Heading and text, without the clauses below.
fn own_words(clause: &Clause) -> String {
    let heading = clause.heading.as_deref().unwrap_or_default();
    let parts = [heading, clause.text.as_str()];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("\n")
}
