//! Who is to do what in a sentence: 'phối hợp với', 'giao', 'chỉ đạo', 'đề nghị', and who stands
//! at its beginning.

use std::sync::LazyLock;

use regex::Regex;

use super::super::text::{Text, pattern};
use super::super::units;
use super::super::words::Words;
use crate::model::{DutyUnit, UnitRole};

/// What bodies do, behind their names.
const DEEDS: &str = "\
ban hành|biên soạn|báo cáo|bảo đảm|bố trí|chuẩn bị|chủ trì|chủ động|chỉ đạo|chịu trách nhiệm|\
chịu sự|cung cấp|cân đối|căn cứ|cấp|cần|cập nhật|có trách nhiệm|có nhiệm vụ|cử|duy trì|giám sát|\
giúp|gửi|hoàn thành|huy động|hướng dẫn|hỗ trợ|khai thác|khẩn trương|kiểm tra|kịp thời|là|lãnh đạo|\
lập|lồng ghép|mở|nghiên cứu|nghiêm túc|nâng cao|phát|phân công|phải|phối hợp|phổ biến|quan tâm|\
quán triệt|quản lý|rà soát|sẽ|sử dụng|tham gia|tham mưu|theo chức năng|theo dõi|theo nhiệm vụ|\
thông báo|thông tin|thường xuyên|thẩm định|thực hiện|tiếp tục|trình|trực tiếp|triển khai|\
trên cơ sở|tuyên truyền|tập trung|tăng cường|tổ chức|tổng hợp|vận động|xác định|xây dựng|xử lý|\
đôn đốc|đăng|đưa|đảm bảo|đẩy mạnh|đề xuất|định kỳ|định hướng|đồng thời";

/// A sentence gives no more units their roles.
const MOST: usize = 300;

static DOES: LazyLock<Words> = LazyLock::new(|| Words::of(&[DEEDS]));
static VERB: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?P<verb>(?:\bphối hợp(?: chặt chẽ| thường xuyên| kịp thời| tốt| đồng bộ)?(?:,? cùng với|,? với| cùng)?",
        r"|\bchỉ đạo(?:(?:,| và|, và) (?:định hướng|hướng dẫn|đôn đốc|kiểm tra))*|\bgiao(?: cho)?|\bphân công|\byêu cầu|đề nghị))\s*:? ",
    ))
});
/// What makes another thing of such a word: 'đã giao cho', 'theo đề nghị', 'ý kiến chỉ đạo'.
static NOT_SAID: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:(?:^|[ (,;])(?:được|đã|bàn|chuyển|theo|nguồn|kinh phí|ý kiến|sự|văn bản|đơn vị|cơ quan|quy chế|chương trình|kế hoạch|công tác)) $",
    )
});
static ASKS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?P<verb>(?:trân trọng |kính )?(?:đề nghị|mời)|giao(?: cho)?|yêu cầu|phân công)\s*:? ",
    )
});
static LED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^\s*(?:là (?:cơ quan|đơn vị) )?,?\s*(?:làm )?(?:chủ trì|đầu mối|thường trực)")
});
static ONLY_HELPS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*(?:có trách nhiệm )?phối hợp(?:\s*[./;]*$| (?:thực hiện|tổ chức|triển khai|tham gia))",
    )
});
/// Before the names: 'Các ông (bà): Chánh Văn phòng …', 'Trách nhiệm của Sở Nội vụ'.
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:(?:các )?(?:ông \(bà\)|ông/bà|ông, bà|ông bà|ông|bà|đồng chí)\s*:?\s+|đối với |(?:trách nhiệm|nhiệm vụ) của |về phía |riêng |đồng thời,? |trong đó,? ",
        r"|theo đó,? |do đó,? |căn cứ kế hoạch này,? |căn cứ nội dung kế hoạch(?: này)?,? )",
    ))
});

/// How a text begins when it begins with bodies.
#[derive(Debug)]
pub struct Opening {
    /// Them, each with its role.
    pub units: Vec<DutyUnit>,
    /// Where the text goes on.
    pub end: usize,
    /// Whether a verb stands before them: 'Giao', 'Đề nghị'.
    pub asked: bool,
    /// Whether 'chịu trách nhiệm thi hành' or the like follows, or any other deed.
    pub does: bool,
}

