//! An account on a server that speaks Mastodon's interface (<https://docs.joinmastodon.org/methods/statuses/>).
//! The server knows twins by `Idempotency-Key` for an hour; for later ones the account's own posts are looked
//! through.

use async_trait::async_trait;
use loa_plan::ChannelKind;
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};

use super::answer;
use super::connector::{Connector, Fault, Remote, Seen, Taken};
use super::item::Item;
use super::kind::{Field, FieldForm, Kind, Opened, Values, value};
use crate::app::App;

pub(super) const KIND: Kind = Kind {
    name: "mastodon",
    fits: &[ChannelKind::SocialNetwork],
    fields: &[
        Field::of("url", FieldForm::Address),
        Field::of("token", FieldForm::Secret),
    ],
    open,
};

/// What a server takes when it does not say, in characters.
const LIMIT: u64 = 500;

struct Mastodon {
    server: String,
    token: String,
}

#[allow(clippy::unnecessary_wraps)] // as every kind opens
fn open(_: &App, values: &Values) -> Opened {
    Ok(Box::new(Mastodon {
        server: value(values, "url").trim_end_matches('/').to_owned(),
        token: value(values, "token").to_owned(),
    }))
}

#[async_trait]
impl Connector for Mastodon {
    fn knows_twins(&self) -> bool {
        true
    }

    async fn hand_over(&self, app: &App, item: &Item) -> Result<Taken, Fault> {
        let status = item.short(self.limit(app).await?);
        let known = match &item.before {
            Some(before) => Some(before.name.clone()),
            None if item.again => self.find(app, item).await?,
            None => None,
        };
        let body = json!({ "status": status, "language": "vi", "visibility": "public" });
        let request = match &known {
            Some(id) => self.ask(app, Method::PUT, &format!("/api/v1/statuses/{id}"))?,
            None => self
                .ask(app, Method::POST, "/api/v1/statuses")?
                .header("idempotency-key", &item.key),
        };
        let answer = answer::of(request.json(&body))
            .await?
            .json()
            .unwrap_or_default();
        let name = answer::id(&answer)?;
        let address = answer["url"].as_str().map(str::to_owned);
        Ok(Taken {
            answer: address.clone().unwrap_or_default(),
            there: Remote { name, address },
        })
    }

    async fn take_back(&self, app: &App, _: &Item, there: &Remote) -> Result<(), Fault> {
        let to = format!("/api/v1/statuses/{}", there.name);
        answer::unless_gone(answer::of(self.ask(app, Method::DELETE, &to)?).await)
    }

    async fn look(&self, app: &App, there: &Remote) -> Result<Option<Seen>, Fault> {
        // As the public sees it: without the token.
        let to = format!("{}/api/v1/statuses/{}", self.server, there.name);
        answer::page(app, &to).await.map(Some)
    }
}

impl Mastodon {
    fn ask(&self, app: &App, method: Method, path: &str) -> Result<RequestBuilder, Fault> {
        let to = format!("{}{path}", self.server);
        Ok(answer::to(app, method, &to)?.bearer_auth(&self.token))
    }

    async fn get(&self, app: &App, path: &str) -> Result<Value, Fault> {
        let answer = answer::of(self.ask(app, Method::GET, path)?).await?;
        Ok(answer.json().unwrap_or_default())
    }

    /// How long a post may be there.
    async fn limit(&self, app: &App) -> Result<usize, Fault> {
        let instance = match self.get(app, "/api/v2/instance").await {
            Err(fault) if fault.says(StatusCode::NOT_FOUND) => Value::Null,
            instance => instance?,
        };
        let limit = instance["configuration"]["statuses"]["max_characters"].as_u64();
        Ok(usize::try_from(limit.unwrap_or(LIMIT)).unwrap_or(usize::MAX))
    }

    /// The account's own post of an item, among its last ones.
    async fn find(&self, app: &App, item: &Item) -> Result<Option<String>, Fault> {
        let account = self.get(app, "/api/v1/accounts/verify_credentials").await?;
        let Some(id) = account["id"].as_str() else {
            return Ok(None);
        };
        let path = format!("/api/v1/accounts/{id}/statuses?limit=40&exclude_replies=true");
        let posts = self.get(app, &path).await?;
        Ok(answer::twin(&posts, item, ("content", "text/html")))
    }
}
