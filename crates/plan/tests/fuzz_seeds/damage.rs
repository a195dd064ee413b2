//! Changes of a document: what files suffer, and what an attacker would try.

use rand::Rng;
use rand::rngs::StdRng;

use crate::check::Form;
use crate::seeds::Seed;

/// A seed with one to eight changes.
pub fn damaged(seed: &[u8], others: &[Seed], form: Form, random: &mut StdRng) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..random.random_range(1..=8) {
        change(&mut bytes, others, form, random);
    }
    bytes
}

fn change(bytes: &mut Vec<u8>, others: &[Seed], form: Form, random: &mut StdRng) {
    if bytes.is_empty() {
        bytes.push(b'1');
    }
    let (from, to) = stretch(bytes.len(), random);
    match random.random_range(0..8) {
        0 => bytes[from] ^= 1 << random.random_range(0..8),
        1 => bytes[from] = random.random(),
        2 => drop(bytes.drain(from..to)),
        3 => {
            let again = bytes[from..to].to_vec();
            insert(bytes, from, &again.repeat(random.random_range(1..4)));
        }
        4 => {
            let other = &others[random.random_range(0..others.len())].bytes;
            let (start, end) = stretch(other.len(), random);
            insert(bytes, from, &other[start..end]);
        }
        5 => {
            let moved: Vec<u8> = bytes.drain(from..to).collect();
            let place = random.random_range(0..=bytes.len());
            insert(bytes, place, &moved);
        }
        6 => bytes.truncate(to),
        _ => {
            let words = words(form);
            let word = words[random.random_range(0..words.len())];
            insert(bytes, from, word.as_bytes());
        }
    }
}

/// A stretch of a text, mostly short.
fn stretch(length: usize, random: &mut StdRng) -> (usize, usize) {
    let from = random.random_range(0..length.max(1));
    let most = if random.random_ratio(1, 8) {
        length
    } else {
        64
    };
    let to = from + random.random_range(1..=most.max(1));
    (from.min(length), to.min(length))
}

fn insert(bytes: &mut Vec<u8>, place: usize, more: &[u8]) {
    bytes.splice(place..place, more.iter().copied());
}

/// Words that mean something in a form.
fn words(form: Form) -> &'static [&'static str] {
    match form {
        Form::Docx => &[
            "<w:p>",
            "</w:p>",
            "<w:tbl><w:tr><w:tc>",
            "</w:tc></w:tr></w:tbl>",
            "<w:numId w:val=\"1\"/>",
            "<w:ilvl w:val=\"99\"/>",
            "<w:gridSpan w:val=\"4000000000\"/>",
            "<w:vMerge/>",
            "<w:br w:type=\"page\"/>",
            "<w:start w:val=\"-1\"/>",
            "<w:txbxContent>",
            "<w:footnoteReference w:id=\"1\"/>",
            "&amp;",
            "&#0;",
            "]]>",
        ],
        Form::Pdf => &[
            "1 0 obj",
            "endobj",
            "stream\n",
            "\nendstream",
            "<<",
            ">>",
            "/Length 999999999",
            "/Kids [1 0 R]",
            "/Filter /FlateDecode",
            "/Count 1000000",
            "/Encrypt",
            "BT /F1 12 Tf (a) Tj ET",
            "q Q",
            "xref",
            "trailer",
            "startxref\n0\n%%EOF",
            "[[[[[[[[",
        ],
        Form::Html => &[
            "<table>",
            "</table>",
            "<tr>",
            "<td rowspan=1000000 colspan=1000000>",
            "<ol start=-5>",
            "<li>",
            "<script>",
            "<!--",
            "-->",
            "<pre>",
            "<div hidden>",
            "&nbsp;",
            "&#x110000;",
            "<plaintext>",
            "<template>",
            "<svg>",
            "<b>",
            "</p>",
        ],
        Form::Markdown | Form::Text | Form::Legacy => &[
            "\n\n",
            "\u{c}",
            "I. ",
            "\n1. ",
            "\n1.1.1.1. ",
            "a) ",
            "\n- ",
            "\n+ ",
            "Điều 1. ",
            "Chương I\n",
            "Phụ lục I\n",
            "**",
            "## ",
            "| a | b |\n",
            "|---|---|\n",
            "[^1]",
            "\n[^1]: ",
            "Nơi nhận:\n",
            "KẾ HOẠCH\n",
            "Số:  /KH-UBND",
            "TM. ỦY BAN NHÂN DÂN\n",
            "trước ngày 31/02",
            "99999999999999999999",
            "ngày  tháng  năm 2026",
            "    ",
            "\u{301}",
            "\u{200b}",
            "\r\n",
            "\t",
        ],
    }
}
