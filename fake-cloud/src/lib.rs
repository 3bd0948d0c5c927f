//! A loopback cloud.
