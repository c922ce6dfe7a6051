//! `offers`: list, show and change.
//!
//! Each change is a wish that is stored with what the person saw (`was`), as an editor in the window
//! would store it. An answer in JSON is always the whole offer, as it stands after the command.

use hotelmate_core::desk::Desk;
use hotelmate_core::error::DeskError;
use hotelmate_core::ids::LocalId;
use hotelmate_core::records::{FieldEdit, Slot};
use hotelmate_core::resources::{Kind, OfferContent};
use hotelmate_core::views::{OfferDetail, OfferList, OfferQuery, OfferView};

use crate::changes::differences;
use crate::cli::{AddArgs, Clearable, EditArgs, ListArgs, MoreFields, OffersCommand, PhotoArgs};
use crate::exit::{Exit, Outcome};
use crate::output::Output;
use crate::text::{count, facts, key, listed, moment, paragraph, plain, word};
use crate::{clash, export, import, outbox, picture};

/// Carries out one `offers` command.
pub async fn carry_out(desk: &Desk, out: &mut Output, command: OffersCommand) -> Outcome {
    match command {
        OffersCommand::List(args) => list(desk, out, args).await,
        OffersCommand::Show { id } => show(desk, out, &id).await,
        OffersCommand::Add(args) => add(desk, out, args).await,
        OffersCommand::Edit(args) => edit(desk, out, args).await,
        OffersCommand::Rm { id } => remove(desk, out, &id).await,
        OffersCommand::Photo(args) => photo(desk, out, args).await,
        OffersCommand::Export { file } => export::offers(desk, out, file.as_deref()).await,
        OffersCommand::Import(args) => import::import(desk, out, &args).await,
    }
}

async fn list(desk: &Desk, out: &mut Output, args: ListArgs) -> Outcome {
    let query = OfferQuery {
        search: args.search,
        states: args.state.into_iter().map(Into::into).collect(),
        order: args.order.into(),
        ..OfferQuery::default()
    };
    let list = desk.offers(query).await?;
    out.answer(&list.offers, || list_in_words(&list))?;
    let absent = desk.abilities().await?.offers.reason;
    if let Some(absent) = absent {
        out.remark(&absent);
    } else if list.as_of.is_none() {
        out.remark("The list was not read from the hotel yet: run `deskctl sync`.");
    }
    Ok(Exit::Done)
}

async fn show(desk: &Desk, out: &mut Output, id: &str) -> Outcome {
    let id = desk.find_thing(Kind::Offer, id).await?;
    let detail = desk.offer(id).await?;
    out.answer(&detail.offer, || detail_in_words(&detail))?;
    Ok(Exit::Done)
}

async fn add(desk: &Desk, out: &mut Output, args: AddArgs) -> Outcome {
    let mut content = OfferContent {
        title: args.title,
        short_description: args.short_description,
        ..OfferContent::default()
    };
    let file = args.more.photo.clone();
    put(&mut content, args.more);
    let wrong = desk.check(Kind::Offer, &content.clone().into());
    if !wrong.is_empty() {
        return Err(DeskError::invalid(wrong));
    }
    let picture = picture::prepare_any(desk, out, file.as_deref()).await?;
    let id = desk.create(Kind::Offer, content, picture).await?;
    tell_changed(desk, out, id).await
}

async fn edit(desk: &Desk, out: &mut Output, mut args: EditArgs) -> Outcome {
    let id = desk.find_thing(Kind::Offer, &args.id).await?;
    let file = args.more.photo.take();
    let take_off = args.clear.contains(&Clearable::Photo);
    let was = desk.offer(id).await?.offer.content;
    let edits = edits(&was, args);
    // Everything that can fail for the person's own reasons comes before the first wish is stored.
    let picture = picture::prepare_any(desk, out, file.as_deref()).await?;
    if !edits.is_empty() {
        desk.edit(id, edits).await?;
    }
    if picture.is_some() || take_off {
        desk.set_picture(id, Slot::Photo, picture).await?;
    }
    tell_changed(desk, out, id).await
}

/// Answers with the offer as it was, so that a script can keep what it removes.
async fn remove(desk: &Desk, out: &mut Output, id: &str) -> Outcome {
    let id = desk.find_thing(Kind::Offer, id).await?;
    let offer = desk.offer(id).await?.offer;
    desk.delete_thing(id).await?;
    out.answer(&offer, || offer.local_id.to_string())?;
    Ok(Exit::Done)
}

