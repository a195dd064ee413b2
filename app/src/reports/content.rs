//! All that a report says, in one value: read from the rows of a draft, or from the bytes that were
//! submitted. Page, DOCX and PDF are made from it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};

use super::codes::Code;
use super::counting;
use super::entity::report;
use super::letterhead::{Letterhead, province};
use super::narrative::Narrative;
use super::period::Period;
use super::regimes::Regime;
use crate::accounts::Role;
use crate::accounts::entity::{person, person_role};
use crate::error::Failure;
use crate::evidence::entity::head;
use crate::files::sha256;
use crate::ids::{ClauseId, PlanId, RegimeId, ReportId, ThemeId, UnitId};
use crate::plans::entity::{clause, plan, theme};
use crate::units::UnitTree;
use crate::web::Lang;

/// What a report says. Its JSON is what is hashed when it is submitted: the order of the fields is
/// the order of the bytes and never changes; what is added later gets a new `form`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    form: u8,
    /// The report.
    pub report: ReportId,
    /// Its version.
    pub version: i64,
    /// Under which regime.
    pub regime: RegimeId,
    /// On which plan.
    pub plan: PlanId,
    /// Its title.
    pub plan_title: String,
    /// How many themes the plan has.
    pub themes: i64,
    /// Of which unit.
    pub unit: UnitId,
    /// What it was called on the last day that counts.
    pub unit_name: String,
    /// Of which year.
    pub year: i32,
    /// The first day that counts.
    pub period_from: NaiveDate,
    /// The last day that counts.
    pub period_to: NaiveDate,
    /// The last day in time.
    pub last_day: NaiveDate,
    /// Who speaks, and to whom.
    pub letterhead: Letterhead,
    /// The last entry of the ledger when it was counted.
    pub ledger: Ledger,
    /// What was counted.
    pub figures: Vec<Figure>,
    /// What was written.
    pub narrative: Narrative,
}

/// An entry of the ledger and its hash, which stands for all before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// Its number.
    pub seq: i64,
    /// Its hash.
    pub hash: String,
}

/// A figure with what it was counted from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Its code.
    pub code: String,
    /// How much.
    pub value: i64,
    /// The theme or the unit, as it was called then; empty where the code says all.
    pub name: String,
    /// The numbers of the entries: `1-500,503`.
    pub evidence: String,
}

impl Figure {
    /// What it counts.
    pub fn code(&self) -> Option<Code> {
        self.code.parse().ok()
    }
}

impl Content {
    /// What a draft says now.
    pub(super) async fn of(
        connection: &impl ConnectionTrait,
        tree: &UnitTree,
        row: &report::Model,
        (regime, period): (&Regime, &Period),
    ) -> Result<Self, Failure> {
        let title: Option<String> = plan::Entity::find_by_id(regime.row.plan_id)
            .select_only()
            .column(plan::Column::Title)
            .into_tuple()
            .one(connection)
            .await?;
        let themes = themes(connection, regime.row.plan_id).await?;
        let name = |code: Code| match code {
            Code::Theme(id) => themes.get(&id).cloned().unwrap_or_default(),
            Code::Unit(id) => tree.name(id, period.to),
            _ => String::new(),
        };
        let tallies = counting::filled(connection, row.id).await?;
        let of_theme = |tally: &&counting::Tally| matches!(tally.code, Code::Theme(_));
        let counted = tallies.iter().filter(of_theme).count();
        let figures = tallies.into_iter().map(|tally| Figure {
            code: tally.code.to_string(),
            value: tally.value,
            name: name(tally.code),
            evidence: tally.seqs,
        });
        let head = head::Entity::find_by_id(1).one(connection).await?;
        Ok(Self {
            form: 1,
            report: row.id,
            version: row.version,
            regime: row.regime_id,
            plan: regime.row.plan_id,
            plan_title: title.ok_or(Failure::NotFound)?,
            themes: i64::try_from(counted).unwrap_or(i64::MAX),
            unit: row.unit_id,
            unit_name: tree.name(row.unit_id, period.to),
            year: period.year,
            period_from: period.from,
            period_to: period.to,
            last_day: period.last_day,
            letterhead: letterhead(connection, tree, regime, row.unit_id, period).await?,
            ledger: Ledger {
                seq: head.as_ref().map_or(0, |head| head.seq),
                hash: head.map(|head| head.hash).unwrap_or_default(),
            },
            figures: figures.collect(),
            narrative: serde_json::from_str(&row.narrative)?,
        })
    }

