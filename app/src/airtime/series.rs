//! Series (chuyên mục): a weekly pattern with a name. Its slots are editions.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::entity::{pattern, slot};
use crate::error::Failure;
use crate::ids::{PatternId, SlotId};
use crate::web::Lang;

/// A slot of a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// What the series is called.
    pub series: String,
    /// From 1, in the order of time; a slot that was cancelled has none.
    pub number: usize,
}

impl Edition {
    /// Its series and its number, in words.
    pub fn text(&self, lang: Lang) -> String {
        let values = [
            ("name", self.series.clone()),
            ("value", self.number.to_string()),
        ];
        lang.with("airtime-edition", &values)
    }
}

/// Which of some slots are editions, and of what.
pub async fn editions(
    connection: &impl ConnectionTrait,
    slots: impl IntoIterator<Item = &slot::Model>,
) -> Result<BTreeMap<SlotId, Edition>, Failure> {
    let slots: Vec<&slot::Model> = slots.into_iter().collect();
    let patterns: BTreeSet<PatternId> = slots.iter().filter_map(|slot| slot.pattern_id).collect();
    let wanted: BTreeSet<SlotId> = slots.iter().map(|slot| slot.id).collect();
    let begins = || slots.iter().map(|slot| slot.starts_at);
    let (Some(first), Some(last)) = (begins().min(), begins().max()) else {
        return Ok(BTreeMap::new());
    };
    let series = pattern::Entity::find()
        .filter(pattern::Column::Id.is_in(patterns))
        .filter(pattern::Column::Series.is_not_null())
        .all(connection)
        .await?;
    let mut found = BTreeMap::new();
    for row in series {
        let own = slot::Entity::find()
            .filter(slot::Column::PatternId.eq(row.id))
            .filter(slot::Column::CancelledAt.is_null());
        let earlier = own.clone().filter(slot::Column::StartsAt.lt(first));
        let earlier = usize::try_from(earlier.count(connection).await?).unwrap_or_default();
        let ids: Vec<SlotId> = own
            .select_only()
            .column(slot::Column::Id)
            .filter(slot::Column::StartsAt.between(first, last))
            .order_by_asc(slot::Column::StartsAt)
            .into_tuple()
            .all(connection)
            .await?;
        let numbered = ids.into_iter().zip(earlier + 1..);
        let wanted = numbered.filter(|(id, _)| wanted.contains(id));
        found.extend(wanted.map(|(id, number)| {
            let series = row.series.clone().unwrap_or_default();
            (id, Edition { series, number })
        }));
    }
    Ok(found)
}
