//! What all services of a cloud share.

use std::sync::Arc;

use super::journal::{Journal, Listener};
use crate::base::runtime::Runtime;
use crate::faults::engine::Faults;
use crate::identity::digest_options::DigestOptions;
use crate::identity::nonces::Nonces;
use crate::identity::tokens::Tokens;
use crate::world::contract::WorldOptions;

/// What all services of a cloud share.
pub(crate) struct Shared {
    pub(crate) runtime: Runtime,
    pub(crate) journal: Journal,
    pub(crate) faults: Faults,
    pub(crate) tokens: Arc<Tokens>,
    pub(crate) nonces: Nonces,
    pub(crate) digest: DigestOptions,
    pub(crate) world_options: WorldOptions,
}

impl Shared {
    pub(crate) fn new(
        runtime: Runtime,
        digest: DigestOptions,
        world_options: WorldOptions,
        listener: Option<Listener>,
    ) -> Self {
        Self {
            runtime,
            journal: Journal::new(listener),
            faults: Faults::default(),
            tokens: Arc::default(),
            nonces: Nonces::default(),
            digest,
            world_options,
        }
    }

    /// Resets clock, journal, tokens and nonces to their state after the start, and removes faults.
    pub(crate) fn reset(&self) {
        self.runtime.reset();
        self.journal.clear();
        self.faults.set(Vec::new());
        self.tokens.clear();
        self.nonces.clear();
    }
}
