//! Secrets at rest: encrypted with a key that lies beside the store, not in it, so that a copy of
//! the database alone gives nothing away.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::Aead;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};

use crate::clock::{Chance, random};

/// Encrypts and decrypts with the installation's key.
pub struct Secrets(XChaCha20Poly1305);

impl Secrets {
    /// The key of a data folder (`secret.key`, readable by its owner only); made on first use.
    pub fn of(data: &Path, chance: &dyn Chance) -> anyhow::Result<Self> {
        let path = data.join("secret.key");
        let key: [u8; 32] = match std::fs::read(&path) {
            Ok(bytes) => bytes.try_into().ok().with_context(|| {
                format!(
                    "{} is not a key of 32 bytes: restore it from the backup",
                    path.display()
                )
            })?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                make_key(data, &path, chance)?
            }
            Err(error) => bail!("{} cannot be read ({error})", path.display()),
        };
        Ok(Self(XChaCha20Poly1305::new(&key.into())))
    }

    /// Encrypts.
    pub fn seal(&self, secret: &[u8], chance: &dyn Chance) -> anyhow::Result<String> {
        let nonce: [u8; 24] = random(chance);
        let sealed = self
            .0
            .encrypt(&XNonce::from(nonce), secret)
            .map_err(|_| anyhow::anyhow!("a secret could not be encrypted"))?;
        Ok(STANDARD.encode([nonce.as_slice(), &sealed].concat()))
    }

    /// Decrypts.
    pub fn open(&self, sealed: &str) -> anyhow::Result<Vec<u8>> {
        let bytes = STANDARD.decode(sealed).context("a secret is not base64")?;
        let (nonce, sealed) = bytes
            .split_at_checked(24)
            .context("a secret is cut short")?;
        let nonce: [u8; 24] = nonce.try_into().context("a secret is cut short")?;
        self.0.decrypt(&XNonce::from(nonce), sealed).map_err(|_| {
            anyhow::anyhow!(
                "a secret was not encrypted with this secret.key: restore the right one"
            )
        })
    }
}

fn make_key(data: &Path, path: &Path, chance: &dyn Chance) -> anyhow::Result<[u8; 32]> {
    use std::os::unix::fs::OpenOptionsExt;
    std::fs::create_dir_all(data)?;
    let key: [u8; 32] = random(chance);
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(&key)?;
    file.sync_all()?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemChance;

    #[test]
    fn what_is_sealed_opens_only_with_the_same_key() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let secrets = Secrets::of(one.path(), &SystemChance).unwrap();
        let sealed = secrets.seal(b"bi mat", &SystemChance).unwrap();
        assert!(!sealed.contains("bi mat"));
        let again = Secrets::of(one.path(), &SystemChance).unwrap();
        assert_eq!(again.open(&sealed).unwrap(), b"bi mat");
        assert!(
            Secrets::of(other.path(), &SystemChance)
                .unwrap()
                .open(&sealed)
                .is_err()
        );
    }
}
