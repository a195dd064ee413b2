//! Listening.

use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

use crate::line::{self, PATIENCE};
use crate::{Certificate, Gate, Hub};

/// So many may be on their way to a secret shared with the server; the others wait.
const HANDSHAKES: usize = 256;

/// Serves for ever. With a certificate every connection is encrypted.
pub async fn serve<G: Gate>(
    listener: TcpListener,
    certificate: Option<Certificate>,
    hub: Hub,
    gate: G,
) {
    let tls = certificate.map(|certificate| certificate.acceptor());
    let gate = Arc::new(gate);
    let handshakes = Arc::new(Semaphore::new(HANDSHAKES));
    loop {
        match listener.accept().await {
            Ok((stream, from)) => {
                let (tls, hub, gate) = (tls.clone(), hub.clone(), gate.clone());
                let handshakes = handshakes.clone();
                tokio::spawn(async move {
                    if let Err(ended) = attend(stream, tls, &handshakes, &hub, &*gate).await {
                        tracing::debug!(%from, why = %ended, "a connection ended");
                    }
                });
            }
            Err(error) => {
                // No more files, for one: it passes.
                tracing::warn!(%error, "no connection is taken");
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        }
    }
}

async fn attend<G: Gate>(
    stream: TcpStream,
    tls: Option<TlsAcceptor>,
    handshakes: &Semaphore,
    hub: &Hub,
    gate: &G,
) -> Result<(), line::Ended> {
    // Messages are small, and every one is waited for.
    stream.set_nodelay(true)?;
    let Some(tls) = tls else {
        return line::attend(stream, hub, gate).await;
    };
    let turn = handshakes.acquire().await;
    let stream = timeout(PATIENCE, tls.accept(stream)).await??;
    drop(turn);
    line::attend(stream, hub, gate).await
}
