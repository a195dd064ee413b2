//! The list of evidence: what every figure opens.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Query, State as Of};
use loa_plan::ChannelKind;
use sea_orm::{EntityTrait, QueryOrder};

use crate::accounts::{Person, Right};
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::evidence::asked::Asked;
use crate::evidence::list::{Counts, Line, count, list as find};
use crate::plans::entity::{plan, theme};
use crate::units::UnitTree;
use crate::web::{Shell, Visitor};

const PAGE: u64 = 50;

/// What may be chosen: a value and its text.
type Choices = Vec<(String, String)>;

/// A field of the filter.
struct Choice {
    name: &'static str,
    /// Names a text.
    label: &'static str,
    /// Value, text, whether it is chosen.
    options: Vec<(String, String, bool)>,
}

#[derive(Template, WebTemplate)]
#[template(path = "evidence/pages/index.html")]
pub(super) struct EvidencePage {
    shell: Shell,
    asked: Asked,
    plans: Choices,
    themes: Choices,
    units: Choices,
    lines: Vec<Line>,
    counts: Counts,
}

pub(super) async fn list(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<EvidencePage, Failure> {
    let (tree, today) = (UnitTree::load(&app.db).await?, local_day(app.clock.now()));
    let filter = asked.filter(&tree, &person, today)?;
    let plans = plan::Entity::find()
        .order_by_asc(plan::Column::Id)
        .all(&app.db)
        .await?;
    let themes = theme::Entity::find()
        .order_by_asc(theme::Column::PlanId)
        .order_by_asc(theme::Column::Position)
        .all(&app.db)
        .await?;
    let seen = person.reach(Right::Read);
    let mut units: Choices = tree
        .all_on(today)
        .filter(|unit| seen.contains(&unit.id))
        .map(|unit| (unit.id.to_string(), unit.name.clone()))
        .collect();
    units.sort_by(|one, other| one.1.cmp(&other.1));
    units.insert(0, ("own".to_owned(), visitor.lang.t("evidence-unit-own")));
    Ok(EvidencePage {
        shell: Shell::of(&visitor),
        plans: plans
            .into_iter()
            .map(|row| (row.id.to_string(), row.title))
            .collect(),
        themes: themes
            .into_iter()
            .map(|row| (row.id.to_string(), row.label))
            .collect(),
        units,
        lines: find(&app, &person, &filter, asked.before()?, PAGE).await?,
        counts: count(&app, &person, &filter).await?,
        asked,
    })
}

impl EvidencePage {
    /// The fields of the filter; the plan only where there are several.
    fn choices(&self) -> Vec<Choice> {
        let choice = |name, label, options: Choices, chosen: &String| Choice {
            name,
            label,
            options: options
                .into_iter()
                .map(|(value, text)| (value.clone(), text, value == *chosen))
                .collect(),
        };
        let all = ChannelKind::ALL.iter();
        let channels = all.map(|kind| (kind.name().to_owned(), self.channel(kind.name())));
        let counting = ["proofs", "items", "not"];
        let counting = counting.map(|one| {
            let text = self.shell.t(&format!("evidence-count-{one}"));
            (one.to_owned(), text)
        });
        let (asked, plans) = (&self.asked, self.plans.clone());
        let mut fields = vec![choice("plan", "evidence-plan", plans, &asked.plan)];
        fields.retain(|field| field.options.len() > 1);
        fields.extend([
            choice("theme", "evidence-theme", self.themes.clone(), &asked.theme),
            choice(
                "channel",
                "outlets-kind",
                channels.collect(),
                &asked.channel,
            ),
            choice("unit", "evidence-unit", self.units.clone(), &asked.unit),
            choice("count", "evidence-count", counting.into(), &asked.count),
        ]);
        fields
    }

    fn channel(&self, kind: &str) -> String {
        self.shell.t(&format!("outlets-kind-{kind}"))
    }

    fn kind(&self, line: &Line) -> String {
        self.shell.t(&format!("evidence-kind-{}", line.entry.kind))
    }

    /// What the filter finds, in figures: the names of their texts, and how many.
    fn figures(&self) -> [(&'static str, String); 3] {
        let counts = &self.counts;
        let number = |count| {
            self.shell
                .lang
                .number(i64::try_from(count).unwrap_or(i64::MAX))
        };
        [
            ("evidence-items", number(counts.items)),
            ("evidence-proofs", number(counts.proofs)),
            ("evidence-entries", number(counts.entries)),
        ]
    }

    /// The page after this one, when there is one.
    fn older(&self) -> Option<String> {
        let last = self
            .lines
            .last()
            .filter(|_| self.lines.len() as u64 == PAGE)?;
        Some(format!(
            "/evidence?{}",
            self.asked.query(Some(last.entry.seq))
        ))
    }

    fn newest(&self) -> String {
        format!("/evidence?{}", self.asked.query(None))
    }

    fn csv(&self) -> String {
        format!("/evidence.csv?{}", self.asked.query(None))
    }
}
