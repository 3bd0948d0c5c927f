//! A cloud on the loopback interface that serves all specs of dbplane and checks every request against them.
//!
//! Problem: tests of a client can't use the services of the vendors. This cloud knows the specs and is strict: a
//! request that is signed wrongly, lacks a header, has an unknown field or a value out of range is refused with the
//! vendor's status and error body, and the journal contains the reason.
//! Default: every service on a free port of 127.0.0.1, random credentials, the real clock. Services keep state in
//! memory, and start with a small inventory.
//! Override: [`FakeCloud::builder`] for clock, seed, pace and [`faults`]; clock and faults while it runs, from other
//! languages at [`FakeCloud::control_url`]. Guide: `docs/testing-your-automation.md`.
//!
//! Writes are accepted immediately and completed later, like those of the vendors: creating a cluster takes five
//! seconds, changing a setting one. `.pace(Duration::ZERO)` completes them immediately; a test of every state stops the
//! clock with `.now(..)` and moves it with [`FakeCloud::advance`]. The library polls after two seconds for the first
//! time; `Wait::default().pauses(..)` with milliseconds makes it poll sooner.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), dbplane_fake_cloud::StartError> {
//! let cloud = dbplane_fake_cloud::FakeCloud::start().await?;
//! if let Some(mariadb) = cloud.service("samsung-mariadb-1.0") {
//!     println!("{} {}", mariadb.base_url(), mariadb.credentials().access_key);
//! }
//! for entry in cloud.journal() {
//!     println!("{entry}");
//! }
//! # Ok(())
//! # }
//! ```

mod api;
mod base;
mod check;
mod cloud;
mod control;
pub mod faults;
mod identity;
mod message;
mod serve;
mod server;
mod spec;
mod vendor;
pub mod verify;
mod world;

pub use api::builder::Builder;
pub use api::error::StartError;
pub use api::fake_cloud::{FakeCloud, ServiceHandle};
pub use cloud::journal::{CAPACITY as JOURNAL_CAPACITY, Entry};
pub use identity::credentials::Credentials;
pub use identity::digest_options::DigestOptions;
