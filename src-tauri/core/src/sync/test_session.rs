//! For tests: somebody at a hotel whose server is not there.

use std::sync::Arc;

use jiff::tz::TimeZone;
use tempfile::TempDir;
use tokio::sync::broadcast;

use super::{Kept, Session};
use crate::api::{Api, Http, Token};
use crate::environment::Environment;
use crate::ids::ServerId;
use crate::media::MediaCache;
use crate::model::Account;
use crate::monitor::Monitor;
use crate::store::Store;

/// A session in `folder`, with this hotel and this time.
pub(crate) fn session(folder: &TempDir, hotel: &str, environment: Environment) -> Arc<Session> {
    let monitor = Monitor::new(environment.clone(), broadcast::channel(8).0, Arc::default());
    session_with(folder, hotel, environment, monitor)
}

/// [`session`] with a monitor of one's own.
pub(crate) fn session_with(
    folder: &TempDir,
    hotel: &str,
    environment: Environment,
    monitor: Arc<Monitor>,
) -> Arc<Session> {
    let server: url::Url = "http://127.0.0.1:9".parse().unwrap();
    let account = Account {
        server: server.clone(),
        hotel_slug: hotel.into(),
        hotel_name: hotel.into(),
        staff_id: ServerId(1),
        username: "nora".into(),
    };
    let store = Store::open(&folder.path().join("desk.sqlite"), broadcast::channel(8).0).unwrap().store;
    let media = MediaCache::open(folder.path().join("media")).unwrap();
    let api = Api::new(Http::new().unwrap(), server, hotel.to_owned(), Token::new(""));
    Session::new(account, Kept { store, media }, environment, TimeZone::UTC, api, monitor)
}
