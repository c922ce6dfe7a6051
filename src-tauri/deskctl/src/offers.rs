//! `offers`: list, show and change.

use hotelmate_core::catalogue::say;
use hotelmate_core::desk::Desk;
use hotelmate_core::records::{Datum, Slot};
use hotelmate_core::resources::Kind;
use hotelmate_core::views::{OfferList, OfferQuery, RecordView};

use crate::cli::{EntityCommand, ListArgs, OffersCommand};
use crate::entities::{self, Wanted};
use crate::exit::{Exit, Outcome};
use crate::output::Output;
use crate::records::{remark_unread, value_in_words};
use crate::text::{key, listed, plain};
use crate::{bulk, export, import, states, versions};

/// Carries out one `offers` command.
pub async fn carry_out(desk: &Desk, out: &mut Output, command: OffersCommand) -> Outcome {
    let kind = Kind::Offer;
    let command = match command {
        OffersCommand::Entity(command) => command,
        OffersCommand::Bulk(command) => return bulk::carry_out(desk, out, command).await,
        OffersCommand::Export { file } => return export::offers(desk, out, file.as_deref()).await,
        OffersCommand::Import(args) => return import::import(desk, out, &args).await,
    };
    match command {
        EntityCommand::List(args) => list(desk, out, args).await,
        EntityCommand::Show { id } => entities::show(desk, out, kind, &id).await,
        EntityCommand::Add(args) => {
            let mut fields = kind.table().blank();
            args.fields.values(&fields, &[]).into_iter().for_each(|value| fields.put(value));
            entities::add(desk, out, kind, fields, args.fields.photo.as_deref()).await
        }
        EntityCommand::Edit(args) => {
            entities::edit(desk, out, kind, &args.id, |was| {
                let (values, clears_photo) = (args.fields.values(was, &args.clear), args.clears_photo());
                Ok(Wanted { values, photo: args.fields.photo.clone(), clears_photo })
            })
            .await
        }
        EntityCommand::Copy { id } => entities::copy(desk, out, kind, &id).await,
        EntityCommand::Versions { id } => versions::list(desk, out, kind, &id).await,
        EntityCommand::BringBack { id, version } => versions::bring_back(desk, out, kind, &id, version).await,
        EntityCommand::Rm { id } => entities::remove(desk, out, kind, &id).await,
        EntityCommand::Photo(args) => {
            entities::put_picture(desk, out, kind, (&args.id, Slot::Photo), args.file.as_deref()).await
        }
    }
}

async fn list(desk: &Desk, out: &mut Output, args: ListArgs) -> Outcome {
    let query = OfferQuery {
        search: args.search,
        states: args.state,
        notes: args.note,
        order: args.order,
        ..OfferQuery::default()
    };
    let list = desk.offers(query).await?;
    out.answer(&list.offers, || list_in_words(&list))?;
    remark_unread(desk, out, |capabilities| capabilities.of(Kind::Offer), list.as_of).await?;
    Ok(Exit::Done)
}

fn list_in_words(list: &OfferList) -> String {
    let table = Kind::Offer.table();
    let row = |offer: &RecordView| {
        let valid = value_in_words(&Datum::Days(table.days(&offer.fields)));
        let title = plain(&table.title(&offer.fields));
        [key(offer.id, offer.local_id), states::offer(offer.state), states::sync(offer.sync), valid, title]
    };
    let rows: Vec<_> = list.offers.iter().map(row).collect();
    let total = say!("deskctl-count-offers", count = rows.len());
    listed(&say!("deskctl-columns-offers"), &rows, &total, list.as_of)
}
