//! A test engine for a person at a hotel whose server cannot be reached.

use std::sync::Arc;

use jiff::tz::TimeZone;
use tempfile::TempDir;
use tokio::sync::broadcast;

use super::{Engine, LocalData};
use crate::account::Account;
use crate::account::Token;
use crate::environment::Environment;
use crate::hotel::{Api, Http};
use crate::ids::ServerId;
use crate::media::MediaCache;
use crate::monitor::Monitor;
use crate::store::Store;

/// Creates an engine in `folder`, with this hotel and this time.
pub(crate) fn engine(folder: &TempDir, hotel: &str, environment: Environment) -> Arc<Engine> {
    let monitor = Monitor::new(environment.clone(), broadcast::channel(8).0, Arc::default());
    engine_with(folder, hotel, environment, monitor)
}

/// Creates an [`engine`] with the given monitor.
pub(crate) fn engine_with(
    folder: &TempDir,
    hotel: &str,
    environment: Environment,
    monitor: Arc<Monitor>,
) -> Arc<Engine> {
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
    Engine::new(account, LocalData { store, media }, environment, TimeZone::UTC, api, monitor)
}
