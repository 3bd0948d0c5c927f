//! The API versions that a host offers.
//!
//! Problem: the platform withdraws versions; the response for a withdrawn one is 406, which does not list the others.
//! Default: a host is queried when a call failed with a 406, and the call's error lists the offered versions. The query
//! is a request without credentials. It is sent at most once an hour, takes at most [`PATIENCE`] and the remaining time
//! of the call, is not retried, and its own failure is ignored.
//! Override: `offered_versions` of a client queries immediately; `api_version` of the builder sets another version.

use std::time::Duration;

use crate::auth::BoxFuture;
use crate::auth::single_flight::{Fresh, SingleFlight};
use crate::client::options::CallOptions;
use crate::client::retry::Retry;
use crate::client::{Call, Core, ErrorHint};
use crate::error::text::one_line;
use crate::error::{Error, Kind};
use crate::operation::Operation;
use crate::wire::{model, open_enum};

/// The maximum time that a failed call waits for its explanation.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a response is cached, in milliseconds.
const KEPT: i64 = 60 * 60 * 1000;
/// The maximum number of versions in an error.
const NAMED: usize = 20;

/// An API version that a host offers.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OfferedVersion {
    /// The version as the host writes it, for example `v1.3`.
    pub id: String,
    /// Whether it is current, supported or deprecated.
    pub status: VersionStatus,
    /// The day after which a deprecated version can be withdrawn, as the host writes it.
    pub not_before: Option<String>,
}

model! { OfferedVersion { required: [id, status], optional: [not_before] } }

impl OfferedVersion {
    /// The version number for `api_version` of the builder, for example `1.3`.
    #[must_use]
    pub fn number(&self) -> &str {
        self.id.strip_prefix(['v', 'V']).unwrap_or(&self.id)
    }
}

/// Status of an API version.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum VersionStatus {
    /// `CURRENT`: the newest version.
    Current,
    /// `SUPPORTED`: receives only bug fixes.
    Supported,
    /// `DEPRECATED`: withdrawn within 90 days.
    Deprecated,
    /// `PLANNED`: announced, but not available yet.
    Planned,
    /// Any other status.
    UnknownValue(String),
}

open_enum!(VersionStatus {
    Current = "CURRENT",
    Supported = "SUPPORTED",
    Deprecated = "DEPRECATED",
    Planned = "PLANNED"
});

/// The response of a host's root.
#[derive(Debug)]
struct Root {
    versions: Vec<OfferedVersion>,
}

model! { Root { required: [versions] } }

/// The operation of the query, for the table of a service. It is in no spec, because it belongs to the host.
pub(super) const fn operation(service: &'static str) -> Operation {
    let page = "https://docs.e.samsungsdscloud.com/apireference/common/";
    Operation::aside(service, "ListVersions", "/", &[], page)
}

/// Sends the query.
pub(super) async fn ask(call: Call) -> Result<Vec<OfferedVersion>, Error> {
    Ok(call.send::<Root>().await?.into_inner().versions)
}

/// Explains a 406.
#[derive(Debug)]
pub(super) struct Withdrawn {
    pub(super) operation: &'static Operation,
    pub(super) offered: SingleFlight<String>,
}

impl Withdrawn {
    async fn offered(&self, core: &Core, left: Duration) -> Result<String, Error> {
        let fetch = || async {
            let mut call = Call::new(core, self.operation);
            call.set_options(CallOptions::new().retry(Retry::never()).timeout(left.min(PATIENCE)));
            let value = said(&ask(call).await?);
            Ok(Fresh { value, expires: Some(core.runtime().unix_millis().saturating_add(KEPT)) })
        };
        let offered = core.runtime().within(left, self.offered.get(core.runtime(), fetch)).await;
        offered.unwrap_or_else(|| Err(Error::new(Kind::Timeout, "no time was left")))
    }
}

impl ErrorHint for Withdrawn {
    fn hint<'a>(&'a self, error: &'a Error, core: &'a Core, left: Duration) -> BoxFuture<'a, Option<String>> {
        Box::pin(async move {
            if error.status() != Some(406) {
                return None;
            }
            self.offered(core, left).await.ok()
        })
    }
}

/// The offered versions as a note.
fn said(versions: &[OfferedVersion]) -> String {
    let shown =
        |v: &OfferedVersion| Some(format!("{} ({})", one_line(v.number())?, one_line(v.status.as_str())?));
    let list: Vec<_> = versions.iter().take(NAMED).filter_map(shown).collect();
    let list = if list.is_empty() { "no version".to_owned() } else { list.join(", ") };
    format!("the host offers {list}")
}
