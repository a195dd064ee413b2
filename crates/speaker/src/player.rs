//! Plays what is due, by the server's time, from disk; the network has no part in it.

use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use loa_air::{Outcome, Priority, Reason, State, What};

use crate::cue::{self, Cue};
use crate::decode::{Block, Decoding};
use crate::device::Device;
use crate::folder::FolderError;
use crate::journal::Play;
use crate::output::{Output, OutputError, Stream};
use crate::rounds::Bell;
use crate::tone;

/// How often the manifest is looked at when nothing is due.
const LOOK: Duration = Duration::from_millis(250);
/// The loudspeaker is free for so long at least when a test tone begins.
const FREE: Duration = Duration::from_secs(15);
/// How often a running playing is written down.
const BEAT: TimeDelta = TimeDelta::seconds(5);
/// A sound that ends this little after its slot is not cut: encoders add some milliseconds.
const GRACE: TimeDelta = TimeDelta::milliseconds(500);
/// Below this level (-60 dB of full scale) nothing is to be heard.
const AUDIBLE: f32 = 0.001;

/// Plays for ever.
pub fn play_on(device: &Device, output: &Output, bell: &Sender<Bell>) -> Result<(), FolderError> {
    loop {
        let wait = step(device, output, bell)?;
        device.time.sleep(wait);
    }
}

/// Does what is due and says how long nothing more is.
pub(crate) fn step(
    device: &Device,
    output: &Output,
    bell: &Sender<Bell>,
) -> Result<Duration, FolderError> {
    let Some(manifest) = device.manifest() else {
        sound_tone(device, output, bell, || false)?;
        return Ok(LOOK);
    };
    let now = device.time.now();
    let begun = |slot, delivery| device.journal.begun(slot, delivery);
    for cue in cue::missed(&manifest, now, device.identity.enrolled_at, begun) {
        let why = if device.sounds.holds(&cue.item.sha256) {
            "the speaker was not running, or on the air with something else, for the whole slot"
        } else if device.has_room(cue.item.bytes) {
            "the sound did not arrive before the slot ended"
        } else {
            "there was no room for the sound on the disk"
        };
        let play = Play {
            why_not: Some(why.to_owned()),
            ..begin(device, &cue, manifest.version)
        };
        // First in the journal: or a power cut after the receipt makes another one.
        device.journal.write(&play)?;
        device.close(&play, now, Outcome::Failed, play.why_not.clone())?;
        let _ = bell.send(Bell::Tell);
    }
    let Some(cue) = cue::due(&manifest, now, begun, |sha256| device.sounds.holds(sha256)) else {
        let next = cue::next_start(&manifest, now).and_then(|start| (start - now).to_std().ok());
        if next.is_none_or(|next| next > FREE) {
            sound_tone(device, output, bell, || anything_due(device))?;
        }
        return Ok(next.map_or(LOOK, |next| next.min(LOOK)));
    };
    if !device.sounds.still_fits(&cue.item.sha256) {
        device.sounds.drop(&cue.item.sha256)?;
        let detail = format!(
            "the copy kept of {} was changed on the disk",
            cue.item.sha256
        );
        device.refuse(What::Sound, Reason::WrongHash, detail)?;
        let _ = bell.send(Bell::Tell);
        return Ok(Duration::ZERO);
    }
    if let Err(error) = device.sounds.use_now(&cue.item.sha256, now.into()) {
        // It only says what may go first when room is needed.
        tracing::warn!(%error, "the use of a sound is not noted");
    }
    device.set_state(State::Playing);
    let played = play(device, output, &cue, manifest.version);
    device.set_state(State::Idle);
    let _ = bell.send(Bell::Tell);
    played.map(|()| Duration::ZERO)
}

/// Sounds the test tone that was ordered, if any; it never stands in the way of what is to be said.
fn sound_tone(
    device: &Device,
    output: &Output,
    bell: &Sender<Bell>,
    wanted: impl Fn() -> bool,
) -> Result<(), FolderError> {
    let Some(tone) = device.tone_due(device.time.now()) else {
        return Ok(());
    };
    device.note_tone(&tone)?;
    tracing::info!(tone.id, tone.seconds, "test tone");
    if let Err(error) = tone::sound(device, output, &tone, wanted) {
        tracing::warn!(%error, "the test tone was not heard");
    }
    let _ = bell.send(Bell::Tell);
    Ok(())
}

fn anything_due(device: &Device) -> bool {
    let begun = |slot, delivery| device.journal.begun(slot, delivery);
    let holds = |sha256: &str| device.sounds.holds(sha256);
    device
        .manifest()
        .is_some_and(|manifest| cue::due(&manifest, device.time.now(), begun, holds).is_some())
}

fn begin(device: &Device, cue: &Cue, manifest_version: i64) -> Play {
    let now = device.time.now();
    Play {
        delivery: cue.item.delivery,
        ended: false,
        lateness_ms: (now - cue.planned_at).num_milliseconds(),
        manifest_version,
        receipt: device.fresh_id("r", now),
        seen_at: now,
        sha256: cue.item.sha256.clone(),
        slot: cue.slot,
        started_at: now,
        why_not: None,
    }
}

