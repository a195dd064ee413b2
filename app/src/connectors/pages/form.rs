//! An outlet's form: what it is called, whose it is, and what its connector must be told.

use std::collections::BTreeMap;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use loa_plan::ChannelKind;
use sea_orm::EntityTrait;
use serde::Deserialize;

use crate::accounts::{Person, Right};
use crate::app::App;
use crate::clock::local_day;
use crate::connectors::kind::{Field, FieldForm, Kind};
use crate::connectors::settings::{self, Draft, NotConnected};
use crate::error::Failure;
use crate::ids::{OutletId, UnitId};
use crate::outlets::entity::outlet;
use crate::units::UnitTree;
use crate::web::visitor::go;
use crate::web::{Errors, Form, Shell, Visitor};

/// The way of an outlet that people serve.
pub(super) const BY_HAND: &str = "by-hand";

#[derive(Template, WebTemplate)]
#[template(path = "connectors/pages/form.html")]
struct OutletPage {
    shell: Shell,
    /// The outlet that is changed; none: a new one.
    id: Option<OutletId>,
    way: String,
    draft: Draft,
    units: Vec<(UnitId, String)>,
    errors: Errors,
}

#[derive(Deserialize)]
pub(super) struct OutletForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    place: String,
    unit: Option<UnitId>,
    /// The connector's fields.
    #[serde(flatten)]
    rest: BTreeMap<String, String>,
}

/// `GET /outlets/new/{connector}`
pub(super) async fn begin(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(way): Path<String>,
) -> Result<Response, Failure> {
    let draft = Draft {
        connector: connector(&way)?,
        ..Draft::default()
    };
    let page = OutletPage::of(&app, &visitor, &person, None, draft).await?;
    Ok(page.into_response())
}

/// `POST /outlets/new/{connector}`
pub(super) async fn create(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(way): Path<String>,
    Form(form): Form<OutletForm>,
) -> Result<Response, Failure> {
    let draft = form.draft(connector(&way)?);
    match settings::create(&app, &person, &draft).await {
        Ok(_) => Ok(go("/outlets", "connector-made")),
        Err(refused) => again(&app, &visitor, &person, None, draft, refused).await,
    }
}

/// `GET /outlets/{id}/edit`
pub(super) async fn edit(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<OutletId>,
) -> Result<Response, Failure> {
    let row = found(&app, &person, id).await?;
    let draft = settings::draft(&app, &row)?;
    let page = OutletPage::of(&app, &visitor, &person, Some(id), draft).await?;
    Ok(page.into_response())
}

/// `POST /outlets/{id}/edit`
pub(super) async fn save(
    Of(app): Of<App>,
    visitor: Visitor,
    person: Person,
    Path(id): Path<OutletId>,
    Form(form): Form<OutletForm>,
) -> Result<Response, Failure> {
    let row = found(&app, &person, id).await?;
    let connector = row.connector.as_deref().and_then(Kind::of);
    let draft = form.draft(connector.map(|kind| kind.name));
    match settings::save(&app, &person, id, &draft).await {
        Ok(()) => Ok(go("/outlets", "connector-saved")),
        Err(refused) => again(&app, &visitor, &person, Some(id), draft, refused).await,
    }
}

/// The form once more, with what was typed and what is wrong with it.
async fn again(
    app: &App,
    visitor: &Visitor,
    person: &Person,
    id: Option<OutletId>,
    draft: Draft,
    refused: NotConnected,
) -> Result<Response, Failure> {
    let (field, text) = match refused {
        NotConnected::Wrong(wrong) => wrong,
        NotConnected::Failure(failure) => return Err(failure),
    };
    let mut page = OutletPage::of(app, visitor, person, id, draft).await?;
    page.errors.add(field, text);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn found(app: &App, person: &Person, id: OutletId) -> Result<outlet::Model, Failure> {
    let row = outlet::Entity::find_by_id(id).one(&app.db).await?;
    let row = row.ok_or(Failure::NotFound)?;
    if person.may(Right::Administer, row.unit_id) {
        Ok(row)
    } else {
        Err(Failure::NotFound)
    }
}

fn connector(way: &str) -> Result<Option<&'static str>, Failure> {
    match (Kind::of(way), way) {
        (Some(kind), _) => Ok(Some(kind.name)),
        (None, BY_HAND) => Ok(None),
        _ => Err(Failure::NotFound),
    }
}

