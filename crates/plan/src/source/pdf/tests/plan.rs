//! A whole plan in the official layout: what is printed is what was written.

use std::process::Command;

use super::office::{self, COVERED, RULED, cell, paragraph, row, table, table_style, xml};
use crate::source::pdf;

const NOTE: &str = "Từ ngày 01 tháng 7 năm 2025, tỉnh Hà Nam là một phần của tỉnh Ninh Bình theo Nghị quyết của Quốc hội \
    về sắp xếp đơn vị hành chính cấp tỉnh.";
const HEAD: [&str; 5] = [
    "TT",
    "Nhiệm vụ",
    "Cơ quan chủ trì",
    "Cơ quan phối hợp",
    "Thời gian",
];

/// The paragraphs of the real plan's body, and whether each is a heading.
fn body() -> Vec<(String, bool)> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/ha-nam/plan.md");
    let text = std::fs::read_to_string(path).unwrap();
    let body = &text[text.find("Thực hiện").unwrap()..text.find("Nơi nhận").unwrap()]
        .trim_end_matches(['*', '\n']);
    body.split("\n\n")
        .map(|block| block.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|block| !block.is_empty())
        .map(|block| {
            let heading = block.starts_with(['#', '*']);
            let text = block.trim_start_matches(['#', ' ']).replace("**", "");
            (text, heading)
        })
        .collect()
}

pub fn source() -> String {
    let styles = [
        table_style("Head", &[6.0, 10.5], true),
        table_style("Sign", &[7.5, 9.0], false),
        table_style("Tasks", &[1.2, 6.0, 3.2, 3.2, 2.4], false),
        RULED.to_owned(),
    ]
    .concat();
    let free = |paragraphs: &[String]| {
        format!(
            "<table:table-cell>{}</table:table-cell>",
            paragraphs.concat()
        )
    };
    let lines = |style: &str, texts: &[&str]| -> Vec<String> {
        texts.iter().map(|text| paragraph(style, text)).collect()
    };
    let head = [
        row(&[
            free(&[
                paragraph("Centre", "ỦY BAN NHÂN DÂN"),
                paragraph("CentreBold", "TỈNH HÀ NAM"),
            ]),
            free(&lines(
                "CentreBold",
                &[
                    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                    "Độc lập - Tự do - Hạnh phúc",
                ],
            )),
        ]),
        row(&[
            free(&lines("Centre", &["Số:<text:s text:c=\"10\"/>/KH-UBND"])),
            free(&lines(
                "CentreSlanted",
                &["Hà Nam, ngày<text:s text:c=\"6\"/>tháng<text:s text:c=\"6\"/>năm 2021"],
            )),
        ]),
    ];
    let mut body: String = table("Head", 2, &head.concat());
    body.push_str(
        &lines(
            "CentreBold",
            &[
                "",
                "KẾ HOẠCH",
                "Thông tin, tuyên truyền về cải cách hành chính",
                "giai đoạn 2021 - 2030",
                "",
            ],
        )
        .concat(),
    );
    for (index, (text, heading)) in self::body().into_iter().enumerate() {
        let style = if heading { "TextBold" } else { "Text" };
        let mut text = xml(&text);
        if index == 0 {
            text = text.replacen("Hà Nam", &format!("Hà Nam{}", note()), 1);
        }
        body.push_str(&paragraph(style, &text));
    }
    body.push_str(&paragraph("NewPage", "PHỤ LỤC"));
    body.push_str(&table("Tasks", 5, &tasks()));
    body.push_str(&paragraph("Text", ""));
    let sign = row(&[
        free(&[
            paragraph("To", "Nơi nhận:"),
            lines(
                "Small",
                &[
                    "- Bộ Nội vụ (để báo cáo);",
                    "- Các sở, ban, ngành thuộc UBND tỉnh;",
                    "- Lưu: VT, TTBCXB.",
                ],
            )
            .concat(),
        ]),
        free(&lines(
            "CentreBold",
            &[
                "TM. ỦY BAN NHÂN DÂN",
                "KT. CHỦ TỊCH",
                "PHÓ CHỦ TỊCH",
                "",
                "",
                "",
                "Trần Xuân Dưỡng",
            ],
        )),
    ]);
    body.push_str(&table("Sign", 2, &sign));
    let number = "<text:page-number text:select-page=\"current\"/>";
    office::document(&styles, &paragraph("Header", number), &body)
}

