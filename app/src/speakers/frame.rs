//! A piece of the map: Mercator's, as the tiles of the web have it, so that a tile server's pictures lie under what
//! is drawn here.

use std::f64::consts::PI;

use super::place::Place;

/// Of a tile, in pixels.
const TILE: f64 = 256.0;
/// Of the picture, in pixels.
pub(super) const WIDTH: f64 = 960.0;
pub(super) const HEIGHT: f64 = 600.0;
/// So much of the picture is kept free around what is shown.
const EDGE: f64 = 48.0;
/// The nearest: a street.
const NEAREST: i32 = 16;
/// Of the equator, in metres.
const AROUND: f64 = 40_075_016.7;

/// Which piece is shown, and how large.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Frame {
    zoom: i32,
    /// Of the whole world's picture at this zoom, in pixels.
    left: f64,
    top: f64,
    /// In the middle, for the scale.
    latitude: f64,
}

/// A picture of a tile server, and where its corner lies.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tile {
    pub zoom: i32,
    pub column: i64,
    pub row: i64,
    pub x: f64,
    pub y: f64,
}

/// A line of the grid.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// Whether it is of one latitude.
    pub level: bool,
    /// Where it crosses the picture.
    pub at: f64,
    /// In degrees.
    pub degrees: String,
}

/// From 0 to 1, from the date line and from the north.
fn mercator(place: Place) -> (f64, f64) {
    let x = (place.longitude + 180.0) / 360.0;
    let latitude = place.latitude.to_radians();
    let y = (1.0 - latitude.tan().asinh() / PI) / 2.0;
    (x, y)
}

fn latitude(y: f64) -> f64 {
    (PI * (1.0 - 2.0 * y)).sinh().atan().to_degrees()
}

impl Frame {
    /// The nearest piece that shows all of them; nothing when there are none.
    pub fn around(places: &[Place]) -> Option<Self> {
        let points: Vec<(f64, f64)> = places.iter().map(|place| mercator(*place)).collect();
        let first = points.first()?;
        let (mut low, mut high) = (*first, *first);
        for (x, y) in points {
            low = (low.0.min(x), low.1.min(y));
            high = (high.0.max(x), high.1.max(y));
        }
        let fits = |zoom: &i32| {
            let world = TILE * 2_f64.powi(*zoom);
            (high.0 - low.0) * world <= WIDTH - 2.0 * EDGE
                && (high.1 - low.1) * world <= HEIGHT - 2.0 * EDGE
        };
        let zoom = (0..=NEAREST).rev().find(fits).unwrap_or(0);
        let world = TILE * 2_f64.powi(zoom);
        let middle = (f64::midpoint(low.0, high.0), f64::midpoint(low.1, high.1));
        Some(Self {
            zoom,
            left: (middle.0 * world - WIDTH / 2.0).round(),
            top: (middle.1 * world - HEIGHT / 2.0).round(),
            latitude: latitude(middle.1),
        })
    }

    fn world(&self) -> f64 {
        TILE * 2_f64.powi(self.zoom)
    }

    /// Where a place lies in the picture.
    pub fn at(&self, place: Place) -> (f64, f64) {
        let (x, y) = mercator(place);
        let tenth = |value: f64| (value * 10.0).round() / 10.0;
        (
            tenth(x * self.world() - self.left),
            tenth(y * self.world() - self.top),
        )
    }

    /// The pictures of a tile server that lie under it.
    pub fn tiles(&self) -> Vec<Tile> {
        let count = 2_f64.powi(self.zoom);
        let range = |from: f64, length: f64| {
            let first = (from / TILE).floor().max(0.0);
            let last = ((from + length) / TILE).ceil().min(count);
            std::iter::successors(Some(first), |tile| Some(tile + 1.0))
                .take_while(move |tile| *tile < last)
        };
        #[allow(clippy::cast_possible_truncation)] // whole, and at most 2^16
        let tile = |column: f64, row: f64| Tile {
            zoom: self.zoom,
            column: column as i64,
            row: row as i64,
            x: column * TILE - self.left,
            y: row * TILE - self.top,
        };
        range(self.left, WIDTH)
            .flat_map(|column| range(self.top, HEIGHT).map(move |row| tile(column, row)))
            .collect()
    }

