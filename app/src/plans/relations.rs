//! How plans stand to each other: which known plan a document means, and both directions on a plan's
//! page.

use std::collections::BTreeMap;

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter,
    QueryOrder, QuerySelect, Set,
};
use unicode_normalization::UnicodeNormalization;

use super::clauses::Places;
use super::data::{Data, Relation, RelationKind};
use super::element::Element;
use super::entity::{clause, plan, relation};
use super::plan::{State, visible};
use super::words;
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::audit;
use crate::error::Failure;
use crate::ids::{ClauseId, PlanId, UnitId};

/// A title shorter than this is no name to know a plan by when more stands around it.
const TITLE: usize = 20;

/// A plan that a person may see, live or superseded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The plan.
    pub id: PlanId,
    /// What it is about.
    pub title: String,
    /// `173/KH-UBND`
    pub number: Option<String>,
    /// Its state as the store names it.
    pub state: String,
    /// Who owns it.
    pub unit: UnitId,
}

/// How a plan stands to another document, seen from one of them.
#[derive(Debug, Clone)]
pub struct Related {
    /// `implements`, `amends`, `supersedes`, `yearly`
    pub kind: String,
    /// The other document, as it is named.
    pub act: String,
    /// The other plan, when it is known and the person may see it.
    pub plan: Option<Known>,
    /// The address and the place of the clause that says so.
    pub clause: (String, String),
}

/// The plans that a relation may mean.
pub async fn known(app: &App, person: &Person) -> Result<Vec<Known>, Failure> {
    type Columns = (PlanId, String, Option<String>, String, UnitId);
    let rows: Vec<Columns> = visible(person)
        .filter(plan::Column::State.ne(State::Draft.name()))
        .select_only()
        .columns([
            plan::Column::Id,
            plan::Column::Title,
            plan::Column::Number,
            plan::Column::State,
            plan::Column::UnitId,
        ])
        .order_by_desc(plan::Column::Id)
        .into_tuple()
        .all(&app.db)
        .await?;
    let known = |(id, title, number, state, unit): Columns| Known {
        id,
        title,
        number,
        state,
        unit,
    };
    Ok(rows.into_iter().map(known).collect())
}

/// The plan that a relation means: the one a person chose, else the only one whose number or title
/// is named. Nothing is guessed.
pub fn meant<'a>(data: &Relation, known: &'a [Known]) -> Option<&'a Known> {
    if let Some(chosen) = data.plan {
        return known.iter().find(|plan| plan.id == chosen);
    }
    let act = plain(&data.act);
    let by = |names: &dyn Fn(&Known) -> bool| {
        let mut named = known.iter().filter(|plan| names(plan));
        named.next().filter(|_| named.next().is_none())
    };
    let number = |plan: &Known| {
        let number = plan.number.as_deref().map(plain);
        number.is_some_and(|number| holds(&act, &number))
    };
    let title = |plan: &Known| {
        let title = plain(&plan.title);
        title == act || title.chars().count() >= TITLE && act.contains(&title)
    };
    by(&number).or_else(|| by(&title))
}

/// Writes the relations of a plan that were accepted; whatever it supersedes ends with it, and what
/// named its number before it was known is linked to it now.
pub(super) async fn write(
    app: &App,
    connection: &impl ConnectionTrait,
    person: &Person,
    (plan, number): (PlanId, Option<&str>),
    (elements, clauses): (&[&Element], &Places),
    known: &[Known],
) -> Result<(), Failure> {
    relation::Entity::delete_many()
        .filter(relation::Column::PlanId.eq(plan))
        .exec(connection)
        .await?;
    for element in elements {
        let (Data::Relation(data), Some(clause)) =
            (&element.data, clauses.get(&element.clause).copied())
        else {
            continue;
        };
        let other = meant(data, known).filter(|other| other.id != plan);
        let row = relation::ActiveModel {
            plan_id: Set(plan),
            clause_id: Set(clause),
            kind: Set(words::name(&data.kind)),
            act: Set(data.act.clone()),
            other_plan_id: Set(other.map(|other| other.id)),
            ..Default::default()
        };
        row.insert(connection).await?;
        if data.kind == RelationKind::Supersedes
            && let Some(other) = other
        {
            supersede(app, connection, person, plan, other).await?;
        }
    }
    if let Some(number) = number {
        relation::Entity::update_many()
            .col_expr(relation::Column::OtherPlanId, Expr::value(plan.0))
            .filter(relation::Column::OtherPlanId.is_null())
            .filter(relation::Column::Act.eq(number))
            .filter(relation::Column::PlanId.ne(plan))
            .exec(connection)
            .await?;
    }
    Ok(())
}

