//! The effects of faults on a request, its response and its connection.

use std::time::Duration;

use serde_json::Value as Json;

use super::distort;
use super::fault::Fault;
use crate::base::runtime::Runtime;
use crate::message::delivery::{Delivery, DeliveryMode};
use crate::message::request::Request;
use crate::message::response::Response;
use crate::spec::operation::Operation;
use crate::vendor::Vendor;

/// The faults of one request, with the numbers of their rules.
#[derive(Debug, Default)]
pub(crate) struct AppliedFaults {
    hits: Vec<(usize, Fault)>,
}

impl AppliedFaults {
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

    /// How far ahead the clock of the service is.
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

    /// Whether the asynchronous work of the request fails.
    pub(crate) fn fails_work(&self) -> bool {
        self.faults().any(|fault| *fault == Fault::FailedWork)
    }

    /// Whether the request is not carried out.
    pub(crate) fn skips_operation(&self) -> bool {
        self.faults().any(|fault| match fault {
            Fault::ResetBefore => true,
            Fault::Error(response) => !response.after_effect,
            _ => false,
        })
    }

    /// The response that replaces any other.
    pub(crate) fn error(&self, vendor: Vendor, request: &Request, runtime: &Runtime) -> Option<Response> {
        self.faults().find_map(|fault| match fault {
            Fault::Error(error) => Some(error.response(vendor, request, runtime)),
            _ => None,
        })
    }

    /// Changes the body of a good response. `before` is the body before this one of the same operation, if it is kept.
    pub(crate) fn change(
        &self,
        response: &mut Response,
        before: Option<Json>,
        document: &Json,
        operation: &Operation,
    ) {
        for fault in self.faults() {
            let add: fn(&mut Json, &Json) = match fault {
                Fault::RepeatedPage => {
                    if let Some(page) = before.clone() {
                        response.body = Some(page);
                    }
                    continue;
                }
                Fault::UnknownEnum => distort::unknown_value,
                Fault::ExtraFields => distort::extra_field,
                _ => continue,
            };
            if let (Some(body), Some(schema)) = (&mut response.body, &operation.success) {
                distort::everywhere(body, schema, document, add);
            }
        }
    }

    /// Changes how a response is sent.
    pub(crate) fn deliver(&self, delivery: &mut Delivery) {
        for fault in self.faults() {
            match fault {
                Fault::Latency { millis } => delivery.latency += Duration::from_millis(*millis),
                Fault::ResetBefore | Fault::ResetAfter => delivery.manner = DeliveryMode::Reset,
                Fault::Trickle { millis } => {
                    delivery.manner = DeliveryMode::Trickle(Duration::from_millis(*millis))
                }
                Fault::Truncate => delivery.manner = DeliveryMode::Truncate,
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
