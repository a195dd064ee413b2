//! The same time in several areas: a programme of the province on the loudspeakers of all its communes, or one of
//! a commune on all its clusters. Each area has a slot of its own, so each answers for itself.

use chrono::{DateTime, Utc};

use super::rules::Wanted;
use super::slots::{Refused, make};
use crate::accounts::Person;
use crate::app::App;
use crate::error::Failure;
use crate::ids::{AreaId, SlotId};

/// An area where it cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InTheWay {
    /// Which.
    pub area: AreaId,
    /// Names the text of the rule that is against it.
    pub rule: &'static str,
    /// The nearest start that would do there.
    pub nearest: Option<DateTime<Utc>>,
}

/// Why no slot is made.
#[derive(Debug)]
pub enum NotMade {
    /// These areas are in the way.
    Areas(Vec<InTheWay>),
    /// Everything else.
    Failure(Failure),
}

impl<E: Into<Failure>> From<E> for NotMade {
    fn from(error: E) -> Self {
        Self::Failure(error.into())
    }
}

/// Makes a slot in each of some areas, or in none; who was there first stays, and is named with the nearest time
/// that is free there. The area of `wanted` is one of them.
pub async fn create_slots(
    app: &App,
    person: &Person,
    wanted: &Wanted,
    also: &[AreaId],
) -> Result<Vec<SlotId>, NotMade> {
    let mut areas: Vec<AreaId> = also.iter().copied().chain([wanted.area]).collect();
    // In one order, so that two who ask for the same areas do not wait for each other.
    areas.sort_unstable();
    areas.dedup();
    let transaction = app.begin().await?;
    let (mut made, mut in_the_way) = (Vec::new(), Vec::new());
    for area in areas {
        match make(app, &transaction, person, &Wanted { area, ..*wanted }).await {
            Ok(slot) => made.push(slot),
            Err(Refused::Rule(rule, nearest)) => in_the_way.push(InTheWay {
                area,
                rule,
                nearest,
            }),
            Err(Refused::Failure(failure)) => return Err(failure.into()),
        }
    }
    if in_the_way.is_empty() {
        transaction.commit().await?;
        Ok(made)
    } else {
        transaction.rollback().await?;
        Err(NotMade::Areas(in_the_way))
    }
}
