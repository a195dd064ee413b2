//! A folder of this machine or one that is mounted there, such as that of a station's playout: the
//! sound, and beside it what is to be known of it.

use std::path::{Path, PathBuf};

use async_trait::async_trait;
use loa_plan::ChannelKind;

use super::connector::{Connector, Fault, Remote, Seen, Taken};
use super::item::Item;
use super::kind::{Field, FieldForm, Kind, Opened, Values, value};
use super::sheet::sheet;
use crate::app::App;

pub(super) const KIND: Kind = Kind {
    name: "folder",
    fits: &[
        ChannelKind::LocalRadio,
        ChannelKind::PressRadio,
        ChannelKind::PressTv,
        ChannelKind::PressPrint,
    ],
    fields: &[Field::of("path", FieldForm::Text)],
    open,
};

/// Writes into one folder.
struct Folder(PathBuf);

fn open(app: &App, values: &Values) -> Opened {
    let path = PathBuf::from(value(values, "path"));
    let plain = path.is_absolute()
        && !path
            .components()
            .any(|part| part == std::path::Component::ParentDir);
    // Who fills in this form must not write wherever this program may.
    let allowed = app
        .config
        .outside
        .folders
        .iter()
        .any(|folder| path.starts_with(folder));
    if plain && allowed {
        Ok(Box::new(Folder(path)))
    } else {
        Err(("path", "connector-folder-elsewhere"))
    }
}

#[async_trait]
impl Connector for Folder {
    fn knows_twins(&self) -> bool {
        true
    }

    async fn hand_over(&self, app: &App, item: &Item) -> Result<Taken, Fault> {
        let name = item.slug.clone();
        let sound = item.sound_bytes(app).await?;
        let sheet = sheet(item, &name);
        // The sheet comes last: where it is, all is.
        if let Some(sound) = sound {
            write(&self.0, &format!("{name}.mp3"), &sound).await?;
        }
        write(&self.0, &format!("{name}.json"), &sheet).await?;
        Ok(Taken {
            answer: self.0.join(format!("{name}.json")).display().to_string(),
            there: Remote {
                name,
                address: None,
            },
        })
    }

    async fn take_back(&self, _: &App, _: &Item, there: &Remote) -> Result<(), Fault> {
        for kind in ["json", "mp3"] {
            let path = self.0.join(format!("{}.{kind}", there.name));
            match tokio::fs::remove_file(&path).await {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(failed(&path, &error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    async fn look(&self, _: &App, there: &Remote) -> Result<Option<Seen>, Fault> {
        let path = self.0.join(format!("{}.json", there.name));
        let bytes = tokio::fs::read(&path)
            .await
            .map_err(|error| failed(&path, &error))?;
        Ok(Some(Seen {
            address: path.display().to_string(),
            media_type: "application/json".to_owned(),
            status: 200,
            bytes,
        }))
    }
}

/// Writes a file as a whole: a reader finds the old one or the new one, never half of it.
async fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Fault> {
    let (folder, path) = (folder.to_owned(), folder.join(name));
    let (bytes, target) = (bytes.to_vec(), path.clone());
    let written = tokio::task::spawn_blocking(move || -> std::io::Result<()> {
        let mut file = tempfile::Builder::new()
            .prefix(".loa-")
            .tempfile_in(&folder)?;
        std::io::Write::write_all(&mut file, &bytes)?;
        readable(file.as_file())?;
        file.as_file().sync_all()?;
        file.persist(&target).map_err(|error| error.error)?;
        Ok(())
    });
    let ended = written
        .await
        .map_err(|error| Fault::later(error.to_string()))?;
    ended.map_err(|error| failed(&path, &error))
}

/// The programs of a station run under names of their own.
fn readable(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

fn failed(path: &Path, error: &std::io::Error) -> Fault {
    Fault::later(format!("{}: {error}", path.display()))
}
