//! What waits for a person: stories, reports, deliveries that did not come through.

use chrono::NaiveDate;

use super::at_once::at_once;
use super::late::LIMIT;
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::boards;
use crate::bulletins;
use crate::clock::local_day;
use crate::deliveries::{self, Filter, State};
use crate::error::Failure;
use crate::plans;
use crate::reports::{self, Owed, in_words};
use crate::speakers;
use crate::station;
use crate::stories;
use crate::units::UnitTree;
use crate::web::Lang;

/// A line of a panel.
pub(super) struct Line {
    pub(super) link: String,
    pub(super) title: String,
    pub(super) about: String,
    pub(super) when: String,
    pub(super) late: bool,
}

/// All that waits, what came back first.
pub(super) async fn waiting(
    app: &App,
    person: &Person,
    lang: Lang,
    due: &[Owed],
) -> Result<Vec<Line>, Failure> {
    let today = local_day(app.clock.now());
    let tree = UnitTree::load(&app.db).await?;
    let mut lines = at_once(app, person, lang).await?;
    for waiting in stories::waiting(app, person).await? {
        let line = waiting.line;
        lines.push(Line {
            link: format!("/stories/{}", line.story),
            title: format!("{} {}", lang.t(waiting.task.text()), line.title),
            about: format!("{}, {}", line.author_name, tree.name(line.unit, today)),
            when: since(lang, local_day(line.since), today),
            late: false,
        });
    }
    for alarm in speakers::alarms(app, person).await? {
        lines.push(Line {
            link: "/speakers".to_owned(),
            title: lang.tv("speakers-alarm", &alarm.speaker.name),
            about: format!("{}, {}", lang.t(alarm.health.text()), alarm.area),
            when: alarm
                .speaker
                .seen_at
                .map_or_else(String::new, |seen| lang.time(seen)),
            late: true,
        });
    }
    for (board, place) in boards::silent(app, person).await? {
        lines.push(Line {
            link: "/boards".to_owned(),
            title: lang.tv("boards-alarm", &board.name),
            about: place,
            when: board
                .seen_at
                .map_or_else(String::new, |seen| lang.time(seen)),
            late: true,
        });
    }
    for unheard in station::unheard(app, person).await? {
        lines.push(Line {
            link: format!("/airtime/slots/{}/bulletin", unheard.slot.id),
            title: lang.tv("station-alarm", &unheard.area),
            about: unheard.remark,
            when: lang.time(unheard.slot.starts_at),
            late: true,
        });
    }
    for waiting in bulletins::waiting(app, person).await? {
        lines.push(Line {
            link: format!("/airtime/slots/{}/bulletin", waiting.slot),
            title: lang.tv("bulletins-task-approve", lang.time(waiting.starts_at)),
            about: waiting.area,
            when: since(lang, local_day(waiting.since), today),
            late: false,
        });
    }
    if person.may_somewhere(Right::Plan) {
        let plans = plans::list(app, person).await?.into_iter();
        for plan in plans.filter(|plan| plan.state == plans::State::Draft.name()) {
            lines.push(Line {
                link: format!("/plans/{}", plan.id),
                title: lang.tv("home-compare-plan", &plan.title),
                about: tree.name(plan.unit_id, today),
                when: since(lang, local_day(plan.imported_at), today),
                late: false,
            });
        }
    }
    let own = person.posts(Right::Report);
    for owed in due
        .iter()
        .filter(|owed| owed.open() && own.contains(&owed.unit))
    {
        lines.push(to_draw_up(lang, owed));
    }
    for sent in reports::to_accept(app, person).await? {
        lines.push(Line {
            link: format!("/reports/{}", sent.report),
            title: lang.tv("home-accept-report", &sent.unit_name),
            about: lang.tv("home-report-year", sent.year),
            when: since(lang, local_day(sent.at), today),
            late: false,
        });
    }
    if person.may_somewhere(Right::Release) || person.may_somewhere(Right::Air) {
        let filter = Filter {
            state: Some(State::Failed),
            ..Filter::default()
        };
        let (failed, _) = deliveries::list(app, person, filter, 0, LIMIT).await?;
        lines.extend(failed.iter().map(|line| failure(lang, line, today)));
    }
    Ok(lines)
}

/// A delivery that did not come through.
pub(super) fn failure(lang: Lang, line: &deliveries::Line, today: NaiveDate) -> Line {
    let slot = line.slot.as_ref();
    let at = slot.map_or(line.delivery.planned_at, |slot| slot.starts_at);
    let days = (today - local_day(at)).num_days();
    Line {
        link: format!("/deliveries/{}", line.delivery.id),
        title: lang.tv("home-failed", &line.outlet.name),
        about: format!("{}, {}", line.title, lang.time(at)),
        when: match days {
            ..=0 => lang.t("home-today"),
            days => lang.tv("reports-late", days),
        },
        late: true,
    }
}

fn to_draw_up(lang: Lang, owed: &Owed) -> Line {
    let (when, late) = in_words(lang, owed.timing, false);
    Line {
        link: match owed.report {
            Some((id, _)) => format!("/reports/{id}"),
            None => format!(
                "/reports?regime={}&year={}",
                owed.regime.row.id, owed.period.year
            ),
        },
        title: lang.tv("home-draw-up-report", &owed.unit_name),
        about: lang.tv("home-report-year", owed.period.year),
        when,
        late,
    }
}

fn since(lang: Lang, day: NaiveDate, today: NaiveDate) -> String {
    match (today - day).num_days() {
        ..=0 => lang.t("home-today"),
        1 => lang.t("home-yesterday"),
        days => lang.tv("home-days-ago", days),
    }
}