/// What a plan says of others, and what others say of it.
pub async fn of(
    app: &App,
    person: &Person,
    plan: PlanId,
) -> Result<(Vec<Related>, Vec<Related>), Failure> {
    let known = known(app, person).await?;
    let find = |id| known.iter().find(|plan| plan.id == id).cloned();
    let (mut to_others, mut from_others) = (Vec::new(), Vec::new());
    let rows = relation::Entity::find()
        .filter(
            relation::Column::PlanId
                .eq(plan)
                .or(relation::Column::OtherPlanId.eq(plan)),
        )
        .order_by_asc(relation::Column::Id)
        .all(&app.db)
        .await?;
    let places: BTreeMap<ClauseId, (String, String)> = clause::Entity::find()
        .filter(clause::Column::Id.is_in(rows.iter().map(|row| row.clause_id)))
        .all(&app.db)
        .await?
        .into_iter()
        .map(|row| (row.id, (row.address, row.eid)))
        .collect();
    for row in rows {
        let own = row.plan_id == plan;
        let plan = match (own, row.other_plan_id) {
            (true, Some(other)) => find(other),
            (true, None) => None,
            (false, _) => find(row.plan_id),
        };
        // What a plan says that the person may not see is not told.
        if !own && plan.is_none() {
            continue;
        }
        let related = Related {
            kind: row.kind,
            act: row.act,
            plan,
            clause: places.get(&row.clause_id).cloned().unwrap_or_default(),
        };
        if own {
            to_others.push(related);
        } else {
            from_others.push(related);
        }
    }
    Ok((to_others, from_others))
}

/// A live plan ends when one that the same people may run takes its place.
async fn supersede(
    app: &App,
    connection: &impl ConnectionTrait,
    person: &Person,
    by: PlanId,
    other: &Known,
) -> Result<(), Failure> {
    if !person.may(Right::Plan, other.unit) {
        return Ok(());
    }
    let ended = plan::Entity::update_many()
        .col_expr(plan::Column::State, Expr::value(State::Superseded.name()))
        .filter(plan::Column::Id.eq(other.id))
        .filter(plan::Column::State.eq(State::Live.name()))
        .exec(connection)
        .await?;
    if ended.rows_affected > 0 {
        let subject = ("plan", other.id.0);
        let detail = format!("by plan {by}");
        audit::note(
            app,
            connection,
            Some(person.id),
            "supersession",
            subject,
            &detail,
        )
        .await?;
    }
    Ok(())
}

/// Composed small letters, single blanks, none around a stroke or a dash: documents break numbers
/// there.
fn plain(text: &str) -> String {
    let composed: String = text.nfc().collect::<String>().to_lowercase();
    let mut plain = String::with_capacity(composed.len());
    for word in composed.split_whitespace() {
        if !plain.is_empty() && !plain.ends_with(['-', '/']) && !word.starts_with(['-', '/']) {
            plain.push(' ');
        }
        plain.push_str(word);
    }
    plain
}

/// Whether a number stands in a text, and not as the end of a longer one: 73/KH is not in 173/KH.
fn holds(text: &str, number: &str) -> bool {
    text.match_indices(number).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let behind = text[at + number.len()..].chars().next();
        !before.is_some_and(|c| c.is_ascii_digit()) && !behind.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(id: i64, number: Option<&str>, title: &str) -> Known {
        Known {
            id: PlanId(id),
            title: title.into(),
            number: number.map(Into::into),
            state: "live".into(),
            unit: UnitId(1),
        }
    }

    #[test]
    fn a_number_is_known_whole_or_not_at_all() {
        let known = [
            plan(1, Some("73/KH-UBND"), "Tuyên truyền năm 2025"),
            plan(2, Some("173/KH-UBND"), "Tuyên truyền năm 2026"),
            plan(3, None, "Thông tin, tuyên truyền giai đoạn 2021 - 2030"),
        ];
        let meant = |act: &str, plan: Option<i64>| {
            let data = Relation {
                kind: RelationKind::Implements,
                act: act.into(),
                plan: plan.map(PlanId),
            };
            meant(&data, &known).map(|plan| plan.id.0)
        };
        assert_eq!(
            meant("Kế hoạch số 173/KH- UBND ngày 28/4/2026", None),
            Some(2)
        );
        assert_eq!(meant("73/KH-UBND", None), Some(1));
        assert_eq!(meant("3/KH-UBND", None), None);
        assert_eq!(
            meant(
                "Kế hoạch Thông tin, tuyên truyền giai đoạn 2021 - 2030",
                None
            ),
            Some(3)
        );
        assert_eq!(meant("Tuyên truyền", None), None);
        assert_eq!(meant("73/KH-UBND", Some(2)), Some(2));
    }
}
