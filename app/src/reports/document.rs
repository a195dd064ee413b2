//! A report as a sequence of parts, in the outline of annual reports. The page and the paper both
//! print these, so that they never differ.

use loa_plan::ChannelKind;

use super::codes::Code;
use super::content::Content;
use super::drafting::plan_name;
use super::narrative::{Chapter, Piece, pieces};
use crate::web::Lang;

/// Official documents are in Vietnamese, whoever reads them.
pub(super) const LANG: Lang = Lang::Vi;

/// A part of the text, in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// A heading with its number; 1 for I., 2 for 1.
    Heading(u8, String),
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A paragraph of a list.
    Bullet(Vec<Span>),
    /// A table.
    Table(Sheet),
}

/// A stretch of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) text: String,
    /// The figure it is; it opens its evidence.
    pub(super) figure: Option<Code>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sheet {
    pub(super) caption: String,
    pub(super) columns: Vec<Heading>,
    pub(super) rows: Vec<Vec<Span>>,
    /// Whether the last row is the sum.
    pub(super) total: bool,
}

/// The heading of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) title: String,
    /// Its width against the others'.
    pub(super) share: u8,
    /// Numbers stand on the right, numbers of order in the middle.
    pub(super) kind: Kind,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Order,
    Words,
    Number,
}

impl Heading {
    /// Whether numbers stand below it.
    pub(super) fn number(&self) -> bool {
        self.kind == Kind::Number
    }
}

/// The subject of a report.
pub(super) fn title(content: &Content) -> String {
    let values = [
        ("name", lower_plan(&content.plan_title)),
        ("value", content.year.to_string()),
    ];
    LANG.with("reports-doc-title", &values)
}

/// The whole text.
pub(super) fn parts(content: &Content) -> Vec<Part> {
    let values = [
        ("name", plan_name(&content.plan_title)),
        ("unit", content.letterhead.issuer.replace('\n', " ")),
        ("value", content.year.to_string()),
        ("from", LANG.day(content.period_from)),
        ("to", LANG.day(content.period_to)),
    ];
    let opening = LANG.with("reports-doc-opening", &values);
    let mut parts = vec![Part::Paragraph(vec![words(opening)])];
    let head = |parts: &mut Vec<Part>, level: u8, name: &str| {
        parts.push(Part::Heading(level, LANG.t(name)));
    };
    for chapter in Chapter::ALL {
        if chapter == Chapter::Content {
            head(&mut parts, 1, "reports-doc-results");
        }
        head(&mut parts, level(chapter), heading(chapter));
        parts.extend(written(content, content.narrative.of(chapter)));
        match chapter {
            Chapter::Content => parts.push(Part::Table(by_theme(content))),
            Chapter::Forms => parts.push(Part::Table(by_channel(content))),
            _ => {}
        }
    }
    parts
}

/// The annex: every figure, each opening its evidence.
pub(super) fn annex(content: &Content) -> Sheet {
    let rows = content
        .figures
        .iter()
        .zip(1..)
        .filter_map(|(figure, place)| {
            let code = figure.code()?;
            let meaning = meaning(LANG, code, &figure.name);
            Some(vec![
                words(place.to_string()),
                words(meaning),
                value(content, code),
            ])
        });
    Sheet {
        caption: LANG.t("reports-doc-annex"),
        columns: vec![
            column("reports-doc-order", 1, Kind::Order),
            column("reports-doc-figure", 9, Kind::Words),
            column("reports-doc-value", 3, Kind::Number),
        ],
        rows: rows.collect(),
        total: false,
    }
}

/// What a figure counts, in words.
pub(super) fn meaning(lang: Lang, code: Code, name: &str) -> String {
    let name = match code {
        Code::Channel(kind) => lang.t(&format!("outlets-kind-{}", kind.name())),
        _ => name.to_owned(),
    };
    lang.tv(code.meaning(), name)
}

