//! What the server asked for: the manifest, and what is urgent beside it.

use std::sync::Arc;

use loa_air::Manifest;

/// Both, and what is played by.
#[derive(Default)]
pub(crate) struct Asked {
    manifest: Option<Arc<Manifest>>,
    urgent: Option<Arc<Manifest>>,
    pub(crate) plan: Option<Arc<Manifest>>,
}

impl Asked {
    /// A manifest that was accepted.
    pub(crate) fn take(&mut self, manifest: Manifest) {
        self.manifest = Some(Arc::new(manifest));
        self.weigh();
    }

    /// An urgent manifest that was accepted.
    pub(crate) fn take_urgent(&mut self, urgent: Manifest) {
        self.urgent = Some(Arc::new(urgent));
        self.weigh();
    }

    /// Of the manifest; 0 before the first.
    pub(crate) fn version(&self) -> i64 {
        self.manifest.as_ref().map_or(0, |held| held.version)
    }

    /// Of the newer of both; 0 before the first.
    pub(crate) fn newest(&self) -> i64 {
        let urgent = self.urgent.as_ref().map_or(0, |held| held.version);
        urgent.max(self.version())
    }

    /// An urgent manifest holds until the manifest of its version is there, or a newer one: that has
    /// the same urgent slots, or says that they are over.
    fn weigh(&mut self) {
        let version = self.version();
        self.urgent = self.urgent.take().filter(|held| held.version > version);
        self.plan = match (&self.manifest, &self.urgent) {
            (manifest, None) => manifest.clone(),
            (None, urgent) => urgent.clone(),
            (Some(manifest), Some(urgent)) => Some(Arc::new(with(manifest, urgent))),
        };
    }
}

/// The manifest with other urgent slots.
fn with(manifest: &Manifest, urgent: &Manifest) -> Manifest {
    let others = manifest.slots.iter();
    let others = others.filter(|slot| slot.priority != loa_air::Priority::Urgent);
    let mut slots: Vec<_> = others.chain(&urgent.slots).cloned().collect();
    slots.sort_by_key(|slot| slot.starts_at);
    Manifest {
        area: urgent.area,
        issued_at: urgent.issued_at,
        slots,
        valid_until: urgent.valid_until,
        version: urgent.version,
    }
}
