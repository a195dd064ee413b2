//! The receiver behind a loudspeaker.
fn main() {}
