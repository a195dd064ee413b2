//! What goes into a folder beside the sound: what is to be known of it, for a station's programs.

use serde_json::json;

use super::item::Item;

/// The sheet as JSON; `sound` in it names the file beside it.
pub(super) fn sheet(item: &Item, name: &str) -> Vec<u8> {
    let sound = item.sound.as_ref().map(|sound| {
        json!({
            "file": format!("{name}.mp3"), "sha256": sound.sha256, "bytes": sound.bytes,
            "duration_ms": sound.duration_ms, "lufs": sound.lufs,
        })
    });
    let sheet = json!({
        "title": item.title, "summary": item.summary, "text": item.text, "unit": item.unit,
        "released_at": item.released_at, "version": item.version, "sha256": item.sha256,
        "key": item.key, "page": item.page, "sound": sound,
    });
    format!("{sheet:#}\n").into_bytes()
}