fn note() -> String {
    format!(
        "<text:note text:id=\"ftn1\" text:note-class=\"footnote\"><text:note-citation>1</text:note-citation>\
         <text:note-body>{}</text:note-body></text:note>",
        paragraph("Note", NOTE)
    )
}

/// The tasks: every fifth has a number and a leader for two rows.
fn task(number: usize) -> Vec<[String; 5]> {
    let own = |texts: [&str; 5]| texts.map(|text| text.replace('#', &number.to_string()));
    if number.is_multiple_of(5) {
        vec![
            own([
                "#",
                "Xây dựng chuyên mục số # trên Đài Phát thanh và Truyền hình tỉnh",
                "Sở Thông tin và Truyền thông",
                "Các sở, ngành",
                "Quý I/2022",
            ]),
            own([
                "#",
                "Duy trì chuyên mục số #",
                "Sở Thông tin và Truyền thông",
                "UBND cấp huyện",
                "Hằng tháng",
            ]),
        ]
    } else {
        vec![own([
            "#",
            "Tuyên truyền nội dung thứ # về cải cách hành chính trên hệ thống thông tin cơ sở:\n- Phát thanh;\n- Bảng tin công cộng.",
            "Sở Nội vụ",
            "UBND các huyện, thị xã, thành phố",
            "Thường xuyên",
        ])]
    }
}

fn tasks() -> String {
    let one = |text: &str| cell(text, (1, 1));
    let head = row(&HEAD.map(one));
    let mut rows = format!("<table:table-header-rows>{head}</table:table-header-rows>");
    rows.push_str(&row(&[one("I"), cell("CÔNG TÁC CHỈ ĐẠO", (4, 1))]));
    for number in 1..=24 {
        match task(number).as_slice() {
            [first, second] => {
                let tall = |text: &str| cell(text, (1, 2));
                let [number, work, lead, with, when] = first;
                rows.push_str(&row(&[
                    tall(number),
                    one(work),
                    tall(lead),
                    one(with),
                    one(when),
                ]));
                let [_, work, _, with, when] = second;
                let covered = || COVERED.to_owned();
                rows.push_str(&row(&[
                    covered(),
                    one(work),
                    covered(),
                    one(with),
                    one(when),
                ]));
            }
            single => rows.push_str(&row(&single[0].each_ref().map(|text| one(text)))),
        }
    }
    rows
}

#[test]
fn its_paragraphs_come_back_word_for_word() {
    let Some(bytes) = office::printed("plan") else {
        return;
    };
    let text = pdf::text(bytes).unwrap();
    let mut paragraphs: Vec<(String, bool)> = Vec::new();
    let (mut fresh, mut within) = (true, false);
    for line in text.lines() {
        // At the top of a page only the indent tells a paragraph that begins from one that goes on.
        fresh |= line.starts_with("\u{c}     ");
        let line = line.trim_start_matches('\u{c}');
        within |= line.starts_with("     Thực hiện");
        if line.contains("PHỤ LỤC") {
            break;
        }
        // The note stands at the foot of the first page, between two paragraphs or in the midst of one.
        if !within || line.is_empty() || line.starts_with("[^1]:") {
            fresh |= line.is_empty();
            continue;
        }
        let bold = line.trim().starts_with("**");
        let plain = line.trim().replace("**", "");
        match paragraphs.last_mut() {
            Some((last, _)) if !fresh => last.push_str(&format!(" {plain}")),
            _ => {
                // Each begins with its indent of 1.27 cm: five figures of 7 points.
                assert_eq!(line.len() - line.trim_start().len(), 5, "{line}");
                paragraphs.push((plain, bold));
            }
        }
        fresh = false;
    }
    let written: Vec<(String, bool)> = body()
        .into_iter()
        .enumerate()
        .map(|(index, (text, heading))| match index {
            0 => (text.replacen("Hà Nam", "Hà Nam[^1]", 1), heading),
            _ => (text, heading),
        })
        .collect();
    for (read, written) in paragraphs.iter().zip(&written) {
        assert_eq!(read, written);
    }
    assert_eq!(paragraphs.len(), written.len());
}

#[test]
fn pages_begin_with_a_form_feed_and_have_no_numbers() {
    let Some(bytes) = office::printed("plan") else {
        return;
    };
    let text = pdf::text(bytes).unwrap();
    assert!(text.matches('\u{c}').count() >= 6, "{text}");
    let lone = |line: &str| line.trim_matches(['\u{c}', ' ']).parse::<u32>().is_ok();
    assert!(!text.lines().any(lone), "{text}");
    assert_eq!(text.matches(&format!("[^1]: {NOTE}\n")).count(), 1);
    assert_eq!(text.matches("[^1]").count(), 2);
}

