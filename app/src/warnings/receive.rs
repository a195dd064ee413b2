//! Receiving a document: once, whoever brings it and how often, and in whatever order.

use loa_cap::{Alert, MessageType};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Set, Unchanged,
};

use super::entity::warning;
use super::judge::{Believed, Doubt, judge};
use super::words::{infos, title, until};
use crate::app::App;
use crate::audit;
use crate::error::Failure;
use crate::files::sha256;
use crate::ids::{PersonId, SourceId, WarningId};
use crate::jobs::{self, Job};

/// So many refused documents are remembered; whoever sends nonsense fills no disk.
const REFUSED: u64 = 200;
/// Among so many of a source is looked for what refers to one that came late.
const RECENT: u64 = 500;

/// What became of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Under which number it is shown.
    pub id: WarningId,
    /// Whether it came for the first time.
    pub new: bool,
    /// Why it is not believed: the name of a text.
    pub refused: Option<String>,
    /// What and where.
    pub detail: Option<String>,
}

/// Receives a document that somebody brought, or that a feed named.
pub async fn receive(
    app: &App,
    by: Option<PersonId>,
    document: &[u8],
) -> Result<Received, Failure> {
    let hash = sha256(document);
    if let Some(known) = believed_already(&app.db, &hash).await? {
        return Ok(Received::of(&known, false));
    }
    let judged = judge(app, document).await?;
    let transaction = app.begin().await?;
    loa_db::one_by_one(&transaction, "warnings").await?;
    if let Some(known) = believed_already(&transaction, &hash).await? {
        return Ok(Received::of(&known, false));
    }
    let judged = match judged {
        Ok(believed) => only_one(&transaction, believed).await?,
        Err(doubt) => Err(doubt),
    };
    let now = app.clock.now();
    let mut row = match &judged {
        Ok(believed) => {
            let media_type = "application/cap+xml";
            let files = &app.files;
            files.keep(&transaction, document, media_type, now).await?;
            warning::ActiveModel {
                source_id: Set(Some(believed.source.id)),
                kind: Set(Some(believed.kind.to_owned())),
                refused: Set(None),
                detail: Set(None),
                ended_by: Set(ended_before(&transaction, believed).await?),
                ..said(Some(&believed.alert))
            }
        }
        Err(doubt) => warning::ActiveModel {
            source_id: Set(doubt.source.as_ref().map(|source| source.id)),
            refused: Set(Some(doubt.why.to_owned())),
            detail: Set(doubt.detail.clone()),
            ..said(doubt.alert.as_ref())
        },
    };
    row.received_at = Set(now);
    // One that was not believed may be now: its source is known since, or the program that checks it is there.
    let before = warning::Entity::find()
        .filter(warning::Column::Sha256.eq(&hash))
        .one(&transaction)
        .await?;
    row.sha256 = Set(hash);
    let row = match &before {
        Some(before) => {
            row.id = Unchanged(before.id);
            row.update(&transaction).await?
        }
        None => row.insert(&transaction).await?,
    };
    match &judged {
        Ok(believed) => {
            end_others(&transaction, row.id, believed).await?;
            jobs::wake(&transaction, &Job::Warn { warning: row.id }, now).await?;
        }
        Err(_) => forget_refused(&transaction).await?,
    }
    let detail = row.refused.as_deref().unwrap_or("believed");
    let subject = ("warning", row.id.0);
    audit::note(app, &transaction, by, "receipt", subject, detail).await?;
    transaction.commit().await?;
    Ok(Received::of(&row, before.is_none()))
}

async fn believed_already(
    connection: &impl ConnectionTrait,
    hash: &str,
) -> Result<Option<warning::Model>, Failure> {
    Ok(warning::Entity::find()
        .filter(warning::Column::Sha256.eq(hash))
        .filter(warning::Column::Refused.is_null())
        .one(connection)
        .await?)
}

