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
use crate::journal::{Entry, Journal};
use crate::refusal::Refusal;
use crate::request::Request;
use crate::vendor::Vendor;

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
    pub(crate) fn new(ambient: Ambient, digest: DigestOptions) -> Self {
        let user_id = ambient.hex(32);
        let (journal, tokens, nonces) = (Journal::default(), Tokens::default(), Nonces::default());
        Self { ambient, journal, tokens, nonces, digest, user_id }
    }

    /// Answers a request and writes it down.
    pub(crate) fn serve(&self, service: &Service, request: &Request) -> Answer {
        let (operation, outcome) = self.judge(service, request);
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
        answer.header("date", calendar::http(self.ambient.now()));
        self.journal.write(Entry {
            service: service.stem.clone(),
            operation,
            method: request.method.clone(),
            target: request.target.clone(),
            status: answer.status,
            problem,
        });
        answer
    }

    /// The operation, if there is one, and its answer.
    fn judge(&self, service: &Service, request: &Request) -> (Option<String>, Result<Answer, Refusal>) {
        let found = match service.described.routes.find(request) {
            Ok(found) => found,
            Err(refusal) => return (None, Err(refusal)),
        };
        let operation = found.operation;
        let outcome = check::check(self, service, operation, &found.parameters, request)
            .and_then(|accepted| behaviour::answer(self, service, operation, &accepted));
        (Some(operation.id.clone()), outcome)
    }
}
