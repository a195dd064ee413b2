//! `loa say` and `loa speak`, as programs.

use std::io::Write;
use std::process::{Command, Output, Stdio};

fn loa(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_loa"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("loa");
    let written = child.stdin.take().expect("its input").write_all(input);
    let out = child.wait_with_output().expect("an end");
    // A program that refuses its arguments may end before it reads.
    assert!(written.is_ok() || !out.status.success(), "{written:?}");
    out
}

#[test]
fn every_line_is_read_for_itself() {
    let text = "37,5%\n\nNghị định số 61/2018/NĐ-CP\r\n";
    let out = loa(&["say", "--lines", "-"], text.as_bytes());
    assert!(out.status.success());
    let said = String::from_utf8(out.stdout).unwrap();
    let lines: Vec<&str> = said.split('\n').collect();
    assert_eq!(lines.len(), 4, "{said}");
    assert_eq!((lines[1], lines[3]), ("", ""));
    assert!(lines[0].contains("phần trăm"), "{said}");
    assert!(lines[2].contains("sáu mươi mốt"), "{said}");
}

#[test]
fn the_words_come_with_where_they_are_from() {
    let out = loa(&["say", "-", "--json"], "Từ 01/9/2026".as_bytes());
    let json: serde_json::Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let pieces = json["pieces"].as_array().expect("pieces");
    let last = pieces.last().expect("a piece");
    assert_eq!(last["source"]["end"], "Từ 01/9/2026".len());
    assert!(
        json["text"].as_str().unwrap().contains("tháng chín"),
        "{json}"
    );
}

#[test]
fn what_cannot_be_read_is_said_with_its_place() {
    for more in [[].as_slice(), &["--lines"]] {
        let out = loa(&[&["say", "-"], more].concat(), b"mot\nhai \xff\n");
        assert_eq!(out.status.code(), Some(2));
        let said = String::from_utf8(out.stderr).unwrap();
        assert!(said.contains("line 2") && said.contains("UTF-8"), "{said}");
    }
    let out = loa(&["say", "/nowhere/text.txt"], b"");
    assert_eq!(out.status.code(), Some(2));
    let said = String::from_utf8(out.stderr).unwrap();
    assert!(said.contains("/nowhere/text.txt"), "{said}");
}

#[test]
fn a_text_becomes_a_sound_of_the_asked_loudness() {
    let folder = tempfile::tempdir().unwrap();
    let mp3 = folder.path().join("tin.mp3");
    let (data, out) = (folder.path().to_str().unwrap(), mp3.to_str().unwrap());
    let base = ["--data", data, "speak", "-", "--out", out, "--json"];
    let south = ["--lufs", "-20", "--voice", "vi-vn-x-south"];
    let text = "Kính thưa bà con, hồ sơ được trả tại nhà. Xin mời bà con đón nghe.";
    let out = loa(&[base.as_slice(), &south].concat(), text.as_bytes());
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(out.status.success(), "{said}");
    let json: serde_json::Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let lufs = json["lufs"].as_f64().unwrap();
    assert!((lufs + 20.0).abs() <= 0.5, "{json}");
    let bytes = std::fs::read(&mp3).unwrap();
    assert_eq!(json["sha256"], loa::files::sha256(&bytes));

    let out = loa(&[base.as_slice(), &["--voice", "xx"]].concat(), b"Xin");
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8(out.stderr).unwrap().contains("xx"));
    let out = loa(&base, b"...");
    assert_eq!(out.status.code(), Some(2), "nothing to say");
}
