//! Every recurring job and every kind of work, on one page.

use std::time::Duration;

use crate::app::App;
use crate::jobs::{self, Job, Lane, Outcome};

/// How often the recurring jobs are run.
const ROUND: Duration = Duration::from_mins(1);
/// So many answers of other programs are waited for at a time.
const OUTSIDE: usize = 16;

/// Runs one job.
pub async fn run(app: &App, job: &Job) -> Outcome {
    match job {
        Job::RenderSound { rendition } => crate::stories::render_sound(app, *rendition).await,
        Job::RenderBulletin { bulletin } => crate::bulletins::render_bulletin(app, *bulletin).await,
        Job::Reread => crate::stories::reread(app).await,
        Job::Prove { delivery } => crate::evidence::prove(app, *delivery).await,
        Job::Serve { outlet } => crate::connectors::serve(app, *outlet).await,
        Job::AskFeed { source } => crate::warnings::ask_feed(app, *source).await,
        Job::Warn { warning } => crate::warnings::say(app, *warning).await,
    }
}

/// What is looked after every minute, whether anybody asks or not.
pub async fn look_after(app: &App) {
    let ended = [
        (
            "overdue deliveries",
            crate::deliveries::check_overdue(app).await,
        ),
        ("unseen notices", crate::boards::check_unseen(app).await),
        ("slots of patterns", crate::airtime::fill(app).await),
        (
            "approved urgent messages",
            crate::urgent::finish_all(app).await,
        ),
        ("feeds of warnings", crate::warnings::ask_feeds(app).await),
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
    let rounds = async {
        let mut round = tokio::time::interval(ROUND);
        loop {
            round.tick().await;
            look_after(&app).await;
        }
    };
    tokio::join!(
        rounds,
        jobs::work(&app, Lane::Here, 1),
        jobs::work(&app, Lane::Outside, OUTSIDE),
    );
}
