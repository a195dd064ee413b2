//! Names of bodies as documents print them, brought to one form so that they can be compared:
//! 'Uỷ ban nhân dân', 'UBND' and 'Ủy ban nhân dân' are one name.

use unicode_normalization::UnicodeNormalization;

/// Abbreviations of official practice, without their signs: `PT&TH`, `PT-TH` and `PTTH` are one.
const ABBREVIATIONS: [(&str, &str); 28] = [
    ("ubnd", "ủy ban nhân dân"),
    ("hđnd", "hội đồng nhân dân"),
    ("mttq", "mặt trận tổ quốc"),
    ("tp", "thành phố"),
    ("tx", "thị xã"),
    ("q", "quận"),
    ("h", "huyện"),
    ("p", "phường"),
    ("x", "xã"),
    ("tttt", "thông tin truyền thông"),
    ("ptth", "phát thanh truyền hình"),
    ("thth", "truyền thanh truyền hình"),
    ("khcn", "khoa học công nghệ"),
    ("vhtt", "văn hóa thông tin"),
    ("vhttdl", "văn hóa thể thao du lịch"),
    ("vhxh", "văn hóa xã hội"),
    ("vh", "văn hóa"),
    ("ttdl", "thể thao du lịch"),
    ("btg", "ban tuyên giáo"),
    ("btgdv", "ban tuyên giáo dân vận"),
    ("tgdv", "tuyên giáo dân vận"),
    ("gdđt", "giáo dục đào tạo"),
    ("khđt", "kế hoạch đầu tư"),
    ("tnmt", "tài nguyên môi trường"),
    ("nnptnt", "nông nghiệp phát triển nông thôn"),
    ("nnmt", "nông nghiệp môi trường"),
    ("lđtbxh", "lao động thương binh xã hội"),
    ("gtvt", "giao thông vận tải"),
];

/// Where the mark may stand on either vowel; both are in use.
const MARKS: [(&str, &str); 15] = [
    ("oà", "òa"),
    ("oá", "óa"),
    ("oả", "ỏa"),
    ("oã", "õa"),
    ("oạ", "ọa"),
    ("oè", "òe"),
    ("oé", "óe"),
    ("oẻ", "ỏe"),
    ("oẽ", "õe"),
    ("oẹ", "ọe"),
    ("uỳ", "ùy"),
    ("uý", "úy"),
    ("uỷ", "ủy"),
    ("uỹ", "ũy"),
    ("uỵ", "ụy"),
];

/// The words with which the name of a body begins. Behind a comma they begin another body.
const BODIES: [&str; 24] = [
    "Sở",
    "Ban",
    "Bộ",
    "Ủy ban",
    "Uỷ ban",
    "UBND",
    "HĐND",
    "Hội đồng",
    "Báo",
    "Đài",
    "Phòng",
    "Trung tâm",
    "Văn phòng",
    "Hội",
    "Đoàn",
    "Mặt trận",
    "Công an",
    "Cục",
    "Chi cục",
    "Liên đoàn",
    "Tỉnh ủy",
    "Thành ủy",
    "Huyện ủy",
    "các",
];

/// One form for a name: composed, small letters, abbreviations written out, no signs, no 'và'.
pub fn key(name: &str) -> String {
    let mut text: String = name.nfc().collect::<String>().to_lowercase();
    for (one, other) in MARKS {
        text = text.replace(one, other);
    }
    let mut words: Vec<&str> = Vec::new();
    for token in text.split_whitespace() {
        let letters: String = token.chars().filter(|c| c.is_alphanumeric()).collect();
        match ABBREVIATIONS.iter().find(|(short, _)| *short == letters) {
            Some((_, long)) => words.extend(long.split(' ')),
            None => words.extend(token.split(|c: char| !c.is_alphanumeric())),
        }
    }
    words.retain(|word| !word.is_empty() && *word != "và");
    words.join(" ")
}

