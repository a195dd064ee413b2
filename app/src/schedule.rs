//! Every recurring job and every kind of work, on one page.

use std::time::Duration;

use chrono::TimeDelta;

use crate::app::App;
use crate::jobs::{self, Job, Outcome};

/// How often the queue is looked at when nobody wakes it.
const TICK: Duration = Duration::from_millis(300);
/// How often the recurring jobs are run.
const ROUND: TimeDelta = TimeDelta::minutes(1);

/// Runs one job.
pub async fn run(app: &App, job: &Job) -> Outcome {
    match job {
        Job::RenderSound { rendition } => crate::stories::render_sound(app, *rendition).await,
        Job::RenderBulletin { bulletin } => crate::bulletins::render_bulletin(app, *bulletin).await,
        Job::Reread => crate::stories::reread(app).await,
        Job::Prove { delivery } => crate::evidence::prove(app, *delivery).await,
    }
}

/// What is looked after every minute, whether anybody asks or not.
pub async fn look_after(app: &App) {
    let ended = [
        (
            "overdue deliveries",
            crate::deliveries::check_overdue(app).await,
        ),
        ("slots of patterns", crate::airtime::fill(app).await),
        (
            "approved urgent messages",
            crate::urgent::finish_all(app).await,
        ),
        (
            "old request numbers",
            crate::speakers::forget_requests(app).await,
        ),
    ];
    for (what, end) in ended {
        if let Err(error) = end {
            tracing::error!(job.kind = what, error.cause = %error, "a recurring job failed");
        }
    }
}

/// Works until the program ends.
pub async fn work(app: App) {
    let mut due = app.clock.now();
    loop {
        if app.clock.now() >= due {
            look_after(&app).await;
            due = app.clock.now() + ROUND;
        }
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
