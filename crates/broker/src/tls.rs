//! The certificate that the broker shows.

use std::sync::Arc;

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// A certificate with its key.
#[derive(Clone)]
pub struct Certificate(Arc<ServerConfig>);

/// A certificate that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// The file holds no certificate, or no key.
    #[error("no certificate or no key in PEM form ({0})")]
    Unread(#[from] tokio_rustls::rustls::pki_types::pem::Error),
    /// Certificate and key do not belong together, or are of a kind that is not known.
    #[error("certificate and key cannot be used ({0})")]
    Unfit(#[from] tokio_rustls::rustls::Error),
    /// None could be made.
    #[error("no certificate can be made ({0})")]
    Unmade(#[from] rcgen::Error),
}

impl Certificate {
    /// From PEM texts: the certificates, the server's own first, and its key.
    pub fn from_pem(certificates: &str, key: &str) -> Result<Self, TlsError> {
        let chain =
            CertificateDer::pem_slice_iter(certificates.as_bytes()).collect::<Result<_, _>>()?;
        let key = PrivateKeyDer::from_pem_slice(key.as_bytes())?;
        let config = ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(chain, key)?;
        Ok(Self(Arc::new(config)))
    }

    /// Makes a certificate of one's own for names and addresses: the PEM of certificate and key.
    /// Speakers pin it: they learn it from the server, signed.
    pub fn make(names: &[String]) -> Result<(String, String), TlsError> {
        let made = rcgen::generate_simple_self_signed(names)?;
        Ok((made.cert.pem(), made.signing_key.serialize_pem()))
    }

    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(self.0.clone())
    }
}
