//! What is made to do harm is refused, and quickly.

use super::*;
use crate::error::{DocxFault, ReadError};

fn refused(bytes: &[u8]) -> ReadError {
    crate::source::lines(bytes).expect_err("must be refused")
}

fn fault(bytes: &[u8]) -> DocxFault {
    match refused(bytes) {
        ReadError::Docx { what } => what,
        other => panic!("{other:?}"),
    }
}

#[test]
fn no_nesting_is_followed_without_end() {
    let nest = |open: &str, close: &str, times: usize| {
        Docx::new(&(open.repeat(times) + &p("x") + &close.repeat(times))).bytes()
    };
    for (open, close) in [
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>"),
        ("<w:p>", "</w:p>"),
        ("<x:y>", "</x:y>"),
        ("<w:del>", "</w:del>"),
    ] {
        assert_eq!(
            refused(&nest(open, close, 100)),
            ReadError::Nested,
            "{open}"
        );
        assert_eq!(
            refused(&nest(open, close, 20_000)),
            ReadError::Nested,
            "{open}"
        );
        assert!(super::super::text(&nest(open, close, 5)).is_ok(), "{open}");
    }
    let tables = nest("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 21);
    assert_eq!(refused(&tables), ReadError::Nested);
}

#[test]
fn a_bomb_is_not_unpacked() {
    // 120 MB of blanks in 130 kB. The parts count together: either alone would be read.
    let half = vec![b' '; 60 * 1024 * 1024];
    let styles = [b"<w:styles>", &half[..], b"</w:styles>"].concat();
    let document = [b"<w:document>", &half[..], b"</w:document>"].concat();
    let bomb = Docx { parts: Vec::new() }
        .raw("word/styles.xml", &styles)
        .raw("word/document.xml", &document)
        .bytes();
    assert!(bomb.len() < 200_000);
    assert_eq!(fault(&bomb), DocxFault::TooLarge);
}

/// An archive with bytes written over in each of its headers, at a place behind the signature.
fn forged(archive: &[u8], signature: [u8; 4], behind: usize, bytes: &[u8]) -> Vec<u8> {
    let mut forged = archive.to_vec();
    let places = archive.windows(4).enumerate();
    for (at, _) in places.filter(|(_, four)| *four == signature) {
        forged[at + behind..at + behind + bytes.len()].copy_from_slice(bytes);
    }
    forged
}

#[test]
fn a_size_that_a_header_claims_is_not_believed() {
    let honest = Docx::new(&p("I. MỤC ĐÍCH")).bytes();
    for gigabytes in [1_u32 << 30, u32::MAX - 1] {
        for (signature, behind) in [(*b"PK\x03\x04", 22), (*b"PK\x01\x02", 24)] {
            let bytes = forged(&honest, signature, behind, &gigabytes.to_le_bytes());
            assert_ne!(bytes, honest);
            match super::super::text(&bytes) {
                Ok(text) => assert_eq!(text, "I. MỤC ĐÍCH\n\n"),
                Err(error) => assert!(matches!(error, ReadError::Docx { .. }), "{error:?}"),
            }
        }
    }
}

#[test]
fn a_password_is_told_from_damage() {
    let honest = Docx::new(&p("I. MỤC ĐÍCH")).bytes();
    let locked = forged(&honest, *b"PK\x03\x04", 6, &[1]);
    let locked = forged(&locked, *b"PK\x01\x02", 8, &[1]);
    let refused = refused(&locked);
    assert_eq!(refused, ReadError::Protected);
    assert!(refused.to_string().contains("password"));
    assert!(refused.vietnamese().contains("Hãy mở tệp, gỡ mật khẩu"));
}

#[test]
fn an_archive_of_thousands_of_parts_is_not_looked_through() {
    let mut docx = Docx::new(&p("x"));
    for part in 0..2_000 {
        docx = docx.raw(&format!("x{part}"), b"");
    }
    assert_eq!(fault(&docx.bytes()), DocxFault::TooManyParts);
}

#[test]
fn entities_are_refused() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>\
        <w:document><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>";
    let docx = |text: &str| Docx { parts: Vec::new() }.raw("word/document.xml", text.as_bytes());
    assert_eq!(fault(&docx(bomb).bytes()), DocxFault::Entities);
    let unknown = "<w:document><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>";
    assert_eq!(fault(&docx(unknown).bytes()), DocxFault::Malformed);
    for broken in [
        "<w:document><w:body>",
        "<w:document></w:body>",
        "<w:document><w:p",
        "\u{ff}<",
    ] {
        assert_eq!(
            fault(&docx(broken).bytes()),
            DocxFault::Malformed,
            "{broken}"
        );
    }
}

#[test]
fn thousands_of_namespaces_attributes_or_notes_cost_no_more_than_their_bytes() {
    let many = (0..1_000).fold(String::new(), |all, n| all + &format!(" xmlns:n{n}=\"u\""));
    let document = format!("<w:document{many}><w:body/></w:document>");
    let docx = Docx { parts: Vec::new() }.raw("word/document.xml", document.as_bytes());
    assert_eq!(fault(&docx.bytes()), DocxFault::Malformed);

    let long = "a".repeat(1_000_000);
    let refer = "<w:p><w:r><w:footnoteReference w:id=\"1\"/></w:r></w:p>".repeat(1_000);
    let notes = format!("<w:footnote w:id=\"1\">{}</w:footnote>", p(&long));
    let text = Docx::new(&refer).part("footnotes", &notes).text();
    assert!(text.len() < 1_100_000);

    // A cell that is merged down a long table stands in every row: no more than a document holds.
    let rows: String = format!(
        "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{0}</w:tc><w:tc>{0}</w:tc></w:tr>",
        p("")
    )
    .repeat(100);
    let body = format!(
        "<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr>{}</w:tc><w:tc>{}</w:tc></w:tr>{rows}</w:tbl>",
        p(&long),
        p("x")
    );
    assert_eq!(refused(&Docx::new(&body).bytes()), ReadError::TooMuchText);
}

