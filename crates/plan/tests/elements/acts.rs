//! Legal acts, clause by clause.

use super::{document, plan};

fn acts(body: &str) -> Vec<String> {
    plan("Tuyên truyền", body)
        .acts
        .iter()
        .map(|act| {
            format!(
                "{} {} {} {}",
                act.kind,
                act.number,
                act.date.as_deref().unwrap_or("-"),
                act.cited_in.join(",")
            )
        })
        .collect()
}

#[test]
fn every_clause_that_cites_an_act_is_named_once() {
    let body = "Căn cứ Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ; Nghị định số 61/2018/NĐ-CP.\n\n\
        I. NỘI DUNG\n\n1. Theo Nghị định 61/2018/NĐ-CP.\n\n2. Không gì cả.\n\n3. Theo Nghị định số 61/2018/NĐ- CP.\n";
    assert_eq!(
        acts(body),
        ["Nghị định 61/2018/NĐ-CP 2018-04-23 preamble,I.1,I.3"]
    );
}

#[test]
fn one_number_of_two_years_is_two_acts_and_a_number_with_its_year_is_one() {
    let body = "I. NỘI DUNG\n\n\
        1. Chỉ thị số 02/CT-TTg ngày 15/11/2019 và Chỉ thị số 02/CT-TTg ngày 04/7/2018.\n\n\
        2. Chỉ thị số 02/CT-TTg ngày 04 tháng 7 năm 2018.\n\n\
        3. Chỉ thị số 02/CT-TTg.\n\n\
        4. Thông tư số 22/2016/TT-BTTTT ngày 19/10/2012; Thông tư số 22/2016/TT-BTTTT ngày 19/10/2016.\n";
    assert_eq!(
        acts(body),
        [
            "Chỉ thị 02/CT-TTg 2019-11-15 I.1,I.3",
            "Chỉ thị 02/CT-TTg 2018-07-04 I.1,I.2",
            "Thông tư 22/2016/TT-BTTTT 2012-10-19 I.4",
        ]
    );
}

#[test]
fn a_law_is_one_by_its_name_its_short_form_and_its_number() {
    let body = "I. NỘI DUNG\n\n\
        1. Bảo vệ bí mật nhà nước (BMNN) theo Luật Bảo vệ bí mật nhà nước ngày 15 tháng 11 năm 2018.\n\n\
        2. Luật Bảo vệ BMNN năm 2018; Luật Bảo vệ BMNN và các văn bản hướng dẫn.\n\n\
        3. Luật Đất đai năm 2013, Luật Đất đai năm 2024.\n\n\
        4. Luật Tổ chức chính quyền địa phương số 72/2025/QH15.\n\n\
        5. Theo Luật Tổ chức chính quyền địa phương.\n";
    assert_eq!(
        acts(body),
        [
            "Luật Luật Bảo vệ bí mật nhà nước 2018-11-15 I.1,I.2",
            "Luật Luật Đất đai 2013 I.3",
            "Luật Luật Đất đai 2024 I.3",
            "Luật 72/2025/QH15 - I.4,I.5",
        ]
    );
}

#[test]
fn an_act_is_completed_by_what_is_said_of_it_later() {
    let body = "I. NỘI DUNG\n\n1. Nghị quyết số 57-NQ/TW.\n\n\
        2. Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá phát triển khoa học, công nghệ.\n";
    let reading = plan("Tuyên truyền", body);
    let act = &reading.acts[0];
    assert_eq!(reading.acts.len(), 1);
    assert_eq!(
        (
            act.date.as_deref(),
            act.issuer.as_deref(),
            act.title.as_deref()
        ),
        (
            Some("2024-12-22"),
            Some("Bộ Chính trị"),
            Some("về đột phá phát triển khoa học, công nghệ")
        )
    );
}

#[test]
fn the_notation_names_who_issued_it() {
    let body = "I. NỘI DUNG\n\n1. Thông tư số 39/2020/TT-BTTTT, Quyết định số 135/QĐ-TTg, \
        Nghị quyết số 1674/NQ-UBTVQH15, Công văn số 1273/BTTTT-TTCS, Quyết định số 12/QĐ-UBND, \
        Thông tư liên tịch số 01/2018/TTLT-BNV-BTC.\n";
    let reading = plan("Tuyên truyền", body);
    let issuers: Vec<Option<&str>> = reading
        .acts
        .iter()
        .map(|act| act.issuer.as_deref())
        .collect();
    assert_eq!(
        issuers,
        [
            Some("Bộ Thông tin và Truyền thông"),
            Some("Thủ tướng Chính phủ"),
            Some("Ủy ban Thường vụ Quốc hội"),
            Some("Bộ Thông tin và Truyền thông"),
            None,
            None,
        ]
    );
}

#[test]
fn an_act_of_the_title_counts_and_the_own_number_does_not() {
    let reading = plan(
        "Triển khai thực hiện Quyết định số 1521/QĐ-TTg ngày 06/10/2020 của Thủ tướng Chính phủ",
        "I. NỘI DUNG\n\n1. Kế hoạch số 45/KH-UBND này gồm các việc sau.\n",
    );
    let acts: Vec<(&str, usize)> = reading
        .acts
        .iter()
        .map(|act| (act.number.as_str(), act.cited_in.len()))
        .collect();
    assert_eq!(acts, [("1521/QĐ-TTg", 0)]);
}

#[test]
fn numbers_broken_over_a_wrapped_line_are_joined() {
    let text = "  UBND TỈNH HÀ NAM              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
        \x20 SỞ NỘI VỤ                     Độc lập - Tự do - Hạnh phúc\n\n\
        \x20 Số: 12/KH-SNV                 Hà Nam, ngày 02 tháng 3 năm 2024\n\n\
        \x20                          KẾ HOẠCH\n\
        \x20                  Tuyên truyền năm 2024\n\n\
        \x20    I. CĂN CỨ\n\
        \x20    1. Kinh phí đã giao tại Quyết định số 5969/QĐ-\n\
        UBND ngày 28/11/2023 của Ủy ban nhân dân tỉnh và theo Nghị định số\n\
        144/2021/NĐ- CP ngày 31 tháng\n\
        12 năm 2021 của Chính phủ.\n";
    let acts: Vec<(String, Option<String>)> = document(text)
        .acts
        .into_iter()
        .map(|act| (act.number, act.date))
        .collect();
    assert_eq!(
        acts,
        [
            ("5969/QĐ-UBND".to_owned(), Some("2023-11-28".to_owned())),
            ("144/2021/NĐ-CP".to_owned(), Some("2021-12-31".to_owned())),
        ]
    );
}
