//! Whether a document is believed: who says so, by which key, and when.

use chrono::TimeDelta;
use loa_cap::{Alert, Refused, to_check};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::entity::source;
use super::verify::{Verdict, verify};
use super::words::{kind, until};
use crate::app::App;
use crate::error::Failure;

/// Clocks differ by so much.
const AHEAD: TimeDelta = TimeDelta::minutes(5);

/// A document that is not believed.
#[derive(Debug, Default)]
pub(super) struct Doubt {
    /// The name of a text.
    pub why: &'static str,
    /// What and where.
    pub detail: Option<String>,
    /// As far as it could be read.
    pub alert: Option<Alert>,
    /// Whose it says it is.
    pub source: Option<source::Model>,
}

/// A document that is believed.
pub(super) struct Believed {
    pub alert: Alert,
    pub source: source::Model,
    pub kind: &'static str,
}

/// Judges a document by itself.
pub(super) async fn judge(app: &App, document: &[u8]) -> Result<Result<Believed, Doubt>, Failure> {
    let alert = match Alert::from_xml(document) {
        Ok(alert) => alert,
        Err(refused) => return Ok(Err(Doubt::of("warnings-unreadable", Some(&refused)))),
    };
    let source = source::Entity::find()
        .filter(source::Column::Sender.eq(&alert.sender))
        .filter(source::Column::ClosedAt.is_null())
        .one(&app.db)
        .await?;
    let Some(source) = source else {
        let doubt = Doubt::of("warnings-unknown-sender", None);
        return Ok(Err(doubt.about(alert, None)));
    };
    let doubt = match to_check(document) {
        Err(refused) => Some(Doubt::of("warnings-signature", Some(&refused))),
        Ok(signed) => {
            let program = &app.config.warnings.checker;
            match verify(program, &source.certificate, &signed).await? {
                Verdict::NoProgram => Some(Doubt::of("warnings-no-checker", None)),
                Verdict::Wrong => Some(Doubt::of("warnings-forged", None)),
                Verdict::Right => in_time(app, &alert),
            }
        }
    };
    Ok(match (doubt, kind(&alert)) {
        (Some(doubt), _) => Err(doubt.about(alert, Some(source))),
        (None, None) => Err(Doubt::of("warnings-none", None).about(alert, Some(source))),
        (None, Some(kind)) => Ok(Believed {
            alert,
            source,
            kind,
        }),
    })
}

/// What is signed rightly may still be old: whoever kept it may send it again.
fn in_time(app: &App, alert: &Alert) -> Option<Doubt> {
    let now = app.clock.now();
    if alert.sent > now + AHEAD {
        Some(Doubt::of("warnings-ahead", None))
    } else if until(alert) <= now {
        Some(Doubt::of("warnings-over", None))
    } else {
        None
    }
}

impl Doubt {
    pub(super) fn of(why: &'static str, refused: Option<&Refused>) -> Self {
        Self {
            why,
            detail: refused.map(ToString::to_string),
            ..Self::default()
        }
    }

    pub(super) fn about(self, alert: Alert, source: Option<source::Model>) -> Self {
        Self {
            alert: Some(alert),
            source,
            ..self
        }
    }
}
