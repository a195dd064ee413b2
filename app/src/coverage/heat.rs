//! How full the ink of a cell is: a rule, not a matter of taste of the page.

/// Where a month lies, seen from today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// It is over.
    Over,
    /// It is running: that nothing came yet is no silence.
    Running,
    /// It has not begun.
    Ahead,
}

impl When {
    /// Of a month, seen from another; both as year and month.
    pub fn of(month: (i32, u32), now: (i32, u32)) -> Self {
        match month.cmp(&now) {
            std::cmp::Ordering::Less => Self::Over,
            std::cmp::Ordering::Equal => Self::Running,
            std::cmp::Ordering::Greater => Self::Ahead,
        }
    }
}

/// The level of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Heat {
    /// The month has not come.
    Future,
    /// The plan asks, the month is over, and nothing was proven.
    Silent,
    /// Nothing was proven, and nothing is missing either: not asked for, or the month still runs.
    Empty,
    /// 1.
    One,
    /// 2 and 3.
    Two,
    /// 4 and 5.
    Three,
    /// 6 and 7.
    Four,
    /// 8 and more.
    Five,
}

impl Heat {
    /// The level of so many proven deliveries. Proof is never hidden, not even of a month to come:
    /// a loudspeaker's clock may be ahead.
    pub fn of(items: i64, asked: bool, when: When) -> Self {
        match (items, when) {
            (..=0, When::Ahead) => Self::Future,
            (..=0, When::Over) if asked => Self::Silent,
            (..=0, _) => Self::Empty,
            (1, _) => Self::One,
            (2..=3, _) => Self::Two,
            (4..=5, _) => Self::Three,
            (6..=7, _) => Self::Four,
            (8.., _) => Self::Five,
        }
    }

    /// Its class in the style sheet.
    pub fn class(self) -> &'static str {
        match self {
            Self::Future => "heat-future",
            Self::Silent => "heat-silent",
            Self::Empty => "heat-0",
            Self::One => "heat-1",
            Self::Two => "heat-2",
            Self::Three => "heat-3",
            Self::Four => "heat-4",
            Self::Five => "heat-5",
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_levels_are_those_of_the_legend() {
        let class = |items| Heat::of(items, true, When::Over).class();
        let levels: Vec<_> = (0..=9).map(class).collect();
        let expected = "silent 1 2 2 3 3 4 4 5 5";
        assert_eq!(levels.join(" ").replace("heat-", ""), expected);
    }

    #[test]
    fn silence_is_only_what_is_asked_and_over() {
        for (asked, when, heat) in [
            (true, When::Over, Heat::Silent),
            (false, When::Over, Heat::Empty),
            (true, When::Running, Heat::Empty),
            (true, When::Ahead, Heat::Future),
            (false, When::Ahead, Heat::Future),
        ] {
            assert_eq!(Heat::of(0, asked, when), heat, "{asked} {when:?}");
        }
    }

    #[test]
    fn months_are_compared_across_years() {
        assert_eq!(When::of((2025, 12), (2026, 1)), When::Over);
        assert_eq!(When::of((2026, 1), (2026, 1)), When::Running);
        assert_eq!(When::of((2027, 1), (2026, 12)), When::Ahead);
    }

    proptest! {
        #[test]
        fn more_proof_is_never_paler(items in 0_i64..100, asked: bool) {
            for when in [When::Over, When::Running, When::Ahead] {
                prop_assert!(Heat::of(items, asked, when) <= Heat::of(items + 1, asked, when));
            }
        }

        #[test]
        fn proof_is_never_hidden(items in 1_i64..1000, asked: bool) {
            let heat = Heat::of(items, asked, When::Over);
            prop_assert!(heat > Heat::Empty);
            prop_assert_eq!(heat, Heat::of(items, !asked, When::Ahead));
        }
    }
}
