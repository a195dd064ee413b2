//! Rules to tables: where lines cross they make cells.

use super::super::sheet::Rule;

/// Points: lines nearer than this are one, and lines that miss each other by less meet.
const NEAR: f64 = 3.0;
/// Lines of a page in each direction; a drawing has more.
const MOST_LINES: usize = 1_500;
const MOST_ROWS: usize = 400;
const MOST_COLUMNS: usize = 60;
/// Of a cell's side: as much of it must be ruled.
const RULED: f64 = 0.6;

/// A ruled table.
#[derive(Debug, Clone)]
pub struct Grid {
    /// The edges of its columns, from left to right.
    pub xs: Vec<f64>,
    /// The edges of its rows, from top to bottom.
    pub ys: Vec<f64>,
    /// For each box between two neighbouring edges the first row and column of the cell that it belongs to.
    pub homes: Vec<Vec<(usize, usize)>>,
}

/// A line in one direction: where it is, from where and to where it runs.
#[derive(Debug, Clone, Copy)]
struct Stroke {
    at: f64,
    from: f64,
    to: f64,
}

/// The ruled tables of a page, from top to bottom. A table in a cell of another is left out.
pub fn find(rules: &[Rule]) -> Vec<Grid> {
    let across = merged(rules.iter().filter_map(|rule| {
        let level = (rule.from[1] - rule.to[1]).abs() < 1.0;
        (level && rule.to[0] - rule.from[0] >= 1.0).then_some(Stroke {
            at: rule.from[1],
            from: rule.from[0],
            to: rule.to[0],
        })
    }));
    let down = merged(rules.iter().filter_map(|rule| {
        let upright = (rule.from[0] - rule.to[0]).abs() < 1.0;
        (upright && rule.to[1] - rule.from[1] >= 1.0).then_some(Stroke {
            at: rule.from[0],
            from: rule.from[1],
            to: rule.to[1],
        })
    }));
    if across.len() > MOST_LINES || down.len() > MOST_LINES {
        return Vec::new();
    }
    let mut grids: Vec<Grid> = groups(&across, &down)
        .into_iter()
        .filter_map(|(across, down)| grid(&across, &down))
        .collect();
    grids.sort_by(|one, other| one.ys[0].total_cmp(&other.ys[0]));
    let inner = |grid: &Grid| {
        grids.iter().any(|outer| {
            outer.left() < grid.left() - 1.0
                && outer.right() > grid.right() + 1.0
                && outer.top() < grid.top() - 1.0
                && outer.bottom() > grid.bottom() + 1.0
        })
    };
    grids.iter().filter(|grid| !inner(grid)).cloned().collect()
}

impl Grid {
    /// Its upper edge.
    pub fn top(&self) -> f64 {
        self.ys[0]
    }

    /// Its lower edge.
    pub fn bottom(&self) -> f64 {
        self.ys[self.ys.len() - 1]
    }

    fn left(&self) -> f64 {
        self.xs[0]
    }

    fn right(&self) -> f64 {
        self.xs[self.xs.len() - 1]
    }

    /// The cell at a point: its first row and column.
    pub fn cell(&self, x: f64, y: f64) -> Option<(usize, usize)> {
        let place = |edges: &[f64], at: f64| {
            let after = edges.partition_point(|edge| *edge <= at);
            (after > 0 && after < edges.len()).then(|| after - 1)
        };
        let (row, column) = (place(&self.ys, y)?, place(&self.xs, x)?);
        Some(self.homes[row][column])
    }

    /// How wide a cell is.
    pub fn width(&self, (row, column): (usize, usize)) -> f64 {
        let columns = self.homes[row][column..]
            .iter()
            .take_while(|home| **home == (row, column))
            .count();
        self.xs[(column + columns).min(self.xs.len() - 1)] - self.xs[column]
    }
}

/// Lines that go on in one another, as one: a writer draws them cell by cell.
fn merged(strokes: impl Iterator<Item = Stroke>) -> Vec<Stroke> {
    let mut strokes: Vec<Stroke> = strokes.collect();
    strokes.sort_by(|one, other| one.at.total_cmp(&other.at));
    let mut merged: Vec<Stroke> = Vec::new();
    let mut rest = strokes.as_mut_slice();
    while let Some(first) = rest.first().map(|stroke| stroke.at) {
        let count = rest.partition_point(|stroke| stroke.at < first + 1.5);
        let (level, after) = rest.split_at_mut(count);
        level.sort_by(|one, other| one.from.total_cmp(&other.from));
        let mut open: Option<Stroke> = None;
        for stroke in level {
            match &mut open {
                Some(open) if stroke.from <= open.to + NEAR => open.to = open.to.max(stroke.to),
                open => merged.extend(open.replace(*stroke)),
            }
        }
        merged.extend(open);
        rest = after;
    }
    // A dot is no line.
    merged.retain(|stroke| stroke.to - stroke.from > 4.0);
    merged
}