impl OutletForm {
    fn draft(self, connector: Option<&'static str>) -> Draft {
        let kind = ChannelKind::ALL.iter().copied();
        Draft {
            connector,
            name: self.name,
            kind: kind.into_iter().find(|kind| kind.name() == self.kind),
            place: self.place,
            unit: self.unit,
            values: self.rest,
        }
    }
}

impl OutletPage {
    async fn of(
        app: &App,
        visitor: &Visitor,
        person: &Person,
        id: Option<OutletId>,
        draft: Draft,
    ) -> Result<Self, Failure> {
        let tree = UnitTree::load(&app.db).await?;
        let today = local_day(app.clock.now());
        let mut units = tree.choices(person.reach(Right::Administer), today);
        // It stays with a unit that is no more until somebody says otherwise.
        if let Some(unit) = draft.unit
            && tree.on(unit, today).is_none()
            && person.may(Right::Administer, unit)
        {
            units.push((unit, tree.name(unit, today)));
        }
        if units.is_empty() {
            return Err(Failure::NotFound);
        }
        Ok(Self {
            shell: Shell::of(visitor),
            id,
            way: draft.connector.unwrap_or(BY_HAND).to_owned(),
            draft,
            units,
            errors: Errors::default(),
        })
    }

    /// What its way is called; with `-about`, what it is for.
    fn way_is(&self, more: &str) -> String {
        self.shell.t(&format!("connector-{}{more}", self.way))
    }

    fn action(&self) -> String {
        match self.id {
            Some(id) => format!("/outlets/{id}/edit"),
            None => format!("/outlets/new/{}", self.way),
        }
    }

    fn is_unit(&self, unit: &UnitId) -> bool {
        self.draft.unit == Some(*unit)
    }

    /// The channel kinds it may be of.
    fn kinds(&self) -> Vec<(&'static str, String, bool)> {
        let fits = self
            .draft
            .connector
            .and_then(Kind::of)
            .map(|kind| kind.fits);
        let kinds = fits.unwrap_or(ChannelKind::ALL).iter().copied();
        // The portal and loudspeakers are parts of this program.
        kinds
            .filter(|kind| !matches!(kind, ChannelKind::Portal | ChannelKind::Loudspeaker))
            .map(|kind| {
                let text = self.shell.t(&format!("outlets-kind-{}", kind.name()));
                (kind.name(), text, self.draft.kind == Some(kind))
            })
            .collect()
    }

    fn fields(&self) -> &'static [Field] {
        self.draft
            .connector
            .and_then(Kind::of)
            .map_or(&[], |kind| kind.fields)
    }

    fn label(&self, field: &Field) -> String {
        self.shell
            .t(&format!("connector-{}-{}", self.way, field.name))
    }

    fn hint(&self, field: &Field) -> String {
        let hint = self
            .shell
            .t(&format!("connector-{}-{}-hint", self.way, field.name));
        if field.form == FieldForm::Secret && self.id.is_some() {
            format!("{hint} {}", self.shell.t("connector-secret-kept"))
        } else {
            hint
        }
    }

    /// What stands in a field; a secret is never shown again.
    fn typed(&self, field: &Field) -> &str {
        match field.form {
            FieldForm::Secret => "",
            _ => self.draft.values.get(field.name).map_or("", String::as_str),
        }
    }

    fn input(&self, field: &Field) -> &'static str {
        match field.form {
            FieldForm::Text => "text",
            FieldForm::Address => "url",
            FieldForm::Secret => "password",
        }
    }
}
