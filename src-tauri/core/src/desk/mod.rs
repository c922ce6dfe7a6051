//! The facade: commands and queries, nothing else.
#![expect(clippy::todo, unused_variables)]
pub mod views;

use tokio::sync::broadcast;

use crate::error::DeskError;
use crate::model::*;
pub use crate::settings::Settings;
use views::*;

/// How much a process does by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The application: sync, live events, sending, all by itself.
    Full,
    /// A command line: nothing moves unless asked.
    Manual,
}

/// How `sync_until_quiet` ended.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct SyncReport {
    pub waiting: u32,
    pub attention: u32,
    pub online: bool,
    pub sign_in_needed: bool,
    pub offers: u32,
    pub message: String,
}

/// A live fact for `deskctl watch`: JSON lines. (Change already is serialisable.)
#[derive(Clone)]
pub struct Desk {}

impl Desk {
    /// Opens the data folder; restores the last sign-in where its token is in the key store (or `DESK_TOKEN`).
    pub async fn open(settings: Settings, mode: Mode) -> Result<Self, DeskError> { todo!() }
    /// Stops every task and closes the database in order.
    pub async fn close(&self) { todo!() }
    pub fn changes(&self) -> broadcast::Receiver<Change> { todo!() }

    pub fn sign_in_hints(&self) -> SignInHints { todo!() }
    pub async fn session(&self) -> Option<SessionView> { todo!() }
    pub async fn sign_in(&self, server: &str, username: &str, password: &str) -> Result<SessionView, DeskError> { todo!() }
    pub async fn sign_in_again(&self, password: &str) -> Result<(), DeskError> { todo!() }
    pub async fn sign_out(&self, choice: SignOutChoice) -> Result<(), DeskError> { todo!() }
    pub async fn status(&self) -> DeskStatus { todo!() }
    /// Cuts every wait short.
    pub fn try_now(&self) { todo!() }
    /// Believes a mass deletion that a notice reported.
    pub async fn accept_absences(&self) -> Result<(), DeskError> { todo!() }
    /// Pulls and pushes until nothing more can be done now.
    pub async fn sync_until_quiet(&self) -> Result<SyncReport, DeskError> { todo!() }

    pub async fn offers(&self, query: OfferQuery) -> Result<OfferList, DeskError> { todo!() }
    pub async fn offer(&self, id: LocalId) -> Result<OfferDetail, DeskError> { todo!() }
    /// Finds an offer by server number or local id, as typed.
    pub async fn find_offer(&self, text: &str) -> Result<LocalId, DeskError> { todo!() }
    pub fn validate_offer(&self, content: &OfferContent) -> FieldErrors { todo!() }
    pub fn sanitise_html(&self, html: &str) -> String { todo!() }
    pub async fn create_offer(&self, content: OfferContent, picture: Option<MediaHash>) -> Result<LocalId, DeskError> { todo!() }
    pub async fn edit_offer(&self, id: LocalId, edits: Vec<FieldEdit>) -> Result<(), DeskError> { todo!() }
    pub async fn delete_offer(&self, id: LocalId) -> Result<(), DeskError> { todo!() }
    pub async fn undo_delete(&self, id: LocalId) -> Result<(), DeskError> { todo!() }
    pub async fn prepare_picture(&self, bytes: Vec<u8>) -> Result<PreparedPicture, DeskError> { todo!() }
    pub async fn set_picture(&self, id: LocalId, picture: Option<MediaHash>) -> Result<(), DeskError> { todo!() }
    /// The bytes and content type of a cached picture, for `media:`.
    pub async fn media(&self, hash: &MediaHash) -> Result<(Vec<u8>, String), DeskError> { todo!() }

    pub async fn outbox(&self) -> Result<OutboxView, DeskError> { todo!() }
    pub async fn retry_intent(&self, id: IntentId) -> Result<(), DeskError> { todo!() }
    pub async fn discard_intent(&self, id: IntentId) -> Result<(), DeskError> { todo!() }
    pub async fn resolve_conflict(&self, id: IntentId, field: Option<OfferField>, resolution: Resolution) -> Result<(), DeskError> { todo!() }

    pub async fn duty(&self) -> Result<DutyView, DeskError> { todo!() }
    pub async fn wish_duty(&self, on_duty: bool) -> Result<(), DeskError> { todo!() }
    pub async fn cancel_duty_wish(&self) -> Result<(), DeskError> { todo!() }
    pub async fn dismiss_duty_notice(&self) -> Result<(), DeskError> { todo!() }
    /// Reads the duty from the hotel now (used by `deskctl clock status`); falls back to the stored one.
    pub async fn refresh_duty(&self) -> Result<DutyView, DeskError> { todo!() }
    /// Carries a wish out before it returns (used by `deskctl clock in|out`).
    pub async fn carry_out_duty(&self, on_duty: bool) -> Result<DutyView, DeskError> { todo!() }
    pub async fn facts(&self, limit: u32) -> Result<Vec<Fact>, DeskError> { todo!() }
}
