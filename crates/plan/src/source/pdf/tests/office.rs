//! Real PDFs: documents of our own, printed by `LibreOffice`.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

/// The PDFs of all documents of these tests by their names; none if `LibreOffice` is not there.
///
/// They are converted in one go: starting it takes longer than printing. Where tests have to run, they fail
/// without it.
pub fn printed(name: &str) -> Option<&'static [u8]> {
    static PRINTED: OnceLock<Option<HashMap<String, Vec<u8>>>> = OnceLock::new();
    let printed = PRINTED.get_or_init(|| {
        if has("soffice") {
            Some(print_all())
        } else {
            None
        }
    });
    printed.as_ref().map(|printed| printed[name].as_slice())
}

/// Whether a program is there. On a build machine it has to be.
pub fn has(program: &str) -> bool {
    let there = Command::new(program).arg("--version").output().is_ok();
    assert!(
        there || std::env::var_os("CI").is_none(),
        "{program} is missing: run scripts/prepare.sh test"
    );
    if !there {
        eprintln!("{program} is missing: a test of PDF skips");
    }
    there
}

fn print_all() -> HashMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let sources = [
        ("plan.fodt", super::plan::source()),
        ("gazette.fodt", super::gazette::source()),
        ("scanned.fodt", super::faults::scanned_source()),
        ("tables.fodt", super::tables::source()),
        ("page.html", super::text::html_source()),
    ];
    let fonts = folder.path().join("fonts.conf");
    std::fs::write(
        &fonts,
        FONTS.replace("CACHE", &folder.path().join("cache").to_string_lossy()),
    )
    .unwrap();
    let mut command = Command::new("soffice");
    command
        // Every machine prints with the same face, whatever else it has.
        .env("FONTCONFIG_FILE", fonts)
        // A profile of its own: another LibreOffice that runs would take the documents over.
        .arg(format!(
            "-env:UserInstallation=file://{}/profile",
            folder.path().display()
        ))
        .args(["--headless", "--convert-to", "pdf", "--outdir"])
        .arg(folder.path());
    for (name, source) in &sources {
        std::fs::write(folder.path().join(name), source).unwrap();
        command.arg(folder.path().join(name));
    }
    let output = command.output().unwrap();
    sources
        .iter()
        .map(|(name, _)| {
            let path = folder.path().join(Path::new(name).with_extension("pdf"));
            let bytes = std::fs::read(&path)
                .unwrap_or_else(|_| panic!("{name} was not printed: {output:?}"));
            let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
            (stem, bytes)
        })
        .collect()
}

/// The face with which documents of ours are printed, and no other.
const FONTS: &str = concat!(
    "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig><dir>",
    env!("CARGO_MANIFEST_DIR"),
    "/../paper/fonts</dir><cachedir>CACHE</cachedir></fontconfig>"
);

/// A paragraph in a style of [`document`]; `text` is XML.
pub fn paragraph(style: &str, text: &str) -> String {
    format!("<text:p text:style-name=\"{style}\">{text}</text:p>")
}

