//! A site on `WordPress`, by its REST interface (<https://developer.wordpress.org/rest-api/reference/posts/>)
//! and an application password. A story has one post there, known by its name in addresses: twins and
//! corrections find it.

use askama::filters::{Html, escape};
use async_trait::async_trait;
use loa_plan::ChannelKind;
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};

use super::answer::{self, Answer};
use super::connector::{Connector, Fault, Remote, Seen, Taken};
use super::item::Item;
use super::kind::{Field, FieldForm, Kind, Opened, Values, value};
use crate::app::App;

pub(super) const KIND: Kind = Kind {
    name: "wordpress",
    fits: &[
        ChannelKind::UnitSite,
        ChannelKind::PressOnline,
        ChannelKind::Bulletin,
    ],
    fields: &[
        Field::of("url", FieldForm::Address),
        Field::of("user", FieldForm::Text),
        Field::of("password", FieldForm::Secret),
    ],
    open,
};

struct WordPress {
    /// `https://site/wp-json/wp/v2/posts`, or the same by a query where addresses are not rewritten.
    posts: String,
    user: String,
    password: String,
}

#[allow(clippy::unnecessary_wraps)] // as every kind opens
fn open(_: &App, values: &Values) -> Opened {
    let site = value(values, "url").trim_end_matches('/');
    // Works on every site, also where `/wp-json/` is not set up.
    Ok(Box::new(WordPress {
        posts: format!("{site}/index.php?rest_route=/wp/v2/posts"),
        user: value(values, "user").to_owned(),
        password: value(values, "password").to_owned(),
    }))
}

#[async_trait]
impl Connector for WordPress {
    fn knows_twins(&self) -> bool {
        true
    }

    async fn hand_over(&self, app: &App, item: &Item) -> Result<Taken, Fault> {
        let known = match &item.before {
            Some(before) => Some(before.name.clone()),
            None => self.find(app, &slug(item)).await?,
        };
        let to = match &known {
            Some(id) => format!("{}/{id}", self.posts),
            None => self.posts.clone(),
        };
        let post = json!({
            "title": item.title, "content": content(item), "excerpt": item.summary,
            "slug": slug(item), "status": "publish",
        });
        let answer = answer::of(self.ask(app, Method::POST, &to)?.json(&post)).await;
        let answer = match answer {
            // Somebody threw it away there: it is posted anew.
            Err(fault) if known.is_some() && is_gone(&fault) => {
                answer::of(self.ask(app, Method::POST, &self.posts)?.json(&post)).await?
            }
            answer => answer?,
        };
        there(&answer).ok_or_else(|| Fault::Never("deliveries-answer-odd".to_owned()))
    }

    async fn take_back(&self, app: &App, _: &Item, there: &Remote) -> Result<(), Fault> {
        let to = format!("{}/{}", self.posts, there.name);
        match answer::of(self.ask(app, Method::DELETE, &to)?).await {
            Ok(_) => Ok(()),
            Err(fault) if is_gone(&fault) => Ok(()),
            Err(fault) => Err(fault),
        }
    }

    async fn look(&self, app: &App, there: &Remote) -> Result<Option<Seen>, Fault> {
        match &there.address {
            Some(address) => answer::page(app, address).await.map(Some),
            None => Ok(None),
        }
    }
}

impl WordPress {
    fn ask(&self, app: &App, method: Method, to: &str) -> Result<RequestBuilder, Fault> {
        Ok(answer::to(app, method, to)?.basic_auth(&self.user, Some(&self.password)))
    }

    /// The post of an address, if there is one, whatever became of it.
    async fn find(&self, app: &App, slug: &str) -> Result<Option<String>, Fault> {
        let to = format!("{}&slug={slug}&status=any&context=edit", self.posts);
        let answer = answer::of(self.ask(app, Method::GET, &to)?).await?;
        let posts = answer.json().unwrap_or_default();
        Ok(posts[0]["id"].as_i64().map(|id| id.to_string()))
    }
}

/// Its name in addresses there: of the story, not of the version.
fn slug(item: &Item) -> String {
    format!("{}-{}", item.slug, item.story)
}

/// The body, and where it comes from.
fn content(item: &Item) -> String {
    let source = item.page.as_ref().map_or_else(String::new, |page| {
        let sound = item.sound.as_ref().map_or_else(String::new, |_| {
            format!(r#"<p><audio controls preload="none" src="{page}/sound"></audio></p>"#)
        });
        let Ok(unit) = escape(&item.unit, Html);
        format!(r#"{sound}<p><a href="{page}">{unit}</a></p>"#)
    });
    format!("{}{source}", item.html)
}

fn there(answer: &Answer) -> Option<Taken> {
    let post: Value = answer.json()?;
    Some(Taken {
        there: Remote {
            name: post["id"].as_i64()?.to_string(),
            address: post["link"].as_str().map(str::to_owned),
        },
        answer: post["link"].as_str().unwrap_or_default().to_owned(),
    })
}

fn is_gone(fault: &Fault) -> bool {
    fault.says(StatusCode::NOT_FOUND) || fault.says(StatusCode::GONE)
}
