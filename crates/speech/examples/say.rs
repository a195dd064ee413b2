//! Reads lines from standard input and prints what would be said: `cargo run --example say`.

use std::io::BufRead;

fn main() -> std::io::Result<()> {
    for line in std::io::stdin().lock().lines() {
        println!("{}", loa_speech::speak_line(&line?));
    }
    Ok(())
}
