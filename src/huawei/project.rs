//! The project of the calls: given, from the credentials, or found by the name of the region.
//!
//! Problem: every path contains the id of the project, which differs by region and is hard to remember.
//! Default: the project that the environment or the profile names with the keys; without one, IAM is queried once for
//! the project with the name of the region, and the result is kept.
//! Override: `project_id` on the builder.

use std::sync::Arc;

use super::credentials::Credentials;
use crate::auth::BoxFuture;
use crate::auth::single_flight::{Fresh, SingleFlight};
use crate::client::ResolveParameters;
use crate::credentials::CredentialsCache;
use crate::error::{Error, Kind};
use crate::generated::huawei_iam_v3 as iam;
use crate::runtime::Runtime;

/// A project id, or how to find it.
#[derive(Debug)]
pub(super) enum Project {
    /// A given id.
    Given(String),
    /// Not known yet: first searched in the credentials.
    Unknown {
        source: Arc<CredentialsCache<Credentials>>,
        /// Then queried from IAM; an error without a region.
        by_region: Result<ByRegion, Error>,
    },
}

/// Finds the project with the name of a region.
#[derive(Debug)]
pub(super) struct ByRegion {
    /// An IAM client with the same credentials.
    pub(super) iam: iam::Client,
    pub(super) region: String,
    pub(super) found: SingleFlight<String>,
}

impl Project {
    pub(super) async fn id(&self, runtime: &Runtime) -> Result<String, Error> {
        let (source, by_region) = match self {
            Self::Given(id) => return Ok(id.clone()),
            Self::Unknown { source, by_region } => (source, by_region),
        };
        if let Some(id) = &source.get(runtime).await?.project_id {
            return Ok(id.clone());
        }
        let ByRegion { iam, region, found } = by_region.as_ref().map_err(Error::duplicate)?;
        found.get(runtime, || find(iam, region)).await
    }
}

async fn find(iam: &iam::Client, region: &str) -> Result<Fresh<String>, Error> {
    let response = iam.keystone_list_projects().name(region).send().await?;
    let ids: Vec<_> = response.projects.iter().filter(|p| p.name == region).map(|p| &p.id).collect();
    match ids[..] {
        [id] => Ok(Fresh { value: id.clone(), expires: None }),
        _ => {
            let found = ids.len();
            let message = format!("{found} projects are named `{region}`; set the project_id on the builder");
            Err(Error::new(Kind::Configuration, message))
        }
    }
}

impl ResolveParameters for Project {
    fn resolve<'a>(
        &'a self,
        runtime: &'a Runtime,
    ) -> BoxFuture<'a, Result<Vec<(&'static str, String)>, Error>> {
        Box::pin(async { Ok(vec![("project_id", self.id(runtime).await?)]) })
    }
}