/// A text as XML.
pub fn xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// A document in the official layout (Nghị định 30/2020/NĐ-CP, phụ lục I): A4, Times, 14 points, no page number on the
/// first page. `pages` may add page layouts and masters.
pub fn document(styles: &str, header: &str, body: &str) -> String {
    let font = "style:font-name=\"Tinos\" fo:font-family=\"Tinos\"";
    let style = |name: &str, paragraph: &str, text: &str| {
        format!(
            "<style:style style:name=\"{name}\" style:family=\"paragraph\"><style:paragraph-properties {paragraph}/>\
             <style:text-properties {font} {text}/></style:style>"
        )
    };
    let (centre, bold) = ("fo:text-align=\"center\"", "fo:font-weight=\"bold\"");
    let size = |points: u32| format!("fo:font-size=\"{points}pt\"");
    let justified = "fo:text-align=\"justify\" fo:text-indent=\"1.27cm\" fo:margin-top=\"3pt\" \
        fo:margin-bottom=\"3pt\" fo:line-height=\"18pt\"";
    let large = size(14);
    let own = [
        style("Centre", centre, &large),
        style("CentreBold", centre, &format!("{large} {bold}")),
        style(
            "CentreSlanted",
            centre,
            &format!("{large} fo:font-style=\"italic\""),
        ),
        style("Text", justified, &large),
        style("TextBold", justified, &format!("{large} {bold}")),
        style(
            "NewPage",
            &format!("{centre} fo:break-before=\"page\""),
            &format!("{large} {bold}"),
        ),
        style(
            "To",
            "",
            &format!("{} {bold} fo:font-style=\"italic\"", size(12)),
        ),
        style("Small", "", &size(11)),
        style("Cell", "", &size(12)),
        style("Header", centre, &large),
    ]
    .concat();
    let page = |name: &str, margin: &str, header: &str| {
        format!(
            "<style:page-layout style:name=\"{name}\"><style:page-layout-properties fo:page-width=\"21cm\" \
             fo:page-height=\"29.7cm\" fo:margin-top=\"{margin}\" fo:margin-bottom=\"2cm\" fo:margin-left=\"3cm\" \
             fo:margin-right=\"2cm\"/>{header}</style:page-layout>"
        )
    };
    let room = "<style:header-style><style:header-footer-properties fo:min-height=\"0.8cm\"/></style:header-style>";
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document \
         xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\" \
         xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" \
         xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\" office:version=\"1.2\" \
         office:mimetype=\"application/vnd.oasis.opendocument.text\">\
         <office:font-face-decls><style:font-face style:name=\"Tinos\" svg:font-family=\"Tinos\"/>\
         </office:font-face-decls>\
         <office:styles><style:style style:name=\"Note\" style:family=\"paragraph\">\
         <style:text-properties {font} {}/></style:style></office:styles>\
         <office:automatic-styles>{own}{styles}{}{}</office:automatic-styles>\
         <office:master-styles>\
         <style:master-page style:name=\"First\" style:page-layout-name=\"Plain\" style:next-style-name=\"Standard\"/>\
         <style:master-page style:name=\"Standard\" style:page-layout-name=\"Numbered\">\
         <style:header>{header}</style:header></style:master-page></office:master-styles>\
         <office:body><office:text>{body}</office:text></office:body></office:document>",
        size(10),
        page("Plain", "2cm", ""),
        page("Numbered", "1.2cm", room),
    )
}

/// The style of a table with its columns' widths in centimetres, named `{name}` and `{name}1`, `{name}2`, …
pub fn table_style(name: &str, widths: &[f64], first_page: bool) -> String {
    let master = if first_page {
        "style:master-page-name=\"First\""
    } else {
        ""
    };
    let whole: f64 = widths.iter().sum();
    let mut styles = format!(
        "<style:style style:name=\"{name}\" style:family=\"table\" {master}><style:table-properties \
         style:width=\"{whole}cm\" table:align=\"center\"/></style:style>"
    );
    for (index, width) in widths.iter().enumerate() {
        styles.push_str(&format!(
            "<style:style style:name=\"{name}{}\" style:family=\"table-column\"><style:table-column-properties \
             style:column-width=\"{width}cm\"/></style:style>",
            index + 1
        ));
    }
    styles
}

/// A table of a style; `rows` is XML.
pub fn table(style: &str, columns: usize, rows: &str) -> String {
    let columns: Vec<String> = (1..=columns)
        .map(|column| format!("<table:table-column table:style-name=\"{style}{column}\"/>"))
        .collect();
    format!(
        "<table:table table:name=\"{style}\" table:style-name=\"{style}\">{}{rows}</table:table>",
        columns.concat()
    )
}

/// The style `Ruled` of cells with a line around them.
pub const RULED: &str = "<style:style style:name=\"Ruled\" style:family=\"table-cell\"><style:table-cell-properties \
    fo:border=\"0.5pt solid #000000\" fo:padding=\"0.1cm\"/></style:style>";

/// A cell: its paragraphs are parted by line ends; `merged` is the number of columns and rows that it takes.
pub fn cell(text: &str, (columns, rows): (usize, usize)) -> String {
    let paragraphs: String = text
        .split('\n')
        .map(|text| paragraph("Cell", &xml(text)))
        .collect();
    format!(
        "<table:table-cell table:style-name=\"Ruled\" table:number-columns-spanned=\"{columns}\" \
         table:number-rows-spanned=\"{rows}\">{paragraphs}</table:table-cell>{}",
        COVERED.repeat(columns - 1)
    )
}

/// A place that a merged cell takes.
pub const COVERED: &str = "<table:covered-table-cell/>";

/// A row of cells.
pub fn row(cells: &[String]) -> String {
    format!("<table:table-row>{}</table:table-row>", cells.concat())
}
