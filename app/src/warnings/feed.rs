//! Asking a source for what is new: a document, or a list (Atom, RSS) that names documents.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use reqwest::{Method, StatusCode};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, Set};

use super::entity::{link, source};
use super::receive::{Received, receive};
use crate::app::App;
use crate::error::Failure;
use crate::files::sha256;
use crate::http::bytes;
use crate::ids::SourceId;
use crate::jobs::{self, Job, Outcome};

/// How often a source is asked.
const OFTEN: TimeDelta = TimeDelta::minutes(1);
/// A list has so many bytes at most, a document is bounded by its reader.
const SIZE: usize = 2 << 20;
/// So many documents of a list are fetched at a time; the rest comes with the next round.
const AT_A_TIME: usize = 20;

/// Has every source with a list asked: what was given up begins anew.
pub async fn ask_feeds(app: &App) -> Result<(), Failure> {
    let due = app.clock.now();
    let sources = source::Entity::find()
        .filter(source::Column::ClosedAt.is_null())
        .filter(source::Column::Feed.is_not_null())
        .filter(
            source::Column::AskedAt
                .is_null()
                .or(source::Column::AskedAt.lt(due - OFTEN * 3)),
        )
        .all(&app.db)
        .await?;
    for source in sources {
        jobs::wake(&app.db, &Job::AskFeed { source: source.id }, due).await?;
    }
    Ok(())
}

/// The job behind a source's list.
pub async fn ask_feed(app: &App, id: SourceId) -> Outcome {
    match try_to(app, id).await {
        Ok(true) => Outcome::Again(app.clock.now() + OFTEN),
        Ok(false) => Outcome::Done,
        Err(failure) => Outcome::Retry(format!("{failure:#}")),
    }
}

/// Whether it is to be asked again.
async fn try_to(app: &App, id: SourceId) -> Result<bool, Failure> {
    let row = source::Entity::find_by_id(id).one(&app.db).await?;
    let open = row.filter(|row| row.closed_at.is_none());
    let Some((row, feed)) = open.and_then(|row| row.feed.clone().map(|feed| (row, feed))) else {
        return Ok(false);
    };
    let fault = match ask(app, &row, &feed).await {
        Ok(()) => None,
        Err(Trouble::Fault(fault)) => Some(fault),
        Err(Trouble::Failure(failure)) => return Err(failure),
    };
    source::Entity::update_many()
        .col_expr(source::Column::AskedAt, Expr::value(app.clock.now()))
        .col_expr(source::Column::Fault, Expr::value(fault))
        .filter(source::Column::Id.eq(id))
        .exec(&app.db)
        .await?;
    Ok(true)
}

/// Why a list was not read.
enum Trouble {
    /// What the source's page shows.
    Fault(String),
    Failure(Failure),
}

impl<E: Into<Failure>> From<E> for Trouble {
    fn from(error: E) -> Self {
        Self::Failure(error.into())
    }
}

async fn ask(app: &App, source: &source::Model, feed: &str) -> Result<(), Trouble> {
    let body = fetch(app, feed).await?;
    let reader = feed_rs::parser::Builder::new().base_uri(Some(feed)).build();
    let Ok(list) = reader.parse(body.as_slice()) else {
        // The document itself, or something that is shown as refused.
        receive(app, None, &body).await?;
        return Ok(());
    };
    let links = list.entries.into_iter();
    let links = links.filter_map(|entry| entry.links.into_iter().next());
    // By their hashes, as they are remembered.
    let named: Vec<(String, String)> = links
        .map(|link| (sha256(link.href.as_bytes()), link.href))
        .collect();
    let known: BTreeSet<String> = link::Entity::find()
        .filter(link::Column::SourceId.eq(source.id))
        .all(&app.db)
        .await?
        .into_iter()
        .map(|row| row.sha256)
        .collect();
    let still: BTreeSet<&String> = named.iter().map(|(hash, _)| hash).collect();
    let gone: Vec<&String> = known.iter().filter(|hash| !still.contains(hash)).collect();
    link::Entity::delete_many()
        .filter(link::Column::SourceId.eq(source.id))
        .filter(link::Column::Sha256.is_in(gone))
        .exec(&app.db)
        .await?;
    let mut trouble = None;
    let new = named.iter().filter(|(hash, _)| !known.contains(hash));
    for (hash, address) in new.take(AT_A_TIME) {
        // One that cannot be fetched holds up no other.
        match one(app, address).await {
            Ok(true) => keep(app, source.id, hash).await?,
            Ok(false) => {}
            Err(Trouble::Fault(fault)) => trouble = Some(fault),
            Err(failure) => return Err(failure),
        }
    }
    trouble.map_or(Ok(()), |fault| Err(Trouble::Fault(fault)))
}

/// Whether a document need not be fetched again.
async fn one(app: &App, address: &str) -> Result<bool, Trouble> {
    let body = fetch(app, address).await?;
    let Received { refused, .. } = receive(app, None, &body).await?;
    Ok(refused.as_deref() != Some("warnings-no-checker"))
}

async fn keep(app: &App, source: SourceId, hash: &str) -> Result<(), Failure> {
    let row = link::ActiveModel {
        source_id: Set(source),
        sha256: Set(hash.to_owned()),
    };
    let mut there = OnConflict::columns([link::Column::SourceId, link::Column::Sha256]);
    link::Entity::insert(row)
        .on_conflict(there.do_nothing().to_owned())
        .exec_without_returning(&app.db)
        .await?;
    Ok(())
}

async fn fetch(app: &App, address: &str) -> Result<Vec<u8>, Trouble> {
    let fault = |what: &str| Trouble::Fault(format!("{address}: {what}"));
    let asked = app.http.outside.request(Method::GET, address);
    let asked = asked.map_err(|refused| fault(refused.0))?;
    let answer = asked.send().await;
    let mut answer = answer.map_err(|error| fault(&error.without_url().to_string()))?;
    if answer.status() != StatusCode::OK {
        return Err(fault(answer.status().as_str()));
    }
    let body = bytes(&mut answer, SIZE).await;
    let body = body.map_err(|error| fault(&error.without_url().to_string()))?;
    body.ok_or_else(|| fault("too large"))
}
