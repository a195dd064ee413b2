//! Urgent manifests: they come over the broker, and hold until the manifest has caught up.

use loa_air::{Expected, Manifest, Reason, Signed, What, verify_urgent};

use super::{Device, named, read};
use crate::folder::{self, FolderError};

const KEPT: &str = "urgent.json";
const MARK: &str = "urgent-version.json";

impl Device {
    /// Takes an urgent manifest as it came, or refuses it: the refusal is kept for the server. Answers
    /// whether it was new.
    pub fn accept_urgent(&self, body: &[u8]) -> Result<Result<bool, Reason>, FolderError> {
        let newest = self.asked().newest();
        let last: i64 = folder::read_json(&self.data.join(MARK))?.unwrap_or(0);
        let expected = Expected {
            area: self.identity.area,
            last_version: self.highest()?.max(last),
            now: self.time.now(),
        };
        match read(body).and_then(|signed| self.check_urgent(&signed, expected)) {
            // The same one again, or the manifest was quicker.
            Ok(urgent) if urgent.version <= newest => Ok(Ok(false)),
            Ok(urgent) => {
                self.reserve
                    .write_json(&self.data.join(MARK), &urgent.version)?;
                self.reserve.write(&self.data.join(KEPT), body)?;
                let slots = urgent.slots.len();
                tracing::info!(urgent.version, slots, "an urgent manifest came");
                self.asked_mut().take_urgent(urgent);
                Ok(Ok(true))
            }
            Err(reason) => {
                let detail = format!(
                    "{reason}; urgent; the last one accepted was v{}",
                    expected.last_version
                );
                self.refuse(What::Manifest, reason, detail)?;
                Ok(Err(reason))
            }
        }
    }

    /// Reads the kept one, unless the manifest has caught up with it.
    pub(super) fn recall_urgent(&self) -> Result<(), FolderError> {
        let check = |signed: &Signed, expected| self.check_urgent(signed, expected);
        if let Some(urgent) = self.recalled(KEPT, "urgent; ", check)? {
            self.asked_mut().take_urgent(urgent);
        }
        Ok(())
    }

    fn check_urgent(&self, signed: &Signed, expected: Expected) -> Result<Manifest, Reason> {
        named(verify_urgent(signed, &self.server, expected)?)
    }
}
