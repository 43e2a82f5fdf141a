//! Connections: how many, and how long each is waited for.
//!
//! A client that sends slowly costs a little memory and one of a fixed number of places. When all are
//! taken, the connection that has been waited for longest makes room, so that those who ask are served
//! whatever others hold open.

use std::collections::BTreeMap;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;
use tokio::time::{Instant, Sleep, sleep};
use tower::ServiceExt as _;

/// Connections at once.
pub(crate) const MOST_CONNECTIONS: usize = 512;
/// How long a client may take to send the head of a request, the first or the next.
const HEAD_TIME: Duration = Duration::from_secs(15);
/// How long a client may take nothing of an answer.
const WRITE_TIME: Duration = Duration::from_secs(30);
/// Bytes that the head of a request may have.
const MOST_HEAD: usize = 64 << 10;
/// How long accepting rests when it fails, as when the machine has no more files to give.
const REST: Duration = Duration::from_millis(50);

/// Whether a connection is being answered, and is not to make room.
#[derive(Clone, Debug, Default)]
pub(crate) struct Busy(Arc<AtomicBool>);

impl Busy {
    pub(crate) fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn clear(&self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

/// The open connections, in the order in which they came.
#[derive(Default)]
struct Open {
    connections: BTreeMap<u64, (AbortHandle, Busy)>,
    n_come: u64,
}

type Shared = Arc<Mutex<Open>>;

/// Answers until the task is ended.
pub(crate) async fn answer(listener: TcpListener, router: Router) {
    let open = Shared::default();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => take(&open, stream, router.clone()),
            Err(_) => sleep(REST).await,
        }
    }
}

fn take(open: &Shared, stream: TcpStream, router: Router) {
    let mut all = lock(open);
    if all.connections.len() >= MOST_CONNECTIONS {
        let waited = |(_, (_, busy)): &(&u64, &(AbortHandle, Busy))| !busy.0.load(Ordering::Relaxed);
        let longest = all.connections.iter().find(waited).map(|(number, _)| *number);
        // All are being answered: the newcomer is turned away.
        let Some(number) = longest else { return };
        if let Some((connection, _)) = all.connections.remove(&number) {
            connection.abort();
        }
    }
    let number = all.n_come;
    all.n_come += 1;
    let busy = Busy::default();
    let place = Place { open: Arc::clone(open), number };
    let task = tokio::spawn(serve(stream, router, busy.clone(), place));
    all.connections.insert(number, (task.abort_handle(), busy));
}

/// Leaves the list when the connection ends, however it does.
struct Place {
    open: Shared,
    number: u64,
}

impl Drop for Place {
    fn drop(&mut self) {
        lock(&self.open).connections.remove(&self.number);
    }
}

fn lock(open: &Shared) -> std::sync::MutexGuard<'_, Open> {
    open.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn serve(stream: TcpStream, router: Router, busy: Busy, _place: Place) {
    // What is written is whole answers.
    let _ = stream.set_nodelay(true);
    let of_request = busy.clone();
    let service = hyper::service::service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(of_request.clone());
        let answered = Answered(of_request.clone());
        let router = router.clone();
        async move {
            let response = router.oneshot(request.map(axum::body::Body::new) as Request).await;
            drop(answered);
            response
        }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME).max_buf_size(MOST_HEAD);
    // An error is the client's, who is gone.
    let _ = http.serve_connection(TokioIo::new(Patient::new(stream)), service).await;
}

/// From here on only the sending is left, and that may be cut.
struct Answered(Busy);

impl Drop for Answered {
    fn drop(&mut self) {
        self.0.clear();
    }
}

/// A stream that fails when the other end takes nothing for [`WRITE_TIME`].
struct Patient {
    stream: TcpStream,
    stuck: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    fn new(stream: TcpStream) -> Self {
        Self { stream, stuck: None }
    }

    /// What came of a write, or that it waited for too long.
    fn heed<T>(&mut self, context: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stuck = None;
            return written;
        }
        let stuck =
            self.stuck.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(Instant::now() + WRITE_TIME)));
        match stuck.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncRead for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        to: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, to)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.heed(context, written)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        self.heed(context, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
