use super::super::text::Folded;
use super::*;

/// `kind number | date | issuer | title` of each act of a paragraph.
fn read(text: &str) -> Vec<String> {
    cited(Folded::new(text).text())
        .into_iter()
        .map(|cite| {
            format!(
                "{} {} | {} | {} | {}",
                cite.kind,
                cite.number,
                cite.date.map_or("-".into(), |date| date.to_string()),
                cite.issuer.unwrap_or("-".into()),
                cite.title.unwrap_or("-".into()),
            )
        })
        .collect()
}

/// Texts and their acts.
const CITED: &[(&str, &[&str])] = &[
    (
        "theo Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ.",
        &["Nghị định 61/2018/NĐ-CP | 2018-04-23 | Chính phủ | -"],
    ),
    (
        "Nghị định 61/2018/NĐ-CP về cơ chế một cửa",
        &["Nghị định 61/2018/NĐ-CP | - | - | về cơ chế một cửa"],
    ),
    (
        "QĐ số 749/QĐ-TTg của Thủ tướng Chính phủ ngày 03/6/2020 phê duyệt Chương trình Chuyển đổi số quốc gia.",
        &[
            "Quyết định 749/QĐ-TTg | 2020-06-03 | Thủ tướng Chính phủ | phê duyệt Chương trình Chuyển đổi số quốc gia",
        ],
    ),
    (
        "Quyết định số 1578/QĐ-UBND ngày 06 tháng 9 năm 2021 của UBND tỉnh)",
        &["Quyết định 1578/QĐ-UBND | 2021-09-06 | UBND tỉnh | -"],
    ),
    (
        "Nghị quyết số 17/NQ-CP, ngày 17-3-2019 của Chính phủ",
        &["Nghị quyết 17/NQ-CP | 2019-03-17 | Chính phủ | -"],
    ),
    (
        "các Nghị quyết số 18-NQ/TW, 19-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương Đảng khóa XII",
        &[
            "Nghị quyết 18-NQ/TW | 2017-10-25 | Ban Chấp hành Trung ương Đảng | -",
            "Nghị quyết 19-NQ/TW | 2017-10-25 | Ban Chấp hành Trung ương Đảng | -",
        ],
    ),
    (
        "Nghị quyết số 18-NQ/TW và số 19-NQ/TW ngày 25/10/2017",
        &[
            "Nghị quyết 18-NQ/TW | 2017-10-25 | - | -",
            "Nghị quyết 19-NQ/TW | 2017-10-25 | - | -",
        ],
    ),
    (
        "Công văn số 4216/UBND-NC ngày 02/12/2021 và Công văn số 4478/UBND-NC ngày 18/11/2022 của Chủ tịch UBND tỉnh để kịp thời xử lý",
        &[
            "Công văn 4216/UBND-NC | 2021-12-02 | Chủ tịch UBND tỉnh | -",
            "Công văn 4478/UBND-NC | 2022-11-18 | Chủ tịch UBND tỉnh | -",
        ],
    ),
    (
        "tại Tờ trình số 02/TTr-CAT- ANCTNB ngày 03 tháng 02 năm 2023.",
        &["Tờ trình 02/TTr-CAT-ANCTNB | 2023-02-03 | - | -"],
    ),
    (
        "Quy định số 69-QĐ/TW ngày 06/7/2022 của Ban Chấp hành Trung ương quy định về kỷ luật tổ chức Đảng, Đảng viên vi phạm; Nghị",
        &[
            "Quy định 69-QĐ/TW | 2022-07-06 | Ban Chấp hành Trung ương | quy định về kỷ luật tổ chức Đảng, Đảng viên vi phạm",
        ],
    ),
    (
        "Thông tư liên tịch số 01/2018/TTLT-BNV-BTC ngày 02/7 của Bộ Nội vụ và Bộ Tài chính hướng dẫn thực hiện chế độ",
        &[
            "Thông tư liên tịch 01/2018/TTLT-BNV-BTC | 07-02 | Bộ Nội vụ và Bộ Tài chính | hướng dẫn thực hiện chế độ",
        ],
    ),
    (
        "Văn bản số 123/UBND-KSTT về việc tăng cường kỷ luật",
        &["Văn bản 123/UBND-KSTT | - | - | về việc tăng cường kỷ luật"],
    ),
    (
        "Luật Tổ chức chính quyền địa phương số 72/2025/QH15 ngày 16/6/2025;",
        &["Luật 72/2025/QH15 | 2025-06-16 | - | Tổ chức chính quyền địa phương"],
    ),
    (
        "Căn cứ Luật Bảo vệ bí mật nhà nước ngày 15 tháng 11 năm 2018;",
        &["Luật Luật Bảo vệ bí mật nhà nước | 2018-11-15 | - | -"],
    ),
    (
        "Bộ Luật hình sự năm 2015 (sửa đổi, bổ sung một số điều năm 2017)",
        &["Bộ luật Bộ Luật hình sự | 2015 | - | -"],
    ),
    (
        "Luật Sửa đổi bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức Chính quyền địa phương ngày 22 tháng 11 năm 2019;",
        &[
            "Luật Luật Sửa đổi bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức Chính quyền địa phương | 2019-11-22 | - | -",
        ],
    ),
    (
        "quy định của Luật Ngân sách Nhà nước và các văn bản hướng dẫn",
        &["Luật Luật Ngân sách Nhà nước | - | - | -"],
    ),
    (
        "Luật Phòng, chống tham nhũng năm 2018, Luật Bảo vệ BMNN trên địa bàn",
        &[
            "Luật Luật Phòng, chống tham nhũng | 2018 | - | -",
            "Luật Luật Bảo vệ BMNN | - | - | -",
        ],
    ),
    (
        "Hiến pháp năm 2013",
        &["Hiến pháp Hiến pháp | 2013 | - | -"],
    ),
    (
        "Luật Hàng hóa giao kết từ xa năm 2027",
        &["Luật Luật Hàng hóa giao kết | - | - | -"],
    ),
    (
        "Nghị quyết số 17/NQ-CP ngày 17/3/2019 của Chính phủ về một số nhiệm vụ, giải pháp trọng tâm phát triển Chính phủ điện tử giai đoạn 2019 - 2020, định hướng đến 2025; tình hình",
        &[
            "Nghị quyết 17/NQ-CP | 2019-03-17 | Chính phủ | về một số nhiệm vụ, giải pháp trọng tâm phát triển Chính phủ điện tử giai đoạn 2019 - 2020, định hướng đến 2025",
        ],
    ),
    (
        "Nghị quyết số 18-NQ/TW ngày 25/10/2017, Hội nghị lần thứ sáu Ban Chấp hành Trung ương Đảng khóa XII Một số vấn đề về tiếp tục đổi mới; Nghị",
        &[
            "Nghị quyết 18-NQ/TW | 2017-10-25 | Ban Chấp hành Trung ương Đảng | Một số vấn đề về tiếp tục đổi mới",
        ],
    ),
    ("số 254/QĐ-UBND", &["Quyết định 254/QĐ-UBND | - | - | -"]),
    (
        "THỰC HIỆN NGHỊ QUYẾT SỐ 57-NQ/TW NGÀY 22/12/2024 CỦA BỘ CHÍNH TRỊ",
        &["Nghị quyết 57-NQ/TW | 2024-12-22 | BỘ CHÍNH TRỊ | -"],
    ),
    (
        "Nghị quyết của Chính phủ số 01/NQ-CP ngày 05/01/2026",
        &["Nghị quyết 01/NQ-CP | 2026-01-05 | Chính phủ | -"],
    ),
    (
        "Quyết định số 12/QĐ-UBND ngày   tháng   năm 2026 của UBND tỉnh",
        &["Quyết định 12/QĐ-UBND | 2026 | UBND tỉnh | -"],
    ),
    (
        "Kế hoạch số 05/KH-BCĐ ngày 02/3/2026 “Về phòng, chống ma túy” và",
        &["Kế hoạch 05/KH-BCĐ | 2026-03-02 | - | Về phòng, chống ma túy"],
    ),
];

