//! A file's bytes on their way to a client, a stretch at a time: as fast as the
//! client takes them, never as a whole in memory, and without a thread that waits for it.

use std::fs::File;
use std::future::Future;
use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::task::{JoinHandle, spawn_blocking};

const STRETCH: u64 = 128 << 10;

/// The next so many bytes of a file.
pub(super) struct FileBody {
    left: u64,
    state: BodyState,
}

enum BodyState {
    Idle(File),
    Reading(JoinHandle<io::Result<(File, Bytes)>>),
    Over,
}

impl FileBody {
    /// The next `len` bytes from where the file stands.
    pub(super) fn new(file: File, len: u64) -> Self {
        Self { left: len, state: BodyState::Idle(file) }
    }
}

/// A file that is shorter than it was is an error: the length has been promised.
fn stretch(mut file: File, len: u64) -> io::Result<(File, Bytes)> {
    let mut bytes = vec![0; usize::try_from(len).unwrap_or(0)];
    file.read_exact(&mut bytes)?;
    Ok((file, bytes.into()))
}

impl Body for FileBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let mut reading = match std::mem::replace(&mut self.state, BodyState::Over) {
            BodyState::Idle(file) if self.left > 0 => {
                let len = self.left.min(STRETCH);
                spawn_blocking(move || stretch(file, len))
            }
            BodyState::Reading(reading) => reading,
            BodyState::Idle(_) | BodyState::Over => return Poll::Ready(None),
        };
        match Pin::new(&mut reading).poll(context) {
            Poll::Pending => {
                self.state = BodyState::Reading(reading);
                Poll::Pending
            }
            Poll::Ready(Ok(Ok((file, bytes)))) => {
                self.left -= bytes.len() as u64;
                self.state = BodyState::Idle(file);
                Poll::Ready(Some(Ok(Frame::data(bytes))))
            }
            Poll::Ready(Ok(Err(error))) => Poll::Ready(Some(Err(error))),
            Poll::Ready(Err(error)) => Poll::Ready(Some(Err(io::Error::other(error)))),
        }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
