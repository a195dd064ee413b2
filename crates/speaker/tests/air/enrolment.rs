//! Enrolment with an invitation that names the server's key: nobody else can take the server's place.

use std::process::Command;

use loa_air::{Invitation, SecretKey};

use crate::world::{World, server_key};

fn enrol(world: &World, data: &std::path::Path, key: &SecretKey) -> std::process::Output {
    let invitation = Invitation {
        server: world.server.url.clone(),
        code: "MA-2026".into(),
        server_key: Some(key.public()),
    };
    Command::new(env!("CARGO_BIN_EXE_loa-speaker"))
        .args(["enrol", "--invitation", &invitation.to_string(), "--data"])
        .arg(data)
        .output()
        .unwrap()
}

#[test]
fn whoever_answers_with_another_key_is_not_pinned() {
    let world = World::enrolled();
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("new");
    let done = enrol(&world, &data, &SecretKey::from_seed(&[66; 32]));
    assert!(!done.status.success());
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(said.contains("another key"), "{said}");
    assert!(!data.join("identity.json").exists(), "nothing is pinned");
    assert!(enrol(&world, &data, &server_key()).status.success());
    assert!(data.join("identity.json").exists());
}
