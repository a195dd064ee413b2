//! The list as a table for spreadsheets.

use axum::extract::{Query, State as Of};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use sea_orm::EntityTrait;

use crate::accounts::Person;
use crate::app::App;
use crate::clock::{local, local_day};
use crate::error::Failure;
use crate::evidence::asked::Asked;
use crate::evidence::list::{Line, count, list as find};
use crate::plans::entity::{clause, theme};
use crate::units::UnitTree;
use crate::web::{Lang, Visitor};

/// So many rows are read at a time.
const BATCH: u64 = 500;
/// More than this no spreadsheet is asked to open.
const LIMIT: u64 = 100_000;
/// The columns; the names of their texts begin with `evidence-csv-`.
const COLUMNS: [&str; 18] = [
    "seq",
    "at",
    "occurred-at",
    "kind",
    "counts",
    "first",
    "theme",
    "clause",
    "channel",
    "outlet",
    "unit",
    "title",
    "version",
    "seconds",
    "delivery",
    "sha256",
    "source",
    "hash",
];

/// `GET /evidence.csv`, with the filters of the page. UTF-8 with the mark by which spreadsheets
/// know it.
pub(super) async fn list(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let (tree, today) = (UnitTree::load(&app.db).await?, local_day(app.clock.now()));
    let filter = asked.filter(&tree, &person, today)?;
    if count(&app, &person, &filter).await?.entries > LIMIT {
        return Err(Failure::Invalid("evidence-csv-too-many"));
    }
    let lang = visitor.lang;
    let names = Names::load(&app).await?;
    let mut table = csv::Writer::from_writer(Vec::from("\u{feff}"));
    let head = COLUMNS.map(|column| lang.t(&format!("evidence-csv-{column}")));
    table.write_record(head).map_err(anyhow::Error::from)?;
    let mut before = asked.before()?;
    loop {
        let lines = find(&app, &person, &filter, before, BATCH).await?;
        for line in &lines {
            let row = names.row(lang, line).map(guarded);
            table.write_record(row).map_err(anyhow::Error::from)?;
        }
        match lines.last() {
            Some(last) if lines.len() as u64 == BATCH => before = Some(last.entry.seq),
            _ => break,
        }
    }
    let bytes = table
        .into_inner()
        .map_err(|error| anyhow::anyhow!("{error}"))?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"minh-chung.csv\"",
        ),
    ];
    Ok((headers, bytes).into_response())
}

/// A spreadsheet takes what begins like this for a formula and runs it; a quotation mark before it
/// makes it a text (OWASP, 'CSV Injection').
fn guarded(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell
    }
}

/// What plans call their themes and clauses.
struct Names {
    themes: Vec<theme::Model>,
    clauses: Vec<clause::Model>,
}

impl Names {
    async fn load(app: &App) -> Result<Self, Failure> {
        Ok(Self {
            themes: theme::Entity::find().all(&app.db).await?,
            clauses: clause::Entity::find().all(&app.db).await?,
        })
    }

    fn row(&self, lang: Lang, line: &Line) -> [String; 18] {
        let (entry, body) = (&line.entry, &line.body);
        let yes = |is: bool| lang.t(if is { "evidence-yes" } else { "evidence-no" });
        let themes = self.themes.iter();
        let themes: Vec<_> = themes
            .filter(|theme| body.themes.contains(&theme.id))
            .map(|theme| theme.label.as_str())
            .collect();
        let clause = self.clauses.iter().find(|clause| clause.id == body.clause);
        let time = |at| local(at).format("%Y-%m-%d %H:%M:%S").to_string();
        [
            entry.seq.to_string(),
            time(entry.at),
            time(entry.occurred_at),
            lang.t(&format!("evidence-kind-{}", entry.kind)),
            yes(entry.counts),
            yes(entry.first),
            themes.join("; "),
            clause
                .map(|clause| clause.address.clone())
                .unwrap_or_default(),
            lang.t(&format!("outlets-kind-{}", entry.channel)),
            line.outlet.clone(),
            line.unit.clone(),
            line.title.clone(),
            line.number.to_string(),
            entry.seconds.to_string(),
            entry.delivery_id.to_string(),
            body.sha256.clone(),
            entry.source.clone(),
            entry.hash.clone(),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_runs_as_a_formula() {
        for odd in ["=1+1", "+84", "-2", "@SUM(A1)", "\tx", "\r"] {
            assert_eq!(guarded(odd.to_owned()), format!("'{odd}"));
        }
        assert_eq!(guarded("Tin 1=1".to_owned()), "Tin 1=1");
    }
}
