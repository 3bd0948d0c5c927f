//! Members of the outermost object that say something about the whole response.
//!
//! Problem: a flag or an error code can stand anywhere in a body, before or after the rows, and a second pass to find
//! it would cost as much as the first. Default: the reader notes the members that a [`Watch`] names as it comes across
//! them, as they are written. Names are compared without regard to case, `_` and `-`; the last of a name counts.
//! Override: none.

/// The watched members, and their values.
#[derive(Default)]
pub(crate) struct Watch<'t>(Vec<(&'static str, Option<&'t str>)>);

impl<'t> Watch<'t> {
    pub(crate) fn new(names: impl IntoIterator<Item = &'static str>) -> Self {
        Self(names.into_iter().map(|name| (name, None)).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The place for a member of this name, if it is watched.
    pub(super) fn place(&mut self, name: &str) -> Option<&mut Option<&'t str>> {
        self.0.iter_mut().find(|(known, _)| same_name(known, name)).map(|(_, found)| found)
    }

    /// The JSON of a member, if it exists.
    pub(crate) fn get(&self, name: &str) -> Option<&'t str> {
        self.0.iter().find(|(known, _)| *known == name)?.1
    }
}

/// Whether two names are the same, like `error_code`, `errorCode` and `ErrorCode`.
pub(crate) fn same_name(left: &str, right: &str) -> bool {
    fn plain(text: &str) -> impl Iterator<Item = u8> {
        text.bytes().filter(|byte| !matches!(byte, b'_' | b'-')).map(|byte| byte.to_ascii_lowercase())
    }
    plain(left).eq(plain(right))
}
