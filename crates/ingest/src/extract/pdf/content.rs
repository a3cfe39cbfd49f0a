//! Runs content streams for their text: the operators that show or place glyphs; those that draw are
//! only followed for where they draw.
//!
//! The graphics interpreter of the decoder's family would do, but it decodes colours, clips and
//! images, cannot be stopped, and does not say which font a glyph came from. This one counts its
//! steps, so that a page made to run for ever ends, and keeps the font's weight and slant.

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream, String as Bytes};
use hayro_syntax::page::{Page, Resources};

use super::annotation;
use super::drawing::Pen;
use super::font::Fonts;
use super::frame::Frame;
use super::glyph::{Alphabet, Glyph, GlyphPage, Letters, NO_BLOCK, Traits};
use super::matrix::Matrix;
use super::strings;
use super::structure::Structure;
use super::unpack::{MAX_STREAM_BYTES, Unpacker};
use super::visibility::Layers;

/// Most operators run for one page. The densest real pages (maps) have some hundred thousand.
const MAX_STEPS: usize = 4_000_000;
/// Most glyphs kept of one page; a page of small print has about ten thousand.
pub(super) const MAX_GLYPHS: usize = 400_000;
/// Deepest nesting of form objects; real files rarely pass five.
const MAX_DEPTH: usize = 20;
/// Most saved graphics states.
const MAX_STATES: usize = 10_000;

/// What stays the same from page to page.
pub(super) struct Reader<'a> {
    pub(super) fonts: Fonts<'a>,
    pub(super) alphabet: Alphabet,
    pub(super) layers: Layers,
    pub(super) unpacker: Unpacker,
    pub(super) structure: Option<Structure>,
}

/// The part of the graphics state that concerns text.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) matrix: Matrix,
    pub(super) face: Option<usize>,
    pub(super) size: f64,
    pub(super) letter_space: f64,
    pub(super) word_space: f64,
    pub(super) stretch: f64,
    pub(super) leading: f64,
    pub(super) rise: f64,
    pub(super) mode: i64,
}

/// What an open marked-content sequence means for the glyphs inside.
#[derive(Clone, Debug)]
struct Mark {
    hidden: bool,
    artifact: bool,
    /// Its block in the structure tree.
    block: u32,
    /// Replacement text, and the first glyph that it replaces.
    actual: Option<(String, usize)>,
}

/// One page being read.
struct Run<'r, 'a> {
    reader: &'r mut Reader<'a>,
    page: GlyphPage,
    state: State,
    saved: Vec<State>,
    marks: Vec<Mark>,
    line: Matrix,
    text: Matrix,
    pen: Pen,
    steps: usize,
    depth: usize,
    /// The page or form whose marked content is numbered here.
    scope: Option<ObjectIdentifier>,
}

/// Reads the glyphs of a page.
pub(super) fn read_page<'a>(reader: &mut Reader<'a>, page: &Page<'a>, number: u32) -> GlyphPage {
    let (width, height) = page.render_dimensions();
    let state = State {
        matrix: upright(page),
        face: None,
        size: 1.0,
        letter_space: 0.0,
        word_space: 0.0,
        stretch: 1.0,
        leading: 0.0,
        rise: 0.0,
        mode: 0,
    };
    let mut run = Run {
        reader,
        page: GlyphPage { number, width, height, ..GlyphPage::default() },
        state,
        saved: Vec::new(),
        marks: Vec::new(),
        line: Matrix::IDENTITY,
        text: Matrix::IDENTITY,
        pen: Pen::default(),
        steps: 0,
        depth: 0,
        scope: page.raw().obj_id(),
    };
    let content = run.reader.unpacker.content(page);
    run.page.has_content = !content.bytes.trim_ascii().is_empty();
    run.page.missing = content.missing;
    run.stream(TypedIter::new(&content.bytes), page.resources());
    run.annotations(page);
    run.page.drawn = run.pen.drawn;
    run.page
}

/// From the page's own coordinates to points from the top left corner of the page as shown.
fn upright(page: &Page<'_>) -> Matrix {
    use hayro_syntax::page::Rotation;
    let (width, height) = page.render_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    let crop = page.intersected_crop_box();
    let shift = Matrix::shift(-crop.x0, -crop.y0);
    shift.then(Matrix(match page.rotation() {
        Rotation::None => [1.0, 0.0, 0.0, -1.0, 0.0, height],
        Rotation::Horizontal => [0.0, 1.0, 1.0, 0.0, 0.0, 0.0],
        Rotation::Flipped => [-1.0, 0.0, 0.0, 1.0, width, 0.0],
        Rotation::FlippedHorizontal => [0.0, -1.0, -1.0, 0.0, width, height],
    }))
}

