//! The fuzz targets on the stable compiler: each seed, and a number of changes of it that is the
//! same in every run. `LOA_FUZZ_ROUNDS` asks for more.

#[path = "../fuzz/check.rs"]
mod check;
#[path = "fuzz_seeds/damage.rs"]
mod damage;
#[path = "fuzz_seeds/seeds.rs"]
mod seeds;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use check::Form;
use rand::SeedableRng;
use rand::rngs::StdRng;
use seeds::Seed;

/// Changes of each seed.
const ROUNDS: u64 = 40;

fn run(form: Form) {
    let seeds = seeds::of(form);
    assert!(!seeds.is_empty(), "there is no seed of {form:?}");
    let rounds = std::env::var("LOA_FUZZ_ROUNDS").map_or(ROUNDS, |rounds| rounds.parse().unwrap());
    for seed in &seeds {
        hold(form, &seed.name, 0, &seed.bytes);
        for round in 1..=rounds {
            let mut random = StdRng::seed_from_u64(round);
            let bytes = damage::damaged(&seed.bytes, &seeds, form, &mut random);
            hold(form, &seed.name, round, &bytes);
        }
    }
}

/// Tries one document; leaves it behind if something breaks.
fn hold(form: Form, name: &str, round: u64, bytes: &[u8]) {
    if catch_unwind(AssertUnwindSafe(|| check::holds(form, bytes))).is_err() {
        let left = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{form:?}-{name}-{round}"));
        std::fs::write(&left, bytes).unwrap();
        panic!(
            "{name}, changed in round {round}, breaks the reader: {}",
            left.display()
        );
    }
}

#[test]
fn docx() {
    run(Form::Docx);
}

#[test]
fn pdf() {
    run(Form::Pdf);
}

#[test]
fn html() {
    run(Form::Html);
}

#[test]
fn markdown() {
    run(Form::Markdown);
}

#[test]
fn text() {
    run(Form::Text);
}

#[test]
fn legacy() {
    run(Form::Legacy);
}

#[test]
fn the_same_changes_are_made_in_every_run() {
    let seeds: Vec<Seed> = seeds::of(Form::Text);
    let made = |round| {
        let mut random = StdRng::seed_from_u64(round);
        damage::damaged(&seeds[0].bytes, &seeds, Form::Text, &mut random)
    };
    assert_eq!(made(7), made(7));
    assert_ne!(made(7), made(8));
}
