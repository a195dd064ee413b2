use super::super::text::Folded;
use super::*;

fn names(text: &str) -> Vec<String> {
    list(Folded::new(text).text()).map_or(Vec::new(), |list| list.names)
}

fn rest(text: &str) -> String {
    let folded = Folded::new(text);
    let end = list(folded.text()).map_or(0, |list| list.end);
    folded.text().from(end).raw.to_owned()
}

/// Texts and the names at their beginning.
const NAMED: &[(&str, &[&str])] = &[
    (
        "Ban Tuyên giáo Tỉnh ủy định hướng các cơ quan",
        &["Ban Tuyên giáo Tỉnh ủy"],
    ),
    (
        "Ủy ban nhân dân các huyện, thị xã, thành phố chỉ đạo thực hiện",
        &["Ủy ban nhân dân các huyện, thị xã, thành phố"],
    ),
    ("các sở, ban, ngành", &["các sở, ban, ngành"]),
    (
        "Các Sở, ngành Thành phố, một số Đại sứ quán và tổ chức quốc tế; Hãng phim Tài liệu và khoa học Trung ương, UBND các phường, xã và các đơn vị có liên quan.",
        &[
            "Các Sở, ngành Thành phố",
            "một số Đại sứ quán",
            "tổ chức quốc tế",
            "Hãng phim Tài liệu và khoa học Trung ương",
            "UBND các phường, xã",
            "các đơn vị có liên quan",
        ],
    ),
    (
        "Sở Văn hóa, Thể thao và Du lịch, Sở Nội vụ và các đơn vị liên quan tổ chức",
        &[
            "Sở Văn hóa, Thể thao và Du lịch",
            "Sở Nội vụ",
            "các đơn vị liên quan",
        ],
    ),
    ("Sở Văn hoá và Thể thao.", &["Sở Văn hoá và Thể thao"]),
    (
        "Trung tâm Bảo tồn di sản Thăng Long - Hà Nội.",
        &["Trung tâm Bảo tồn di sản Thăng Long - Hà Nội"],
    ),
    (
        "Tổng Công ty Điện lực Hà Nội Chủ trì, xây dựng các phương án",
        &["Tổng Công ty Điện lực Hà Nội"],
    ),
    (
        "Liên hiệp các tổ chức hữu nghị thành phố Hà Nội",
        &["Liên hiệp các tổ chức hữu nghị thành phố Hà Nội"],
    ),
    (
        "Cơ quan Báo và Phát thanh, Truyền hình Hà Nội",
        &["Cơ quan Báo và Phát thanh, Truyền hình Hà Nội"],
    ),
    (
        "Sở Nội vụ (Ban Thi đua Khen thưởng Thành phố)",
        &["Sở Nội vụ"],
    ),
    (
        "Văn phòng UBND tỉnh; Sở Tư pháp và các cơ quan, tổ chức có liên quan tham mưu",
        &[
            "Văn phòng UBND tỉnh",
            "Sở Tư pháp",
            "các cơ quan, tổ chức có liên quan",
        ],
    ),
    (
        "Thủ trưởng các sở, ban, ngành trực thuộc UBND tỉnh; Chủ tịch UBND các huyện, thành phố căn cứ chức năng",
        &[
            "Thủ trưởng các sở, ban, ngành trực thuộc UBND tỉnh",
            "Chủ tịch UBND các huyện, thành phố",
        ],
    ),
    (
        "Chánh Văn phòng Uỷ ban nhân dân tỉnh; Giám đốc Công an tỉnh; Chủ tịch Ủy ban nhân dân huyện, thành phố và các cơ quan, tổ chức liên quan chịu trách nhiệm",
        &[
            "Chánh Văn phòng Uỷ ban nhân dân tỉnh",
            "Giám đốc Công an tỉnh",
            "Chủ tịch Ủy ban nhân dân huyện, thành phố",
            "các cơ quan, tổ chức liên quan",
        ],
    ),
    (
        "Các Đại sứ quán, tổ chức quốc tế, các tỉnh, thành phố và các sở, ngành, phường, xã thuộc thành phố Hà Nội.",
        &[
            "Các Đại sứ quán",
            "tổ chức quốc tế",
            "các tỉnh, thành phố",
            "các sở, ngành, phường, xã thuộc thành phố Hà Nội",
        ],
    ),
    (
        "Công an Thành phố, chính quyền địa phương, Sở Văn hóa và Thể thao và các đơn vị khác có liên quan tổ chức, phân luồng",
        &[
            "Công an Thành phố",
            "chính quyền địa phương",
            "Sở Văn hóa và Thể thao",
            "các đơn vị khác có liên quan",
        ],
    ),
    (
        "Văn phòng Đoàn ĐBQH và HĐND tỉnh, Ban Tổ chức Tỉnh ủy",
        &["Văn phòng Đoàn ĐBQH và HĐND tỉnh", "Ban Tổ chức Tỉnh ủy"],
    ),
    (
        "Ủy ban MTTQ Việt Nam tỉnh và các tổ chức chính trị - xã hội tham gia giám sát",
        &[
            "Ủy ban MTTQ Việt Nam tỉnh",
            "các tổ chức chính trị - xã hội",
        ],
    ),
    ("Sở nội vụ, Sở Y tế", &["Sở nội vụ", "Sở Y tế"]),
    ("SỞ NỘI VỤ", &["SỞ NỘI VỤ"]),
    ("Đề án", &[]),
    (
        "Thành phố Hồ Chí Minh, tỉnh Đăk Lăk, tỉnh Điện Biên",
        &["Thành phố Hồ Chí Minh", "tỉnh Đăk Lăk", "tỉnh Điện Biên"],
    ),
    (
        "Phòng Kinh tế, Hạ tầng và Đô thị, Phòng Văn hóa - Xã hội",
        &["Phòng Kinh tế, Hạ tầng và Đô thị", "Phòng Văn hóa - Xã hội"],
    ),
    ("UBND TP. Phủ Lý phối hợp", &["UBND TP. Phủ Lý"]),
    (
        "Báo Hà Nam, Đài PT&TH Hà Nam",
        &["Báo Hà Nam", "Đài PT&TH Hà Nam"],
    ),
    (
        "Sở Thông tin và truyền thông hướng dẫn",
        &["Sở Thông tin và truyền thông"],
    ),
    (
        "Đài Phát thanh và Truyền hình tỉnh phối hợp với",
        &["Đài Phát thanh và Truyền hình tỉnh"],
    ),
];

