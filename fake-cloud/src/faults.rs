//! Faults that the cloud puts in the way of good requests.
//!
//! Problem: automation fails in the field where it never failed in a test: a response that comes late or not at
//! all, a write that was done though its response was lost, an error in the words of some gateway.
//! Default: no faults.
//! Override: [`Rule`]s, for the whole cloud, a service or an operation; by count, by chance or by a script. They
//! are the same in Rust ([`Builder::faults`](crate::Builder::faults),
//! [`FakeCloud::set_faults`](crate::FakeCloud::set_faults)), in a file and at the control endpoint ([`read`]).
//!
//! Rules are asked in their order. Delays, clock skew and changed responses add up; the first other fault that
//! fires is the last, and the rules after it do not see the request. Requests without credentials and those that
//! fit no operation meet no faults, so that the challenge of HTTP Digest does not use them up.
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
