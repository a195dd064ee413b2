//! One commune, one loudspeaker, and the real program as a process.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use loa_air::{Item, Manifest, Priority, SecretKey, Signed, Slot, sign_manifest};
use mp3lame_encoder::{Builder, FlushNoGap, MonoPcm, max_required_buffer_size};
use sha2::{Digest, Sha256};

use crate::server::Server;

pub const AREA: i64 = 3;
pub const SPEAKER: i64 = 17;

#[expect(
    clippy::disallowed_methods,
    reason = "the process under test lives by the real clock"
)]
pub fn now() -> DateTime<Utc> {
    DateTime::from_timestamp_millis(Utc::now().timestamp_millis()).unwrap()
}

pub fn server_key() -> SecretKey {
    SecretKey::from_seed(&[42; 32])
}

pub struct World {
    pub server: Server,
    folder: tempfile::TempDir,
    running: Option<Child>,
}

impl World {
    /// A server, and a speaker enrolled with it.
    pub fn enrolled() -> Self {
        let world = Self {
            server: Server::start(),
            folder: tempfile::tempdir().unwrap(),
            running: None,
        };
        let done = world.enrol("MA-2026");
        assert!(done.status.success(), "{done:?}");
        world
    }

    pub fn enrol(&self, code: &str) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_loa-speaker"));
        command.args([
            "enrol",
            "--server",
            &self.server.url,
            "--code",
            code,
            "--name",
            "Loa thôn 1",
            "--data",
        ]);
        command.arg(self.data()).output().unwrap()
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("speaker")
    }

    pub fn wav(&self, slot: i64, delivery: i64) -> PathBuf {
        self.folder
            .path()
            .join("heard")
            .join(format!("{slot}-{delivery}.wav"))
    }

    /// Runs, and what is heard becomes files.
    pub fn run(&mut self) {
        let out = format!("file:{}", self.folder.path().join("heard").display());
        self.start(self.command(&out));
    }

    /// The same, and asks its server only once an hour.
    pub fn run_slowly(&mut self) {
        let out = format!("file:{}", self.folder.path().join("heard").display());
        self.start(self.command_every(&out, "3600"));
    }

    /// Runs with its folder on a disk of so many MB that only it sees, and says where that disk is seen from
    /// here. Needs a machine that lets one mount.
    pub fn run_on_disk_of(&mut self, megabytes: u32) -> PathBuf {
        let data = self.data();
        let script = r#"cp -a "$1" "$1.kept" && mount -t tmpfs -o "size=$2m" tmpfs "$1" && cp -a "$1.kept/." "$1/"             && exec "$3" run --poll 1 --out null --data "$1""#;
        let mut command = Command::new("unshare");
        command.args(["-rm", "sh", "-c", script, "sh"]);
        command.arg(&data).arg(megabytes.to_string());
        command.arg(env!("CARGO_BIN_EXE_loa-speaker"));
        self.start(command);
        let running = self.running.as_ref().unwrap().id();
        let disk = PathBuf::from(format!("/proc/{running}/root{}", data.display()));
        until("it runs on its own disk", || disk.join("sounds").exists());
        disk
    }

    /// Signs and offers a manifest.
    pub fn offer_manifest(&self, manifest: &Manifest) {
        self.offer(manifest.version, &sign_manifest(&server_key(), manifest));
    }

    /// Receipts that the server did not acknowledge yet.
    pub fn waiting_receipts(&self) -> usize {
        let folder = std::fs::read_dir(self.data().join("receipts"));
        folder.map_or(0, Iterator::count)
    }

    /// Runs with a sound card, on a machine where no program is installed.
    pub fn run_without_aplay(&mut self) {
        let mut command = self.command("alsa");
        command.env("PATH", self.folder.path());
        self.start(command);
    }

    fn command(&self, out: &str) -> Command {
        self.command_every(out, "1")
    }

    fn command_every(&self, out: &str, poll: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_loa-speaker"));
        command
            .args(["run", "--poll", poll, "--out", out, "--data"])
            .arg(self.data());
        command
    }

    fn start(&mut self, mut command: Command) {
        self.running = Some(command.stdout(Stdio::null()).spawn().unwrap());
    }

    /// SIGKILL: what a power cut is to a program.
    pub fn kill(&mut self) {
        if let Some(mut running) = self.running.take() {
            running.kill().unwrap();
            running.wait().unwrap();
        }
    }

    pub fn resident_kb(&self) -> u64 {
        let status = format!("/proc/{}/status", self.running.as_ref().unwrap().id());
        let status = std::fs::read_to_string(status).unwrap();
        let peak = status
            .lines()
            .find(|line| line.starts_with("VmHWM"))
            .unwrap();
        peak.split_whitespace().nth(1).unwrap().parse().unwrap()
    }

    /// Puts a sound on the server and gives its item.
    pub fn sound(&self, delivery: i64, mp3: Vec<u8>, duration_ms: u64) -> Item {
        let sha256 = hex::encode(Sha256::digest(&mp3));
        let bytes = mp3.len() as u64;
        self.server.desk().sounds.insert(sha256.clone(), mp3);
        Item {
            bytes,
            delivery,
            duration_ms,
            lufs: -16.0,
            sha256,
            title: "Thông báo".into(),
        }
    }

    /// Offers bytes as the manifest.
    pub fn offer(&self, version: i64, signed: &Signed) {
        self.server.desk().manifest = Some((version, serde_json::to_vec(signed).unwrap()));
    }

    /// Signs and offers a manifest of one slot from `start` on, for `seconds`.
    pub fn schedule(
        &self,
        version: i64,
        slot: i64,
        start: DateTime<Utc>,
        seconds: i64,
        items: Vec<Item>,
    ) {
        self.offer_manifest(&of_slot(version, slot, start, seconds, items));
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.kill();
    }
}

