//! Connections: how many at once, how long each may take to ask and to listen. What is
//! half open, or asks with endless headers, holds a seat for some seconds and nothing else.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep, sleep};

use super::preview::Preview;

/// More connections than this wait their turn. Below the thousand files that a
/// program may have open on most machines.
const SEATS: usize = 800;
/// How long a client may take to say what it wants.
const ASKING: Duration = Duration::from_secs(10);
/// How long a client may take nothing of what it is sent.
const LISTENING: Duration = Duration::from_secs(30);
const MOST_HEADERS: usize = 100;
const LARGEST_HEAD: usize = 64 << 10;

/// Answers whoever calls, for ever.
pub(super) async fn accept(listener: TcpListener, preview: Arc<Preview>) {
    let seats = Arc::new(Semaphore::new(SEATS));
    loop {
        let Ok(seat) = Arc::clone(&seats).acquire_owned().await else { return };
        match listener.accept().await {
            Ok((stream, _)) => drop(tokio::spawn(converse(stream, seat, Arc::clone(&preview)))),
            // No file descriptor is free, or the caller has hung up: neither is an end.
            Err(_) => sleep(Duration::from_millis(20)).await,
        }
    }
}

async fn converse(stream: TcpStream, _seat: OwnedSemaphorePermit, preview: Arc<Preview>) {
    let Ok(own) = stream.local_addr() else { return };
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| {
        let preview = Arc::clone(&preview);
        async move { Ok::<_, std::convert::Infallible>(preview.reply(request, own.ip()).await) }
    });
    let mut speech = http1::Builder::new();
    speech.timer(TokioTimer::new()).header_read_timeout(ASKING).max_headers(MOST_HEADERS).max_buf_size(LARGEST_HEAD);
    // A client that breaks off or speaks nonsense has been told, or is gone.
    let _ = speech.serve_connection(TokioIo::new(Patient::new(stream, LISTENING)), service).with_upgrades().await;
}

/// A connection that gives up on a client that takes nothing for too long.
struct Patient {
    stream: TcpStream,
    limit: Duration,
    patience: Pin<Box<Sleep>>,
    waiting: bool,
}

impl Patient {
    fn new(stream: TcpStream, limit: Duration) -> Self {
        Self { stream, limit, patience: Box::pin(sleep(limit)), waiting: false }
    }

    fn watch<T>(&mut self, context: &mut Context<'_>, poll: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if poll.is_ready() {
            self.waiting = false;
            return poll;
        }
        if !std::mem::replace(&mut self.waiting, true) {
            let end = Instant::now() + self.limit;
            self.patience.as_mut().reset(end);
        }
        match self.patience.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncRead for Patient {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, out: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, out)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let poll = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.watch(context, poll)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let poll = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.watch(context, poll)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;
    use tokio::io::AsyncWriteExt;

    const LIMIT: Duration = Duration::from_millis(400);

    /// Sends more than any buffer holds to a client that does something meanwhile; how that ends.
    fn send(client: impl FnOnce(std::net::TcpStream) + Send + 'static) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            std::thread::spawn(move || client(std::net::TcpStream::connect(address).unwrap()));
            let (stream, _) = listener.accept().await.unwrap();
            Patient::new(stream, LIMIT).write_all(&vec![0; 24 << 20]).await
        })
    }

    #[test]
    fn a_client_that_takes_nothing_is_given_up() {
        let begun = std::time::Instant::now();
        let ended = send(|stream| {
            std::thread::sleep(Duration::from_secs(20));
            drop(stream);
        });
        assert_eq!(ended.unwrap_err().kind(), io::ErrorKind::TimedOut);
        assert!(begun.elapsed() >= LIMIT && begun.elapsed() < Duration::from_secs(15));
    }

    #[test]
    fn a_client_that_takes_a_little_at_a_time_gets_everything() {
        let ended = send(|mut stream| {
            let mut bytes = vec![0; 2 << 20];
            while let Ok(1..) = stream.read(&mut bytes) {
                std::thread::sleep(LIMIT / 8);
            }
        });
        assert!(ended.is_ok(), "{ended:?}");
    }
}
