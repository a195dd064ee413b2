//! One entry of the ledger: what it proves, by what, and its place in the chain.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State as Of};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::accounts::Person;
use crate::app::App;
use crate::clock::local;
use crate::error::Failure;
use crate::evidence::body::chained;
use crate::evidence::detail::{PageDetail, ReceiptDetail, ShownDetail};
use crate::evidence::entity::entry;
use crate::evidence::list::{Line, get};
use crate::ids::ClauseId;
use crate::plans::entity::{clause, theme};
use crate::web::{Shell, Visitor};

#[derive(Template, WebTemplate)]
#[template(path = "evidence/pages/show.html")]
pub(super) struct EntryPage {
    shell: Shell,
    line: Line,
    /// Labels with the addresses of their clauses.
    themes: Vec<(String, String)>,
    clause: String,
    /// The entry after it, when there is one and the person may see it.
    next: Option<entry::Model>,
    /// Whether the person may see the entry before it.
    before: bool,
    receipt: Option<ReceiptDetail>,
    page: Option<PageDetail>,
    shown: Option<ShownDetail>,
}

pub(super) async fn show(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(seq): Path<i64>,
) -> Result<EntryPage, Failure> {
    let line = get(&app, &person, seq).await?;
    let next = entry::Entity::find()
        .filter(entry::Column::Seq.gt(seq))
        .order_by_asc(entry::Column::Seq)
        .one(&app.db)
        .await?;
    let next = match next {
        Some(next) if is_seen(&app, &person, next.seq).await? => Some(next),
        _ => None,
    };
    let rows = theme::Entity::find()
        .filter(theme::Column::Id.is_in(line.body.themes.iter().copied()))
        .order_by_asc(theme::Column::Position)
        .all(&app.db)
        .await?;
    let mut themes = Vec::with_capacity(rows.len());
    for row in rows {
        themes.push((row.label, address(&app, row.clause_id).await?));
    }
    let detail = line.body.detail.clone();
    Ok(EntryPage {
        shell: Shell::of(&visitor),
        themes,
        clause: address(&app, line.body.clause).await?,
        next,
        before: is_seen(&app, &person, seq - 1).await?,
        receipt: serde_json::from_value(detail.clone()).ok(),
        page: serde_json::from_value(detail.clone()).ok(),
        shown: serde_json::from_value(detail).ok(),
        line,
    })
}

/// `GET /evidence/{seq}/page`: the page as it was fetched, as plain text to be saved. It is never
/// shown as a page: what it was is kept, not what it does.
pub(super) async fn page(
    Of(app): Of<App>,
    person: Person,
    Path(seq): Path<i64>,
) -> Result<Response, Failure> {
    let line = get(&app, &person, seq).await?;
    let detail: PageDetail =
        serde_json::from_value(line.body.detail).map_err(|_| Failure::NotFound)?;
    let name = format!("attachment; filename=\"minh-chung-{seq}.txt\"");
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, app.files.get(&detail.page).await?).into_response())
}

async fn is_seen(app: &App, person: &Person, seq: i64) -> Result<bool, Failure> {
    match get(app, person, seq).await {
        Ok(_) => Ok(true),
        Err(Failure::NotFound) => Ok(false),
        Err(failure) => Err(failure),
    }
}

async fn address(app: &App, clause: ClauseId) -> Result<String, Failure> {
    let row = clause::Entity::find_by_id(clause).one(&app.db).await?;
    Ok(row.map(|row| row.address).unwrap_or_default())
}

impl EntryPage {
    fn channel(&self) -> String {
        let kind = &self.line.entry.channel;
        self.shell.t(&format!("outlets-kind-{kind}"))
    }

    fn kind(&self) -> String {
        let kind = &self.line.entry.kind;
        self.shell.t(&format!("evidence-kind-{kind}"))
    }

    /// Whether the text still has its hash.
    fn holds(&self) -> bool {
        let entry = &self.line.entry;
        chained(&entry.previous, &entry.body) == entry.hash
    }

    /// How a playing ended, in words.
    fn played(&self, receipt: &ReceiptDetail) -> String {
        match receipt.outcome.as_str() {
            "whole" => self.shell.t("deliveries-played-whole"),
            "cut" => self.shell.t("deliveries-played-cut"),
            "silent" => self.shell.t("deliveries-played-silent"),
            "failed" => self.shell.t("deliveries-played-failed"),
            other => other.to_owned(),
        }
    }

    /// Why a receipt does not count.
    fn why_not(&self) -> Option<String> {
        let reason = self.receipt.as_ref()?.why_not.as_deref()?;
        Some(self.shell.t(reason))
    }

    /// From when to when it played or stood, `17:00:04 – 17:01:20`, in Vietnam.
    fn span(&self) -> Option<String> {
        let played = self.receipt.as_ref().map(|it| (it.started_at, it.ended_at));
        let stood = self.shown.as_ref().map(|it| (it.started_at, it.ended_at));
        let (from, until) = played.or(stood)?;
        let clock = |at| local(at).format("%H:%M:%S").to_string();
        Some(format!("{} – {}", clock(from), clock(until)))
    }

    /// How late it began.
    fn lateness(&self, receipt: &ReceiptDetail) -> String {
        self.seconds(receipt.lateness_ms)
    }

    /// How far the speaker's clock was off.
    fn offset(&self, receipt: &ReceiptDetail) -> String {
        self.seconds(receipt.clock_offset_ms)
    }

    /// Milliseconds as seconds, `0,012 giây`.
    fn seconds(&self, ms: i64) -> String {
        let sign = if ms < 0 { "−" } else { "" };
        let ms = ms.unsigned_abs();
        let point = self.shell.t("stories-decimal");
        let seconds = format!("{sign}{}{point}{:03}", ms / 1000, ms % 1000);
        self.shell.tv("length-seconds", seconds)
    }

    fn bytes(&self, page: &PageDetail) -> String {
        let bytes = i64::try_from(page.bytes).unwrap_or(i64::MAX);
        self.shell
            .tv("evidence-bytes", self.shell.lang.number(bytes))
    }
}
