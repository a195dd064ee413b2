//! The outlets of the programme, as a page and for programs.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use chrono::{DateTime, Utc};
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use super::entity::{area, outlet};
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::clock::local_day;
use crate::error::Failure;
use crate::units::UnitTree;
use crate::web::api::Caller;
use crate::web::{Shell, Visitor};

/// The pages of this slice.
pub fn routes() -> Router<App> {
    Router::new().route("/outlets", get(list))
}

/// What programs may ask of this slice, under `/api/v1`.
pub fn api() -> Router<App> {
    Router::new().route("/outlets", get(list_json))
}

#[derive(Template, WebTemplate)]
#[template(path = "outlets/list.html")]
struct OutletsPage {
    shell: Shell,
    outlets: Vec<Shown>,
    may_add: bool,
    now: DateTime<Utc>,
}

struct Shown {
    outlet: outlet::Model,
    unit: String,
    area: Option<String>,
    /// Whether the person may say how it is reached: not where it is a part of this program.
    may: bool,
}

async fn list(
    State(app): State<App>,
    visitor: Visitor,
    person: Person,
) -> Result<OutletsPage, Failure> {
    let tree = UnitTree::load(&app.db).await?;
    let today = local_day(app.clock.now());
    let areas = area::Entity::find().all(&app.db).await?;
    let name = |id| areas.iter().find(|area| Some(area.id) == id);
    let outlets = super::list_for(&app, &person).await?;
    Ok(OutletsPage {
        shell: Shell::of(&visitor),
        now: app.clock.now(),
        may_add: person.may_somewhere(Right::Administer),
        outlets: outlets
            .into_iter()
            .map(|outlet| Shown {
                unit: tree.name(outlet.unit_id, today),
                area: name(outlet.area_id).map(|area| area.name.clone()),
                may: person.may(Right::Administer, outlet.unit_id)
                    && outlet.area_id.is_none()
                    && (outlet.connector.is_some() || !outlet.is_served()),
                outlet,
            })
            .collect(),
    })
}

async fn list_json(State(app): State<App>, Caller(person): Caller) -> Result<Json<Value>, Failure> {
    let outlets = super::list_for(&app, &person).await?;
    let items: Vec<Value> = outlets
        .iter()
        .map(|outlet| {
            json!({
                "id": outlet.id, "key": outlet.key, "kind": outlet.kind, "name": outlet.name,
                "unit": outlet.unit_id, "area": outlet.area_id, "connector": outlet.connector,
                "rests_until": outlet.rests_until, "rests_because": outlet.rests_because,
            })
        })
        .collect();
    Ok(Json(json!({ "outlets": items })))
}

impl OutletsPage {
    /// What a channel kind is called.
    fn kind(&self, kind: &str) -> String {
        self.shell.t(&format!("outlets-kind-{kind}"))
    }

    /// How it is reached.
    fn way(&self, shown: &Shown) -> String {
        match (&shown.area, &shown.outlet.connector) {
            (Some(area), _) => area.clone(),
            (None, Some(connector)) => self.shell.t(&format!("connector-{connector}")),
            (None, None) if shown.outlet.is_board() => self.shell.t("outlets-way-screens"),
            (None, None) if shown.outlet.is_served() => self.shell.t("outlets-way-own"),
            (None, None) => self.shell.t("outlets-way-none"),
        }
    }

    /// Until when nothing is tried there, and why.
    fn resting(&self, shown: &Shown) -> Option<String> {
        let until = shown.outlet.rests_until.filter(|until| *until > self.now)?;
        let why = shown.outlet.rests_because.as_deref().unwrap_or_default();
        let why = self.shell.said(why);
        let values = [("until", self.shell.lang.time(until)), ("why", why)];
        Some(self.shell.lang.with("outlets-resting", &values))
    }
}
