//! The requested page of a list.
//!
//! Problem: a list that is read to its end must end, even if its rows are those of an example.
//! Default: `x-paging` says where a page starts and its maximum size; the total is the number of rows of the example.
//! There are no rows after an unknown marker.

use dbplane_codegen::spec::Paging;
use serde_json::Value as Json;

use super::sent;
use crate::message::response::Response;
use crate::world::list;
use crate::world::place::{self, Ids};
use crate::world::request::WorldRequest;

/// The example of an operation; for a list, only the rows of the requested page.
pub(super) fn page(call: &WorldRequest<'_>) -> Response {
    let mut response = call.example();
    let (Some(paging), Some(body)) = (&call.operation.paging, &mut response.body) else { return response };
    let mut total = 0;
    place::change(body, &paging.items, &Ids::new(), |rows| {
        if let Json::Array(all) = rows.take() {
            total = all.len();
            *rows = cut(call, paging, all).into();
        }
    });
    if let Some(path) = &paging.total {
        place::change(body, path, &Ids::new(), |value| *value = place::like(value, total.to_string()));
    }
    response
}

fn cut(call: &WorldRequest<'_>, paging: &Paging, rows: Vec<Json>) -> Vec<Json> {
    let size = number(call, &paging.size).unwrap_or(i64::MAX);
    let skipped = match (&paging.marker, paging.style.as_str()) {
        (Some(marker), _) => after(&rows, marker, sent(call, &paging.number).first()),
        (None, "page") => {
            let page = number(call, &paging.number).unwrap_or(paging.first);
            page.saturating_sub(paging.first).saturating_mul(size)
        }
        (None, _) => number(call, &paging.number).unwrap_or_default(),
    };
    list::cut(rows, skipped, size)
}

/// The value that was sent, or the default of the spec.
fn number(call: &WorldRequest<'_>, name: &str) -> Option<i64> {
    let sent = sent(call, name);
    sent.first().map_or_else(|| call.number(name), |text| text.parse().ok())
}

/// The number of rows up to the one with a marker.
fn after(rows: &[Json], property: &str, marker: Option<&String>) -> i64 {
    let Some(marker) = marker else { return 0 };
    let is_marked = |row: &Json| row.get(property).map(place::plain).as_ref() == Some(marker);
    let before = rows.iter().position(is_marked).unwrap_or(rows.len());
    i64::try_from(before).unwrap_or(i64::MAX).saturating_add(1)
}
