//! What a document asks for, found by rules in the clause tree. Everything names the clause that
//! proves it and says how sure the rule is (see [`confidence`]); nothing is in force before a
//! person has accepted it.
//!
//! The tree is laid flat once ([`outline`]); each rule goes through it once.

mod acts;
mod audiences;
mod cadence;
mod channels;
mod confidence;
mod dates;
mod duties;
mod labels;
mod lines;
mod milestones;
mod money;
mod outline;
mod period;
mod relations;
mod reports;
mod span;
mod tables;
mod text;
mod themes;
mod units;
mod words;

use self::outline::Outline;
use crate::model::Reading;

/// Finds everything that a document asks for and puts it into its reading.
pub fn find(reading: &mut Reading) {
    let mut warnings = Vec::new();
    let outline = Outline::of(reading);
    let period = period::find(reading, &outline);
    // 'Trước ngày 15/12' in a plan of one year is of that year.
    let year = period
        .filter(|period| period.from == period.to)
        .map(|period| period.from);
    let activities = duties::activities(&outline);
    let acts = acts::find(reading, &outline);
    let themes = themes::find(reading, &outline);
    let channels = channels::find(reading, &outline);
    let audiences = audiences::find(&outline);
    let duties = duties::find(reading, &outline, &activities, year, &mut warnings);
    let reports = reports::find(&outline, year, &mut warnings);
    let money = money::find(&outline);
    let milestones = milestones::find(reading, &outline, &activities, period);
    let relations = relations::find(reading, &outline, year);
    drop(outline);
    reading.period = period;
    reading.acts = acts;
    reading.themes = themes;
    reading.channels = channels;
    reading.audiences = audiences;
    reading.duties = duties;
    reading.reports = reports;
    reading.money = money;
    reading.milestones = milestones;
    reading.relations = relations;
    reading.warnings.extend(warnings);
}
