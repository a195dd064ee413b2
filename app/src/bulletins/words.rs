//! The words of an opening and a closing: what a station says of itself and of the hour, with the
//! hour, the day and the place of the slot filled in.

use chrono::{DateTime, Datelike, Timelike, Utc, Weekday};

use crate::airtime::Edition;
use crate::clock::local;

/// How a commune's station begins.
pub(super) const OPENING: &str =
    "Đây là Đài Truyền thanh {dia_danh}. Bây giờ là {gio}, {ngay}. Mời bà con nghe bản tin.";
/// How it begins a series.
pub(super) const OPENING_OF_SERIES: &str = "Đây là Đài Truyền thanh {dia_danh}. Bây giờ là {gio}, {ngay}. Mời bà con nghe chuyên mục {chuyen_muc}, số {so}.";
/// How it ends.
pub(super) const CLOSING: &str = "Chương trình phát thanh của Đài Truyền thanh {dia_danh} đến đây là hết. Kính chào và hẹn gặp lại bà con.";
/// Longest opening or closing, in characters: about two minutes.
pub(super) const LIMIT: usize = 2000;

/// What stands in the place of `{gio}`, `{ngay}` and `{dia_danh}`, and in a series of `{chuyen_muc}` and `{so}`,
/// as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Filling {
    gio: String,
    ngay: String,
    dia_danh: String,
    edition: Option<(String, String)>,
}

impl Filling {
    /// Of a slot that begins at an instant, of the unit of that name; an edition of a series, if it is one.
    pub(super) fn of(starts_at: DateTime<Utc>, unit: &str, edition: Option<Edition>) -> Self {
        let at = local(starts_at);
        let (hour, minute) = (at.hour(), at.minute());
        let day = format!(
            "{}, ngày {} tháng {} năm {}",
            weekday(at.weekday()),
            at.day(),
            at.month(),
            at.year()
        );
        Self {
            gio: if minute == 0 {
                format!("{hour} giờ")
            } else {
                format!("{hour} giờ {minute} phút")
            },
            ngay: day,
            dia_danh: within(unit),
            edition: edition.map(|one| (one.series, one.number.to_string())),
        }
    }

    /// The text as it is read. Its only braces are then those of an author's own readings.
    pub(super) fn fill(&self, text: &str) -> String {
        self.all()
            .iter()
            .fold(text.to_owned(), |text, (name, value)| {
                text.replace(name, value)
            })
    }

    /// Every name with what stands for it, for those who write.
    pub(super) fn all(&self) -> Vec<(&'static str, &str)> {
        let mut all = vec![
            ("{gio}", self.gio.as_str()),
            ("{ngay}", &self.ngay),
            ("{dia_danh}", &self.dia_danh),
        ];
        if let Some((series, number)) = &self.edition {
            all.extend([("{chuyen_muc}", series.as_str()), ("{so}", number)]);
        }
        all
    }

    /// Where it is.
    pub(super) fn place(&self) -> &str {
        &self.dia_danh
    }

    /// Whether it is an edition of a series.
    pub(super) fn is_series(&self) -> bool {
        self.edition.is_some()
    }

    /// How a station begins here.
    pub(super) fn opening(&self) -> &'static str {
        match self.edition {
            Some(_) => OPENING_OF_SERIES,
            None => OPENING,
        }
    }

    /// Whether a text names something in braces that nothing stands for.
    pub(super) fn misses(&self, text: &str) -> bool {
        loa_speech::plain(&self.fill(text)).contains(['{', '}'])
    }
}

/// As the calendar says it.
fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "thứ Hai",
        Weekday::Tue => "thứ Ba",
        Weekday::Wed => "thứ Tư",
        Weekday::Thu => "thứ Năm",
        Weekday::Fri => "thứ Sáu",
        Weekday::Sat => "thứ Bảy",
        Weekday::Sun => "Chủ nhật",
    }
}

/// The name of a unit within a sentence: 'Xã Thanh Sơn' is 'xã Thanh Sơn'.
fn within(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::InForce;

    fn filling(at: &str) -> Filling {
        Filling::of(
            format!("{at}:00+07:00").parse().unwrap(),
            "Xã Thanh Sơn",
            None,
        )
    }

    #[test]
    fn the_hour_and_the_day_are_said_right() {
        let said = |at: &str| {
            let text = filling(at).fill(OPENING);
            InForce::builtin().speak(&text).text().to_lowercase()
        };
        let morning = said("2026-11-26T05:30");
        for words in [
            "đài truyền thanh xã thanh sơn",
            "bây giờ là năm giờ ba mươi phút",
            "thứ năm",
            "ngày hai mươi sáu tháng mười một năm hai nghìn không trăm hai mươi sáu",
        ] {
            assert!(morning.contains(words), "{words}: {morning}");
        }
        // The day is Vietnam's, not Greenwich's; a full hour has no minutes.
        let evening = said("2026-11-29T17:00");
        assert!(evening.contains("mười bảy giờ, chủ nhật"), "{evening}");
        assert!(!evening.contains("phút"), "{evening}");
        let early = said("2027-04-05T04:05");
        assert!(early.contains("bốn giờ năm phút"), "{early}");
        assert!(early.contains("thứ hai, ngày năm tháng tư"), "{early}");
    }

    #[test]
    fn a_name_that_nothing_stands_for_is_seen_and_own_readings_are_let_be() {
        let filling = filling("2026-11-26T05:30");
        for text in [OPENING, CLOSING, "Đài {{TT|truyền thanh}} {dia_danh}."] {
            assert!(!filling.misses(text), "{text}");
        }
        for text in ["Bây giờ là {giờ}.", "{gio", "ngay}"] {
            assert!(filling.misses(text), "{text}");
        }
    }
}
