//! What a player shows: title, station, day and chapters, as an `ID3v2.4` tag in front of an MP3
//! (id3.org, "ID3v2.4.0" and "`ID3v2` Chapter Frame Addendum").

use chrono::{Datelike, NaiveDate};
use id3::frame::{Chapter as ChapterFrame, Frame, TableOfContents};
use id3::{Encoder, Tag, TagLike, Timestamp, Version};
use serde::{Deserialize, Serialize};

/// What a player shows of a sound. Empty words are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tags {
    /// The title of the story or the bulletin.
    pub title: String,
    /// Who speaks: the station.
    pub artist: String,
    /// What it belongs to: the programme.
    pub album: String,
    /// The day it is for.
    pub date: Option<NaiveDate>,
    /// The language in three letters (ISO 639-2).
    pub language: String,
}

impl Default for Tags {
    /// No words, in Vietnamese.
    fn default() -> Self {
        Self {
            title: String::new(),
            artist: String::new(),
            album: String::new(),
            date: None,
            language: "vie".to_owned(),
        }
    }
}

/// A titled part of a sound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chapter {
    /// What it is called.
    pub title: String,
    /// Where it begins.
    pub start_ms: u64,
    /// Where the next begins, or the sound ends.
    pub end_ms: u64,
}

impl Tags {
    /// Whether there is anything to show.
    pub(crate) fn is_empty(&self) -> bool {
        self.title.is_empty()
            && self.artist.is_empty()
            && self.album.is_empty()
            && self.date.is_none()
    }

    /// The tag as bytes; none where there is nothing to show. The same words give the same bytes.
    pub(crate) fn id3(&self, chapters: &[Chapter], duration_ms: u64) -> Result<Vec<u8>, String> {
        if self.is_empty() && chapters.is_empty() {
            return Ok(Vec::new());
        }
        let mut tag = Tag::new();
        for (frame, words) in [
            ("TIT2", &self.title),
            ("TPE1", &self.artist),
            ("TALB", &self.album),
            ("TLAN", &self.language),
        ] {
            if !words.is_empty() {
                tag.set_text(frame, one_line(words));
            }
        }
        if let Some(date) = self.date {
            tag.set_date_recorded(timestamp(date));
        }
        tag.set_text("TLEN", duration_ms.to_string());
        contents(&mut tag, chapters);
        let mut bytes = Vec::new();
        Encoder::new()
            .version(Version::Id3v24)
            .encode(&tag, &mut bytes)
            .map_err(|error| error.to_string())?;
        Ok(bytes)
    }
}

/// A table of contents with its chapters.
fn contents(tag: &mut Tag, chapters: &[Chapter]) {
    if chapters.is_empty() {
        return;
    }
    let id = |number: usize| format!("chp{number}");
    tag.add_frame(TableOfContents {
        element_id: "toc".to_owned(),
        top_level: true,
        ordered: true,
        // The table counts its entries in one byte.
        elements: (0..chapters.len().min(255)).map(id).collect(),
        frames: Vec::new(),
    });
    for (number, chapter) in chapters.iter().enumerate() {
        tag.add_frame(ChapterFrame {
            element_id: id(number),
            start_time: u32::try_from(chapter.start_ms).unwrap_or(u32::MAX),
            end_time: u32::try_from(chapter.end_ms).unwrap_or(u32::MAX),
            // Only the times count.
            start_offset: u32::MAX,
            end_offset: u32::MAX,
            frames: vec![Frame::text("TIT2", one_line(&chapter.title))],
        });
    }
}

/// A tag holds one line; a zero would end it.
pub(crate) fn one_line(words: &str) -> String {
    words
        .split(|letter: char| letter.is_control() || letter.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn timestamp(date: NaiveDate) -> Timestamp {
    Timestamp {
        year: date.year(),
        month: u8::try_from(date.month()).ok(),
        day: u8::try_from(date.day()).ok(),
        hour: None,
        minute: None,
        second: None,
    }
}
