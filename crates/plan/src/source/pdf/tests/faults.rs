//! PDFs that are not read: each is told what it is and what to do.

use std::io::Write;

use super::made::{self, Made};
use super::office;
use crate::error::{PdfFault, ReadError};
use crate::source::pdf;

/// A page that is a picture, as a scanner makes it.
pub fn scanned_source() -> String {
    let body = format!(
        "<text:p text:style-name=\"Centre\"><draw:frame svg:width=\"15cm\" svg:height=\"22cm\"><draw:image>\
         <office:binary-data>{}</office:binary-data></draw:image></draw:frame></text:p>",
        base64(&picture())
    );
    office::document("", "", &body)
}

/// A grey PNG of some dots.
fn picture() -> Vec<u8> {
    let mut pixels = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    for row in 0..80_u8 {
        pixels.write_all(&[0]).unwrap();
        let dots: Vec<u8> = (0..60_u8)
            .map(|dot| if dot ^ row > 40 { 250 } else { 30 })
            .collect();
        pixels.write_all(&dots).unwrap();
    }
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let header = [0, 0, 0, 60, 0, 0, 0, 80, 8, 0, 0, 0, 0];
    for (kind, data) in [
        (b"IHDR", &header[..]),
        (b"IDAT", &pixels.finish().unwrap()),
        (b"IEND", &[]),
    ] {
        let body = [&kind[..], data].concat();
        let mut sum = flate2::Crc::new();
        sum.update(&body);
        png.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        png.extend(body);
        png.extend(sum.sum().to_be_bytes());
    }
    png
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    bytes
        .chunks(3)
        .flat_map(|three| {
            let value = (0..3).fold(0, |value, at| {
                value << 8 | u32::from(*three.get(at).unwrap_or(&0))
            });
            (0..4).map(move |at| {
                if at > three.len() {
                    '='
                } else {
                    char::from(LETTERS[(value >> (18 - 6 * at)) as usize & 63])
                }
            })
        })
        .collect()
}

fn fault(bytes: &[u8]) -> PdfFault {
    match pdf::text(bytes) {
        Err(ReadError::Pdf { what }) => what,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_scanned_page_is_refused() {
    let Some(bytes) = office::printed("scanned") else {
        return;
    };
    let error = pdf::text(bytes).unwrap_err();
    assert_eq!(error, ReadError::Scanned { pages: 1 });
    assert!(error.to_string().contains("text recognition"));
    assert!(error.vietnamese().contains("nhận dạng ký tự"));
}

#[test]
fn each_fault_has_its_message() {
    assert_eq!(fault(b"%PDF-1.7\n"), PdfFault::Broken);
    let whole = made::lines(&["MOT", "HAI"]).bytes();
    let text = String::from_utf8(whole.clone()).unwrap();
    let protected = text.replace("/Root", "/Encrypt 9 0 R/Root");
    assert_eq!(fault(protected.as_bytes()), PdfFault::Encrypted);
    let many = Made::default().pages(2_001, "BT /F 12 Tf 72 700 Td (x) Tj ET");
    assert_eq!(fault(&many.bytes()), PdfFault::TooManyPages);
    assert_eq!(fault(&made::unknown_letters()), PdfFault::Letters);
    assert!(pdf::text(&whole).unwrap().contains("MOT"));
    for what in [
        PdfFault::Broken,
        PdfFault::Encrypted,
        PdfFault::TooManyPages,
        PdfFault::TooLarge,
        PdfFault::Letters,
    ] {
        let error = ReadError::Pdf { what };
        assert!(error.to_string().starts_with("the PDF file"), "{error}");
        assert!(error.vietnamese().contains("Hãy"), "{}", error.vietnamese());
    }
}

#[test]
fn forms_that_draw_each_other_end() {
    // Each draws the next one ten times, and the last one the first.
    let mut made = Made::default();
    for form in 0..10 {
        let next = format!("/X{} Do ", (form + 1) % 10);
        made = made.form(&format!("X{form}"), &next.repeat(10));
    }
    let text = pdf::text(
        &made
            .page("BT /F 12 Tf 72 700 Td (KE HOACH) Tj ET /X0 Do")
            .bytes(),
    )
    .unwrap();
    assert_eq!(text.trim(), "KE HOACH");
}

#[test]
fn a_page_that_unpacks_to_more_than_any_is_refused() {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..32 {
        packed.write_all(&vec![b' '; 1_000_000]).unwrap();
    }
    let packed = packed.finish().unwrap();
    assert!(packed.len() < 40_000);
    let bomb = Made::default().packed_pages(30, &packed);
    assert_eq!(fault(&bomb), PdfFault::TooLarge);
}
