//! `loa verify`: does everything that was counted still stand on its proof?

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::Stop;
use crate::app::App;
use crate::bulletins;
use crate::config::Config;
use crate::evidence::{self, Verified};
use crate::reports;

/// Walk approvals, ledger, receipts, pages, deliveries, coverage, bulletins and reports; exit 1 when
/// anything does not hold.
#[derive(Args)]
pub struct Verify {
    /// Write what was walked, and what does not hold, as JSON.
    #[arg(long)]
    json: bool,
}

impl Verify {
    pub(super) async fn run(self, config: Config) -> Result<ExitCode, Stop> {
        let app = App::open(config).await?;
        let mut parts = evidence::verify(&app).await.map_err(anyhow::Error::from)?;
        let bulletins = bulletins::verify(&app.db, &app.files)
            .await
            .map_err(anyhow::Error::from)?;
        let reports = reports::verify(&app.db)
            .await
            .map_err(anyhow::Error::from)?;
        for (name, (walked, broken)) in [("bulletins", bulletins), ("reports", reports)] {
            parts.push(Verified {
                name,
                walked,
                broken,
                head: None,
            });
        }
        let ok = parts.iter().all(|part| part.broken.is_empty());
        if self.json {
            println!("{}", json!({ "ok": ok, "parts": parts }));
        } else {
            parts.iter().for_each(tell);
            if ok {
                println!("everything holds");
            }
        }
        Ok(ExitCode::from(u8::from(!ok)))
    }
}

fn tell(part: &Verified) {
    let head = part.head.as_deref().filter(|head| !head.is_empty());
    let head = head.map_or_else(String::new, |head| format!(", last hash {head}"));
    println!("{}: {}{head}", part.name, part.walked);
    for fault in &part.broken {
        println!("  BROKEN {fault}");
    }
}
