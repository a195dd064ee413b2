//! What the example's files say.

use anyhow::{Context, bail};
use chrono::NaiveTime;
use loa_plan::ChannelKind;
use rust_embed::RustEmbed;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::accounts::Role;

#[derive(RustEmbed)]
#[folder = "../examples/ha-nam"]
struct Folder;

/// `programme.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Programme {
    /// What the installation is called.
    #[serde(rename = "title")]
    pub(super) _title: String,
    /// The file of the plan.
    pub(super) plan: String,
    /// Who issued it.
    pub(super) issuer: String,
    /// Who imports and confirms it, and makes the slots.
    pub(super) officer: String,
    /// Who approves and releases.
    pub(super) approver: String,
    /// Files in `stories/`.
    pub(super) stories: Vec<String>,
    #[serde(rename = "account")]
    pub(super) accounts: Vec<Account>,
    #[serde(rename = "area")]
    pub(super) areas: Vec<Area>,
    #[serde(rename = "outlet")]
    pub(super) outlets: Vec<Outlet>,
    #[serde(rename = "slot")]
    pub(super) slots: Vec<Slot>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Account {
    pub(super) login: String,
    pub(super) name: String,
    pub(super) role: String,
    pub(super) unit_key: String,
    pub(super) password: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Area {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) unit_key: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Outlet {
    pub(super) key: String,
    pub(super) kind: ChannelKind,
    pub(super) name: String,
    pub(super) unit_key: String,
    pub(super) area: Option<String>,
}

/// The same time every day of the coming week.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Slot {
    pub(super) area: String,
    pub(super) at: NaiveTime,
    pub(super) minutes: i64,
}

/// A file of `stories/`: what is between the `+++`, and the text after it.
pub(super) struct StoryFile {
    pub(super) head: StoryHead,
    pub(super) body: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StoryHead {
    pub(super) title: String,
    pub(super) summary: String,
    pub(super) themes: Vec<String>,
    pub(super) clause: String,
    pub(super) unit_key: String,
    pub(super) author: String,
    /// How far it has come: `draft`, `submitted`, `approved` or `released` to the portal.
    pub(super) state: String,
}

impl Programme {
    pub(super) fn read() -> anyhow::Result<Self> {
        parse("programme.toml", &text("programme.toml")?)
    }

    /// What to tell whoever starts Loa for the first time.
    pub(super) fn told(&self) -> String {
        let mut told = String::from("Example accounts (for trying out only):");
        for account in &self.accounts {
            told.push_str(&format!(
                "\n  {:<11} {}  {}, {}",
                account.login, account.password, account.name, account.role
            ));
        }
        told
    }
}

impl Account {
    pub(super) fn role(&self) -> anyhow::Result<Role> {
        self.role.parse().map_err(anyhow::Error::msg)
    }
}

impl StoryFile {
    pub(super) fn read(name: &str) -> anyhow::Result<Self> {
        let name = format!("stories/{name}");
        let text = text(&name)?;
        let mut parts = text.splitn(3, "+++\n");
        let (Some(""), Some(head), Some(body)) = (parts.next(), parts.next(), parts.next()) else {
            bail!("{name} of the example does not begin with a head between two lines of +++");
        };
        Ok(Self {
            head: parse(&name, head)?,
            body: body.trim().to_owned(),
        })
    }
}

/// A file of the example, as carried in the program.
pub(super) fn bytes(name: &str) -> anyhow::Result<Vec<u8>> {
    let file = Folder::get(name).with_context(|| format!("the example has no file {name}"))?;
    Ok(file.data.into_owned())
}

fn text(name: &str) -> anyhow::Result<String> {
    String::from_utf8(bytes(name)?).with_context(|| format!("{name} of the example"))
}

fn parse<T: DeserializeOwned>(name: &str, text: &str) -> anyhow::Result<T> {
    toml::from_str(text).with_context(|| format!("{name} of the example"))
}