impl<'a> Run<'_, 'a> {
    fn stream(&mut self, mut operations: TypedIter<'_>, resources: &Resources<'a>) {
        let (depth, marks) = (self.saved.len(), self.marks.len());
        self.saved.push(self.state.clone());
        while let Some(operation) = operations.next() {
            self.steps += 1;
            if self.steps > MAX_STEPS || self.page.glyphs.len() > MAX_GLYPHS {
                self.page.cut = true;
                break;
            }
            self.step(&operation, resources);
        }
        while self.marks.len() > marks {
            self.end_mark();
        }
        self.saved.truncate(depth + 1);
        if let Some(state) = self.saved.pop() {
            self.state = state;
        }
    }

    fn step(&mut self, operation: &Op<'_, '_>, resources: &Resources<'a>) {
        match operation {
            Op::SaveState(_) if self.saved.len() < MAX_STATES => self.saved.push(self.state.clone()),
            Op::RestoreState(_) => self.restore(),
            Op::Transform(m) => {
                let change = [m.0, m.1, m.2, m.3, m.4, m.5].map(|number| number.as_f64());
                self.state.matrix = Matrix(change).then(self.state.matrix);
            }
            Op::XObject(object) => self.object(object.0, resources),
            Op::InlineImage(_) => self.page.has_image = true,
            Op::BeginMarkedContent(begin) => self.begin_mark(begin.0, None),
            Op::BeginMarkedContentWithProperties(begin) => {
                self.begin_described_mark(begin.0, begin.1, resources);
            }
            Op::EndMarkedContent(_) => self.end_mark(),
            Op::SetGraphicsState(state) => self.graphics_state(state.0, resources),
            _ => self.text_step(operation, resources),
        }
    }

    fn text_step(&mut self, operation: &Op<'_, '_>, resources: &Resources<'a>) {
        match operation {
            Op::BeginText(_) => self.start_line(Matrix::IDENTITY),
            Op::SetTextMatrix(m) => {
                self.start_line(Matrix([m.0, m.1, m.2, m.3, m.4, m.5].map(|number| number.as_f64())));
            }
            Op::TextFont(font) => self.select_font(font.0, font.1.as_f64(), resources),
            Op::CharacterSpacing(space) => self.state.letter_space = space.0.as_f64(),
            Op::WordSpacing(space) => self.state.word_space = space.0.as_f64(),
            Op::HorizontalScaling(percent) => self.state.stretch = percent.0.as_f64() / 100.0,
            Op::TextLeading(leading) => self.state.leading = leading.0.as_f64(),
            Op::TextRise(rise) => self.state.rise = rise.0.as_f64(),
            Op::TextRenderingMode(mode) => self.state.mode = mode.0.as_i64(),
            Op::NextLine(by) => self.next_line(by.0.as_f64(), by.1.as_f64()),
            Op::NextLineAndSetLeading(by) => {
                self.state.leading = -by.1.as_f64();
                self.next_line(by.0.as_f64(), by.1.as_f64());
            }
            Op::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
            Op::ShowText(text) => self.show(text.0),
            Op::ShowTexts(pieces) => self.show_pieces(pieces.0),
            Op::NextLineAndShowText(text) => {
                self.next_line(0.0, -self.state.leading);
                self.show(text.0);
            }
            Op::ShowTextWithParameters(text) => {
                self.state.word_space = text.0.as_f64();
                self.state.letter_space = text.1.as_f64();
                self.next_line(0.0, -self.state.leading);
                self.show(text.2);
            }
            _ => self.pen.step(operation, self.state.matrix, !self.is_hidden()),
        }
    }

    fn restore(&mut self) {
        // The bottom state belongs to the stream that is being run.
        if self.saved.len() > 1
            && let Some(state) = self.saved.pop()
        {
            self.state = state;
        }
    }

    fn start_line(&mut self, matrix: Matrix) {
        self.line = matrix;
        self.text = matrix;
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.start_line(Matrix::shift(x, y).then(self.line));
    }

    fn select_font(&mut self, name: &Name<'_>, size: f64, resources: &Resources<'a>) {
        let fonts = &mut self.reader.fonts;
        self.state.size = size;
        self.state.face = match resources.get_font(name) {
            Some(dict) => fonts.number_of(&dict),
            None => fonts.fallback(),
        };
    }

    fn graphics_state(&mut self, name: &Name<'_>, resources: &Resources<'a>) {
        let font = resources.get_ext_g_state(name).and_then(|state| state.get::<Array<'a>>("Font"));
        let Some(mut entries) = font.map(|font| font.flex_iter()) else { return };
        if let (Some(dict), Some(size)) = (entries.next::<Dict<'a>>(), entries.next::<f64>()) {
            self.state.face = self.reader.fonts.number_of(&dict);
            self.state.size = size;
        }
    }

    // ---- objects -------------------------------------------------------------------------

    fn object(&mut self, name: &Name<'_>, resources: &Resources<'a>) {
        let Some(stream) = resources.get_x_object(name) else { return };
        let dict = stream.dict();
        let is_form = dict.get::<Name<'_>>("Subtype").is_some_and(|kind| kind.as_str() == "Form");
        self.page.has_image |= !is_form;
        if is_form && !self.is_hidden() && self.reader.layers.shows(dict, b"OC") {
            self.form(&stream, resources, Matrix::IDENTITY);
        }
    }

    /// Runs a form object, placed by its own matrix and then by `place`.
    fn form(&mut self, form: &Stream<'a>, resources: &Resources<'a>, place: Matrix) {
        if self.depth >= MAX_DEPTH {
            return;
        }
        let content = match self.reader.unpacker.stream(form, MAX_STREAM_BYTES) {
            Ok(content) => content,
            Err(refusal) => {
                self.page.missing = Some(refusal);
                return;
            }
        };
        let matrix = form.dict().get::<[f64; 6]>("Matrix").map_or(Matrix::IDENTITY, Matrix);
        let own = form.dict().get::<Dict<'a>>("Resources").map(Resources::new);
        let (line, text, state, scope) = (self.line, self.text, self.state.clone(), self.scope);
        if form.dict().contains_key("StructParents") {
            self.scope = Some(form.obj_id());
        }
        self.state.matrix = matrix.then(place).then(self.state.matrix);
        self.depth += 1;
        self.stream(TypedIter::new(&content), own.as_ref().unwrap_or(resources));
        self.depth -= 1;
        (self.line, self.text, self.state, self.scope) = (line, text, state, scope);
    }

    /// Form fields and typed-on notes show text that is part of no content stream of the page.
    fn annotations(&mut self, page: &Page<'a>) {
        let Some(annotations) = page.raw().get::<Array<'a>>("Annots") else { return };
        for annotation in annotations.iter::<Dict<'a>>() {
            if annotation::shows_text(&annotation)
                && let Some(appearance) = annotation::appearance(&annotation)
                && let Some(place) = annotation::place(&annotation, &appearance)
            {
                self.form(&appearance, page.resources(), place);
            }
        }
    }

    // ---- marked content ------------------------------------------------------------------

    fn is_hidden(&self) -> bool {
        self.marks.last().is_some_and(|mark| mark.hidden)
    }

    fn begin_mark(&mut self, tag: &Name<'_>, properties: Option<&Dict<'_>>) {
        let outer = self.marks.last();
        let actual = properties.and_then(|properties| properties.get::<Bytes<'_>>("ActualText"));
        let actual = actual.map(|text| strings::decode(text.as_bytes()));
        let (block, replacement) = self.place_in_structure(properties).unwrap_or_default();
        let mark = Mark {
            hidden: outer.is_some_and(|mark| mark.hidden),
            artifact: outer.is_some_and(|mark| mark.artifact) || tag.as_str() == "Artifact",
            block: block.or(outer.map(|mark| mark.block)).unwrap_or(NO_BLOCK),
            actual: actual.or(replacement).map(|text| (text, self.page.glyphs.len())),
        };
        if self.marks.len() < MAX_STATES {
            self.marks.push(mark);
        }
    }

    /// The block of marked content, and the text that the structure tree puts in its place.
    fn place_in_structure(&self, properties: Option<&Dict<'_>>) -> Option<(Option<u32>, Option<String>)> {
        let structure = self.reader.structure.as_ref()?;
        let number = properties?.get::<u32>("MCID")?;
        let (block, text) = structure.leaf(self.scope?, number)?;
        Some((Some(block), text.map(str::to_owned)))
    }

    fn begin_described_mark(&mut self, tag: &Name<'_>, described: &Object<'_>, resources: &Resources<'a>) {
        match described {
            Object::Name(name) => {
                let properties = resources.properties.get::<Dict<'_>>(name.as_ref());
                self.begin_mark(tag, properties.as_ref());
                let shown = self.reader.layers.shows(&resources.properties, name.as_ref());
                if let Some(mark) = self.marks.last_mut().filter(|_| !shown) {
                    mark.hidden = true;
                }
            }
            Object::Dict(properties) => self.begin_mark(tag, Some(properties)),
            _ => self.begin_mark(tag, None),
        }
    }

    fn end_mark(&mut self) {
        if let Some(Mark { actual: Some((text, start)), .. }) = self.marks.pop() {
            self.replace(start, &text);
        }
    }

    /// Puts `text` in the place of the glyphs from `start` on. Left as drawn where the file asks
    /// to replace more than part of a line, since the words would lose their places.
    fn replace(&mut self, start: usize, text: &str) {
        let glyphs = &mut self.page.glyphs;
        let Some((first, last)) = glyphs.get(start).copied().zip(glyphs.last().copied()) else { return };
        let same_line = glyphs[start..].iter().all(|glyph| {
            glyph.angle == first.angle && (glyph.across - first.across).abs() < first.size / 2.0
        });
        if !same_line || last.end() < first.along {
            return;
        }
        glyphs.truncate(start);
        if !text.is_empty() {
            let letters = self.reader.alphabet.letters(text);
            glyphs.push(Glyph { letters, advance: last.end() - first.along, ..first });
        }
    }

    // ---- text ----------------------------------------------------------------------------

    fn show_pieces(&mut self, pieces: &Array<'_>) {
        for piece in pieces.iter::<Object<'_>>() {
            match piece {
                Object::Number(number) => self.adjust(number.as_f64()),
                Object::String(text) => self.show(&text),
                _ => {}
            }
        }
    }

    fn adjust(&mut self, thousandths: f64) {
        let by = -thousandths / 1000.0 * self.state.size;
        let horizontal =
            self.state.face.and_then(|face| self.reader.fonts.face(face)).is_none_or(|face| face.horizontal);
        let shift =
            if horizontal { Matrix::shift(by * self.state.stretch, 0.0) } else { Matrix::shift(0.0, by) };
        self.text = shift.then(self.text);
    }

    fn show(&mut self, text: &Bytes<'_>) {
        if self.state.face.is_none() {
            self.state.face = self.reader.fonts.fallback();
        }
        let hidden = self.is_hidden();
        let mode = self.mode_traits();
        let Some(number) = self.state.face else { return };
        let Reader { fonts, alphabet, .. } = &mut *self.reader;
        let Some(face) = fonts.face(number) else { return };
        let block = self.marks.last().map_or(NO_BLOCK, |mark| mark.block);
        let frame = Frame::of(&self.state, self.text, face.horizontal, f64::from(face.em));
        let traits = face.traits.with(mode);
        let (state, bytes) = (&self.state, text.as_bytes());
        let (mut at, mut moved) = (0, 0.0);
        while at < bytes.len() {
            let (code, length) = face.read_code(bytes, at);
            at += length;
            let drawn = face.code(code, alphabet);
            let advance = f64::from(drawn.advance) * state.size;
            if let Some(frame) = frame.as_ref().filter(|_| !hidden)
                && drawn.letters != Letters::NONE
            {
                let glyph = frame.glyph(drawn.letters, moved, advance, traits);
                self.page.glyphs.extend(glyph.map(|glyph| Glyph { block, ..glyph }));
            }
            let word = if code == 32 && length == 1 { state.word_space } else { 0.0 };
            let stretch = if face.horizontal { state.stretch } else { 1.0 };
            moved += (advance + state.letter_space + word) * stretch;
        }
        let shift = if face.horizontal { Matrix::shift(moved, 0.0) } else { Matrix::shift(0.0, moved) };
        self.text = shift.then(self.text);
    }

    /// What the rendering mode and the marked content say of the glyphs to come.
    fn mode_traits(&self) -> Traits {
        let artifact = self.marks.last().is_some_and(|mark| mark.artifact);
        let mode = match self.state.mode {
            2 => Traits::BOLD,
            3 | 7 => Traits::INVISIBLE,
            _ => Traits::default(),
        };
        if artifact { mode.with(Traits::ARTIFACT) } else { mode }
    }
}
