//! A signed message to another program, as Standard Webhooks has it
//! (<https://github.com/standard-webhooks/standard-webhooks>): the receiver checks `webhook-signature`
//! with a secret that both know, and knows twins by `webhook-id`. An answer such as `{"url": "https://…"}`
//! says where the public finds the story there; its page is fetched as proof.

use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use loa_plan::ChannelKind;
use reqwest::Method;
use serde_json::{Value, json};
use sha2::Sha256;

use super::answer::{self, Answer};
use super::connector::{Connector, Fault, Remote, Seen, Taken};
use super::item::Item;
use super::kind::{Field, FieldForm, Kind, Opened, Values, value};
use crate::app::App;

pub(super) const KIND: Kind = Kind {
    name: "webhook",
    fits: ChannelKind::ALL,
    fields: &[
        Field::of("url", FieldForm::Address),
        Field::of("secret", FieldForm::Secret),
    ],
    open,
};

/// The shortest and the longest secret, in bytes, as the standard has it.
const SECRET: std::ops::RangeInclusive<usize> = 24..=64;

struct Webhook {
    url: String,
    secret: Vec<u8>,
}

fn open(_: &App, values: &Values) -> Opened {
    let typed = value(values, "secret");
    let secret = STANDARD.decode(typed.strip_prefix("whsec_").unwrap_or(typed));
    match secret {
        Ok(secret) if SECRET.contains(&secret.len()) => Ok(Box::new(Webhook {
            url: value(values, "url").to_owned(),
            secret,
        })),
        _ => Err(("secret", "connector-webhook-secret-odd")),
    }
}

#[async_trait]
impl Connector for Webhook {
    fn knows_twins(&self) -> bool {
        true
    }

    async fn hand_over(&self, app: &App, item: &Item) -> Result<Taken, Fault> {
        let kind = if item.before.is_some() {
            "story.corrected"
        } else {
            "story.released"
        };
        let answer = self.say(app, kind, &item.key, &story(app, item)).await?;
        let address = answer.json().and_then(|body| {
            let url = body["url"].as_str()?;
            app.http.outside.check(url).ok().map(|url| url.to_string())
        });
        Ok(Taken {
            answer: answer.told(),
            there: Remote {
                name: item.slug.clone(),
                address,
            },
        })
    }

    async fn take_back(&self, app: &App, item: &Item, _: &Remote) -> Result<(), Fault> {
        let id = format!("{}-withdrawn", item.key);
        let data = json!({ "slug": item.slug, "title": item.title, "sha256": item.sha256 });
        self.say(app, "story.withdrawn", &id, &data).await?;
        Ok(())
    }

    async fn look(&self, app: &App, there: &Remote) -> Result<Option<Seen>, Fault> {
        match &there.address {
            Some(address) => answer::page(app, address).await.map(Some),
            None => Ok(None),
        }
    }
}

impl Webhook {
    async fn say(&self, app: &App, kind: &str, id: &str, data: &Value) -> Result<Answer, Fault> {
        let now = app.clock.now();
        let body = json!({ "type": kind, "timestamp": now, "data": data }).to_string();
        let seconds = now.timestamp();
        let request = answer::to(app, Method::POST, &self.url)?
            .header("content-type", "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", seconds)
            .header("webhook-signature", sign(&self.secret, id, seconds, &body))
            .body(body);
        answer::of(request).await
    }
}

/// `v1,` and the HMAC-SHA256 over id, time and body, in base64.
fn sign(secret: &[u8], id: &str, seconds: i64, body: &str) -> String {
    #[allow(clippy::expect_used)] // HMAC takes keys of any length
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("a key of any length");
    mac.update(format!("{id}.{seconds}.{body}").as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

fn story(app: &App, item: &Item) -> Value {
    let sound = item.sound.as_ref().and_then(|sound| {
        let page = item.page.as_deref()?;
        Some(json!({
            "url": format!("{page}/sound"), "sha256": sound.sha256, "bytes": sound.bytes,
            "duration_ms": sound.duration_ms,
        }))
    });
    json!({
        "slug": item.slug, "version": item.version, "sha256": item.sha256, "title": item.title,
        "summary": item.summary, "html": item.html, "text": item.text, "unit": item.unit,
        "released_at": item.released_at, "page": item.page, "sound": sound,
        "source": app.config.url(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the standard's own reference implementations.
    #[test]
    fn signatures_are_those_of_the_standard() {
        let secret = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signed = sign(
            &secret,
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            r#"{"test": 2432232314}"#,
        );
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
