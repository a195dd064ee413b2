//! What is laid over a page (ISO 32000-1, 12.5): the number and the date that an office's software stamps on a
//! signed document, and what was typed into a form.

use super::draw::Pen;
use super::matrix::Matrix;
use super::object::Object;
use super::pages::{Page, rectangle};
use super::text::TextState;

/// Notes of a page.
const MOST: usize = 200;
const HIDDEN: usize = 2 | 32;

/// What the picture of a digital signature says; it is about the file and no part of the document.
const SIGNATURE: &[&str] = &[
    "kýbởi",
    "ngườiký",
    "ngàyký",
    "thờigianký",
    "kýngày",
    "signedby",
    "digitallysigned",
    "signaturevalid",
];

/// Draws the notes of a page that are text of the document.
pub fn draw(pen: &mut Pen, page: &Page) {
    let notes = pen.file.resolve(&page.notes);
    for note in notes.array().iter().take(MOST) {
        let Some(note) = pen.file.dict(note) else {
            continue;
        };
        let kind = note.raw("Subtype").name().unwrap_or_default();
        let flags = note.raw("F").count().unwrap_or(0);
        if !matches!(kind, b"Widget" | b"FreeText" | b"Stamp") || flags & HIDDEN != 0 {
            continue;
        }
        let looks = pen.file.dict(note.raw("AP")).unwrap_or_default();
        let mut look = pen.file.resolve(looks.raw("N"));
        if let Object::Dict(states) = &look {
            let state = note.raw("AS").name().unwrap_or_default();
            look = pen.file.resolve(states.named(state));
        }
        let Some(place) = rectangle(pen.file, note.raw("Rect")) else {
            continue;
        };
        let Some(matrix) = fitted(pen, &look, place) else {
            continue;
        };
        let (letters, rules) = (pen.sheet.glyphs.len(), pen.sheet.rules.len());
        let (pictured, base) = (pen.sheet.pictured, pen.state.clone());
        pen.state.matrix = matrix.then(Matrix::of_page(page.view, page.turn));
        pen.state.text = TextState::default();
        pen.form(&look, &page.resources, 0);
        pen.state = base;
        pen.sheet.pictured = pictured;
        pen.sheet.rules.truncate(rules);
        let text: String = pen.sheet.glyphs[letters..]
            .iter()
            .flat_map(|glyph| glyph.text.chars())
            .filter(|letter| !letter.is_whitespace())
            .flat_map(char::to_lowercase)
            .collect();
        if SIGNATURE.iter().any(|word| text.contains(word)) {
            pen.sheet.glyphs.truncate(letters);
        }
    }
}

/// How the box of a note's look, as its matrix turns it, is fitted into the note's place (12.5.5).
fn fitted(pen: &Pen, look: &Object, place: [f64; 4]) -> Option<Matrix> {
    let dict = look.dict()?;
    let [left, bottom, right, top] = rectangle(pen.file, dict.raw("BBox"))?;
    let matrix = pen.matrix(dict.raw("Matrix")).unwrap_or(Matrix::SAME);
    let corners = [[left, bottom], [right, bottom], [left, top], [right, top]];
    let corners = corners.map(|corner| matrix.apply(corner));
    let spread = |axis: usize| {
        let each = corners.iter().map(|corner| corner[axis]);
        let low = each.clone().fold(f64::INFINITY, f64::min);
        (low, each.fold(f64::NEG_INFINITY, f64::max))
    };
    let ((x0, x1), (y0, y1)) = (spread(0), spread(1));
    let (width, height) = (x1 - x0, y1 - y0);
    if width < 0.1 || height < 0.1 {
        return None;
    }
    let (across, up) = (
        (place[2] - place[0]) / width,
        (place[3] - place[1]) / height,
    );
    Matrix::of(&[
        across,
        0.0,
        0.0,
        up,
        place[0] - x0 * across,
        place[1] - y0 * up,
    ])
}
