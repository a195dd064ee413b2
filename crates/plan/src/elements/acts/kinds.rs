//! The kinds of act, and who issues what by its notation.

/// Kinds as they are printed in front of a number, small, and as they are answered. Titles that
/// documents give to kinds ('Chương trình hành động') are kept.
pub const KINDS: [(&str, &str); 46] = [
    ("nghị quyết liên tịch", "Nghị quyết liên tịch"),
    ("nghị quyết", "Nghị quyết"),
    ("nghị định", "Nghị định"),
    ("quyết định", "Quyết định"),
    ("thông tư liên tịch", "Thông tư liên tịch"),
    ("thông tư", "Thông tư"),
    ("chỉ thị", "Chỉ thị"),
    ("bộ luật", "Bộ luật"),
    ("luật", "Luật"),
    ("pháp lệnh", "Pháp lệnh"),
    ("lệnh", "Lệnh"),
    ("sắc lệnh", "Sắc lệnh"),
    ("kết luận", "Kết luận"),
    ("thông báo kết luận", "Thông báo"),
    ("thông báo", "Thông báo"),
    ("thông tri", "Thông tri"),
    ("kế hoạch hành động", "Kế hoạch hành động"),
    ("kế hoạch phối hợp", "Kế hoạch phối hợp"),
    ("kế hoạch liên ngành", "Kế hoạch liên ngành"),
    ("kế hoạch", "Kế hoạch"),
    ("chương trình hành động", "Chương trình hành động"),
    ("chương trình phối hợp", "Chương trình phối hợp"),
    ("chương trình công tác", "Chương trình công tác"),
    ("chương trình", "Chương trình"),
    ("công văn", "Công văn"),
    ("công điện", "Công điện"),
    ("văn bản hợp nhất", "Văn bản hợp nhất"),
    ("văn bản", "Văn bản"),
    ("hướng dẫn liên ngành", "Hướng dẫn liên ngành"),
    ("hướng dẫn", "Hướng dẫn"),
    ("quy định", "Quy định"),
    ("quy chế phối hợp", "Quy chế phối hợp"),
    ("quy chế", "Quy chế"),
    ("tờ trình", "Tờ trình"),
    ("báo cáo", "Báo cáo"),
    ("đề án", "Đề án"),
    ("phương án", "Phương án"),
    ("nđ", "Nghị định"),
    ("nq", "Nghị quyết"),
    ("qđ", "Quyết định"),
    ("tt", "Thông tư"),
    ("ct", "Chỉ thị"),
    ("kh", "Kế hoạch"),
    ("cv", "Công văn"),
    ("kl", "Kết luận"),
    ("vb", "Văn bản"),
];

/// Those of them that are short forms: they stand right before a number only.
pub const ABBREVIATED: [&str; 9] = ["nđ", "nq", "qđ", "tt", "ct", "kh", "cv", "kl", "vb"];

/// Codes of kinds in a notation (decree 30/2020/NĐ-CP, annex III; party practice: 05-QĐi, HD 36
/// of the central office).
pub const CODES: [(&str, &str); 22] = [
    ("NQ", "Nghị quyết"),
    ("NĐ", "Nghị định"),
    ("QĐ", "Quyết định"),
    ("TT", "Thông tư"),
    ("TTLT", "Thông tư liên tịch"),
    ("CT", "Chỉ thị"),
    ("KL", "Kết luận"),
    ("TB", "Thông báo"),
    ("KH", "Kế hoạch"),
    ("CTr", "Chương trình"),
    ("CTR", "Chương trình"),
    ("CTHĐ", "Chương trình hành động"),
    ("CĐ", "Công điện"),
    ("HD", "Hướng dẫn"),
    ("QyĐ", "Quy định"),
    ("QC", "Quy chế"),
    ("TTr", "Tờ trình"),
    ("TTR", "Tờ trình"),
    ("BC", "Báo cáo"),
    ("ĐA", "Đề án"),
    ("PA", "Phương án"),
    ("VBHN", "Văn bản hợp nhất"),
];

