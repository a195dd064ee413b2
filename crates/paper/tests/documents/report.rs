//! The annual report of a department, as it would be sent.

use chrono::NaiveDate;
use loa_paper::{Align, Annex, Block, Column, OfficialDocument, Run, Signature};

pub fn annual() -> OfficialDocument {
    OfficialDocument {
        parent_agency: Some("UBND tỉnh Hà Nam".into()),
        issuer: "Sở Thông tin và Truyền thông".into(),
        number: Some("112".into()),
        notation: "BC-STTTT".into(),
        place: "Hà Nam".into(),
        date: NaiveDate::from_ymd_opt(2024, 9, 30),
        year_if_undated: 2024,
        kind: "Báo cáo".into(),
        title: "Kết quả thông tin, tuyên truyền về cải cách hành chính nhà nước\nnăm 2024 trên địa bàn tỉnh Hà Nam".into(),
        body: body(),
        signature: Signature {
            form: Some("KT.".into()),
            lines: vec!["Giám đốc".into(), "Phó Giám đốc".into()],
            name: "Nguyễn Thị Quỳnh Hoa".into(),
        },
        recipients: [
            "UBND tỉnh (để b/c);",
            "Bộ Thông tin và Truyền thông (để b/c);",
            "Sở Nội vụ;",
            "UBND các huyện, thị xã, thành phố;",
            "Lưu: VT, TTBCXB.",
        ]
        .map(String::from)
        .to_vec(),
        annexes: vec![Annex {
            title: "Số liệu thông tin, tuyên truyền theo đơn vị".into(),
            reference: "Kèm theo Báo cáo số 112/BC-STTTT ngày 30 tháng 9 năm 2024 của Sở Thông tin và Truyền thông".into(),
            blocks: vec![by_unit()],
            landscape: true,
        }],
        draft: None,
    }
}

fn body() -> Vec<Block> {
    let heading = |level, text: &str| Block::Heading {
        level,
        text: text.into(),
    };
    let text = |text: &str| Block::Paragraph(vec![Run::text(text)]);
    let bullet = |text: &str| Block::Bullet(vec![Run::text(text)]);
    let figure =
        |figure: &str| Run::linked(figure, "https://loa.hanam.example/bang-chung/2024/loa");
    vec![
        text(
            "Thực hiện Kế hoạch thông tin, tuyên truyền về cải cách hành chính nhà nước giai đoạn 2021 - 2030 trên địa bàn tỉnh, Sở Thông tin và Truyền thông báo cáo kết quả năm 2024 như sau:",
        ),
        heading(1, "I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI"),
        text(
            "Sở đã ban hành 04 văn bản hướng dẫn các cơ quan báo chí, Đài truyền thanh cấp huyện và hệ thống thông tin cơ sở tuyên truyền về cải cách hành chính; tổ chức 02 đợt kiểm tra, đôn đốc tại 06 huyện, thị xã, thành phố.",
        ),
        heading(1, "II. KẾT QUẢ THỰC HIỆN"),
        heading(2, "1. Nội dung thông tin, tuyên truyền"),
        bullet(
            "Tầm quan trọng, ý nghĩa, mục tiêu và tác động của cải cách hành chính đến phát triển kinh tế - xã hội của tỉnh.",
        ),
        bullet(
            "Việc thực hiện cơ chế một cửa, một cửa liên thông trong giải quyết thủ tục hành chính; dịch vụ công trực tuyến; chuyển đổi số.",
        ),
        heading(2, "2. Hình thức thông tin, tuyên truyền"),
        heading(3, "a) Trên báo chí"),
        text(
            "Báo Hà Nam, Đài Phát thanh và Truyền hình Hà Nam duy trì chuyên mục “Cải cách hành chính”, tăng thời lượng phát sóng trong giờ cao điểm; các cơ quan báo chí Trung ương thường trú tại tỉnh đưa tin thường xuyên.",
        ),
        heading(3, "b) Trên hệ thống thông tin cơ sở"),
        Block::Paragraph(vec![
            Run::text("Hệ thống truyền thanh cấp xã đã phát "),
            figure("12.486 lượt"),
            Run::text(" bản tin với tổng thời lượng "),
            figure("49.944 phút"),
            Run::text(", trong đó "),
            figure("12.310 lượt").bold(),
            Run::text(" có biên nhận ký số của cụm loa; "),
            Run::text("176 lượt chưa có biên nhận").italic(),
            Run::text(" do mất điện, mất mạng tại thời điểm phát."),
        ]),
        by_kind(),
        heading(2, "3. Kinh phí"),
        text(
            "Tổng kinh phí thực hiện là 1.245.000.000 đồng (Một tỷ, hai trăm bốn mươi lăm triệu đồng) từ nguồn ngân sách tỉnh, đạt 98,6% dự toán được giao.",
        ),
        heading(1, "III. HẠN CHẾ, NGUYÊN NHÂN"),
        text(
            "Một số đài truyền thanh cấp xã đã xuống cấp, tỷ lệ cụm loa hoạt động tốt mới đạt 91%. Nội dung tuyên truyền về cải cách tài chính công còn ít; tại 07 xã, trong 45 ngày liên tục không có tin, bài về chủ đề này. Nguyên nhân chủ yếu là nhân lực làm công tác truyền thanh kiêm nhiệm, kinh phí bảo trì chưa được bố trí kịp thời.",
        ),
        heading(1, "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2025"),
        bullet(
            "Tiếp tục nâng cao chất lượng tin, bài; đa dạng hóa hình thức tuyên truyền trên nền tảng số, mạng xã hội.",
        ),
        bullet(
            "Hoàn thành việc chuyển đổi đài truyền thanh có dây, không dây FM sang đài truyền thanh ứng dụng công nghệ thông tin - viễn thông.",
        ),
        heading(1, "V. KIẾN NGHỊ, ĐỀ XUẤT"),
        text(
            "Đề nghị Ủy ban nhân dân tỉnh bố trí kinh phí bảo trì hệ thống truyền thanh cấp xã trong dự toán ngân sách năm 2025.",
        ),
        text(
            "Trên đây là Báo cáo kết quả thông tin, tuyên truyền về cải cách hành chính nhà nước năm 2024, Sở Thông tin và Truyền thông trân trọng báo cáo.",
        ),
    ]
}

