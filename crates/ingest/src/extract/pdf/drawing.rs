//! What a page draws beside its text: rules, which part the cells of a table, and shapes, of which
//! charts are made. Colours, clips and widths are not looked at.

use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::Number;

use super::matrix::Matrix;

/// A stroke thinner than this, in points, is a rule ...
const RULE_WIDTH: f32 = 3.0;
/// ... if it is longer than this.
const RULE_LENGTH: f32 = 3.0;
/// Most rules and shapes kept of one page; the longest tables have some thousands.
const MAX_KEPT: usize = 20_000;

/// A box on the page as shown, in points from its top left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Area {
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) right: f32,
    pub(super) bottom: f32,
}

impl Area {
    pub(super) const NOTHING: Self =
        Self { left: f32::INFINITY, top: f32::INFINITY, right: f32::NEG_INFINITY, bottom: f32::NEG_INFINITY };

    pub(super) fn width(self) -> f32 {
        self.right - self.left
    }

    pub(super) fn height(self) -> f32 {
        self.bottom - self.top
    }

    /// The smallest area around both.
    pub(super) fn with(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    fn with_point(self, (x, y): (f64, f64)) -> Self {
        let (x, y) = (x as f32, y as f32);
        self.with(Self { left: x, top: y, right: x, bottom: y })
    }
}

/// Rules and shapes of one page.
#[derive(Clone, Debug, Default)]
pub(super) struct Drawn {
    /// Lying rules.
    pub(super) across: Vec<Area>,
    /// Standing rules.
    pub(super) down: Vec<Area>,
    /// Everything else.
    pub(super) shapes: Vec<Shape>,
}

/// Something drawn that is no rule.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Shape {
    pub(super) area: Area,
    /// Whether it is a box along the axes; otherwise curves, slanting lines, steps.
    pub(super) is_box: bool,
    /// How many lines and curves it is made of, a box of one.
    pub(super) n_pieces: u32,
}

impl Drawn {
    fn is_full(&self) -> bool {
        self.across.len() + self.down.len() + self.shapes.len() >= MAX_KEPT
    }

    /// Keeps a stroke or a filled path.
    fn keep(&mut self, shape: Shape) {
        let Shape { area, is_box: is_straight, .. } = shape;
        let (width, height) = (area.width(), area.height());
        if !(width.is_finite() && height.is_finite()) || self.is_full() {
            return;
        }
        match () {
            () if is_straight && height < RULE_WIDTH && width > RULE_LENGTH => self.across.push(area),
            () if is_straight && width < RULE_WIDTH && height > RULE_LENGTH => self.down.push(area),
            () if width > RULE_LENGTH || height > RULE_LENGTH => self.shapes.push(shape),
            () => {}
        }
    }

    /// The edges of a box whose outline is drawn.
    fn keep_edges(&mut self, area: Area) {
        let Area { left, top, right, bottom } = area;
        for y in [top, bottom] {
            self.keep(Shape { area: Area { left, right, top: y, bottom: y }, is_box: true, n_pieces: 1 });
        }
        for x in [left, right] {
            self.keep(Shape { area: Area { left: x, right: x, top, bottom }, is_box: true, n_pieces: 1 });
        }
    }
}

/// The path that is being built, and what was drawn so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Pen {
    pub(super) drawn: Drawn,
    /// The parts of the path that follow each other without a gap.
    path: Vec<Shape>,
    at: (f64, f64),
}

