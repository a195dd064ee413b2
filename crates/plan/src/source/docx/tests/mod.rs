//! Documents built by hand, one for each rule, and what is seen of them.

mod lists;
mod pages;
mod runs;
mod safety;
mod tables;

use std::io::{Cursor, Write};

use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// A DOCX in the making: the parts of its archive.
pub struct Docx {
    parts: Vec<(String, Vec<u8>)>,
}

impl Docx {
    /// With these paragraphs and tables in its body.
    pub fn new(body: &str) -> Self {
        let whole = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
             <w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
        );
        Self { parts: Vec::new() }
            .raw("[Content_Types].xml", "<Types/>".as_bytes())
            .raw("word/document.xml", whole.as_bytes())
    }

    /// With a part of Word's own, such as `styles`, whose root element has that name.
    pub fn part(self, name: &str, content: &str) -> Self {
        let whole = format!("<w:{name} {NAMESPACES}>{content}</w:{name}>");
        self.raw(&format!("word/{name}.xml"), whole.as_bytes())
    }

    /// With a part as it stands.
    pub fn raw(mut self, name: &str, content: &[u8]) -> Self {
        self.parts.push((name.to_owned(), content.to_vec()));
        self
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        for (name, content) in &self.parts {
            archive.start_file(name, options).unwrap();
            archive.write_all(content).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    /// What is seen of it.
    pub fn text(&self) -> String {
        super::text(&self.bytes()).unwrap()
    }
}

const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
    xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" \
    xmlns:v=\"urn:schemas-microsoft-com:vml\" \
    xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:x=\"http://example.org/not-known\"";

/// What is seen of a body alone.
pub fn seen(body: &str) -> String {
    Docx::new(body).text()
}

/// A paragraph.
pub fn p(text: &str) -> String {
    format!("<w:p>{}</w:p>", r(text))
}

/// A paragraph with properties.
pub fn pp(props: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{props}</w:pPr>{}</w:p>", r(text))
}

/// A run.
pub fn r(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

/// A run with properties.
pub fn rr(props: &str, text: &str) -> String {
    format!("<w:r><w:rPr>{props}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

/// A paragraph of a list.
pub fn item(list: u8, level: u8, text: &str) -> String {
    let props =
        format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>");
    pp(&props, text)
}

/// A table of rows of cells, each with its properties and its content.
pub fn table(rows: &[&[(&str, &str)]]) -> String {
    let mut xml = String::from("<w:tbl><w:tblPr/><w:tblGrid/>");
    for row in rows {
        xml.push_str("<w:tr>");
        for (props, content) in *row {
            xml.push_str(&format!("<w:tc><w:tcPr>{props}</w:tcPr>{content}</w:tc>"));
        }
        xml.push_str("</w:tr>");
    }
    xml + "</w:tbl>"
}
