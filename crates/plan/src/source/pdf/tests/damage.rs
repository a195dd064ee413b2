//! No damage makes it panic, hang or grow.

use std::sync::OnceLock;

use proptest::prelude::*;

use super::made::Made;
use super::office;
use crate::source::pdf;

/// A small file with a bit of everything, and a real one if there is one.
fn files() -> &'static [Vec<u8>] {
    static FILES: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    FILES.get_or_init(|| {
        let (made, table) = Made::default().table("1 beginbfrange <00> <FF> <0041> endbfrange");
        let small = made
            .font("T", &format!("/Subtype/Type0/Encoding/Identity-H/ToUnicode {table} 0 R/DescendantFonts[<</DW 500/W[0[1 2] 3 9 500]>>]"))
            .font("W", "/Subtype/TrueType/BaseFont/.VnTime/FirstChar 32/LastChar 40/Widths[250 300 400]")
            .form("X", "q 2 0 0 2 0 0 cm BT /W 7 Tf 40 300 Td (form) Tj ET Q")
            .page("0 0 200 1 re f 85 700 m 285 700 l 285 600 l s BT /F 14 Tf 85 760 Td [(KE)-300(HOACH)] TJ /T 14 Tf <00010002> Tj ET /X Do")
            .pages(2, "BT /B 12 Tf 85 400 Td 3 Ts (cao) Tj 0 Ts T* (1) ' ET BI /W 1 ID x EI");
        let mut files = vec![small.bytes()];
        files.extend(office::printed("page").map(<[u8]>::to_vec));
        files
    })
}

/// Few in every run; `LOA_FUZZ_ROUNDS` asks for more.
fn rounds() -> u32 {
    std::env::var("LOA_FUZZ_ROUNDS").map_or(32, |rounds| rounds.parse().unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: rounds(), ..ProptestConfig::default() })]

    #[test]
    fn of_bytes(
        file in any::<prop::sample::Index>(),
        damage in proptest::collection::vec((any::<prop::sample::Index>(), 0..5_u8, any::<u8>()), 1..40),
    ) {
        let mut bytes = file.get(files()).clone();
        for (place, how, byte) in damage {
            let place = place.index(bytes.len().max(1)).min(bytes.len().saturating_sub(1));
            match how {
                0 => bytes[place] = byte,
                1 if bytes.len() > 1 => drop(bytes.remove(place)),
                2 => bytes.insert(place, byte),
                // A figure more makes a number ten times as large.
                3 => bytes.insert(place, b'9'),
                _ if byte < 8 => bytes.truncate(place.max(9)),
                _ => {}
            }
        }
        // A panic is caught in there, so that it is asked for here what it may not be.
        let read = std::panic::catch_unwind(|| pdf::read(&bytes));
        prop_assert!(read.is_ok());
    }

    /// Pieces of the file anywhere else in it: operators without operands, objects in objects.
    #[test]
    fn of_order(
        file in any::<prop::sample::Index>(),
        moves in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 1..200_usize), 1..12),
    ) {
        let mut bytes = file.get(files()).clone();
        for (from, to, length) in moves {
            let from = from.index(bytes.len());
            let piece = bytes[from..(from + length).min(bytes.len())].to_vec();
            let to = to.index(bytes.len());
            bytes.splice(to..to, piece);
        }
        let read = std::panic::catch_unwind(|| pdf::read(&bytes));
        prop_assert!(read.is_ok());
    }
}
