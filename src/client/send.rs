//! Sending a call: what every generated `send()` does.

use super::byte_stream::ByteStream;
use super::call::Call;
use super::exchange::Exchange;
use super::parsed_response::{self, ParsedResponse};
use super::response::Response;
use crate::error::Error;
use crate::wire::decode::Decode;

impl Call {
    /// Checks, signs, sends, classifies and decodes. The future is `Send` here, so that the compiler checks it once and
    /// not for every operation.
    #[allow(clippy::manual_async_fn, reason = "an async fn can't say that it can be spawned")]
    pub(crate) fn send<T: Decode + 'static>(
        self,
    ) -> impl Future<Output = Result<Response<T>, Error>> + Send + 'static {
        async move {
            let outcome = Exchange::new(&self).run().await;
            let decoded = outcome.and_then(|reply| parsed_response::decode(self.operation, reply));
            decoded.map_err(|e| e.with_operation(self.operation).with_target(self.target()))
        }
    }

    /// The same for a file, which is read later.
    #[allow(clippy::manual_async_fn, reason = "an async fn can't say that it can be spawned")]
    pub(crate) fn download(
        self,
    ) -> impl Future<Output = Result<Response<ByteStream>, Error>> + Send + 'static {
        async move {
            let outcome = Exchange::new(&self).run().await;
            let file = outcome.and_then(parsed_response::file);
            file.map_err(|e| e.with_operation(self.operation))
        }
    }

    /// The same without decoding, and without consuming the call.
    pub(crate) async fn fetch(&self) -> Result<ParsedResponse, Error> {
        let outcome = Exchange::new(self).run().await;
        let opened = outcome.and_then(|reply| ParsedResponse::open(self.operation, reply));
        opened.map_err(|e| e.with_operation(self.operation))
    }
}
