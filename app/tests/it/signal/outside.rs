//! Another broker in the place of our own: Mosquitto, with the rights that `loa broker mosquitto` writes,
//! and two servers on one store.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use loa::app::App;
use loa::clock::SystemChance;
use loa::config::Config;
use loa::deliveries::State;
use loa::signal;
use loa_air::{Acknowledged, Manifest, SecretKey, Topic, sign_receipt};
use tempfile::TempDir;

use super::urgent;
use crate::world::{Line, Receiver, World, on_both};

/// A Mosquitto of its own.
struct Mosquitto {
    child: Child,
    _folder: TempDir,
}

impl Mosquitto {
    /// Starts it with the rights of now.
    async fn start(world: &World, port: u16) -> Self {
        let folder = TempDir::new().expect("a scratch folder");
        let rights = signal::mosquitto_rights(&world.app, ("loa", "bi-mat"))
            .await
            .expect("rights");
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("passwords"), rights.passwords).expect("written");
        std::fs::write(path("acl"), rights.acl).expect("written");
        let config = format!(
            "listener {port} 127.0.0.1\nallow_anonymous false\npassword_file {}\nacl_file {}\npersistence false\n",
            path("passwords").display(),
            path("acl").display()
        );
        let config = if rustix::process::geteuid().is_root() {
            format!("{config}user root\n")
        } else {
            config
        };
        std::fs::write(path("mosquitto.conf"), config).expect("written");
        let child = Command::new(program().expect("asked before"))
            .arg("-c")
            .arg(path("mosquitto.conf"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("mosquitto");
        for _ in 0..200 {
            if tokio::net::TcpStream::connect(("127.0.0.1", port))
                .await
                .is_ok()
            {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Self {
            child,
            _folder: folder,
        }
    }
}

impl Drop for Mosquitto {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn program() -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    let mut folders: Vec<PathBuf> = std::env::split_paths(&folders).collect();
    folders.push("/usr/sbin".into());
    folders
        .into_iter()
        .map(|folder| folder.join("mosquitto"))
        .find(|path| path.exists())
}

async fn free_port() -> u16 {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    listener.local_addr().expect("an address").port()
}

/// The same installation once more, as another process would open it.
fn beside(world: &World, config: &Config) -> App {
    let (db, clock) = (world.store.connection.clone(), world.clock.clone());
    App::with(config.clone(), db, clock, Arc::new(SystemChance)).expect("an installation")
}

/// The next that asks for something: a server that starts says first that nothing is asked.
async fn heard(line: &mut Line, receiver: &Receiver) -> Manifest {
    loop {
        let asked = urgent(line, receiver).await;
        if !asked.slots.is_empty() {
            return asked;
        }
    }
}

#[tokio::test]
async fn mosquitto_takes_its_place_and_two_servers_share_it() {
    if program().is_none() {
        println!("skipped: mosquitto is not installed");
        return;
    }
    on_both("signal_outside", async |world| {
        let on_air = world.on_air().await;
        let (one, other) = (
            &on_air.receiver,
            world.receiver(on_air.outlets.area_two, 2).await,
        );
        let port = free_port().await;
        let _broker = Mosquitto::start(&world, port).await;
        let mut config = world.app.config.clone();
        config.broker.outside = Some(format!("mqtt://loa:bi-mat@127.0.0.1:{port}"));
        let (first, second) = (beside(&world, &config), beside(&world, &config));
        signal::start(&first).await.expect("a way");
        signal::start(&second).await.expect("a way");

        let mut line = one.connect_outside(&first).await;
        let mut others = other.connect_outside(&second).await;
        // Wrong passwords and foreign topics are the broker's to refuse, and it does.
        let mut wrong = one.way_outside(&first).await;
        wrong.set_credentials(other.id.to_string(), "guess");
        assert!(Line::open(wrong).await.is_err());
        others.hear(&Topic::Urgent(one.area).to_string()).await;
        others
            .say(&Topic::Urgent(one.area).to_string(), b"forged")
            .await;

        // A receipt is kept once, whichever server it reaches.
        let receipt = one.played("r-1").await;
        world.wait(TimeDelta::minutes(66));
        let own = sign_receipt(&one.key, &receipt);
        let foreign = sign_receipt(&SecretKey::from_seed(&[9; 32]), &receipt);
        let receipts = Topic::Receipts(one.id).to_string();
        for _ in 0..3 {
            line.say(
                &receipts,
                &serde_json::to_vec(&[&foreign, &own]).expect("JSON"),
            )
            .await;
            let ack = line.next("/ack").await.expect("the line stands");
            let ack: Acknowledged = serde_json::from_slice(&ack).expect("an answer");
            assert_eq!(ack.acknowledged, ["r-1"]);
        }
        assert_eq!(world.state(on_air.delivery).await, State::Proven);
        assert_eq!(world.ledger().await.len(), 1);

        // What one server sends is heard by those who came in by the other's word.
        let id = world.ask_urgent("chi", on_air.outlets.area_two).await;
        world.send_urgent(&second, id).await;
        assert_eq!(heard(&mut others, &other).await.area, other.area);
        let id = world.ask_urgent("dung", on_air.outlets.area_one).await;
        world.send_urgent(&first, id).await;
        // Its first is genuine: the forged one reached nobody.
        assert_eq!(heard(&mut line, one).await.area, one.area);
    })
    .await;
}
