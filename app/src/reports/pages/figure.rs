//! The evidence behind a figure.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, Query, State as Of};
use serde::Deserialize;

use crate::accounts::Person;
use crate::app::App;
use crate::error::Failure;
use crate::evidence::{self, Filter, Line};
use crate::ids::ReportId;
use crate::reports::document::meaning;
use crate::reports::{self, Code, Content, counting};
use crate::web::{Shell, Visitor};

const PAGE: u64 = 50;

#[derive(Deserialize)]
pub(super) struct Asked {
    before: Option<i64>,
}

#[derive(Template, WebTemplate)]
#[template(path = "reports/pages/figure.html")]
pub(super) struct FigurePage {
    shell: Shell,
    content: Content,
    code: Code,
    lines: Vec<Line>,
    /// How many entries stand behind it.
    count: u64,
    before: Option<i64>,
}

pub(super) async fn show(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path((id, code)): Path<(ReportId, String)>,
    Query(asked): Query<Asked>,
) -> Result<FigurePage, Failure> {
    let report = reports::get(&app, &person, id).await?;
    let code: Code = code.parse().map_err(|()| Failure::NotFound)?;
    let filter = Filter {
        seqs: Some(counting::seqs(id, code)),
        ..Filter::default()
    };
    let count = evidence::count(&app, &person, &filter).await?;
    Ok(FigurePage {
        shell: Shell::of(&visitor),
        content: report.content(&app.db).await?,
        lines: evidence::list(&app, &person, &filter, asked.before, PAGE).await?,
        code,
        count: count.entries,
        before: asked.before,
    })
}

impl FigurePage {
    fn meaning(&self) -> String {
        let name = self.content.figure(self.code);
        let name = name.map_or("", |figure| figure.name.as_str());
        meaning(self.shell.lang, self.code, name)
    }

    fn value(&self) -> String {
        let value = self.content.printed(self.shell.lang, self.code);
        match self.code {
            Code::Themes => format!("{value}/{}", self.content.themes),
            _ => value,
        }
    }

    fn channel(&self, line: &Line) -> String {
        self.shell
            .t(&format!("outlets-kind-{}", line.entry.channel))
    }

    /// How a figure that is no plain count comes out of the entries.
    fn rule(&self) -> &'static str {
        match self.code {
            Code::Receipts => "reports-figure-rule-receipts",
            Code::Seconds => "reports-figure-rule-seconds",
            Code::Themes => "reports-figure-rule-themes",
            Code::Units => "reports-figure-rule-units",
            _ => "reports-once-rule",
        }
    }

    /// Where the next page begins.
    fn next(&self) -> Option<i64> {
        let full = self.lines.len() as u64 == PAGE;
        self.lines
            .last()
            .filter(|_| full)
            .map(|line| line.entry.seq)
    }
}
