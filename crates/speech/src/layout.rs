//! What the layout says: line breaks, bullets, Markdown marks, the dots that end a sentence.

use crate::letter;
use crate::scan::Scan;
use crate::spoken::Pause;
use crate::token::{Kind, Token};

/// A line at least this long was broken by the page, not by its author.
const WRAPPED_LINE: usize = 60;

/// Tags of HTML that editors leave in a text.
const TAGS: [&str; 45] = [
    "a",
    "article",
    "b",
    "blockquote",
    "body",
    "br",
    "center",
    "code",
    "del",
    "div",
    "em",
    "figure",
    "font",
    "h",
    "head",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "ins",
    "li",
    "link",
    "meta",
    "o",
    "ol",
    "p",
    "pre",
    "s",
    "script",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "u",
    "ul",
];

/// Words that never end a line by intention.
const UNFINISHED: [&str; 16] = [
    "ngày", "tháng", "năm", "số", "của", "và", "theo", "về", "tại", "từ", "đến", "các", "những",
    "với", "cho", "trong",
];

/// The end of a run of line breaks and the rest it stands for.
pub(crate) fn line_break(tokens: &[Token<'_>], at: usize) -> (usize, Pause) {
    let mut end = at;
    let mut breaks = 0;
    while let Some(token) = tokens
        .get(end)
        .filter(|token| matches!(token.kind, Kind::Space | Kind::Newline))
    {
        breaks += token.text.chars().filter(|letter| *letter == '\n').count();
        end += 1;
    }
    let Some(next) = tokens.get(end) else {
        return (end, Pause::Paragraph);
    };
    let finished = tokens[..at].last().is_some_and(|token| {
        matches!(
            token.kind,
            Kind::Mark('.' | '?' | '!' | ';' | ':' | '…' | '*' | '_' | '|')
        )
    });
    if finished || starts_item(tokens, end) {
        return (end, Pause::Paragraph);
    }
    let last_word = tokens[..at]
        .iter()
        .rev()
        .take(4)
        .find(|token| token.kind == Kind::Word)
        .map(|token| letter::lower(token.text));
    let unfinished = last_word.is_some_and(|word| UNFINISHED.contains(&&*word));
    let continued =
        next.kind == Kind::Word && next.text.chars().next().is_some_and(letter::is_lower);
    let wrapped = breaks < 2 && line_length(tokens, at) >= WRAPPED_LINE;
    (
        end,
        if unfinished || continued || wrapped {
            Pause::None
        } else {
            Pause::Paragraph
        },
    )
}

/// Marks at the start of a line that are never said: bullets, heading signs, rules, quotes.
pub(crate) fn line_opening(tokens: &[Token<'_>], at: usize) -> usize {
    let mut end = at;
    loop {
        let next = tokens.get(end + 1).map(|token| token.kind);
        match tokens.get(end).map(|token| token.kind) {
            Some(
                Kind::Space
                | Kind::Mark('#' | '*' | '_' | '•' | '●' | '◦' | '▪' | '–' | '\u{F0B7}'),
            ) => {}
            Some(Kind::Mark('>')) if !matches!(next, Some(Kind::Digits | Kind::Mark('='))) => {}
            Some(Kind::Mark('-' | '+'))
                if !matches!(next, Some(Kind::Digits | Kind::Mark('$'))) => {}
            _ => return end,
        }
        end += 1;
    }
}

/// How far a mark without a word of its own reaches, and the rest it stands for.
pub(crate) fn mark(scan: Scan<'_>, mark: char) -> (usize, Pause) {
    let (tokens, at) = (scan.tokens, scan.at);
    let one = at + 1;
    let kind = |index: usize| tokens.get(index).map(|token| token.kind);
    match mark {
        ',' | '(' | ')' | '|' | '/' => (one, Pause::Short),
        ';' | ':' | '…' => (one, Pause::Long),
        '?' => (one, Pause::Question),
        '!' => (one, Pause::Exclamation),
        '-' => {
            let apart = scan.touching() == Some(Kind::Space) && kind(one) == Some(Kind::Space);
            (one, if apart { Pause::Short } else { Pause::None })
        }
        '.' if kind(one) == Some(Kind::Mark('/')) && kind(at + 2) == Some(Kind::Mark('.')) => {
            (at + 3, Pause::Paragraph)
        }
        '.' => full_stop(tokens, at),
        ']' if kind(one) == Some(Kind::Mark('(')) => {
            (end_of_link(tokens, one).unwrap_or(one), Pause::None)
        }
        '<' => end_of_tag(tokens, at).map_or((one, Pause::None), |end| (end, Pause::Short)),
        _ => (one, Pause::None),
    }
}

fn full_stop(tokens: &[Token<'_>], at: usize) -> (usize, Pause) {
    let mut end = at + 1;
    while tokens
        .get(end)
        .is_some_and(|token| matches!(token.kind, Kind::Mark('.' | '…')))
    {
        end += 1;
    }
    if end > at + 1 {
        return (end, Pause::Long);
    }
    let next = tokens.get(end);
    let pause = match next.map(|token| token.kind) {
        None
        | Some(Kind::Newline | Kind::Marked(_) | Kind::Mark('"' | '\'' | ')' | ']' | '*' | '_')) => {
            Pause::Sentence
        }
        Some(Kind::Space) => {
            let small = tokens.get(end + 1).is_some_and(|token| {
                token.text.chars().next().is_some_and(letter::is_lower)
                    && !token.text.chars().any(letter::is_upper)
            });
            if small { Pause::Short } else { Pause::Sentence }
        }
        // a forgotten space: 'triển khai.Đề nghị'
        Some(Kind::Word) => {
            let long = at > 0
                && tokens[at - 1].kind == Kind::Word
                && tokens[at - 1].text.chars().count() > 1;
            let name =
                next.is_some_and(|token| token.text.chars().next().is_some_and(letter::is_upper));
            if long && name {
                Pause::Sentence
            } else {
                Pause::None
            }
        }
        _ => Pause::None,
    };
    (end, pause)
}

/// The target of a Markdown link is not read; its text was.
fn end_of_link(tokens: &[Token<'_>], open: usize) -> Option<usize> {
    let close = tokens
        .iter()
        .skip(open)
        .take(200)
        .take_while(|token| token.kind != Kind::Newline)
        .position(|token| token.kind == Kind::Mark(')'))?;
    Some(open + close + 1)
}

/// A tag of HTML, as editors leave them: <br>, </p>.
fn end_of_tag(tokens: &[Token<'_>], open: usize) -> Option<usize> {
    let mut name = open + 1;
    if tokens
        .get(name)
        .is_some_and(|token| token.kind == Kind::Mark('/'))
    {
        name += 1;
    }
    let tag = tokens
        .get(name)
        .filter(|token| token.kind == Kind::Word && TAGS.contains(&&*letter::lower(token.text)))?;
    let close = tokens
        .iter()
        .skip(open)
        .take(40)
        .take_while(|token| token.kind != Kind::Newline)
        .position(|token| token.kind == Kind::Mark('>'))?;
    // 'a <b và c> d' is arithmetic: a tag ends at once, or goes on with a name and '='
    let inside = &tokens[name + 1..open + close];
    let plain = inside
        .iter()
        .all(|token| matches!(token.kind, Kind::Space | Kind::Digits | Kind::Mark('/')));
    let attributes = inside.iter().any(|token| token.kind == Kind::Mark('='));
    (plain || attributes || tag.text.len() > 2).then_some(open + close + 1)
}

fn starts_item(tokens: &[Token<'_>], at: usize) -> bool {
    let kind = |index: usize| tokens.get(index).map(|token| token.kind);
    match kind(at) {
        Some(Kind::Mark('-' | '+' | '*' | '#' | '•' | '|' | '>' | '_' | '●' | '▪' | '(')) => {
            true
        }
        Some(Kind::Digits) => {
            let mut end = at + 1;
            while kind(end) == Some(Kind::Mark('.')) && kind(end + 1) == Some(Kind::Digits) {
                end += 2;
            }
            matches!(kind(end), Some(Kind::Mark('.' | ')'))) && kind(end + 1) == Some(Kind::Space)
        }
        Some(Kind::Word) => {
            let short = tokens[at].text.chars().count() <= 4;
            let marked = matches!(kind(at + 1), Some(Kind::Mark('.' | ')')))
                && kind(at + 2) == Some(Kind::Space);
            (short && marked) || tokens[at].text == "Điều"
        }
        _ => false,
    }
}

fn line_length(tokens: &[Token<'_>], end: usize) -> usize {
    tokens[..end]
        .iter()
        .rev()
        .take_while(|token| token.kind != Kind::Newline)
        .take(WRAPPED_LINE * 2)
        .map(|token| token.text.chars().count())
        .sum()
}
