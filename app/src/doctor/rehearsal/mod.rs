//! The whole chain, once, in a scratch folder with the real parts: a store, the voice, a server on
//! a port, `loa-speaker` processes. Nothing of the installation is touched.

mod acts;
mod air;
mod answers;
mod network;
mod proxy;
mod receiver;
mod scene;

use super::findings::{Findings, step};
use crate::config::Config;
use scene::Scene;

/// Plays it, and notes each step. It ends at the first step that does not hold, because each rests
/// on those before it.
pub async fn rehearse(config: &Config, findings: &mut Findings<'_>) {
    play(config, findings).await;
}

async fn play(config: &Config, findings: &mut Findings<'_>) -> Option<()> {
    let mut scene = step!(findings, "set-up", Scene::set(config))?;
    let plan = step!(findings, "plan", scene.read_plan())?;
    let story = step!(findings, "story", scene.write_story(plan))?;
    step!(
        findings,
        "own-approval-refused",
        scene.refuse_own_approval(story)
    )?;
    step!(findings, "approval", scene.approve(story))?;
    let receiver = step!(findings, "enrolment", scene.enrol())?;
    let release = step!(findings, "release", scene.release(story))?;
    step!(findings, "portal", scene.see_portal(&release))?;
    step!(
        findings,
        "loudspeaker-ready",
        scene.wait_until_held(&release)
    )?;
    step!(findings, "forgery-refused", scene.refuse_forgery())?;
    step!(
        findings,
        "plays-without-network",
        scene.play_alone(&release, &receiver)
    )?;
    step!(findings, "receipt", scene.hear_back(&release, &receiver))?;
    step!(findings, "ledger", scene.walk_ledger())?;
    step!(findings, "coverage", scene.see_coverage(plan))?;
    step!(findings, "reports", scene.report(plan))?;
    step!(findings, "cleared-up", scene.clear())
}
