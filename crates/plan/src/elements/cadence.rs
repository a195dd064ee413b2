//! How often: by the words used.

use std::sync::LazyLock;

use regex::Regex;

use super::text::pattern;
use crate::model::Cadence;

/// Words of each cadence. Of several the most frequent counts: 'hằng tháng, hằng năm' asks for
/// every month. A week has no cadence of its own; 'hằng tuần' is monthly, so that nothing is
/// owed more often than is asked.
static WORDS: LazyLock<Vec<(Regex, Cadence)>> = LazyLock::new(|| {
    [
        (r"(?:hằng|hàng|mỗi|từng) ngày|lần\s*/\s*ngày", Cadence::Daily),
        (
            concat!(
                r"(?:hằng|hàng|mỗi|từng) (?:tháng|tuần)|lần\s*/\s*(?:tháng|tuần)|(?:tháng|tuần)\s*/\s*lần",
                r"|định kỳ (?:1 |01 |một )?(?:tháng|tuần)|lần (?:mỗi |trong |một )(?:tháng|tuần)",
            ),
            Cadence::Monthly,
        ),
        (
            concat!(
                r"(?:hằng|hàng|mỗi|từng|theo) quý|lần\s*/\s*quý|quý\s*/\s*lần|định kỳ (?:1 |01 |một )?quý(?: [^iv1-4]|[,.;)]|$)",
                r"|\b0?3 tháng (?:một|1|01) lần|quý, (?:0?6 tháng|sáu tháng|năm)|tháng cuối quý|\b0?4 lần\s*/\s*năm",
            ),
            Cadence::Quarterly,
        ),
        (
            concat!(
                r"\b0?6 tháng(?: một lần|\s*/\s*lần| 1 lần|,| và (?:cả )?năm|\s*\(|$|[.;)]| (?:đầu năm|cuối năm)(?:,| và|\s*\(|$|[.;)]))",
                r"|(?:định kỳ|hằng|hàng|mỗi|báo cáo|chế độ|kết quả) (?:0?6|sáu) tháng|\bsáu tháng (?:một|1) lần|nửa năm một lần|\b0?2 lần\s*/\s*năm",
            ),
            Cadence::HalfYearly,
        ),
        (
            r"(?:hằng|hàng|mỗi|từng) năm|lần\s*/\s*năm|\bnăm\s*/\s*lần|định kỳ (?:1 |01 |một )?năm|thường niên",
            Cadence::Yearly,
        ),
        (r"\b(?:một|1|01) lần(?: duy nhất)?", Cadence::Once),
        (r"thường xuyên|liên tục|trong suốt|cả năm|trong năm(?: [^\d]|$)", Cadence::Ongoing),
    ]
    .into_iter()
    .map(|(words, cadence)| (pattern(words), cadence))
    .collect()
});
/// 'Hằng năm' that speaks of something else.
static ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?:ngân sách(?: nhà nước)?|dự toán(?: chi)?(?: ngân sách)?(?: nhà nước)?|chương trình công tác|kế hoạch(?: công tác)?|nhiệm vụ|xếp loại|đánh giá|thi đua)",
        r"(?: chi)?(?: thường xuyên)? (?:hằng|hàng) năm",
    ))
});

/// How often, if the folded text says so.
pub fn said(fold: &str) -> Option<Cadence> {
    let plain = ELSEWHERE.replace_all(fold, "");
    WORDS
        .iter()
        .find(|(words, _)| words.is_match(&plain))
        .map(|(_, cadence)| *cadence)
}

#[cfg(test)]
mod tests {
    use super::super::text::fold;
    use super::*;

    #[test]
    fn the_words_tell_how_often() {
        let cases = [
            ("phát trên loa hằng ngày", Some(Cadence::Daily)),
            ("mỗi ngày 02 lần", Some(Cadence::Daily)),
            ("Định kỳ hàng tháng", Some(Cadence::Monthly)),
            ("ít nhất 01 lần/tuần", Some(Cadence::Monthly)),
            ("hằng tuần", Some(Cadence::Monthly)),
            ("định kỳ 1 lần/quý", Some(Cadence::Quarterly)),
            ("hằng quý, 6 tháng, hằng năm", Some(Cadence::Quarterly)),
            ("định kỳ 6 tháng, năm", Some(Cadence::HalfYearly)),
            ("06 tháng đầu năm, cả năm", Some(Cadence::HalfYearly)),
            ("Hàng năm tổ chức", Some(Cadence::Yearly)),
            ("tối thiểu 4 lần/năm", Some(Cadence::Quarterly)),
            ("02 lần/năm", Some(Cadence::HalfYearly)),
            ("01 lần/năm", Some(Cadence::Yearly)),
            ("tổ chức một lần", Some(Cadence::Once)),
            ("thường xuyên đưa tin", Some(Cadence::Ongoing)),
            ("bố trí trong dự toán chi ngân sách hàng năm", None),
            ("trẻ em dưới 6 tháng tuổi", None),
            ("kết quả đạt được", None),
            ("quý vị", None),
        ];
        for (text, wanted) in cases {
            assert_eq!(said(&fold(text)), wanted, "{text}");
        }
    }
}
