//! The client core, shared by all services: build the request, sign, send, classify, decode.
//!
//! Generated builders hold a [`Call`] and give its values names and types; all the work is here, once.

mod address;
mod answer;
mod call;
mod exchange;
#[cfg(test)]
#[cfg(all(
    feature = "oceanbase-cloud",
    feature = "huawei-taurusdb",
    feature = "huawei-dbss",
    feature = "samsung-mariadb"
))]
mod limits_tests;
mod prepare;
pub(crate) mod setup;

use std::fmt;
use std::sync::Arc;

pub(crate) use address::BaseUrl;
pub(crate) use call::Call;

use crate::ambient::Ambient;
use crate::auth::Authenticate;
use crate::operation::Service;
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
}

impl Core {
    pub(crate) fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    fn parts(&self) -> &Parts {
        &self.0
    }
}

/// Says what is called, not with which credentials.
impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Parts { service, base, .. } = self.parts();
        write!(f, "{} {} at {base}", service.name, service.version)
    }
}
