//! A connection to a browser, into which whole frames are put by whoever has something to tell.

use std::{
    future::poll_fn,
    io::{self, ErrorKind},
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, ready},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};

/// How much may wait until the browser takes it in, before the seat itself says no more into it.
const MAX_WAITING: usize = 64 * 1024;

/// A connection. Any number of tasks may put frames into it, one reads.
///
/// Invariant: frames are put whole and come out in the order in which they were put.
#[derive(Debug)]
pub struct Pipe {
    stream: TcpStream,
    waiting: Mutex<Waiting>,
}

/// What the system did not take yet.
#[derive(Debug, Default)]
struct Waiting {
    bytes: Vec<u8>,
    /// Why nothing more can be put into it.
    lost: Option<ErrorKind>,
}

impl Pipe {
    /// Over this connection.
    pub fn over(stream: TcpStream) -> Self {
        Self { stream, waiting: Mutex::default() }
    }

    /// Puts frames into it, without waiting. Whether all of them are on their way: otherwise somebody has to [`Pipe::clear`] it.
    pub fn put(&self, frames: &[u8]) -> bool {
        let mut waiting = self.waiting();
        let taken = if waiting.bytes.is_empty() { waiting.give(&self.stream, frames) } else { 0 };
        waiting.bytes.extend_from_slice(&frames[taken..]);
        waiting.is_clear()
    }

    /// Whether nothing waits in it, and it is not lost.
    pub fn is_clear(&self) -> bool {
        self.waiting().is_clear()
    }

    /// Waits until the other side has taken in what waits.
    ///
    /// # Errors
    /// When the connection is lost.
    pub async fn clear(&self) -> io::Result<()> {
        poll_fn(|cx| self.poll_below(cx, 1)).await
    }

    /// Waits until less than this waits.
    fn poll_below(&self, cx: &mut Context<'_>, bytes: usize) -> Poll<io::Result<()>> {
        loop {
            let mut waiting = self.waiting();
            waiting.give_what_waits(&self.stream);
            if let Some(lost) = waiting.lost {
                return Poll::Ready(Err(lost.into()));
            }
            if waiting.bytes.len() < bytes {
                return Poll::Ready(Ok(()));
            }
            drop(waiting);
            ready!(self.stream.poll_write_ready(cx))?;
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        // What waits is whole at each moment that could panic.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting {
    fn is_clear(&self) -> bool {
        self.bytes.is_empty() && self.lost.is_none()
    }

    fn give_what_waits(&mut self, stream: &TcpStream) {
        let mut bytes = std::mem::take(&mut self.bytes);
        let taken = self.give(stream, &bytes);
        bytes.drain(..taken);
        // What was large once does not stay so.
        if bytes.is_empty() {
            bytes = Vec::new();
        }
        self.bytes = bytes;
    }

    /// How many of these bytes the system takes at once.
    fn give(&mut self, stream: &TcpStream, bytes: &[u8]) -> usize {
        let mut taken = 0;
        while taken < bytes.len() && self.lost.is_none() {
            match stream.try_write(&bytes[taken..]) {
                Ok(some) => taken += some,
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => self.lost = Some(error.kind()),
            }
        }
        taken
    }
}

/// A pipe as the WebSocket of its seat sees it: what it writes comes between what others put in, never within.
#[derive(Debug)]
pub struct OwnEnd(pub Arc<Pipe>);

impl AsyncRead for OwnEnd {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        loop {
            ready!(self.0.stream.poll_read_ready(cx))?;
            match self.0.stream.try_read(buffer.initialize_unfilled()) {
                Ok(read) => {
                    buffer.advance(read);
                    return Poll::Ready(Ok(()));
                }
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => {}
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }
}

impl AsyncWrite for OwnEnd {
    /// Takes all: a WebSocket writes whole frames.
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, frames: &[u8]) -> Poll<io::Result<usize>> {
        ready!(self.0.poll_below(cx, MAX_WAITING))?;
        self.0.put(frames);
        Poll::Ready(Ok(frames.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.0.poll_below(cx, 1)
    }

    /// The connection ends with its pipe.
    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_flush(cx)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use std::time::Duration;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
        time::timeout,
    };

    /// A pipe, and the other end of its connection.
    pub(in crate::live) async fn pair() -> (Arc<Pipe>, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let other = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (stream, _) = listener.accept().await.unwrap();
        stream.writable().await.unwrap();
        (Arc::new(Pipe::over(stream)), other)
    }

    /// Fills the pipe until something waits in it, and tells how many bytes that took.
    pub(in crate::live) fn fill(pipe: &Pipe) -> usize {
        (1..).find(|_| !pipe.put(&[b'x'; 4096])).unwrap() * 4096
    }

    #[tokio::test]
    async fn what_is_put_comes_out_whole_and_in_order_whoever_puts_it() {
        let (pipe, mut other) = pair().await;
        let mut own = OwnEnd(pipe.clone());
        let filled = fill(&pipe);
        assert!(!pipe.is_clear());
        assert!(!pipe.put(b"behind it"));
        own.write_all(b", and own").await.unwrap();
        assert!(timeout(Duration::from_millis(50), pipe.clear()).await.is_err(), "nobody reads");
        let mut read = vec![0; filled + 18];
        let (cleared, _) = tokio::join!(pipe.clear(), other.read_exact(&mut read));
        cleared.unwrap();
        assert_eq!(read[filled..], *b"behind it, and own");
        assert!(pipe.put(b"at once") && pipe.is_clear());
        other.write_all(b"heard").await.unwrap();
        let mut heard = [0; 5];
        own.read_exact(&mut heard).await.unwrap();
        assert_eq!(heard, *b"heard");
    }

    #[tokio::test]
    async fn its_own_seat_says_no_more_into_a_line_that_is_full() {
        let (pipe, _other) = pair().await;
        let mut own = OwnEnd(pipe.clone());
        fill(&pipe);
        pipe.put(&[b'x'; MAX_WAITING]);
        assert!(timeout(Duration::from_millis(50), own.write_all(b"more")).await.is_err());
    }

    #[tokio::test]
    async fn a_line_that_is_lost_says_so() {
        let (pipe, other) = pair().await;
        drop(other);
        // The first frame is answered with a reset.
        while pipe.put(b"into nothing") {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        assert!(pipe.clear().await.is_err());
        assert!(!pipe.is_clear());
    }
}
