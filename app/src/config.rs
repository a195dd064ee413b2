//! Settings: typed sections, and defaults that run with no file at all.

use std::path::{Path, PathBuf};

use serde::Deserialize;

/// Everything that can be set, from `loa.toml` in the data folder, then the command line.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where the data is.
    pub data: PathBuf,
    /// `postgres://…`, or nothing for a file in the data folder.
    pub database: Option<String>,
    /// The web server.
    pub web: WebConfig,
    /// The voice that reads radio scripts.
    pub voice: VoiceConfig,
    /// What goes on the air, and when not.
    pub air: AirConfig,
    /// What carries news to loudspeakers at once.
    pub broker: BrokerConfig,
    /// The mail server for reminders.
    pub mail: MailConfig,
    /// Where this program asks other servers.
    pub outside: OutsideConfig,
    /// Warnings of others.
    pub warnings: WarningsConfig,
    /// The map of loudspeakers.
    pub map: MapConfig,
}

/// The map of loudspeakers. It is drawn by this program; a tile server may lie under it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MapConfig {
    /// Such as `https://tiles.example.vn/{z}/{x}/{y}.png`, in Web Mercator; the pages of the map load its pictures.
    pub tiles: Option<String>,
    /// Whose map it is, as its licence wants it said.
    pub source: String,
}

impl MapConfig {
    /// Of the tile server: `https://tiles.example.vn`.
    pub fn origin(&self) -> Option<String> {
        let url = reqwest::Url::parse(self.tiles.as_deref()?).ok()?;
        let origin = url.origin();
        origin.is_tuple().then(|| origin.ascii_serialization())
    }
}

/// Warnings of others (Common Alerting Protocol).
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WarningsConfig {
    /// The program that checks their signatures.
    pub checker: PathBuf,
}

/// Where this program asks other servers by addresses that people type in.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OutsideConfig {
    /// Addresses of the own network that may be asked, such as `10.1.2.3` of the agency's web server.
    /// Public ones always may.
    pub private: Vec<std::net::IpAddr>,
    /// Folders of this machine in which outlets may have folders of theirs, such as that of a station's
    /// playout; without any there are none.
    pub folders: Vec<PathBuf>,
}

/// The web server.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WebConfig {
    /// Address and port to listen on.
    pub listen: String,
    /// What people type to get here; also what loudspeakers are told.
    pub url: Option<String>,
}

/// The voice that reads radio scripts.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct VoiceConfig {
    /// The program; found on the path when nothing is set.
    pub program: Option<PathBuf>,
    /// One of its voices, unless a story asks for another.
    pub name: String,
    /// Its speed in percent of a newsreader's pace, unless a story asks for another.
    pub speed: u32,
    /// Loudness in LUFS (EBU R128).
    pub lufs: f64,
    /// A speech server beside it, if there is one.
    pub server: Option<SpeechServerConfig>,
}

/// A speech server that speaks `OpenAI`'s interface (`POST /v1/audio/speech`): many programs do. Its
/// voices are offered beside those of this machine; when it does not answer, this machine reads.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SpeechServerConfig {
    /// Where it is, such as `http://127.0.0.1:8880`.
    pub url: String,
    /// A file that holds its key, if it wants one; its path begins in the data folder.
    pub key_file: Option<PathBuf>,
    /// The model it is asked for.
    pub model: String,
    /// Its voices that are offered to authors.
    pub voices: Vec<String>,
    /// So many seconds it has for a sentence.
    pub timeout_seconds: u64,
    /// So often a sentence is asked for.
    pub attempts: u32,
    /// So many seconds it has for a whole script; then this machine reads it.
    pub patience_seconds: u64,
}

/// What goes on the air, and when not.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AirConfig {
    /// From this hour of the evening only urgent slots are made. The law leaves the hours to each
    /// province, so they are a setting; equal hours mean that there is no quiet time.
    pub quiet_from: u32,
    /// Until this hour of the morning.
    pub quiet_to: u32,
    /// So many hours after its slot a delivery without a receipt is shown as failed.
    pub grace_hours: i64,
    /// How often a loudspeaker asks by itself, in seconds.
    pub poll_seconds: u32,
}