pub fn of_slot(
    version: i64,
    id: i64,
    starts_at: DateTime<Utc>,
    seconds: i64,
    items: Vec<Item>,
) -> Manifest {
    let ends_at = starts_at + TimeDelta::seconds(seconds);
    let slots = vec![Slot {
        ends_at,
        id,
        items,
        priority: Priority::Ordinary,
        starts_at,
    }];
    Manifest {
        area: AREA,
        issued_at: now(),
        slots,
        valid_until: now() + TimeDelta::hours(72),
        version,
    }
}

/// Waits until something holds; how long it takes is not what is tested.
pub fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(
            began.elapsed() < Duration::from_mins(1),
            "did not come: {what}"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// A tone, or silence at level 0.
pub fn mp3(milliseconds: u64, level: f32) -> Vec<u8> {
    let frames = usize::try_from(milliseconds * 441 / 10).unwrap();
    let mut phase = 0.0_f32;
    let samples: Vec<f32> = std::iter::repeat_with(|| {
        phase = (phase + 0.0627) % std::f32::consts::TAU;
        level * phase.sin()
    })
    .take(frames)
    .collect();
    let builder = Builder::new()
        .unwrap()
        .with_num_channels(1)
        .unwrap()
        .with_sample_rate(44_100)
        .unwrap();
    let mut encoder = builder.build().unwrap();
    let mut mp3 = Vec::with_capacity(max_required_buffer_size(samples.len()) + 7_200);
    encoder.encode_to_vec(MonoPcm(&samples), &mut mp3).unwrap();
    mp3.reserve(7_200);
    encoder.flush_to_vec::<FlushNoGap>(&mut mp3).unwrap();
    mp3
}

/// How long a WAV of one channel of 44.1 kHz is, and its loudest sample.
pub fn heard(path: &Path) -> (u64, i16) {
    let wav = std::fs::read(path).unwrap();
    assert_eq!((&wav[..4], &wav[8..16]), (&b"RIFF"[..], &b"WAVEfmt "[..]));
    assert_eq!(
        u32::from_le_bytes(wav[40..44].try_into().unwrap()) as usize,
        wav.len() - 44
    );
    let samples = wav[44..]
        .chunks_exact(2)
        .map(|pair| i16::from_le_bytes([pair[0], pair[1]]));
    (
        (wav.len() as u64 - 44) / 2 * 1_000 / 44_100,
        samples.map(i16::saturating_abs).max().unwrap_or(0),
    )
}
