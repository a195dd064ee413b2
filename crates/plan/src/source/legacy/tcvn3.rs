//! TCVN3: the third form of TCVN 5712:1993, a byte a letter, as the fonts .VnTime and .VnTimeH draw it.

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
    let place = u32::from(code).checked_sub(0xA1)?;
    LETTERS
        .chars()
        .nth(place as usize)
        .filter(|letter| *letter != ' ')
}

/// The text of codes that are given as the characters of Latin-1.
///
/// There are no codes for capitals with a tone: they are set as small letters in a font of capitals. In the
/// midst of capitals a small letter is read as a capital, and alone it is where its neighbours are.
pub fn text(coded: &str) -> String {
    let mut text = String::with_capacity(coded.len() * 2);
    for line in coded.split_inclusive('\n') {
        let words: Vec<Word> = words(line);
        for (index, word) in words.iter().enumerate() {
            let near = |step: fn(&Case) -> bool| {
                let before = words[..index].iter().rev().map(|word| &word.case);
                let after = words[index + 1..].iter().map(|word| &word.case);
                let told = |case: &&Case| !matches!(case, Case::None | Case::Open);
                [before.clone().find(told), after.clone().find(told)]
                    .into_iter()
                    .flatten()
                    .all(step)
            };
            let capital = match word.case {
                Case::Upper => true,
                Case::Open => {
                    let alone = words.iter().all(|word| word.case.is_quiet());
                    !alone && near(|case| *case == Case::Upper)
                }
                Case::Lower | Case::None => false,
            };
            if capital {
                text.extend(word.text.chars().flat_map(char::to_uppercase));
            } else {
                text.push_str(&word.text);
            }
        }
    }
    text
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
    /// One capital or none, and letters that may be either.
    Open,
}

impl Case {
    fn is_quiet(&self) -> bool {
        matches!(self, Self::None | Self::Open)
    }
}

fn words(line: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut within = false;
    let (mut upper, mut lower, mut base) = (0, 0, 0);
    for code in line.chars() {
        let read = letter(code).unwrap_or(code);
        if read.is_alphabetic() != within || words.is_empty() {
            within = read.is_alphabetic();
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
        if within {
            // A letter with a tone has no capital of its own: it says nothing.
            upper += usize::from(read.is_uppercase());
            lower += usize::from(code.is_ascii_lowercase());
            base += usize::from(is_base(read));
            word.case = match (lower, upper, base) {
                (1.., ..) => Case::Lower,
                (0, 2.., _) => Case::Upper,
                (0, _, 1..) => Case::Lower,
                _ => Case::Open,
            };
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
        assert_eq!(capitals("céng hßa §"), "CỘNG HÒA Đ");
    }
}
