//! Legal acts that are cited: kind, number, date, issuer.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::model::{Act, Reading};

static CITED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?P<kind>Nghị quyết|Nghị định|Quyết định|Thông tư liên tịch|Thông tư|Chỉ thị|Luật|Pháp lệnh|Kết luận|Kế hoạch|Công văn|Hướng dẫn|Thông báo|Chương trình|Công điện)",
        r" số:? (?P<number>\d+(?:/\d{4})?(?:\s*[-/]\s*[\p{Lu}][\p{L}\d]*)+)",
        r"(?:,? (?:ngày|ban hành ngày) (?:(?P<d>\d{1,2})[/-](?P<m>\d{1,2})[/-](?P<y>\d{4})|(?P<dd>\d{1,2}) tháng (?P<mm>\d{1,2}) năm (?P<yy>\d{4})))?",
        r"(?:,? của (?P<issuer>(?:Chính phủ|Thủ tướng Chính phủ|Quốc hội|Ủy ban Thường vụ Quốc hội|(?:Ban|Bộ|Sở|UBND|Ủy ban nhân dân|HĐND|Hội đồng nhân dân|Chủ tịch|Tỉnh ủy|Thành ủy)(?: \p{L}+)*?))(?:[,;.()]| về | quy định | phê duyệt | ban hành |$))?",
    ))
    .expect("a pattern of ours")
});

/// Acts by number, in the order they are first cited.
pub fn find(reading: &Reading) -> Vec<Act> {
    let mut acts: Vec<Act> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for clause in reading.walk() {
        let heading = clause.heading.as_deref().unwrap_or_default();
        for text in [heading, &clause.text] {
            for found in CITED.captures_iter(text) {
                let number: String = found["number"].split_whitespace().collect();
                if let Some(place) = places.get(&number) {
                    let cited_in = &mut acts[*place].cited_in;
                    if cited_in.last() != Some(&clause.id) {
                        cited_in.push(clause.id.clone());
                    }
                    continue;
                }
                places.insert(number.clone(), acts.len());
                acts.push(Act {
                    kind: found["kind"].to_owned(),
                    date: date(&found),
                    issuer: found
                        .name("issuer")
                        .map(|name| name.as_str().trim().to_owned())
                        .or_else(|| by_number(&number)),
                    title: None,
                    number,
                    cited_in: vec![clause.id.clone()],
                });
            }
        }
    }
    acts
}

fn date(found: &Captures<'_>) -> Option<String> {
    let part = |short: &str, long: &str| {
        found
            .name(short)
            .or_else(|| found.name(long))
            .map(|part| part.as_str())
    };
    let (day, month, year) = (part("d", "dd")?, part("m", "mm")?, part("y", "yy")?);
    Some(format!("{year}-{month:0>2}-{day:0>2}"))
}

/// The notation names the issuer (decree 30/2020/NĐ-CP, annex I).
fn by_number(number: &str) -> Option<String> {
    let issuers = [
        ("-TW", "Ban Chấp hành Trung ương Đảng"),
        ("/TW", "Ban Chấp hành Trung ương Đảng"),
        ("-CP", "Chính phủ"),
        ("-TTg", "Thủ tướng Chính phủ"),
    ];
    issuers
        .into_iter()
        .find(|(end, _)| number.ends_with(end))
        .map(|(_, issuer)| issuer.to_owned())
}
