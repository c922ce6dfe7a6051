//! The program's server for this client: it gives the answers of the scene.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, ready};
use pusher::{AuthAnswer, AuthError, AuthRequest, AuthSubject, Authorizer};
use serde_json::{Value, json};

use crate::peers::conversation::Scene;

/// The key of the sign-in in place of a channel's name.
pub const SIGN_IN: &str = "sign-in";

/// Gives the answers of a scene in order, and repeats the last one.
#[derive(Clone)]
pub struct Answers {
    known: Arc<HashMap<String, Vec<Value>>>,
    asked: Arc<Mutex<Vec<Value>>>,
}

impl Answers {
    pub fn of(scene: &Scene) -> Self {
        let sign_in = scene.sign_in.iter().map(|sign_in| (SIGN_IN.to_owned(), sign_in.answers.clone()));
        let known = scene.authorize.clone().into_iter().chain(sign_in).collect();
        Self { known: Arc::new(known), asked: Arc::default() }
    }

    /// Returns one line for each request.
    pub fn asked(&self) -> Vec<Value> {
        self.asked.lock().unwrap().clone()
    }
}

impl Authorizer for Answers {
    fn authorize(&self, request: AuthRequest) -> BoxFuture<'static, Result<AuthAnswer, AuthError>> {
        let about = match &request.subject {
            AuthSubject::Channel(name) => name.to_string(),
            AuthSubject::User => SIGN_IN.to_owned(),
        };
        let mut asked = self.asked.lock().unwrap();
        let number = asked.iter().filter(|line| line["asked"] == about.as_str()).count();
        let answers = self.known.get(&about).unwrap_or_else(|| panic!("nobody answers for {about}"));
        let answer = answers.get(number).or(answers.last()).unwrap();
        asked.push(json!({ "asked": about, "socket_id": request.socket_id }));
        let result = match answer["refused"].as_u64() {
            Some(status) => {
                Err(AuthError::Refused { status: u16::try_from(status).ok(), text: String::new() })
            }
            None => AuthAnswer::parse(answer.to_string().as_bytes()),
        };
        ready(result).boxed()
    }
}
