//! A folder on another server by `WebDAV` (RFC 4918): Nextcloud, or a station's store.

use async_trait::async_trait;
use bytes::Bytes;
use loa_plan::ChannelKind;
use reqwest::{Method, RequestBuilder};

use super::answer;
use super::connector::{Connector, Fault, Remote, Seen, Taken};
use super::item::Item;
use super::kind::{Field, FieldForm, Kind, Opened, Values, value};
use super::sheet::sheet;
use crate::app::App;

pub(super) const KIND: Kind = Kind {
    name: "webdav",
    fits: &[
        ChannelKind::LocalRadio,
        ChannelKind::PressRadio,
        ChannelKind::PressTv,
        ChannelKind::PressPrint,
    ],
    fields: &[
        Field::of("url", FieldForm::Address),
        Field::perhaps("user", FieldForm::Text),
        Field::perhaps("password", FieldForm::Secret),
    ],
    open,
};

struct WebDav {
    folder: String,
    user: String,
    password: String,
}

#[allow(clippy::unnecessary_wraps)] // as every kind opens
fn open(_: &App, values: &Values) -> Opened {
    Ok(Box::new(WebDav {
        folder: value(values, "url").trim_end_matches('/').to_owned(),
        user: value(values, "user").to_owned(),
        password: value(values, "password").to_owned(),
    }))
}

#[async_trait]
impl Connector for WebDav {
    fn knows_twins(&self) -> bool {
        true
    }

    async fn hand_over(&self, app: &App, item: &Item) -> Result<Taken, Fault> {
        let name = item.slug.clone();
        // The sheet comes last: where it is, all is.
        if let Some(sound) = item.sound_bytes(app).await? {
            self.put(app, &format!("{name}.mp3"), "audio/mpeg", sound)
                .await?;
        }
        let file = format!("{name}.json");
        self.put(app, &file, "application/json", sheet(item, &name).into())
            .await?;
        Ok(Taken {
            answer: format!("{}/{file}", self.folder),
            there: Remote {
                name,
                address: None,
            },
        })
    }

    async fn take_back(&self, app: &App, _: &Item, there: &Remote) -> Result<(), Fault> {
        for kind in ["json", "mp3"] {
            let request = self.ask(app, Method::DELETE, &format!("{}.{kind}", there.name))?;
            answer::unless_gone(answer::of(request).await)?;
        }
        Ok(())
    }

    async fn look(&self, app: &App, there: &Remote) -> Result<Option<Seen>, Fault> {
        let file = format!("{}.json", there.name);
        let answer = answer::of(self.ask(app, Method::GET, &file)?).await?;
        Ok(Some(Seen {
            address: format!("{}/{file}", self.folder),
            media_type: "application/json".to_owned(),
            status: answer.status.as_u16(),
            bytes: answer.body,
        }))
    }
}

impl WebDav {
    fn ask(&self, app: &App, method: Method, file: &str) -> Result<RequestBuilder, Fault> {
        let to = format!("{}/{file}", self.folder);
        let request = answer::to(app, method, &to)?;
        Ok(if self.user.is_empty() {
            request
        } else {
            request.basic_auth(&self.user, Some(&self.password))
        })
    }

    async fn put(
        &self,
        app: &App,
        file: &str,
        media_type: &str,
        bytes: Bytes,
    ) -> Result<(), Fault> {
        let request = self.ask(app, Method::PUT, file)?;
        let request = request.header("content-type", media_type).body(bytes);
        answer::of(request).await.map(|_| ())
    }
}
