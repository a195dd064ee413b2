//! The lexicon for programs and on the command line.

use std::io::Write;
use std::process::{Command, Stdio};

use loa_db::Store;
use serde_json::{Value, json};

use super::added;
use crate::world::{Program, World, on_both};

#[tokio::test]
async fn a_program_keeps_entries_and_is_told_what_was_changed_under_it() {
    on_both("lexicon_api", async |world| {
        let an = world.program("an").await;
        let made = an
            .post(
                "/lexicon",
                &json!({"written": "BCĐ", "spoken": "Ban Chỉ đạo", "after": ["Của"]}),
            )
            .await;
        assert_eq!(made.status, 201, "{}", made.text());
        let to = made.location.clone().unwrap();
        let to = to.trim_start_matches("/api/v1");
        assert_eq!(
            (
                made.json()["after"].clone(),
                made.headers["etag"].to_str().unwrap()
            ),
            (json!(["của"]), "\"1\"")
        );
        let again = an
            .post(
                "/lexicon",
                &json!({"written": "BCĐ", "spoken": "ban", "after": ["của"]}),
            )
            .await;
        assert_eq!(
            (again.status.as_u16(), again.json()["entry"].clone()),
            (422, made.json()["id"].clone())
        );
        let wrong = an
            .post("/lexicon", &json!({"written": "BCĐ", "spoken": "ban 5"}))
            .await;
        assert_eq!(
            (
                wrong.status.as_u16(),
                wrong.json()["errors"][0]["field"].clone()
            ),
            (422, json!("spoken"))
        );

        let list = an.get("/lexicon").await;
        assert_eq!(list.json()["entries"].as_array().unwrap().len(), 1);
        let tag = list.headers["etag"].to_str().unwrap().to_owned();
        let known = an
            .send_with("GET", "/lexicon", &[("if-none-match", &tag)], &json!(null))
            .await;
        assert_eq!(known.status, 304);

        names_its_entry(&an, &made.json()["id"]).await;

        let text = json!({"written": "BCĐ", "spoken": "ban chỉ huy"});
        assert_eq!(an.send_with("PUT", to, &[], &text).await.status, 428);
        assert_eq!(
            an.send_with("PUT", to, &[("if-match", "\"7\"")], &text)
                .await
                .status,
            412
        );
        let changed = an
            .send_with("PUT", to, &[("if-match", "\"1\"")], &text)
            .await;
        assert_eq!(
            (changed.status.as_u16(), changed.json()["version"].clone()),
            (200, json!(2))
        );
        let giang = world.program("giang").await;
        assert_eq!(
            giang
                .send_with("DELETE", to, &[("if-match", "\"2\"")], &json!(null))
                .await
                .status,
            403
        );
        assert_eq!(
            an.send_with("DELETE", to, &[("if-match", "\"2\"")], &json!(null))
                .await
                .status,
            204
        );
        assert_eq!(an.get(to).await.status, 404);
        assert_eq!(
            an.send_with("DELETE", to, &[("if-match", "\"2\"")], &json!(null))
                .await
                .status,
            404
        );
    })
    .await;
}

/// A reading says which entry of the province read what.
async fn names_its_entry(an: &Program, id: &Value) {
    let read = an
        .post("/lexicon/reading", &json!({"text": "họp của BCĐ ngày 5/5"}))
        .await
        .json();
    assert!(
        read["text"]
            .as_str()
            .unwrap()
            .starts_with("họp của Ban Chỉ đạo ngày năm tháng năm"),
        "{read}"
    );
    let pieces = read["pieces"].as_array().unwrap();
    let entry = pieces
        .iter()
        .find(|piece| piece["spoken"] == "Ban Chỉ đạo")
        .unwrap();
    assert_eq!(
        (entry["by"].clone(), entry["entry"]["id"].clone()),
        (json!("entry"), id.clone())
    );
    assert_eq!(entry["source"]["start"], "họp của ".len());
}

/// What a command of `loa` on the store of a world makes of a text.
fn loa(world: &World, command: &[&str], text: &str) -> String {
    let data = world.app.config.data.to_str().unwrap().to_owned();
    let database = match &world.store.store {
        Store::File(path) => path.to_str().unwrap().to_owned(),
        Store::Server(url) => url.clone(),
    };
    let mut child = Command::new(env!("CARGO_BIN_EXE_loa"))
        .args(["--data", &data, "--database", &database])
        .args(command)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("loa");
    let mut input = child.stdin.take().unwrap();
    input.write_all(text.as_bytes()).unwrap();
    drop(input);
    let out = child.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{told}");
    String::from_utf8(out.stdout).unwrap()
}

fn say(world: &World, more: &[&str], text: &str) -> String {
    loa(world, &[&["say", "-"], more].concat(), text)
}

#[tokio::test]
async fn the_command_line_reads_with_the_lexicon_of_the_data_folder() {
    on_both("lexicon_say", async |world| {
        assert_eq!(say(&world, &[], "Tổ CNSCĐ"), "Tổ xê nờ ét xê đê\n");
        let out = world.app.config.data.join("tin.mp3");
        let speak = ["speak", "-", "--json", "--out", out.to_str().unwrap()];
        let before = loa(&world, &speak, "Tổ CNSCĐ");
        let id = added(&world, "CNSCĐ", "công nghệ số cộng đồng").await;
        assert_ne!(
            loa(&world, &speak, "Tổ CNSCĐ"),
            before,
            "other words, another sound"
        );
        assert_eq!(
            say(&world, &["--lines"], "Tổ CNSCĐ\nUBND\n"),
            "Tổ công nghệ số cộng đồng\nỦy ban nhân dân\n"
        );
        let json: serde_json::Value =
            serde_json::from_str(&say(&world, &["--json"], "CNSCĐ")).unwrap();
        assert_eq!(
            (
                json["pieces"][0]["by"].clone(),
                json["pieces"][0]["entry"]["id"].clone()
            ),
            (json!("entry"), json!(id))
        );
    })
    .await;
}

#[test]
fn a_folder_without_a_store_gets_none_and_a_broken_one_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let loa = |data: &std::path::Path| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_loa"))
            .args(["--data", data.to_str().unwrap(), "say", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("loa");
        drop(child.stdin.take().unwrap().write_all("UBND".as_bytes()));
        child.wait_with_output().unwrap()
    };
    let out = loa(folder.path());
    assert_eq!(String::from_utf8_lossy(&out.stdout), "Ủy ban nhân dân\n");
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        0,
        "nothing is made"
    );
    std::fs::write(
        folder.path().join("loa.db"),
        "no database at all, but text that is long enough",
    )
    .unwrap();
    let out = loa(folder.path());
    assert_eq!(out.status.code(), Some(1));
    assert!(
        String::from_utf8_lossy(&out.stderr).contains("loa.db"),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
}
