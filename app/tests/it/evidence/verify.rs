//! `loa verify`: whoever changes the store behind the program's back is found out.

use std::process::Command;

use chrono::TimeDelta;
use loa::evidence::{self, rebuild_coverage};
use loa_db::Store;
use sea_orm::{ConnectionTrait, DbBackend};
use serde_json::Value;

use crate::world::{World, on_both};

/// `loa verify`, as a program on the same store.
fn verify(world: &World, more: &[&str]) -> (i32, String) {
    let store = match &world.store.store {
        Store::File(path) => path.display().to_string(),
        Store::Server(url) => url.clone(),
    };
    let out = Command::new(env!("CARGO_BIN_EXE_loa"))
        .arg("--data")
        .arg(&world.app.config.data)
        .args(["--database", &store, "verify"])
        .args(more)
        .output()
        .expect("loa");
    let text = String::from_utf8(out.stdout).expect("text");
    (out.status.code().expect("an end"), text)
}

/// What does not hold, a line each, beginning with the part it is of.
async fn broken(world: &World) -> Vec<String> {
    let parts = evidence::verify(&world.app).await.expect("checked");
    parts
        .iter()
        .flat_map(|part| {
            let name = part.name;
            part.broken
                .iter()
                .map(move |fault| format!("{name}: {fault}"))
        })
        .collect()
}

/// The triggers that keep the program itself from changing what must stay.
async fn drop_triggers(world: &World) {
    let db = &world.app.db;
    for (trigger, table) in [
        ("evidence_stays", "evidence"),
        ("evidence_kept", "evidence"),
        ("receipts_stay", "receipts"),
        ("receipts_kept", "receipts"),
    ] {
        let sql = match db.get_database_backend() {
            DbBackend::Postgres => format!("DROP TRIGGER IF EXISTS {trigger} ON {table}"),
            _ => format!("DROP TRIGGER {trigger}"),
        };
        db.execute_unprepared(&sql).await.expect("dropped");
    }
}

/// Five entries: a page, two receipts that count, one that does not, one of another delivery.
async fn some_evidence(world: &mut World) {
    world.go_online().await;
    let on_air = world.on_air().await;
    let outlets = &on_air.outlets;
    world.release(on_air.story, outlets.portal, None).await;
    world.work().await;
    let slot = world.slot(outlets.area_two, 60, 300).await;
    world.release(on_air.story, outlets.two, Some(slot)).await;
    let other = world.receiver(outlets.area_two, 2).await;
    let played = on_air.receiver.played("r-1").await;
    let mut more = played.clone();
    "r-2".clone_into(&mut more.id);
    let mut silent = played.clone();
    "r-3".clone_into(&mut silent.id);
    silent.outcome = loa_air::Outcome::Silent;
    let far = other.played("r-1").await;
    world.wait(TimeDelta::minutes(66));
    let told = on_air.receiver.tell_receipts(&[played, more, silent]).await;
    assert_eq!(told.len(), 3);
    assert_eq!(other.tell_receipts(&[far]).await.len(), 1);
}

#[tokio::test]
async fn what_holds_is_said_to_hold() {
    on_both("verify_holds", async |mut world| {
        let (code, text) = verify(&world, &[]);
        assert_eq!(code, 0, "{text}");
        assert!(text.contains("ledger: 0"), "{text}");
        some_evidence(&mut world).await;
        let (code, text) = verify(&world, &["--json"]);
        assert_eq!(code, 0, "{text}");
        let json: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(json["ok"], true);
        let walked: Vec<_> = json["parts"]
            .as_array()
            .expect("parts")
            .iter()
            .map(|part| {
                (
                    part["name"].as_str().expect("a name"),
                    part["walked"].as_i64(),
                )
            })
            .collect();
        assert_eq!(
            walked,
            [
                ("approvals", Some(1)),
                ("ledger", Some(5)),
                ("receipts", Some(4)),
                ("boards", Some(0)),
                ("pages", Some(1)),
                ("deliveries", Some(3)),
                ("coverage", Some(3)),
                ("bulletins", Some(0)),
                ("reports", Some(0)),
            ]
        );
        assert_eq!(
            json["parts"][1]["head"],
            world.ledger().await[4].hash.as_str()
        );
    })
    .await;
}

