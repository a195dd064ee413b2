//! Whether a document was signed with a key. The sum is done by `xmlsec1`, a program of its own: its library
//! is what most programs check XML signatures with.

use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::Context;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

/// It answers within milliseconds.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the program says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It was signed with this key, and nothing in it is otherwise.
    Right,
    /// It was not.
    Wrong,
    /// The program is not on this machine.
    NoProgram,
}

/// Checks a document of the form that [`loa_cap::to_check`] lets through with the key of a certificate (PEM).
pub async fn verify(program: &Path, certificate: &str, document: &[u8]) -> anyhow::Result<Verdict> {
    let mut key = tempfile::NamedTempFile::new().context("no room for a key")?;
    key.write_all(certificate.as_bytes())?;
    key.flush()?;
    let spawned = Command::new(program)
        .arg("--verify")
        // Nothing but the document itself, and no other key than this one.
        .args(["--enabled-reference-uris", "empty"])
        .arg("--pubkey-cert-pem")
        .arg(key.path())
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn();
    let mut child = match spawned {
        Ok(child) => child,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Verdict::NoProgram);
        }
        Err(error) => return Err(error).with_context(|| program.display().to_string()),
    };
    let mut input = child.stdin.take().context("no way in")?;
    let done = tokio::time::timeout(PATIENCE, async {
        // It may end before it read everything: its answer counts.
        let _ = input.write_all(document).await;
        drop(input);
        child.wait().await
    });
    let status = done.await.context("the checking of a signature hangs")??;
    Ok(if status.success() {
        Verdict::Right
    } else {
        Verdict::Wrong
    })
}
