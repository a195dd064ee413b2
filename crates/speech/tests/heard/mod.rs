//! What an ear compares: no case, no punctuation.

pub fn heard(text: &str) -> String {
    let letters: String = text
        .to_lowercase()
        .chars()
        .map(|letter| {
            if letter.is_alphanumeric() {
                letter
            } else {
                ' '
            }
        })
        .collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}
