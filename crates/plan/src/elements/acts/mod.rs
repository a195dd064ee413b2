//! Legal acts that are cited: kind, number, date, issuer, title, and every clause that cites them.

mod behind;
mod cite;
mod kinds;
mod law;
mod law_names;
mod number;
mod title;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use cite::Cite;

use super::dates::When;
use super::outline::Outline;
use super::text::{Folded, Text};
use crate::model::{Act, Reading};

/// The acts of a paragraph, in its order.
pub fn cited(text: Text<'_>) -> Vec<Cite> {
    cite::all(text)
}

/// All acts of a document, in the order they are first cited; the title comes first.
pub fn find(reading: &Reading, outline: &Outline<'_>) -> Vec<Act> {
    let mut register = Register {
        short_forms: law::short_forms(outline),
        own: reading.number.clone(),
        own_date: reading.date.clone(),
        ..Register::default()
    };
    let attached = reading.attachments.iter().map(|attached| &attached.title);
    for title in std::iter::once(&reading.title).chain(attached) {
        register.paragraph(Folded::new(title).text(), None);
    }
    for node in &outline.nodes {
        for line in node.all() {
            register.paragraph(line, Some(&node.clause.id));
        }
    }
    register.finish()
}

/// Acts as they are met. A number without a year may come twice: of a directive 02/CT-TTg there
/// is one every year, and its date tells which is meant.
#[derive(Default)]
struct Register {
    acts: Vec<Act>,
    dates: Vec<Option<When>>,
    /// By number, or by the name of a law.
    places: BTreeMap<String, Places>,
    short_forms: BTreeMap<String, String>,
    own: Option<String>,
    own_date: Option<String>,
}

/// The acts of one number.
#[derive(Default)]
struct Places {
    /// Those whose whole date is known.
    dated: BTreeMap<When, usize>,
    /// The others, in the order they were met.
    open: Vec<usize>,
    first: Option<usize>,
}

impl Places {
    /// The act that a mention with this date means. Without a date it is the first.
    fn find(&self, date: Option<When>, dates: &[Option<When>]) -> Option<usize> {
        if let Some(place) = date.and_then(|date| self.dated.get(&date)) {
            return Some(*place);
        }
        let date = match date {
            None => return self.first,
            whole => whole,
        };
        // A whole date that is not among them agrees with none of them.
        let dated = Some(&self.dated).filter(|_| !date.is_some_and(is_whole));
        let dated = dated.into_iter().flat_map(BTreeMap::values);
        let mut places = self.open.iter().chain(dated).copied();
        places.find(|place| agree(dates[*place], date))
    }

    fn put(&mut self, place: usize, date: Option<When>) {
        self.first.get_or_insert(place);
        self.open.retain(|open| *open != place);
        match date.filter(|date| is_whole(*date)) {
            Some(date) => {
                self.dated.insert(date, place);
            }
            None => self.open.push(place),
        }
    }
}

fn is_whole(date: When) -> bool {
    date.year.is_some() && date.day.is_some()
}

impl Register {
    fn paragraph(&mut self, text: Text<'_>, clause: Option<&str>) {
        // A plan that stands alone is attached to a decision that is its own as well.
        if cite::is_attachment(text) && self.own.is_none() {
            return;
        }
        for cite in cite::all(text) {
            // Another body's paper may bear the same number on another day.
            let same_day = match (cite.date, &self.own_date) {
                (Some(date), Some(own)) => date.to_string() == *own,
                _ => true,
            };
            let own = same_day && self.own.as_deref() == Some(cite.number.as_str());
            if !own {
                self.put(cite, clause);
            }
        }
    }

    fn put(&mut self, cite: Cite, clause: Option<&str>) {
        let key = if cite.named {
            law::key(&cite.number, &self.short_forms)
        } else {
            cite.number.clone()
        };
        let date = cite.date.map(|date| date.in_year(year_of(&cite.number)));
        // A number with its year is one act's, whatever a typist made of the date.
        let unique = !cite.named && year_of(&cite.number).is_some();
        let known = self.places.get(&key).and_then(|places| {
            let date = date.filter(|_| !unique);
            places.find(date, &self.dates)
        });
        let place = known.unwrap_or_else(|| {
            let place = self.acts.len();
            // 'Luật Tổ chức chính quyền địa phương số 72/2025/QH15' is met again by its name.
            let law = !cite.named && ["Luật", "Bộ luật", "Pháp lệnh"].contains(&&*cite.kind);
            if let Some(name) = cite.title.as_ref().filter(|_| law) {
                let name = law::key(&format!("{} {name}", cite.kind), &self.short_forms);
                self.places.entry(name).or_default().put(place, date);
            }
            self.dates.push(None);
            self.acts.push(Act {
                kind: cite.kind,
                number: cite.number,
                date: None,
                issuer: None,
                title: None,
                cited_in: Vec::new(),
            });
            place
        });
        // A whole date says more than a year.
        let fuller = date.filter(|date| {
            self.dates[place].is_none_or(|known| !is_whole(known) && is_whole(*date))
        });
        if known.is_none() || fuller.is_some() {
            self.dates[place] = fuller.or(self.dates[place]);
            let date = self.dates[place];
            self.places.entry(key).or_default().put(place, date);
        }
        let act = &mut self.acts[place];
        act.issuer = act.issuer.take().or(cite.issuer);
        act.title = act.title.take().or(cite.title);
        if let Some(clause) = clause
            && act.cited_in.last().is_none_or(|last| last != clause)
        {
            act.cited_in.push(clause.to_owned());
        }
    }

    fn finish(self) -> Vec<Act> {
        let mut acts = self.acts;
        for (act, date) in acts.iter_mut().zip(self.dates) {
            act.date = date.map(|date| date.to_string());
            if act.issuer.is_none() {
                act.issuer = match act.kind.as_str() {
                    "Luật" | "Bộ luật" | "Hiến pháp" => Some("Quốc hội"),
                    "Pháp lệnh" => Some("Ủy ban Thường vụ Quốc hội"),
                    _ => kinds::issuer(&act.number),
                }
                .map(str::to_owned);
            }
        }
        acts
    }
}

/// `61/2018/NĐ-CP` is of 2018.
fn year_of(number: &str) -> Option<i32> {
    let year = number.split('/').nth(1)?;
    (year.len() == 4).then(|| year.parse().ok())?
}

/// Whether two dates may be one act's: as far as both are printed they are the same.
fn agree(one: Option<When>, other: Option<When>) -> bool {
    let (Some(one), Some(other)) = (one, other) else {
        return true;
    };
    let same =
        |one: Option<u32>, other: Option<u32>| one.is_none() || other.is_none() || one == other;
    (one.year.is_none() || other.year.is_none() || one.year == other.year)
        && same(one.month, other.month)
        && same(one.day, other.day)
}
