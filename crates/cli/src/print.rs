//! The only place that prints: results on stdout, the rest on stderr, document text made harmless.
//!
//! A document may hold control characters that a terminal obeys, and marks that turn text around
//! or hide it. What people read passes [`harmless`]; JSON keeps such characters, but escaped.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt::Write as _;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::time::{Duration, Instant};

pub(crate) use chapeau_document::harmless;
use chapeau_document::{is_control, is_hidden};
use indicatif::{ProgressBar, ProgressStyle};

/// Columns of output that is not on a terminal, and the most used on a wide one: longer lines
/// are hard to read.
const WIDTH: usize = 100;
/// Fewest columns that text is wrapped to.
const NARROWEST: usize = 20;

/// Standard output, buffered, with what is known of the place it goes to.
pub(crate) struct Output {
    to: BufWriter<StdoutLock<'static>>,
    /// How to write on it.
    pub(crate) style: Style,
    terminal: bool,
}

impl Output {
    /// Standard output as it is.
    pub(crate) fn stdout() -> Self {
        let terminal = io::stdout().is_terminal();
        let to = BufWriter::with_capacity(1 << 16, io::stdout().lock());
        Self { to, style: Style::of(terminal), terminal }
    }

    /// One line, which the caller has made harmless.
    pub(crate) fn line(&mut self, text: &str) -> io::Result<()> {
        self.to.write_all(text.as_bytes())?;
        self.to.write_all(b"\n")
    }

    /// Columns that a table may take: those of a terminal, and as many as it likes elsewhere.
    pub(crate) fn table_width(&self) -> usize {
        if self.terminal { self.style.columns } else { usize::MAX }
    }

    /// A value as one line of JSON.
    pub(crate) fn json(&mut self, value: &impl serde::Serialize) -> anyhow::Result<()> {
        Ok(self.to.write_all(json_line(value)?.as_bytes())?)
    }

    /// A document's text: as it is into a file or a pipe, harmless on a terminal.
    pub(crate) fn text(&mut self, text: &str) -> io::Result<()> {
        let text = if self.terminal { harmless(text) } else { Cow::Borrowed(text) };
        self.to.write_all(text.as_bytes())
    }

    /// Bytes that somebody else has formed: CSV, a completion script.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.to.write_all(bytes)
    }

    /// Writes out what is buffered; to be called last, since dropping would lose an error.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// How text is written for people.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    /// Whether colours and bold letters may be used.
    pub(crate) colour: bool,
    /// Columns to wrap text to.
    pub(crate) width: usize,
    /// Columns of the terminal.
    columns: usize,
}

impl Style {
    /// Colour on a terminal only, and not where `NO_COLOR` is set (no-color.org).
    fn of(terminal: bool) -> Self {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        let columns = terminal_size::terminal_size().map_or(WIDTH, |(columns, _)| usize::from(columns.0));
        let width = if terminal { columns.clamp(NARROWEST, WIDTH) } else { WIDTH };
        Self { colour: terminal && !refused && !dumb, width, columns }
    }

    /// Without colour, for a file.
    pub(crate) fn plain() -> Self {
        Self { colour: false, width: WIDTH, columns: WIDTH }
    }

    /// A style for tests.
    #[cfg(test)]
    pub(crate) fn new(colour: bool, width: usize) -> Self {
        Self { colour, width, columns: width }
    }

    /// Bold, where colour is.
    pub(crate) fn bold(self, text: &str) -> String {
        self.wrapped_in("1", text)
    }

    /// Dimmed, where colour is.
    pub(crate) fn dim(self, text: &str) -> String {
        self.wrapped_in("2", text)
    }

