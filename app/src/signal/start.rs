//! Opening the broker: our own, or the way to another.

use std::io::ErrorKind;
use std::path::Path;

use loa_air::BrokerUrl;
use loa_broker::{Certificate, Outside, OutsideError, TlsError, serve};
use tokio::net::TcpListener;
use tokio::sync::mpsc::channel;

use super::announce::announce;
use super::door::{Door, Ear};
use super::inbox;
use crate::app::App;
use crate::broker::Address;
use crate::clock::random;
use crate::config::BrokerConfig;

/// Where brokers listen with encryption.
const PORT: u16 = 8883;

/// Why there is no broker.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// It cannot listen.
    #[error(
        "the broker cannot listen on {0} ({1}): choose another address in section broker of loa.toml"
    )]
    Listen(String, std::io::Error),
    /// A file cannot be read or written.
    #[error("{0}: {1}")]
    File(String, std::io::Error),
    /// Its certificate.
    #[error("the broker's certificate: {0}")]
    Tls(#[from] TlsError),
    /// The key of its certificate is sealed with another key.
    #[error("the broker's key: {0:#}")]
    Secret(anyhow::Error),
    /// The address of another broker.
    #[error(transparent)]
    Outside(#[from] OutsideError),
}

/// Opens it in the background, and tells the areas from now on.
pub async fn start(app: &App) -> Result<(), StartError> {
    let config = app.config.broker.clone();
    if !config.on {
        return Ok(());
    }
    let (sender, heard) = channel(inbox::ROOM);
    if let Some(url) = &config.outside {
        // Two servers with one name would throw each other out.
        let id = format!("loa-{}", hex::encode(random::<12>(app.chance.as_ref())));
        let (outside, events) = Outside::at(url, &id)?;
        app.broker.hand_over(outside.clone());
        // Speakers do not learn the server's own login.
        let told = BrokerUrl::parse(url).map(|url| url.without_login());
        app.broker.open(Address {
            url: config.url.clone().or(told).unwrap_or_default(),
            certificate: config.authority.as_deref().map(read).transpose()?,
        });
        let ear = Ear {
            app: app.clone(),
            inbox: sender,
        };
        tokio::spawn(async move { outside.run(events, ear).await });
    } else {
        let address = config.listen.clone().unwrap_or_else(|| {
            let web = app.config.web.listen.rsplit_once(':');
            format!("{}:{PORT}", web.map_or("127.0.0.1", |(host, _)| host))
        });
        let listener = listen(&address).await?;
        let port = listener.local_addr().map_or(PORT, |address| address.port());
        let host = host_of(&app.config.url());
        let (pem, certificate) = certificate(app, &config, &host)?;
        let scheme = if certificate.is_some() {
            "mqtts"
        } else {
            "mqtt"
        };
        let url = config
            .url
            .clone()
            .unwrap_or_else(|| format!("{scheme}://{host}:{port}"));
        tracing::info!(broker.url = url, "the broker is open");
        app.broker.open(Address {
            url,
            certificate: pem,
        });
        let door = Door::new(app.clone(), sender);
        tokio::spawn(serve(listener, certificate, app.broker.hub().clone(), door));
    }
    tokio::spawn(inbox::keep(app.clone(), heard));
    tokio::spawn(announce(app.clone()));
    Ok(())
}

/// The agreed address, or any free port beside it when another program has that one: speakers are told.
async fn listen(address: &str) -> Result<TcpListener, StartError> {
    match TcpListener::bind(address).await {
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            let host = address.rsplit_once(':').map_or(address, |(host, _)| host);
            tracing::warn!(
                address,
                "another program listens there; the broker takes any free port"
            );
            TcpListener::bind(format!("{host}:0")).await
        }
        bound => bound,
    }
    .map_err(|error| StartError::Listen(address.to_owned(), error))
}

/// What speakers pin, and what the broker shows: the files of the settings, which speakers check as any
/// other; or a certificate made once and kept in the data folder.
fn certificate(
    app: &App,
    config: &BrokerConfig,
    host: &str,
) -> Result<(Option<String>, Option<Certificate>), StartError> {
    if !config.encrypted {
        return Ok((None, None));
    }
    if let (Some(pem), Some(key)) = (&config.certificate, &config.key) {
        let certificate = Certificate::from_pem(&read(pem)?, &read(key)?)?;
        let authority = config.authority.as_deref().map(read).transpose()?;
        return Ok((authority, Some(certificate)));
    }
    let folder = app.config.data.join("broker");
    let (pem_at, key_at) = (
        folder.join(format!("{host}.pem")),
        folder.join(format!("{host}.key")),
    );
    if !pem_at.exists() || !key_at.exists() {
        let (pem, key) = Certificate::make(&[host.to_owned()])?;
        let sealed = app.secrets.seal(key.as_bytes(), app.chance.as_ref());
        let broken = |error| StartError::File(folder.display().to_string(), error);
        std::fs::create_dir_all(&folder).map_err(broken)?;
        std::fs::write(&key_at, sealed.map_err(StartError::Secret)?).map_err(broken)?;
        std::fs::write(&pem_at, pem).map_err(broken)?;
    }
    let pem = read(&pem_at)?;
    let key = app
        .secrets
        .open(&read(&key_at)?)
        .map_err(StartError::Secret)?;
    let key = String::from_utf8_lossy(&key);
    let certificate = Certificate::from_pem(&pem, &key)?;
    Ok((Some(pem), Some(certificate)))
}

fn read(path: &Path) -> Result<String, StartError> {
    std::fs::read_to_string(path)
        .map_err(|error| StartError::File(path.display().to_string(), error))
}

/// `loa.example.vn` of `https://loa.example.vn:8443`.
fn host_of(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split('/').next().unwrap_or(rest);
    match rest.rsplit_once(':') {
        Some((host, _)) if !host.is_empty() => host.to_owned(),
        _ => rest.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_of_an_address() {
        assert_eq!(host_of("https://loa.example.vn:8443/x"), "loa.example.vn");
        assert_eq!(host_of("http://127.0.0.1:8080"), "127.0.0.1");
        assert_eq!(host_of("https://loa.example.vn"), "loa.example.vn");
    }
}
