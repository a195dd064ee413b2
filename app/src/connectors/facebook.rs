//! A page on Facebook, by its Graph interface (<https://developers.facebook.com/docs/pages-api/posts>). It
//! knows no twins; the page's own posts are looked through before anything is posted a second time.

use async_trait::async_trait;
use loa_plan::ChannelKind;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use super::answer;
use super::connector::{Connector, Fault, Remote, Seen, Taken};
use super::item::Item;
use super::kind::{Field, FieldForm, Kind, Opened, Values, value};
use crate::app::App;

pub(super) const KIND: Kind = Kind {
    name: "facebook",
    fits: &[ChannelKind::SocialNetwork],
    fields: &[
        Field::of("page", FieldForm::Text),
        Field::of("token", FieldForm::Secret),
        Field::perhaps("url", FieldForm::Address),
    ],
    open,
};

/// Far below what Facebook takes, and as long as people read.
const LIMIT: usize = 2000;

struct Facebook {
    page: String,
    token: String,
    server: String,
}

fn open(_: &App, values: &Values) -> Opened {
    let page = value(values, "page");
    if !page
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))
    {
        return Err(("page", "connector-facebook-page-odd"));
    }
    let server = match value(values, "url") {
        "" => "https://graph.facebook.com/v23.0",
        typed => typed.trim_end_matches('/'),
    };
    Ok(Box::new(Facebook {
        page: page.to_owned(),
        token: value(values, "token").to_owned(),
        server: server.to_owned(),
    }))
}

#[async_trait]
impl Connector for Facebook {
    fn knows_twins(&self) -> bool {
        true
    }

    async fn hand_over(&self, app: &App, item: &Item) -> Result<Taken, Fault> {
        let mut post = json!({ "message": item.short(LIMIT) });
        let known = match &item.before {
            Some(before) => Some(before.name.clone()),
            None if item.again => self.find(app, item).await?,
            None => None,
        };
        let name = if let Some(id) = known {
            let request = self.ask(app, Method::POST, &format!("/{id}"))?;
            answer::of(request.json(&post)).await?;
            id
        } else {
            if let Some(page) = &item.page {
                post["link"] = page.as_str().into();
            }
            let request = self.ask(app, Method::POST, &format!("/{}/feed", self.page))?;
            let answer = answer::of(request.json(&post)).await?;
            answer::id(&answer.json().unwrap_or_default())?
        };
        // Without an address of its own it is proven all the same.
        let post = self
            .get(app, &format!("/{name}?fields=permalink_url"))
            .await
            .unwrap_or_default();
        let address = post["permalink_url"].as_str().map(str::to_owned);
        Ok(Taken {
            answer: address.clone().unwrap_or_default(),
            there: Remote { name, address },
        })
    }

    async fn take_back(&self, app: &App, _: &Item, there: &Remote) -> Result<(), Fault> {
        let request = self.ask(app, Method::DELETE, &format!("/{}", there.name))?;
        answer::unless_gone(answer::of(request).await)
    }

    async fn look(&self, app: &App, there: &Remote) -> Result<Option<Seen>, Fault> {
        let path = format!(
            "/{}?fields=message,created_time,permalink_url,is_published",
            there.name
        );
        let answer = answer::of(self.ask(app, Method::GET, &path)?).await?;
        Ok(Some(Seen {
            address: there
                .address
                .clone()
                .unwrap_or_else(|| format!("{}{path}", self.server)),
            media_type: answer.media_type,
            status: answer.status.as_u16(),
            bytes: answer.body,
        }))
    }
}

impl Facebook {
    fn ask(&self, app: &App, method: Method, path: &str) -> Result<RequestBuilder, Fault> {
        let to = format!("{}{path}", self.server);
        Ok(answer::to(app, method, &to)?.bearer_auth(&self.token))
    }

    async fn get(&self, app: &App, path: &str) -> Result<Value, Fault> {
        let answer = answer::of(self.ask(app, Method::GET, path)?).await?;
        Ok(answer.json().unwrap_or_default())
    }

    /// The page's own post of an item, among its last ones.
    async fn find(&self, app: &App, item: &Item) -> Result<Option<String>, Fault> {
        let path = format!("/{}/feed?fields=id,message&limit=50", self.page);
        let posts = self.get(app, &path).await?;
        Ok(answer::twin(
            &posts["data"],
            item,
            ("message", "text/plain"),
        ))
    }
}