fn by_kind() -> Block {
    let row = |row: [&str; 4]| row.map(|text| vec![Run::text(text)]).to_vec();
    Block::Table {
        columns: columns(&[
            ("STT", 1.0, Align::Center),
            ("Hình thức", 5.0, Align::Left),
            ("Số tin, bài, lượt", 2.5, Align::Right),
            ("Đã có minh chứng", 2.5, Align::Right),
        ]),
        rows: vec![
            row(["1", "Báo in, báo điện tử", "348", "348"]),
            row(["2", "Phát thanh, truyền hình", "215", "215"]),
            row(["3", "Truyền thanh cấp xã", "12.486", "12.310"]),
            row(["4", "Cổng, trang thông tin điện tử", "1.902", "1.902"]),
            row(["", "Tổng cộng", "14.951", "14.775"]),
        ],
        total_row: true,
    }
}

fn by_unit() -> Block {
    const PLACES: [&str; 6] = [
        "Thành phố Phủ Lý",
        "Thị xã Duy Tiên",
        "Thị xã Kim Bảng",
        "Huyện Bình Lục",
        "Huyện Lý Nhân",
        "Huyện Thanh Liêm",
    ];
    let rows = (1..=42u32)
        .map(|number| {
            let place = PLACES[number as usize % PLACES.len()];
            let cells = [
                number.to_string(),
                format!("{place} - xã thứ {number}"),
                format!("{}", 40 + number),
                (120 + number * 3).to_string(),
                (480 + number * 12).to_string(),
                (118 + number * 3).to_string(),
                "Đạt".to_owned(),
            ];
            cells.map(|text| vec![Run::text(text)]).to_vec()
        })
        .collect();
    Block::Table {
        columns: columns(&[
            ("STT", 1.0, Align::Center),
            ("Đơn vị", 6.0, Align::Left),
            ("Tin, bài", 2.0, Align::Right),
            ("Lượt phát", 2.0, Align::Right),
            ("Số phút", 2.0, Align::Right),
            ("Có biên nhận", 2.0, Align::Right),
            ("Ghi chú", 3.0, Align::Left),
        ]),
        rows,
        total_row: false,
    }
}

fn columns(given: &[(&str, f32, Align)]) -> Vec<Column> {
    given
        .iter()
        .map(|(title, width_share, align)| Column {
            title: (*title).to_owned(),
            width_share: *width_share,
            align: *align,
        })
        .collect()
}
