//! An author's own reading, written in the text itself.
//!
//! | written | printed | said |
//! |---|---|---|
//! | `{{TT\|trung tâm}}` | TT | trung tâm |
//! | `{{Johnson & Johnson\|@en}}` | Johnson & Johnson | the same words, by an English voice |
//! | `{{Xi'an\|@en See-an}}` | Xi'an | See-an, by an English voice |
//! | `{{(xem hình)\|}}` | (xem hình) | nothing |
//! | `{{\|Xin nhắc lại}}` | nothing | Xin nhắc lại |
//!
//! Before the bar stands what is printed, behind it what is said. Two braces with a bar between do
//! not come up in official text; where they do, a backslash before them (`\{{`) makes them
//! ordinary. Within, `\|`, `\}`, `\{`, `\@` and `\\` stand for the sign alone. A mark ends on the
//! line where it began and holds no other mark; what is not well formed is text like any other,
//! and [`markup_problems`] says why.

use std::borrow::Cow;
use std::ops::Range;

use crate::language::Language;

const OPEN: &str = "{{";
const CLOSE: &str = "}}";

/// A mark found in a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Bytes of the text, braces included.
    pub span: Range<usize>,
    pub written: String,
    pub said: String,
    pub language: Option<Language>,
}

/// Two braces that open no mark, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkupProblem {
    /// Bytes of the text, from the braces to where the trouble is.
    pub source: Range<usize>,
    /// What is wrong.
    pub kind: MarkupProblemKind,
}

/// What is wrong with a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MarkupProblemKind {
    /// The braces are not closed on their line.
    Unclosed,
    /// A mark within a mark.
    Nested,
    /// No bar, so that nothing says how it is read.
    NoBar,
    /// More than one bar.
    TwoBars,
    /// Nothing printed and nothing said.
    Empty,
    /// What stands behind `@` is no language tag.
    Language,
}

impl MarkupProblemKind {
    /// What is wrong and what to do, in Vietnamese.
    #[must_use]
    pub fn vietnamese(self) -> &'static str {
        match self {
            Self::Unclosed => {
                "thiếu dấu đóng }}: hãy đóng trên cùng một dòng, hoặc viết \\{{ nếu không phải cách đọc riêng"
            }
            Self::Nested => "cách đọc riêng không được lồng nhau: hãy đóng }} trước khi mở {{ khác",
            Self::NoBar => "thiếu dấu |: hãy viết {{chữ in|chữ đọc}}",
            Self::TwoBars => "có hai dấu |: hãy giữ một, dấu | trong chữ viết thành \\|",
            Self::Empty => {
                "không có chữ in, cũng không có chữ đọc: hãy viết một trong hai, hoặc xóa đi"
            }
            Self::Language => {
                "sau @ phải là mã ngôn ngữ, ví dụ @en; dấu @ trong chữ viết thành \\@"
            }
        }
    }
}

impl std::fmt::Display for MarkupProblemKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Unclosed => {
                "}} is missing: close it on the same line, or write \\{{ where no reading is meant"
            }
            Self::Nested => {
                "a reading within a reading: close the first with }} before {{ opens another"
            }
            Self::NoBar => "the bar is missing: write {{printed|said}}",
            Self::TwoBars => "two bars: keep one, and write \\| for a bar that is text",
            Self::Empty => {
                "nothing is printed and nothing is said: write one of the two, or delete it"
            }
            Self::Language => "no language tag behind @: write @en, or \\@ for a sign that is text",
        })
    }
}

/// The text as it is printed: every mark gives way to what stands before its bar, and `\{{` to the
/// bare braces.
#[must_use]
pub fn plain(text: &str) -> String {
    if !text.contains(OPEN) {
        return text.to_owned();
    }
    let mut printed = String::with_capacity(text.len());
    let mut done = 0;
    each(text, |event| match event {
        Event::Mark(mark) => {
            printed.push_str(&text[done..mark.span.start]);
            printed.push_str(&mark.written);
            done = mark.span.end;
        }
        Event::Backslashes(run) => {
            printed.push_str(&text[done..run.start]);
            printed.push_str(&text[run.start..run.start + run.len() / 2]);
            done = run.end;
        }
        Event::Problem(_) => {}
    });
    printed.push_str(&text[done..]);
    printed
}

/// A text in which braces are braces: [`plain`] gives back what was put in.
#[must_use]
pub fn unmarked(text: &str) -> Cow<'_, str> {
    if !text.contains(OPEN) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 8);
    let mut done = 0;
    while let Some(at) = text[done..].find(OPEN).map(|at| done + at) {
        let backslashes = text[done..at].len() - text[done..at].trim_end_matches('\\').len();
        safe.push_str(&text[done..at]);
        safe.extend(std::iter::repeat_n('\\', backslashes + 1));
        safe.push_str(OPEN);
        done = at + OPEN.len();
    }
    safe.push_str(&text[done..]);
    Cow::Owned(safe)
}

