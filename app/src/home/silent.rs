//! Where the programme is silent, small: this year of the newest plan.

use std::cmp::Reverse;

use askama::Template;
use chrono::Datelike;
use loa_plan::ChannelKind;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::accounts::{Person, Right};
use crate::app::App;
use crate::clock::local_day;
use crate::coverage::{Asked, Channel, Overview, Table, live_plans, table};
use crate::error::Failure;
use crate::outlets::entity::outlet;
use crate::web::Lang;

/// So many channels find room beside the other panels.
const CHANNELS: usize = 6;

/// The panel.
pub(super) enum Silent {
    /// No plan is live.
    NoPlan,
    /// No outlet is of the person's units, so nothing could be heard there.
    NoOutlet,
    /// The drawn table, and its year.
    Drawn(String, i32),
}

/// Draws it.
pub(super) async fn silent(app: &App, person: &Person, lang: Lang) -> Result<Silent, Failure> {
    let plans = live_plans(app).await?;
    let Some(plan) = plans.first() else {
        return Ok(Silent::NoPlan);
    };
    let this = local_day(app.clock.now()).year();
    let asked = Asked {
        plan: plan.id,
        year: Ord::clamp(this, plan.from, Ord::max(plan.from, plan.to)),
        unit: None,
    };
    let outlets = outlet::Entity::find()
        .filter(outlet::Column::UnitId.is_in(person.reach(Right::Read)))
        .count(&app.db)
        .await?;
    if outlets == 0 {
        return Ok(Silent::NoOutlet);
    }
    let table = table(app, person, asked).await?;
    let overview = Overview {
        lang,
        plan: plan.id,
        unit: None,
        channels: loudest(&table),
        table: &table,
        compact: true,
    };
    let drawn = overview.render().map_err(anyhow::Error::from)?;
    Ok(Silent::Drawn(drawn, asked.year))
}

/// The channels with most proof, in the order of the table: where nothing ever came there is
/// nothing to compare, and the whole table has them.
fn loudest(table: &Table) -> Vec<Channel> {
    let total = |kind: ChannelKind| -> i64 {
        let rows = 0..table.rows.len();
        rows.map(|row| table.total(row, kind)).sum()
    };
    let mut places: Vec<usize> = (0..table.channels.len()).collect();
    places.sort_by_key(|place| Reverse(total(table.channels[*place].kind)));
    places.truncate(CHANNELS);
    places.sort_unstable();
    places
        .into_iter()
        .map(|place| table.channels[place])
        .collect()
}
