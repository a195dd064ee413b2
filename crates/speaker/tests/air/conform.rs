//! What a vendor runs against a server. The small server of these tests keeps to docs/air.md but for a
//! range beyond the end of a sound, which it answers with nothing: just that is found.

use std::process::Command;

use chrono::TimeDelta;

use crate::world::{World, mp3, now};

#[test]
fn what_a_server_does_wrong_is_named_and_what_it_does_right_is_not() {
    let world = World::enrolled();
    let item = world.sound(21, mp3(500, 0.5), 500);
    world.schedule(5, 11, now() + TimeDelta::hours(1), 20, vec![item]);
    let done = Command::new(env!("CARGO_BIN_EXE_loa-speaker"))
        .args(["conform", &world.server.url, "--code", "MOT-LAN", "--json"])
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(1), "{done:?}");
    let found: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(found["ok"], false);
    let points = found["points"].as_array().unwrap();
    let wrong: Vec<&str> = points
        .iter()
        .filter(|point| point["found"] == "wrong")
        .map(|point| point["name"].as_str().unwrap())
        .collect();
    assert_eq!(wrong, ["sounds"], "{found:#}");
    let right = points.iter().filter(|point| point["found"] == "ok").count();
    assert_eq!(right + wrong.len() + 4, points.len(), "four have no broker");
}

#[test]
fn a_code_that_is_not_known_ends_it() {
    let world = World::enrolled();
    let done = Command::new(env!("CARGO_BIN_EXE_loa-speaker"))
        .args(["conform", &world.server.url, "--code", "KHONG-CO"])
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(1));
    let text = String::from_utf8(done.stdout).unwrap();
    assert!(text.starts_with("WRONG   enrolment"), "{text}");
    assert!(text.ends_with("1 of 1 points are wrong\n"), "{text}");
}
