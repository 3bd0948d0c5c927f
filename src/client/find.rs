//! Search of a list by name.
//!
//! Problem: services use ids, people and scripts use names; and a list can have no item or several items of a name. A
//! program that uses the first of several may use the wrong one, and a program that interprets a 404 as "none" creates
//! a second one if the address was wrong.
//! Default: the list is read to its end, and names are compared exactly, regardless of the service's own filter. None
//! and several are errors with a predicate each, [`Error::is_no_match`] and [`Error::is_ambiguous`]; the second names
//! the ids.
//! Override: none; the lists themselves have filters and sizes.

use std::pin::pin;

use futures_core::Stream;
use futures_util::{StreamExt, stream};

use crate::error::text::shown;
use crate::error::{Error, Kind};

/// The maximum number of ids in the error; after one more, reading stops.
const MAX_IDS: usize = 10;

/// The maximum number of rows that are read. The largest account has far fewer.
const MAX_ROWS: usize = 100_000;

/// A row that can be found by its name.
pub(crate) trait Named {
    /// The kind of the resource: `cluster`.
    const KIND: &'static str;
    /// Its name; empty if it has none.
    fn name(&self) -> &str;
    /// Its id; empty if it has none.
    fn id(&self) -> &str;
}

/// The only row with this name in a paged list, given as `items()` and filtered by the service if possible.
pub(crate) async fn by_name<T: Named>(
    name: String,
    rows: impl Stream<Item = Result<T, Error>>,
) -> Result<T, Error> {
    let mut rows = pin!(rows.enumerate());
    let (mut first, mut ids) = (None, Vec::new());
    while let Some((number, row)) = rows.next().await {
        // A row that can't be decoded may be the searched one, so the search ends.
        let row = row?;
        if number >= MAX_ROWS {
            let message = format!("the list has more than {MAX_ROWS} rows, too many to find one by name");
            return Err(Error::new(Kind::Decode, message));
        }
        if row.name() == name {
            ids.push(row.id().to_owned());
            first.get_or_insert(row);
        }
        if ids.len() > MAX_IDS {
            break;
        }
    }
    match first {
        Some(row) if ids.len() == 1 => Ok(row),
        Some(_) => Err(ambiguous(T::KIND, &name, ids)),
        None => Err(Error::new(Kind::NoMatch, format!("no {} is named `{}`", T::KIND, shown(&name)))),
    }
}

/// The same in a list without pages.
#[allow(dead_code)] // which services have such lists depends on the features
pub(crate) async fn by_name_in<T: Named>(
    name: String,
    rows: impl IntoIterator<Item = T>,
) -> Result<T, Error> {
    by_name(name, stream::iter(rows.into_iter().map(Ok))).await
}

fn ambiguous(kind: &str, name: &str, mut ids: Vec<String>) -> Error {
    let count = if ids.len() > MAX_IDS { format!("more than {MAX_IDS}") } else { ids.len().to_string() };
    ids.truncate(MAX_IDS);
    let list = ids.iter().map(|id| shown(id)).collect::<Vec<_>>().join(", ");
    let message = format!("{count} {kind}s are named `{}`: {list}; use the id", shown(name));
    Error::new(Kind::Ambiguous, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, PartialEq)]
    struct Row(&'static str, usize);

    impl Named for Row {
        const KIND: &'static str = "cluster";

        fn name(&self) -> &str {
            self.0
        }

        fn id(&self) -> &str {
            ["i0", "i1", "i2", "i\n3"].get(self.1).copied().unwrap_or("more")
        }
    }

    #[tokio::test]
    async fn one_none_and_several_are_told_apart_letter_by_letter() {
        let rows = ["a", "A", "ab", "b", "b"].into_iter().enumerate().map(|(id, name)| Row(name, id));
        assert_eq!(by_name_in("a".to_owned(), rows.clone()).await.unwrap(), Row("a", 0));
        let none = by_name_in("c".to_owned(), rows.clone()).await.unwrap_err();
        assert!(none.is_no_match() && !none.is_ambiguous() && !none.is_not_found(), "{none:?}");
        assert_eq!(none.to_string(), "no cluster is named `c`");
        let several = by_name_in("b".to_owned(), rows).await.unwrap_err();
        assert!(several.is_ambiguous() && !several.is_no_match(), "{several:?}");
        assert_eq!(several.to_string(), "2 clusters are named `b`: i\\n3, more; use the id");
        assert!(by_name_in("".to_owned(), [Row("a", 0)]).await.unwrap_err().is_no_match());
    }

    #[tokio::test]
    async fn neither_matches_nor_rows_are_read_without_end() {
        let endless = |name| stream::iter((0..).map(move |id| Ok(Row(name, id))));
        let several = by_name("a".to_owned(), endless("a")).await.unwrap_err();
        let text = several.to_string();
        assert!(several.is_ambiguous() && text.starts_with("more than 10 clusters are named"), "{text}");
        assert_eq!(text.matches(", ").count(), MAX_IDS - 1, "{text}");
        let long = by_name("a".to_owned(), endless("b")).await.unwrap_err();
        assert!(long.is_decode() && long.to_string().contains("more than 100000 rows"), "{long}");
    }

    #[tokio::test]
    async fn a_row_that_is_not_to_be_had_ends_the_search() {
        let broken = || Err(Error::new(Kind::Decode, "a row can't be read"));
        let error = by_name("a".to_owned(), stream::iter([Ok(Row("a", 0)), broken()])).await.unwrap_err();
        assert!(error.is_decode() && !error.is_no_match(), "{error}");
    }
}
