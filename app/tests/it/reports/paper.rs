//! The report on paper, read back with other programs.

use std::io::Read;
use std::process::{Command, Stdio};

use crate::world::on_both;

#[tokio::test]
async fn the_docx_holds_the_figures_and_opens_their_evidence() {
    on_both("reports_docx", async |world| {
        world.programme().await;
        let id = world.report("chi", "tinh", 2026).await;
        let mut chi = world.sign_in("chi").await;
        let file = chi.get(&format!("/reports/{id}.docx")).await;
        assert_eq!(file.status, 200, "{}", file.text());
        let name = file.headers["content-disposition"]
            .to_str()
            .expect("a name");
        assert_eq!(
            name,
            format!("attachment; filename=\"bao-cao-2026-{id}.docx\"")
        );
        let text = part(&file.bytes, "word/document.xml");
        for words in [
            "SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
            "/BC-STTTT",
            "Chuyển đổi số",
            "1 phút 35 giây",
            "Phường Một: lượt có minh chứng",
            "UBND tỉnh Hà Nam (để báo cáo)",
            "DỰ THẢO",
        ] {
            assert!(text.contains(words), "{words} in {text}");
        }
        let links = part(&file.bytes, "word/_rels/document.xml.rels");
        let link = format!("http://127.0.0.1:8080/reports/{id}/figures/channel-portal");
        assert!(links.contains(&link), "{links}");
    })
    .await;
}

#[tokio::test]
async fn the_pdf_reads_from_letterhead_to_annex() {
    on_both("reports_pdf", async |world| {
        world.programme().await;
        let id = world.report("chi", "xa-mot", 2026).await;
        let mut chi = world.sign_in("chi").await;
        let file = chi.get(&format!("/reports/{id}.pdf")).await;
        assert_eq!(file.status, 200, "{}", file.text());
        assert!(file.bytes.starts_with(b"%PDF-"));
        let Some(text) = pdf_text(&file.bytes) else {
            println!("skipped: pdftotext is not installed");
            return;
        };
        let mut rest = text.as_str();
        for words in [
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "PHƯỜNG MỘT",
            "/BC-UBND",
            "BÁO CÁO",
            "năm 2026",
            "I. CHỈ ĐẠO, TRIỂN KHAI",
            "1. Nội dung tuyên truyền",
            "Truyền thanh cơ sở",
            "1 phút 35 giây",
            "V. KIẾN NGHỊ",
            "CHỦ TỊCH",
            "SỐ LIỆU VÀ MINH CHỨNG",
            "Biên nhận của loa truyền thanh",
        ] {
            let at = rest
                .find(words)
                .unwrap_or_else(|| panic!("{words} in {text}"));
            rest = &rest[at..];
        }
        assert_eq!(chi.get(&format!("/reports/{id}.xlsx")).await.status, 404);
        assert_eq!(chi.get("/reports/x.pdf").await.status, 404);
    })
    .await;
}

fn part(docx: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(docx)).expect("an archive");
    let mut text = String::new();
    let mut part = archive.by_name(name).expect(name);
    part.read_to_string(&mut text).expect("text");
    text
}

/// The text with single blanks; nothing when there is no program to read it.
fn pdf_text(pdf: &[u8]) -> Option<String> {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), pdf).expect("written");
    let read = Command::new("pdftotext")
        .arg("-layout")
        .arg(file.path())
        .arg("-")
        .stderr(Stdio::null())
        .output()
        .ok()?;
    assert!(read.status.success(), "the PDF cannot be read");
    let text = String::from_utf8(read.stdout).expect("text");
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}
