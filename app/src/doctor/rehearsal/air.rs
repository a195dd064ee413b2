//! On the air: a loudspeaker enrols, holds what it must say, refuses what was altered, plays
//! without a network and signs a receipt.

use std::time::Duration;

use anyhow::{Context, bail};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::acts::Released;
use super::proxy::Proxy;
use super::receiver::Receiver;
use super::scene::{PATIENCE, Scene, until};
use crate::airtime::entity::slot;
use crate::deliveries::State;
use crate::deliveries::entity::delivery;
use crate::evidence::entity::entry;
use crate::ids::DeliveryId;
use crate::speakers;
use crate::speakers::entity::{refusal, speaker};

impl Scene {
    pub(super) async fn enrol(&self) -> anyhow::Result<(Receiver, String)> {
        let url = self.app.config.url();
        let receiver = self.receiver("receiver", &url).await?;
        Ok((
            receiver,
            "with a one-time code; the server's key is pinned".into(),
        ))
    }

    pub(super) async fn see_portal(&self, released: &Released) -> anyhow::Result<((), String)> {
        self.wait_for(released.portal, State::Proven).await?;
        let entry = self.counted(released.portal).await?;
        Ok(((), format!("the page was fetched; evidence {}", entry.seq)))
    }

    /// It told that it has the sound on its disk.
    pub(super) async fn wait_until_held(
        &self,
        released: &Released,
    ) -> anyhow::Result<((), String)> {
        self.wait_for(released.loudspeakers, State::Delivered)
            .await?;
        Ok(((), "it holds the signed manifest and the sound".into()))
    }

    /// A second loudspeaker behind somebody who alters what passes.
    pub(super) async fn refuse_forgery(&self) -> anyhow::Result<((), String)> {
        let proxy = Proxy::before(&self.app.config.url(), &self.app.http.own).await?;
        let deceived = self.receiver("deceived", &proxy.url).await?;
        let seen = until("the refusal of an altered manifest", PATIENCE, async || {
            Ok(refusal::Entity::find().one(&self.app.db).await?)
        })
        .await
        .with_context(|| deceived.last_words())?;
        let by = speaker::Entity::find_by_id(seen.speaker_id)
            .one(&self.app.db)
            .await?
            .context("a refusal of nobody")?;
        let detail = format!(
            "one byte of a manifest altered: '{}' refused it ({}), and the server knows",
            by.name, seen.reason
        );
        Ok(((), detail))
    }

    /// The network goes before the slot begins, and stays away until it is over.
    pub(super) async fn play_alone(
        &mut self,
        released: &Released,
        receiver: &Receiver,
    ) -> anyhow::Result<((), String)> {
        let slot = slot::Entity::find_by_id(released.slot)
            .one(&self.app.db)
            .await?
            .context("the slot is gone")?;
        if self.app.clock.now() >= slot.starts_at {
            bail!("the slot began before the network could go: this machine is too slow or busy");
        }
        self.network.down().await?;
        let left = (slot.starts_at - self.app.clock.now()).to_std();
        tokio::time::sleep(left.unwrap_or_default()).await;
        until("a receipt on the loudspeaker", PATIENCE, async || {
            Ok((receiver.status().await?.receipts_waiting > 0).then_some(()))
        })
        .await
        .with_context(|| receiver.last_words())?;
        let bytes = receiver.played()?;
        if bytes < 10_000 {
            bail!("only {bytes} bytes of sound were played");
        }
        let state = self.state(released.loudspeakers).await?;
        if state != State::Delivered {
            bail!("the delivery is {state:?} although nobody told the server anything");
        }
        Ok((
            (),
            format!("{} kB of sound, the receipt waits", bytes / 1000),
        ))
    }

    /// The network comes back, and the receipt with it.
    pub(super) async fn hear_back(
        &mut self,
        released: &Released,
        receiver: &Receiver,
    ) -> anyhow::Result<((), String)> {
        self.network.up().await?;
        self.wait_for(released.loudspeakers, State::Proven)
            .await
            .with_context(|| receiver.last_words())?;
        let entry = self.counted(released.loudspeakers).await?;
        until("the acknowledgement", PATIENCE, async || {
            Ok((receiver.status().await?.receipts_waiting == 0).then_some(()))
        })
        .await?;
        let detail = format!("evidence {}, {} s on the air", entry.seq, entry.seconds);
        Ok(((), detail))
    }

    async fn receiver(&self, name: &str, url: &str) -> anyhow::Result<Receiver> {
        let area = self.outlets().await?.area;
        let code = speakers::issue_code(&self.app, &self.officer, area, name).await?;
        Receiver::start(self.folder.path().join(name), url, &code.text).await
    }

    async fn wait_for(&self, id: DeliveryId, wanted: State) -> anyhow::Result<()> {
        let limit: Duration = PATIENCE;
        until(
            &format!("a delivery that is {}", wanted.name()),
            limit,
            async || {
                let row = self.delivery(id).await?;
                if row.state() == State::Failed {
                    bail!("it failed: {}", row.failure.unwrap_or_default());
                }
                Ok((row.state() == wanted).then_some(()))
            },
        )
        .await
    }

    /// The one entry that counts a delivery.
    async fn counted(&self, id: DeliveryId) -> anyhow::Result<entry::Model> {
        let mut entries = entry::Entity::find()
            .filter(entry::Column::DeliveryId.eq(id))
            .filter(entry::Column::Counts.eq(true))
            .all(&self.app.db)
            .await?;
        match (entries.len(), entries.pop()) {
            (1, Some(entry)) => Ok(entry),
            (count, _) => bail!("{count} entries count it instead of one"),
        }
    }

    async fn state(&self, id: DeliveryId) -> anyhow::Result<State> {
        Ok(self.delivery(id).await?.state())
    }

    async fn delivery(&self, id: DeliveryId) -> anyhow::Result<delivery::Model> {
        let row = delivery::Entity::find_by_id(id).one(&self.app.db).await?;
        row.context("a delivery is gone")
    }
}
