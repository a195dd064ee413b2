//! Draws a page: its operators, one after another (ISO 32000-1, 8 and 9), as far as they place text and rules.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::file::File;
use super::font::Font;
use super::lexer::{Lexer, is_blank};
use super::matrix::Matrix;
use super::object::{Dict, Object};
use super::pages::Page;
use super::path::Path;
use super::sheet::Sheet;
use super::text::{Marks, TextState};

/// Forms within forms.
const MAX_DEPTH: usize = 12;
/// Forms that a page draws, each time counted; stamps and letterheads are some ten.
const MOST_FORMS: usize = 2_000;
/// Letters on a page. A newspaper's has 20,000.
const MOST_GLYPHS: usize = 200_000;
/// States put aside at one time.
const MOST_STATES: usize = 256;

/// The fonts of a document that were read, by the numbers of their objects.
pub type Fonts = RefCell<HashMap<u32, Rc<Font>>>;

/// Draws a page.
pub fn page(file: &File, fonts: &Fonts, page: &Page) -> Sheet {
    let [left, bottom, right, top] = page.view;
    let (mut width, mut height) = (right - left, top - bottom);
    if page.turn % 2 == 1 {
        (width, height) = (height, width);
    }
    let mut pen = Pen {
        file,
        fonts,
        sheet: Sheet {
            width,
            height,
            ..Sheet::default()
        },
        forms: MOST_FORMS,
        state: State::new(Matrix::of_page(page.view, page.turn)),
        kept: Vec::new(),
        beyond: 0,
        marks: Marks::default(),
        path: Path::default(),
    };
    pen.run(&contents(file, &page.contents), &page.resources, 0);
    super::notes::draw(&mut pen, page);
    pen.sheet
}

/// What a page draws with.
pub struct Pen<'a> {
    pub file: &'a File<'a>,
    pub sheet: Sheet,
    pub state: State,
    pub marks: Marks,
    fonts: &'a Fonts,
    forms: usize,
    kept: Vec<State>,
    /// States that were to be put aside beyond the limit.
    beyond: usize,
    path: Path,
}

/// What holds until it is changed, and comes back when it was put aside.
#[derive(Clone)]
pub struct State {
    /// From where it is drawn to the sheet.
    pub matrix: Matrix,
    pub text: TextState,
    line_width: f64,
    /// Whether what is filled and what is stroked is white, as the paper is.
    white: [bool; 2],
}

impl State {
    fn new(matrix: Matrix) -> Self {
        Self {
            matrix,
            text: TextState::default(),
            line_width: 1.0,
            white: [false; 2],
        }
    }
}