#[test]
fn names_end_where_the_deed_begins() {
    for (text, wanted) in NAMED {
        assert_eq!(names(text), *wanted, "{text}");
    }
}

#[test]
fn one_head_deals_out_several_names() {
    let cases = [
        (
            "UBND các phường: Ba Đình, Hoàn Kiếm, Cửa Nam, Văn Miếu – Quốc Tử Giám, Từ Liêm và UBND xã Bát Tràng.",
            &[
                "UBND phường Ba Đình",
                "UBND phường Hoàn Kiếm",
                "UBND phường Cửa Nam",
                "UBND phường Văn Miếu – Quốc Tử Giám",
                "UBND phường Từ Liêm",
                "UBND xã Bát Tràng",
            ][..],
        ),
        (
            "UBND các phường: Hoàn Kiếm, Từ Liêm và các đơn vị liên quan xây dựng",
            &[
                "UBND phường Hoàn Kiếm",
                "UBND phường Từ Liêm",
                "các đơn vị liên quan",
            ],
        ),
        (
            "Đại sứ quán các nước: Trung Quốc, Ấn Độ, Cộng hoà Liên bang Nga lựa chọn",
            &[
                "Đại sứ quán Trung Quốc",
                "Đại sứ quán Ấn Độ",
                "Đại sứ quán Cộng hoà Liên bang Nga",
            ],
        ),
        (
            "các Sở: Nội vụ, Tài chính, Văn hóa và Thể thao; UBND tỉnh",
            &[
                "Sở Nội vụ",
                "Sở Tài chính",
                "Sở Văn hóa và Thể thao",
                "UBND tỉnh",
            ],
        ),
        (
            "Giám đốc các Sở: Nội vụ, Kế hoạch và Đầu tư và Thủ trưởng các đơn vị",
            &[
                "Giám đốc Sở Nội vụ",
                "Giám đốc Sở Kế hoạch và Đầu tư",
                "Thủ trưởng các đơn vị",
            ],
        ),
        (
            "UBND các huyện Mộc Châu, Vân Hồ và thành phố Sơn La tổ chức",
            &[
                "UBND huyện Mộc Châu",
                "UBND huyện Vân Hồ",
                "UBND thành phố Sơn La",
            ],
        ),
    ];
    for (text, wanted) in cases {
        assert_eq!(names(text), wanted, "{text}");
    }
}

#[test]
fn what_only_looks_like_a_body_is_none() {
    for text in [
        "Báo cáo kết quả",
        "ban hành kế hoạch",
        "Hội nghị tập huấn",
        "phòng, chống tham nhũng",
        "Tổ chức tập huấn",
        "bộ máy",
        "Xây dựng kế hoạch",
        "Lãnh đạo, chỉ đạo thực hiện",
        "trường hợp khẩn cấp",
        "Kinh phí thực hiện",
        "xã hội hóa",
        "người dân",
        "đoàn viên",
    ] {
        assert_eq!(names(text), Vec::<String>::new(), "{text}");
    }
    assert_eq!(rest("Sở Nội vụ chủ trì"), " chủ trì");
    assert_eq!(
        rest("Công an tỉnh; Sở Nội vụ chủ trì, phối hợp"),
        "; Sở Nội vụ chủ trì, phối hợp"
    );
}

#[test]
fn a_cell_holds_nothing_but_names() {
    let all = |text: &str| every(Folded::new(text).text());
    let (names, known) = all("- Sở Nội vụ\n- Báo Hà Nam; VP UBND tỉnh");
    assert_eq!(names, ["Sở Nội vụ", "Báo Hà Nam", "VP UBND tỉnh"]);
    assert!(!known);
    let (names, _) = all("UBND xã Bát Tràng, các nghệ sỹ, nghệ nhân gốm.");
    assert_eq!(names, ["UBND xã Bát Tràng", "các nghệ sỹ", "nghệ nhân gốm"]);
    let (names, known) = all("Sở Văn hóa và Thể thao, UBND các phường, xã diễn ra sự kiện");
    assert_eq!(names, ["Sở Văn hóa và Thể thao", "UBND các phường, xã"]);
    assert!(known);
}
