//! A page as it is drawn: letters, rules and pictures in their places.
//!
//! Lengths are points. The origin is the top left corner of what a reader sees, and y grows downwards.

use crate::source::legacy::Face;

/// A letter, or a few that are one piece of type.
#[derive(Debug, Clone)]
pub struct Glyph {
    pub text: String,
    /// Where it begins and where the next one is expected.
    pub x: [f64; 2],
    /// Its baseline.
    pub y: f64,
    /// The size of its type.
    pub size: f64,
    pub bold: bool,
    /// What encoding its font's name tells.
    pub face: Option<Face>,
    /// Quarters clockwise that it is turned against the page. Its place is that on the page turned back.
    pub turn: usize,
    /// It is there to be found and not to be seen: what text recognition read in the picture over it.
    pub hidden: bool,
    /// The writer marked it as what is repeated on every page.
    pub repeated: bool,
}

/// A straight line along an edge of the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    pub from: [f64; 2],
    pub to: [f64; 2],
}

/// A page that was drawn.
#[derive(Debug, Default)]
pub struct Sheet {
    pub width: f64,
    pub height: f64,
    pub glyphs: Vec<Glyph>,
    /// Letters that are turned against the others.
    pub aside: Vec<Glyph>,
    pub rules: Vec<Rule>,
    /// The share of the page that pictures cover; more than 1 if they overlap.
    pub pictured: f64,
}

impl Sheet {
    /// Leaves out hidden text where there is text to be seen: it is the same once more.
    pub fn drop_hidden(&mut self) {
        let hidden = self.glyphs.iter().filter(|glyph| glyph.hidden).count();
        if hidden < (self.glyphs.len() - hidden) * 2 {
            self.glyphs.retain(|glyph| !glyph.hidden);
        }
    }

    /// Turns the page so that most of its text is upright, and puts aside what then is not.
    pub fn set_upright(&mut self) {
        let mut letters = [0_usize; 4];
        for glyph in &self.glyphs {
            letters[glyph.turn] += glyph.text.trim().len();
        }
        let turn = (0..4).rev().max_by_key(|turn| letters[*turn]).unwrap_or(0);
        let all = std::mem::take(&mut self.glyphs);
        (self.glyphs, self.aside) = all.into_iter().partition(|glyph| glyph.turn == turn);
        if turn == 0 {
            return;
        }
        self.aside.clear(); // beside a turned page stand only stamps
        let (width, height) = (self.width, self.height);
        for rule in &mut self.rules {
            for point in [&mut rule.from, &mut rule.to] {
                *point = turned_back(*point, turn, width, height);
            }
        }
        if turn % 2 == 1 {
            (self.width, self.height) = (height, width);
        }
    }
}

/// Where a point of a page that was turned back is on the page as it is.
pub fn turned_forth([x, y]: [f64; 2], turn: usize, width: f64, height: f64) -> [f64; 2] {
    match turn {
        1 => [width - y, x],
        2 => [width - x, height - y],
        3 => [y, height - x],
        _ => [x, y],
    }
}

/// Where a point is once the page is turned back by some quarters, so that text turned by as many is upright.
pub fn turned_back([x, y]: [f64; 2], turn: usize, width: f64, height: f64) -> [f64; 2] {
    match turn {
        1 => [y, width - x],
        2 => [width - x, height - y],
        3 => [height - y, x],
        _ => [x, y],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_forth_undoes_a_turn_back() {
        for turn in 0..4 {
            let [x, y] = turned_forth(
                turned_back([30.0, 70.0], turn, 595.0, 842.0),
                turn,
                595.0,
                842.0,
            );
            assert!((x - 30.0).abs() + (y - 70.0).abs() < 1e-9, "{turn}");
        }
    }
}