/// The mark for a reading, with what must be escaped escaped: what an editor inserts. None where
/// it would be refused: nothing printed and nothing said, or a line break.
#[must_use]
pub fn marked(printed: &str, said: &str, language: Option<&Language>) -> Option<String> {
    if [printed, said]
        .iter()
        .any(|part| part.contains(is_line_end))
    {
        return None;
    }
    if printed.is_empty() && said.trim().is_empty() {
        return None;
    }
    let mut mark = String::from(OPEN);
    escape_into(&mut mark, printed);
    mark.push('|');
    if let Some(language) = language {
        mark.push('@');
        mark.push_str(language.tag());
        mark.push(' ');
    }
    escape_into(&mut mark, said.trim());
    mark.truncate(mark.trim_end().len());
    mark.push_str(CLOSE);
    Some(mark)
}

/// Braces that open no mark, each with the reason: for an editor to show before it is saved.
#[must_use]
pub fn markup_problems(text: &str) -> Vec<MarkupProblem> {
    let mut problems = Vec::new();
    each(text, |event| {
        if let Event::Problem(problem) = event {
            problems.push(problem);
        }
    });
    problems
}

/// All marks of a text, in order.
pub(crate) fn marks(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    each(text, |event| {
        if let Event::Mark(mark) = event {
            marks.push(mark);
        }
    });
    marks
}

enum Event {
    Mark(Mark),
    /// Backslashes before braces, half of which are only there to escape.
    Backslashes(Range<usize>),
    Problem(MarkupProblem),
}

/// Each pair of opening braces, once, from left to right.
fn each(text: &str, mut found: impl FnMut(Event)) {
    let mut done = 0;
    while let Some(open) = text[done..].find(OPEN).map(|at| done + at) {
        let before = &text[done..open];
        let backslashes = before.len() - before.trim_end_matches('\\').len();
        if backslashes > 0 {
            found(Event::Backslashes(open - backslashes..open));
        }
        done = open + OPEN.len();
        if backslashes % 2 == 1 {
            continue;
        }
        match mark_at(text, open) {
            Ok(mark) => {
                done = mark.span.end;
                found(Event::Mark(mark));
            }
            Err(problem) => found(Event::Problem(problem)),
        }
    }
}

fn mark_at(text: &str, open: usize) -> Result<Mark, MarkupProblem> {
    let inside = open + OPEN.len();
    let mut bar = None;
    let mut letters = text[inside..].char_indices();
    let refuse = |kind, end: usize| MarkupProblem {
        source: open..end,
        kind,
    };
    loop {
        let Some((at, letter)) = letters.next() else {
            return Err(refuse(MarkupProblemKind::Unclosed, text.len()));
        };
        let at = inside + at;
        let rest = &text[at..];
        match letter {
            '\\' if rest[1..].starts_with(is_escapable) => {
                letters.next();
            }
            '|' if bar.is_some() => return Err(refuse(MarkupProblemKind::TwoBars, at + 1)),
            '|' => bar = Some(at),
            _ if rest.starts_with(OPEN) => {
                return Err(refuse(MarkupProblemKind::Nested, at + OPEN.len()));
            }
            _ if is_line_end(letter) => return Err(refuse(MarkupProblemKind::Unclosed, at)),
            _ if rest.starts_with(CLOSE) => {
                let end = at + CLOSE.len();
                let bar = bar.ok_or_else(|| refuse(MarkupProblemKind::NoBar, end))?;
                return filled(&text[inside..bar], &text[bar + 1..at], open..end)
                    .map_err(|kind| refuse(kind, end));
            }
            _ => {}
        }
    }
}

fn filled(written: &str, said: &str, span: Range<usize>) -> Result<Mark, MarkupProblemKind> {
    let said = said.trim();
    let (language, said) = match said.strip_prefix('@') {
        None => (None, said),
        Some(tagged) => {
            let (tag, words) = tagged
                .split_once(char::is_whitespace)
                .unwrap_or((tagged, ""));
            let language = Language::new(tag).ok_or(MarkupProblemKind::Language)?;
            let words = words.trim_start();
            (
                Some(language),
                if words.is_empty() { written } else { words },
            )
        }
    };
    let (written, said) = (unescaped(written), unescaped(said).trim().to_owned());
    if written.is_empty() && said.is_empty() {
        return Err(MarkupProblemKind::Empty);
    }
    let language = language.filter(|language| !language.is_vietnamese());
    Ok(Mark {
        span,
        written,
        said,
        language,
    })
}

fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letters.next_if(|next| letter == '\\' && is_escapable(*next)) {
            Some(escaped) => plain.push(escaped),
            None => plain.push(letter),
        }
    }
    plain
}

fn escape_into(mark: &mut String, text: &str) {
    for letter in text.chars() {
        if is_escapable(letter) {
            mark.push('\\');
        }
        mark.push(letter);
    }
}

fn is_escapable(letter: char) -> bool {
    matches!(letter, '|' | '{' | '}' | '@' | '\\')
}

fn is_line_end(letter: char) -> bool {
    matches!(
        letter,
        '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}
