//! One poll of the work.
//!
//! Problem: some services report on a resource only in a paged list. Default: such a list is read page by page until
//! the row is found, or to its end. Override: none.

use std::future::Future;

use serde_json::Value;

use super::made;
use super::path::{find, incomplete, lacks};
use crate::client::response::Response;
use crate::client::{Call, Core};
use crate::error::{Error, Kind};
use crate::operation::{States, Step};
use crate::paging::{Pages, Plan};
use crate::token::{Ids, Token};

/// Polls once: returns the response, or its page with the row, or all pages with rows, or else the last page; and the
/// number of requests.
pub(super) fn poll(
    core: &Core,
    states: &'static States,
    token: &Token,
) -> impl Future<Output = (Result<Vec<Value>, Error>, u32)> + Send + use<> {
    let mut call = Call::new(core, states.operation);
    for (parameter, id) in states.arguments() {
        if let Some(id) = token.id(id) {
            call.set(parameter, id);
        }
    }
    let ids = token.ids().clone();
    async move {
        match &states.operation.paging {
            Some(paging)
                if states.resource.iter().any(|step| matches!(step, Step::Row(..) | Step::Rows(..))) =>
            {
                walk(Pages::new(Plan::new(call, *paging)), states, &ids).await
            }
            paging => {
                if let Some(paging) = paging {
                    call.set(paging.size, paging.default_size);
                }
                let (response, requests) = counted(call.send::<Value>().await);
                (
                    response.and_then(|response| whole(response, states)).map(|response| vec![response]),
                    requests,
                )
            }
        }
    }
}

fn counted(response: Result<Response<Value>, Error>) -> (Result<Value, Error>, u32) {
    let requests = response.as_ref().map_or_else(Error::requests_sent, Response::requests_sent);
    (response.map(Response::into_inner), requests)
}

/// A response that can contain the resource.
fn whole(response: Value, states: &States) -> Result<Value, Error> {
    let Some(name) = lacks(&response, states.resource) else { return Ok(response) };
    let message = format!("the response has no `{name}` that can be read");
    Err(Error::new(Kind::Decode, message).with_operation(states.operation))
}

async fn walk(mut pages: Pages<Value>, states: &States, ids: &Ids) -> (Result<Vec<Value>, Error>, u32) {
    let (mut read, mut requests) = (Vec::new(), 0_u32);
    let several = states.resource.iter().any(|step| matches!(step, Step::Rows(..)));
    let unknown = made::unknown(states, ids).is_some();
    while let Some(page) = pages.try_next().await.transpose() {
        let (page, sent) = counted(page);
        requests = requests.saturating_add(sent);
        match page.and_then(|page| whole(page, states)) {
            Ok(page) => read.push(page),
            Err(e) => return (Err(e), requests),
        }
        let found = read.iter().any(|page| !find(page, states.resource, ids).is_empty());
        if found && !unknown && !incomplete(&read, states.resource, ids) {
            break;
        }
        if !several && !unknown && read.len() > 1 {
            read.remove(0);
        }
    }
    (Ok(read), requests)
}