/// Lines that hang together.
fn groups(across: &[Stroke], down: &[Stroke]) -> Vec<(Vec<Stroke>, Vec<Stroke>)> {
    let mut home: Vec<usize> = (0..across.len() + down.len()).collect();
    for (one, level) in across.iter().enumerate() {
        for (other, upright) in down.iter().enumerate() {
            let meet = upright.at >= level.from - NEAR
                && upright.at <= level.to + NEAR
                && level.at >= upright.from - NEAR
                && level.at <= upright.to + NEAR;
            if meet {
                let one = root(&mut home, one);
                let other = root(&mut home, across.len() + other);
                home[one.max(other)] = one.min(other);
            }
        }
    }
    let mut groups: Vec<(Vec<Stroke>, Vec<Stroke>)> = vec![Default::default(); home.len()];
    for (index, stroke) in across.iter().enumerate() {
        groups[root(&mut home, index)].0.push(*stroke);
    }
    for (index, stroke) in down.iter().enumerate() {
        groups[root(&mut home, across.len() + index)]
            .1
            .push(*stroke);
    }
    groups
}

fn root(home: &mut [usize], mut index: usize) -> usize {
    while home[index] != index {
        home[index] = home[home[index]];
        index = home[index];
    }
    index
}

fn grid(across: &[Stroke], down: &[Stroke]) -> Option<Grid> {
    let (mut ys, mut xs) = (levels(across), levels(down));
    if xs.is_empty() || ys.is_empty() {
        return None;
    }
    // A table may be open at its sides, and where a page cuts it: there its lines end.
    extend(&mut xs, across);
    extend(&mut ys, down);
    let (rows, columns) = (ys.len().checked_sub(1)?, xs.len() - 1);
    let shape = (rows >= 2 && columns >= 2) || (rows >= 1 && columns >= 3);
    if !shape || rows > MOST_ROWS || columns > MOST_COLUMNS {
        return None;
    }
    let homes = homes(&xs, &ys, across, down);
    let mut cells: Vec<(usize, usize)> = homes.iter().flatten().copied().collect();
    cells.sort_unstable();
    cells.dedup();
    (cells.len() >= 3).then_some(Grid { xs, ys, homes })
}

/// Adds the ends of the lines that run across some edges, if they reach beyond the outer ones.
fn extend(edges: &mut Vec<f64>, across: &[Stroke]) {
    let first = across
        .iter()
        .map(|line| line.from)
        .fold(f64::INFINITY, f64::min);
    let last = across
        .iter()
        .map(|line| line.to)
        .fold(f64::NEG_INFINITY, f64::max);
    if first < edges[0] - 10.0 {
        edges.insert(0, first);
    }
    if last > edges[edges.len() - 1] + 10.0 {
        edges.push(last);
    }
}

fn levels(strokes: &[Stroke]) -> Vec<f64> {
    let mut levels: Vec<f64> = Vec::new();
    let mut at: Vec<f64> = strokes.iter().map(|stroke| stroke.at).collect();
    at.sort_by(f64::total_cmp);
    for at in at {
        if levels.last().is_none_or(|last| at - last > NEAR) {
            levels.push(at);
        }
    }
    levels
}

fn homes(xs: &[f64], ys: &[f64], across: &[Stroke], down: &[Stroke]) -> Vec<Vec<(usize, usize)>> {
    let (rows, columns) = (ys.len() - 1, xs.len() - 1);
    let above = ruled(ys, xs, across);
    let beside = ruled(xs, ys, down);
    let mut homes: Vec<Vec<(usize, usize)>> = Vec::with_capacity(rows);
    for row in 0..rows {
        let mut line: Vec<(usize, usize)> = Vec::with_capacity(columns);
        for column in 0..columns {
            let left = (column > 0 && !beside[column][row]).then(|| line[column - 1]);
            let up = (row > 0 && !above[row][column]).then(|| homes[row - 1][column]);
            line.push(match (left, up) {
                (Some(left), _) => left,
                // A cell that is wider above than here is another one.
                (None, Some(up)) if up.1 == column => up,
                (None, _) => (row, column),
            });
        }
        homes.push(line);
    }
    homes
}

