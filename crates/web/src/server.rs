//! Connections: accepted, held to their times, and let go when the server is told to stop.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};

/// How long a head may take to come, and how long a connection may lie idle.
const HEAD: Duration = Duration::from_secs(15);
/// Bytes of a head at most.
const LONGEST_HEAD: usize = 32 << 10;
/// Connections at a time; the next ones wait in the system's queue.
const MOST_CONNECTIONS: usize = 12_000;
/// How long a connection lives at most, so that one that reads too slowly ends as well.
const LONGEST: Duration = Duration::from_secs(600);
/// How long requests under way may take to end when the server stops.
const FAREWELL: Duration = Duration::from_secs(10);
/// How long to wait where the system has no file descriptor left.
const EXHAUSTED: Duration = Duration::from_millis(50);

/// Answers connections until `stopped` ends, then finishes the requests under way.
///
/// # Errors
/// The listener's address cannot be had.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stopped: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    listener.local_addr()?;
    let (stop, stopping) = watch::channel(false);
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    tokio::pin!(stopped);
    loop {
        let Ok(place) = places.clone().acquire_owned().await else { break };
        let stream = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stopped => break,
        };
        let Ok((stream, _)) = stream else {
            // A connection that was gone before it was accepted, or no descriptor left for it.
            tokio::time::sleep(EXHAUSTED).await;
            continue;
        };
        let (router, stopping) = (router.clone(), stopping.clone());
        tokio::spawn(async move {
            let _ = tokio::time::timeout(LONGEST, answer(stream, router, stopping)).await;
            drop(place);
        });
    }
    drop(listener);
    let _ = stop.send(true);
    drop(stopping);
    // All senders of `stopping` are the connections: when the last is gone, so are they.
    let _ = tokio::time::timeout(FAREWELL, stop.closed()).await;
    Ok(())
}

async fn answer(stream: TcpStream, router: Router, mut stopping: watch::Receiver<bool>) {
    let _ = stream.set_nodelay(true);
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(LONGEST_HEAD).half_close(false);
    let connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    tokio::pin!(connection);
    // What goes wrong on a connection is the other side's affair.
    tokio::select! {
        _ = connection.as_mut() => return,
        _ = stopping.wait_for(|stop| *stop) => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}