/// The end of a notation and who issues under it (decree 30/2020/NĐ-CP, annex I and III; laws and
/// resolutions of the National Assembly by article 9 of its resolution 351/2017/UBTVQH14).
pub const ISSUERS: [(&str, &str); 39] = [
    ("TW", "Ban Chấp hành Trung ương Đảng"),
    ("TƯ", "Ban Chấp hành Trung ương Đảng"),
    ("CP", "Chính phủ"),
    ("TTg", "Thủ tướng Chính phủ"),
    ("CTN", "Chủ tịch nước"),
    ("VPCP", "Văn phòng Chính phủ"),
    ("TTCP", "Thanh tra Chính phủ"),
    ("BNV", "Bộ Nội vụ"),
    ("BCA", "Bộ Công an"),
    ("BQP", "Bộ Quốc phòng"),
    ("BNG", "Bộ Ngoại giao"),
    ("BTP", "Bộ Tư pháp"),
    ("BTC", "Bộ Tài chính"),
    ("BCT", "Bộ Công Thương"),
    ("BXD", "Bộ Xây dựng"),
    ("BYT", "Bộ Y tế"),
    ("BTTTT", "Bộ Thông tin và Truyền thông"),
    ("BVHTTDL", "Bộ Văn hóa, Thể thao và Du lịch"),
    ("BGDĐT", "Bộ Giáo dục và Đào tạo"),
    ("BKHCN", "Bộ Khoa học và Công nghệ"),
    ("BKHĐT", "Bộ Kế hoạch và Đầu tư"),
    ("BGTVT", "Bộ Giao thông vận tải"),
    ("BTNMT", "Bộ Tài nguyên và Môi trường"),
    ("BNNPTNT", "Bộ Nông nghiệp và Phát triển nông thôn"),
    ("BNNMT", "Bộ Nông nghiệp và Môi trường"),
    ("BLĐTBXH", "Bộ Lao động - Thương binh và Xã hội"),
    ("BDTTG", "Bộ Dân tộc và Tôn giáo"),
    ("UBDT", "Ủy ban Dân tộc"),
    ("NHNN", "Ngân hàng Nhà nước Việt Nam"),
    ("KTNN", "Kiểm toán nhà nước"),
    ("TANDTC", "Tòa án nhân dân tối cao"),
    ("VKSTC", "Viện kiểm sát nhân dân tối cao"),
    ("VKSNDTC", "Viện kiểm sát nhân dân tối cao"),
    ("HĐTP", "Hội đồng Thẩm phán Tòa án nhân dân tối cao"),
    ("BTGTW", "Ban Tuyên giáo Trung ương"),
    ("BTGDVTW", "Ban Tuyên giáo và Dân vận Trung ương"),
    ("BTCTW", "Ban Tổ chức Trung ương"),
    ("UBKTTW", "Ủy ban Kiểm tra Trung ương"),
    ("VPTW", "Văn phòng Trung ương Đảng"),
];

/// Who issues under a notation, if it names a body that there is only one of.
pub fn issuer(number: &str) -> Option<&'static str> {
    let last = number.rsplit(['-', '/']).next()?;
    let assembly = last.trim_end_matches(|letter: char| letter.is_ascii_digit());
    if assembly.len() < last.len() {
        match assembly {
            "QH" => return Some("Quốc hội"),
            "UBTVQH" => return Some("Ủy ban Thường vụ Quốc hội"),
            _ => {}
        }
    }
    // A circular of several ministries is nobody's alone.
    if number.contains("TTLT") {
        return None;
    }
    // A ministry's department adds its own code: '1273/BTTTT-TTCS'.
    let own = number.split(['-', '/']).find(|part| {
        part.starts_with(|letter: char| letter.is_alphabetic())
            && CODES.iter().all(|(code, _)| code != part)
    })?;
    ISSUERS
        .iter()
        .find(|(end, _)| *end == own)
        .map(|(_, name)| *name)
}

/// The kind that a notation tells.
pub fn of_number(number: &str) -> Option<&'static str> {
    let code = number
        .split(['-', '/'])
        .find(|part| part.starts_with(|letter: char| letter.is_alphabetic()))?;
    if code == "L" || code.starts_with("QH") {
        return Some("Luật");
    }
    CODES
        .iter()
        .find(|(known, _)| *known == code)
        .map(|(_, kind)| *kind)
}
