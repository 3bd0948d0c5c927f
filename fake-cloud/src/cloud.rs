//! The cloud without its sockets: a request goes in, an answer comes out, the journal knows of both.

use std::sync::Arc;

use crate::ambient::Ambient;
use crate::answer::Answer;
use crate::auth::digest::{self, DigestOptions, Nonces};
use crate::auth::tokens::Tokens;
use crate::behaviour;
use crate::calendar;
use crate::catalogue::Described;
use crate::check;
use crate::credentials::Credentials;
use crate::journal::{Entry, Journal, Listener};
use crate::operation::Operation;
use crate::refusal::Refusal;
use crate::request::Request;
use crate::vendor::Vendor;

/// What becomes of a request.
type Judgement = Result<Answer, Refusal>;

/// A service with its address and credentials.
pub(crate) struct Service {
    pub(crate) stem: String,
    pub(crate) vendor: Vendor,
    pub(crate) base_url: String,
    pub(crate) credentials: Credentials,
    pub(crate) described: Arc<Described>,
}

/// What all services of a cloud share.
pub(crate) struct Cloud {
    pub(crate) ambient: Ambient,
    pub(crate) journal: Journal,
    pub(crate) tokens: Tokens,
    pub(crate) nonces: Nonces,
    pub(crate) digest: DigestOptions,
    /// Id of the one IAM user.
    pub(crate) user_id: String,
}

impl Cloud {
    pub(crate) fn new(ambient: Ambient, digest: DigestOptions, listener: Option<Listener>) -> Self {
        let user_id = ambient.hex(32);
        let (journal, tokens, nonces) = (Journal::new(listener), Tokens::default(), Nonces::default());
        Self { ambient, journal, tokens, nonces, digest, user_id }
    }

    /// Everything as it was when the cloud had just started; addresses and credentials stay.
    pub(crate) fn reset(&self) {
        self.ambient.reset();
        self.journal.clear();
        self.tokens.clear();
        self.nonces.clear();
    }

    /// Answers a request and writes it down.
    pub(crate) fn serve(&self, service: &Service, request: &Request) -> Answer {
        let at = self.ambient.now();
        let (operation, outcome) = self.judge(service, request);
        let good = outcome.is_ok();
        let (mut answer, problem) = match outcome {
            Ok(answer) => (answer, None),
            Err(refusal) => {
                let answer = service.vendor.refuse(&service.stem, &refusal, request, &self.ambient);
                (answer, Some(refusal.problem))
            }
        };
        service.vendor.dress(&mut answer, request, &self.ambient);
        if service.vendor == Vendor::OceanBase {
            digest::conclude(self, service, request, &mut answer);
        }
        answer.header("date", calendar::http(at));
        let entry = Entry {
            at,
            service: service.stem.clone(),
            took_effect: good && operation.is_some_and(|operation| !operation.reads),
            operation: operation.map(|operation| operation.id.clone()),
            method: request.method.clone(),
            target: request.target.clone(),
            status: Some(answer.status),
            problem,
            ..Entry::default()
        };
        self.journal.write(entry, good);
        answer
    }

    /// The operation, if there is one, and its answer.
    fn judge<'s>(&self, service: &'s Service, request: &Request) -> (Option<&'s Operation>, Judgement) {
        let found = match service.described.routes.find(request) {
            Ok(found) => found,
            Err(refusal) => return (None, Err(refusal)),
        };
        let operation = found.operation;
        let outcome = check::check(self, service, operation, &found.parameters, request)
            .and_then(|accepted| behaviour::answer(self, service, operation, &accepted));
        (Some(operation), outcome)
    }
}
