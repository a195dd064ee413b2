//! Lines that are drawn: only straight ones along the edges of the page are kept, for they rule tables.

use super::sheet::Rule;

/// A filled box as thin as this is a line.
const THIN: f64 = 3.0;
/// Rules of a page. Drawings have more; tables do not.
const MOST: usize = 20_000;

/// A path under construction.
#[derive(Default)]
pub struct Path {
    parts: Vec<Part>,
    points: usize,
}

#[derive(Default)]
struct Part {
    points: Vec<[f64; 2]>,
    curved: bool,
}

impl Path {
    /// Begins a new part.
    pub fn begin(&mut self, point: [f64; 2]) {
        if self.points < MOST {
            self.points += 1;
            self.parts.push(Part {
                points: vec![point],
                curved: false,
            });
        }
    }

    /// Goes straight to a point.
    pub fn line(&mut self, point: [f64; 2]) {
        if self.points < MOST
            && let Some(part) = self.parts.last_mut()
        {
            self.points += 1;
            part.points.push(point);
        }
    }

    /// Goes in a curve to a point.
    pub fn curve(&mut self, point: [f64; 2]) {
        self.line(point);
        if let Some(part) = self.parts.last_mut() {
            part.curved = true;
        }
    }

    /// Goes back to where the part began.
    pub fn close(&mut self) {
        if let Some(first) = self.parts.last().and_then(|part| part.points.first()) {
            self.line(*first);
        }
    }

    /// Adds the rules that filling it draws: boxes as thin as a line.
    pub fn fill(&self, rules: &mut Vec<Rule>) {
        for part in self.parts.iter().filter(|part| !part.curved) {
            let spread = |axis: usize| {
                let each = part.points.iter().map(|point| point[axis]);
                let low = each.clone().fold(f64::INFINITY, f64::min);
                (low, each.fold(f64::NEG_INFINITY, f64::max))
            };
            let ((left, right), (top, bottom)) = (spread(0), spread(1));
            let (width, height) = (right - left, bottom - top);
            if height <= THIN && width > height {
                let y = f64::midpoint(top, bottom);
                add(rules, [left, y], [right, y]);
            } else if width <= THIN && height > width {
                let x = f64::midpoint(left, right);
                add(rules, [x, top], [x, bottom]);
            }
        }
    }

    /// Adds the rules that stroking it with a pen of some width draws.
    pub fn stroke(&self, width: f64, rules: &mut Vec<Rule>) {
        if width > 2.0 * THIN {
            return; // a bar
        }
        for part in self.parts.iter().filter(|part| !part.curved) {
            for pair in part.points.windows(2) {
                add(rules, pair[0], pair[1]);
            }
        }
    }

    /// Forgets it.
    pub fn clear(&mut self) {
        self.parts.clear();
        self.points = 0;
    }
}

fn add(rules: &mut Vec<Rule>, one: [f64; 2], other: [f64; 2]) {
    let [across, down] = [(one[0] - other[0]).abs(), (one[1] - other[1]).abs()];
    let along = across.min(down) < 0.7 && across.max(down) > 1.0 && across.max(down) < 20_000.0;
    if along && rules.len() < MOST {
        rules.push(Rule {
            from: [one[0].min(other[0]), one[1].min(other[1])],
            to: [one[0].max(other[0]), one[1].max(other[1])],
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thin_boxes_and_straight_strokes_are_rules() {
        let mut path = Path::default();
        let mut rules = Vec::new();
        path.begin([0.0, 0.0]);
        for corner in [[100.0, 0.0], [100.0, 0.5], [0.0, 0.5]] {
            path.line(corner);
        }
        path.close();
        path.fill(&mut rules);
        assert_eq!(
            rules,
            [Rule {
                from: [0.0, 0.25],
                to: [100.0, 0.25]
            }]
        );
        path.clear();
        path.begin([5.0, 90.0]);
        path.line([5.0, 10.0]);
        path.line([50.0, 50.0]);
        path.begin([0.0, 0.0]);
        path.curve([90.0, 0.0]);
        rules.clear();
        path.stroke(0.5, &mut rules);
        assert_eq!(
            rules,
            [Rule {
                from: [5.0, 10.0],
                to: [5.0, 90.0]
            }]
        );
    }
}
