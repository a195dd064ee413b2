//! TCVN3: the third form of TCVN 5712:1993, a byte a letter, as the fonts `.VnTime` and `.VnTimeH` draw it.

use std::sync::LazyLock;

use super::syllable;

/// Letters of the codes from 0xA1 on; a blank stands for a code without one.
const LETTERS: &str = concat!(
    "ĂÂÊÔƠƯĐăâêôơưđ ",  // A1 to AF
    "     àảãáạ ằẳẵắ ", // B0 to BF
    "      ặầẩẫấậè ẻẽ", // C0 to CF
    "éẹềểễếệìỉ   ĩíịò", // D0 to DF
    " ỏõóọồổỗốộờởỡớợù", // E0 to EF
    " ủũúụừửữứựỳỷỹýỵ",  // F0 to FE
);

/// The letter of a code, given as the character of Latin-1.
fn letter(code: char) -> Option<char> {
    static TABLE: LazyLock<Vec<char>> = LazyLock::new(|| LETTERS.chars().collect());
    let place = u32::from(code).checked_sub(0xA1)?;
    TABLE
        .get(place as usize)
        .copied()
        .filter(|letter| *letter != ' ')
}

/// The text of codes that are given as the characters of Latin-1.
///
/// There are no codes for capitals with a tone: they are set as small letters in a font of capitals. In the
/// midst of capitals a small letter is read as a capital, and alone it is where its neighbours are.
pub fn text(coded: &str) -> String {
    let mut text = String::with_capacity(coded.len() * 2);
    for line in coded.split_inclusive('\n') {
        let words = words(line);
        let spaced = is_letter_spaced(&words);
        let after = nearest(words.iter().rev());
        let sides = nearest(words.iter())
            .into_iter()
            .zip(after.into_iter().rev());
        for (word, sides) in words.iter().zip(sides) {
            let amid = match sides {
                (Some(before), Some(after)) => before && after,
                (before, after) => before.or(after).unwrap_or(false),
            };
            let open = matches!(word.case, Case::Open);
            if spaced || matches!(word.case, Case::Upper | Case::Short) || (open && amid) {
                text.extend(word.text.chars().flat_map(char::to_uppercase));
            } else {
                text.push_str(&word.text);
            }
        }
    }
    text
}

/// For each word whether the nearest one before it that tells its case is of capitals. Columns, figures and what
/// parts sentences end what it tells.
fn nearest<'a>(words: impl Iterator<Item = &'a Word>) -> Vec<Option<bool>> {
    let mut last = None;
    words
        .map(|word| {
            let before = last;
            match word.case {
                Case::Upper => last = Some(true),
                Case::Lower => last = Some(false),
                Case::None if word.text.contains("   ") || word.text.contains(is_end) => {
                    last = None;
                }
                Case::None | Case::Open | Case::Short => {}
            }
            before
        })
        .collect()
}

fn is_end(letter: char) -> bool {
    letter.is_ascii_digit() || ":;/|.".contains(letter)
}

/// 'K Õ  H O ¹ C H': a heading in capitals, set wide.
fn is_letter_spaced(words: &[Word]) -> bool {
    let letters: Vec<&Word> = words
        .iter()
        .filter(|word| word.case != Case::None)
        .collect();
    letters.len() >= 4
        && letters
            .iter()
            .all(|word| word.case == Case::Open && word.text.chars().count() == 1)
}

/// The letters of a font of capitals.
pub fn capitals(coded: &str) -> String {
    let upper = |code: char| letter(code).unwrap_or(code).to_uppercase();
    coded.chars().flat_map(upper).collect()
}

struct Word {
    text: String,
    case: Case,
}

#[derive(PartialEq, Eq)]
enum Case {
    /// What parts words.
    None,
    /// Letters that are surely small.
    Lower,
    /// Two capitals and no letter that is surely small.
    Upper,
    /// The same, and no word: an abbreviation, which may stand anywhere.
    Short,
    /// One capital or none, and letters that may be either.
    Open,
}

fn words(line: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut within = None;
    let (mut upper, mut lower, mut base) = (0, 0, 0);
    for code in line.chars() {
        let read = letter(code).unwrap_or(code);
        if within != Some(read.is_alphabetic()) {
            within = Some(read.is_alphabetic());
            (upper, lower, base) = (0, 0, 0);
            words.push(Word {
                text: String::new(),
                case: Case::None,
            });
        }
        let Some(word) = words.last_mut() else {
            continue;
        };
        word.text.push(read);
        if within == Some(true) {
            // A letter with a tone has no capital of its own: it says nothing.
            upper += usize::from(read.is_uppercase());
            lower += usize::from(code.is_ascii_lowercase());
            base += usize::from(is_base(read));
            word.case = if lower == 0 && upper >= 2 {
                Case::Upper
            } else if lower > 0 || base > 0 {
                Case::Lower
            } else {
                Case::Open
            };
        }
    }
    for word in &mut words {
        if word.case == Case::Upper && !syllable::is(&word.text) {
            word.case = Case::Short;
        }
    }
    words
}

/// Letters that have a code for their capitals too.
fn is_base(letter: char) -> bool {
    matches!(letter, 'ă' | 'â' | 'ê' | 'ô' | 'ơ' | 'ư' | 'đ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_its_letters_where_they_belong() {
        for (code, letter) in [
            (0xA7, 'Đ'),
            (0xAD, 'ư'),
            (0xAE, 'đ'),
            (0xB5, 'à'),
            (0xBE, 'ắ'),
            (0xC6, 'ặ'),
            (0xCB, 'ậ'),
            (0xD0, 'é'),
            (0xD6, 'ệ'),
            (0xDF, 'ò'),
            (0xE9, 'ộ'),
            (0xEF, 'ù'),
            (0xF9, 'ự'),
            (0xFE, 'ỵ'),
        ] {
            assert_eq!(super::letter(char::from(code)), Some(letter), "{code:x}");
        }
    }

    #[test]
    fn capitals_come_back_by_their_neighbours() {
        assert_eq!(
            text("CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM"),
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
        );
        assert_eq!(
            text("§éc lËp - Tù do - H¹nh phóc"),
            "Độc lập - Tự do - Hạnh phúc"
        );
        assert_eq!(
            text("ñy ban nh©n d©n x· ë tØnh"),
            "ủy ban nhân dân xã ở tỉnh"
        );
        assert_eq!(
            text("KÕ HO¹CH Vµ Tæ CHøC ë X·\nX· ý Yªn"),
            "KẾ HOẠCH VÀ TỔ CHỨC Ở XÃ\nXã ý Yên"
        );
        // Abbreviations are capitals anywhere; columns and numbers say nothing about each other.
        assert_eq!(text("Së KHCN vµ Bé TTTT"), "Sở KHCN và Bộ TTTT");
        assert_eq!(text("Së NéI Vô        §éc lËp"), "SỞ NỘI VỤ        Độc lập");
        assert_eq!(text("Sè: 45/KH-SNV"), "Số: 45/KH-SNV");
        assert_eq!(text("K Õ  H O ¹ C H"), "K Ế  H O Ạ C H");
        assert_eq!(capitals("céng hßa §"), "CỘNG HÒA Đ");
    }
}
