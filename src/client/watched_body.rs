//! A body that detects when its request is sent.
//!
//! Problem: an error must only say "may have taken effect" for a request that may have reached the service; but after a
//! timeout, the HTTP library does not say whether there was a connection.
//! Default: the library reads the body right before it writes the request to a connection, and not earlier, so the body
//! can detect it.
//! Override: none.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

/// The bytes of a body. `left` becomes true when the request is written.
pub(super) struct WatchedBody {
    pub(super) bytes: Bytes,
    pub(super) left: Arc<AtomicBool>,
}

impl Body for WatchedBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.left.store(true, Ordering::SeqCst);
        let bytes = std::mem::take(&mut self.bytes);
        Poll::Ready((!bytes.is_empty()).then(|| Ok(Frame::data(bytes))))
    }

    /// Called once before the head is written, also without a body.
    fn is_end_stream(&self) -> bool {
        self.left.store(true, Ordering::SeqCst);
        self.bytes.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes.len() as u64)
    }
}
