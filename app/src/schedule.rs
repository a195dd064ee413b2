//! Every recurring job and every kind of work, on one page.

use std::time::Duration;

use crate::app::App;
use crate::jobs::{self, Job, Outcome};

/// How often the queue is looked at when nobody wakes it.
const TICK: Duration = Duration::from_millis(300);

/// Runs one job.
pub async fn run(app: &App, job: &Job) -> Outcome {
    match job {
        Job::RenderSound { rendition } => crate::stories::render_sound(app, *rendition).await,
        Job::Prove { delivery } => crate::evidence::prove(app, *delivery).await,
    }
}

/// Works until the program ends.
pub async fn work(app: App) {
    loop {
        match jobs::run_due(&app).await {
            Ok(0) => tokio::time::sleep(TICK).await,
            Ok(_) => {}
            Err(error) => {
                tracing::error!(error.cause = %error, "the queue cannot be read");
                tokio::time::sleep(Duration::from_secs(5)).await;
            }
        }
    }
}
