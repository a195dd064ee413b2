//! Where the sound goes: a sound card, a WAV file, or nowhere.

use std::fs::File;
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::str::FromStr;
use std::time::Duration;

/// An output that does not take the sound.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// aplay is not there.
    #[error(
        "the program aplay was not found; install alsa-utils, or choose another output (--out)"
    )]
    NoAplay,
    /// It ended with an error.
    #[error("aplay gave up ({0}); `aplay -L` lists the devices for --out alsa:DEVICE")]
    Aplay(String),
    /// A file or pipe.
    #[error("the sound cannot be written: {0}")]
    Io(#[from] std::io::Error),
}

/// A choice of output: `alsa`, `alsa:DEVICE`, `file:PATH` or `null`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// By aplay, on a device or the default one.
    Alsa(Option<String>),
    /// `….wav` holds what was played last; a folder holds a file of each playing.
    File(PathBuf),
    /// Decoded, timed, not heard.
    Null,
}

impl FromStr for Output {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once(':') {
            None if text == "alsa" => Ok(Self::Alsa(None)),
            None if text == "null" => Ok(Self::Null),
            Some(("alsa", device)) if !device.is_empty() => Ok(Self::Alsa(Some(device.to_owned()))),
            Some(("file", path)) if !path.is_empty() => Ok(Self::File(path.into())),
            _ => Err("expected alsa, alsa:DEVICE, file:PATH.wav, file:FOLDER or null".to_owned()),
        }
    }
}

impl Output {
    /// Opens it for one sound, called `name` where it makes a file.
    pub fn open(&self, name: &str, rate: u32, channels: u16) -> Result<Stream, OutputError> {
        match self {
            Self::Alsa(device) => {
                let mut aplay = Command::new("aplay");
                aplay.args([
                    "-q",
                    "-t",
                    "raw",
                    "-f",
                    "S16_LE",
                    "-r",
                    &rate.to_string(),
                    "-c",
                    &channels.to_string(),
                ]);
                if let Some(device) = device {
                    aplay.args(["-D", device]);
                }
                aplay
                    .stdin(Stdio::piped())
                    .stdout(Stdio::null())
                    .stderr(Stdio::inherit());
                aplay
                    .spawn()
                    .map(Stream::Aplay)
                    .map_err(|error| match error.kind() {
                        std::io::ErrorKind::NotFound => OutputError::NoAplay,
                        _ => OutputError::Io(error),
                    })
            }
            Self::File(path)
                if path
                    .extension()
                    .is_some_and(|end| end.eq_ignore_ascii_case("wav")) =>
            {
                Stream::wav(path, rate, channels)
            }
            Self::File(folder) => {
                std::fs::create_dir_all(folder)?;
                Stream::wav(&folder.join(format!("{name}.wav")), rate, channels)
            }
            Self::Null => Ok(Stream::Null),
        }
    }
}

/// An open output.
pub enum Stream {
    /// A running aplay.
    Aplay(Child),
    /// A WAV file of so many bytes of samples.
    Wav(BufWriter<File>, u32),
    /// Nothing.
    Null,
}

impl Stream {
    /// How far ahead of the clock samples are handed over, so that a sound card never waits.
    pub fn lead(&self) -> Duration {
        Duration::from_millis(if matches!(self, Self::Aplay(_)) {
            400
        } else {
            0
        })
    }

    /// Takes samples: 16 bits, little-endian, interleaved.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), OutputError> {
        match self {
            Self::Aplay(aplay) => {
                let written = aplay
                    .stdin
                    .as_mut()
                    .map_or(Ok(()), |pipe| pipe.write_all(bytes));
                written.map_err(|error| match aplay.wait() {
                    Ok(status) => OutputError::Aplay(status.to_string()),
                    Err(_) => OutputError::Io(error),
                })
            }
            Self::Wav(file, length) => {
                file.write_all(bytes)?;
                *length = length.saturating_add(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
                Ok(())
            }
            Self::Null => Ok(()),
        }
    }

    /// Lets everything be heard, then closes.
    pub fn finish(self) -> Result<(), OutputError> {
        match self {
            Self::Aplay(mut aplay) => {
                drop(aplay.stdin.take());
                let status = aplay.wait()?;
                if status.success() {
                    Ok(())
                } else {
                    Err(OutputError::Aplay(status.to_string()))
                }
            }
            Self::Wav(file, length) => close(file, length),
            Self::Null => Ok(()),
        }
    }

    /// Is silent at once, and closes.
    pub fn stop(self) -> Result<(), OutputError> {
        match self {
            Self::Aplay(mut aplay) => {
                aplay.kill()?;
                aplay.wait()?;
                Ok(())
            }
            other => other.finish(),
        }
    }

    fn wav(path: &Path, rate: u32, channels: u16) -> Result<Self, OutputError> {
        let mut file = BufWriter::new(File::create(path)?);
        let frame = channels.saturating_mul(2);
        file.write_all(b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0")?;
        file.write_all(&channels.to_le_bytes())?;
        file.write_all(&rate.to_le_bytes())?;
        file.write_all(&rate.saturating_mul(u32::from(frame)).to_le_bytes())?;
        file.write_all(&frame.to_le_bytes())?;
        file.write_all(b"\x10\0data\0\0\0\0")?;
        Ok(Self::Wav(file, 0))
    }
}

/// Writes the two lengths of the header, known only now.
fn close(mut file: BufWriter<File>, length: u32) -> Result<(), OutputError> {
    file.seek(SeekFrom::Start(4))?;
    file.write_all(&length.saturating_add(36).to_le_bytes())?;
    file.seek(SeekFrom::Start(40))?;
    file.write_all(&length.to_le_bytes())?;
    file.flush()?;
    Ok(())
}