/// A key without the province at its end: 'sở nội vụ tỉnh hà nam' is the province's 'sở nội vụ'.
pub fn bare<'a>(key: &'a str, province: &str) -> &'a str {
    let mut rest = key;
    if !province.is_empty()
        && let Some(before) = key.strip_suffix(province)
    {
        let before = before.trim_end();
        rest = before.strip_suffix(" thành phố").unwrap_or(before);
    }
    for word in [" tỉnh", " cấp", " của", " thuộc", " trên địa bàn"] {
        rest = rest.strip_suffix(word).unwrap_or(rest);
    }
    rest
}

/// The bodies that one printed name joins. 'Báo Hà Nam, Đài PT&TH Hà Nam' are two; 'Sở Văn hóa,
/// Thể thao và Du lịch' is one, and so are 'các sở, ban, ngành'.
pub fn pieces(name: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut rest, mut from) = (name.trim(), 0);
    while let Some((at, length)) = next_joint(rest, from) {
        let behind = &rest[at + length..];
        if begins_body(behind) {
            pieces.push(rest[..at].trim());
            (rest, from) = (behind, 0);
        } else {
            from = at + length;
        }
    }
    pieces.push(rest.trim());
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

fn next_joint(text: &str, from: usize) -> Option<(usize, usize)> {
    let behind = text.get(from..)?;
    [", ", "; ", " và "]
        .into_iter()
        .filter_map(|joint| Some((from + behind.find(joint)?, joint.len())))
        .min()
}

fn begins_body(text: &str) -> bool {
    BODIES.into_iter().any(|word| {
        // 'Các Sở, Ban, ngành' is one group: behind a body's word there is its name.
        text.strip_prefix(word)
            .and_then(|rest| rest.strip_prefix(' '))
            .is_some_and(|rest| !rest.starts_with("ngành"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_body_has_one_key() {
        let same = [
            ["Uỷ ban nhân dân tỉnh", "UBND tỉnh"],
            ["Sở TT&TT", "Sở Thông tin và Truyền thông"],
            ["Đài PT-TH tỉnh", "Đài Phát thanh – Truyền hình tỉnh"],
            ["Sở VH, TT&DL", "SỞ VĂN HOÁ, THỂ THAO VÀ DU LỊCH"],
            ["TP. Phủ Lý", "Thành  phố Phủ Lý"],
            ["Ban TG&DV Tỉnh uỷ", "Ban Tuyên giáo và Dân vận Tỉnh ủy"],
        ];
        for [one, other] in same {
            assert_eq!(key(one), key(other), "{one}");
        }
        let decomposed: String = "Sở Nội vụ".nfd().collect();
        assert_eq!(key(&decomposed), "sở nội vụ");
        assert_ne!(key("Sở Thông tin"), key("Bộ Thông tin"));
    }

    #[test]
    fn the_province_may_be_left_out() {
        let bare = |name: &str| super::bare(&key(name), "hà nam").to_owned();
        assert_eq!(bare("Sở Nội vụ tỉnh Hà Nam"), "sở nội vụ");
        assert_eq!(
            bare("Đài PT&TH Hà Nam"),
            bare("Đài Phát thanh và Truyền hình tỉnh")
        );
        assert_eq!(bare("các cơ quan báo chí của tỉnh"), "các cơ quan báo chí");
        assert_eq!(bare("Tỉnh Hà Nam"), "tỉnh");
    }

    #[test]
    fn only_names_of_bodies_are_parted() {
        let parted = [
            ("Báo Hà Nam, Đài PT&TH Hà Nam", 2),
            ("Sở Văn hóa, Thể thao và Du lịch", 1),
            ("các sở, ban, ngành; UBND các huyện, thị xã, thành phố", 2),
            ("Các Sở, Ban, Ngành", 1),
            ("Các Sở, Ban ngành và UBND các xã, phường", 2),
            ("Báo và Phát thanh, Truyền hình Ninh Bình", 1),
            ("Hội Nông dân, Hội Liên hiệp Phụ nữ và Đoàn Thanh niên", 3),
            ("", 0),
        ];
        for (name, count) in parted {
            assert_eq!(pieces(name).len(), count, "{:?}", pieces(name));
        }
    }
}
