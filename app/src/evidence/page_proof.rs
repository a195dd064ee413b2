//! Proof that a story stands on the portal: its page, fetched as the public gets it.

use axum::http::{StatusCode, header};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::detail::PageDetail;
use super::ledger::{Kind, Proof, append};
use crate::app::App;
use crate::connectors::{self, Fault};
use crate::deliveries::entity::attempt;
use crate::deliveries::{Facts, State, facts, mark_attempt, mark_failed, portal_address};
use crate::error::Failure;
use crate::http;
use crate::ids::DeliveryId;
use crate::jobs::Outcome;
use crate::stories::Approved;

/// A page is far smaller; what goes on longer is not one of ours.
const LIMIT: usize = 8 * 1024 * 1024;
/// The name of the `<meta>` with the hash of the approved version.
pub const VERSION_META: &str = "loa-version";

/// Why a page proves nothing, yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Miss {
    /// Nobody answers, or the server is in trouble.
    Silent,
    /// It answers, but not with the page.
    Refused,
    /// The page does not show the approved version.
    Other,
    /// It does, and cannot be kept.
    Unkept,
}

impl Miss {
    /// The name of the text that says so.
    fn reason(self) -> &'static str {
        match self {
            Self::Silent => "deliveries-page-silent",
            Self::Refused => "deliveries-page-refused",
            Self::Other => "deliveries-page-other",
            Self::Unkept => "deliveries-page-unkept",
        }
    }

    /// After so many it is wrong for good: about four minutes for a wrong answer, which a cache on
    /// the way may have kept for a while, and an hour for what may mend by itself.
    fn limit(self) -> u64 {
        match self {
            Self::Silent | Self::Unkept => 12,
            Self::Refused | Self::Other => 8,
        }
    }
}

/// An answer that is the page.
struct Page {
    url: String,
    media_type: String,
    status: u16,
    bytes: Vec<u8>,
}

/// The job behind a delivery to the portal: fetches the public page of its story, makes sure that
/// it shows the approved version, keeps it, and enters it in the ledger.
pub async fn prove(app: &App, delivery: DeliveryId) -> Outcome {
    match try_to(app, delivery).await {
        Ok(outcome) => outcome,
        Err(Failure::NotFound) => Outcome::Fail("there is no such delivery".to_owned()),
        Err(failure) => Outcome::Retry(format!("{failure:#}")),
    }
}

async fn try_to(app: &App, delivery: DeliveryId) -> Result<Outcome, Failure> {
    let facts = facts(&app.db, delivery).await?;
    if matches!(facts.delivery.state(), State::Proven | State::Withdrawn) {
        return Ok(Outcome::Done);
    }
    if facts.outlet.connector.is_some() {
        return elsewhere(app, &facts).await;
    }
    if facts.outlet.kind != "portal" {
        let kind = &facts.outlet.kind;
        return Ok(Outcome::Fail(format!("nothing to fetch from a {kind}")));
    }
    let address = portal_address(&facts.approved.slug);
    let url = format!("{}{address}", app.config.url());
    let fetched = fetch(app, url).await.and_then(|page| {
        if shows(&page, &facts.approved) {
            Ok(page)
        } else {
            let text = format!(
                "{} does not show version {}",
                page.url, facts.approved.sha256
            );
            Err((Miss::Other, text))
        }
    });
    match fetched {
        Ok(page) => enter(app, delivery, &page).await,
        Err((miss, cause)) => missed(app, delivery, miss, cause).await,
    }
}

/// What stands at an outlet that another program holds. Where there is nothing to look at, what it
/// confirmed stays 'delivered': nothing is counted without proof.
async fn elsewhere(app: &App, facts: &Facts) -> Result<Outcome, Failure> {
    let delivery = facts.delivery.id;
    match connectors::look(app, facts).await {
        Ok(None) => Ok(Outcome::Done),
        Ok(Some(seen)) => {
            let page = Page {
                url: seen.address,
                media_type: seen.media_type,
                status: seen.status,
                bytes: seen.bytes,
            };
            enter(app, delivery, &page).await
        }
        Err(fault) => {
            let miss = match &fault {
                Fault::Never(why) if why == Miss::Other.reason() => Miss::Other,
                Fault::Never(_) => Miss::Refused,
                Fault::Later { .. } | Fault::Unknown(_) => Miss::Silent,
            };
            missed(app, delivery, miss, fault.why().to_owned()).await
        }
    }
}