fn play(device: &Device, output: &Output, cue: &Cue, version: i64) -> Result<(), FolderError> {
    let mut play = begin(device, cue, version);
    device.journal.write(&play)?;
    tracing::info!(
        cue.slot,
        cue.item.delivery,
        cue.item.title,
        play.lateness_ms,
        "on the air"
    );
    let mut on_air = OnAir {
        device,
        cue,
        play: &mut play,
        stream: None,
        peak: 0.0,
        frames: 0,
        began: Duration::ZERO,
    };
    let (outcome, detail) = match on_air.run(output) {
        Ok(End::Silent) => (
            Outcome::Silent,
            Some("nothing in the sound is louder than -60 dB".to_owned()),
        ),
        Ok(End::Whole) => (Outcome::Whole, None),
        Ok(End::Cut(why)) => (Outcome::Cut, Some(why)),
        Err(error) => {
            let outcome = if on_air.frames == 0 {
                Outcome::Failed
            } else {
                Outcome::Cut
            };
            (outcome, Some(error.to_string()))
        }
    };
    device.close(&play, device.time.now(), outcome, detail)
}

enum End {
    Whole,
    Silent,
    Cut(String),
}

#[derive(Debug, thiserror::Error)]
enum PlayError {
    #[error(transparent)]
    Decode(#[from] crate::decode::DecodeError),
    #[error(transparent)]
    Output(#[from] OutputError),
    #[error(transparent)]
    Folder(#[from] FolderError),
}

struct OnAir<'a> {
    device: &'a Device,
    cue: &'a Cue,
    play: &'a mut Play,
    stream: Option<Stream>,
    peak: f32,
    frames: u64,
    began: Duration,
}

impl OnAir<'_> {
    fn run(&mut self, output: &Output) -> Result<End, PlayError> {
        let mut sound = Decoding::open(&self.device.sounds.path(&self.cue.item.sha256))?;
        let mut block = Block::default();
        let mut rate = 0;
        while sound.next(&mut block)? {
            if self.stream.is_none() {
                self.start(output, &block)?;
                rate = block.rate;
            }
            if let Some(why) = self.interrupted() {
                if let Some(stream) = self.stream.take() {
                    stream.stop()?;
                }
                return Ok(End::Cut(why));
            }
            self.hand_over(&block)?;
            self.pace(rate)?;
        }
        if let Some(stream) = self.stream.take() {
            stream.finish()?;
        }
        let played_ms = if rate == 0 {
            0
        } else {
            self.frames * 1_000 / u64::from(rate)
        };
        if played_ms + 1_000 < self.cue.item.duration_ms {
            return Ok(End::Cut(format!(
                "the sound ended after {played_ms} of {} ms",
                self.cue.item.duration_ms
            )));
        }
        Ok(if self.peak < AUDIBLE {
            End::Silent
        } else {
            End::Whole
        })
    }

    fn start(&mut self, output: &Output, block: &Block) -> Result<(), PlayError> {
        let name = format!("{}-{}", self.cue.slot, self.cue.item.delivery);
        self.stream = Some(output.open(&name, block.rate, block.channels)?);
        self.began = self.device.time.monotonic();
        self.play.started_at = self.device.time.now();
        self.play.lateness_ms = (self.play.started_at - self.cue.planned_at).num_milliseconds();
        Ok(())
    }

    fn hand_over(&mut self, block: &Block) -> Result<(), PlayError> {
        let gain = f32::from(self.device.volume()) / 100.0;
        let mut bytes = Vec::with_capacity(block.samples.len() * 2);
        for sample in &block.samples {
            self.peak = self.peak.max(sample.abs());
            bytes.extend_from_slice(&sixteen_bits(sample * gain).to_le_bytes());
        }
        self.frames += (block.samples.len() / usize::from(block.channels.max(1))) as u64;
        if let Some(stream) = &mut self.stream {
            stream.write(&bytes)?;
        }
        Ok(())
    }

    /// Keeps to real time, whatever the output, and writes down now and then that it still plays.
    fn pace(&mut self, rate: u32) -> Result<(), PlayError> {
        let handed_over = Duration::from_micros(self.frames * 1_000_000 / u64::from(rate.max(1)));
        let lead = self.stream.as_ref().map(Stream::lead).unwrap_or_default();
        let until = (self.began + handed_over).saturating_sub(lead);
        self.device
            .time
            .sleep(until.saturating_sub(self.device.time.monotonic()));
        let now = self.device.time.now();
        if now - self.play.seen_at >= BEAT {
            self.play.seen_at = now;
            self.device.journal.write(self.play)?;
        }
        Ok(())
    }

    /// Why it must not go on.
    fn interrupted(&self) -> Option<String> {
        let now: DateTime<Utc> = self.device.time.now();
        if now >= self.cue.ends_at + GRACE {
            return Some("the slot ended".to_owned());
        }
        let manifest: Arc<_> = self.device.manifest()?;
        if now < self.cue.ends_at && !cue::names(&manifest, self.cue) {
            return Some("it was taken back".to_owned());
        }
        if self.cue.priority == Priority::Urgent {
            return None;
        }
        let device = self.device;
        let begun = |slot, delivery| device.journal.begun(slot, delivery);
        let next = cue::due(&manifest, now, begun, |sha256| device.sounds.holds(sha256))?;
        (next.priority == Priority::Urgent).then(|| "an urgent message went first".to_owned())
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "clamped to the range of 16 bits"
)]
pub(crate) fn sixteen_bits(sample: f32) -> i16 {
    (sample.clamp(-1.0, 1.0) * f32::from(i16::MAX)).round() as i16
}
