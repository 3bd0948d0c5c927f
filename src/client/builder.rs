//! What every generated builder has: sending, walking a list, waiting.
//!
//! Problem: hundreds of builders need the same methods with different types. Default: [`operation!`] gives them to a
//! builder; the builder itself is generated in the open. Override: none.

/// Gives a builder its methods, from the type of its response. `list(PAGING) -> ROW` adds the walks of a list,
/// `wait -> OUTCOME` waiting for accepted work.
///
/// The futures own all that they need, so they can be spawned.
#[allow(unused_macros)] // in a build without any service
macro_rules! operation {
    (
        $name:ident -> $response:ty
        $(, list($paging:expr) -> $row:ty)?
        $(, wait -> $outcome:ty)?
        $(,)?
    ) => {
        impl $name {
            /// Sets per-call options (timeouts, retries).
            pub fn with_options(mut self, options: $crate::CallOptions) -> Self {
                self.call.set_options(options);
                self
            }

            /// Sends the request and returns the decoded response.
            ///
            /// # Errors
            /// See [`Error`](crate::Error). A request that breaks a documented limit is refused before anything is
            /// sent.
            pub fn send(
                self,
            ) -> impl Future<Output = Result<$crate::Response<$response>, $crate::Error>> + Send + 'static {
                self.call.send()
            }

            $(
                /// Lists all rows, page by page; see [`Items`](crate::Items).
                pub fn items(self) -> $crate::Items<$row> {
                    $crate::Items::new($crate::paging::Plan::new(self.call, $paging))
                }

                /// Lists all pages; see [`Pages`](crate::Pages).
                pub fn pages(self) -> $crate::Pages<$response> {
                    $crate::Pages::new($crate::paging::Plan::new(self.call, $paging))
                }
            )?

            $(
                /// Sends the request and waits until the work is done.
                ///
                /// # Errors
                /// As [`send`](Self::send), and as the `wait` of [`Client::work`]. To resume waiting after a
                /// restart, call [`send`](Self::send), save the IDs and use [`Client::work`].
                pub fn send_and_wait(
                    self,
                    wait: &$crate::Wait,
                ) -> impl Future<Output = Result<$outcome, $crate::Error>> + Send + 'static + use<> {
                    Client::send_and_wait(self.call, wait.clone())
                }
            )?
        }
    };
}

#[allow(unused_imports)] // in a build without any service
pub(crate) use operation;