#[test]
fn letterhead_and_signature_stand_side_by_side() {
    let Some(bytes) = office::printed("plan") else {
        return;
    };
    let text = pdf::text(bytes).unwrap();
    let sides = |line: &str| -> Vec<String> {
        let line = line.trim_matches(['\u{c}', ' ']).replace("**", "");
        line.split("   ")
            .map(str::trim)
            .filter(|side| !side.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let lines: Vec<Vec<String>> = text.lines().map(sides).collect();
    assert_eq!(
        lines[0],
        ["ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    );
    assert_eq!(lines[1], ["TỈNH HÀ NAM", "Độc lập - Tự do - Hạnh phúc"]);
    assert!(text.lines().nth(1).unwrap().trim().starts_with("**TỈNH"));
    // What is left to be filled in by hand is no column.
    assert_eq!(lines[2], ["Số:  /KH-UBND", "Hà Nam, ngày  tháng  năm 2021"]);
    let place = lines
        .iter()
        .position(|line| line[..] == ["Nơi nhận:", "TM. ỦY BAN NHÂN DÂN"]);
    let sign: Vec<String> = lines[place.unwrap() + 1..]
        .iter()
        .flatten()
        .cloned()
        .collect();
    assert_eq!(
        sign,
        [
            "- Bộ Nội vụ (để báo cáo);",
            "KT. CHỦ TỊCH",
            "- Các sở, ban, ngành thuộc UBND tỉnh;",
            "PHÓ CHỦ TỊCH",
            "- Lưu: VT, TTBCXB.",
            "Trần Xuân Dưỡng"
        ]
    );
    // The signature's lines are centred under each other, all right of the recipients.
    let starts = ["TM. ỦY BAN", "KT. CHỦ", "PHÓ CHỦ", "Trần Xuân"].map(|word| {
        let line = text.lines().rev().find(|line| line.contains(word)).unwrap();
        line.replace("**", "")
            .split(word)
            .next()
            .unwrap()
            .chars()
            .count()
    });
    assert!(starts.iter().all(|start| *start > 36), "{starts:?}");
}

#[test]
fn its_table_is_one_over_all_pages() {
    let Some(bytes) = office::printed("plan") else {
        return;
    };
    let text = pdf::text(bytes).unwrap();
    let begin = text.find("| TT |").unwrap();
    let end = begin + text[begin..].find("\n\n").unwrap();
    let rows: Vec<Vec<String>> = text[begin..end]
        .lines()
        .map(|line| crate::source::table::cells(line.trim_start_matches('\u{c}')).unwrap())
        .collect();
    let mut written = vec![
        HEAD.map(str::to_owned).to_vec(),
        ["I", "CÔNG TÁC CHỈ ĐẠO", "", "", ""]
            .map(str::to_owned)
            .to_vec(),
    ];
    for number in 1..=24 {
        written.extend(
            task(number)
                .into_iter()
                .map(|row| row.map(|text| text.replace('\n', " <br> ")).to_vec()),
        );
    }
    for (read, written) in rows.iter().zip(&written) {
        assert_eq!(read, written);
    }
    assert_eq!(rows.len(), written.len());
    assert!(text[begin..end].matches('\u{c}').count() >= 2);
}

#[test]
fn another_reader_finds_the_same_words() {
    let Some(bytes) = office::printed("plan").filter(|_| office::has("pdftotext")) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.pdf");
    std::fs::write(&path, bytes).unwrap();
    let output = Command::new("pdftotext")
        .args(["-layout", "-enc", "UTF-8"])
        .arg(&path)
        .arg("-")
        .output()
        .unwrap();
    let words = |text: &str| -> Vec<String> {
        // Up to the table: its cells are read one after the other, and not line by line.
        let text = text
            .split("PHỤ LỤC")
            .next()
            .unwrap()
            .replace("[^1]: ", "1")
            .replace("[^1]", "1")
            .replace("**", "");
        text.split('\n')
            .filter(|line| line.trim_matches(['\u{c}', ' ']).parse::<u32>().is_err())
            .flat_map(str::split_whitespace)
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(
        words(&pdf::text(bytes).unwrap()),
        words(&String::from_utf8(output.stdout).unwrap())
    );
}