    /// Lines of round degrees, some across and some down.
    pub fn grid(&self) -> Vec<Line> {
        let east = |x: f64| (self.left + x) / self.world() * 360.0 - 180.0;
        let north = |y: f64| latitude((self.top + y) / self.world());
        let (from, to) = (east(0.0), east(WIDTH));
        let step = round_below((to - from) / 4.0);
        let mut lines = Vec::new();
        for degrees in rounds(from, to, step) {
            let place = Place {
                latitude: 0.0,
                longitude: degrees,
            };
            lines.push(Line {
                level: false,
                at: self.at(place).0,
                degrees: shown(degrees, step, "Đ", "T"),
            });
        }
        for degrees in rounds(north(HEIGHT), north(0.0), step) {
            let place = Place {
                latitude: degrees,
                longitude: 0.0,
            };
            lines.push(Line {
                level: true,
                at: self.at(place).1,
                degrees: shown(degrees, step, "B", "N"),
            });
        }
        lines
    }

    /// A round length: in pixels, and in metres.
    pub fn scale(&self) -> (f64, f64) {
        let pixel = AROUND * self.latitude.to_radians().cos() / self.world();
        let metres = round_below(pixel * 200.0);
        (metres / pixel, metres)
    }
}

/// The largest of 1, 2, 5, 10, 20 … that is not more.
fn round_below(value: f64) -> f64 {
    let power = 10_f64.powf(value.log10().floor());
    let digit = [5.0, 2.0, 1.0]
        .into_iter()
        .find(|digit| digit * power <= value);
    digit.unwrap_or(1.0) * power
}

fn rounds(from: f64, to: f64, step: f64) -> impl Iterator<Item = f64> {
    let first = (from / step).ceil();
    let steps = std::iter::successors(Some(first), |one| Some(one + 1.0));
    steps
        .map(move |one| one * step)
        .take_while(move |degrees| *degrees <= to)
}

fn shown(degrees: f64, step: f64, plus: &str, minus: &str) -> String {
    let half = if degrees < 0.0 { minus } else { plus };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between 0 and 5
    let digits = (-step.log10().floor()).clamp(0.0, 5.0) as usize;
    format!("{:.digits$}° {half}", degrees.abs()).replace('.', ",")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn place(latitude: f64, longitude: f64) -> Place {
        Place {
            latitude,
            longitude,
        }
    }

    #[test]
    fn it_lies_where_the_tiles_of_the_web_have_it() {
        // Hà Nội's tile at zoom 10, as every tile server numbers it.
        let frame = Frame::around(&[place(21.0285, 105.8542), place(21.4, 106.4)]).unwrap();
        assert!(frame.tiles().iter().any(|tile| {
            let scale = 1 << (tile.zoom - 10);
            (tile.column / scale, tile.row / scale) == (813, 450)
        }));
        assert_eq!(Frame::around(&[]), None);
    }

    #[test]
    fn lengths_are_those_of_the_ground() {
        let (here, east) = (place(20.54, 105.90), place(20.54, 106.00));
        let frame = Frame::around(&[here, east]).unwrap();
        let (pixels, metres) = frame.scale();
        let apart = frame.at(east).0 - frame.at(here).0;
        // A tenth of a degree there is 10.42 km.
        let measured = apart / pixels * metres;
        assert!((measured - 10_424.0).abs() < 20.0, "{measured}");
    }

    proptest! {
        #[test]
        fn all_that_is_shown_lies_in_the_picture(
            places in proptest::collection::vec((-80.0..80.0, -179.0..179.0), 1..20),
        ) {
            let places: Vec<Place> = places.into_iter().map(|(lat, lon)| place(lat, lon)).collect();
            let frame = Frame::around(&places).unwrap();
            for place in &places {
                let (x, y) = frame.at(*place);
                prop_assert!((0.0..=WIDTH).contains(&x) && (0.0..=HEIGHT).contains(&y), "{x} {y}");
            }
            prop_assert!(frame.tiles().len() <= 5 * 4);
            let grid = frame.grid();
            prop_assert!(grid.len() <= 40, "{}", grid.len());
            for line in grid {
                let most = if line.level { HEIGHT } else { WIDTH };
                prop_assert!((-1.0..=most + 1.0).contains(&line.at), "{line:?}");
            }
            let (pixels, metres) = frame.scale();
            prop_assert!(pixels <= 200.5 && metres > 0.0);
        }
    }
}
