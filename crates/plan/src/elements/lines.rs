//! Paragraphs to sentences.

use super::text::Text;

/// The sentences of a paragraph. A point ends one only before a blank and a capital, and not
/// behind a short form such as 'TP.'.
pub fn sentences(text: Text<'_>) -> impl Iterator<Item = Text<'_>> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        if text.is_empty() {
            return None;
        }
        let end = text
            .raw
            .match_indices(". ")
            .map(|(place, _)| place)
            .find(|place| {
                let before = text.to(*place);
                let word = before.fold.rsplit([' ', '(']).next().unwrap_or_default();
                text.from(place + 2).trim_start().is_capital()
                    && !["tp", "tx", "tt", "q", "p"].contains(&word)
            });
        rest = end.map(|end| text.from(end + 1).trim_start());
        Some(end.map_or(text, |end| text.to(end + 1)))
    })
}

#[cfg(test)]
mod tests {
    use super::super::text::Folded;
    use super::*;

    #[test]
    fn points_end_sentences() {
        let folded = Folded::new("UBND TP. Hà Nội ban hành. Giao Sở Nội vụ, v.v. làm. 1.000 đồng");
        let found: Vec<&str> = sentences(folded.text()).map(|text| text.raw).collect();
        assert_eq!(
            found,
            [
                "UBND TP. Hà Nội ban hành.",
                "Giao Sở Nội vụ, v.v. làm. 1.000 đồng"
            ]
        );
    }
}
