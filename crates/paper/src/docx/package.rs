//! The archive: content types, relationships, properties, styles and headers.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::text::{Letters, Links, escaped, twips};
use crate::form;
use crate::{OfficialDocument, PaperError};

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// The DOCX archive; the times inside are fixed at the format's first day.
pub fn archive(
    document: &OfficialDocument,
    body: &str,
    links: &Links,
) -> Result<Vec<u8>, PaperError> {
    let parts = [
        ("[Content_Types].xml", content_types()),
        ("_rels/.rels", root_relations()),
        ("docProps/core.xml", core_properties(document)),
        ("word/document.xml", body.to_owned()),
        ("word/styles.xml", styles()),
        ("word/settings.xml", settings()),
        ("word/header1.xml", header(true)),
        ("word/header2.xml", header(false)),
        ("word/_rels/document.xml.rels", document_relations(links)),
    ];
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(name, options)?;
        archive.write_all(content.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

fn content_types() -> String {
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let part = |name: &str, kind: &str| {
        format!("<Override PartName=\"/word/{name}.xml\" ContentType=\"{word}.{kind}+xml\"/>")
    };
    format!(
        "{XML}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>{}{}{}{}{}\
         <Override PartName=\"/docProps/core.xml\" \
         ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>",
        part("document", "document.main"),
        part("styles", "styles"),
        part("settings", "settings"),
        part("header1", "header"),
        part("header2", "header"),
    )
}

fn root_relations() -> String {
    format!(
        "{XML}<Relationships xmlns=\"{RELATIONS}\"><Relationship Id=\"document\" \
         Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/><Relationship Id=\"core\" \
         Type=\"{RELATIONS}/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>"
    )
}

fn document_relations(links: &Links) -> String {
    let part = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}.xml\"/>")
    };
    let links: Vec<String> = links
        .0
        .iter()
        .enumerate()
        .map(|(place, link)| {
            format!(
                "<Relationship Id=\"link{place}\" Type=\"{OFFICE}/hyperlink\" Target=\"{}\" \
                 TargetMode=\"External\"/>",
                escaped(link)
            )
        })
        .collect();
    let links = links.concat();
    format!(
        "{XML}<Relationships xmlns=\"{RELATIONS}\">{}{}{}{}{links}</Relationships>",
        part("styles", "styles", "styles"),
        part("settings", "settings", "settings"),
        part("folio", "header", "header1"),
        part("nofolio", "header", "header2"),
    )
}

fn core_properties(document: &OfficialDocument) -> String {
    let created = document.date.map_or_else(String::new, |date| {
        format!("<dcterms:created xsi:type=\"dcterms:W3CDTF\">{date}T00:00:00Z</dcterms:created>")
    });
    format!(
        "{XML}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title>\
         <dc:creator>{}</dc:creator><dc:language>vi-VN</dc:language>{created}</cp:coreProperties>",
        escaped(&form::document_title(document)),
        escaped(&document.issuer.replace('\n', " ")),
    )
}

fn settings() -> String {
    format!(
        "{XML}<w:settings xmlns:w=\"{W}\"><w:compat><w:compatSetting w:name=\"compatibilityMode\" \
         w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>"
    )
}

fn header(numbered: bool) -> String {
    let folio = if numbered {
        format!(
            "<w:pPr><w:jc w:val=\"center\"/></w:pPr><w:fldSimple w:instr=\"PAGE\">{}</w:fldSimple>",
            super::text::words("2", Letters::regular(form::PAGE_NUMBER_PT))
        )
    } else {
        String::new()
    };
    format!("{XML}<w:hdr xmlns:w=\"{W}\"><w:p>{folio}</w:p></w:hdr>")
}

fn styles() -> String {
    let half_points = twips(form::BODY_PT) / 10;
    let gap = twips(form::PARAGRAPH_GAP_PT);
    let line = twips(12.0 * form::LINE_SPACING); // 240ths of a line
    let indent = twips(form::points(form::INDENT_MM));
    let spacing = format!(
        "<w:spacing w:before=\"0\" w:after=\"{gap}\" w:line=\"{line}\" w:lineRule=\"auto\"/>\
         <w:ind w:firstLine=\"{indent}\"/>"
    );
    let heading = |level: u8| {
        let outline = level - 1;
        let bold = if level < 3 {
            "<w:rPr><w:b/><w:bCs/></w:rPr>"
        } else {
            ""
        };
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"Heading{level}\"><w:name w:val=\"heading {level}\"/>\
             <w:basedOn w:val=\"Normal\"/><w:next w:val=\"Body\"/><w:qFormat/><w:pPr><w:keepNext/>\
             {spacing}<w:outlineLvl w:val=\"{outline}\"/></w:pPr>{bold}</w:style>"
        )
    };
    format!(
        "{XML}<w:styles xmlns:w=\"{W}\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts \
         w:ascii=\"{face}\" w:hAnsi=\"{face}\" w:eastAsia=\"{face}\" w:cs=\"{face}\"/>\
         <w:color w:val=\"000000\"/><w:sz w:val=\"{half_points}\"/><w:szCs w:val=\"{half_points}\"/>\
         <w:lang w:val=\"vi-VN\" w:eastAsia=\"vi-VN\" w:bidi=\"vi-VN\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault/></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/>\
         <w:qFormat/></w:style>\
         <w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"Body\"><w:name w:val=\"Nội dung\"/>\
         <w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr>{spacing}<w:jc w:val=\"both\"/></w:pPr></w:style>\
         <w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"AnnexWord\"><w:name w:val=\"Phụ lục\"/>\
         <w:basedOn w:val=\"Normal\"/><w:next w:val=\"Body\"/><w:pPr><w:keepNext/><w:jc w:val=\"center\"/>\
         <w:outlineLvl w:val=\"0\"/></w:pPr></w:style>{}{}{}</w:styles>",
        heading(1),
        heading(2),
        heading(3),
        face = form::FACE,
    )
}