    /// What was submitted; an error when the bytes do not have their hash.
    pub(super) fn submitted(row: &report::Model) -> Result<Self, Failure> {
        let text = row.snapshot.as_deref().unwrap_or_default();
        if Some(sha256(text.as_bytes())) != row.sha256 {
            return Err(anyhow::anyhow!("report {} was tampered with", row.id).into());
        }
        Ok(serde_json::from_str(text)?)
    }

    /// A mark of what somebody saw: it changes when a figure or a word does, and not because the
    /// ledger went on with other things.
    pub fn seen(&self) -> Result<String, Failure> {
        let still = Self {
            ledger: Ledger {
                seq: 0,
                hash: String::new(),
            },
            ..self.clone()
        };
        Ok(sha256(serde_json::to_string(&still)?.as_bytes()))
    }

    /// How much was counted; nothing under a code that this report does not have.
    pub fn value(&self, code: Code) -> i64 {
        self.figure(code).map_or(0, |figure| figure.value)
    }

    /// A figure by its code.
    pub fn figure(&self, code: Code) -> Option<&Figure> {
        let code = code.to_string();
        self.figures.iter().find(|figure| figure.code == code)
    }

    /// The codes of this report.
    pub fn codes(&self) -> Vec<Code> {
        self.figures.iter().filter_map(Figure::code).collect()
    }

    /// A value as it is printed: a length of time, or a number.
    pub fn printed(&self, lang: Lang, code: Code) -> String {
        let value = self.value(code);
        match code {
            Code::Seconds if value < 3600 => lang.length(value),
            Code::Seconds => lang.tv("length-minutes", lang.number((value + 30) / 60)),
            _ => lang.number(value),
        }
    }
}

async fn themes(
    connection: &impl ConnectionTrait,
    plan: PlanId,
) -> Result<BTreeMap<ThemeId, String>, Failure> {
    let rows: Vec<(ThemeId, ClauseId, String)> = theme::Entity::find()
        .select_only()
        .columns([
            theme::Column::Id,
            theme::Column::ClauseId,
            theme::Column::Label,
        ])
        .filter(theme::Column::PlanId.eq(plan))
        .into_tuple()
        .all(connection)
        .await?;
    let addresses: BTreeMap<ClauseId, String> = clause::Entity::find()
        .select_only()
        .columns([clause::Column::Id, clause::Column::Address])
        .filter(clause::Column::Id.is_in(rows.iter().map(|(_, clause, _)| *clause)))
        .into_tuple::<(ClauseId, String)>()
        .all(connection)
        .await?
        .into_iter()
        .collect();
    let label = |(id, clause, label): (ThemeId, ClauseId, String)| {
        let address = addresses.get(&clause).map_or("", String::as_str);
        (id, format!("{address} {label}").trim().to_owned())
    };
    Ok(rows.into_iter().map(label).collect())
}

/// A report of the province is drawn up by the agency that gathers the others'.
async fn letterhead(
    connection: &impl ConnectionTrait,
    tree: &UnitTree,
    regime: &Regime,
    unit: UnitId,
    period: &Period,
) -> Result<Letterhead, Failure> {
    let gathering = tree.heirs(regime.row.unit_id, period.to).into_iter().next();
    let gathering = gathering.unwrap_or(regime.row.unit_id);
    let whole = tree
        .near(unit, period.to)
        .is_some_and(|unit| unit.level == "province");
    let issuer = if whole { gathering } else { unit };
    let mut head = Letterhead::of(tree, issuer, period.to);
    head.signer = leader(connection, issuer).await?;
    let above = province(tree, unit, period.to);
    let kept = Lang::Vi.t("reports-doc-kept");
    head.recipients = if issuer == gathering {
        let name = above.map_or_else(String::new, |unit| lower_first(&unit.name));
        vec![Lang::Vi.tv("reports-doc-to-report", name), kept]
    } else {
        let to = tree.name(gathering, period.to);
        vec![Lang::Vi.tv("reports-doc-to-gather", to), kept]
    };
    Ok(head)
}

/// Who leads a unit, as far as the accounts know.
async fn leader(connection: &impl ConnectionTrait, unit: UnitId) -> Result<String, Failure> {
    let role = person_role::Entity::find()
        .filter(person_role::Column::UnitId.eq(unit))
        .filter(person_role::Column::Role.eq(Role::Leader.name()))
        .order_by_asc(person_role::Column::Id)
        .one(connection)
        .await?;
    let Some(role) = role else {
        return Ok(String::new());
    };
    let person = person::Entity::find_by_id(role.person_id)
        .filter(person::Column::DisabledAt.is_null())
        .one(connection)
        .await?;
    Ok(person.map(|person| person.name).unwrap_or_default())
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}
