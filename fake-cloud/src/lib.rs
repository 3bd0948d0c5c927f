//! A cloud on the loopback interface that serves all specs of dbplane and checks every request against them.
//!
//! Problem: a client for three vendors cannot be tried against the vendors in a test. This cloud knows what the
//! specs know and is strict: a request that is signed wrongly, lacks a header, has an unknown field or a value
//! out of range is refused with the vendor's status and error body, and the journal says in plain words why.
//! Default: every service on a free port of 127.0.0.1, random credentials, the real clock. Services remember what is
//! done to them, beginning with a small inventory. All of it is in memory and ends with the process.
//! Override: [`FakeCloud::builder`] for clock, seed, pace and [`faults`]; clock and faults while it runs, from other
//! languages at [`FakeCloud::control_url`]. Guide: `docs/testing-your-automation.md`.
//!
//! Writes are accepted at once and done later, as at the vendors: making a cluster takes five seconds, changing a
//! setting one. A test that does not want to wait says `.pace(Duration::ZERO)`, and one that wants to see every
//! state stops the clock with `.now(..)` and moves it with [`FakeCloud::advance`]. The library looks after ten
//! seconds for the first time; `Wait::default().pauses(..)` with milliseconds makes it look sooner.
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