async fn photo(desk: &Desk, out: &mut Output, args: PhotoArgs) -> Outcome {
    let id = desk.find_thing(Kind::Offer, &args.id).await?;
    let picture = picture::prepare_any(desk, out, args.file.as_deref()).await?;
    desk.set_picture(id, Slot::Photo, picture).await?;
    tell_changed(desk, out, id).await
}

/// People get the local id alone, which a shell can keep in a variable.
async fn tell_changed(desk: &Desk, out: &mut Output, id: LocalId) -> Outcome {
    let offer = desk.offer(id).await?.offer;
    out.answer(&offer, || offer.local_id.to_string())?;
    Ok(Exit::Done)
}

fn edits(was: &OfferContent, args: EditArgs) -> Vec<FieldEdit> {
    let mut now = was.clone();
    if let Some(title) = args.title {
        now.title = title;
    }
    if let Some(text) = args.short_description {
        now.short_description = text;
    }
    put(&mut now, args.more);
    for field in args.clear {
        clear(&mut now, field);
    }
    differences(was, &now)
}

fn put(content: &mut OfferContent, fields: MoreFields) {
    let put_text = |place: &mut String, text: Option<String>| {
        if let Some(text) = text {
            *place = text;
        }
    };
    put_text(&mut content.details_text, fields.details_text);
    put_text(&mut content.details_html, fields.details_html);
    put_text(&mut content.tag, fields.tag);
    put_text(&mut content.book_now_url, fields.book_now_url);
    content.valid_from = fields.valid_from.or(content.valid_from);
    content.valid_to = fields.valid_to.or(content.valid_to);
    content.sort_order = fields.sort_order.unwrap_or(content.sort_order);
    content.is_active = fields.active.unwrap_or(content.is_active);
}

fn clear(content: &mut OfferContent, field: Clearable) {
    match field {
        Clearable::ValidFrom => content.valid_from = None,
        Clearable::ValidTo => content.valid_to = None,
        Clearable::DetailsText => content.details_text.clear(),
        Clearable::DetailsHtml => content.details_html.clear(),
        Clearable::Tag => content.tag.clear(),
        Clearable::BookNowUrl => content.book_now_url.clear(),
        // The picture is no field of the content; it goes its own way.
        Clearable::Photo => {}
    }
}

fn list_in_words(list: &OfferList) -> String {
    let row = |offer: &OfferView| {
        [
            key(offer.id, offer.local_id),
            word(offer.state),
            word(offer.sync),
            validity(&offer.content),
            plain(&offer.content.title),
        ]
    };
    let rows: Vec<_> = list.offers.iter().map(row).collect();
    listed(["ID", "STATE", "SYNC", "VALID", "TITLE"], &rows, &count(rows.len(), "offer"), list.as_of)
}

fn detail_in_words(detail: &OfferDetail) -> String {
    let OfferView { content, .. } = &detail.offer;
    let offer = &detail.offer;
    let rows = [
        ("Title", plain(&content.title)),
        ("Short", plain(&content.short_description)),
        ("Hotel's number", offer.id.map_or_else(|| "none yet".to_owned(), |id| id.to_string())),
        ("Local id", offer.local_id.to_string()),
        ("State", word(offer.state)),
        ("Sync", word(offer.sync)),
        ("Valid", validity(content)),
        ("Tag", plain(&content.tag)),
        ("Book now", plain(&content.book_now_url)),
        ("Sort order", content.sort_order.to_string()),
        ("Active", if content.is_active { "yes" } else { "no" }.to_owned()),
        ("Picture", picture_in_words(offer)),
        ("Created", offer.created_at.map_or_else(String::new, moment)),
    ];
    let shown: Vec<_> = rows.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    let mut parts = vec![facts(&shown)];
    for (label, text) in [("Details", &content.details_text), ("Details (HTML)", &content.details_html)] {
        if !text.is_empty() {
            parts.push(format!("{label}\n{}", paragraph(text)));
        }
    }
    parts.extend(clash::sides(&detail.conflicts).iter().map(clash::in_words));
    parts.extend(detail.pending.iter().map(outbox::in_words));
    parts.join("\n\n")
}

fn picture_in_words(offer: &OfferView) -> String {
    match (&offer.photo_url, &offer.picture) {
        (Some(url), _) => plain(url),
        (None, Some(_)) => "waits to be sent".to_owned(),
        (None, None) => "none".to_owned(),
    }
}

fn validity(content: &OfferContent) -> String {
    match (content.valid_from, content.valid_to) {
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(from), None) => format!("from {from}"),
        (None, Some(to)) => format!("until {to}"),
        (None, None) => "always".to_owned(),
    }
}
