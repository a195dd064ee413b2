//! What a version consists of beside its text: themes, the page, the radio script.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, ModelTrait, QueryFilter, Set,
};

use super::draft::Draft;
use super::entity::{rendition, rendition_recording, story_theme};
use super::story::{radio, themes};
use super::text;
use super::voices::Script;
use crate::app::App;
use crate::error::Failure;
use crate::ids::{RenditionId, VersionId};
use crate::jobs::{self, Job};

/// Gives a version the themes, the page and the script of a draft.
pub(super) async fn set_parts(
    app: &App,
    transaction: &impl ConnectionTrait,
    version: VersionId,
    draft: &Draft,
) -> Result<(), Failure> {
    if themes(transaction, version).await? != draft.themes {
        story_theme::Entity::delete_many()
            .filter(story_theme::Column::VersionId.eq(version))
            .exec(transaction)
            .await?;
        let rows = draft.themes.iter().map(|theme| story_theme::ActiveModel {
            version_id: Set(version),
            theme_id: Set(*theme),
        });
        story_theme::Entity::insert_many(rows)
            .exec_without_returning(transaction)
            .await?;
    }
    set_page(transaction, version, &draft.body).await?;
    let script = Script::of_draft(app, draft);
    set_script(app, transaction, version, script.as_ref()).await
}

/// The page as readers will see it, so that a later renderer cannot change what was approved.
async fn set_page(
    transaction: &impl ConnectionTrait,
    version: VersionId,
    body: &str,
) -> Result<(), Failure> {
    let html = text::html(body).map_err(anyhow::Error::from)?;
    let page = rendition::Entity::find()
        .filter(rendition::Column::VersionId.eq(version))
        .filter(rendition::Column::Kind.eq("web"))
        .one(transaction)
        .await?;
    if let Some(page) = page {
        let mut changed: rendition::ActiveModel = page.into();
        changed.text = Set(html);
        changed.update(transaction).await?;
        return Ok(());
    }
    let row = rendition::ActiveModel {
        version_id: Set(version),
        kind: Set("web".to_owned()),
        text: Set(html),
        sound_state: Set("none".to_owned()),
        ..Default::default()
    };
    row.insert(transaction).await?;
    Ok(())
}

/// The radio script; its sound is made anew unless it is there or on its way.
pub(super) async fn set_script(
    app: &App,
    transaction: &impl ConnectionTrait,
    version: VersionId,
    script: Option<&Script>,
) -> Result<(), Failure> {
    let old = radio(transaction, version).await?;
    match (old, script) {
        (None, None) => Ok(()),
        (Some(old), None) => {
            rendition_recording::Entity::delete_many()
                .filter(rendition_recording::Column::RenditionId.eq(old.id))
                .exec(transaction)
                .await?;
            old.delete(transaction).await?;
            Ok(())
        }
        (Some(old), Some(script))
            if Script::of_row(app, &old) == *script && old.sound_state != "failed" =>
        {
            Ok(())
        }
        (Some(old), Some(script)) => {
            let changed = rendition::ActiveModel {
                text: Set(script.text.clone()),
                voice_wanted: Set(Some(script.voice.clone())),
                speed: Set(Some(script.speed)),
                ..old.into()
            };
            make_anew(app, transaction, changed).await
        }
        (None, Some(script)) => {
            let row = rendition::ActiveModel {
                version_id: Set(version),
                kind: Set("radio".to_owned()),
                text: Set(script.text.clone()),
                voice_wanted: Set(Some(script.voice.clone())),
                speed: Set(Some(script.speed)),
                sound_state: Set("rendering".to_owned()),
                ..Default::default()
            };
            let rendition = row.insert(transaction).await?.id;
            enqueue(app, transaction, rendition).await
        }
    }
}

/// Takes the sound of a script away, and has it made anew.
pub(super) async fn make_anew(
    app: &App,
    transaction: &impl ConnectionTrait,
    script: rendition::ActiveModel,
) -> Result<(), Failure> {
    let changed = rendition::ActiveModel {
        sound_state: Set("rendering".to_owned()),
        sound_detail: Set(None),
        sound_sha256: Set(None),
        sound_ms: Set(None),
        sound_lufs: Set(None),
        voice: Set(None),
        said: Set(None),
        sound_note: Set(None),
        ..script
    };
    let rendition = changed.update(transaction).await?.id;
    enqueue(app, transaction, rendition).await
}

async fn enqueue(
    app: &App,
    transaction: &impl ConnectionTrait,
    rendition: RenditionId,
) -> Result<(), Failure> {
    let job = Job::RenderSound { rendition };
    jobs::enqueue(transaction, &job, app.clock.now()).await
}
