//! The connectors there are, and what each must be told.

use std::collections::BTreeMap;

use loa_plan::ChannelKind;

use super::connector::{Connector, Fault};
use super::{facebook, folder, mastodon, telegram, webdav, webhook, wordpress};
use crate::app::App;

/// What was typed for an outlet, secrets among it, by the names of the fields.
pub type Values = BTreeMap<String, String>;

/// A kind of connector. Its texts are `connector-<name>`, `connector-<name>-about`, and for each field
/// `connector-<name>-<field>` with `…-hint`.
pub struct Kind {
    /// Its name in the store and on the wire.
    pub name: &'static str,
    /// The channel kinds it leads to.
    pub fits: &'static [ChannelKind],
    /// What it must be told.
    pub fields: &'static [Field],
    /// Makes it out of what was typed; what is wrong is the name of a field and of a text.
    pub open: fn(&App, &Values) -> Opened,
}

/// A connector, or what is wrong with what was typed.
pub type Opened = Result<Box<dyn Connector>, Wrong>;

/// What is wrong with what was typed: the name of a field, and of a text.
pub type Wrong = (&'static str, &'static str);

/// One thing that a connector must be told.
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// How it is typed.
    pub form: FieldForm,
    /// Whether it may be left empty.
    pub optional: bool,
}

/// How a field is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldForm {
    /// A line of text.
    Text,
    /// An address on the web.
    Address,
    /// What is never shown again.
    Secret,
}

impl Field {
    /// A field that must be filled in.
    pub const fn of(name: &'static str, form: FieldForm) -> Self {
        Self {
            name,
            form,
            optional: false,
        }
    }

    /// A field that may be left empty.
    pub const fn perhaps(name: &'static str, form: FieldForm) -> Self {
        Self {
            name,
            form,
            optional: true,
        }
    }
}

/// All of them, in the order in which they are offered.
pub const KINDS: &[Kind] = &[
    wordpress::KIND,
    facebook::KIND,
    telegram::KIND,
    mastodon::KIND,
    webdav::KIND,
    folder::KIND,
    webhook::KIND,
];

impl Kind {
    /// The kind of a name.
    pub fn of(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.name == name)
    }

    /// What is wrong with what was typed, field by field; then the connector itself is asked.
    pub fn check(&self, app: &App, values: &Values) -> Opened {
        for field in self.fields {
            let typed = values.get(field.name).map_or("", |value| value.trim());
            if typed.is_empty() && !field.optional {
                return Err((field.name, "connector-field-missing"));
            }
            if field.form == FieldForm::Address && !typed.is_empty() {
                app.http
                    .outside
                    .check(typed)
                    .map_err(|refused| (field.name, refused.0))?;
            }
        }
        (self.open)(app, values)
    }
}

/// The value of a field; empty when nothing was typed.
pub(super) fn value<'a>(values: &'a Values, field: &str) -> &'a str {
    values.get(field).map_or("", |value| value.trim())
}

/// Settings that can no longer be used, as the end of an attempt.
pub(super) fn unusable((_, text): Wrong) -> Fault {
    Fault::Never(text.to_owned())
}
