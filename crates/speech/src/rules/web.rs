//! E-mail and web addresses, part by part.

use crate::number::label;
use crate::rules::letters::{is_all_capitals, spelled, vowelless};
use crate::scan::{Reading, Scan};
use crate::token::Kind;

const DOMAINS: [&str; 26] = [
    "vn", "com", "net", "org", "gov", "edu", "info", "asia", "io", "eu", "ly", "tv", "app", "dev",
    "uk", "jp", "cn", "kr", "us", "biz", "mobi", "xyz", "site", "shop", "link", "me",
];

/// Tokens of the longest address.
const LONGEST: usize = 80;

pub(crate) fn address(scan: Scan<'_>) -> Option<Reading> {
    if scan
        .touching()
        .is_some_and(|kind| matches!(kind, Kind::Word | Kind::Digits))
    {
        return None;
    }
    let joined = matches!(
        scan.tokens.get(scan.at + 1)?.kind,
        Kind::Mark('.' | '@' | ':' | '-' | '_') | Kind::Digits | Kind::Word
    );
    if !joined {
        return None;
    }
    let end = end_of(scan);
    // An entry for the whole address is its reading.
    if scan
        .lexicon
        .say
        .find(scan.tokens, scan.at)
        .is_some_and(|(said, _)| said >= end)
    {
        return None;
    }
    let tokens = &scan.tokens[scan.at..end];
    if tokens.len() < 3 {
        return None;
    }
    let scheme = matches!(tokens[0].text, "http" | "https" | "HTTP" | "HTTPS")
        && tokens[1].kind == Kind::Mark(':')
        && tokens[2].kind == Kind::Mark('/');
    let mail = tokens
        .iter()
        .skip(1)
        .any(|token| token.kind == Kind::Mark('@'));
    let host = tokens
        .windows(2)
        .skip(1)
        .any(|pair| pair[0].kind == Kind::Mark('.') && DOMAINS.contains(&pair[1].text))
        && tokens
            .iter()
            .take_while(|token| token.kind != Kind::Mark('/'))
            .filter(|token| token.kind == Kind::Mark('.'))
            .count()
            > 0;
    if !(scheme || mail || host || tokens[0].text.eq_ignore_ascii_case("www")) {
        return None;
    }
    let skipped = if scheme {
        3 + usize::from(tokens.get(3).is_some_and(|token| token.text == "/"))
    } else {
        0
    };
    let last = tokens.len() - usize::from(tokens.last().is_some_and(|token| token.text == "/"));
    let spoken: Vec<String> = tokens
        .get(skipped..last)?
        .iter()
        .filter_map(|token| part(scan, token.kind, token.text))
        .collect();
    (!spoken.is_empty()).then(|| Reading {
        end,
        spoken: spoken.join(" "),
    })
}

/// Up to the next space or bracket, without the punctuation of the sentence.
fn end_of(scan: Scan<'_>) -> usize {
    let mut end = scan.at;
    while let Some(token) = scan.tokens.get(end).filter(|_| end < scan.at + LONGEST) {
        match token.kind {
            Kind::Word | Kind::Digits => {}
            Kind::Mark(mark) if scan.lexicon.web.contains_key(mark.encode_utf8(&mut [0; 4])) => {}
            _ => break,
        }
        end += 1;
    }
    while end > scan.at && matches!(scan.tokens[end - 1].kind, Kind::Mark(mark) if mark != '/') {
        end -= 1;
    }
    end
}

fn part(scan: Scan<'_>, kind: Kind, text: &str) -> Option<String> {
    let lexicon = scan.lexicon;
    match kind {
        Kind::Digits => Some(label(text)),
        Kind::Word => {
            let lower = text.to_lowercase();
            Some(match lexicon.web.get(&lower) {
                Some(spoken) => spoken.clone(),
                None if vowelless(&lower) || is_all_capitals(text) => spelled(text, lexicon),
                None => lower,
            })
        }
        Kind::Mark(mark) => lexicon.web.get(mark.encode_utf8(&mut [0; 4])).cloned(),
        Kind::Space | Kind::Newline | Kind::Marked(_) => None,
    }
}