/// What carries news to loudspeakers at once: a broker in this program, or another one.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BrokerConfig {
    /// Without one, loudspeakers ask now and then and are later.
    pub on: bool,
    /// Address and port of the broker in this program; the web server's address and port 8883 when
    /// nothing is set.
    pub listen: Option<String>,
    /// Whether it encrypts.
    pub encrypted: bool,
    /// PEM of its certificate; without one it makes its own, which loudspeakers are told of.
    pub certificate: Option<PathBuf>,
    /// PEM of the certificate's key.
    pub key: Option<PathBuf>,
    /// PEM of the authority that loudspeakers check it against, when that is no public one.
    pub authority: Option<PathBuf>,
    /// What loudspeakers are told, such as `mqtts://loa.example.vn:8883`, when it is another address.
    pub url: Option<String>,
    /// Another broker in its place: `mqtts://name:password@host:8883`.
    pub outside: Option<String>,
}

/// The mail server.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MailConfig {
    /// `host:port`; without it reminders stay on the pages.
    pub smtp: Option<String>,
}

impl Default for WarningsConfig {
    fn default() -> Self {
        Self {
            checker: PathBuf::from("xmlsec1"),
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data: PathBuf::from("loa-data"),
            database: None,
            web: WebConfig::default(),
            voice: VoiceConfig::default(),
            air: AirConfig::default(),
            broker: BrokerConfig::default(),
            mail: MailConfig::default(),
            outside: OutsideConfig::default(),
            warnings: WarningsConfig::default(),
            map: MapConfig::default(),
        }
    }
}

impl Default for WebConfig {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8080".into(),
            url: None,
        }
    }
}

impl Default for VoiceConfig {
    fn default() -> Self {
        Self {
            program: None,
            name: "vi".into(),
            speed: 100,
            lufs: -16.0,
            server: None,
        }
    }
}

impl Default for SpeechServerConfig {
    fn default() -> Self {
        Self {
            url: String::new(),
            key_file: None,
            model: "tts-1".into(),
            voices: Vec::new(),
            timeout_seconds: 20,
            attempts: 2,
            patience_seconds: 90,
        }
    }
}

impl Default for BrokerConfig {
    fn default() -> Self {
        Self {
            on: true,
            listen: None,
            encrypted: true,
            certificate: None,
            key: None,
            authority: None,
            url: None,
            outside: None,
        }
    }
}

impl Default for AirConfig {
    fn default() -> Self {
        Self {
            quiet_from: 22,
            quiet_to: 5,
            grace_hours: 6,
            poll_seconds: 30,
        }
    }
}

/// Settings that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("the settings {path} cannot be read ({cause})")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system answered.
        cause: std::io::Error,
    },
    /// The file says something that is not a setting.
    #[error("the settings {path} are wrong: {message}")]
    Wrong {
        /// The file.
        path: PathBuf,
        /// Line, column and what was expected.
        message: String,
    },
}

impl Config {
    /// The settings of a data folder; a folder without `loa.toml` has the defaults.
    pub fn of(data: &Path) -> Result<Self, ConfigError> {
        let path = data.join("loa.toml");
        let mut config = match std::fs::read_to_string(&path) {
            Ok(text) => toml::from_str(&text).map_err(|error| ConfigError::Wrong {
                path,
                message: error.to_string(),
            })?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Self::default(),
            Err(cause) => return Err(ConfigError::Unreadable { path, cause }),
        };
        data.clone_into(&mut config.data);
        Ok(config)
    }

    /// The address of this server as others reach it, without a slash at the end.
    pub fn url(&self) -> String {
        let url = self
            .web
            .url
            .clone()
            .unwrap_or_else(|| format!("http://{}", self.web.listen));
        url.trim_end_matches('/').to_owned()
    }

    /// The store of this installation.
    pub fn store(&self) -> loa_db::Store {
        match &self.database {
            Some(url) => loa_db::Store::parse(url),
            None => loa_db::Store::File(self.data.join("loa.db")),
        }
    }
}
