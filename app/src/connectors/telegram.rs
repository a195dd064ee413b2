//! A public channel on Telegram, by a bot that may post there (<https://core.telegram.org/bots/api>). Telegram
//! knows no twins: an attempt whose answer was lost is shown to people, never repeated unasked.

use async_trait::async_trait;
use chrono::TimeDelta;
use loa_plan::ChannelKind;
use reqwest::Method;
use serde_json::{Value, json};

use super::answer;
use super::connector::{Connector, Fault, Remote, Seen, Taken};
use super::item::Item;
use super::kind::{Field, FieldForm, Kind, Opened, Values, value};
use crate::app::App;

pub(super) const KIND: Kind = Kind {
    name: "telegram",
    fits: &[ChannelKind::SocialNetwork, ChannelKind::Message],
    fields: &[
        Field::of("channel", FieldForm::Text),
        Field::of("token", FieldForm::Secret),
        Field::perhaps("url", FieldForm::Address),
        Field::perhaps("public", FieldForm::Address),
    ],
    open,
};

/// The longest message, in characters.
const LIMIT: usize = 4096;

struct Telegram {
    /// Without its `@`.
    channel: String,
    token: String,
    server: String,
    public: String,
}

fn open(_: &App, values: &Values) -> Opened {
    let channel = value(values, "channel").trim_start_matches('@');
    if !channel
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '_')
    {
        return Err(("channel", "connector-telegram-channel-odd"));
    }
    let or = |field: &str, usual: &str| match value(values, field) {
        "" => usual.to_owned(),
        typed => typed.trim_end_matches('/').to_owned(),
    };
    Ok(Box::new(Telegram {
        channel: channel.to_owned(),
        token: value(values, "token").to_owned(),
        server: or("url", "https://api.telegram.org"),
        public: or("public", "https://t.me"),
    }))
}

#[async_trait]
impl Connector for Telegram {
    fn knows_twins(&self) -> bool {
        false
    }

    async fn hand_over(&self, app: &App, item: &Item) -> Result<Taken, Fault> {
        let mut body =
            json!({ "chat_id": format!("@{}", self.channel), "text": item.short(LIMIT) });
        let method = match &item.before {
            Some(before) => {
                body["message_id"] = before.name.parse::<i64>().unwrap_or_default().into();
                "editMessageText"
            }
            None => "sendMessage",
        };
        let message = match self.say(app, method, &body).await {
            // What is there already says the same.
            Err(Fault::Never(why)) if why.contains("not modified") => Value::Null,
            message => message?,
        };
        let before = item.before.as_ref().map(|before| before.name.clone());
        let name = message["message_id"]
            .as_i64()
            .map(|id| id.to_string())
            .or(before);
        let name = name.ok_or_else(|| Fault::Never("deliveries-answer-odd".to_owned()))?;
        let address = format!("{}/{}/{name}", self.public, self.channel);
        Ok(Taken {
            answer: address.clone(),
            there: Remote {
                name,
                address: Some(address),
            },
        })
    }

    async fn take_back(&self, app: &App, _: &Item, there: &Remote) -> Result<(), Fault> {
        let id: i64 = there.name.parse().unwrap_or_default();
        let body = json!({ "chat_id": format!("@{}", self.channel), "message_id": id });
        match self.say(app, "deleteMessage", &body).await {
            Err(Fault::Never(why)) if why.contains("not found") => Ok(()),
            ended => ended.map(|_| ()),
        }
    }

    async fn look(&self, app: &App, there: &Remote) -> Result<Option<Seen>, Fault> {
        // The page that other sites embed: the whole text, without a browser's help.
        let to = format!("{}/{}/{}?embed=1", self.public, self.channel, there.name);
        answer::page(app, &to).await.map(Some)
    }
}

impl Telegram {
    async fn say(&self, app: &App, method: &str, body: &Value) -> Result<Value, Fault> {
        let to = format!("{}/bot{}/{method}", self.server, self.token);
        let request = answer::to(app, Method::POST, &to)?;
        // Its addresses carry the token: what went wrong must not tell it.
        let answer = answer::of(request.json(body)).await;
        match answer.map_err(|fault| fault.without(&self.token)) {
            Ok(answer) => Ok(answer.json().unwrap_or_default()["result"].take()),
            // It says how long to wait in its answer, not in a header.
            Err(Fault::Later { why, after }) => Err(Fault::Later {
                after: after.or_else(|| retry_after(&why).map(TimeDelta::seconds)),
                why,
            }),
            Err(fault) => Err(fault),
        }
    }
}

/// `{"parameters": {"retry_after": 5}}`, as part of what is told.
fn retry_after(why: &str) -> Option<i64> {
    let rest = why.split("\"retry_after\":").nth(1)?;
    let digits: String = rest
        .trim_start()
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().ok().filter(|seconds| *seconds < 86_400)
}
