//! Who is late: reports past their last day, deliveries that did not come through.

use super::waiting::{Line, failure};
use crate::accounts::Person;
use crate::app::App;
use crate::clock::local_day;
use crate::deliveries::{self, Filter, State};
use crate::error::Failure;
use crate::reports::{Owed, in_words};
use crate::web::Lang;

/// So many of a kind are looked at; the lists have all.
pub(super) const LIMIT: u64 = 20;

/// What is late, the reports first.
pub(super) async fn late(
    app: &App,
    person: &Person,
    lang: Lang,
    due: &[Owed],
) -> Result<Vec<Line>, Failure> {
    let mut lines: Vec<Line> = due
        .iter()
        .filter(|owed| owed.late())
        .map(|owed| Line {
            link: match owed.report {
                Some((id, _)) => format!("/reports/{id}"),
                None => format!(
                    "/reports?regime={}&year={}",
                    owed.regime.row.id, owed.period.year
                ),
            },
            title: owed.unit_name.clone(),
            about: lang.tv("home-late-report", owed.period.year),
            when: in_words(lang, owed.timing, false).0,
            late: true,
        })
        .collect();
    let filter = Filter {
        state: Some(State::Failed),
        ..Filter::default()
    };
    let (failed, _) = deliveries::list(app, person, filter, 0, LIMIT).await?;
    let today = local_day(app.clock.now());
    lines.extend(failed.iter().map(|line| failure(lang, line, today)));
    Ok(lines)
}
