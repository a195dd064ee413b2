//! Channel kinds, by the words plans use for them: in the clause on forms, or where a sentence
//! tells them.

mod words;

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::confidence;
use super::labels::{self, first_sentence};
use super::outline::{Node, Outline, Place};
use super::text::{Text, pattern};
use super::themes::informs;
use super::words::Words;
use crate::model::{Channel, ChannelKind, Reading};

static FORMS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:về |các |một số )?(?:hình thức|phương thức|cách thức|kênh|phương tiện|loại hình|biện pháp)¦",
        r".*(?:thông tin|tuyên truyền|truyền thông|phổ biến|quảng bá|vận động)",
    ))
});
/// The same with no word for information, in a document about it.
static PLAIN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:về |các )?(?:hình thức|phương thức|cách thức)(?:,? (?:và )?(?:phương thức|biện pháp|cách thức|thực hiện|tổ chức|triển khai))*(?: thực hiện)?$",
    )
});
/// 'thông qua các hình thức …'
static TOLD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?:thông qua|qua|bằng|dưới|trên|với|theo) (?:các |nhiều |những )?(?:hình thức|phương thức|phương tiện|kênh|loại hình|nền tảng)¦",
        r"|(?:tuyên truyền|truyền thông|phổ biến|đăng tải|đưa tin|phát sóng) (?:trên|qua|thông qua|bằng) ",
    ))
});
static WORD: LazyLock<Words> = LazyLock::new(|| {
    let all = words::WORDS.iter().map(|(word, _)| *word);
    Words::of(&all.chain([words::PRESS]).collect::<Vec<_>>())
});
/// The kinds that a word means.
static MEANS: LazyLock<HashMap<&str, &[ChannelKind]>> = LazyLock::new(|| {
    let pairs = words::WORDS
        .iter()
        .flat_map(|(list, kinds)| list.split('|').map(|word| (word, *kinds)));
    pairs.collect()
});

/// The channel kinds of a document, each where it is named first.
pub fn find(reading: &Reading, outline: &Outline<'_>) -> Vec<Channel> {
    let mut channels = Channels::default();
    let informs = informs(reading);
    let mut done = 0;
    for (at, node) in outline.nodes.iter().enumerate() {
        if at >= done && is_forms(outline, at, informs) {
            done = node.end;
            for below in &outline.nodes[at..node.end] {
                let texts = below.all().collect::<Vec<_>>();
                channels.read(below, &texts, confidence::HEADED);
            }
        }
    }
    if done == 0 {
        for node in &outline.nodes {
            if node.place != Place::Purpose {
                let told: Vec<Text<'_>> = node.paragraphs().filter_map(told).collect();
                channels.read(node, &told, confidence::INFERRED);
            }
        }
    }
    channels.finish()
}

fn is_forms(outline: &Outline<'_>, at: usize, informs: bool) -> bool {
    let node = &outline.nodes[at];
    if node.place == Place::Purpose {
        return false;
    }
    labels::of(node, !outline.is_leaf(at)).is_some_and(|label| {
        let fold = label.name.fold;
        FORMS.is_match(fold) || (informs && PLAIN.is_match(fold))
    })
}

/// What a sentence says behind 'thông qua các hình thức'.
fn told(text: Text<'_>) -> Option<Text<'_>> {
    let found = TOLD.find(text.fold)?;
    let rest = text.from(found.start());
    let end = rest.raw.find(". ").unwrap_or(rest.len());
    Some(rest.to(end))
}

/// The words around a place, between semicolons and points.
fn around(text: Text<'_>, at: usize) -> String {
    let before = text.to(at).raw;
    let sign = [before.rfind(';'), before.rfind(". "), before.rfind('|')];
    let from = sign
        .into_iter()
        .flatten()
        .max()
        .map_or(0, |place| place + 1);
    first_sentence(text.from(from).raw.trim_start_matches([' ', '-', '+']))
}

#[derive(Default)]
struct Channels {
    found: Vec<Channel>,
    /// Where the press is named without saying which.
    press: Option<(String, String)>,
}

impl Channels {
    fn read(&mut self, node: &Node<'_>, texts: &[Text<'_>], certain: u8) {
        for text in texts {
            for (at, word) in WORD.all(text.fold) {
                // 'Báo Hà Nam' is a paper.
                let paper = word == "báo" && text.from(at + word.len() + 1).is_capital();
                self.word(
                    node,
                    *text,
                    at,
                    if paper { "báo in" } else { word },
                    certain,
                );
            }
        }
    }

    fn word(&mut self, node: &Node<'_>, text: Text<'_>, at: usize, word: &str, certain: u8) {
        let place = || (node.id(), around(text, at));
        if words::PRESS.split('|').any(|press| press == word) {
            self.press.get_or_insert_with(place);
        }
        for kind in MEANS.get(word).copied().unwrap_or_default() {
            if self.found.iter().all(|known| known.kind != *kind) {
                let (clause, label) = place();
                self.found.push(Channel {
                    clause,
                    kind: *kind,
                    label,
                    confidence: certain,
                });
            }
        }
    }

    /// 'Báo chí' with no word for which of them means papers and news sites at least.
    fn finish(mut self) -> Vec<Channel> {
        use ChannelKind::{PressOnline, PressPrint, PressRadio, PressTv};
        let press = [PressPrint, PressOnline, PressTv, PressRadio];
        let told = self.found.iter().any(|known| press.contains(&known.kind));
        if let Some((clause, label)) = self.press.filter(|_| !told) {
            let both = [PressPrint, PressOnline].map(|kind| Channel {
                clause: clause.clone(),
                kind,
                label: label.clone(),
                confidence: confidence::LIKELY,
            });
            self.found.splice(0..0, both);
        }
        self.found
    }
}