/// What is done to the store, how it is undone, and by what it must be found.
const DAMAGES: [(&str, &str, &str); 10] = [
    (
        "UPDATE evidence SET counts = NOT counts WHERE seq = 4",
        "UPDATE evidence SET counts = NOT counts WHERE seq = 4",
        "ledger: entry 4 of the ledger: its columns do not say what its text says",
    ),
    (
        "UPDATE evidence SET body = replace(body, '\"counts\":false', '\"counts\":true') WHERE seq = 4",
        "UPDATE evidence SET body = replace(body, '\"counts\":true', '\"counts\":false') WHERE seq = 4",
        "ledger: entry 4 of the ledger: its text does not have its hash",
    ),
    (
        "UPDATE evidence SET previous = 'x' WHERE seq = 1",
        "UPDATE evidence SET previous = '' WHERE seq = 1",
        "ledger: entry 1 of the ledger: it does not follow the entry before it",
    ),
    (
        "DELETE FROM evidence_themes WHERE seq = 5; UPDATE evidence SET seq = 50 WHERE seq = 5",
        "UPDATE evidence SET seq = 5 WHERE seq = 50; INSERT INTO evidence_themes (seq, theme_id) VALUES (5, 1)",
        "ledger: entry 5 of the ledger: it and all up to 49 are missing",
    ),
    (
        "UPDATE ledger_head SET seq = 6",
        "UPDATE ledger_head SET seq = 5",
        "ledger: entry 6 of the ledger: it and all up to 6 are missing",
    ),
    (
        "UPDATE ledger_head SET seq = 4",
        "UPDATE ledger_head SET seq = 5",
        "ledger: entry 5 of the ledger: it is not the last entry that the head names",
    ),
    (
        "UPDATE receipts SET outcome = 'whole' WHERE outcome = 'silent'",
        "UPDATE receipts SET outcome = 'silent' WHERE id LIKE '%:r-3'",
        "r-3: its columns do not say what was signed",
    ),
    (
        "UPDATE receipts SET envelope = replace(envelope, '\"signature\":\"', '\"signature\":\"AAAA') WHERE id LIKE '%:r-2'",
        "UPDATE receipts SET envelope = replace(envelope, '\"signature\":\"AAAA', '\"signature\":\"') WHERE id LIKE '%:r-2'",
        "r-2: its signature does not fit",
    ),
    (
        "UPDATE coverage SET items = items + 1 WHERE channel = 'portal'",
        "UPDATE coverage SET items = items - 1 WHERE channel = 'portal'",
        "coverage: plan 1, theme 1, portal, unit 1, 2026-11: it has (2, 1, 0), the ledger gives (1, 1, 0)",
    ),
    (
        "UPDATE deliveries SET state = 'sent' WHERE slot_id IS NULL",
        "UPDATE deliveries SET state = 'proven' WHERE slot_id IS NULL",
        "an entry proves it, and it is said to be sent",
    ),
];

#[tokio::test]
async fn what_was_changed_behind_the_programs_back_is_found() {
    on_both("verify_tampered", async |mut world| {
        some_evidence(&mut world).await;
        drop_triggers(&world).await;
        for (damage, repair, found) in DAMAGES {
            tamper(&world, damage).await;
            let faults = broken(&world).await;
            assert!(
                faults.iter().any(|fault| fault.contains(found)),
                "{damage}: {faults:?}"
            );
            tamper(&world, repair).await;
            assert_eq!(broken(&world).await, Vec::<String>::new(), "{repair}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_gone_is_missed() {
    on_both("verify_gone", async |mut world| {
        some_evidence(&mut world).await;
        drop_triggers(&world).await;
        let page = world.ledger().await[0].source.clone();
        let hash = page.rsplit_once(':').expect("a hash").1;
        let file = world
            .app
            .config
            .data
            .join("files")
            .join(&hash[..2])
            .join(hash);
        let bytes = std::fs::read(&file).expect("the page");
        std::fs::write(&file, b"another page").expect("changed");
        assert!(broken(&world).await[0].starts_with("pages: page of entry 1"));
        std::fs::remove_file(&file).expect("gone");
        assert_eq!(
            broken(&world).await,
            ["pages: page of entry 1: the file is gone"]
        );
        std::fs::write(&file, bytes).expect("back");
        tamper(&world, "DELETE FROM coverage WHERE channel = 'portal'").await;
        assert!(broken(&world).await[0].contains("it is missing"));
        rebuild_coverage(&world.app).await.expect("made again");
        assert_eq!(broken(&world).await, Vec::<String>::new());

        // The last entry goes, and the head with it: what stood on it tells.
        let hash = world.ledger().await[3].hash.clone();
        tamper(
            &world,
            &format!(
                "DELETE FROM evidence_themes WHERE seq = 5; DELETE FROM evidence WHERE seq = 5; \
                 UPDATE ledger_head SET seq = 4, hash = '{hash}'"
            ),
        )
        .await;
        let (code, text) = verify(&world, &[]);
        assert_eq!(code, 1, "{text}");
        for part in [
            "it is not in the ledger",
            "no entry proves it",
            "BROKEN plan 1",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        let (code, text) = verify(&world, &["--json"]);
        let json: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!((code, &json["ok"]), (1, &Value::Bool(false)));
    })
    .await;
}

async fn tamper(world: &World, sql: &str) {
    let transaction = world.app.begin().await.expect("a transaction");
    for one in sql.split("; ") {
        transaction.execute_unprepared(one).await.expect(one);
    }
    transaction.commit().await.expect("committed");
}
