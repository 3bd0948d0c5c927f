//! The client core, shared by all services: build the request, sign, send, classify, decode.
//!
//! Generated builders hold a [`Call`] and give its values names and types; all the work is here, once.

mod address;
mod answer;
mod call;
mod exchange;
#[cfg(test)]
#[cfg(all(
    feature = "oceanbase-cloud-v2",
    feature = "huawei-taurusdb-v3",
    feature = "huawei-dbss-v2",
    feature = "samsung-mariadb-1.0",
    feature = "samsung-mariadb-1.3",
    feature = "samsung-mysql-1.0"
))]
mod limits_tests;
mod prepare;
pub(crate) mod setup;
mod skew;
mod trace;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

pub(crate) use address::BaseUrl;
pub(crate) use answer::Answer;
pub(crate) use call::Call;
pub(crate) use skew::Skew;

use crate::ambient::Ambient;
use crate::auth::{Authenticate, Later};
use crate::error::Error;
use crate::operation::Service;
use crate::retry::{Retry, RetryBudget};
use crate::transport::Transport;

/// What a client is made of. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Core(Arc<Parts>);

/// The parts of a [`Core`].
pub(crate) struct Parts {
    pub(crate) service: &'static Service,
    pub(crate) base: BaseUrl,
    pub(crate) transport: Transport,
    pub(crate) auth: Arc<dyn Authenticate>,
    pub(crate) ambient: Ambient,
    /// Values of client parameters, by their names on the wire.
    pub(crate) settings: Vec<(&'static str, String)>,
    /// Client parameters that have to be asked for.
    pub(crate) lookup: Option<Arc<dyn Lookup>>,
    pub(crate) skew: Skew,
    pub(crate) patience: Patience,
    /// Knows more about some errors.
    pub(crate) explain: Option<Arc<dyn Explain>>,
}

/// How long and how often a client tries.
#[derive(Debug, Clone)]
pub(crate) struct Patience {
    pub(crate) retry: Retry,
    pub(crate) budget: RetryBudget,
    /// For a whole call.
    pub(crate) timeout: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { retry: Retry::default(), budget: RetryBudget::default(), timeout: Duration::from_secs(180) }
    }
}

/// Asks for client parameters that the builder was not given.
pub(crate) trait Lookup: fmt::Debug + Send + Sync {
    /// Names on the wire and values.
    fn look_up<'a>(&'a self, ambient: &'a Ambient) -> Later<'a, Result<Vec<(&'static str, String)>, Error>>;
}

/// Asks the service for what explains an error.
pub(crate) trait Explain: fmt::Debug + Send + Sync {
    /// More words for an error that ends a call, without any secret. `left` is the time that the call has left.
    fn explain<'a>(&'a self, error: &'a Error, core: &'a Core, left: Duration) -> Later<'a, Option<String>>;
}

impl Core {
    pub(crate) fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    fn parts(&self) -> &Parts {
        &self.0
    }

    pub(crate) fn ambient(&self) -> &Ambient {
        &self.parts().ambient
    }

    /// All client parameters that have a value, those included that must be asked for first.
    async fn settings(&self) -> Result<Vec<(&'static str, String)>, Error> {
        let parts = self.parts();
        let mut settings = parts.settings.clone();
        if let Some(lookup) = &parts.lookup {
            settings.extend(lookup.look_up(&parts.ambient).await?);
        }
        Ok(settings)
    }
}

/// Says what is called, not with which credentials.
impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Parts { service, base, .. } = self.parts();
        write!(f, "{} {} at {base}", service.name, service.version)
    }
}