/// A source says one thing under one name: what says something else under it is not believed.
async fn only_one(
    connection: &impl ConnectionTrait,
    believed: Believed,
) -> Result<Result<Believed, Doubt>, Failure> {
    let other = of(believed.source.id)
        .filter(warning::Column::Identifier.eq(&believed.alert.identifier))
        .one(connection)
        .await?;
    Ok(match other {
        Some(_) => {
            Err(Doubt::of("warnings-otherwise", None).about(believed.alert, Some(believed.source)))
        }
        None => Ok(believed),
    })
}

/// What a document says of itself, as far as it could be read.
fn said(alert: Option<&Alert>) -> warning::ActiveModel {
    let heading = |alert| infos(alert).first().map(|info| title(info).to_owned());
    warning::ActiveModel {
        sender: Set(alert.map(|alert| alert.sender.clone())),
        identifier: Set(alert.map(|alert| alert.identifier.clone())),
        sent_at: Set(alert.map(|alert| alert.sent.to_utc())),
        refers: Set(alert.map(|alert| others(alert).join("\n"))),
        title: Set(alert.and_then(heading)),
        until_at: Set(alert.map(until)),
        ..Default::default()
    }
}

/// The messages of the same sender that this one takes the place of, or takes back.
fn others(alert: &Alert) -> Vec<&str> {
    let others = match &alert.message {
        MessageType::Update(others) | MessageType::Cancel(others) => others.as_slice(),
        _ => &[],
    };
    let own = others.iter().filter(|other| other.sender == alert.sender);
    own.map(|other| other.identifier.as_str()).collect()
}

/// What this one refers to is over.
async fn end_others(
    connection: &impl ConnectionTrait,
    id: WarningId,
    believed: &Believed,
) -> Result<(), Failure> {
    let exercise = believed.kind == "exercise";
    let ended = warning::Entity::update_many()
        .col_expr(warning::Column::EndedBy, Expr::value(id))
        .filter(warning::Column::SourceId.eq(believed.source.id))
        .filter(warning::Column::Refused.is_null())
        .filter(warning::Column::Identifier.is_in(others(&believed.alert)))
        .filter(warning::Column::EndedBy.is_null())
        .filter(warning::Column::Id.ne(id));
    // An exercise ends no real warning.
    let ended = if exercise {
        ended.filter(warning::Column::Kind.eq("exercise"))
    } else {
        ended
    };
    ended.exec(connection).await?;
    Ok(())
}

/// Who took this one's place, or took it back, and came before it: the network keeps no order.
async fn ended_before(
    connection: &impl ConnectionTrait,
    believed: &Believed,
) -> Result<Option<WarningId>, Failure> {
    let later = of(believed.source.id)
        .filter(warning::Column::Refers.ne(""))
        .order_by_desc(warning::Column::Id)
        .limit(RECENT)
        .all(connection)
        .await?;
    let ends = |row: &&warning::Model| {
        let real = row.kind.as_deref() != Some("exercise") || believed.kind == "exercise";
        let mut names = row.refers.as_deref().unwrap_or_default().lines();
        real && names.any(|name| name == believed.alert.identifier)
    };
    Ok(later.iter().find(ends).map(|row| row.id))
}

fn of(source: SourceId) -> sea_orm::Select<warning::Entity> {
    warning::Entity::find()
        .filter(warning::Column::SourceId.eq(source))
        .filter(warning::Column::Refused.is_null())
}

async fn forget_refused(connection: &impl ConnectionTrait) -> Result<(), Failure> {
    let refused = warning::Column::Refused.is_not_null();
    let oldest = warning::Entity::find()
        .filter(refused.clone())
        .order_by_desc(warning::Column::Id)
        .offset(REFUSED)
        .limit(1)
        .one(connection)
        .await?;
    if let Some(oldest) = oldest {
        warning::Entity::delete_many()
            .filter(refused)
            .filter(warning::Column::Id.lte(oldest.id))
            .exec(connection)
            .await?;
    }
    Ok(())
}

impl Received {
    fn of(row: &warning::Model, new: bool) -> Self {
        Self {
            id: row.id,
            new,
            refused: row.refused.clone(),
            detail: row.detail.clone(),
        }
    }
}
