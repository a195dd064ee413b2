//! What was tried, how long it took, what came of it.

use std::time::Instant;

use serde::Serialize;

/// One thing that was tried.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// What.
    pub name: &'static str,
    /// Whether it held.
    pub ok: bool,
    /// How long it took, in milliseconds.
    pub ms: u64,
    /// What was seen, or why it did not hold and what to do.
    pub detail: String,
}

/// All that was tried, in order.
#[derive(Serialize)]
pub struct Findings<'a> {
    /// Whether every step held.
    pub ok: bool,
    /// The steps.
    pub steps: Vec<Step>,
    #[serde(skip)]
    tell: &'a (dyn Fn(&Step) + Sync),
}

impl<'a> Findings<'a> {
    /// Nothing was tried yet. `tell` hears of every step as it ends.
    pub fn new(tell: &'a (dyn Fn(&Step) + Sync)) -> Self {
        Self {
            ok: true,
            steps: Vec::new(),
            tell,
        }
    }

    /// Keeps what came of a step; its value when it held.
    pub(super) fn note<T>(
        &mut self,
        name: &'static str,
        begun: Instant,
        outcome: anyhow::Result<(T, String)>,
    ) -> Option<T> {
        let (value, detail) = match outcome {
            Ok((value, detail)) => (Some(value), detail),
            Err(error) => (None, format!("{error:#}")),
        };
        let step = Step {
            name,
            ok: value.is_some(),
            ms: u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
            detail,
        };
        (self.tell)(&step);
        self.ok &= step.ok;
        self.steps.push(step);
        value
    }
}

/// Tries something and keeps what came of it; its value, if it held.
macro_rules! step {
    ($findings:expr, $name:literal, $act:expr) => {{
        let begun = std::time::Instant::now();
        let outcome = $act.await;
        $findings.note($name, begun, outcome)
    }};
}
pub(super) use step;
