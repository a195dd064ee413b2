//! Moves, turns and scalings of the plane (ISO 32000-1, 8.3.3).

#![allow(clippy::many_single_char_names)] // the six numbers are a to f wherever they are spoken of

/// A point (x, y) goes to (a·x + c·y + e, b·x + d·y + f).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Matrix(pub [f64; 6]);

impl Matrix {
    /// Nothing moves.
    pub const SAME: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// Moves everything.
    pub fn shift(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// This one first, then another.
    pub fn then(self, next: Self) -> Self {
        let ([a, b, c, d, e, f], [na, nb, nc, nd, ..]) = (self.0, next.0);
        let [x, y] = next.apply([e, f]);
        Self([
            a * na + b * nc,
            a * nb + b * nd,
            c * na + d * nc,
            c * nb + d * nd,
            x,
            y,
        ])
    }

    /// Where a point goes.
    pub fn apply(self, [x, y]: [f64; 2]) -> [f64; 2] {
        let [a, b, c, d, e, f] = self.0;
        [a * x + c * y + e, b * x + d * y + f]
    }

    /// What a surface is multiplied with.
    pub fn surface(self) -> f64 {
        let [a, b, c, d, ..] = self.0;
        (a * d - b * c).abs()
    }

    /// From the points of a page, whose origin is the bottom left corner, to what a reader sees of it.
    pub fn of_page([left, bottom, right, top]: [f64; 4], turn: usize) -> Self {
        Self(match turn {
            1 => [0.0, 1.0, 1.0, 0.0, -bottom, -left],
            2 => [-1.0, 0.0, 0.0, 1.0, right, -bottom],
            3 => [0.0, -1.0, -1.0, 0.0, top, right],
            _ => [1.0, 0.0, 0.0, -1.0, -left, top],
        })
    }

    /// Out of six numbers.
    pub fn of(numbers: &[f64]) -> Option<Self> {
        let numbers: [f64; 6] = numbers.get(..6)?.try_into().ok()?;
        numbers
            .iter()
            .all(|number| number.abs() < 1e7)
            .then_some(Self(numbers))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turned_page_is_seen_upright() {
        let view = [10.0, 20.0, 110.0, 220.0]; // 100 wide, 200 high
        let top_left = [10.0, 220.0];
        for (turn, seen) in [
            (0, [0.0, 0.0]),
            (1, [200.0, 0.0]),
            (2, [100.0, 200.0]),
            (3, [0.0, 100.0]),
        ] {
            let [x, y] = Matrix::of_page(view, turn).apply(top_left);
            assert!((x - seen[0]).abs() + (y - seen[1]).abs() < 1e-9, "{turn}");
        }
        let both = Matrix::shift(1.0, 2.0).then(Matrix([2.0, 0.0, 0.0, 3.0, 0.0, 0.0]));
        let [x, y] = both.apply([1.0, 1.0]);
        assert!((x - 4.0).abs() + (y - 9.0).abs() < 1e-9);
    }
}
