//! Measures a voice: reads texts from standard input and writes how long each of their sentences
//! takes, as `milliseconds<tab>words`: `cargo run --release --example pace -- VOICE SPEED`. The table
//! of `src/estimate` was made from this.

use std::error::Error;
use std::io::Read;

use loa_audio::{Espeak, Master, Take, render};
use loa_speech::{Lexicon, speak};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let voice = arguments.next().ok_or("give a voice")?;
    let speed = arguments.next().ok_or("give a speed in percent")?.parse()?;
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let voice = Espeak::find(None, &voice)?.with_speed(speed);
    let cache = tempfile::tempdir()?;
    let takes = Take::all(&speak(&text, Lexicon::builtin()));
    let sound = render(&takes, &voice, cache.path(), &Master::default(), |_, _| {}).await?;
    for sentence in &sound.sentences {
        println!("{}\t{}", sentence.duration_ms, sentence.text);
    }
    Ok(())
}
