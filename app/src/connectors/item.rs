//! What is handed to an outlet: an approved version, as it was frozen.

use bytes::Bytes;
use chrono::{DateTime, Utc};

use super::connector::{Fault, Remote};
use super::letters::shows;
use crate::app::App;
use crate::clock::local_day;
use crate::deliveries::{Facts, portal_address};
use crate::error::Failure;
use crate::ids::StoryId;
use crate::stories::{Sound, plain};
use crate::units::UnitTree;

/// One version on its way to one outlet.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Never two deliveries have the same: what the other side may know twins by.
    pub key: String,
    /// Which story it is a version of.
    pub story: StoryId,
    /// Whether it was tried before, so that it may be there though no answer says so.
    pub again: bool,
    /// The title.
    pub title: String,
    /// The summary; may be empty.
    pub summary: String,
    /// The body as HTML, safe to show.
    pub html: String,
    /// The body without any marks.
    pub text: String,
    /// The story's name in addresses.
    pub slug: String,
    /// Where the story stands on this server's portal, when it was released there.
    pub page: Option<String>,
    /// Whose story it is, by the name of the day it was released.
    pub unit: String,
    /// Number of the version within its story.
    pub version: i64,
    /// SHA-256 of what was approved.
    pub sha256: String,
    /// When it was released.
    pub released_at: DateTime<Utc>,
    /// Its sound.
    pub sound: Option<Sound>,
    /// What stands there of an older version, or of this one.
    pub before: Option<Remote>,
}

impl Item {
    /// The item of a delivery.
    pub(super) async fn of(
        app: &App,
        facts: &Facts,
        (on_portal, again): (bool, bool),
        before: Option<Remote>,
    ) -> Result<Self, Failure> {
        let tree = UnitTree::load(&app.db).await?;
        let approved = &facts.approved;
        let page = || format!("{}{}", app.config.url(), portal_address(&approved.slug));
        Ok(Self {
            key: format!("loa-{}", facts.delivery.key.replace(':', "-")),
            story: approved.story,
            again,
            title: approved.title.clone(),
            summary: approved.summary.clone(),
            html: approved.body_html.clone(),
            text: plain(&approved.body),
            slug: approved.slug.clone(),
            page: on_portal.then(page),
            unit: tree.name(approved.unit, local_day(facts.release.released_at)),
            version: approved.number,
            sha256: approved.sha256.clone(),
            released_at: facts.release.released_at,
            sound: approved.sound.clone(),
            before,
        })
    }

    /// The bytes of the sound, as they were approved.
    pub async fn sound_bytes(&self, app: &App) -> Result<Option<Bytes>, Fault> {
        let Some(sound) = &self.sound else {
            return Ok(None);
        };
        let bytes = app.files.get(&sound.sha256).await;
        match bytes {
            Ok(bytes) => Ok(Some(bytes.into())),
            Err(error) => Err(Fault::later(format!("{error:#}"))),
        }
    }

    /// Whether a document shows it: by the address where more is to be read, which no other story has, or
    /// by its title.
    pub(super) fn is_in(&self, document: &[u8], media_type: &str) -> bool {
        let mark = self.page.as_ref().unwrap_or(&self.title);
        shows(document, media_type, mark)
    }

    /// A few lines for people in a hurry, of at most so many characters: the title, as much of the
    /// summary (or of the body) as fits after it, and where to read more. Words are not cut.
    pub fn short(&self, most: usize) -> String {
        let more = self.page.as_deref().unwrap_or_default();
        let tail = if more.is_empty() {
            String::new()
        } else {
            format!("\n\n{more}")
        };
        let room = most.saturating_sub(tail.chars().count());
        let mut text = cut(&self.title, room);
        let about = if self.summary.is_empty() {
            self.text.split("\n\n").next().unwrap_or_default()
        } else {
            &self.summary
        };
        let left = room.saturating_sub(text.chars().count() + 2);
        if left >= 40 && !about.is_empty() {
            text = format!("{text}\n\n{}", cut(about, left));
        }
        format!("{text}{tail}")
    }
}

/// At most so many characters, ending with a whole word and '…' when something is left out.
fn cut(text: &str, most: usize) -> String {
    let text = text.trim();
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    let whole = kept.rsplit_once(char::is_whitespace);
    let kept = whole.map_or(kept.as_str(), |(kept, _)| kept.trim_end());
    format!("{kept}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(title: &str, summary: &str, page: Option<&str>) -> Item {
        Item {
            key: "loa-1-2-0".into(),
            story: StoryId(1),
            again: false,
            title: title.into(),
            summary: summary.into(),
            html: "<p>Thân bài.</p>".into(),
            text: "Đoạn đầu của bài.\n\nĐoạn sau.".into(),
            slug: "tin".into(),
            page: page.map(str::to_owned),
            unit: "Sở Nội vụ".into(),
            version: 1,
            sha256: "ab".repeat(32),
            released_at: DateTime::UNIX_EPOCH,
            sound: None,
            before: None,
        }
    }

    #[test]
    fn what_is_short_says_what_where_to_read_more_and_cuts_no_word() {
        let page = Some("https://loa.example.vn/tin/mot-cua");
        let all = item("Một cửa", "Người dân nộp hồ sơ tại một nơi.", page).short(500);
        assert_eq!(
            all,
            "Một cửa\n\nNgười dân nộp hồ sơ tại một nơi.\n\nhttps://loa.example.vn/tin/mot-cua"
        );
        let body = item("Một cửa", "", None).short(500);
        assert_eq!(body, "Một cửa\n\nĐoạn đầu của bài.");
        let long = item(&"nghiêng ".repeat(60), "", page).short(120);
        assert!(long.chars().count() <= 120, "{long}");
        assert!(long.contains("nghiêng…\n\nhttps://"), "{long}");
    }
}
