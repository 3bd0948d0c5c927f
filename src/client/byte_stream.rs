//! A response that is a file, read as it arrives.
//!
//! Problem: a dump or a report is not JSON, can be larger than memory, and may take longer than the timeout of an
//! attempt.
//! Default: up to 1 GiB is read; each piece must arrive within the timeout of an attempt; the total time is not
//! limited.
//! Override: [`ByteStream::max_size`]; [`TransportBuilder::attempt_timeout`](crate::TransportBuilder::attempt_timeout)
//! and that of [`CallOptions`](crate::CallOptions).

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use futures_util::stream;

use super::connection::ReplyBody;
use super::connections::ConnectionPermit;
use crate::error::{Error, Kind};
use crate::operation::Operation;
use crate::runtime::Runtime;

/// The largest file that is read, in bytes.
const MAX_SIZE: u64 = 1024 * 1024 * 1024;

/// The body of a response that is a file: a [`Stream`] of pieces, in the sizes in which they arrive.
///
/// Nothing is retried after the first byte of the file. If the stream ends without an error, the file is complete.
///
/// ```no_run
/// # use std::io::Write;
/// # async fn example(client: dbplane::huawei::taurusdb_v3::Client) -> Result<(), Box<dyn std::error::Error>> {
/// # let (instance, node, request) = ("i", "n", "r");
/// let mut sessions = client.download_realtime_session(instance, node, request).send().await?.into_inner();
/// let mut file = std::fs::File::create("sessions.csv")?;
/// while let Some(piece) = sessions.try_next().await? {
///     file.write_all(&piece)?;
/// }
/// # Ok(()) }
/// ```
#[must_use = "a file is not read until the stream is polled"]
pub struct ByteStream {
    pieces: Pin<Box<dyn Stream<Item = Result<Bytes, Error>> + Send>>,
    operation: &'static Operation,
    received: u64,
    max_size: u64,
    ended: bool,
}

impl ByteStream {
    pub(super) fn new(
        operation: &'static Operation,
        body: (ReplyBody, ConnectionPermit),
        runtime: Runtime,
        pause: Duration,
    ) -> Self {
        // The connection is in use until the file has been read.
        let pieces = stream::unfold((body, runtime), move |(mut body, runtime)| async move {
            let piece = match runtime.within(pause, body.0.next()).await {
                Some(piece) => piece.transpose()?,
                None => {
                    let message =
                        format!("no part of the response was received within {} s", pause.as_secs_f64());
                    Err(Error::new(Kind::Timeout, message))
                }
            };
            Some((piece, (body, runtime)))
        });
        Self { pieces: Box::pin(pieces), operation, received: 0, max_size: MAX_SIZE, ended: false }
    }

    /// Sets the maximum size of the file, in bytes. The stream of a larger file ends with an error. Default: 1 GiB.
    pub fn max_size(mut self, bytes: u64) -> Self {
        self.max_size = bytes;
        self
    }

    /// Returns the next piece, or `None` at the end.
    ///
    /// Cancel safe: if the future is dropped, no piece is lost.
    ///
    /// # Errors
    /// The connection broke, the next piece took too long, or the file is larger than [`max_size`](Self::max_size)
    /// ([`Error::is_decode`]). The stream ends after an error.
    pub async fn try_next(&mut self) -> Result<Option<Bytes>, Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }

    /// Reads the whole file into memory.
    ///
    /// Not cancel safe: dropping the future drops the stream and everything that was read.
    ///
    /// # Errors
    /// As [`try_next`](Self::try_next).
    pub async fn collect(mut self) -> Result<Bytes, Error> {
        let mut whole = BytesMut::new();
        while let Some(piece) = self.try_next().await? {
            whole.extend_from_slice(&piece);
        }
        Ok(whole.freeze())
    }

    /// Counts a piece, and refuses one too many.
    fn count(&mut self, piece: Bytes) -> Result<Bytes, Error> {
        self.received = self.received.saturating_add(piece.len() as u64);
        if self.received > self.max_size {
            let message =
                format!("the response has more than {} bytes and was not read to the end", self.max_size);
            return Err(Error::new(Kind::Decode, message));
        }
        Ok(piece)
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let piece = ready!(self.pieces.as_mut().poll_next(context));
        let piece = piece.map(|piece| piece.and_then(|piece| self.count(piece)));
        self.ended = !matches!(piece, Some(Ok(_)));
        Poll::Ready(piece.map(|piece| piece.map_err(|e| e.with_operation(self.operation))))
    }
}

/// Shows the size, and never the content.
impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ByteStream({} bytes of {})", self.received, self.operation.id)
    }
}