/// For each edge and each interval across it whether a line stands there.
fn ruled(edges: &[f64], intervals: &[f64], strokes: &[Stroke]) -> Vec<Vec<bool>> {
    let mut lengths = vec![vec![0.0_f64; intervals.len() - 1]; edges.len()];
    for stroke in strokes {
        let Some(edge) = edges
            .iter()
            .position(|edge| (edge - stroke.at).abs() <= NEAR)
        else {
            continue;
        };
        for (index, pair) in intervals.windows(2).enumerate() {
            lengths[edge][index] += (stroke.to.min(pair[1]) - stroke.from.max(pair[0])).max(0.0);
        }
    }
    let long = |edge: &[f64]| {
        edge.iter()
            .zip(intervals.windows(2))
            .map(|(length, pair)| *length >= RULED * (pair[1] - pair[0]))
            .collect()
    };
    lengths.iter().map(|edge| long(edge)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(y: f64, from: f64, to: f64) -> Rule {
        Rule {
            from: [from, y],
            to: [to, y],
        }
    }

    fn upright(x: f64, from: f64, to: f64) -> Rule {
        Rule {
            from: [x, from],
            to: [x, to],
        }
    }

    #[test]
    fn crossing_lines_make_cells_and_missing_ones_merge_them() {
        // Three rows, three columns; the first cell is merged downwards, the last row sideways.
        let rules = [
            level(0.0, 0.0, 300.0),
            level(20.0, 100.0, 300.0),
            level(40.0, 0.0, 100.0),
            level(40.3, 100.0, 300.0),
            level(60.0, 0.0, 300.0),
            upright(0.0, 0.0, 60.0),
            upright(100.0, 0.0, 40.0),
            upright(200.0, 0.0, 40.0),
            upright(300.0, 0.0, 60.0),
        ];
        let grids = find(&rules);
        assert_eq!(grids.len(), 1);
        let grid = &grids[0];
        assert_eq!((grid.xs.len(), grid.ys.len()), (4, 4));
        assert_eq!(grid.homes[1], [(0, 0), (1, 1), (1, 2)]);
        assert_eq!(grid.homes[2], [(2, 0); 3]);
        assert_eq!(grid.cell(50.0, 30.0), Some((0, 0)));
        assert_eq!(grid.cell(250.0, 30.0), Some((1, 2)));
        assert_eq!(grid.cell(350.0, 30.0), None);
        assert!(
            (grid.width((2, 0)) - 300.0).abs() < 0.1 && (grid.width((0, 0)) - 100.0).abs() < 0.1
        );
    }

    #[test]
    fn a_frame_an_underline_and_a_lonely_cross_are_no_table() {
        let frame = [
            level(0.0, 0.0, 100.0),
            level(50.0, 0.0, 100.0),
            upright(0.0, 0.0, 50.0),
            upright(100.0, 0.0, 50.0),
        ];
        assert!(find(&frame).is_empty());
        assert!(find(&[level(10.0, 50.0, 150.0)]).is_empty());
        assert!(find(&[level(10.0, 0.0, 20.0), upright(10.0, 0.0, 20.0)]).is_empty());
    }

    #[test]
    fn a_table_open_at_its_sides_has_all_its_columns() {
        let rules = [
            level(0.0, 0.0, 300.0),
            level(20.0, 0.0, 300.0),
            level(40.0, 0.0, 300.0),
            upright(100.0, 0.0, 40.0),
            upright(200.0, 0.0, 40.0),
        ];
        let near = |edges: &[f64], each: [f64; 4]| {
            edges.len() == 4
                && edges
                    .iter()
                    .zip(each)
                    .all(|(one, other)| (one - other).abs() < 0.1)
        };
        assert!(near(&find(&rules)[0].xs, [0.0, 100.0, 200.0, 300.0]));
        // The page ends in the midst of the last row: nothing closes it.
        let cut: Vec<Rule> = rules
            .iter()
            .map(|rule| Rule {
                from: rule.from,
                to: [
                    rule.to[0],
                    if rule.to[1] > rule.from[1] {
                        90.0
                    } else {
                        rule.to[1]
                    },
                ],
            })
            .collect();
        assert!(near(&find(&cut)[0].ys, [0.0, 20.0, 40.0, 90.0]));
    }
}