#[test]
fn every_way_to_cite_is_read() {
    for (text, wanted) in CITED {
        assert_eq!(read(text), *wanted, "{text}");
    }
}

#[test]
fn a_title_ends_where_the_sentence_goes_on() {
    let text = "Thực hiện Nghị quyết số 80-NQ/TW ngày 07/01/2026 của Bộ Chính trị về phát triển văn hoá Việt Nam, Kế hoạch số 128/KH-UBND ngày 30/3/2026 của UBND Thành phố về triển khai Chương trình hành động số 08-CTr/TU ngày 17/3/2026 của Thành uỷ Hà Nội thực hiện Nghị quyết số 80-NQ/TW ngày 07/01/2026 của Bộ Chính trị về phát triển văn hoá Việt Nam, UBND thành phố Hà Nội ban hành Kế hoạch tổ chức";
    let found = cited(Folded::new(text).text());
    let titles: Vec<&str> = found
        .iter()
        .map(|cite| cite.title.as_deref().unwrap())
        .collect();
    assert_eq!(
        titles,
        [
            "về phát triển văn hoá Việt Nam",
            "về triển khai Chương trình hành động số 08-CTr/TU ngày 17/3/2026 của Thành uỷ Hà Nội thực hiện Nghị quyết số 80-NQ/TW ngày 07/01/2026 của Bộ Chính trị về phát triển văn hoá Việt Nam",
            "thực hiện Nghị quyết số 80-NQ/TW ngày 07/01/2026 của Bộ Chính trị về phát triển văn hoá Việt Nam",
            "về phát triển văn hoá Việt Nam",
        ]
    );
    assert_eq!(
        found.iter().map(|cite| cite.nested).collect::<Vec<_>>(),
        [false, false, true, true]
    );
    assert_eq!(found[2].issuer.as_deref(), Some("Thành uỷ Hà Nội"));
    let long = format!(
        "Nghị định số 1/2024/NĐ-CP về {} hết",
        "phát triển bền vững, ".repeat(60)
    );
    let title = cited(Folded::new(&long).text()).remove(0).title.unwrap();
    assert!(title.len() < 430 && title.ends_with("bền vững"), "{title}");
}

