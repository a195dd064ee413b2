//! A machine that is not as it should be: the message says what is wrong and what to do, and
//! nothing is lost.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};

use loa::app::App;
use loa::config::Config;
use loa::example;
use tempfile::TempDir;

use crate::world::Browser;

fn loa(data: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_loa"))
        .arg("--data")
        .arg(data)
        .args(arguments)
        .env_remove("LOA_DATABASE")
        .output()
        .expect("loa")
}

/// One line on standard error, and an exit code that is not success.
fn refused(out: &Output) -> String {
    assert!(!out.status.success());
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    let lines: Vec<&str> = said
        .lines()
        .filter(|line| line.starts_with("loa:"))
        .collect();
    assert_eq!(lines.len(), 1, "{said}");
    lines[0].to_owned()
}

#[test]
fn a_port_that_is_taken_is_named_with_another_to_try() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let data = TempDir::new().unwrap();
    let said = refused(&loa(data.path(), &["serve", "--listen", &address]));
    assert!(
        said.contains(&address) && said.contains("another program"),
        "{said}"
    );
    assert!(!data.path().join("loa.db").exists(), "nothing was begun");
}

#[test]
fn a_database_that_does_not_answer_is_named_without_its_password() {
    // A port that was free a moment ago.
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let url = format!("postgres://loa:geheim@127.0.0.1:{port}/loa");
    let data = TempDir::new().unwrap();
    let said = refused(&loa(
        data.path(),
        &["--database", &url, "serve", "--listen", "127.0.0.1:0"],
    ));
    assert!(
        said.contains("cannot be reached") && said.contains("check that it runs"),
        "{said}"
    );
    assert!(!said.contains("geheim"), "{said}");
}

#[test]
fn settings_that_are_wrong_are_named_by_their_line() {
    let data = TempDir::new().unwrap();
    std::fs::write(data.path().join("loa.toml"), "[web]\nlisten = 8080\n").unwrap();
    let out = loa(data.path(), &["serve"]);
    assert_eq!(out.status.code(), Some(2));
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(
        said.contains("loa.toml") && said.contains("line 2"),
        "{said}"
    );
}

#[test]
fn the_doctor_says_what_to_do_about_a_missing_voice() {
    let data = TempDir::new().unwrap();
    std::fs::write(
        data.path().join("loa.toml"),
        "[voice]\nprogram = \"/nowhere/espeak-ng\"\n",
    )
    .unwrap();
    let out = loa(data.path(), &["doctor", "--json"]);
    assert_eq!(out.status.code(), Some(1));
    let found: serde_json::Value = serde_json::from_slice(&out.stdout).expect("JSON");
    assert_eq!(found["ok"], false);
    let steps = found["steps"].as_array().unwrap();
    let bad: Vec<&serde_json::Value> = steps.iter().filter(|step| step["ok"] == false).collect();
    let voice = steps.iter().find(|step| step["name"] == "voice").unwrap();
    assert!(bad.contains(&voice), "{found}");
    assert!(
        voice["detail"]
            .as_str()
            .unwrap()
            .contains("apt-get install espeak-ng"),
        "{found}"
    );
    for name in ["database", "disk", "broker", "clock", "mail"] {
        let step = steps.iter().find(|step| step["name"] == name).expect(name);
        assert_eq!(step["ok"], true, "{step}");
    }
}

/// A small disk of its own, unmounted when the test ends.
struct SmallDisk(TempDir);

impl SmallDisk {
    fn mount() -> Option<Self> {
        let folder = TempDir::new().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=24m", "tmpfs"])
            .arg(folder.path())
            .output();
        mounted
            .is_ok_and(|out| out.status.success())
            .then_some(Self(folder))
    }

    fn fill(&self) {
        let file = self.0.path().join("filler");
        let mut size = 24 << 20;
        while size >= 1024 {
            let mut bytes = std::fs::read(&file).unwrap_or_default();
            bytes.resize(bytes.len() + size, 7);
            if std::fs::write(&file, &bytes).is_err() {
                size /= 2;
            }
        }
    }

    fn make_room(&self) {
        std::fs::remove_file(self.0.path().join("filler")).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).output();
    }
}

#[tokio::test]
async fn a_full_disk_loses_nothing_and_is_told() {
    let Some(disk) = SmallDisk::mount() else {
        println!("skipped: only root may mount a small disk");
        return;
    };
    let config = Config {
        data: disk.0.path().join("data"),
        ..Config::default()
    };
    let app = App::open(config).await.unwrap();
    example::load_people(&app).await.unwrap();
    let mut browser = Browser::new(&app);
    browser.get("/sign-in").await;
    let officer = [("login", "can-bo"), ("password", "vi-du-ha-nam")];
    assert_eq!(browser.post("/sign-in", &officer).await.status, 303);
    let plan = example::plan_file().unwrap();
    browser.get("/plans/import").await;

    disk.fill();
    let file = ("file", plan.0.as_str(), plan.1.as_slice());
    let issuer = unit(&app, "hn-stttt").await;
    let page = browser
        .upload("/plans/import", &[("unit", &issuer)], file)
        .await;
    assert_eq!(page.status, 507, "{}", page.text());
    assert!(
        page.text().contains("Ổ đĩa của máy chủ đã đầy"),
        "{}",
        page.text()
    );
    // Reading goes on.
    assert_eq!(browser.get("/units").await.status, 200);

    disk.make_room();
    browser.get("/plans/import").await;
    let page = browser
        .upload("/plans/import", &[("unit", &issuer)], file)
        .await;
    assert_eq!(page.status, 303, "{}", page.text());
}

async fn unit(app: &App, key: &str) -> String {
    let tree = loa::units::UnitTree::load(&app.db).await.unwrap();
    tree.by_key(key).unwrap().to_string()
}
