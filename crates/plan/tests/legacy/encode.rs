//! Writes Vietnamese as it was written before Unicode.

use unicode_normalization::UnicodeNormalization;

/// A code page of one byte a letter: pairs of letter and byte.
const TCVN3: &[(char, u8)] = &[
    ('Ă', 0xA1),
    ('Â', 0xA2),
    ('Ê', 0xA3),
    ('Ô', 0xA4),
    ('Ơ', 0xA5),
    ('Ư', 0xA6),
    ('Đ', 0xA7),
    ('ă', 0xA8),
    ('â', 0xA9),
    ('ê', 0xAA),
    ('ô', 0xAB),
    ('ơ', 0xAC),
    ('ư', 0xAD),
    ('đ', 0xAE),
    ('à', 0xB5),
    ('ả', 0xB6),
    ('ã', 0xB7),
    ('á', 0xB8),
    ('ạ', 0xB9),
    ('ằ', 0xBB),
    ('ẳ', 0xBC),
    ('ẵ', 0xBD),
    ('ắ', 0xBE),
    ('ặ', 0xC6),
    ('ầ', 0xC7),
    ('ẩ', 0xC8),
    ('ẫ', 0xC9),
    ('ấ', 0xCA),
    ('ậ', 0xCB),
    ('è', 0xCC),
    ('ẻ', 0xCE),
    ('ẽ', 0xCF),
    ('é', 0xD0),
    ('ẹ', 0xD1),
    ('ề', 0xD2),
    ('ể', 0xD3),
    ('ễ', 0xD4),
    ('ế', 0xD5),
    ('ệ', 0xD6),
    ('ì', 0xD7),
    ('ỉ', 0xD8),
    ('ĩ', 0xDC),
    ('í', 0xDD),
    ('ị', 0xDE),
    ('ò', 0xDF),
    ('ỏ', 0xE1),
    ('õ', 0xE2),
    ('ó', 0xE3),
    ('ọ', 0xE4),
    ('ồ', 0xE5),
    ('ổ', 0xE6),
    ('ỗ', 0xE7),
    ('ố', 0xE8),
    ('ộ', 0xE9),
    ('ờ', 0xEA),
    ('ở', 0xEB),
    ('ỡ', 0xEC),
    ('ớ', 0xED),
    ('ợ', 0xEE),
    ('ù', 0xEF),
    ('ủ', 0xF1),
    ('ũ', 0xF2),
    ('ú', 0xF3),
    ('ụ', 0xF4),
    ('ừ', 0xF5),
    ('ử', 0xF6),
    ('ữ', 0xF7),
    ('ứ', 0xF8),
    ('ự', 0xF9),
    ('ỳ', 0xFA),
    ('ỷ', 0xFB),
    ('ỹ', 0xFC),
    ('ý', 0xFD),
    ('ỵ', 0xFE),
];

/// All letters of Vietnamese that ASCII has not, small and capital.
pub fn letters() -> Vec<char> {
    let small: Vec<char> = TCVN3
        .iter()
        .map(|(letter, _)| *letter)
        .filter(|letter| letter.is_lowercase())
        .collect();
    let capital = small
        .iter()
        .flat_map(|letter| letter.to_uppercase())
        .collect::<Vec<char>>();
    [small, capital].concat()
}

/// TCVN3. A capital with a tone has no code: it is set in a font of capitals, with the code of its small letter.
pub fn tcvn3(text: &str) -> Vec<u8> {
    let code = |letter: char| {
        TCVN3
            .iter()
            .find(|(own, _)| *own == letter)
            .map(|(_, code)| *code)
    };
    text.nfc()
        .map(|letter| {
            let small = letter.to_lowercase().next().unwrap();
            code(letter)
                .or_else(|| code(small))
                .unwrap_or_else(|| ascii(letter))
        })
        .collect()
}

/// VNI: the bare letter, then a byte for its marks; some letters have a byte of their own.
pub fn vni(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for letter in text.nfc() {
        let small = letter.to_lowercase().next().unwrap();
        let parts: Vec<char> = small.nfd().collect();
        let has = |mark: char| parts.contains(&mark);
        let tone = |marks: [u8; 5]| {
            ['\u{301}', '\u{300}', '\u{309}', '\u{303}', '\u{323}']
                .iter()
                .position(|mark| has(*mark))
                .map(|tone| marks[tone])
        };
        let single = match small {
            'í' => Some(0xED),
            'ì' => Some(0xEC),
            'ỉ' => Some(0xE6),
            'ĩ' => Some(0xF3),
            'ị' => Some(0xF2),
            'ỵ' => Some(0xEE),
            'đ' => Some(0xF1),
            _ => None,
        };
        let (base, mark) = match (single, parts[0]) {
            (Some(code), _) => (code, None),
            (_, 'o') if has('\u{31b}') => (0xF4, tone([0xF9, 0xF8, 0xFB, 0xF5, 0xEF])),
            (_, 'u') if has('\u{31b}') => (0xF6, tone([0xF9, 0xF8, 0xFB, 0xF5, 0xEF])),
            (_, bare) if has('\u{302}') => (
                ascii(bare),
                tone([0xE1, 0xE0, 0xE5, 0xE3, 0xE4]).or(Some(0xE2)),
            ),
            (_, bare) if has('\u{306}') => (
                ascii(bare),
                tone([0xE9, 0xE8, 0xFA, 0xFC, 0xEB]).or(Some(0xEA)),
            ),
            (_, bare) => (ascii(bare), tone([0xF9, 0xF8, 0xFB, 0xF5, 0xEF])),
        };
        // Capitals stand 32 codes before their small letters, in ASCII and above.
        let case = |code: u8| {
            let has_capital = code.is_ascii_lowercase() || code >= 0xE0;
            if letter.is_uppercase() && has_capital {
                code - 32
            } else {
                code
            }
        };
        bytes.push(case(base));
        bytes.extend(mark.map(case));
    }
    bytes
}

/// windows-1258: letters of Latin-1 and some more, tones as bytes behind them.
pub fn windows1258(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for letter in text.nfc() {
        let mut tone = None;
        let rest: String = letter
            .nfd()
            .filter(|part| {
                let code = match part {
                    '\u{300}' => 0xCC,
                    '\u{309}' => 0xD2,
                    '\u{303}' => 0xDE,
                    '\u{301}' => 0xEC,
                    '\u{323}' => 0xF2,
                    _ => return true,
                };
                tone = Some(code);
                false
            })
            .nfc()
            .collect();
        bytes.push(match rest.chars().next().unwrap() {
            'ă' => 0xE3,
            'Ă' => 0xC3,
            'đ' => 0xF0,
            'Đ' => 0xD0,
            'ơ' => 0xF5,
            'Ơ' => 0xD5,
            'ư' => 0xFD,
            'Ư' => 0xDD,
            other => u8::try_from(u32::from(other)).unwrap_or_else(|_| ascii(other)),
        });
        bytes.extend(tone);
    }
    bytes
}

/// Bytes that were taken for Latin-1 and saved as Unicode.
pub fn mojibake(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

fn ascii(letter: char) -> u8 {
    match letter {
        '“' | '”' => b'"',
        '–' => b'-',
        letter => u8::try_from(letter).unwrap_or(b'?'),
    }
}
