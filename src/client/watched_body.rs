//! A body that notices when its request leaves.
//!
//! Problem: an error may say "may have taken effect" of a request that may have reached the service, and of no other;
//! but when time runs out, the HTTP library does not say whether there was a connection yet.
//! Default: it looks at the body right before it writes the request to a connection, and not earlier, so the body knows.
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

    /// Asked once before the head is written, also where there is no body.
    fn is_end_stream(&self) -> bool {
        self.left.store(true, Ordering::SeqCst);
        self.bytes.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes.len() as u64)
    }
}