/// The heading of a chapter: the name of a text.
pub(super) fn heading(chapter: Chapter) -> &'static str {
    match chapter {
        Chapter::Direction => "reports-doc-direction",
        Chapter::Content => "reports-doc-content",
        Chapter::Forms => "reports-doc-forms",
        Chapter::Budget => "reports-doc-budget",
        Chapter::Limits => "reports-doc-limits",
        Chapter::Next => "reports-doc-next",
        Chapter::Proposals => "reports-doc-proposals",
    }
}

fn level(chapter: Chapter) -> u8 {
    match chapter {
        Chapter::Content | Chapter::Forms | Chapter::Budget => 2,
        _ => 1,
    }
}

/// What people wrote, line by line; a line that opens with a dash is of a list.
fn written(content: &Content, text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| match line.strip_prefix("- ") {
            Some(item) => Part::Bullet(spans(content, item)),
            None => Part::Paragraph(spans(content, line)),
        })
        .collect();
    if parts.is_empty() {
        parts.push(Part::Paragraph(vec![words(LANG.t("reports-doc-nothing"))]));
    }
    parts
}

fn spans(content: &Content, text: &str) -> Vec<Span> {
    let span = |piece| match piece {
        Piece::Text(text) => words(text),
        Piece::Figure(code) => value(content, code),
    };
    pieces(text).into_iter().map(span).collect()
}

fn by_theme(content: &Content) -> Sheet {
    let themes = content.figures.iter().filter_map(|figure| {
        let code = figure
            .code()
            .filter(|code| matches!(code, Code::Theme(_)))?;
        Some((figure.name.clone(), code))
    });
    let rows = themes.zip(1..).map(|((name, code), place)| {
        vec![words(place.to_string()), words(name), value(content, code)]
    });
    Sheet {
        caption: LANG.t("reports-doc-by-theme"),
        columns: vec![
            column("reports-doc-order", 1, Kind::Order),
            column("reports-doc-theme", 9, Kind::Words),
            column("reports-doc-items", 3, Kind::Number),
        ],
        rows: rows.collect(),
        total: false,
    }
}

fn by_channel(content: &Content) -> Sheet {
    let kinds = content.codes().into_iter().filter_map(|code| match code {
        Code::Channel(kind) => Some(kind),
        _ => None,
    });
    let mut rows: Vec<Vec<Span>> = kinds
        .zip(1..)
        .map(|(kind, place)| {
            let seconds = if kind == ChannelKind::Loudspeaker {
                value(content, Code::Seconds)
            } else {
                words("–".into())
            };
            vec![
                words(place.to_string()),
                words(LANG.t(&format!("outlets-kind-{}", kind.name()))),
                value(content, Code::Channel(kind)),
                seconds,
            ]
        })
        .collect();
    rows.push(vec![
        words(String::new()),
        words(LANG.t("reports-doc-sum")),
        value(content, Code::Total),
        words(String::new()),
    ]);
    Sheet {
        caption: LANG.t("reports-doc-by-channel"),
        columns: vec![
            column("reports-doc-order", 1, Kind::Order),
            column("reports-doc-form", 6, Kind::Words),
            column("reports-doc-items", 3, Kind::Number),
            column("reports-doc-length", 3, Kind::Number),
        ],
        rows,
        total: true,
    }
}

fn column(title: &str, share: u8, kind: Kind) -> Heading {
    Heading {
        title: LANG.t(title),
        share,
        kind,
    }
}

fn words(text: String) -> Span {
    Span { text, figure: None }
}

fn value(content: &Content, code: Code) -> Span {
    Span {
        text: content.printed(LANG, code),
        figure: Some(code),
    }
}

/// The plan inside a sentence: its kind begins small, unless it is all in capitals.
fn lower_plan(title: &str) -> String {
    let name = plan_name(title);
    match name.strip_prefix("Kế hoạch") {
        Some(rest) => format!("kế hoạch{rest}"),
        None => name,
    }
}