/// The bodies with which a text begins.
pub fn opening(text: Text<'_>) -> Option<Opening> {
    let before = BEFORE.find(text.fold).map_or(0, |found| found.end());
    let rest = text.from(before);
    let verb = ASKS.captures(rest.fold);
    let (role, from) = match &verb {
        Some(found) => (role(&found["verb"]), before + found[0].len()),
        None => (UnitRole::Lead, before),
    };
    let list = units::list(text.from(from))?;
    let end = from + list.end;
    let behind = text.from(end);
    let role = match role {
        UnitRole::Assigned if LED.is_match(behind.fold) => UnitRole::Lead,
        // 'Các sở phối hợp.' takes part; 'Đài … phối hợp với Sở …' has somebody to do it with.
        UnitRole::Lead if ONLY_HELPS.is_match(behind.fold) => UnitRole::Support,
        role => role,
    };
    Some(Opening {
        units: named(list.names, role),
        end,
        asked: verb.is_some(),
        does: does(behind),
    })
}

/// Everybody a text names with a role, behind those who hold it anyway.
pub fn all(holders: &[DutyUnit], text: Text<'_>) -> Vec<DutyUnit> {
    let mut units = holders.to_vec();
    let mut from = 0;
    if let Some(opening) = opening(text).filter(|opening| opening.asked || opening.does) {
        // 'UBND tỉnh đề nghị …' asks, and does nothing itself.
        if !ASKS.is_match(text.from(opening.end).trim_start().fold) {
            units.extend(
                opening
                    .units
                    .into_iter()
                    .filter(|unit| !is_known(holders, unit)),
            );
        }
        from = opening.end;
    }
    while units.len() < MOST
        && let Some(found) = VERB.captures_at(text.fold, from)
    {
        let Some(whole) = found.get(0) else {
            break;
        };
        from = whole.end();
        let start = whole.start();
        let before = &text.fold[text.fold.floor_char_boundary(start.saturating_sub(24))..start];
        if NOT_SAID.is_match(before) {
            continue;
        }
        let Some(list) = units::list(text.from(from)) else {
            continue;
        };
        from += list.end;
        let verb = &found["verb"];
        let mut role = role(verb);
        if role == UnitRole::Assigned
            && !verb.starts_with("chỉ")
            && LED.is_match(text.from(from).fold)
        {
            role = UnitRole::Lead;
        }
        for unit in named(list.names, role) {
            if !is_known(&units, &unit) {
                units.push(unit);
            }
        }
    }
    units
}

/// Whether a deed stands behind names, or behind a sign behind them.
fn does(behind: Text<'_>) -> bool {
    let rest = behind.fold.trim_start_matches(' ');
    let rest = rest.strip_prefix([',', ':']).unwrap_or(rest);
    DOES.starts(rest.trim_start()).is_some()
}

/// Whether a text begins with a deed.
pub fn is_deed(text: Text<'_>) -> bool {
    DOES.starts(text.fold).is_some()
}

/// Whether the last thing a text says is with whom, or for whom.
pub fn ends_with_units(text: Text<'_>) -> bool {
    let mut last = None;
    for found in VERB.find_iter(text.fold) {
        last = Some(found.end());
    }
    let helped = [
        "tham mưu ",
        "giúp ",
        "giúp cho ",
        "tham mưu cho ",
        "tham mưu giúp ",
    ];
    let helped = helped
        .iter()
        .filter_map(|words| text.fold.rfind(words).map(|place| place + words.len()))
        .max();
    last.max(helped).is_some_and(|from| {
        let rest = text.from(from);
        units::list(rest).is_some_and(|list| rest.len() - list.end < 24)
    })
}

/// Units of one role.
pub fn named(names: Vec<String>, role: UnitRole) -> Vec<DutyUnit> {
    names
        .into_iter()
        .map(|name| DutyUnit { name, role })
        .collect()
}

/// 'UBND tỉnh Điện Biên' is 'tỉnh Điện Biên' when that one is asked.
fn is_known(units: &[DutyUnit], unit: &DutyUnit) -> bool {
    let bare = |name: &str| {
        let folded = super::super::text::fold(name);
        let body = folded.strip_prefix("các ").unwrap_or(&folded);
        let area = body
            .strip_prefix("ubnd ")
            .or_else(|| body.strip_prefix("ủy ban nhân dân "))
            .unwrap_or(body);
        area.to_owned()
    };
    let name = bare(&unit.name);
    units.iter().any(|known| bare(&known.name) == name)
}

fn role(verb: &str) -> UnitRole {
    if verb.starts_with("phối") {
        UnitRole::Support
    } else if verb.contains("đề nghị") || verb.contains("mời") {
        UnitRole::Asked
    } else {
        UnitRole::Assigned
    }
}