#[test]
fn other_forms_are_named() {
    let form = |bytes: &[u8]| match refused(bytes) {
        ReadError::Form { form } => form,
        other => panic!("{other:?}"),
    };
    let zip = |parts: &[(&str, &str)]| {
        let parts = parts
            .iter()
            .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
        Docx {
            parts: parts.collect(),
        }
        .bytes()
    };
    let odt = "application/vnd.oasis.opendocument.text";
    assert_eq!(
        form(&zip(&[("mimetype", odt), ("content.xml", "<x/>")])),
        "ODT"
    );
    assert_eq!(form(&zip(&[("mimetype", "application/epub+zip")])), "EPUB");
    assert_eq!(
        form(&zip(&[
            ("[Content_Types].xml", ""),
            ("xl/workbook.xml", "<x/>")
        ])),
        "XLSX"
    );
    assert_eq!(
        form(&zip(&[
            ("[Content_Types].xml", ""),
            ("ppt/presentation.xml", "<x/>")
        ])),
        "PPTX"
    );
    assert_eq!(form(&zip(&[("a.txt", "a")])), "ZIP");
    assert_eq!(
        fault(&zip(&[("[Content_Types].xml", "")])),
        DocxFault::NoDocument
    );
    assert_eq!(form(br"{\rtf1\ansi I. M\u7908?C}"), "RTF");
    assert_eq!(
        form(b"MIME-Version: 1.0\r\nContent-Type: multipart/related"),
        "MHTML"
    );
    assert_eq!(
        form(b"<?xml version=\"1.0\"?><w:wordDocument/>"),
        "Word XML"
    );
    assert_eq!(form(b"<?xml version=\"1.0\"?><office:document/>"), "FODT");

    let ole = |stream: &str| {
        let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        bytes.extend([0; 504]);
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    assert_eq!(form(&ole("WordDocument")), "DOC");
    assert_eq!(form(&ole("Workbook")), "XLS");
    assert_eq!(refused(&ole("EncryptedPackage")), ReadError::Protected);
}

proptest::proptest! {
    /// The parts of a real document with bytes changed, cut out and put in, and packed again so
    /// that no checksum catches it.
    #[test]
    fn no_damage_to_the_parts_makes_it_panic(
        damage in proptest::collection::vec(
            (proptest::prelude::any::<proptest::sample::Index>(), 0..3_u8, proptest::prelude::any::<u8>()),
            1..20,
        ),
        which in 0..4_usize,
    ) {
        let seed = include_bytes!("../../../../tests/seeds/ke-hoach.docx");
        let mut package = super::super::Package::open(seed).unwrap();
        let mut docx = Docx { parts: Vec::new() };
        for (place, name) in ["document", "styles", "numbering", "footnotes"].into_iter().enumerate() {
            let name = format!("word/{name}.xml");
            let mut part = package.part(&name).unwrap().unwrap();
            for (at, how, byte) in damage.iter().filter(|_| place == which) {
                let at = at.index(part.len());
                match how {
                    0 => part[at] = *byte,
                    1 => drop(part.remove(at)),
                    _ => part.insert(at, *byte),
                }
            }
            docx = docx.raw(&name, &part);
        }
        let _ = super::super::text(&docx.bytes());
    }

    /// XML of the right words in any order is read or refused.
    #[test]
    fn no_order_of_elements_makes_it_panic(words in proptest::collection::vec(0..WORDS.len(), 0..60)) {
        let (mut body, mut open) = (String::new(), Vec::new());
        for word in words {
            match WORDS[word] {
                "/" => if let Some(name) = open.pop() { body.push_str(&format!("</w:{name}>")); },
                word if word.ends_with('/') => body.push_str(&format!("<w:{word}>")),
                name => {
                    body.push_str(&format!("<w:{name}>x"));
                    open.push(name.split(' ').next().unwrap_or_default());
                }
            }
        }
        while let Some(name) = open.pop() {
            body.push_str(&format!("</w:{name}>"));
        }
        let _ = super::super::text(&Docx::new(&body).bytes());
    }
}

const WORDS: [&str; 32] = [
    "/",
    "/",
    "/",
    "/",
    "/",
    "p",
    "p",
    "r",
    "r",
    "t",
    "t",
    "tbl",
    "tr",
    "tc",
    "txbxContent",
    "sdt",
    "pPr",
    "rPr",
    "tcPr",
    "trPr",
    "sectPr",
    "del",
    "numPr",
    "br w:type=\"page\"/",
    "vMerge/",
    "gridSpan w:val=\"99999999\"/",
    "gridBefore w:val=\"-1\"/",
    "tab/",
    "fldChar w:fldCharType=\"begin\"/",
    "vanish/",
    "numId w:val=\"1\"/",
    "ilvl w:val=\"77\"/",
];
