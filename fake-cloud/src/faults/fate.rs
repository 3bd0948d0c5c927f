//! What the faults that hit a request do to it, to its answer and to its connection.

use std::time::Duration;

use serde_json::Value as Json;

use super::{Call, Fault, Faults, distort};
use crate::ambient::Ambient;
use crate::answer::Answer;
use crate::cloud::Service;
use crate::delivery::{Delivery, Manner};
use crate::operation::Operation;
use crate::request::Request;

/// The faults of one request, with the numbers of their rules.
#[derive(Debug, Default)]
pub(crate) struct Fate {
    hits: Vec<(usize, Fault)>,
}

impl Fate {
    pub(super) fn add(&mut self, row: usize, fault: Fault) {
        self.hits.push((row + 1, fault));
    }

    fn faults(&self) -> impl Iterator<Item = &Fault> {
        self.hits.iter().map(|(_, fault)| fault)
    }

    /// For the journal.
    pub(crate) fn name(&self) -> Option<String> {
        let names: Vec<String> =
            self.hits.iter().map(|(rule, fault)| format!("{fault} (rule {rule})")).collect();
        (!names.is_empty()).then(|| names.join("; "))
    }

    /// How far the clock of the service is ahead.
    pub(crate) fn skew(&self) -> i64 {
        let skews = self.faults().filter_map(|fault| match fault {
            Fault::ClockSkew { millis } => Some(*millis),
            _ => None,
        });
        skews.fold(0, i64::saturating_add)
    }

    /// Whether the credentials of the request have expired.
    pub(crate) fn expires(&self) -> bool {
        self.faults().any(|fault| matches!(fault, Fault::ExpiredToken | Fault::StaleNonce))
    }

    /// Whether the work that the request begins comes to nothing.
    pub(crate) fn fails_work(&self) -> bool {
        self.faults().any(|fault| *fault == Fault::FailedWork)
    }

    /// Whether the request is not carried out.
    pub(crate) fn spares(&self) -> bool {
        self.faults().any(|fault| match fault {
            Fault::ResetBefore => true,
            Fault::Error(answer) => !answer.after_effect,
            _ => false,
        })
    }

    /// The answer that comes instead of any other.
    pub(crate) fn error(&self, service: &Service, request: &Request, ambient: &Ambient) -> Option<Answer> {
        self.faults().find_map(|fault| match fault {
            Fault::Error(error) => Some(error.answer(service, request, ambient)),
            _ => None,
        })
    }

    /// Changes what a good answer says.
    pub(crate) fn change(
        &self,
        answer: &mut Answer,
        faults: &Faults,
        call: &Call<'_>,
        document: &Json,
        operation: &Operation,
    ) {
        let before = faults.turn_page(call, answer.body.as_ref());
        for fault in self.faults() {
            let add: fn(&mut Json, &Json) = match fault {
                Fault::RepeatedPage => {
                    if let Some(page) = before.clone() {
                        answer.body = Some(page);
                    }
                    continue;
                }
                Fault::UnknownEnum => distort::unknown_value,
                Fault::ExtraFields => distort::extra_field,
                _ => continue,
            };
            if let (Some(body), Some(schema)) = (&mut answer.body, &operation.success) {
                distort::everywhere(body, schema, document, add);
            }
        }
    }

    /// Changes how an answer goes out.
    pub(crate) fn deliver(&self, delivery: &mut Delivery) {
        for fault in self.faults() {
            match fault {
                Fault::Latency { millis } => delivery.latency += Duration::from_millis(*millis),
                Fault::ResetBefore | Fault::ResetAfter => delivery.manner = Manner::Reset,
                Fault::Trickle { millis } => {
                    delivery.manner = Manner::Trickle(Duration::from_millis(*millis))
                }
                Fault::Truncate => delivery.manner = Manner::Truncate,
                Fault::CutJson => delivery.body.truncate(delivery.body.len() / 2),
                Fault::Garbage { text } => delivery.body = text.clone().into(),
                Fault::ContentType { value } => delivery.header("content-type", value),
                Fault::Error(error) => {
                    if let Some((content_type, text)) = error.text() {
                        delivery.text(content_type, text);
                    }
                    error.headers.iter().for_each(|(name, value)| delivery.header(name, value));
                }
                Fault::Pass | Fault::Refuse | Fault::ExpiredToken | Fault::StaleNonce | Fault::FailedWork => {
                }
                Fault::ClockSkew { .. } | Fault::UnknownEnum | Fault::ExtraFields | Fault::RepeatedPage => {}
            }
        }
    }
}
