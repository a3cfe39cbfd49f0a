//! `serve`: the index over HTTP, until it is told to stop.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use chapeau_document::Document;
use chapeau_index::Searcher;
use chapeau_ingest::{MediaType, Options, Source};
use chapeau_web::{Draw, Line, Lines, Log, Logged, Settings, Shared, Sheet};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::signal::unix::{SignalKind, signal};

use crate::args::{LogFormat, Serve};
use crate::worker::Pool;
use crate::{Exit, print};

/// Fewest letters of a token: a shorter one can be found by trying.
const SHORTEST_TOKEN: usize = 16;

/// How long a page may take to draw, or a document to find its lines: somebody waits.
const TIME_TO_DRAW: Duration = Duration::from_secs(8);

/// Runs the command. It never builds an index: a server that reads for minutes before it answers
/// looks like one that hangs.
pub(crate) fn run(args: &Serve) -> anyhow::Result<Exit> {
    let settings = settings(args)?;
    let searcher = Searcher::open(&args.index.resolved())?;
    raise_limit();
    let runtime = tokio::runtime::Runtime::new().context("cannot start the server's threads")?;
    runtime.block_on(async {
        let stopped = stopped().context("cannot listen for signals")?;
        let listener = tokio::net::TcpListener::bind(args.bind);
        let listener = listener.await.with_context(|| format!("cannot listen at {}", args.bind))?;
        print::note(&format!("listening at http://{}", listener.local_addr()?));
        let router = chapeau_web::router(Shared::new(searcher, settings));
        chapeau_web::serve(listener, router, stopped).await.context("the server broke off")
    })?;
    // A search that runs on is not waited for: nobody is there to read its answer.
    runtime.shutdown_background();
    Ok(Exit::Done)
}

/// As many connections as the system lets this process have: the usual first limit of 1,024 open files is for
/// programs of another age, and idle connections alone reach it.
fn raise_limit() {
    let limit = getrlimit(Resource::Nofile);
    // Where it cannot be raised, it stays.
    let _ = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit });
}

fn settings(args: &Serve) -> anyhow::Result<Settings> {
    let token = args.token_file.as_deref().map(token).transpose()?;
    if !args.bind.ip().is_loopback() && token.is_none() && !args.no_token {
        bail!(
            "found --bind {} and no --token-file: others can reach that address, so want a token, \
             or --no-token where everybody may search",
            args.bind
        );
    }
    Ok(Settings {
        hosts: args.host.clone(),
        token,
        corpus: args.corpus.clone(),
        log: Some(log(args.log)),
        thesaurus: super::thesaurus(&args.thesaurus)?,
        draw: Some(Arc::new(Drawer(Pool::within(|_| TIME_TO_DRAW)))),
    })
}

/// Draws in worker processes: what hangs or dies costs one page.
struct Drawer(Pool);

impl Draw for Drawer {
    fn sheet(&self, bytes: &[u8], page: u32) -> Result<Sheet, String> {
        if !matches!(MediaType::of(bytes), MediaType::Pdf | MediaType::Image(_)) {
            return Err("the original has no pages".to_owned());
        }
        let source = Source { path: "", bytes, given: &[] };
        let drawing = self.0.draw(&source, page).map_err(|failure| failure.to_string())?;
        Ok(Sheet { png: drawing.png, width: drawing.width, height: drawing.height })
    }

    fn lines(&self, path: &str, bytes: &[u8]) -> Result<Lines, String> {
        let source = Source { path, bytes, given: &[] };
        let read = self.0.read(&source, &Options::default()).map_err(|failure| failure.to_string())?;
        Ok(read.documents.iter().flat_map(lines_of).collect())
    }
}

/// The lines of each clause of a document.
fn lines_of(document: &Document) -> impl Iterator<Item = ((String, String), Vec<Line>)> {
    document.clauses.iter().map(|clause| {
        let record = document.record(clause);
        let own = record.id.strip_prefix(&record.document).unwrap_or(&record.id).trim_start_matches('/');
        let lines = document.pages.lines_of(clause.span);
        let lines = lines.map(|line| Line { page: line.page, bounds: line.bounds }).collect();
        ((own.to_owned(), record.text), lines)
    })
}

/// The first line of a file.
fn token(file: &Path) -> anyhow::Result<String> {
    let text =
        fs::read_to_string(file).with_context(|| format!("cannot read token file {}", file.display()))?;
    let token = text.lines().next().unwrap_or_default().trim();
    if token.len() < SHORTEST_TOKEN {
        let found = token.len();
        bail!("found a token of {found} bytes in {}, want at least {SHORTEST_TOKEN}", file.display());
    }
    Ok(token.to_owned())
}

/// One line for each answer, on stderr. What was searched for is not part of it.
fn log(format: LogFormat) -> Log {
    match format {
        LogFormat::Text => Arc::new(|logged| print::note(&text_line(logged))),
        LogFormat::Json => Arc::new(|logged| print::note(&json_line(logged))),
    }
}

fn text_line(logged: &Logged<'_>) -> String {
    let Logged { method, path, status, took, reason } = logged;
    let reason = reason.map_or_else(String::new, |reason| format!(" ({reason})"));
    let time = format!("{:.0}", jiff::Timestamp::now());
    let line = format!("{time} {status} {method} {path} {:.1} ms{reason}", took.as_secs_f64() * 1e3);
    print::harmless_line(&line)
}

fn json_line(logged: &Logged<'_>) -> String {
    let line = serde_json::json!({
        "time": jiff::Timestamp::now().to_string(),
        "status": logged.status,
        "method": logged.method,
        "path": logged.path,
        "ms": logged.took.as_secs_f64() * 1e3,
        "reason": logged.reason,
    });
    line.to_string()
}

/// Ends when the process is asked to end, by Ctrl-C or by a service manager: from now on, so that
/// whoever has had an answer can stop the server well.
fn stopped() -> std::io::Result<impl Future<Output = ()>> {
    let mut terminated = signal(SignalKind::terminate())?;
    let mut interrupted = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminated.recv() => {}
            _ = interrupted.recv() => {}
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn logged() -> Logged<'static> {
        Logged { method: "GET", path: "/x\u{202E}\ny", status: 200, took: Default::default(), reason: None }
    }

    #[test]
    fn a_request_is_one_line() {
        assert!(text_line(&logged()).ends_with(" 200 GET /x y 0.0 ms"));
        assert!(!json_line(&logged()).contains('\n'));
    }
}
