//! Examples of models, for tests; with the feature `testing`.
//!
//! Problem: a model of a response has dozens of fields, and a test needs two. Default: an example from the vendor's
//! pages, written by the generator. Override: `with` changes any field, for all are public.

use super::decode::{self, Decode};

/// Decodes an example. Tests check that every example can be decoded.
pub(crate) fn read<T: Decode>(json: &str) -> T {
    decode::decode(json).unwrap_or_else(|_| T::blank())
}

/// Adds examples to models, from their JSON.
macro_rules! examples {
    ($($name:ident = $json:literal,)*) => {
        $(
            impl models::$name {
                /// Returns the example of the vendor's pages. Requires the feature `testing`.
                #[must_use]
                pub fn example() -> Self {
                    $crate::wire::examples::read($json)
                }

                /// Changes fields of an example: `example().with(|it| it.field = value)`. Requires the feature
                /// `testing`.
                #[must_use]
                pub fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
                    change(&mut self);
                    self
                }
            }
        )*

        #[cfg(test)]
        #[test]
        fn each_example_is_read() {
            $(
                let read = $crate::wire::decode::decode::<models::$name>($json);
                let written = serde_json::to_value(read.expect(stringify!($name))).expect(stringify!($name));
                assert!(written.is_object(), "{}", stringify!($name));
            )*
        }
    };
}
#[allow(unused_imports)] // in a build without any service
pub(crate) use examples;
