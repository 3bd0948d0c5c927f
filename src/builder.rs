//! The methods of every generated builder: sending, lists, waiting.
//!
//! Problem: hundreds of builders need the same methods with different types. Default: [`operation!`] adds them to a
//! builder; the struct itself is generated. Override: none.

/// Gives a builder its methods, from the type of its response. `list(PAGING) -> ROW` adds the walks of a list,
/// `wait -> OUTCOME` waiting for accepted work. `ByteStream` as the response is a file.
///
/// The futures own all that they need, so they can be spawned.
#[allow(unused_macros)] // in a build without any service
macro_rules! operation {
    ($name:ident -> ByteStream) => {
        $crate::builder::operation! { @common $name }

        impl $name {
            /// Sends the request and returns the file in the response as a stream, which is read as it arrives.
            ///
            /// Not cancel safe: dropping the future does not cancel the request. A write that was sent may still take effect.
            ///
            /// # Errors
            /// See [`Error`](crate::Error). A request that breaks a documented limit is refused before anything is
            /// sent.
            pub fn send(
                self,
            ) -> impl Future<Output = Result<$crate::Response<$crate::ByteStream>, $crate::Error>> + Send + 'static
            {
                self.0.download()
            }
        }
    };
    (@common $name:ident) => {
        impl Clone for $name {
            fn clone(&self) -> Self {
                Self(self.0.clone())
            }
        }

        /// Shows names and no values, because a value may be a secret.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&self.0, f)
            }
        }

        impl $name {
            /// Sets per-call options (timeouts, retries).
            pub fn with_options(mut self, options: $crate::CallOptions) -> Self {
                self.0.set_options(options);
                self
            }
        }
    };
    (
        $name:ident -> $response:ty
        $(, list($paging:expr) -> $row:ty)?
        $(, wait($make:path) -> $end:ty)?
        $(,)?
    ) => {
        $crate::builder::operation! { @common $name }

        impl $name {
            /// Sends the request and returns the decoded response.
            ///
            /// Not cancel safe: dropping the future does not cancel the request. A write that was sent may still take
            /// effect, at most once.
            ///
            /// # Errors
            /// See [`Error`](crate::Error). A request that breaks a documented limit is refused before anything is
            /// sent.
            pub fn send(
                self,
            ) -> impl Future<Output = Result<$crate::Response<$response>, $crate::Error>> + Send + 'static {
                self.0.send()
            }

            $(
                /// Lists all rows, page by page; see [`Items`](crate::Items).
                pub fn items(self) -> $crate::Items<$row> {
                    $crate::Items::new($crate::paging::Plan::new(self.0, $paging))
                }

                /// Lists all pages; see [`Pages`](crate::Pages).
                pub fn pages(self) -> $crate::Pages<$response> {
                    $crate::Pages::new($crate::paging::Plan::new(self.0, $paging))
                }
            )?

            $(
                /// Sends the request and returns when the service has accepted it.
                ///
                /// The result has a token, from which the wait can be resumed later or in another process.
                ///
                /// Not cancel safe: if the future is dropped, the request may have been accepted (at most once), and
                /// its token is lost.
                ///
                /// # Errors
                /// As [`send`](Self::send). [`Error::is_decode`](crate::Error::is_decode) if the response does not
                /// contain the id of the work, for example after a dry run;
                /// [`Error::is_accepted`](crate::Error::is_accepted) as well if it contains another id.
                pub fn start(
                    self,
                ) -> impl Future<Output = Result<$crate::Accepted<$end>, $crate::Error>> + Send + 'static {
                    $crate::poller::start(self.0, $make)
                }

                /// Sends the request, waits until the work is done and reads the result.
                ///
                /// Not cancel safe: dropping the future ends the polling, not the work, and the token is lost; use
                /// [`start`](Self::start) to keep it.
                ///
                /// # Errors
                /// As [`send`](Self::send) and [`Accepted::wait`](crate::Accepted::wait). If
                /// [`Error::is_accepted`](crate::Error::is_accepted) is true, do not send the request again: resume
                /// from the token.
                pub fn send_and_wait(
                    self,
                    wait: &$crate::Wait,
                ) -> impl Future<Output = Result<$crate::Outcome<$end>, $crate::Error>> + Send + 'static + use<> {
                    $crate::poller::send_and_wait(self.0, wait.clone(), $make)
                }
            )?
        }
    };
}

#[allow(unused_imports)] // in a build without any service
pub(crate) use operation;
