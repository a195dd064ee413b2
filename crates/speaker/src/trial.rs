//! Holding a device against docs/air.md: a server of its own kind that lets it enrol, gives it things to play,
//! tries to make it say what it must not, and sees what it answers. For whoever builds a receiver.
//!
//! Nothing of a device is looked into: what it asks, and what it signs, is all there is.

mod desk;
mod script;
mod serve;
mod steps;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use loa_air::{Invitation, SecretKey};
use rand::RngCore;

use crate::clock::Clock;
use crate::conform::{Conformity, Found, Point};
use desk::Desk;
use script::Script;

/// A trial that is being made.
pub struct Trial {
    desk: Arc<Desk>,
    /// What the device is to be given: address, code and key in one line, and the code alone.
    pub invitation: Invitation,
}

impl Trial {
    /// Opens a server for one device. `address` is what the device is told; the listening one when there is none.
    /// For who runs the runtime: it serves until the runtime ends.
    pub async fn open(
        listen: SocketAddr,
        address: Option<String>,
        clock: Box<dyn Clock>,
        mut dice: Box<dyn RngCore + Send>,
    ) -> std::io::Result<Self> {
        let (mut seed, mut code) = ([0; 32], [0; 6]);
        dice.fill_bytes(&mut seed);
        dice.fill_bytes(&mut code);
        let key = SecretKey::from_seed(&seed);
        let code = hex::encode_upper(code);
        let listener = tokio::net::TcpListener::bind(listen).await?;
        let server = address.unwrap_or(format!("http://{}", listener.local_addr()?));
        let invitation = Invitation {
            server,
            code: code.clone(),
            server_key: Some(key.public()),
        };
        let desk = Arc::new(Desk::new(key, code, clock));
        let service = serve::router(Arc::clone(&desk));
        tokio::spawn(async move { axum::serve(listener, service).await });
        Ok(Self { desk, invitation })
    }

    /// Goes through all of it, which takes about two minutes; `told` hears of each point once it is settled.
    /// `patience` is how long a device may take to come. Blocks.
    pub fn run(&self, patience: Duration, told: impl Fn(&Point)) -> Conformity {
        let mut script = Script::new(&self.desk);
        let mut points = Vec::new();
        for step in steps::ALL {
            let found = match (step.check)(&mut script, patience) {
                Ok(()) => Found::Ok,
                Err(why) => Found::Wrong(why),
            };
            let over = step.name == "enrols" && found != Found::Ok;
            let point = Point {
                name: step.name,
                must: step.must,
                found,
            };
            told(&point);
            points.push(point);
            if over {
                break;
            }
        }
        Conformity {
            ok: points.iter().all(|point| point.found == Found::Ok),
            points,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use chrono::{DateTime, TimeDelta, Utc};
    use loa_air::{Outcome, Receipt};

    use super::*;
    use crate::trial::desk::{AREA, SPEAKER};

    /// Time flies while somebody waits.
    #[derive(Default)]
    struct Flying(AtomicU64);

    impl Clock for Flying {
        fn wall(&self) -> DateTime<Utc> {
            let start: DateTime<Utc> = "2026-11-24T02:00:00Z".parse().unwrap();
            start + TimeDelta::from_std(self.monotonic()).unwrap()
        }

        fn monotonic(&self) -> Duration {
            Duration::from_millis(self.0.load(Ordering::Relaxed))
        }

        fn sleep(&self, length: Duration) {
            let millis = u64::try_from(length.as_millis()).unwrap();
            self.0.fetch_add(millis, Ordering::Relaxed);
        }
    }

    fn wrong(told: impl Fn(&Desk)) -> Vec<&'static str> {
        let key = SecretKey::from_seed(&[1; 32]);
        let desk = Desk::new(key, "CODE".into(), Box::new(Flying::default()));
        desk.seen().key = Some(SecretKey::from_seed(&[2; 32]).public());
        told(&desk);
        let trial = Trial {
            invitation: Invitation {
                server: String::new(),
                code: desk.code.clone(),
                server_key: None,
            },
            desk: Arc::new(desk),
        };
        let found = trial.run(Duration::from_secs(1), |_| {});
        assert!(!found.ok);
        let wrong = found.points.iter().filter(|point| point.found != Found::Ok);
        wrong.map(|point| point.name).collect()
    }

    #[test]
    fn a_device_that_only_enrols_is_found_wrong_in_all_it_does_not_do() {
        let all: Vec<&str> = steps::ALL.iter().map(|step| step.name).collect();
        let vacuous = ["enrols", "once", "no-faults"];
        let expected: Vec<&str> = all
            .into_iter()
            .filter(|name| !vacuous.contains(name))
            .collect();
        assert_eq!(wrong(|_| {}), expected);
    }

    #[test]
    fn what_it_played_twice_or_signed_wrongly_is_found() {
        let receipt = |id: &str, delivery: i64| Receipt {
            area: AREA,
            clock_offset_ms: 0,
            delivery,
            detail: None,
            ended_at: DateTime::UNIX_EPOCH,
            id: id.into(),
            lateness_ms: 0,
            manifest_version: 1,
            outcome: Outcome::Whole,
            sha256: "ab".repeat(32),
            slot: 90,
            speaker: SPEAKER,
            started_at: DateTime::UNIX_EPOCH,
            volume: 80,
        };
        let found = wrong(|desk| {
            let mut seen = desk.seen();
            seen.receipts.push((receipt("a", 7), String::new()));
            seen.receipts.push((receipt("b", 7), String::new()));
            seen.faults.push("a nonce was used twice".into());
        });
        assert!(
            found.contains(&"once") && found.contains(&"no-faults"),
            "{found:?}"
        );
        let found = wrong(|desk| {
            let mut seen = desk.seen();
            seen.receipts.push((receipt("a", 7), String::new()));
            seen.receipts.push((receipt("a", 8), String::new()));
        });
        assert!(found.contains(&"once"), "{found:?}");
    }
}