impl Pen {
    /// Takes an operator that builds or paints a path; leaves any other.
    pub(super) fn step(&mut self, operation: &Op<'_, '_>, matrix: Matrix, is_seen: bool) {
        let point = |x: Number, y: Number| matrix.apply(x.as_f64(), y.as_f64());
        match operation {
            Op::MoveTo(to) => self.start(point(to.0, to.1)),
            Op::LineTo(to) => self.line(point(to.0, to.1)),
            Op::CubicTo(c) => self.curve([point(c.0, c.1), point(c.2, c.3), point(c.4, c.5)]),
            Op::CubicStartTo(c) => self.curve([self.at, point(c.0, c.1), point(c.2, c.3)]),
            Op::CubicEndTo(c) => self.curve([self.at, point(c.0, c.1), point(c.2, c.3)]),
            Op::RectPath(r) => {
                let (x, y, width, height) = (r.0.as_f64(), r.1.as_f64(), r.2.as_f64(), r.3.as_f64());
                let corners = [matrix.apply(x, y), matrix.apply(x + width, y + height)];
                let area = corners.into_iter().fold(Area::NOTHING, Area::with_point);
                self.push(Shape { area, is_box: true, n_pieces: 1 });
            }
            Op::StrokePath(_) | Op::CloseAndStrokePath(_) => self.paint(true, is_seen),
            Op::FillPathNonZero(_)
            | Op::FillPathNonZeroCompatibility(_)
            | Op::FillPathEvenOdd(_)
            | Op::FillAndStrokeNonZero(_)
            | Op::FillAndStrokeEvenOdd(_)
            | Op::CloseFillAndStrokeNonZero(_)
            | Op::CloseFillAndStrokeEvenOdd(_) => self.paint(false, is_seen),
            Op::EndPath(_) => self.path.clear(),
            _ => {}
        }
    }

    fn push(&mut self, shape: Shape) {
        if self.path.len() < MAX_KEPT {
            self.path.push(shape);
        }
    }

    fn start(&mut self, to: (f64, f64)) {
        self.at = to;
        self.push(Shape { area: Area::NOTHING.with_point(to), is_box: true, n_pieces: 0 });
    }

    fn line(&mut self, to: (f64, f64)) {
        let is_along = (self.at.0 - to.0).abs() < 0.5 || (self.at.1 - to.1).abs() < 0.5;
        self.at = to;
        if let Some(shape) = self.path.last_mut() {
            shape.area = shape.area.with_point(to);
            shape.n_pieces += 1;
            shape.is_box &= is_along && shape.n_pieces < 5;
        }
    }

    fn curve(&mut self, points: [(f64, f64); 3]) {
        self.at = points[2];
        if let Some(shape) = self.path.last_mut() {
            shape.area = points.into_iter().fold(shape.area, Area::with_point);
            shape.n_pieces += 1;
            shape.is_box = false;
        }
    }

    fn paint(&mut self, is_outline: bool, is_seen: bool) {
        for shape in self.path.drain(..).filter(|_| is_seen) {
            let is_thin = shape.area.width() < RULE_WIDTH || shape.area.height() < RULE_WIDTH;
            if is_outline && shape.is_box && !is_thin {
                self.drawn.keep_edges(shape.area);
            }
            self.drawn.keep(shape);
        }
    }
}

#[cfg(test)]
mod tests {
    use hayro_syntax::content::TypedIter;

    use super::*;

    /// How many lying rules, standing rules and shapes are drawn.
    #[track_caller]
    fn check(content: &str, expected: [usize; 3]) {
        let mut pen = Pen::default();
        let mut operations = TypedIter::new(content.as_bytes());
        while let Some(operation) = operations.next() {
            pen.step(&operation, Matrix::IDENTITY, true);
        }
        let Drawn { across, down, shapes } = pen.drawn;
        assert_eq!([across.len(), down.len(), shapes.len()], expected, "{content}");
    }

    #[test]
    fn thin_boxes_and_lines_are_rules() {
        check("10 10 200 0.5 re f 10 10 0.5 80 re f", [1, 1, 0]);
        check("10 10 m 200 10 l S 10 10 m 10 90 l S", [1, 1, 0]);
        check("10 10 200 80 re S", [2, 2, 1]);
    }

    #[test]
    fn what_is_neither_is_a_shape() {
        check("10 10 200 80 re f", [0, 0, 1]);
        check("10 10 m 60 40 l S 0 0 m 9 9 20 9 30 0 c S", [0, 0, 2]);
    }

    #[test]
    fn paths_that_only_clip_draw_nothing() {
        check("10 10 200 80 re W n 5 5 1 1 re f", [0, 0, 0]);
    }
}
