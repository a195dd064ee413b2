//! Paragraphs and runs. Every text given by people passes [`escaped`].

use std::fmt::Write as _;

use quick_xml::escape::escape;

use crate::Run;
use crate::form;

/// Addresses linked to, in order; the n-th has the relationship `link<n>`.
#[derive(Default)]
pub struct Links(pub Vec<String>);

impl Links {
    fn id(&mut self, address: &str) -> String {
        let place = self
            .0
            .iter()
            .position(|known| known == address)
            .unwrap_or_else(|| {
                self.0.push(address.to_owned());
                self.0.len() - 1
            });
        format!("link{place}")
    }
}

/// Text as XML content or attribute value.
pub fn escaped(text: &str) -> String {
    escape(text).into_owned()
}

/// Points as twentieths of a point, Word's unit of length.
pub fn twips(points: f64) -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "lengths on paper are far below 2^53"
    )]
    let twips = (points * 20.0).round() as i64;
    twips
}

/// Letters' size and style.
#[derive(Clone, Copy, Default)]
pub struct Letters {
    pub size: f64,
    pub bold: bool,
    pub italic: bool,
}

impl Letters {
    pub fn regular(size: f64) -> Self {
        Self {
            size,
            ..Self::default()
        }
    }

    pub fn bold(size: f64) -> Self {
        Self {
            size,
            bold: true,
            italic: false,
        }
    }

    pub fn italic(size: f64) -> Self {
        Self {
            size,
            bold: false,
            italic: true,
        }
    }

    fn properties(self) -> String {
        // Word counts letters in half points.
        let size = twips(self.size) / 10;
        let bold = if self.bold { "<w:b/><w:bCs/>" } else { "" };
        let italic = if self.italic { "<w:i/><w:iCs/>" } else { "" };
        format!("<w:rPr>{bold}{italic}<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr>")
    }
}

/// A run of one line.
pub fn words(text: &str, letters: Letters) -> String {
    let properties = letters.properties();
    format!(
        "<w:r>{properties}<w:t xml:space=\"preserve\">{}</w:t></w:r>",
        escaped(text)
    )
}

/// Runs of a text, links among them.
pub fn runs(given: &[Run], size: f64, all_bold: bool, links: &mut Links) -> String {
    let mut xml = String::new();
    for run in given {
        let letters = Letters {
            size,
            bold: run.bold || all_bold,
            italic: run.italic,
        };
        let words = words(&run.text, letters);
        // Black and not underlined: the decree wants black letters throughout.
        let _ = match &run.link {
            Some(link) => write!(
                xml,
                "<w:hyperlink r:id=\"{}\" w:history=\"1\">{words}</w:hyperlink>",
                links.id(link)
            ),
            None => write!(xml, "{words}"),
        };
    }
    xml
}

/// How a paragraph stands: the schema wants these in exactly this order.
#[derive(Clone, Copy, Default)]
pub struct Stand {
    pub style: Option<&'static str>,
    pub keep_next: bool,
    pub before: f64,
    pub after: f64,
    /// Centred, right, or as the style says.
    pub align: Option<&'static str>,
}

impl Stand {
    pub fn centered() -> Self {
        Self {
            align: Some("center"),
            ..Self::default()
        }
    }

    fn properties(self) -> String {
        let style = self
            .style
            .map(|id| format!("<w:pStyle w:val=\"{id}\"/>"))
            .unwrap_or_default();
        let keep = if self.keep_next { "<w:keepNext/>" } else { "" };
        let spacing = match self.style {
            Some(_) => String::new(),
            None => format!(
                "<w:spacing w:before=\"{}\" w:after=\"{}\"/>",
                twips(self.before),
                twips(self.after)
            ),
        };
        let align = self
            .align
            .map(|side| format!("<w:jc w:val=\"{side}\"/>"))
            .unwrap_or_default();
        format!("<w:pPr>{style}{keep}{spacing}{align}</w:pPr>")
    }
}

/// A paragraph around finished runs.
pub fn paragraph(stand: Stand, runs: &str) -> String {
    format!("<w:p>{}{runs}</w:p>", stand.properties())
}

/// A paragraph for each line.
pub fn lines(text: &str, stand: Stand, letters: Letters) -> String {
    text.lines()
        .map(|line| paragraph(stand, &words(line, letters)))
        .collect()
}

/// A centred rule of `length` in a column of `available`, both in points.
pub fn rule(length: f64, available: f64, keep_next: bool) -> String {
    let side = twips((available - length).max(0.0) / 2.0);
    let eighths = twips(form::RULE_PT) * 8 / 20;
    let keep = if keep_next { "<w:keepNext/>" } else { "" };
    format!(
        "<w:p><w:pPr>{keep}<w:pBdr><w:top w:val=\"single\" w:sz=\"{eighths}\" w:space=\"1\" \
         w:color=\"000000\"/></w:pBdr><w:spacing w:before=\"40\" w:after=\"0\" w:line=\"120\" \
         w:lineRule=\"exact\"/><w:ind w:left=\"{side}\" w:right=\"{side}\"/></w:pPr></w:p>"
    )
}
