//! The documents that changes begin with: the files of tests/seeds, and for each form one that is
//! made here.

use std::io::Read;
use std::path::Path;

use crate::check::{DOCX, Form, PARTS};

/// A document to begin with.
pub struct Seed {
    /// For messages.
    pub name: String,
    /// As a fuzz target takes it.
    pub bytes: Vec<u8>,
}

/// The seeds of a form, in an order that is the same everywhere.
pub fn of(form: Form) -> Vec<Seed> {
    let mut seeds = Vec::new();
    gather(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/seeds"),
        form,
        &mut seeds,
    );
    seeds.sort_by(|one, other| one.name.cmp(&other.name));
    seeds.push(Seed {
        name: "made".to_owned(),
        bytes: made(form),
    });
    let unpacked: Vec<Seed> = match form {
        Form::Docx => seeds.iter().filter_map(unpacked).collect(),
        _ => Vec::new(),
    };
    seeds.extend(unpacked);
    seeds
}

fn gather(folder: &Path, form: Form, seeds: &mut Vec<Seed>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, form, seeds);
        } else if form_of(&path) == Some(form) {
            seeds.push(Seed {
                name: path.file_name().unwrap().to_string_lossy().into_owned(),
                bytes: std::fs::read(&path).unwrap(),
            });
        }
    }
}

/// By the name of its folder (tcvn3, vni) or by its own.
fn form_of(path: &Path) -> Option<Form> {
    let parts = path.iter().rev().take(2).filter_map(|part| part.to_str());
    let words: Vec<&str> = parts.flat_map(|part| part.split(['.', '-', '_'])).collect();
    if words
        .iter()
        .any(|word| matches!(*word, "tcvn3" | "vni" | "legacy"))
    {
        return Some(Form::Legacy);
    }
    match path.extension()?.to_str()? {
        "docx" => Some(Form::Docx),
        "pdf" => Some(Form::Pdf),
        "html" | "htm" => Some(Form::Html),
        "md" => Some(Form::Markdown),
        "txt" => Some(Form::Text),
        _ => None,
    }
}

/// A DOCX taken apart, so that changes reach what is in it.
fn unpacked(seed: &Seed) -> Option<Seed> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&seed.bytes)).ok()?;
    let mut bytes = Vec::new();
    for name in DOCX {
        if let Ok(mut part) = archive.by_name(name) {
            part.read_to_end(&mut bytes).unwrap();
        }
        bytes.push(PARTS);
    }
    Some(Seed {
        name: format!("{}-unpacked", seed.name),
        bytes,
    })
}

const LINES: [&str; 9] = [
    "KẾ HOẠCH",
    "Tuyên truyền năm 2026",
    "Thực hiện Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ:",
    "I. NỘI DUNG",
    "1. Trên loa truyền thanh của xã. Mỗi tuần hai buổi.",
    "a) Sở Nội vụ chủ trì, báo cáo trước ngày 15/11 hằng năm;",
    "- Ủy ban nhân dân xã thực hiện.",
    "Nơi nhận:",
    "- Lưu: VT.",
];

fn made(form: Form) -> Vec<u8> {
    let each = |begin: &str, end: &str| -> String {
        let lines: Vec<String> = LINES.map(|line| [begin, line, end].concat()).into();
        lines.concat()
    };
    match form {
        Form::Docx => {
            let body = each("<w:p><w:r><w:t>", "</w:t></w:r></w:p>");
            let names = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
            format!("<w:document {names}><w:body>{body}</w:body></w:document>").into_bytes()
        }
        Form::Pdf => PDF.as_bytes().to_vec(),
        Form::Html => {
            let body = each("<p>", "</p>\n");
            format!(
                "<!DOCTYPE html>\n<html><body>{body}<table><tr><td>1<td>Loa</table></body></html>"
            )
            .into_bytes()
        }
        Form::Markdown | Form::Text => each("", "\n\n").into_bytes(),
        // TCVN 5712: 'KẾ HOẠCH', 'Tuyên truyền', 'I. Mục đích', '1. Phổ biến.'
        Form::Legacy => {
            b"K\xd5 ho\xb9ch\n\nTuy\xaan truy\xd2n\n\nI. M\xf4c \xae\xdech\n\n1. Ph\xe6 bi\xd5n.\n"
                .to_vec()
        }
    }
}

/// One page with three words.
const PDF: &str = "%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F1 4 0 R>>>>>> endobj
4 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>> endobj
5 0 obj <</Length 64>> stream
BT /F1 12 Tf 72 770 Td (I. MUC DICH) Tj 0 -20 Td (1. Loa.) Tj ET
endstream endobj
trailer <</Root 1 0 R/Size 6>>
%%EOF
";
