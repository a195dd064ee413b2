//! Reads a text from standard input and writes it as MP3: `cargo run --example speak -- OUT.mp3`.

use std::error::Error;
use std::io::Read;

use loa_audio::{Espeak, Master, Take, render};
use loa_speech::{Lexicon, speak};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let out = std::env::args()
        .nth(1)
        .ok_or("give the name of the MP3 to write")?;
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let voice = Espeak::find(None, "vi")?;
    let cache = tempfile::tempdir()?;
    let takes = Take::all(&speak(&text, Lexicon::builtin()));
    let sound = render(
        &takes,
        &voice,
        cache.path(),
        &Master::default(),
        |done, all| eprintln!("{done}/{all}"),
    )
    .await?;
    std::fs::write(&out, &sound.mp3)?;
    println!(
        "{out}: {} ms, {:.1} LUFS, {:.1} dBTP",
        sound.duration_ms, sound.lufs, sound.true_peak_db
    );
    Ok(())
}
