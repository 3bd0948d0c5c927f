//! The project that calls belong to: given, or looked up by the region's name.
//!
//! Problem: a project's id differs by region and nobody knows it by heart, but every path holds it.
//! Default: IAM is asked once for the project that is named like the region; the answer is kept.
//! Override: `project_id` on the builder.

use crate::ambient::Ambient;
use crate::auth::Later;
use crate::auth::shared::{Fresh, Shared};
use crate::client::Lookup;
use crate::error::{Error, Kind};
use crate::huawei::iam;

/// A project id, or how to find it.
#[derive(Debug)]
pub(super) enum Project {
    /// As given.
    Given(String),
    /// To be looked up.
    ByRegion {
        /// An IAM client with the same credentials.
        iam: iam::Client,
        region: String,
        found: Shared<String>,
    },
}

impl Project {
    pub(super) async fn id(&self, ambient: &Ambient) -> Result<String, Error> {
        match self {
            Self::Given(id) => Ok(id.clone()),
            Self::ByRegion { iam, region, found } => found.get(ambient, || find(iam, region)).await,
        }
    }
}

async fn find(iam: &iam::Client, region: &str) -> Result<Fresh<String>, Error> {
    let answer = iam.keystone_list_projects().name(region).send().await?;
    let ids: Vec<_> = answer.projects.iter().filter(|p| p.name == region).map(|p| &p.id).collect();
    match ids[..] {
        [id] => Ok(Fresh { value: id.clone(), expires: None }),
        _ => {
            let found = ids.len();
            let message =
                format!("{found} projects are named `{region}`; give the project_id to the builder");
            Err(Error::new(Kind::Configuration, message))
        }
    }
}

impl Lookup for Project {
    fn look_up<'a>(&'a self, ambient: &'a Ambient) -> Later<'a, Result<Vec<(&'static str, String)>, Error>> {
        Box::pin(async { Ok(vec![("project_id", self.id(ambient).await?)]) })
    }
}
