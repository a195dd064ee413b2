//! After the lexicon changed: what it reads otherwise now is read aloud anew, unless it was
//! approved. An approved sound is what was heard, and stays.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use super::entity::{approval, rendition, story, version};
use super::parts::make_anew;
use super::story::newest;
use crate::app::App;
use crate::error::Failure;
use crate::ids::RenditionId;
use crate::jobs::Outcome;
use crate::lexicon::{InForce, Reading, in_force};

/// Has the sound of every newest version that waits for nobody's approval any more, or still does,
/// made anew where its words have changed.
pub async fn reread(app: &App) -> Outcome {
    match all(app).await {
        Ok(()) => Outcome::Done,
        Err(error) => Outcome::Retry(format!("{error:#}")),
    }
}

async fn all(app: &App) -> Result<(), Failure> {
    let lexicon = in_force(app).await?;
    let approved = approval::Entity::find()
        .select_only()
        .column(approval::Column::VersionId)
        .into_query();
    let ids: Vec<RenditionId> = rendition::Entity::find()
        .select_only()
        .column(rendition::Column::Id)
        .filter(rendition::Column::Kind.eq("radio"))
        // One that is being made is looked at by whoever makes it, before it is kept.
        .filter(rendition::Column::SoundState.eq("ready"))
        .filter(rendition::Column::VersionId.not_in_subquery(approved))
        .order_by_asc(rendition::Column::Id)
        .into_tuple()
        .all(&app.db)
        .await?;
    for id in ids {
        one(app, &lexicon, id).await?;
    }
    Ok(())
}

async fn one(app: &App, lexicon: &InForce, id: RenditionId) -> Result<(), Failure> {
    let Some(script) = rendition::Entity::find_by_id(id).one(&app.db).await? else {
        return Ok(());
    };
    if is_said(&script, lexicon) {
        return Ok(());
    }
    let Some(version) = version::Entity::find_by_id(script.version_id)
        .one(&app.db)
        .await?
    else {
        return Ok(());
    };
    let transaction = app.begin().await?;
    // Held, so that nobody approves the sound while it is taken away.
    story::Entity::find_by_id(version.story_id)
        .lock_exclusive()
        .one(&transaction)
        .await?;
    let script = rendition::Entity::find_by_id(id).one(&transaction).await?;
    let approved = approval::Entity::find_by_id(version.id)
        .one(&transaction)
        .await?;
    let last = newest(&transaction, version.story_id).await?;
    match script {
        Some(script)
            if script.sound_state == "ready" && approved.is_none() && last.id == version.id =>
        {
            make_anew(app, &transaction, script.into()).await?;
            transaction.commit().await?;
        }
        _ => {}
    }
    Ok(())
}

/// Whether a sound says what the lexicon makes of its script. Of a sound that was made before the
/// words were kept, nobody knows.
fn is_said(script: &rendition::Model, lexicon: &InForce) -> bool {
    let said = script.said.as_deref().map(Reading::from_json);
    said.and_then(Result::ok)
        .is_some_and(|said| said.words == lexicon.words(&script.text))
}
