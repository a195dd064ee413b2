//! `loa doctor`: what works on this machine; with `--rehearse` the whole chain in a scratch folder.

use std::process::ExitCode;

use anyhow::Context;
use clap::Args;

use super::Stop;
use crate::clock::SystemClock;
use crate::config::Config;
use crate::doctor::{Findings, Step, check, rehearse};

/// What works on this machine, and what to do about what does not.
#[derive(Args)]
pub struct Doctor {
    /// Run the whole chain in a scratch folder with the real parts: a plan, a story that two people
    /// saw, the portal, a loudspeaker, proof, coverage, reports. Takes about a minute.
    #[arg(long)]
    rehearse: bool,
    /// Write JSON: each step with its length in milliseconds and what was seen.
    #[arg(long)]
    json: bool,
}

impl Doctor {
    pub(super) async fn run(self, config: Config) -> Result<ExitCode, Stop> {
        // With --json the answer stands alone on standard output; progress goes beside it.
        let tell: &(dyn Fn(&Step) + Sync) = if self.json {
            &|step| eprintln!("{}", line(step))
        } else {
            &|step| println!("{}", line(step))
        };
        let mut findings = Findings::new(tell);
        if self.rehearse {
            rehearse(&config, &mut findings).await;
        } else {
            check(&config, &SystemClock, &mut findings).await;
        }
        if self.json {
            let json =
                serde_json::to_string(&findings).context("the findings cannot be written")?;
            println!("{json}");
        }
        Ok(if findings.ok {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}

fn line(step: &Step) -> String {
    let mark = if step.ok { "ok  " } else { "FAIL" };
    format!(
        "{mark}  {:<22} {:>6} ms  {}",
        step.name, step.ms, step.detail
    )
}
