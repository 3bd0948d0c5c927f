//! The cloud without its sockets: a request goes in, an answer comes out, the journal knows of both.

use std::sync::Arc;

use serde_json::Value as Json;

use crate::ambient::Ambient;
use crate::answer::Answer;
use crate::auth;
use crate::auth::digest::{self, DigestOptions, Nonces};
use crate::auth::tokens::Tokens;
use crate::calendar;
use crate::catalogue::Described;
use crate::check;
use crate::credentials::Credentials;
use crate::delivery::Delivery;
use crate::door::Door;
use crate::faults::{Call, Fate, Faults};
use crate::host::Host;
use crate::journal::{Entry, Journal, Listener};
use crate::operation::Operation;
use crate::refusal::Refusal;
use crate::request::Request;
use crate::routes::Match;
use crate::vendor::Vendor;
use crate::world::{self, Ask, Guarded, Start, Temper};

/// A service with its address and credentials.
pub(crate) struct Service {
    pub(crate) stem: String,
    pub(crate) vendor: Vendor,
    pub(crate) base_url: String,
    pub(crate) door: Arc<Door>,
    pub(crate) credentials: Credentials,
    pub(crate) described: Arc<Described>,
    pub(crate) world: Guarded,
}

impl Service {
    /// Lets the world of the service begin, for the first time or anew.
    pub(crate) fn begin(&self, cloud: &Cloud) {
        self.world.begin(&Start {
            described: &self.described,
            credentials: &self.credentials,
            base_url: &self.base_url,
            ambient: &cloud.ambient,
            tokens: &cloud.tokens,
            temper: cloud.temper,
        });
    }
}

/// What all services of a cloud share.
pub(crate) struct Cloud {
    pub(crate) ambient: Ambient,
    pub(crate) journal: Journal,
    pub(crate) faults: Faults,
    pub(crate) tokens: Arc<Tokens>,
    pub(crate) nonces: Nonces,
    pub(crate) digest: DigestOptions,
    pub(crate) temper: Temper,
}

/// What becomes of a request: its answer, and why it is refused or what hit it.
struct Outcome {
    answer: Answer,
    /// Whether the operation did what was asked.
    good: bool,
    problem: Option<String>,
    fate: Fate,
}

impl Cloud {
    pub(crate) fn new(
        ambient: Ambient,
        digest: DigestOptions,
        temper: Temper,
        listener: Option<Listener>,
    ) -> Self {
        Self {
            ambient,
            journal: Journal::new(listener),
            faults: Faults::default(),
            tokens: Arc::default(),
            nonces: Nonces::default(),
            digest,
            temper,
        }
    }

    /// Clock, journal, tokens and nonces as they were when the cloud had just started; faults go.
    pub(crate) fn reset(&self) {
        self.ambient.reset();
        self.journal.clear();
        self.faults.set(Vec::new());
        self.tokens.clear();
        self.nonces.clear();
    }

    /// Answers a request and writes it down.
    pub(crate) fn serve(&self, host: &Host, mut request: Request) -> Delivery {
        if let Some(offer) = host.offer(&request) {
            return self.tell(host, request, offer);
        }
        let (service, arrived) = (host.choose(&request), request.at);
        let found = service.described.routes.find(&request);
        let operation = found.as_ref().ok().map(|found| found.operation.as_ref());
        let outcome = match &found {
            Ok(found) => self.meet(service, found, &mut request),
            Err(refusal) => self.refuse(service, refusal.clone(), &request, Fate::default()),
        };
        let Outcome { answer, good, problem, fate } = outcome;
        let mut answer = fate.error(service, &request, &self.ambient).unwrap_or(answer);
        service.vendor.dress(&mut answer, &request, &self.ambient);
        if service.vendor == Vendor::OceanBase {
            digest::conclude(self, service, &request, &mut answer);
        }
        answer.header("date", calendar::http(request.at));
        let mut delivery = Delivery::of(answer);
        fate.deliver(&mut delivery);
        let entry = Entry {
            at: arrived,
            service: service.stem.clone(),
            took_effect: good && operation.is_some_and(|operation| !operation.reads),
            operation: operation.map(|operation| operation.id.clone()),
            method: request.method,
            target: request.target,
            status: delivery.seen(),
            problem,
            fault: fate.name(),
            ..Entry::default()
        };
        self.journal.write(entry, good);
        delivery
    }

    /// Answers what is asked of an address, not of a service at it.
    fn tell(&self, host: &Host, request: Request, offer: Json) -> Delivery {
        let mut answer = Answer::new(200, Some(offer));
        answer.header("date", calendar::http(request.at));
        let delivery = Delivery::of(answer);
        let entry = Entry {
            at: request.at,
            service: host.first().stem.clone(),
            operation: Some("ListVersions".to_owned()),
            method: request.method,
            target: request.target,
            status: delivery.seen(),
            ..Entry::default()
        };
        self.journal.write(entry, true);
        delivery
    }

    /// Lets a request to an operation meet its faults, its checks and the operation.
    fn meet(&self, service: &Service, found: &Match<'_>, request: &mut Request) -> Outcome {
        let operation: &Operation = found.operation;
        let call = call(service, operation, request);
        let fate = match auth::is_signed(operation, request) {
            true => self.faults.draw(&call, &self.ambient),
            false => Fate::default(),
        };
        request.at = request.at.saturating_add(fate.skew());
        if fate.expires() {
            auth::expire(self, request);
        }
        if fate.spares() {
            let answer = Answer::new(operation.status, None);
            return Outcome { answer, good: false, problem: None, fate };
        }
        let judged =
            check::check(self, service, operation, &found.parameters, request).and_then(|accepted| {
                let fails = fate.fails_work();
                service.world.answer(&Ask { fails, ..Ask::new(operation, &accepted, &self.ambient) })
            });
        match judged {
            Ok(mut answer) => {
                fate.change(&mut answer, &self.faults, &call, &service.described.document, operation);
                Outcome { answer, good: true, problem: None, fate }
            }
            Err(refusal) => self.refuse(service, refusal, request, fate),
        }
    }

    fn refuse(&self, service: &Service, refusal: Refusal, request: &Request, fate: Fate) -> Outcome {
        let answer = service.vendor.refuse(&service.stem, &refusal, request, &self.ambient);
        Outcome { answer, good: false, problem: Some(refusal.problem), fate }
    }
}

/// What rules look at.
fn call<'c>(service: &'c Service, operation: &'c Operation, request: &Request) -> Call<'c> {
    let token = request.headers.contains_key("x-auth-token");
    let nonce = service.vendor == Vendor::OceanBase && request.headers.contains_key("authorization");
    let work = operation.works && world::work_can_fail(&service.stem);
    Call { service: &service.stem, operation: &operation.id, token, nonce, work }
}
