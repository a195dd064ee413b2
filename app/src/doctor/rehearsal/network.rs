//! The rehearsal's server, which can go away and come back at the same address.

use std::net::SocketAddr;

use anyhow::Context;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::app::App;
use crate::web::serve_until;

/// A real socket in front of an installation.
pub(super) struct Network {
    app: App,
    address: SocketAddr,
    open: Option<(oneshot::Sender<()>, JoinHandle<anyhow::Result<()>>)>,
}

impl Network {
    /// Answers from now on.
    pub(super) fn new(app: App, listener: TcpListener) -> anyhow::Result<Self> {
        let mut network = Self {
            app,
            address: listener.local_addr()?,
            open: None,
        };
        network.answer(listener);
        Ok(network)
    }

    /// Comes back.
    pub(super) async fn up(&mut self) -> anyhow::Result<()> {
        let listener = TcpListener::bind(self.address).await;
        self.answer(listener.with_context(|| format!("{} was taken meanwhile", self.address))?);
        Ok(())
    }

    /// Goes away: from now on connections are refused.
    pub(super) async fn down(&mut self) -> anyhow::Result<()> {
        if let Some((stop, server)) = self.open.take() {
            // A server that ended by itself no longer listens to this.
            let _ = stop.send(());
            server.await??;
        }
        Ok(())
    }

    fn answer(&mut self, listener: TcpListener) {
        let (stop, stopped) = oneshot::channel();
        let app = self.app.clone();
        let server = tokio::spawn(serve_until(listener, app, async {
            let _ = stopped.await;
        }));
        self.open = Some((stop, server));
    }
}