impl Pen<'_> {
    /// Draws a form: its own operators with its own resources.
    pub fn form(&mut self, form: &Object, resources: &Dict, depth: usize) {
        let Object::Stream(stream) = form else { return };
        if depth > MAX_DEPTH || self.forms == 0 {
            return;
        }
        self.forms -= 1;
        let own = self.file.dict(stream.dict.raw("Resources"));
        let Some(content) = self.file.unpack(form) else {
            return;
        };
        let (kept, marks) = (self.state.clone(), std::mem::take(&mut self.marks));
        self.marks.inherit(&marks);
        if let Some(matrix) = self.matrix(stream.dict.raw("Matrix")) {
            self.state.matrix = matrix.then(self.state.matrix);
        }
        let states = std::mem::take(&mut self.kept);
        self.run(&content, own.as_ref().unwrap_or(resources), depth + 1);
        (self.state, self.marks, self.kept) = (kept, marks, states);
    }

    /// The matrix that a value stands for.
    pub fn matrix(&self, value: &Object) -> Option<Matrix> {
        Matrix::of(Numbers::of(self.file.resolve(value).array()).all())
    }

    /// Whether the page has more letters than any page.
    pub fn is_full(&self) -> bool {
        self.sheet.glyphs.len() >= MOST_GLYPHS
    }

    fn run(&mut self, content: &[u8], resources: &Dict, depth: usize) {
        let mut lexer = Lexer::content(content);
        let mut operands: Vec<Object> = Vec::new();
        let mut named: HashMap<Vec<u8>, Rc<Font>> = HashMap::new();
        while let Some(object) = lexer.next() {
            let Object::Word(operator) = object else {
                if operands.len() < 64 {
                    operands.push(object);
                }
                continue;
            };
            match operator.bytes() {
                b"BI" => skip_picture(&mut lexer, content),
                b"Do" => self.draw_named(operands.first(), resources, depth),
                b"Tf" => {
                    if let Some(name) = operands.first().and_then(Object::name) {
                        let font = named
                            .entry(name.to_vec())
                            .or_insert_with(|| self.font(name, resources));
                        self.state.text.font = Some(font.clone());
                    }
                    self.state.text.size = Numbers::of(&operands).at(0);
                }
                b"BDC" | b"BMC" => {
                    let about = self.property(operands.get(1), resources);
                    self.marks.begin(operands.first(), about.as_ref());
                }
                b"EMC" => self.marks.end(),
                operator => {
                    let values = Numbers::of(&operands);
                    if !self.show(operator, &operands, &values) {
                        self.operate(operator, &values);
                    }
                }
            }
            operands.clear();
            if self.is_full() || self.file.is_spent() {
                break;
            }
        }
    }

    fn operate(&mut self, operator: &[u8], values: &Numbers) {
        let point = |at: usize| [values.at(at), values.at(at + 1)];
        let matrix = self.state.matrix;
        match operator {
            b"q" if self.kept.len() < MOST_STATES => self.kept.push(self.state.clone()),
            b"q" => self.beyond += 1,
            b"Q" if self.beyond > 0 => self.beyond -= 1,
            b"Q" => {
                if let Some(state) = self.kept.pop() {
                    self.state = state;
                }
            }
            b"cm" => {
                if let Some(own) = Matrix::of(values.all()) {
                    self.state.matrix = own.then(matrix);
                }
            }
            b"w" => self.state.line_width = values.at(0),
            b"g" | b"rg" | b"k" | b"sc" | b"scn" => self.state.white[0] = is_white(values.all()),
            b"G" | b"RG" | b"K" | b"SC" | b"SCN" => self.state.white[1] = is_white(values.all()),
            b"cs" => self.state.white[0] = false,
            b"CS" => self.state.white[1] = false,
            b"m" => self.path.begin(matrix.apply(point(0))),
            b"l" => self.path.line(matrix.apply(point(0))),
            b"c" => self.path.curve(matrix.apply(point(4))),
            b"v" | b"y" => self.path.curve(matrix.apply(point(2))),
            b"h" => self.path.close(),
            b"re" => {
                let ([x, y], [width, height]) = (point(0), point(2));
                self.path.begin(matrix.apply([x, y]));
                for corner in [[x + width, y], [x + width, y + height], [x, y + height]] {
                    self.path.line(matrix.apply(corner));
                }
                self.path.close();
            }
            b"s" | b"b" | b"b*" => {
                self.path.close();
                self.paint(operator != b"s", true);
            }
            b"S" => self.paint(false, true),
            b"f" | b"F" | b"f*" => self.paint(true, false),
            b"B" | b"B*" => self.paint(true, true),
            b"n" => self.paint(false, false),
            _ => {}
        }
    }

    fn paint(&mut self, fill: bool, stroke: bool) {
        let width = self.state.line_width * self.state.matrix.surface().sqrt();
        let [white_fill, white_stroke] = self.state.white;
        if fill && !white_fill {
            self.path.fill(&mut self.sheet.rules);
        }
        if stroke && !white_stroke {
            self.path.stroke(width, &mut self.sheet.rules);
        }
        self.path.clear();
    }

    fn draw_named(&mut self, name: Option<&Object>, resources: &Dict, depth: usize) {
        let Some(name) = name.and_then(Object::name) else {
            return;
        };
        let forms = self.file.dict(resources.raw("XObject")).unwrap_or_default();
        let form = self.file.resolve(forms.named(name));
        let kind = form
            .dict()
            .and_then(|dict| dict.raw("Subtype").name())
            .unwrap_or_default();
        if kind == b"Image" {
            let page = (self.sheet.width * self.sheet.height).max(1.0);
            self.sheet.pictured += (self.state.matrix.surface() / page).min(1.0);
        } else {
            self.form(&form, resources, depth);
        }
    }

    fn font(&self, name: &[u8], resources: &Dict) -> Rc<Font> {
        let fonts = self.file.dict(resources.raw("Font")).unwrap_or_default();
        let value = fonts.named(name);
        if let Object::Ref(number) = value
            && let Some(font) = self.fonts.borrow().get(number)
        {
            return font.clone();
        }
        let font = Rc::new(match self.file.dict(value) {
            Some(dict) => Font::read(self.file, &dict),
            None => Font::missing(),
        });
        if let Object::Ref(number) = value {
            self.fonts.borrow_mut().insert(*number, font.clone());
        }
        font
    }

    /// What is told about marked content, either there or under a name.
    fn property(&self, value: Option<&Object>, resources: &Dict) -> Option<Dict> {
        match value? {
            Object::Dict(dict) => Some(dict.clone()),
            Object::Name(name) => {
                let properties = self.file.dict(resources.raw("Properties"))?;
                self.file.dict(properties.named(name))
            }
            _ => None,
        }
    }
}

/// The first numbers among some values; no operator takes more.
pub struct Numbers {
    values: [f64; 6],
    count: usize,
}

impl Numbers {
    /// Those among some values.
    pub fn of(values: &[Object]) -> Self {
        let mut numbers = Self {
            values: [0.0; 6],
            count: 0,
        };
        for value in values.iter().filter_map(Object::number).take(6) {
            numbers.values[numbers.count] = value;
            numbers.count += 1;
        }
        numbers
    }

    /// All of them.
    pub fn all(&self) -> &[f64] {
        &self.values[..self.count]
    }

    /// One of them, or 0.
    pub fn at(&self, index: usize) -> f64 {
        self.values.get(index).copied().unwrap_or(0.0)
    }
}

fn contents(file: &File, value: &Object) -> Vec<u8> {
    match file.resolve(value) {
        Object::Array(parts) => {
            let mut whole = Vec::new();
            for part in &parts {
                whole.extend(file.unpack(part).unwrap_or_default());
                whole.push(b'\n'); // a word never goes on in the next part
            }
            whole
        }
        value => file.unpack(&value).unwrap_or_default(),
    }
}

fn is_white(values: &[f64]) -> bool {
    match values.len() {
        1 | 3 => values.iter().all(|part| *part > 0.98),
        4 => values.iter().all(|part| *part < 0.02),
        _ => false,
    }
}

/// Moves over a picture that stands among the operators: up to `EI` between blanks.
fn skip_picture(lexer: &mut Lexer, content: &[u8]) {
    while let Some(object) = lexer.next() {
        if object.is_word("ID") {
            break;
        }
    }
    let rest = content.get(lexer.at..).unwrap_or_default();
    let end = rest
        .windows(4)
        .position(|window| is_blank(window[0]) && &window[1..3] == b"EI" && is_blank(window[3]));
    lexer.at += end.map_or(rest.len(), |end| end + 3);
}
