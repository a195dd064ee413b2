//! A story that somebody said into a phone: text, recording and submission in one step, so that it is there
//! whole and once, or not at all.

use sea_orm::{ActiveModelTrait, ConnectionTrait};

use super::draft::{Choices, Draft, NotSaved};
use super::life::submit_begun;
use super::recordings::{Sent, whole};
use super::write::{begin_in, note};
use crate::accounts::Person;
use crate::app::App;
use crate::error::Failure;
use crate::ids::{SlotId, StoryId};

/// A story without faults, whose recording is kept.
pub struct RecordedStory {
    draft: Draft,
    file: Sent,
    original: String,
    wanted: Option<SlotId>,
}

impl RecordedStory {
    /// Looks for faults, and keeps the recording. Its script is said by the recording as a whole.
    pub async fn check(
        app: &App,
        person: &Person,
        draft: &Draft,
        file: Sent,
        wanted: Option<SlotId>,
    ) -> Result<Self, NotSaved> {
        let draft = draft.tidied(None);
        let errors = draft.faults(&Choices::of(app, person).await?);
        if !errors.none() {
            return Err(NotSaved::Fields(errors));
        }
        Ok(Self {
            original: file.keep(app).await?,
            draft,
            file,
            wanted,
        })
    }

    /// Writes it down and sends it for approval.
    pub async fn submit(
        &self,
        app: &App,
        transaction: &impl ConnectionTrait,
        person: &Person,
    ) -> Result<StoryId, Failure> {
        let id = begin_in(app, transaction, person, &self.draft, self.wanted).await?;
        let words = whole(self.draft.script.as_deref().unwrap_or_default());
        let (original, now) = (self.original.clone(), app.clock.now());
        let recording = self.file.of(id, &words, original, person, now);
        recording.insert(transaction).await?;
        note(app, transaction, person, "recording", id, 1).await?;
        submit_begun(app, transaction, person, id).await?;
        Ok(id)
    }
}
