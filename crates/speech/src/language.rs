//! The language of a passage that is not Vietnamese.

use serde::{Deserialize, Serialize};

/// A language by its tag (BCP 47): `en`, `fr`, `zh`, `km`, `en-GB`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language(Box<str>);

/// Longest tag that is taken: language, script and region.
const LONGEST: usize = 11;

impl Language {
    /// A language by its tag: two or three letters, then parts of two to eight letters or digits
    /// (RFC 5646, section 2.1, without its rarer subtags). Anything else is none.
    #[must_use]
    pub fn new(tag: &str) -> Option<Self> {
        let mut parts = tag.split('-');
        let language = parts.next()?;
        let sound = (2..=3).contains(&language.len())
            && language.bytes().all(|byte| byte.is_ascii_alphabetic())
            && parts.all(|part| {
                (2..=8).contains(&part.len())
                    && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
            });
        (sound && tag.len() <= LONGEST).then(|| {
            let (language, rest) = tag.split_at(language.len());
            Self(format!("{}{rest}", language.to_ascii_lowercase()).into())
        })
    }

    /// The tag.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// Whether this is Vietnamese, which needs no mark.
    #[must_use]
    pub fn is_vietnamese(&self) -> bool {
        *self.0 == *"vi" || self.0.starts_with("vi-")
    }
}

impl std::fmt::Display for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Language {
    type Error = String;

    fn try_from(tag: String) -> Result<Self, String> {
        Self::new(&tag).ok_or_else(|| format!("\"{tag}\" is no language tag; write en, fr, km …"))
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.0.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_those_of_bcp_47() {
        for tag in ["en", "EN", "en-GB", "hmn", "zh-Hant-TW"] {
            assert!(Language::new(tag).is_some(), "{tag}");
        }
        for tag in [
            "",
            "e",
            "english",
            "en-",
            "-en",
            "e1",
            "en GB",
            "en-toolongpart",
        ] {
            assert!(Language::new(tag).is_none(), "{tag}");
        }
        assert_eq!(Language::new("EN-GB").unwrap().tag(), "en-GB");
        assert!(Language::new("vi").unwrap().is_vietnamese());
    }
}
