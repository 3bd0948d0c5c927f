//! Faults that the cloud injects into correct requests.
//!
//! Problem: automation fails in production in ways that tests do not cover: a response that is late or missing, a write
//! that was carried out although its response was lost, an error of a gateway.
//! Default: no faults.
//! Override: [`Rule`]s, for the whole cloud, a service or an operation; by number, by probability or by a script. They
//! are the same in Rust ([`Builder::faults`](crate::Builder::faults),
//! [`FakeCloud::set_faults`](crate::FakeCloud::set_faults)), in a file and at the control endpoint ([`read`]).
//!
//! Rules are applied in their order. Delays, clock skew and changed responses are combined; after the first other
//! fault, no further rule is applied. Requests without credentials or without a matching operation get no faults, so
//! that the challenge of HTTP Digest does not consume one.
//!
//! ```
//! use dbplane_fake_cloud::{FakeCloud, faults::{ErrorResponse, Fault, Rule, Shape}};
//! # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
//! let busy = ErrorResponse::new(429).shape(Shape::HuaweiGateway).code("APIGW.0308").retry_after(2);
//! let rules = [
//!     Rule::new(busy).service("huawei-taurusdb-v3").first(2),
//!     Rule::new(Fault::ResetAfter).service("samsung-mariadb-1.0").operation("RestartCluster").nth(1),
//!     Rule::new(Fault::Latency { millis: 20 }).rate(0.1),
//! ];
//! let cloud = FakeCloud::builder().seed(7).faults(rules).start().await?;
//! # Ok::<(), dbplane_fake_cloud::StartError>(())
//! # }).unwrap();
//! ```

pub(crate) mod applied;
pub(crate) mod check;
mod distort;
pub(crate) mod document;
pub(crate) mod engine;
mod error;
mod fault;
mod rule;

pub use crate::vendor::shape::Shape;
pub use document::{FaultError, read};
pub use engine::RuleState;
pub use error::ErrorResponse;
pub use fault::Fault;
pub use rule::{Rule, When};