/// Fetches as a reader's browser does.
async fn fetch(app: &App, url: String) -> Result<Page, (Miss, String)> {
    let silent = |error: reqwest::Error| (Miss::Silent, error.to_string());
    let request = app.http.own.get(&url).header(header::ACCEPT, "text/html");
    let mut answer = request.send().await.map_err(silent)?;
    let status = answer.status();
    if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
        return Err((Miss::Silent, format!("{url} answers {status}")));
    }
    if status != StatusCode::OK {
        return Err((Miss::Refused, format!("{url} answers {status}")));
    }
    let media_type = answer
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("application/octet-stream")
        .to_owned();
    let bytes = http::bytes(&mut answer, LIMIT).await.map_err(silent)?;
    let long = || format!("{url} answers more than {LIMIT} bytes");
    let bytes = bytes.ok_or_else(|| (Miss::Other, long()))?;
    Ok(Page {
        url,
        media_type,
        status: status.as_u16(),
        bytes,
    })
}

/// Whether a page carries the hash, the title and the text of the approved version.
fn shows(page: &Page, approved: &Approved) -> bool {
    let Ok(text) = std::str::from_utf8(&page.bytes) else {
        return false;
    };
    let Ok(title) = askama::filters::escape(&approved.title, askama::filters::Html);
    let hash = format!(
        r#"<meta name="{VERSION_META}" content="{}">"#,
        approved.sha256
    );
    text.contains(&hash) && text.contains(&title.to_string()) && text.contains(&approved.body_html)
}

async fn enter(app: &App, delivery: DeliveryId, page: &Page) -> Result<Outcome, Failure> {
    let now = app.clock.now();
    let kept = app.files.keep(&app.db, &page.bytes, &page.media_type, now);
    let sha256 = match kept.await {
        Ok(sha256) => sha256,
        Err(failure) => return missed(app, delivery, Miss::Unkept, format!("{failure:#}")).await,
    };
    let transaction = app.begin().await?;
    let facts = facts(&transaction, delivery).await?;
    let proof = Proof {
        source: format!("page:{delivery}:{sha256}"),
        kind: Kind::Page,
        occurred_at: now,
        counts: true,
        seconds: 0,
        detail: serde_json::to_value(PageDetail {
            bytes: page.bytes.len(),
            from: page.url.clone(),
            media_type: page.media_type.clone(),
            page: sha256,
            status: page.status,
            url: page.url.clone(),
        })?,
    };
    append(app, &transaction, &facts, &proof).await?;
    transaction.commit().await?;
    Ok(Outcome::Done)
}

/// Remembers the miss; after too many of its kind the delivery has failed.
async fn missed(
    app: &App,
    delivery: DeliveryId,
    miss: Miss,
    cause: String,
) -> Result<Outcome, Failure> {
    let (now, reason) = (app.clock.now(), miss.reason());
    let transaction = app.begin().await?;
    let before = attempt::Entity::find()
        .filter(attempt::Column::DeliveryId.eq(delivery))
        .filter(attempt::Column::Outcome.eq("retry"))
        .filter(attempt::Column::Answer.eq(reason))
        .count(&transaction)
        .await?;
    let outcome = if before + 1 < miss.limit() {
        mark_attempt(&transaction, delivery, now, "retry", reason, None).await?;
        Outcome::Retry(cause)
    } else {
        if mark_failed(&transaction, delivery, now, reason).await? {
            mark_attempt(&transaction, delivery, now, "failed", reason, None).await?;
        }
        Outcome::Fail(cause)
    };
    transaction.commit().await?;
    Ok(outcome)
}