#[test]
fn what_is_no_act_is_not_made_one() {
    for text in [
        "chấp hành pháp luật của Nhà nước",
        "Hội Luật gia tỉnh, Đoàn Luật sư, Trường Đại học Luật Hà Nội",
        "Luật này có hiệu lực",
        "ngày 17/3/2019 - UBND tỉnh",
        "giai đoạn 2021 - 2030",
        "Số: 254/QĐ-UBND",
        "tổng đài 1022, trực 24/7",
        "quyết định số lượng loa",
    ] {
        assert_eq!(read(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_document_does_not_cite_itself() {
    let acts = |text: &str| -> Vec<String> {
        let reading = crate::read(text.as_bytes(), None).unwrap();
        reading.acts.into_iter().map(|act| act.number).collect()
    };
    let decision = "Số: 254/QĐ-UBND\n\nSơn La, ngày 17 tháng 02 năm 2023\n\nQUYẾT ĐỊNH\n\nBan hành Kế hoạch\n\nĐiều 1. Ban hành Kế hoạch.\n\nKẾ HOẠCH\n\nBẢO VỆ BÍ MẬT NHÀ NƯỚC\n\n(Kèm theo Quyết định số 254/QĐ-UBND ngày 17/02/2023 của Chủ tịch UBND tỉnh)\n\nI. NỘI DUNG\n\n1. Theo Quyết định số 254/QĐ-UBND ngày 01/3/2020 và Quyết định số 254/QĐ-UBND ngày 17/02/2023.\n";
    // Another body's paper of another day bears the same number.
    assert_eq!(acts(decision), ["254/QĐ-UBND"]);
    let plan = "KẾ HOẠCH\n\nTUYÊN TRUYỀN\n\n(Ban hành kèm theo Quyết định số 12/QĐ-UBND ngày 01/02/2026)\n\nI. NỘI DUNG\n\n1. Một.\n";
    assert_eq!(acts(plan), Vec::<String>::new());
    let letter = "Số: 454/UBND-NC\n\nHà Nam, ngày 06 tháng 4 năm 2024\n\nKính gửi: Các sở.\n\n1. Giao Sở Nội vụ thực hiện.\n\n2. Các sở phối hợp.\n\n(Đính kèm Công văn số 847/UBND-VX1 ngày 22/3/2024)\n";
    assert_eq!(acts(letter), ["847/UBND-VX1"]);
}
