//! Reads lines from standard input and prints what would be said: `cargo run --example say`.

use std::io::{BufRead, Write};

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        writeln!(out, "{}", loa_speech::speak_line(&line?))?;
    }
    out.flush()
}
