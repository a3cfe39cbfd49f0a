//! For tests: the smallest writer of PDFs whose glyphs stand where a test wants them.

use std::fmt::Write;

/// A page: its content stream, and its `/Rotate`.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    content: String,
    rotate: u16,
}

impl Sheet {
    /// A page turned clockwise by `degrees` when shown.
    pub(super) fn turned(mut self, degrees: u16) -> Self {
        self.rotate = degrees;
        self
    }

    /// Text at (x, y) from the lower left corner, in Helvetica of 10 points.
    pub(super) fn text(self, x: f32, y: f32, text: &str) -> Self {
        self.sized(x, y, 10.0, text)
    }

    /// Text of another size.
    pub(super) fn sized(self, x: f32, y: f32, size: f32, text: &str) -> Self {
        self.raw(&format!("BT /F1 {size} Tf {x} {y} Td ({}) Tj ET", escaped(text)))
    }

    /// Bold text.
    pub(super) fn bold(self, x: f32, y: f32, size: f32, text: &str) -> Self {
        self.raw(&format!("BT /F2 {size} Tf {x} {y} Td ({}) Tj ET", escaped(text)))
    }

    /// Text of marked content `number`.
    pub(super) fn marked(self, number: u32, x: f32, y: f32, text: &str) -> Self {
        self.raw(&format!("/P << /MCID {number} >> BDC")).text(x, y, text).raw("EMC")
    }

    /// Operators as they are.
    pub(super) fn raw(mut self, operators: &str) -> Self {
        self.content.push_str(operators);
        self.content.push('\n');
        self
    }
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)")
}

/// A PDF of these pages, each 600 points wide and 800 high. `information` goes into the
/// information dictionary as it is.
pub(super) fn pdf_with(sheets: &[Sheet], information: &str) -> Vec<u8> {
    written(sheets, information, "")
}

/// A tagged PDF: `tree` is what its structure tree holds. Its first page is object 6, its second 8.
pub(super) fn tagged(sheets: &[Sheet], tree: &str) -> Vec<u8> {
    written(sheets, "", &format!("/StructTreeRoot << {tree} >>"))
}

fn written(sheets: &[Sheet], information: &str, catalog: &str) -> Vec<u8> {
    let mut objects: Vec<Vec<u8>> = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>").into_bytes(),
        format!("<< /Type /Pages /Count {} /Kids [{}] >>", sheets.len(), kids(sheets.len())).into_bytes(),
        font("Helvetica"),
        font("Helvetica-Bold"),
        format!("<< {information} >>").into_bytes(),
    ];
    for (at, sheet) in sheets.iter().enumerate() {
        objects.push(page(first_page(at) + 1, sheet.rotate));
        objects.push(stream(&sheet.content));
    }
    assemble(&objects)
}

/// A PDF of these pages.
pub(super) fn pdf(sheets: &[Sheet]) -> Vec<u8> {
    pdf_with(sheets, "")
}

fn first_page(at: usize) -> usize {
    6 + 2 * at
}

fn kids(n: usize) -> String {
    (0..n).map(|at| format!("{} 0 R ", first_page(at))).collect()
}

fn font(name: &str) -> Vec<u8> {
    format!("<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>").into_bytes()
}

fn page(content: usize, rotate: u16) -> Vec<u8> {
    let resources = "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >>";
    format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Rotate {rotate} {resources} /Contents {content} 0 R >>")
        .into_bytes()
}

fn stream(content: &str) -> Vec<u8> {
    // Tests write accented letters; the font's encoding has them where Latin-1 has them.
    let bytes: Vec<u8> =
        content.chars().map(|character| u8::try_from(u32::from(character)).unwrap_or(b'?')).collect();
    [format!("<< /Length {} >>\nstream\n", bytes.len()).as_bytes(), &bytes, b"\nendstream"].concat()
}

fn assemble(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut offsets = String::new();
    for (object, number) in objects.iter().zip(1..) {
        writeln!(offsets, "{:010} 00000 n ", out.len()).expect("a string takes any text");
        out.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let (start, size) = (out.len(), objects.len() + 1);
    let tail = format!(
        "xref\n0 {size}\n0000000000 65535 f \n{offsets}trailer\n<< /Size {size} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{start}\n%%EOF\n"
    );
    out.extend_from_slice(tail.as_bytes());
    out
}