    fn wrapped_in(self, code: &str, text: &str) -> String {
        if self.colour && !text.is_empty() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// Something that the user should know, on stderr.
pub(crate) fn note(message: &str) {
    to_stderr(&harmless(message));
}

/// Something that may be wrong, on stderr.
pub(crate) fn warning(message: &str) {
    to_stderr(&format!("warning: {}", harmless(message)));
}

/// Why a command failed, with its causes, on stderr.
pub(crate) fn error(error: &anyhow::Error) {
    to_stderr(&harmless(&format!("chapeau: {error:#}")));
}

/// Nobody can be told of a failure to write to stderr.
fn to_stderr(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// How far a long job is: a bar on a terminal, elsewhere a line now and then for a log.
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    n_steps: usize,
    done: Cell<usize>,
    started: Instant,
    logged: Cell<Instant>,
}

/// Between two lines in a log.
const LOG_EVERY: Duration = Duration::from_secs(10);

impl Progress {
    /// Of so many steps.
    pub(crate) fn new(n_steps: usize) -> Self {
        let now = Instant::now();
        let bar = (n_steps > 0 && io::stderr().is_terminal()).then(|| {
            let style = ProgressStyle::with_template("{bar:24} {pos}/{len} {per_sec} {eta} left {wide_msg}");
            ProgressBar::new(n_steps as u64).with_style(style.expect("the template is well formed"))
        });
        Self { bar, n_steps, done: Cell::new(0), started: now, logged: Cell::new(now) }
    }

    /// One step more is done: this one.
    pub(crate) fn step(&self, name: &str) {
        self.done.set(self.done.get() + 1);
        if let Some(bar) = &self.bar {
            bar.set_message(harmless_line(name));
            bar.inc(1);
        } else if self.logged.get().elapsed() > LOG_EVERY {
            self.logged.set(Instant::now());
            note(&progress_line(self.done.get(), self.n_steps, self.started.elapsed()));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a rate is shown to one decimal")]
fn progress_line(n_done: usize, n_steps: usize, took: Duration) -> String {
    let rate = n_done as f64 / took.as_secs_f64().max(0.001);
    let left = n_steps.saturating_sub(n_done) as f64 / rate.max(0.001);
    format!("read {n_done} of {n_steps} sources, {rate:.1} a second, about {left:.0} s left")
}

/// Harmless text on one line: line ends, tabs and page breaks become spaces.
pub(crate) fn harmless_line(text: &str) -> String {
    harmless(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A value as one line of JSON, with its end.
pub(crate) fn json_line(value: &impl serde::Serialize) -> anyhow::Result<String> {
    Ok(escaped(&serde_json::to_string(value)?).into_owned() + "\n")
}

/// JSON with the characters of [`harmless`] escaped. Outside its strings JSON holds none.
fn escaped(json: &str) -> Cow<'_, str> {
    if !json.chars().any(|letter| is_control(letter) || is_hidden(letter)) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 16);
    for letter in json.chars() {
        if is_control(letter) || is_hidden(letter) {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}").expect("writing to a string does not fail");
            }
        } else {
            out.push(letter);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(harmless(text), expected);
    }

    #[test]
    fn controls_are_shown() {
        check("a\x1b[31mb\x07\u{9b}c", "a\u{FFFD}[31mb\u{FFFD}\u{FFFD}c");
        check("line\r\nnext\tcell", "line\u{FFFD}\nnext\tcell");
    }

    #[test]
    fn hidden_marks_are_left_out() {
        check("co\u{AD}op \u{202E}txt\u{2066}\u{200B}", "coop txt");
        check("é ñ 世界 “quoted”", "é ñ 世界 “quoted”");
    }

    #[test]
    fn a_log_says_how_far_a_job_is() {
        let line = progress_line(30, 120, Duration::from_secs(10));
        assert_eq!(line, "read 30 of 120 sources, 3.0 a second, about 30 s left");
    }

    #[test]
    fn json_keeps_them_escaped() {
        assert_eq!(escaped("\"a\u{202E}b\u{9b}\u{E0041}\""), "\"a\\u202eb\\u009b\\udb40\\udc41\"");
    }
}
