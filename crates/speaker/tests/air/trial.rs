//! What a vendor holds a device against: the reference receiver keeps to all of it; one that answers nothing but
//! its enrolment keeps to little, and is told what is missing.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

/// A trial that is being made, and what its device is given.
fn begin() -> (Child, BufReader<std::process::ChildStdout>, Value) {
    let mut trial = Command::new(env!("CARGO_BIN_EXE_loa-speaker"))
        .args([
            "trial",
            "--listen",
            "127.0.0.1:0",
            "--patience",
            "1",
            "--json",
        ])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(trial.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    let given = serde_json::from_str(&line).unwrap();
    (trial, out, given)
}

fn wrong(found: &Value) -> Vec<&str> {
    let points = found["points"].as_array().unwrap();
    let wrong = points.iter().filter(|point| point["found"] != "ok");
    wrong.map(|point| point["name"].as_str().unwrap()).collect()
}

#[test]
fn the_reference_receiver_keeps_to_all_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let (mut trial, mut out, given) = begin();
    let program = env!("CARGO_BIN_EXE_loa-speaker");
    let data = folder.path().join("speaker");
    let enrolled = Command::new(program)
        .args([
            "enrol",
            "--invitation",
            given["invitation"].as_str().unwrap(),
        ])
        .args(["--data".as_ref(), data.as_os_str()])
        .output()
        .unwrap();
    assert!(enrolled.status.success(), "{enrolled:?}");
    let mut device = Command::new(program)
        .args(["run", "--out", "null"])
        .args(["--data".as_ref(), data.as_os_str()])
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut rest = String::new();
    out.read_to_string(&mut rest).unwrap();
    device.kill().unwrap();
    device.wait().unwrap();
    let found: Value = serde_json::from_str(&rest).unwrap();
    assert_eq!(wrong(&found), Vec::<&str>::new(), "{found:#}");
    assert_eq!(found["points"].as_array().unwrap().len(), 24);
    assert!(trial.wait().unwrap().success());
}

#[test]
fn a_device_that_never_comes_is_waited_for_and_ends_it() {
    let (mut trial, mut out, given) = begin();
    // A key that is none enrols nobody.
    let answer = ureq::post(format!(
        "{}/air/v1/enrolment",
        given["server"].as_str().unwrap()
    ))
    .config()
    .http_status_as_error(false)
    .build()
    .send_json(json!({ "code": given["code"], "name": "", "public_key": "AAAA" }))
    .unwrap();
    assert_eq!(answer.status().as_u16(), 422);
    let mut rest = String::new();
    out.read_to_string(&mut rest).unwrap();
    let found: Value = serde_json::from_str(&rest).unwrap();
    assert_eq!(wrong(&found), ["enrols"], "{found:#}");
    assert_eq!(trial.wait().unwrap().code(), Some(1));
}
