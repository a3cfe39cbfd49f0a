//! `serve`: the index over HTTP, until it is told to stop.

use anyhow::{Context, bail};
use chapeau_index::Searcher;
use chapeau_web::Shared;

use crate::args::Serve;
use crate::{Exit, print};

/// Runs the command. It never builds an index: a server that reads for minutes before it answers
/// looks like one that hangs.
pub(crate) fn run(args: &Serve) -> anyhow::Result<Exit> {
    if !args.bind.ip().is_loopback() {
        bail!(
            "found --bind {}, want an address of this machine such as 127.0.0.1: no access check is built in",
            args.bind
        );
    }
    let searcher = Searcher::open(&args.index.resolved())?;
    let runtime = tokio::runtime::Runtime::new().context("cannot start the server's threads")?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(args.bind);
        let listener = listener.await.with_context(|| format!("cannot listen at {}", args.bind))?;
        print::note(&format!("listening at http://{}", listener.local_addr()?));
        let router = chapeau_web::router(Shared::new(searcher));
        chapeau_web::serve(listener, router, stopped()).await.context("the server broke off")?;
        Ok(Exit::Done)
    })
}

/// Ends when the process is asked to end.
async fn stopped() {
    // Where signals cannot be had, the server runs until it is killed.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
