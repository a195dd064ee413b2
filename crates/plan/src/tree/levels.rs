//! Which level a marker belongs to.

use super::{Builder, Open};
use crate::marker::{Marker, Sort};

impl Builder {
    /// 'i)' behind 'h)' is a letter, elsewhere the first of i), ii), iii); 'v)' behind 'iv)' goes on.
    pub(super) fn told_from_alike(&self, marker: Marker) -> Marker {
        let last = |sort: Sort| {
            let open = self.open.iter().rfind(|open| open.marker.sort == sort);
            open.and_then(|open| open.marker.value())
        };
        let sort = match (marker.sort, marker.text.as_str()) {
            (Sort::Point | Sort::PointBracket, "i") if last(marker.sort) != Some(8) => {
                Sort::LowerRoman
            }
            (Sort::Point | Sort::PointBracket, "v") if last(Sort::LowerRoman) == Some(4) => {
                Sort::LowerRoman
            }
            (Sort::Point | Sort::PointBracket, "x") if last(Sort::LowerRoman) == Some(9) => {
                Sort::LowerRoman
            }
            // 'I.' behind 'H.' is a letter.
            (Sort::Roman, "I") if last(Sort::Letter) == Some(8) && last(Sort::Roman).is_none() => {
                Sort::Letter
            }
            (sort, _) => sort,
        };
        Marker { sort, ..marker }
    }

    pub(super) fn depth_of(&self, marker: &Marker) -> usize {
        if let Some(depth) = self
            .open
            .iter()
            .rposition(|open| open.marker.sort == marker.sort)
        {
            return depth;
        }
        let bullets = self.first_bullet();
        if let Sort::Bullet(sign) = marker.sort {
            // '*' stands above '-', '-' above '+': but what ends in a colon announces what is below it.
            let above = self.open[bullets..].iter().position(|open| {
                matches!(open.marker.sort, Sort::Bullet(other) if stands_above(sign, other))
                    && !open.built.text.ends_with(':')
            });
            return above.map_or(self.open.len(), |above| bullets + above);
        }
        // 2.1 goes below 2, 2.1.a below 2.1, wherever bullets have led meanwhile.
        let above = |sort: Sort| match (marker.sort, sort) {
            (Sort::Dotted(2) | Sort::Mixed(1), Sort::Number) => true,
            (Sort::Dotted(parts), Sort::Dotted(fewer)) => fewer + 1 == parts,
            (Sort::Mixed(parts), Sort::Dotted(numbers)) => parts == numbers,
            _ => false,
        };
        let parent = self.open.iter().rposition(|open| {
            let rest = marker.text.strip_prefix(open.marker.text.as_str());
            above(open.marker.sort) && rest.is_some_and(|rest| rest.starts_with('.'))
        });
        if let Some(depth) = parent {
            return depth + 1;
        }
        // Counting goes below a bullet only where the bullet says so and the counting begins.
        let announced = self.open.last().is_some_and(|open| {
            matches!(open.marker.sort, Sort::Bullet(_)) && open.built.text.ends_with(':')
        });
        let small = matches!(
            marker.sort,
            Sort::NumberParen
                | Sort::NumberBracket
                | Sort::Point
                | Sort::PointDot
                | Sort::PointBracket
                | Sort::LowerRoman
        );
        if announced && small && marker.value() == Some(1) {
            return self.open.len();
        }
        self.rank_of(marker).unwrap_or(bullets)
    }

    /// Some sorts have a rank in every document: a chapter is never below an article.
    fn rank_of(&self, marker: &Marker) -> Option<usize> {
        let rank = |sort: Sort| match sort {
            Sort::Annex => 0,
            Sort::Part => 1,
            Sort::Chapter => 2,
            Sort::Section => 3,
            Sort::Article => 4,
            _ => 9,
        };
        let own = if marker.sort == Sort::Roman {
            3 // never below an article
        } else {
            rank(marker.sort)
        };
        (own < 9)
            .then(|| {
                let below = |open: &Open| (own + 1..9).contains(&rank(open.marker.sort));
                self.open.iter().position(below)
            })
            .flatten()
    }

    fn first_bullet(&self) -> usize {
        let bullet = |open: &Open| matches!(open.marker.sort, Sort::Bullet(_));
        self.open.iter().position(bullet).unwrap_or(self.open.len())
    }
}

/// Whether a sign stands above another in documents that use both; of others nothing is known.
fn stands_above(sign: char, other: char) -> bool {
    let place = |sign| "*-+".chars().position(|known| known == sign);
    matches!((place(sign), place(other)), (Some(sign), Some(other)) if sign < other)
}
