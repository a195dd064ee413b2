//! The scratch installation in which the rehearsal plays, and its people.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::network::Network;
use crate::accounts::Person;
use crate::app::App;
use crate::config::Config;
use crate::example;
use crate::ids::{AreaId, OutletId};
use crate::outlets::entity::outlet;
use crate::schedule;

/// How long a program may take over what should take a second or two.
pub(super) const PATIENCE: Duration = Duration::from_mins(1);

/// A scratch installation with a server, a worker and people.
pub(super) struct Scene {
    pub(super) app: App,
    pub(super) network: Network,
    pub(super) folder: TempDir,
    /// Runs the programme.
    pub(super) officer: Person,
    /// Writes.
    pub(super) editor: Person,
    /// The second pair of eyes.
    pub(super) approver: Person,
    worker: JoinHandle<()>,
}

/// The outlets of the rehearsal.
pub(super) struct Outlets {
    pub(super) portal: OutletId,
    pub(super) loudspeakers: OutletId,
    pub(super) area: AreaId,
}

impl Scene {
    pub(super) async fn set(config: &Config) -> anyhow::Result<(Self, String)> {
        let folder = tempfile::tempdir().context("no scratch folder")?;
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
        let address = listener.local_addr()?;
        let mut config = config.clone();
        config.data = folder.path().join("data");
        config.database = None;
        config.web.listen = address.to_string();
        config.web.url = None;
        // It is played when somebody asks, at night as well.
        config.air.quiet_to = config.air.quiet_from;
        config.air.poll_seconds = 1;
        let app = App::open(config).await?;
        example::load_people(&app).await?;
        let scene = Self {
            officer: example::person(&app, "can-bo").await?,
            editor: example::person(&app, "bien-tap").await?,
            approver: example::person(&app, "duyet").await?,
            network: Network::new(app.clone(), listener)?,
            worker: tokio::spawn(schedule::work(app.clone())),
            folder,
            app,
        };
        let detail = format!("http://{address}, {}", scene.folder.path().display());
        Ok((scene, detail))
    }

    pub(super) async fn outlets(&self) -> anyhow::Result<Outlets> {
        let find = async |key: &str| -> anyhow::Result<outlet::Model> {
            let row = outlet::Entity::find()
                .filter(outlet::Column::Key.eq(key))
                .one(&self.app.db)
                .await?;
            row.with_context(|| format!("the example has no outlet {key}"))
        };
        let loudspeakers = find("loa-phu-ly").await?;
        Ok(Outlets {
            portal: find("portal").await?.id,
            area: loudspeakers.area_id.context("loudspeakers without area")?,
            loudspeakers: loudspeakers.id,
        })
    }

    /// Ends the server and the worker, and removes the folder.
    pub(super) async fn clear(mut self) -> anyhow::Result<((), String)> {
        self.network.down().await?;
        self.worker.abort();
        self.app.db.clone().close().await?;
        self.folder.close()?;
        Ok(((), "nothing is left".into()))
    }
}

/// Looks until there is something to see; `what` says what was waited for.
pub(super) async fn until<T>(
    what: &str,
    limit: Duration,
    mut look: impl AsyncFnMut() -> anyhow::Result<Option<T>>,
) -> anyhow::Result<T> {
    let begun = Instant::now();
    loop {
        if let Some(seen) = look().await? {
            return Ok(seen);
        }
        if begun.elapsed() > limit {
            bail!("{what}: not within {} s", limit.as_secs());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
