//! Fetching the sounds of the manifest: what is said soonest comes first, and on a small disk what is said
//! later makes way for it.

use std::collections::{HashMap, HashSet};
use std::io::{Read, Write};
use std::path::Path;
use std::time::Duration;

use loa_air::{Item, Manifest, Reason, What};

use crate::client::Client;
use crate::device::Device;
use crate::folder::{self, FolderError};
use crate::rounds::RoundError;

/// A sound with a wrong hash is asked for again after this long, doubling up to an hour.
const RETRY: Duration = Duration::from_secs(30);
/// Sounds that no manifest names any more are kept up to so many bytes: some three hours.
const LEFTOVERS: u64 = 200 << 20;

/// What went wrong so far.
#[derive(Default)]
pub(crate) struct Downloads {
    // Sounds that came wrong: when to ask again, and how long to wait after that.
    wrong: HashMap<String, (Duration, Duration)>,
}

impl Downloads {
    /// Fetches what is missing, and throws away what is not needed.
    pub fn fetch(&mut self, device: &Device, client: &Client) -> Result<(), RoundError> {
        let Some(manifest) = device.manifest() else {
            return Ok(());
        };
        let items = to_come(device, &manifest);
        let mut result = Ok(());
        for (place, item) in items.iter().enumerate() {
            if device.sounds.holds(&item.sha256) || !self.may_ask(device, &item.sha256) {
                continue;
            }
            if make_room(device, &manifest, &items, place)? {
                result = result.and(self.fetch_one(device, client, item));
            } else {
                tracing::warn!(sound = item.sha256, item.bytes, "no room on the disk");
            }
        }
        device.sounds.tidy(&named(&manifest), LEFTOVERS)?;
        result
    }

    fn fetch_one(
        &mut self,
        device: &Device,
        client: &Client,
        item: &Item,
    ) -> Result<(), RoundError> {
        let path = device.sounds.path(&item.sha256);
        let (mut part, mut have) = device.sounds.part(&item.sha256)?;
        let resumed = have > 0;
        if have < item.bytes {
            let (status, body) = client.sound(device, &item.sha256, have)?;
            if status != 206 && resumed {
                part.set_len(0).map_err(folder::at(&path))?;
                have = 0;
            }
            if status != 416 {
                // One byte more than signed is enough to know that it is another sound.
                let most = (item.bytes - have).saturating_add(1);
                copy(&mut body.take(most), &mut part, &item.sha256)?;
            }
            have = part.metadata().map_err(folder::at(&path))?.len();
        }
        part.flush().map_err(folder::at(&path))?;
        if have < item.bytes {
            // The rest comes with the next round, from here on.
            return Ok(());
        }
        if have == item.bytes && device.sounds.take(&item.sha256)? {
            tracing::info!(sound = item.sha256, item.bytes, "sound held");
            self.wrong.remove(&item.sha256);
            return Ok(());
        }
        device.sounds.drop_part(&item.sha256)?;
        if resumed {
            // Two halves of different origin: before it is called a forgery it is fetched whole.
            return Ok(());
        }
        let wait = self
            .wrong
            .get(&item.sha256)
            .map_or(RETRY, |(_, wait)| (*wait * 2).min(Duration::from_hours(1)));
        let again = device.time.monotonic() + wait;
        self.wrong.insert(item.sha256.clone(), (again, wait));
        let detail = format!("{}: {have} bytes came that are another sound", item.sha256);
        Ok(device.refuse(What::Sound, Reason::WrongHash, detail)?)
    }

    fn may_ask(&self, device: &Device, sha256: &str) -> bool {
        let wrong = self.wrong.get(sha256);
        wrong.is_none_or(|(after, _)| device.time.monotonic() >= *after)
    }
}

/// The items of slots that are not over, in the order of their time.
fn to_come<'a>(device: &Device, manifest: &'a Manifest) -> Vec<&'a Item> {
    let now = device.time.now();
    let slots = manifest.slots.iter();
    let mut slots: Vec<_> = slots.filter(|slot| slot.ends_at > now).collect();
    slots.sort_by_key(|slot| slot.starts_at);
    slots.into_iter().flat_map(|slot| &slot.items).collect()
}

/// All sounds that the manifest names, of slots that are over today too.
fn named(manifest: &Manifest) -> HashSet<&str> {
    let items = manifest.slots.iter().flat_map(|slot| &slot.items);
    items.map(|item| item.sha256.as_str()).collect()
}

/// Makes room for the item at a place, and says whether there is enough: first goes what no manifest
/// names, the least recently used before others, then what is said later, the latest before others.
/// Nothing is thrown away for what has no room even then.
fn make_room(
    device: &Device,
    manifest: &Manifest,
    items: &[&Item],
    place: usize,
) -> Result<bool, FolderError> {
    let have = device.sounds.part_bytes(&items[place].sha256);
    let needed = items[place].bytes.saturating_sub(have);
    if device.has_room(needed) {
        return Ok(true);
    }
    let mut spared: HashSet<&str> = items[..=place]
        .iter()
        .map(|item| item.sha256.as_str())
        .collect();
    let mut victims = device.sounds.unwanted(&named(manifest))?;
    for item in items[place + 1..].iter().rev() {
        if device.sounds.holds(&item.sha256) && spared.insert(&item.sha256) {
            victims.push((item.sha256.clone(), item.bytes));
        }
    }
    let freed = victims.iter().map(|(_, bytes)| bytes).sum();
    if !device.would_have_room(needed, freed) {
        return Ok(false);
    }
    for (sha256, _) in victims {
        device.sounds.drop(&sha256)?;
        if device.has_room(needed) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Copies what comes. A connection that breaks leaves what came, for the next round.
fn copy(body: &mut impl Read, part: &mut std::fs::File, sha256: &str) -> Result<(), FolderError> {
    let mut block = [0; 16 * 1024];
    loop {
        match body.read(&mut block) {
            Ok(0) => return Ok(()),
            Ok(read) => part
                .write_all(&block[..read])
                .map_err(folder::at(Path::new(sha256)))?,
            Err(error) => {
                tracing::warn!(sound = sha256, %error, "the connection broke; the rest comes later");
                return Ok(());
            }
        }
    }
}
