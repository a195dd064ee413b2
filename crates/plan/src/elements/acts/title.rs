//! The title of an act that is cited: where it begins, and where the sentence goes on without it.

use std::sync::LazyLock;

use regex::Regex;

use super::super::text::{Text, pattern};
use super::super::units;

/// A title goes no further than this many bytes; what is longer is cut at a comma.
const LONGEST: usize = 420;

static BEGINS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^\s*,?\s*(?P<title>(?:về|v/v|quy định|ban hành|phê duyệt|hướng dẫn|sửa đổi|thay thế|bãi bỏ|công bố|kiện toàn|nghị định về|",
        r"một số|chấn chỉnh|bổ sung|điều chỉnh|phát động|quy hoạch|quy chế|kết luận)¦|[“\x22])",
    ))
});
/// What is a title behind a date or an issuer, and may be the deed of the sentence otherwise.
static MAY_BEGIN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^\s*(?P<title>(?:triển khai|thực hiện|tăng cường|đẩy mạnh|nâng cao|giao|thành lập|tổ chức|xây dựng|hỗ trợ|thông qua|",
        r"phân công|quán triệt|xử lý|đổi mới|tiếp tục|thi hành|tuyên truyền|thông tin|phát triển|bảo đảm|cải cách|chuyển đổi)¦)",
    ))
});
/// Signs and words at which it ends. Where another act begins a list goes on, which
/// [`super::cite`] knows.
static ENDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"[;|\n()]|\.(?:\s|$)|\./|:|,\s*(?:và )?(?:",
        r"căn cứ|theo đề nghị|trên cơ sở|để|nhằm|thực hiện|cụ thể|như sau|trong đó|đồng thời|góp phần|kịp thời|ngày \d",
        r")| và các (?:văn bản|quy định|nguồn)| để (?:kịp thời|tổ chức|triển khai|thực hiện)",
    ))
});
/// A comma behind which the sentence may go on with who does something.
static COMMA: LazyLock<Regex> = LazyLock::new(|| pattern(r",\s*"));
static DEED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^\s*,?\s*(?:đã |cần |phải |sẽ )?(?:ban hành|xây dựng|đề nghị|yêu cầu|thông báo|báo cáo|triển khai|tổ chức|có|giao|hướng dẫn|tiếp tục|",
        r"thực hiện|tham mưu|chủ trì|phối hợp|trình|kính đề nghị|phát động|chỉ đạo|quyết định|lập|dự kiến)¦",
    ))
});

/// The title at the beginning of a text, where it begins and where it ends. `told` says that a date or an issuer
/// stood before it.
pub fn read(text: Text<'_>, told: bool) -> Option<(String, usize, usize)> {
    let found = BEGINS
        .captures(text.fold)
        .or_else(|| MAY_BEGIN.captures(text.fold).filter(|_| told))?;
    let from = found.name("title")?.start();
    let quoted = text.from(from).raw.starts_with(['“', '"']);
    if quoted {
        let open = text.from(from).first().map_or(1, char::len_utf8);
        let close = window(text.from(from + open)).raw.find(['”', '"'])?;
        let inner = text.part(from + open, from + open + close);
        return (inner.len() < LONGEST).then(|| {
            (
                inner.raw.trim().to_owned(),
                from + open,
                from + open + close,
            )
        });
    }
    let end = end(text, from);
    let title = text
        .part(from, end)
        .trim(&[' ', ',', '.', ';', ':', '/', '-']);
    let words = title.raw.split(' ').count();
    (words > 2).then(|| (title.raw.to_owned(), from, end))
}

/// As much of a text as a title may take.
fn window(text: Text<'_>) -> Text<'_> {
    let mut limit = text.len().min(LONGEST);
    while !text.raw.is_char_boundary(limit) || !text.fold.is_char_boundary(limit) {
        limit -= 1;
    }
    text.to(limit)
}

fn end(text: Text<'_>, from: usize) -> usize {
    let window = window(text.from(from));
    let told = ENDS
        .find_iter(window.fold)
        .find(|found| !abbreviates(window.to(found.start()), found.as_str()));
    let mut end = told.map_or(window.len(), |found| found.start());
    let cut = told.is_none() && from + window.len() < text.len();
    let mut last = None;
    for comma in COMMA.find_iter(window.to(end).fold) {
        let behind = window.from(comma.end());
        if behind.is_capital()
            && let Some(list) = units::list(behind)
            && DEED.is_match(behind.from(list.end).fold)
        {
            end = comma.start();
            return from + end;
        }
        last = Some(comma.start());
    }
    if cut {
        end = last.unwrap_or(0);
    }
    from + end
}

/// The point in 'TP. Hồ Chí Minh' ends no sentence.
fn abbreviates(before: Text<'_>, sign: &str) -> bool {
    sign.starts_with('.') && (before.fold.ends_with("tp") || before.fold.ends_with(" q"))
}
