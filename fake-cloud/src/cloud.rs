//! A running cloud without its sockets: what is shared, the services, the journal.

pub(crate) mod journal;
pub(crate) mod port_gate;
pub(crate) mod service;
pub(crate) mod shared;
pub(crate) mod state;
