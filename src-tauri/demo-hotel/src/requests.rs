//! The log of the requests, for tests.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use serde::Serialize;

/// One request, with the outcome.
#[derive(Clone, Debug, Serialize)]
pub struct LoggedRequest {
    /// Its position in the log, counted from 1.
    pub number: u64,
    /// The HTTP method.
    pub method: String,
    /// The path with its query.
    pub path: String,
    /// The status of the answer; `None` while it is being handled and if the connection was dropped.
    pub status: Option<u16>,
    /// The length of its body in bytes.
    pub body_bytes: usize,
    /// The SHA-256 of its body in hexadecimal.
    pub body_sha256: String,
    /// The SHA-256 of the header `Authorization` in hexadecimal, which is `Token …` for a sign-in; `None` without one.
    pub authorization_sha256: Option<String>,
}

/// All requests since the start or the last reset, without the control routes.
#[derive(Debug, Default)]
pub(crate) struct RequestLog(Mutex<Entries>);

#[derive(Debug, Default)]
struct Entries {
    last_number: u64,
    requests: Vec<LoggedRequest>,
}

impl RequestLog {
    /// Adds an arriving request and returns its number.
    pub(crate) fn arrived(&self, method: &str, path: &str, headers: &HeaderMap, body: &[u8]) -> u64 {
        let body_sha256 = crate::digest::sha256_hex(body);
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.last_number += 1;
        let number = entries.last_number;
        entries.requests.push(LoggedRequest {
            number,
            method: method.to_owned(),
            path: path.to_owned(),
            status: None,
            body_bytes: body.len(),
            body_sha256,
            authorization_sha256: headers
                .get(AUTHORIZATION)
                .map(|value| crate::digest::sha256_hex(value.as_bytes())),
        });
        number
    }

    /// Notes the answer of a request; does nothing if the log was reset in between.
    pub(crate) fn answered(&self, number: u64, status: u16) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = entries.requests.iter_mut().rev().find(|entry| entry.number == number) {
            entry.status = Some(status);
        }
    }

    pub(crate) fn all(&self) -> Vec<LoggedRequest> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).requests.clone()
    }

    /// Returns the number of requests for each method and path (without query).
    pub(crate) fn counts(&self) -> BTreeMap<String, u64> {
        let mut counts = BTreeMap::new();
        for request in self.all() {
            let path = request.path.split('?').next().unwrap_or_default();
            *counts.entry(format!("{} {path}", request.method)).or_insert(0) += 1;
        }
        counts
    }

    pub(crate) fn reset(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).requests.clear();
    }
}
