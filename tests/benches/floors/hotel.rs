//! A hotel, and the data of a desk that has read it before.

use std::path::{Path, PathBuf};

use demo_hotel::{DemoHotel, Options};
use desk_tests::test_desk;
use hotelmate_core::desk::{Desk, Mode};
use hotelmate_core::hotel::{Api, Http};
use hotelmate_core::records::{FieldEdit, FieldValue};
use hotelmate_core::views::OfferQuery;

/// An open hotel with a desk's data.
pub(crate) struct Hotel {
    /// The hotel's server.
    pub(crate) server: DemoHotel,
    /// A colleague of the person at the desk.
    pub(crate) colleague: Api,
    /// The folder of the desk's data.
    pub(crate) desk_folder: PathBuf,
    /// The settings that the desk reads from its environment.
    pub(crate) settings: Vec<(&'static str, String)>,
}

impl Hotel {
    /// Opens a hotel with at least this number of offers, and reads all of them into the desk's data. `waiting` changes
    /// wait there to be sent, each of another offer.
    pub(crate) async fn open(folder: &Path, offers: usize, waiting: usize) -> Self {
        let server = DemoHotel::start(Options::default().seed(7).offers(offers).staff(crate::people()))
            .await
            .expect("the hotel opens");
        let desk_folder = folder.join("desk");
        let known = test_desk::settings(&server, 0, desk_folder.clone()).await;
        let url = known.server.clone().expect("an address");
        let settings = test_desk::environment(&server, &known);

        let desk = Desk::open(known, Mode::Manual).await.expect("the desk opens");
        let report = desk.sync_until_quiet().await.expect("the desk reads the hotel");
        let list = desk.offers(OfferQuery::default()).await.expect("the list").offers;
        for offer in list.into_iter().take(waiting) {
            let now = FieldValue::of("title", format!("{}, changed", offer.fields.text("title")));
            let edit = FieldEdit { was: FieldValue::of("title", offer.fields.text("title")), now };
            desk.edit(offer.local_id, vec![edit]).await.expect("the change is queued");
        }
        desk.close().await;
        let stored = usize::try_from(report.offers).unwrap_or(0);
        assert!(stored >= offers, "only {stored} offers were read: {}", report.message);

        let http = Http::new().expect("a client");
        let theirs = test_desk::token(&server, 1).await;
        let colleague = Api::new(http, url, server.slug().to_owned(), theirs);
        Self { server, colleague, desk_folder, settings }
    }
}
