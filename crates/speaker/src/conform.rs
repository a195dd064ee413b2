//! Holding a server against docs/air.md, point by point, as a new speaker with a key of its own.

mod checks;
mod line;
mod probe;

use rand::RngCore;
use serde::Serialize;

use crate::clock::Clock;
use probe::Probe;

/// What was found.
#[derive(Debug, Serialize)]
pub struct Conformity {
    /// Whether nothing is wrong.
    pub ok: bool,
    /// Point by point.
    pub points: Vec<Point>,
}

/// One thing that a server must do.
#[derive(Debug, Serialize)]
pub struct Point {
    /// Its name.
    pub name: &'static str,
    /// What is asked.
    pub must: &'static str,
    /// How it went.
    #[serde(flatten)]
    pub found: Found,
}

/// How it went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "found", content = "detail")]
pub enum Found {
    /// As it must be.
    Ok,
    /// Otherwise.
    Wrong(String),
    /// There was nothing to try it with.
    Skipped(String),
}

/// Goes through all of it. The code is used up, and the speaker stays enrolled: it is revoked on the
/// server's page.
pub fn conform(
    server: &str,
    code: &str,
    clock: Box<dyn Clock>,
    dice: Box<dyn RngCore + Send>,
) -> Conformity {
    let mut probe = Probe::new(server, clock, dice);
    let mut points = Vec::new();
    for (name, must, check) in checks::ALL {
        let found = match check(&mut probe, code) {
            Ok(found) => found,
            Err(error) => Found::Wrong(error),
        };
        let over = *name == "enrolment" && found != Found::Ok;
        points.push(Point { name, must, found });
        if over {
            // Nobody else is answered.
            break;
        }
    }
    Conformity {
        ok: !points
            .iter()
            .any(|point| matches!(point.found, Found::Wrong(_))),
        points,
    }
}

impl std::fmt::Display for Conformity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for point in &self.points {
            writeln!(f, "{point}")?;
        }
        let wrong = |point: &&Point| matches!(point.found, Found::Wrong(_));
        write!(
            f,
            "{} of {} points are wrong",
            self.points.iter().filter(wrong).count(),
            self.points.len()
        )
    }
}

impl std::fmt::Display for Point {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.found {
            Found::Ok => write!(f, "ok      {}: {}", self.name, self.must),
            Found::Wrong(why) => write!(f, "WRONG   {}: {} ({why})", self.name, self.must),
            Found::Skipped(why) => write!(f, "skipped {}: {} ({why})", self.name, self.must),
        }
    }
}
