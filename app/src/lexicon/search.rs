//! Finding an entry by what is written or said, with or without marks.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Small letters without marks; `đ` is `d`.
pub(super) fn folded(text: &str) -> String {
    let small = text.to_lowercase();
    let bare = small.nfd().filter(|letter| !is_combining_mark(*letter));
    let plain: String = bare
        .map(|letter| if letter == 'đ' { 'd' } else { letter })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a folded question is in one of the texts; nothing is in all of them.
pub(super) fn is_in(question: &str, texts: &[&str]) -> bool {
    question.is_empty() || texts.iter().any(|text| folded(text).contains(question))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_need_not_be_typed() {
        assert!(is_in(&folded("uy ban"), &["Ủy  ban nhân dân"]));
        assert!(is_in(&folded("Điện"), &["điện lực"]) && is_in(&folded("dien"), &["Điện lực"]));
        assert!(!is_in(&folded("sở"), &["UBND"]) && is_in("", &["UBND"]));
    }
}
